"""Proposes the heirs of a dead member by the order of the law, and takes a receiver that a person has found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from lopo.basics.nik import parts as nik_parts
from lopo.basics.refusal import Refused
from lopo.claims.actions.powers import NEW_DIVISION, end_powers
from lopo.claims.actions.start import ask_paper
from lopo.claims.actions.working import open_case
from lopo.claims.checklist import BUKU_NIKAH
from lopo.claims.family import OnCard, Proposal, propose
from lopo.claims.models import Case, Heir
from lopo.claims.queries.disputes import to_settle
from lopo.claims.queries.files import family_card, office_number
from lopo.claims.queries.relatives import is_dead
from lopo.law.heirs import ORDER_SOURCE, HeirClass, Kinship
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer


@dataclass(frozen=True, slots=True)
class Heirs:
    """What was found: the class with its sentence and article, how many, who receives, and what is still open."""

    code: str
    sentence: str
    article: str
    members: int
    receiver_nik: str
    open_question: str


def propose_heirs(*, by: Officer, on: date, case_id: int) -> Heirs:
    """Write down the heirs from the family card by the order of the law; needs `case.work`.

    An adult is chosen as receiver, the spouse first. Where only minors inherit, nobody does, or the card leaves a
    nearer relative open, nobody is chosen, the answer says so, and the case stays open for `name_receiver`. Refused:
    nobody died, a decision stands already, or the register does not know the person.
    """
    with transaction.atomic():
        case = death_case(by, on, case_id)
        card = family_card(case.person.nik)
        dead = next((one for one in card if one.nik == case.person.nik), None)
        if dead is None:
            raise Refused(
                "keluarga_tidak_dikenal",
                "Daftar penduduk tidak memuat keluarga orang ini; catat penerima dari surat ahli waris.",
            )
        found = propose(dead, card, adult_age=office_number("umur_dewasa_penerima", on), on=on)
        _write(case, found)
        heirs = _heirs(found)
        after = {"class": heirs.code, "members": heirs.members, "chosen": bool(heirs.receiver_nik)}
        record(by=by, on=on, deed=Deed("propose_heirs", "claims.case", case_id, after=after))
    return heirs


@dataclass(frozen=True, slots=True)
class Receiver:
    """A receiver that the office found: an heir, a guardian of minors, or whoever the will or the funeral names.

    `relation` is a word of lopo.law.heirs.Kinship, or `wali` for the guardian of minor heirs.
    """

    nik: str
    name: str
    relation: str
    born: date | None
    article: str


def name_receiver(*, by: Officer, on: date, case_id: int, receiver: Receiver) -> None:
    """Take the receiver that the certificate of heirs names; needs `case.work`.

    After an objection to what was granted was found right it is done again: the receiver then holds one whole share,
    by the paper in `article`, so that the law can tell it from what was granted before (see `name_shares`).
    Refused: an unknown relation, a NIK that cannot be one, the dead member himself, somebody who is dead.
    """
    if receiver.relation not in {*(kind.value for kind in Kinship), "wali"}:
        raise Refused("hubungan_tidak_dikenal", f"Hubungan {receiver.relation} tidak dikenal.")
    if nik_parts(receiver.nik) is None:
        raise Refused("nik_tidak_sah", "NIK penerima harus 16 angka yang sah.")
    with transaction.atomic():
        case = death_case(by, on, case_id, divided_anew=True)
        if receiver.nik == case.person.nik:
            raise Refused("penerima_almarhum", "Almarhum tidak dapat menerima santunannya sendiri.")
        if is_dead(receiver.nik):
            raise Refused("penerima_meninggal", "Penerima ini sudah meninggal; pilih ahli waris lain.")
        nobody_receives(case)
        end_powers(case, by, on, NEW_DIVISION)
        article = receiver.article or ORDER_SOURCE
        Heir.objects.update_or_create(
            case=case,
            nik=receiver.nik,
            defaults={
                "name": receiver.name,
                "relation": receiver.relation,
                "born": receiver.born,
                "receives": True,
                "article": article,
                "agreement": article[:200] if case.state == Case.State.DIKABULKAN else "",
            },
        )
        if receiver.relation == Kinship.SUAMI_ISTRI:
            ask_paper(case, BUKU_NIKAH, received_on=None)
        after = {"relation": receiver.relation}
        record(by=by, on=on, deed=Deed("name_receiver", "claims.case", case_id, after=after))


def death_case(by: Officer, on: date, case_id: int, *, divided_anew: bool = False) -> Case:
    """Lock a case of a death whose receivers may still be named. Refused: nobody died, or it was granted already.

    Who receives what was granted is named again (`divided_anew`) only after an objection to it was found right.
    """
    case = open_case(by, on, case_id)
    if case.died_on is None:
        raise Refused("belum_ada_kematian", "Ahli waris hanya dicatat bila peserta meninggal.")
    if case.state == Case.State.DIKABULKAN and not (divided_anew and to_settle(case_id).exists()):
        raise Refused("sudah_diputus", "Penerima kasus yang sudah dikabulkan tidak dapat diganti di sini.")
    return case


def nobody_receives(case: Case) -> None:
    """Take the receivers away, with what was agreed, before others are named."""
    alone = {"receives": False, "parts": 1, "guardian_nik": "", "guardian_name": "", "agreement": ""}
    Heir.objects.filter(case=case, receives=True).update(**alone)


def _write(case: Case, found: Proposal) -> None:
    Heir.objects.filter(case=case).delete()
    receiver = found.receiver.nik if found.receiver else ""
    Heir.objects.bulk_create(
        Heir(
            case=case,
            nik=one.nik,
            name=one.name,
            relation=_relation(found.entitled, one),
            born=one.born,
            receives=one.nik == receiver,
            article=found.entitled.source,
        )
        for one in found.members
    )
    if receiver and _relation(found.entitled, found.receiver) == Kinship.SUAMI_ISTRI:
        ask_paper(case, BUKU_NIKAH, received_on=None)


def _relation(entitled: HeirClass, person: OnCard | None) -> str:
    known = {relative.key: relative.kinship.value for relative in entitled.members}
    return known[person.nik] if person is not None else ""


def _heirs(found: Proposal) -> Heirs:
    return Heirs(
        code=found.entitled.code,
        sentence=found.entitled.sentence,
        article=found.entitled.source,
        members=len(found.members),
        receiver_nik=found.receiver.nik if found.receiver else "",
        open_question=found.open_question,
    )

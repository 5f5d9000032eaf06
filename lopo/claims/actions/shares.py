"""Takes the division that several heirs agreed on: who of them receives, how many parts, and to whose account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from lopo.basics.calendar import years_between
from lopo.basics.nik import parts as nik_parts
from lopo.basics.refusal import Refused
from lopo.claims.actions.heirs import death_case, nobody_receives
from lopo.claims.actions.powers import NEW_DIVISION, end_powers
from lopo.claims.actions.start import ask_paper
from lopo.claims.checklist import BUKU_NIKAH, PEMBAGIAN_WARIS, PENETAPAN_WALI
from lopo.claims.models import Case, Heir
from lopo.claims.queries.files import office_number
from lopo.claims.queries.relatives import dead_among
from lopo.claims.sharing import parts_of
from lopo.law.heirs import Kinship
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer


@dataclass(frozen=True, slots=True)
class ShareGiven:
    """What one heir receives: parts (`2`) or a fraction (`1/4`), and the guardian to whose account it goes, if any."""

    heir_id: int
    part: str
    guardian_nik: str = ""
    guardian_name: str = ""


def name_shares(*, by: Officer, on: date, case_id: int, shares: Sequence[ShareGiven], agreement: str) -> None:
    """Take who receives which part, as the paper of the heirs or of the court says; needs `case.work`.

    The law names heirs of one class side by side and does not divide (PP 44/2015 Pasal 37), so the office divides
    nothing of its own: it asks for that paper, and for the guardian's where a minor receives. After a case was granted
    it is done again once an objection to who inherits was found right; then one may receive all. What was granted
    before is taken back by a correction, what is more comes by a further decision. Refused: fewer than two, somebody
    who is no heir of the case or is dead, parts that are no whole, a minor without a guardian.
    """
    if not agreement.strip():
        raise Refused("kesepakatan_kosong", "Tulis nomor dan tanggal surat pembagian atau penetapan pengadilan.")
    if len({one.heir_id for one in shares}) != len(shares) or not shares:
        raise _too_few()
    parts = parts_of({one.heir_id: one.part for one in shares})
    with transaction.atomic():
        case = death_case(by, on, case_id, divided_anew=True)
        if len(shares) < 2 and case.state != Case.State.DIKABULKAN:
            raise _too_few()
        heirs = {one.id: one for one in Heir.objects.filter(case=case, pk__in=parts)}
        if len(heirs) != len(parts):
            raise Refused("bukan_ahli_waris", "Salah satu dari mereka bukan ahli waris pada kasus ini; muat ulang.")
        _check_people(case, on, heirs, shares)
        nobody_receives(case)
        end_powers(case, by, on, NEW_DIVISION)
        rows = [_shared(heirs[one.heir_id], one, parts[one.heir_id], agreement) for one in shares]
        Heir.objects.bulk_update(rows, ["receives", "parts", "guardian_nik", "guardian_name", "agreement"])
        _ask_papers(case, rows)
        guardians = sum(bool(one.guardian_nik) for one in rows)
        after = {"parts": [[one.id, one.parts] for one in rows], "guardians": guardians}
        record(by=by, on=on, deed=Deed("name_shares", "claims.case", case_id, after=after))


def _too_few() -> Refused:
    return Refused("bagian_satu_orang", "Isi bagian sedikitnya dua ahli waris; untuk satu orang tetapkan penerima.")


def _check_people(case: Case, on: date, heirs: Mapping[int, Heir], shares: Sequence[ShareGiven]) -> None:
    adult = office_number("umur_dewasa_penerima", on)
    for one in shares:
        heir = heirs[one.heir_id]
        if one.guardian_nik or one.guardian_name:
            _check_guardian(case, heir, one)
        elif heir.born is None or years_between(heir.born, on) < adult:
            raise Refused(
                "wali_belum_ada", f"{heir.name} belum dewasa atau hari lahirnya belum dicatat; isi NIK dan nama wali."
            )
    if dead_among([heir.nik for heir in heirs.values()]):
        raise Refused("penerima_meninggal", "Penerima ini sudah meninggal; pilih ahli waris lain.")
    if dead_among([one.guardian_nik for one in shares if one.guardian_nik]):
        raise Refused("wali_meninggal", "Wali ini sudah meninggal; isi wali lain menurut penetapannya.")


def _check_guardian(case: Case, heir: Heir, one: ShareGiven) -> None:
    if nik_parts(one.guardian_nik) is None or not one.guardian_name.strip():
        raise Refused("wali_tidak_sah", f"Isi NIK wali {heir.name} (16 angka yang sah) dan namanya.")
    if one.guardian_nik in (heir.nik, case.person.nik):
        raise Refused("wali_diri_sendiri", f"Wali {heir.name} harus orang lain yang masih hidup.")


def _shared(heir: Heir, one: ShareGiven, parts: int, agreement: str) -> Heir:
    heir.receives, heir.parts, heir.agreement = True, parts, agreement.strip()[:200]
    heir.guardian_nik, heir.guardian_name = one.guardian_nik, one.guardian_name.strip()[:200]
    return heir


def _ask_papers(case: Case, rows: Sequence[Heir]) -> None:
    ask_paper(case, PEMBAGIAN_WARIS, received_on=None)
    if any(one.guardian_nik for one in rows):
        ask_paper(case, PENETAPAN_WALI, received_on=None)
    if any(one.relation == Kinship.SUAMI_ISTRI for one in rows):
        ask_paper(case, BUKU_NIKAH, received_on=None)

"""Makes the letters about an approved correction: what was too much, why, how to pay it back and how to object."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings

from lopo.basics.calendar import date_long
from lopo.basics.money import rupiah, rupiah_text
from lopo.basics.refusal import Refused
from lopo.claims import queries as claims
from lopo.claims.judging import HEIR, HOSPITAL, share_holder
from lopo.claims.queries.corrections import CorrectionRow, correction_case, corrections_of
from lopo.jobs.papers.keeping import PDF, file_name, keep_once
from lopo.jobs.papers.letter_words import disagree_of, plain, see_at, see_of
from lopo.jobs.papers.letters import Benefit, Ground, LetterPaper, letter_pdf
from lopo.jobs.papers.offices import office_of, public_address
from lopo.jobs.papers.receivers import address_of
from lopo.payments.queries.recoveries import TakenBack, taken_back
from lopo.people import queries as people
from lopo.staff import queries as staff
from lopo.staff.actions import Paper

_APPROVED: Final = "disetujui"
_ASKED: Final = "piutang"


@dataclass(frozen=True, slots=True)
class Less:
    """What a correction took back of one receiver, in rupiah; a `hospital` does not look at the family's page.

    `components` are the parts as the correction froze them; `held` was not paid, `asked` was paid and is asked back,
    `left` of it is not paid back or given up yet, `waiting` is an order that is still with the bank.
    """

    name: str
    guardian: str
    hospital: bool
    components: tuple[Mapping[str, Any], ...]
    held: int
    asked: int
    left: int
    waiting: int

    @property
    def to_name(self) -> str:
        """Whom the letter addresses."""
        if self.hospital:
            return self.name
        return f"Bapak/Ibu {self.guardian}, wali {self.name}" if self.guardian else f"Bapak/Ibu {self.name}"


def make_correction_letters(*, by: staff.Officer, on: date, correction_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Keep a letter to each of whom an approved correction takes something back; needs `case.read` in the area.

    The same letter is kept once. Refused: a correction that there is not, or that nobody has approved.
    """
    case_id = correction_case(correction_id)
    area = claims.case_area(case_id) if case_id is not None else None
    if case_id is None or area is None:
        raise Refused("koreksi_tidak_ada", "Koreksi ini tidak ada.")
    staff.require(by, "case.read", on=on, area_code=area.area_code)
    return tuple(
        keep_once(
            by=by, on=on,
            paper=Paper("surat", "claims.case", case_id, f"{file_name('surat', one.number)}.pdf", PDF, letter_pdf(one)),
        )
        for one in correction_letters(claims.case(case_id, on=on), correction_id)
    )  # fmt: skip


def correction_letters(case: claims.CasePage, correction_id: uuid.UUID) -> tuple[LetterPaper, ...]:
    """Give the letters of one correction of the case, one for each receiver, as far as it was carried out.

    Dated on the day on which it was last carried out, before that on the day of its approval. Four queries.
    """
    every = corrections_of(case.id)
    turn, correction = next((len(every) - at, one) for at, one in enumerate(every) if one.id == correction_id)
    if correction.state != _APPROVED or correction.approved_on is None:
        raise Refused("koreksi_belum_disetujui", "Surat koreksi dibuat setelah koreksinya disetujui.")
    taken = taken_back(correction_id)
    person = people.person(case.person_id)
    if person is None:
        raise Refused("orang_tidak_ada", "Peserta kasus ini tidak ada.")
    dated = max((one.made_on for one in taken), default=correction.approved_on)
    receivers = receivers_of_less(case, correction.components, taken)
    return tuple(
        _letter(case, correction, one, dated=dated, address=address_of(person),
                number=f"{case.code}/K{turn}" + (f".{place}" if len(receivers) > 1 else ""))
        for place, one in enumerate(receivers, start=1)
    )  # fmt: skip


def receivers_of_less(
    case: claims.CasePage, components: Sequence[Mapping[str, Any]], taken: Sequence[TakenBack]
) -> tuple[Less, ...]:
    """Give what was taken back of each receiver, with what became of it."""
    parts: dict[int | str, list[Mapping[str, Any]]] = {}
    for one in components:
        parts.setdefault(share_holder(one["code"]) or one["to"], []).append(one)
    return tuple(_less(case, whose, mine, taken) for whose, mine in parts.items())


def _less(
    case: claims.CasePage, whose: int | str, mine: Sequence[Mapping[str, Any]], taken: Sequence[TakenBack]
) -> Less:
    codes = {one["code"] for one in mine}
    ours = [one for one in taken if one.component in codes]
    asked = [one for one in ours if one.kind == _ASKED]
    held = sum(one.amount for one in ours) - sum(one.amount for one in asked)
    name, guardian = _named(case, whose, mine[0]["payee"])
    return Less(
        name=name,
        guardian=guardian,
        hospital=mine[0]["payee"] == HOSPITAL,
        components=tuple(mine),
        held=held,
        asked=sum(one.amount for one in asked),
        left=sum(one.amount - one.repaid - one.given_up for one in asked),
        waiting=sum(one["less"] for one in mine) - sum(one.amount for one in ours),
    )


def _named(case: claims.CasePage, whose: int | str, payee: str) -> tuple[str, str]:
    """The receiver by name, and the guardian of a minor ('' = none)."""
    if payee == HOSPITAL:
        return str(whose), ""
    if payee != HEIR:
        return case.name, ""
    heirs = {heir.id: heir for heir in case.heirs} | {heir.guardian_nik or heir.nik: heir for heir in case.heirs}
    heir = heirs.get(whose)
    return (heir.name, heir.guardian_name) if heir else (f"Keluarga {case.name}", "")


def _letter(
    case: claims.CasePage, correction: CorrectionRow, less: Less, *, dated: date, address: str, number: str
) -> LetterPaper:
    office, site = office_of(case.area_code), public_address()
    return LetterPaper(
        office=office,
        number=number,
        dated=dated,
        to_name=less.to_name,
        to_address=address,
        whose=less.name,
        about=f"Koreksi keputusan atas nama {case.name}",
        case_code=case.code,
        outcome="dikoreksi",
        happened=_happened(case, correction, less),
        benefits=tuple(Benefit(one["label"], rupiah(one["less"]), one["article"]) for one in less.components),
        grounds=_grounds(correction, less),
        papers=(),
        go_to=_pay_back(case, less),
        by=None,
        disagree=f"{disagree_of(case.kind)} Keberatan ditulis pada kasus ini dan dijawab petugas lain.",
        signer_title=f"Kepala {office.unit}",
        signer="",
        see="" if less.hospital else see_of(site, case.code, case.name),
        see_at="" if less.hospital else see_at(site),
    )


def _happened(case: claims.CasePage, correction: CorrectionRow, less: Less) -> tuple[str, ...]:
    approved = f" pada {date_long(correction.approved_on)}" if correction.approved_on else ""
    told = [
        f"Keputusan terdahulu pada perkara {case.code} memberi lebih dari hak menurut hukum. Dua petugas memeriksanya,"
        f" dan koreksinya disetujui{approved}. Kami mohon maaf atas kekeliruan ini."
    ]
    if less.held:
        told.append(f"{rupiah_text(less.held)} belum dibayar dan tidak jadi dikirim; untuk itu tidak ada yang perlu"
                    " dilakukan.")  # fmt: skip
    if less.asked:
        told.append(f"{rupiah_text(less.asked)} sudah dibayar, karena itu kami minta kembali.")
    if less.asked > less.left:
        told.append(f"Dari jumlah itu masih tersisa {rupiah_text(less.left)}.")
    if less.waiting:
        told.append(f"{rupiah_text(less.waiting)} masih diperiksa pada bank; tunggu surat kami berikutnya.")
    return tuple(told)


def _grounds(correction: CorrectionRow, less: Less) -> tuple[Ground, ...]:
    return (
        Ground(f"Yang keliru: {correction.why.rstrip('.')}."),
        *(
            Ground(plain(f"{one['label']}: {rupiah_text(one['after'])}, bukan {rupiah_text(one['before'])}."),
                   one["article"])
            for one in less.components
        ),
    )  # fmt: skip


def _pay_back(case: claims.CasePage, less: Less) -> tuple[str, ...]:
    if not less.left:
        return ()
    return (
        f"Kirim {rupiah_text(less.left)} ke rekening {settings.LOPO_PAYER_NAME} nomor {settings.LOPO_PAYER_ACCOUNT}"
        f" ({settings.LOPO_PAYER_BIC}), dengan berita {case.code}. Boleh beberapa kali.",
        "Uang ini tidak dipotong dari manfaat lain. Bila tidak mampu mengembalikan, datanglah ke kantor kelurahan"
        " dengan surat ini: penghapusannya dapat diminta dan diputus oleh dua petugas.",
    )

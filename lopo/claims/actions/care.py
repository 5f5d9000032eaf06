"""Care under a case: invoices line by line, who pays first in traffic, a disease of work, and the way back to work."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Sum

from lopo.basics.money import rupiah
from lopo.basics.refusal import Refused
from lopo.claims.actions.start import ask_paper
from lopo.claims.actions.working import accident_for, add_row, change
from lopo.claims.care import CAPPED, PROSTHESIS
from lopo.claims.checklist import SURAT_PENJAMIN
from lopo.claims.models import CareLine, Case, Invoice
from lopo.staff.models import Officer

_ICD10: Final = re.compile(r"[A-TV-Z][0-9][0-9A-B](\.[0-9A-K]{1,4})?")


@dataclass(frozen=True, slots=True)
class CareGiven:
    """One line of an invoice in whole rupiah. `why_not` is needed where it does not belong to the case.

    reference_price: of a prosthesis, what the state rehabilitation hospital asks.
    """

    what: str
    on: date
    icd10: str
    amount: int
    doctor_note: bool = False
    reference_price: int = 0
    belongs: bool = True
    why_not: str = ""


def add_care_line(*, by: Officer, on: date, case_id: int, invoice_id: int, line: CareGiven) -> int:
    """Add a line to an invoice of an accident or a disease; needs `case.work`.

    Refused: a day outside of the case, no ICD-10 code, care at home or an aid that no doctor ordered in writing, a
    prosthesis without the price of reference, more than the invoice, the same line again.
    """
    rupiah(line.amount)
    code = _icd10(line.icd10)
    if line.what not in CareLine.What.values:
        raise Refused("rincian_tidak_dikenal", "Pilih apa yang dikerjakan pada baris tagihan ini.")
    if not line.belongs and not line.why_not.strip():
        raise Refused("alasan_kosong", "Tulis alasan mengapa baris ini tidak termasuk kasus.")
    if line.what in CAPPED and not line.doctor_note:
        raise Refused(
            "surat_dokter_kosong", "Perawatan di rumah dan alat bantu perlu surat dokter.", "PP 82/2019 Lampiran III"
        )
    if line.what == PROSTHESIS and line.reference_price <= 0:
        raise Refused("harga_rujukan_kosong", "Tulis harga rumah sakit rehabilitasi pemerintah untuk protese ini.")
    with transaction.atomic():
        case = accident_for(by, on, case_id)
        invoice = _invoice(case, invoice_id)
        _check_day(case, line, on)
        used = invoice.lines.aggregate(total=Sum("amount"))["total"] or 0
        if used + line.amount > invoice.amount:
            raise Refused("rincian_melebihi", "Jumlah baris melebihi jumlah tagihannya; periksa angka keduanya.")
        given = asdict(line) | {"icd10": code}
        return add_row(by, on, CareLine(invoice=invoice, **given), "add_care_line")


def _icd10(text: str) -> str:
    code = text.strip().upper()
    if not _ICD10.fullmatch(code):
        raise Refused("icd10_tidak_sah", "Tulis diagnosis sebagai kode ICD-10, misalnya S62.6.")
    return code


def _invoice(case: Case, invoice_id: int) -> Invoice:
    invoice = Invoice.objects.select_for_update().filter(pk=invoice_id, case=case).first()
    if invoice is None:
        raise Refused("faktur_tidak_ada", "Tagihan ini tidak ada pada kasus ini.")
    return invoice


def _check_day(case: Case, line: CareGiven, on: date) -> None:
    """Care lies between the event and the day on which the doctor closed the case; aids and home care may follow it."""
    if line.on > on:
        raise Refused("hari_di_depan", "Hari kejadian tidak boleh setelah hari ini.")
    closed = case.died_on or (case.recovered_on if line.what not in CAPPED else None)
    if line.belongs and (line.on < case.event_on or (closed is not None and line.on > closed)):
        raise Refused(
            "hari_di_luar_kasus",
            "Hari perawatan ini di luar kasus: sebelum kejadian, atau sesudah dokter menyatakan selesai.",
        )


def set_other_paid(*, by: Officer, on: date, case_id: int, invoice_id: int, amount: int) -> None:
    """Note what another guarantor paid of an invoice first; needs `case.work`. Refused: more than the invoice."""
    rupiah(amount)
    with transaction.atomic():
        case = accident_for(by, on, case_id)
        invoice = _invoice(case, invoice_id)
        if case.guarantor != Case.Guarantor.DIJAMIN:
            raise Refused("penjamin_tidak_menjamin", "Catat dahulu bahwa penjamin lain menjamin kasus ini.")
        if not 0 <= amount <= invoice.amount:
            raise Refused("jumlah_penjamin", "Yang dibayar penjamin lain paling banyak sebesar tagihannya.")
        Invoice.objects.filter(pk=invoice.pk).update(other_paid=amount)
        change(by, on, case, "set_other_paid", {"guarantor": case.guarantor}, why=f"{invoice.number}: {amount}")


def set_guarantor(*, by: Officer, on: date, case_id: int, answer: str) -> None:
    """Note that the accident happened in traffic and what Jasa Raharja answered; needs `case.work`.

    While it has not answered, no cost is decided; its letter is asked for as a paper.
    """
    if answer not in Case.Guarantor.values:
        raise Refused("jawaban_penjamin_tidak_dikenal", "Pilih menunggu, dijamin, atau ditolak.")
    with transaction.atomic():
        case = accident_for(by, on, case_id)
        answered = answer != Case.Guarantor.MENUNGGU
        ask_paper(case, SURAT_PENJAMIN, received_on=None)
        change(by, on, case, "set_guarantor", {"guarantor": answer}, why="dijawab" if answered else "")


@dataclass(frozen=True, slots=True)
class DiseaseGiven:
    """A disease that a doctor has diagnosed; `work_ended_on` is None while the person still works."""

    diagnosed_on: date
    work_ended_on: date | None
    icd10: str


def note_disease(*, by: Officer, on: date, case_id: int, disease: DiseaseGiven) -> None:
    """Make an accident case that of a disease of work (PAK); needs `case.work`.

    The day of the event becomes that of the diagnosis. Whether the right still reaches so far (3 years after the end of
    the work) is for the decision to say. Refused: a diagnosis in the future, no ICD-10 code, or concluded already.
    """
    code = _icd10(disease.icd10)
    with transaction.atomic():
        case = accident_for(by, on, case_id)
        if case.concluded_on is not None or case.state == Case.State.DIKABULKAN:
            raise Refused("sudah_disimpulkan", "Kasus ini sudah disimpulkan.")
        if disease.diagnosed_on > on or (disease.work_ended_on is not None and disease.work_ended_on > on):
            raise Refused("hari_di_depan", "Hari kejadian tidak boleh setelah hari ini.")
        if disease.diagnosed_on < case.person.born:
            raise Refused("diagnosis_sebelum_lahir", "Hari diagnosis tidak boleh sebelum hari lahir.")
        if case.died_on is not None and disease.diagnosed_on > case.died_on:
            raise Refused("urutan_hari", "Hari meninggal tidak boleh sebelum hari kejadian.")
        changes = {
            "cause": Case.Cause.PENYAKIT, "event_on": disease.diagnosed_on, "work_ended_on": disease.work_ended_on,
            "icd10": code,
        }  # fmt: skip
        change(by, on, case, "note_disease", changes)


def declare_total(*, by: Officer, on: date, case_id: int, declared_on: date, why: str) -> None:
    """Note that the doctor declared total permanent disability; needs `case.work` and the doctor's letter in words."""
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis dokter dan nomor surat yang menyatakan cacat total tetap.")
    with transaction.atomic():
        case = accident_for(by, on, case_id)
        if case.died_on is not None or not case.event_on <= declared_on <= on:
            raise Refused("hari_sembuh", "Hari sembuh harus antara hari kecelakaan dan hari ini.")
        change(by, on, case, "declare_total", {"total_disability": True, "recovered_on": declared_on}, why=why)


def note_return(*, by: Officer, on: date, case_id: int, advised_on: date, returned_on: date | None) -> None:
    """Note that the adviser doctor recommended the return to work, and the day of the return; needs `case.work`.

    Refused: days before the event, in the future, or in the wrong order, or somebody who died.
    """
    with transaction.atomic():
        case = accident_for(by, on, case_id)
        last = returned_on or on
        if case.died_on is not None or not case.event_on <= advised_on <= last <= on:
            raise Refused("hari_kembali_kerja", "Anjuran dan hari kembali bekerja harus berurutan, sesudah kejadian.")
        change(by, on, case, "note_return", {"return_advised_on": advised_on, "returned_on": returned_on})

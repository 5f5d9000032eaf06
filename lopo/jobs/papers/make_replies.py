"""Makes the letter that calls a sender for names, and the letter that answers an appeal, and keeps them."""

from __future__ import annotations

import uuid
from datetime import date

from lopo.basics.area import find_kelurahan, kelurahan_name
from lopo.basics.calendar import date_long
from lopo.basics.refusal import Refused
from lopo.jobs.papers.keeping import PDF, file_name, keep_once
from lopo.jobs.papers.office_letter import OfficeLetter, office_letter_pdf
from lopo.jobs.papers.offices import office_of
from lopo.law.deadlines import appeal_due
from lopo.staff import queries as staff
from lopo.staff.actions import Paper
from lopo.targeting.queries.appeals import AppealRow, appeal
from lopo.targeting.queries.calls import CallRow, SenderRow, call, call_of_sender

CALLED = "targeting.calledsender"
APPEALED = "targeting.appeal"
_COLUMNS = "nama, NIK 16 angka sebagai teks, tanggal lahir, kelurahan, RT/RW, pekerjaan, dan nomor telepon"
_ENDS = {"dikabulkan": "dikabulkan", "ditolak": "belum dapat dikabulkan"}


def make_call_letter(*, by: staff.Officer, on: date, sender_id: int) -> uuid.UUID:
    """Keep the letter that calls (or reminds) one sender as it stands today. Needs `lists.read` there.

    Refused: no such sender.
    """
    call_id = call_of_sender(sender_id)
    found = call(call_id, on=on) if call_id else None
    sender = next((one for one in found.senders if one.id == sender_id), None) if found else None
    if found is None or sender is None:
        raise Refused("panggilan_tidak_ada", "Panggilan ini tidak ada.")
    staff.require(by, "lists.read", on=on, area_code=sender.area_code)
    name = file_name("panggilan", sender.sender, on.isoformat())
    content = office_letter_pdf(call_letter(found, sender, on))
    return keep_once(by=by, on=on, paper=Paper("surat", CALLED, sender_id, f"{name}.pdf", PDF, content))


def call_letter(found: CallRow, sender: SenderRow, on: date) -> OfficeLetter:
    """What the letter to a sender says: how many names are asked, how many came, until when. One query."""
    late = sender.days_late(on)
    opening = [found.text] if found.text else []
    opening.append(
        f"Batas {date_long(found.due_on)} sudah lewat {late} hari. Nama yang dikirim sekarang tetap diterima dan "
        "diperiksa, tetapi dicatat terlambat."
        if late
        else f"Kami menunggu usulan nama pekerja rentan untuk {found.programme}, paling lambat "
        f"{date_long(found.due_on)}."
    )
    facts = (
        ("Tempat yang direncanakan", f"{sender.places} orang"), ("Sudah diterima", f"{sender.received} nama"),
        ("Masih ditunggu", f"{sender.missing} nama"), ("Batas waktu", date_long(found.due_on)),
    )  # fmt: skip
    steps = (
        f"Tulis satu orang satu baris: {_COLUMNS}.",
        "Kirim lembar kerja apa adanya (xlsx, xls, ods, atau csv) lewat meja Daftar atau kantor kelurahan.",
        "Setiap nama yang ditolak kembali kepada Anda dengan alasannya dan cara berkeberatan.",
    )
    return OfficeLetter(
        office=office_of(found.area_code), number=f"Panggilan {found.id}/{sender.id}", dated=on,
        to_name=sender.sender, to_address=_address(sender.area_code), about=f"Panggilan usulan: {found.title}",
        opening=tuple(opening), facts=facts, steps=steps, closing=("Terima kasih atas bantuan Bapak/Ibu.",),
    )  # fmt: skip


def make_appeal_letter(*, by: staff.Officer, on: date, appeal_id: int) -> uuid.UUID:
    """Keep the letter that answers an appeal. Needs `lists.read` where the row is. Refused: not decided yet."""
    found = appeal(appeal_id, ("53",))
    if found is None:
        raise Refused("keberatan_tidak_ada", "Keberatan ini tidak ada.")
    staff.require(by, "lists.read", on=on, area_code=found.area_code)
    if found.decided_on is None:
        raise Refused("keberatan_belum_diputus", "Surat jawaban dibuat setelah keberatan diputus.")
    name = file_name("keberatan", str(found.id))
    content = office_letter_pdf(appeal_letter(found))
    return keep_once(by=by, on=on, paper=Paper("surat", APPEALED, appeal_id, f"{name}.pdf", PDF, content))


def appeal_letter(found: AppealRow) -> OfficeLetter:
    """What the letter says: what was appealed, what was decided and why, and what can be done. One query."""
    decided = found.decided_on or found.made_on
    steps = [found.next_step] if found.next_step else []
    if found.state == "ditolak":
        until = date_long(appeal_due(decided).due)
        steps.append(f"Keberatan baru dengan bukti lain dapat diajukan sampai {until} lewat kelurahan atau pengirim.")
    told = "Yang tidak berlaku lagi" if found.state == "dikabulkan" else "Alasan penolakan yang tetap"
    return OfficeLetter(
        office=office_of(found.area_code), number=f"Keberatan {found.id}", dated=decided,
        to_name=found.asked_by, to_address=_address(found.area_code),
        about=f"Jawaban atas keberatan untuk {found.name}",
        opening=(
            f"Keberatan Bapak/Ibu tanggal {date_long(found.made_on)} atas nama {found.name} (daftar {found.sender}, "
            f"baris {found.line}) {_ENDS.get(found.state, found.state)}.",
            found.answer,
        ),
        reasons_heading=told, reasons=tuple((text.sentence, text.source) for text in found.texts), steps=tuple(steps),
        closing=("Baris ini sudah dinilai lagi menurut putusan ini.",) if found.state == "dikabulkan" else (),
    )  # fmt: skip


def _address(area_code: str) -> str:
    return f"Kelurahan {kelurahan_name(area_code)}" if find_kelurahan(area_code) else "di tempat"

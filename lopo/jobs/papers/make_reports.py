"""Makes the report to the council, and the letter that tells a sender what became of every name, and keeps them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from datetime import date

from lopo.basics.calendar import date_long
from lopo.basics.error_sheet import ErrorLine, ErrorSheet
from lopo.basics.refusal import Refused
from lopo.insight.queries.council import council
from lopo.jobs.papers.council import council_pdf, council_xlsx
from lopo.jobs.papers.keeping import PDF, XLSX, file_name, keep_once
from lopo.jobs.papers.office_letter import OfficeLetter, office_letter_pdf
from lopo.jobs.papers.offices import office_of
from lopo.jobs.papers.setting import masked_nik
from lopo.law.deadlines import appeal_due
from lopo.staff import queries as staff
from lopo.staff.actions import Paper
from lopo.targeting import queries as targeting

Progress = Callable[[int, int, str], None]
COUNCIL = "insight.council"
"""What the report is about: it knows of no person, so that whoever reads bills may have it."""
_SAID = {"diterima": "masuk", "perlu_cek": "perlu dicek", "ditolak": "ditolak", "rusak": "tidak terbaca"}


def make_council(*, by: staff.Officer, on: date, programme_id: int, progress: Progress) -> tuple[uuid.UUID, uuid.UUID]:
    """Keep the report to the council as PDF and xlsx, as it stands today; the same report only once.

    Needs `bill.read` in the territory of the programme. Refused: no such programme.
    """
    programme = targeting.programme_row(programme_id)
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    staff.require(by, "bill.read", on=on, area_code=programme.area_code)
    progress(0, 3, "Menghitung")
    told = council(programme.code, on=on, areas=(programme.area_code,))
    if told is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    name = file_name("laporan-DPRD", programme.code, on.isoformat())
    progress(1, 3, "Menyusun PDF")
    pdf = Paper("laporan", COUNCIL, programme_id, f"{name}.pdf", PDF,
                council_pdf(told, office_of(programme.area_code)))  # fmt: skip
    kept = keep_once(by=by, on=on, paper=pdf)
    progress(2, 3, "Menyusun lembar kerja")
    sheet = Paper("laporan", COUNCIL, programme_id, f"{name}.xlsx", XLSX, council_xlsx(told))
    return kept, keep_once(by=by, on=on, paper=sheet)


def make_sender_letter(*, by: staff.Officer, on: date, list_id: int) -> uuid.UUID:
    """Keep the letter to the sender of a list: how many names are in, each refused one with its reasons.

    Needs `lists.read` where the list is. Refused: no such list there, or not screened yet.
    """
    areas = staff.areas_where(by.id, "lists.read", on=on)
    found = targeting.list_detail(list_id, areas)
    sheet = targeting.error_sheet(list_id, areas, contact="") if found else None
    if found is None or sheet is None:
        raise Refused("daftar_tidak_ada", "Daftar ini tidak ada.")
    paper = sender_letter(sheet, found.row.area_code, number=f"Hasil {list_id}", on=on)
    name = file_name("hasil-usulan", sheet.sender, on.isoformat())
    kept = Paper("surat", "targeting.list", list_id, f"{name}.pdf", PDF, office_letter_pdf(paper))
    return keep_once(by=by, on=on, paper=kept)


def sender_letter(sheet: ErrorSheet, area_code: str, *, number: str, on: date) -> OfficeLetter:
    """What the letter says: `34 nama Anda: 30 masuk, 4 ditolak`, the reasons, what to do, how to appeal. One query."""
    told = Counter(line.verdict for line in sheet.lines)
    summed = ", ".join(f"{told[verdict]} {word}" for verdict, word in _SAID.items() if told[verdict])
    reasons = Counter(reason.sentence for line in sheet.lines if line.verdict == "ditolak" for reason in line.reasons)
    until = date_long(appeal_due(on).due)
    return OfficeLetter(
        office=office_of(area_code), number=number, dated=on, to_name=sheet.sender, to_address="",
        about=f"Hasil pemeriksaan {len(sheet.lines)} nama yang Anda usulkan",
        opening=(
            f"{len(sheet.lines)} nama Anda untuk {sheet.programme}: {summed}.",
            f"Daftar diterima {date_long(sheet.received_on)}, diperiksa menurut keadaan {date_long(sheet.screened_on)}."
            " Yang masuk dapat diikutkan dalam pemilihan; tempat ditetapkan dengan keputusan.",
        ),
        facts=tuple((f"{number} nama", sentence) for sentence, number in reasons.most_common()),
        reasons_heading="Nama yang belum masuk, dan alasannya",
        reasons=tuple((_named(line), "") for line in sheet.lines if line.verdict != "diterima"),
        steps=(
            "Betulkan pada lembar hasil yang menyertai surat ini, lalu kirim kembali; baris lain tidak berubah.",
            f"Yang tidak setuju dapat berkeberatan sampai {until} lewat kelurahan atau Anda sebagai pengirim, dengan"
            " bukti; keberatan diputus oleh petugas lain daripada yang memeriksa.",
        ),
        closing=("Surat ini memuat data pribadi; pakailah hanya untuk memberi tahu yang bersangkutan.",),
    )  # fmt: skip


def _named(line: ErrorLine) -> str:
    """One name with its verdict, every reason, and what to do about each."""
    why = " ".join(f"{one.sentence} {one.to_do}".strip() for one in line.reasons)
    nik = masked_nik(line.nik) if line.nik else "tanpa NIK"
    return f"{line.name or 'tanpa nama'} ({nik}, baris {line.line}), {_SAID[line.verdict]}: {why}"

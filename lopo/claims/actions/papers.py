"""The papers of a case as files: each scanned, cleaned and kept; a paper is accepted, unreadable or not to be had."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Max

from lopo.basics.photo import CleanFile, clean_file
from lopo.basics.refusal import Refused
from lopo.claims.actions.working import open_case, receive_papers
from lopo.claims.malware import Scanned, Scanner
from lopo.claims.models import Case, Paper, PaperFile
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

MOST_FILES: Final = 20


@dataclass(frozen=True, slots=True)
class FileKept:
    """The file that is kept of a paper; `new` is false where the very same file was there already."""

    file_id: int
    pages: int
    new: bool


@dataclass(frozen=True, slots=True)
class FileGiven:
    """One file for one paper of a case, as it came."""

    code: str
    content: bytes


def add_paper_file(*, by: Officer, on: date, case_id: int, given: FileGiven, scanner: Scanner) -> FileKept:
    """Keep one more file of a paper; needs `case.report` in the area. The same file again is the same file.

    A photo is written anew, a PDF stays as it came. Refused: a paper that the case does not ask for, malware, a photo
    that is no photo, too large, too many. Unavailable where a scanner is set up and does not answer.
    """
    said = scanner.scan(given.content)
    if said.found:
        raise Refused("berkas_berbahaya", f"Berkas ini ditolak pemindai: {said.found}.")
    clean = clean_file(given.content)
    with transaction.atomic():
        case = open_case(by, on, case_id, permission="case.report")
        paper = _asked_paper(case, given.code)
        digest = hashlib.sha256(clean.content).hexdigest()
        known = PaperFile.objects.filter(paper=paper, sha256=digest).only("id", "pages").first()
        if known is not None:
            return FileKept(known.id, known.pages, new=False)
        kept = _keep(paper, clean, said, by, on)
        Paper.objects.filter(pk=paper.pk).update(trouble="", why="")
        after = {"paper": given.code, "file": kept.id, "pages": kept.pages, "sha256": digest}
        record(by=by, on=on, deed=Deed("add_paper_file", "claims.case", case_id, after=after))
    return FileKept(kept.id, kept.pages, new=True)


def _asked_paper(case: Case, code: str) -> Paper:
    paper = Paper.objects.select_for_update().filter(case=case, code=code).first()
    if paper is None:
        raise Refused("berkas_tidak_diminta", f"Kasus ini tidak meminta berkas: {code}.")
    return paper


def _keep(paper: Paper, clean: CleanFile, said: Scanned, by: Officer, on: date) -> PaperFile:
    last = PaperFile.objects.filter(paper=paper).aggregate(last=Max("place"))["last"] or 0
    if last >= MOST_FILES:
        raise Refused("terlalu_banyak_berkas", f"Satu surat paling banyak {MOST_FILES} berkas.")
    return PaperFile.objects.create(
        paper=paper,
        place=last + 1,
        media_type=clean.media_type,
        pages=clean.pages,
        size=len(clean.content),
        sha256=hashlib.sha256(clean.content).hexdigest(),
        content=clean.content,
        scanned=PaperFile.Scan.BERSIH if said.looked else PaperFile.Scan.TANPA,
        sent_by=by,
        sent_on=on,
    )


def accept_paper(*, by: Officer, on: date, case_id: int, code: str) -> tuple[str, ...]:
    """Accept one paper; needs `case.work`. Gives the codes that are still missing; see `receive_papers`."""
    return receive_papers(by=by, on=on, case_id=case_id, codes=[code])


def mark_paper(*, by: Officer, on: date, case_id: int, code: str, trouble: str, why: str) -> None:
    """Say that a paper cannot be read or is not to be had, and why; needs `case.work`.

    What was sent of it stays, marked. A file that was complete is no longer, and its days for payment stop. Refused: no
    reason, an unknown trouble, a paper that the case does not ask for, a case that was decided already.
    """
    if trouble not in Paper.Trouble.values:
        raise Refused("keadaan_berkas_tidak_dikenal", "Pilih tidak terbaca atau tidak ada.")
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis apa yang kurang pada berkas ini, agar keluarga tahu.")
    with transaction.atomic():
        case = open_case(by, on, case_id)
        if case.state == Case.State.DIKABULKAN:
            raise Refused("sudah_diputus", "Kasus ini sudah diputus; berkasnya tidak dinilai lagi.")
        paper = _asked_paper(case, code)
        Paper.objects.filter(pk=paper.pk).update(received_on=None, trouble=trouble, why=why.strip()[:200])
        if trouble == Paper.Trouble.TAK_TERBACA:
            PaperFile.objects.filter(paper=paper, readable=True).update(readable=False)
        Case.objects.filter(pk=case.pk, state=Case.State.LENGKAP).update(
            state=Case.State.DIBUKA, complete_on=None, pay_due_on=None
        )
        after = {"paper": code, "trouble": trouble, "why": why.strip()}
        record(by=by, on=on, deed=Deed("mark_paper", "claims.case", case_id, after=after))

"""Reads the papers of a case with their files: which came, which can be read, and one page to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, F, Q

from lopo.claims.models import Case, Paper, PaperFile

ACCEPTED, SENT, WANTED = "diterima", "dikirim", "belum"
"""How a paper stands besides its troubles: accepted, sent and to be looked at, not there yet."""


@dataclass(frozen=True, slots=True)
class PaperNeeded:
    """One paper that the case needs, who asks for it, the day it came (None = missing), and what is wrong with it.

    `files` are those that can be read; `trouble` is `tak_terbaca` or `tidak_ada` with its reason, '' where nothing is.
    """

    code: str
    label: str
    article: str
    received_on: date | None
    trouble: str = ""
    why: str = ""
    files: int = 0

    @property
    def state(self) -> str:
        """`diterima`, `dikirim` (somebody has to look), `tak_terbaca`, `tidak_ada` or `belum`."""
        if self.received_on is not None:
            return ACCEPTED
        return self.trouble or (SENT if self.files else WANTED)


_NEEDED: Final = ("code", "label", "article", "received_on", "trouble", "why")


def papers_of(case: Case) -> tuple[PaperNeeded, ...]:
    """Give the papers of a case in their order. One query."""
    rows = Paper.objects.filter(case=case).order_by("id")
    counted = rows.annotate(n=Count("files", filter=Q(files__readable=True)))
    return tuple(PaperNeeded(*row) for row in counted.values_list(*_NEEDED, "n"))


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file of a paper, without its bytes; `first` is the number of its first page among the readable ones."""

    id: int
    place: int
    media_type: str
    pages: int
    size: int
    scanned: str
    readable: bool
    sent_on: date
    sent_by: str
    first: int


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One paper with its files; `pages` are those that can be read, turned one after the other."""

    paper: PaperNeeded
    files: tuple[FileRow, ...]
    pages: int

    def file_of(self, page: int) -> tuple[FileRow, int] | None:
        """Give the file that holds a page (1 = the first of all) and the page's number within it."""
        for one in self.files:
            if one.readable and one.first <= page < one.first + one.pages:
                return one, page - one.first + 1
        return None


_FILE: Final = ("id", "place", "media_type", "pages", "size", "scanned", "readable", "sent_on")


def paper_shown(case_id: int, code: str) -> PaperShown | None:
    """Give one paper of a case with its files, None where the case does not ask for it. Two queries."""
    paper = Paper.objects.filter(case_id=case_id, code=code).values("id", *_NEEDED).first()
    if paper is None:
        return None
    rows = PaperFile.objects.filter(paper_id=paper["id"]).order_by("place")
    files: list[FileRow] = []
    first = 1
    for row in rows.values(*_FILE, sent_by_name=F("sent_by__full_name")):
        readable = row["readable"]
        files.append(
            FileRow(
                **{name: row[name] for name in _FILE}, sent_by=row["sent_by_name"] or "", first=first if readable else 0
            )
        )
        first += row["pages"] if readable else 0
    needed = PaperNeeded(**{name: paper[name] for name in _NEEDED}, files=sum(one.readable for one in files))
    return PaperShown(needed, tuple(files), first - 1)


def file_content(file_id: int) -> bytes:
    """Give the bytes of one file. One query."""
    return bytes(PaperFile.objects.values_list("content", flat=True).get(pk=file_id))

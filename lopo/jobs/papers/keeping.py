"""Keeps a paper that was made, once: the same bytes about the same thing are not kept again."""

from __future__ import annotations

import hashlib
import re
import uuid
from datetime import date

from lopo.staff import queries as staff
from lopo.staff.actions import Paper, keep_paper

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def keep_once(*, by: staff.Officer, on: date, paper: Paper) -> uuid.UUID:
    """The id under which the paper is kept; when the very same bytes are kept already, the id of those."""
    digest = hashlib.sha256(paper.content).hexdigest()
    for kept in staff.papers_of(paper.subject, str(paper.subject_id)):
        if kept.sha256 == digest and kept.kind == paper.kind:
            return kept.id
    return keep_paper(by=by, on=on, paper=paper)


def file_name(*parts: str) -> str:
    """The parts as a file name without spaces or slashes: `SK-400.9-KEP-2025`."""
    plain = (re.sub(r"[^A-Za-z0-9.]+", "-", part).strip("-.") for part in parts)
    return "-".join(part for part in plain if part)

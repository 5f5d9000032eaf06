"""What every new case begins with: its number, its visit, the papers it needs, and the messages that go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from lopo.basics.calendar import add_working_days
from lopo.claims.checklist import AKTA_KEMATIAN, Needed, needed
from lopo.claims.models import Case, Paper
from lopo.claims.queries.files import office_number

_PAPERS = """
INSERT INTO claims_paper (case_id, code, label, article, received_on)
SELECT c.id, p.code, p.label, p.article,
       CASE WHEN p.code = %(known)s AND c.opened_from = 'akta_kematian' THEN c.opened_on END
  FROM claims_case c CROSS JOIN unnest(%(codes)s::text[], %(labels)s::text[], %(articles)s::text[])
       WITH ORDINALITY AS p(code, label, article, place)
 WHERE c.id = ANY(%(cases)s) ORDER BY c.id, p.place
ON CONFLICT (case_id, code) DO NOTHING
"""
_MESSAGES = """
SELECT c.id, c.code, p.area_code FROM claims_case c JOIN people_person p ON p.id = c.person_id
 WHERE c.id = ANY(%s) ORDER BY c.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What is known when a case opens."""

    kind: str
    person_id: int
    membership_id: int
    event_on: date
    died_on: date | None
    opened_from: str
    source: str
    reported_at: datetime | None = None
    report_due_at: datetime | None = None
    conclude_due_on: date | None = None
    story: str = ""


def insert_case(new: NewCase, on: date) -> Case:
    """Write one case with the next number and its visit, and ask for its papers; in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('claims_case_number')")
        row = cursor.fetchone()
    number = row[0] if row else 0
    code = f"{new.kind}-{on.year}-{number:05d}"
    case = Case.objects.create(code=code, opened_on=on, visit_due_on=visit_due(on), **asdict(new))
    ask_papers([case.id], new.kind, died=new.died_on is not None)
    return case


def visit_due(on: date) -> date:
    """By when the family is to be visited: the office's own promise, in working days."""
    return add_working_days(on, office_number("hari_kunjungan_keluarga", on))


def ask_papers(cases: Sequence[int], kind: str, *, died: bool) -> None:
    """Ask each of the cases for the papers of its kind; those it has stay as they are.

    The death certificate that opened a case is there already: nobody is asked for what the register knows.
    """
    papers = needed(kind, died=died)
    with connection.cursor() as cursor:
        cursor.execute(
            _PAPERS,
            {
                "cases": list(cases),
                "known": AKTA_KEMATIAN.code,
                "codes": [paper.code for paper in papers],
                "labels": [paper.label for paper in papers],
                "articles": [paper.article for paper in papers],
            },
        )


def ask_paper(case: Case, paper: Needed, *, received_on: date | None) -> None:
    """Ask one case for one more paper, or note that it came with what was just entered."""
    row = Paper(case=case, code=paper.code, label=paper.label, article=paper.article, received_on=received_on)
    Paper.objects.bulk_create([row], ignore_conflicts=True)


def messages(cases: Sequence[int], on: date) -> dict[str, Any] | None:
    """What must go out for new cases: no names, only the cases; whoever sends looks the rest up."""
    if not cases:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_MESSAGES, [list(cases)])
        rows = cursor.fetchall()
    due = visit_due(on).isoformat()
    return {
        "letters": [{"template": "keluarga", "case": case_id, "code": code} for case_id, code, _ in rows],
        "visits": [{"case": case_id, "area": area, "due_on": due} for case_id, _, area in rows],
    }

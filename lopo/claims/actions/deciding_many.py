"""Proposes the decisions of many cases at once: the same questions and refusals as for one, in a few statements."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Count

from lopo.basics.refusal import Impossible, Refused
from lopo.claims.actions.deciding import DISPUTED, check_grant, check_open, check_refusal, columns_of
from lopo.claims.judging import CaseFile, Judged, judge
from lopo.claims.models import Case, Decision, Dispute, Paper
from lopo.claims.queries.case_files import case_files
from lopo.people.loading import copy_in
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record_all
from lopo.staff.models import Officer

AT_ONCE: Final = 500
"""So many cases are judged and stored before the next are read: the memory stays the same however many there are."""

_COLUMNS: Final = tuple(field.attname for field in Decision._meta.concrete_fields if not field.has_db_default())
"""What is written of a new decision; the database itself says at what moment it was made."""


@dataclass(frozen=True, slots=True)
class Waits:
    """A case of which nothing was proposed, and the sentence that says why."""

    case_id: int
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ProposedMany:
    """How many decisions wait for approval now, how many of them grant, their sum in rupiah, and what was left."""

    proposed: int
    granted: int
    amount: int
    waits: tuple[Waits, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the checks ask of other tables: papers that miss, disputed heirs, and how many decisions stand."""

    missing: Mapping[int, list[str]]
    disputed: Collection[int]
    stand: Mapping[int, int]


def propose_decisions(*, by: Officer, on: date, case_ids: Collection[int]) -> ProposedMany:
    """Ask the law about each case and propose what it says; needs `decision.make` in the area of each.

    All or nothing in the database; a case that cannot be decided yet is named with its sentence and left as it was.
    Each is approved by another officer one by one, since each wants a look. Refused: an officer who may decide nowhere.
    """
    areas = staff.areas_where(by.id, "decision.make", on=on)
    if not areas:
        staff.require(by, "decision.make", on=on)
    ids = sorted(set(case_ids))
    waits: list[Waits] = []
    proposed, granted, amount = 0, 0, 0
    with transaction.atomic():
        for first in range(0, len(ids), AT_ONCE):
            made, left = _propose(by, on, ids[first : first + AT_ONCE], areas)
            waits.extend(left)
            proposed, granted = proposed + len(made), granted + sum(one.granted for one in made)
            amount += sum(one.amount for one in made)
    return ProposedMany(proposed, granted, amount, tuple(waits))


def _propose(by: Officer, on: date, ids: Sequence[int], areas: Collection[str]) -> tuple[list[Decision], list[Waits]]:
    rows = Case.objects.select_for_update(of=("self",)).select_related("person").filter(pk__in=ids).order_by("id")
    cases = [case for case in rows if staff.within(case.person.area_code, areas)]
    known, files = _known(ids), {one.id: one for one in case_files([case.id for case in cases])}
    made: list[Decision] = []
    waits: list[Waits] = []
    for case in cases:
        try:
            made.append(_decided(by, on, (case, files[case.id]), known))
        except Refused as no:
            waits.append(Waits(case.id, case.code, no.sentence))
    _store(by, on, made)
    return made, waits


def _decided(by: Officer, on: date, what: tuple[Case, CaseFile], known: _Known) -> Decision:
    case, stored = what
    check_open(case, disputed=case.id in known.disputed)
    judged: Judged = judge(stored, on)
    if judged.amount > 0:
        check_grant(case, known.missing.get(case.id, []), stored, judged)
    else:
        check_refusal(stored, judged)
    return Decision(**columns_of(stored, judged, on), number=known.stand.get(case.id, 0) + 1, made_by=by)


def _known(ids: Sequence[int]) -> _Known:
    missing: dict[int, list[str]] = {}
    papers = Paper.objects.filter(case_id__in=ids, received_on__isnull=True).order_by("id")
    for case_id, label in papers.values_list("case_id", "label"):
        missing.setdefault(case_id, []).append(label)
    disputed = Dispute.objects.filter(DISPUTED, case_id__in=ids).values_list("case_id", flat=True)
    stand = Decision.objects.filter(case_id__in=ids, state=Decision.State.DISETUJUI).values_list("case_id")
    return _Known(missing, frozenset(disputed), dict(stand.annotate(n=Count("id"))))


def _written(one: Decision) -> list[object]:
    """The decision in the order of its columns, as COPY takes it: JSON as text."""
    values = (getattr(one, column) for column in _COLUMNS)
    return [json.dumps(value) if isinstance(value, list | dict) else value for value in values]


def _store(by: Officer, on: date, made: Sequence[Decision]) -> None:
    copy_in("claims_decision", _COLUMNS, map(_written, made))
    changed = Case.objects.filter(pk__in=[one.case_id for one in made]).update(state=Case.State.DIUSULKAN)
    if changed != len(made):
        raise Impossible(f"{changed} cases changed for {len(made)} decisions")
    record_all(
        by=by,
        on=on,
        deeds=[
            Deed(
                "propose_decision",
                "claims.case",
                one.case_id,
                after={"decision": str(one.id), "granted": one.granted, "amount": one.amount},
            )
            for one in made
        ],
    )

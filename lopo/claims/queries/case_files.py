"""Reads cases as the law must see them: one, or thousands in the same number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from lopo.basics.refusal import Refused
from lopo.claims.care import InvoiceLine
from lopo.claims.judging import CaseFile, Share
from lopo.claims.models import Case, Correction, Decision, Heir, Incapacity, Injury, Trip
from lopo.claims.queries.care import invoices_of_all
from lopo.coverage.queries import PaidLine, paid_lines
from lopo.law import cases as law_cases
from lopo.law.whole_cases import LostFunction

_Rows = Mapping[int, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands in other tables, by case (the lines by person)."""

    lines: Mapping[int, PaidLine]
    invoices: Mapping[int, tuple[InvoiceLine, ...]]
    trips: _Rows
    letters: _Rows
    injuries: _Rows
    receivers: _Rows
    granted: _Rows
    corrected: _Rows


def case_file(case_id: int) -> CaseFile:
    """Give everything that a decision of the case rests on. Ten queries."""
    found = case_files([case_id])
    if not found:
        raise Refused("kasus_tidak_ada", "Kasus ini tidak ada.")
    return found[0]


def case_files(case_ids: Collection[int]) -> tuple[CaseFile, ...]:
    """Give everything that decisions of the cases rest on, in the order of the ids. Ten queries, however many."""
    rows = Case.objects.filter(pk__in=case_ids).select_related("person", "membership__programme").order_by("id")
    cases = list(rows)
    approved = Decision.objects.filter(state=Decision.State.DISETUJUI, granted=True)
    around = _Around(
        lines=paid_lines([case.person_id for case in cases]),
        invoices=invoices_of_all(case_ids),
        trips=_by_case(Trip.objects, case_ids, "mode", "amount"),
        letters=_by_case(Incapacity.objects, case_ids, "first_day", "last_day"),
        injuries=_by_case(Injury.objects, case_ids, "lost_function", "part", "times", "left_handed"),
        receivers=_by_case(Heir.objects.filter(receives=True), case_ids, *_RECEIVER),
        granted=_by_case(approved, case_ids, "components"),
        corrected=_by_case(Correction.objects.filter(state=Correction.State.DISETUJUI), case_ids, "components"),
    )
    return tuple(_file(case, around) for case in cases)


def _by_case(rows: Any, case_ids: Collection[int], *columns: str) -> _Rows:  # noqa: ANN401 - any table of a case
    found: dict[int, list[tuple[Any, ...]]] = {}
    for case_id, *row in rows.filter(case_id__in=case_ids).order_by("id").values_list("case_id", *columns):
        found.setdefault(case_id, []).append(tuple(row))
    return found


def _file(case: Case, around: _Around) -> CaseFile:
    line, injuries = around.lines[case.person_id], around.injuries.get(case.id, ())
    receivers, agreed = _receivers(around.receivers.get(case.id, ()))
    return CaseFile(
        id=case.id,
        code=case.code,
        kind=case.kind,
        state=case.state,
        event_on=case.event_on,
        died_on=case.died_on,
        opened_on=case.opened_on,
        recovered_on=case.recovered_on,
        work_accident=case.work_accident,
        person_nik=case.person.nik,
        income=case.membership.programme.monthly_income,
        number_issued_on=line.number_issued_on,
        paid=line.paid,
        invoices=around.invoices.get(case.id, ()),
        trips=tuple(law_cases.Trip(*row) for row in around.trips.get(case.id, ())),
        incapacity_days=days_without_work(around.letters.get(case.id, ()), until=case.died_on),
        injuries=tuple(law_cases.Injury(*row) for percent, *row in injuries if not percent),
        receiver_nik=receivers[0].to if receivers else "",
        granted=_summed(around.granted.get(case.id, ()), around.corrected.get(case.id, ())),
        cause=case.cause,
        work_ended_on=case.work_ended_on,
        guarantor=case.guarantor,
        total_disability=case.total_disability,
        shares=receivers if agreed else (),
        functions=tuple(LostFunction(law_cases.Injury(*row), percent) for percent, *row in injuries if percent),
    )


_RECEIVER: Final = ("id", "nik", "guardian_nik", "parts", "agreement")


def _receivers(rows: Collection[tuple[Any, ...]]) -> tuple[tuple[Share, ...], bool]:
    """Who of the heirs receives, with the parts and to whose account, and whether a paper divides between them.

    After a division made anew one heir may receive all; by its paper it is a share like any other.
    """
    shares = tuple(Share(heir_id, nik, guardian or nik, parts) for heir_id, nik, guardian, parts, _paper in rows)
    return shares, any(row[-1] for row in rows)


def days_without_work(letters: Iterable[tuple[Any, ...]], *, until: date | None) -> int:
    """Calendar days without work, the first and the last of each letter included, none after `until`."""
    return sum(max(0, (min(last, until or last) - first).days + 1) for first, last in letters)


def _summed(decided: Iterable[tuple[Any, ...]], corrected: Iterable[tuple[Any, ...]]) -> dict[str, int]:
    """What approved decisions of the case granted less what corrections took back, in rupiah by code of the component.

    A part that was taken back whole is not in it.
    """
    granted: dict[str, int] = {}
    for (components,) in decided:
        for one in components:
            granted[one["code"]] = granted.get(one["code"], 0) + one["amount"]
    for (components,) in corrected:
        for one in components:
            granted[one["code"]] -= one["less"]
    return {code: amount for code, amount in granted.items() if amount}


def incapacity_days(case_id: int, *, until: date | None) -> int:
    """Give the days without work of one case. One query."""
    letters = Incapacity.objects.filter(case_id=case_id).values_list("first_day", "last_day")
    return days_without_work(letters, until=until)

"""Reads members: of one person, of a programme page by page, and the months that are paid."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q

from lopo.basics.calendar import Month
from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused
from lopo.coverage.models import Membership, PaidMonth
from lopo.coverage.queries.cover import ARREARS, STATES, MemberCover, cover_patterns, member_cover
from lopo.people.paging import in_areas, page_found, persons_sought

Cell = Any
"""A value as the driver gives it."""


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """One membership of one person with its cover on the day that was asked for."""

    id: int
    person_id: int
    programme_id: int
    programme_code: str
    programme_name: str
    decree_id: int
    decree_number: str
    state: str
    submitted_on: date
    accepted_on: date | None
    kpj: str | None
    number_issued_on: date | None
    reject_reason: str
    ended_on: date | None
    end_reason: str
    cover: MemberCover


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member in a table: who, where, number, state with BPJS, state of cover, and when JKM becomes full."""

    id: int
    person_id: int
    nik: str
    name: str
    area_code: str
    kpj: str
    state: str
    submitted_on: date
    number_issued_on: date | None
    reject_reason: str
    ended_on: date | None
    cover: str
    full_from: date | None
    months_paid: int
    unpaid: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class MembersFilter:
    """Which members: within `areas` (empty sees nothing), of a programme, in an area, a state, a state of cover.

    `cover` is one of `STATES`, or `tunggakan` for all whose months are unpaid (one to three, or lapsed). `search` is a
    whole NIK or KPJ, or parts of a name.
    """

    areas: tuple[str, ...]
    programme_id: int
    search: str = ""
    area: str = ""
    state: str = ""
    cover: str = ""


@dataclass(frozen=True, slots=True)
class PaidMonthRow:
    """One paid month of one person: which programme, who paid, when, and for which bill."""

    month: Month
    membership_id: int
    programme_id: int
    payer_code: str
    paid_on: date
    reference: uuid.UUID


_MEMBERSHIP: Final = (
    "id", "person_id", "programme_id", "programme__code", "programme__name", "decree_name__decree_id",
    "decree_name__decree__number", "state", "submitted_on", "accepted_on", "kpj", "number_issued_on", "reject_reason",
    "ended_on", "end_reason", "history__months",
)  # fmt: skip
_ROW: Final = (
    "id", "person_id", "person__nik", "person__name", "person__area_code", "kpj", "state", "submitted_on",
    "number_issued_on", "reject_reason", "ended_on", "history__months",
)  # fmt: skip
_SORTS: Final = {
    "name": "person__name id", "nik": "person__nik", "area_code": "person__area_code person__name id", "kpj": "kpj id",
    "state": "state id", "submitted_on": "submitted_on id", "number_issued_on": "number_issued_on id",
}  # fmt: skip


def memberships_of(person_id: int, *, on: date) -> tuple[MembershipRow, ...]:
    """Give all memberships of a person, the latest first, with their cover on the day. One query."""
    return _memberships(Q(person_id=person_id), on)


def membership(membership_id: int, *, on: date) -> MembershipRow | None:
    """Give one membership with its cover on the day, None where there is none. One query."""
    return next(iter(_memberships(Q(pk=membership_id), on)), None)


def _memberships(condition: Q, on: date) -> tuple[MembershipRow, ...]:
    rows = Membership.objects.filter(condition).order_by("-submitted_on", "-id").values_list(*_MEMBERSHIP)
    return tuple(_membership(row, on) for row in rows)


def _membership(row: tuple[Any, ...], on: date) -> MembershipRow:
    *head, months = row
    values: tuple[Any, ...] = (*head, member_cover(months or "", row[11], row[13], on))
    return MembershipRow(*values)


def paid_months_of(person_id: int) -> tuple[PaidMonthRow, ...]:
    """Give the paid months of a person in order. One query."""
    rows = PaidMonth.objects.filter(person_id=person_id).order_by("month")
    names = ("month", "membership_id", "membership__programme_id", "payer_code", "paid_on", "reference")
    return tuple(PaidMonthRow(Month.of(row[0]), *row[1:]) for row in rows.values_list(*names))


def members_page(filter: MembersFilter, asked: Asked, *, on: date) -> Page[MemberRow]:  # noqa: A002 - the house's word
    """Give one page of members with their cover on the day. Two queries, two more with a state of cover as filter.

    Refused: an unknown state of cover or sort column.
    """
    rows = Membership.objects.filter(
        _where(filter), programme_id=filter.programme_id, **({"state": filter.state} if filter.state else {})
    )
    if filter.cover:
        rows = rows.filter(_covered(filter, on))
    found = persons_sought(filter.search, "person__", _numbered, (filter.area,) if filter.area else filter.areas)
    return page_found(rows.values_list(*_ROW), found, asked, _SORTS, _maker(on))


def _maker(on: date) -> Callable[..., MemberRow]:
    def make(*row: Cell) -> MemberRow:
        pk, person, nik, name, area, kpj, state, sent, issued, why, ended, months = row
        cover = member_cover(months or "", issued, ended, on)
        paid = len((months or "").split())
        head = (pk, person, nik, name, area, kpj or "", state, sent, issued, why, ended)
        return MemberRow(*head, cover.state, cover.full_from, paid, cover.unpaid)

    return make


def _where(filter: MembersFilter) -> Q:  # noqa: A002
    condition = in_areas("person__area_code", filter.areas)
    if filter.area:
        condition &= in_areas("person__area_code", (filter.area,))
    return condition


def _numbered(number: str) -> Q:
    """Give the condition that NIK or KPJ is this number: each is looked up by itself, as no index serves both."""
    by_nik = Membership.objects.filter(person__nik=number).values("pk")
    return Q(pk__in=by_nik.union(Membership.objects.filter(kpj=number).values("pk")))


def _covered(filter: MembersFilter, on: date) -> Q:  # noqa: A002
    """Give the condition that a member has one of the patterns that stand in the wanted state."""
    wanted = ARREARS if filter.cover == "tunggakan" else (filter.cover,)
    if not set(wanted) <= set(STATES):
        raise Refused("keadaan_tidak_dikenal", f"Keadaan kepesertaan {filter.cover} tidak dikenal.")
    condition = Q(pk__in=[])
    for pattern in cover_patterns(filter.programme_id, on=on, areas=filter.areas):
        if pattern.state in wanted:
            condition |= Q(
                history_id=pattern.history_id, number_issued_on=pattern.number_issued_on, ended_on=pattern.ended_on
            )
    return condition & ~Q(state=Membership.State.DITOLAK)

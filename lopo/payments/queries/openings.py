"""Reads the accounts asked of the bank: who is without one, what was answered, and what waits for a look."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from lopo.basics.page import Asked, Page
from lopo.coverage.models import Membership
from lopo.payments.models import AccountAnswer, AccountBatch, AccountOpening, Passbook
from lopo.people.paging import in_areas, page_of, words_in


@dataclass(frozen=True, slots=True)
class OpeningFilter:
    """Which of the accounts asked for: members within `areas` and heirs, in a state, by holder."""

    areas: tuple[str, ...]
    state: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One account asked for; `likeness` is how like the bank's name of the holder is to ours, 0 to 100."""

    id: int
    kind: str
    person_id: int | None
    holder_name: str
    holder_nik: str
    state: str
    number: str
    bank_name: str
    likeness: int | None
    note: str
    batch: str
    asked_on: date
    answered_by_id: int | None


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One file that asked for accounts, and how many of its requests stand how; `parked` are lines not used."""

    id: uuid.UUID
    name: str
    made_on: date
    made_by: str
    count: int
    waiting: int
    opened: int
    to_check: int
    refused: int
    parked: tuple[dict[str, Any], ...]


_ROW = (
    "id", "kind", "person_id", "holder_name", "holder_nik", "state", "number", "bank_name", "likeness", "note",
    "batch__name", "batch__made_on", "answered_by_id",
)  # fmt: skip
_SORTS = {"waiting": "-state id", "state": "state id", "holder_name": "holder_name id", "likeness": "likeness id"}


def openings_page(wanted: OpeningFilter, asked: Asked) -> Page[OpeningRow]:
    """Give a page of the accounts asked for, those that wait for a look first. Two queries."""
    rows = AccountOpening.objects.filter(words_in("holder_name", wanted.search), _mine(wanted.areas))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    return page_of(rows.values_list(*_ROW), asked, _SORTS, OpeningRow)


def _mine(areas: tuple[str, ...]) -> Q:
    """Heirs have no place of their own: whoever may see accounts sees theirs."""
    return in_areas("person__area_code", areas) | (Q(kind="ahli_waris") if areas else Q(pk__in=()))


def opening(opening_id: int, areas: tuple[str, ...]) -> OpeningRow | None:
    """Give one account asked for within the areas, None where there is none. One query."""
    row = AccountOpening.objects.filter(_mine(areas), pk=opening_id).values_list(*_ROW).first()
    return None if row is None else OpeningRow(*row)


def without_account(programme_id: int) -> int:
    """Count the members with a number of a programme who have no account and wait for none. One query."""
    waiting = AccountOpening.objects.filter(holder_nik=OuterRef("person__nik"), state__in=["diminta", "perlu_cek"])
    rows = Membership.objects.filter(programme_id=programme_id, state=Membership.State.TERDAFTAR)
    has = Passbook.objects.filter(holder_nik=OuterRef("person__nik"))
    return rows.filter(~Exists(has), ~Exists(waiting)).count()


def opening_counts() -> dict[str, int]:
    """Count the accounts asked for by state. One query."""
    return dict(AccountOpening.objects.order_by().values_list("state").annotate(n=Count("id")))


def account_batches(*, most: int = 20) -> tuple[BatchRow, ...]:
    """Give the latest files that asked for accounts. Two queries."""
    found = AccountBatch.objects.order_by("-made_on", "name").annotate(
        waiting=_with("diminta"), opened=_with("dibuka"), to_check=_with("perlu_cek"), refused=_with("ditolak")
    )  # fmt: skip
    rows = list(found.values_list(
        "id", "name", "made_on", "made_by__full_name", "count", "waiting", "opened", "to_check", "refused"
    )[:most])  # fmt: skip
    parked: dict[uuid.UUID, list[dict[str, Any]]] = {}
    answers = AccountAnswer.objects.filter(batch__in=[row[0] for row in rows]).order_by("id")
    for batch_id, lines in answers.values_list("batch", "parked"):
        parked.setdefault(batch_id, []).extend(lines)
    return tuple(BatchRow(*row, parked=tuple(parked.get(row[0], ()))) for row in rows)


def _with(state: str) -> Count:
    return Count("openings", filter=Q(openings__state=state))


def batch_content(batch_id: uuid.UUID) -> tuple[str, bytes] | None:
    """Give name and bytes of a file that asked for accounts, None where there is none. One query."""
    row = AccountBatch.objects.filter(pk=batch_id).values_list("name", "content").first()
    return None if row is None else (row[0], bytes(row[1]))


def batch_named(name: str) -> uuid.UUID | None:
    """Give the batch whose file is called so, None where there is none. One query."""
    return AccountBatch.objects.filter(name=name).values_list("id", flat=True).first()


def names_asked(batch_id: uuid.UUID) -> dict[int, str]:
    """Give the holder's name of each request of a batch by our number of the request. One query."""
    return dict(AccountOpening.objects.filter(batch_id=batch_id).values_list("id", "holder_name"))

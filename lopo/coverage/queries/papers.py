"""Reads cards for printing, who has not received card or passbook, and the receipts of an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q

from lopo.basics.calendar import Month
from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused
from lopo.coverage.models import Card, Handover, Membership, Receipt
from lopo.law.deadlines import card_due
from lopo.people.paging import in_areas, page_of, words_in

Cell = Any
"""A value as the driver gives it."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """What stands on one card."""

    card_id: int
    membership_id: int
    edition: int
    printed_on: date
    kpj: str
    name: str
    nik: str
    area_code: str
    programme_name: str
    first_month: Month
    last_month: Month
    number_issued_on: date


@dataclass(frozen=True, slots=True)
class UndeliveredFilter:
    """Which members have not received an item (`kartu` or `buku_tabungan`): within `areas`, of a programme."""

    areas: tuple[str, ...]
    programme_id: int
    item: str
    search: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class UndeliveredRow:
    """One member who has not received the item: printed or not, since when numbered, by when the law wants the card."""

    membership_id: int
    person_id: int
    nik: str
    name: str
    area_code: str
    kpj: str
    number_issued_on: date
    printed: bool
    due_on: date
    days: int


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One event of handing over with how many cards and passbooks were received there, by how many people."""

    id: int
    programme_id: int
    name: str
    place: str
    on: date
    area_code: str
    cards: int
    passbooks: int
    people: int


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt: what, by whom, when, how it was attested, who wrote it down, and why it no longer counts."""

    id: int
    membership_id: int
    person_id: int
    name: str
    nik: str
    area_code: str
    kpj: str
    item: str
    received_on: date
    received_by: str
    attested: str
    recorded_by: str
    recorded_at: datetime
    witness: str
    reversed_on: date | None
    reversed_kind: str
    handover_id: int | None
    handover_name: str


_CARD: Final = (
    "id", "membership_id", "edition", "printed_on", "membership__kpj", "membership__person__name",
    "membership__person__nik", "membership__person__area_code", "membership__programme__name",
    "membership__programme__first_month", "membership__programme__last_month", "membership__number_issued_on",
)  # fmt: skip
_UNDELIVERED: Final = (
    "id", "person_id", "person__nik", "person__name", "person__area_code", "kpj", "number_issued_on", "printed",
)  # fmt: skip
_SORTS: Final = {
    "area_code": "person__area_code person__name id", "name": "person__name id", "nik": "person__nik id",
    "kpj": "kpj", "number_issued_on": "number_issued_on id",
}  # fmt: skip
_RECEIPT: Final = (
    "id", "membership_id", "membership__person_id", "membership__person__name", "membership__person__nik",
    "membership__person__area_code", "membership__kpj", "item", "received_on", "received_by", "attested",
    "recorded_by__full_name", "recorded_at", "witness", "reversal__reversed_on", "reversal__kind", "handover_id",
    "handover__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardsWanted:
    """Which cards: of a programme, within an area ('' for all of it), of one membership, still to be received only.

    Of one membership, and of those still to be received, only the latest edition is meant.
    """

    programme_id: int
    area_code: str = ""
    membership_id: int | None = None
    waiting: bool = False


def card_rows(wanted: CardsWanted, *, after: int = 0, limit: int = 500) -> tuple[CardRow, ...]:
    """Give cards in the order of their ids, `limit` of them after the id `after`. One query.

    Batch after batch: pass the last `card_id` of the batch before; an empty answer is the end.
    """
    newer = Card.objects.filter(membership=OuterRef("membership"), edition__gt=OuterRef("edition"))
    rows = Card.objects.filter(membership__programme_id=wanted.programme_id, id__gt=after)
    if wanted.waiting or wanted.membership_id is not None:
        rows = rows.filter(~Exists(newer))
    if wanted.area_code:
        rows = rows.filter(in_areas("membership__area_code", (wanted.area_code,)))
    if wanted.membership_id is not None:
        rows = rows.filter(membership_id=wanted.membership_id)
    if wanted.waiting:
        rows = rows.filter(membership__has_card=False, membership__state=Membership.State.TERDAFTAR)
    return tuple(_card(row) for row in rows.order_by("id")[:limit].values_list(*_CARD))


def _card(row: tuple[Any, ...]) -> CardRow:
    *head, first, last, issued = row
    values: tuple[Any, ...] = (*head, Month.of(first), Month.of(last), issued)
    return CardRow(*values)


def undelivered_page(filter: UndeliveredFilter, asked: Asked, *, on: date) -> Page[UndeliveredRow]:  # noqa: A002
    """Give one page of numbered members who have not received the item by the day. Two queries.

    `due_on` is by when PP 44/2015 Pasal 12 wants the card in the member's hand. Refused: an unknown item or column.
    """
    if filter.item not in Receipt.Item.values:
        raise Refused("barang_tidak_dikenal", f"Barang {filter.item} tidak dikenal.")
    received = Receipt.objects.filter(
        Q(reversal=None) | Q(reversal__reversed_on__gt=on), membership=OuterRef("pk"), item=filter.item,
        received_on__lte=on,
    )  # fmt: skip
    rows = Membership.objects.filter(
        in_areas("person__area_code", filter.areas), ~Exists(received), words_in("person__name", filter.search),
        programme_id=filter.programme_id, state=Membership.State.TERDAFTAR, number_issued_on__lte=on,
    )  # fmt: skip
    if filter.area:
        rows = rows.filter(in_areas("person__area_code", (filter.area,)))
    printed = Exists(Card.objects.filter(membership=OuterRef("pk"), printed_on__lte=on))

    def make(*row: Cell) -> UndeliveredRow:
        *head, issued, has_card = row
        values: tuple[Any, ...] = (*head, issued, bool(has_card), card_due(issued).due, (on - issued).days)
        return UndeliveredRow(*values)

    return page_of(rows.annotate(printed=printed).values_list(*_UNDELIVERED), asked, _SORTS, make)


def handovers(programme_id: int) -> tuple[HandoverRow, ...]:
    """Give the events of a programme, the latest first, with what was received at each. One query."""
    counting = Q(receipts__reversal=None)
    rows = Handover.objects.filter(programme_id=programme_id).annotate(
        cards=Count("receipts", filter=counting & Q(receipts__item="kartu")),
        passbooks=Count("receipts", filter=counting & Q(receipts__item="buku_tabungan")),
        people=Count("receipts__membership", filter=counting, distinct=True),
    )
    names = ("id", "programme_id", "name", "place", "on", "area_code", "cards", "passbooks", "people")
    return tuple(HandoverRow(*row) for row in rows.order_by("-on", "-id").values_list(*names))


def receipts_of(handover_id: int, *, areas: tuple[str, ...]) -> tuple[ReceiptRow, ...]:
    """Give the receipts of an event within the areas, by area and name. One query."""
    return _receipts(Q(handover_id=handover_id) & in_areas("membership__person__area_code", areas))


def receipts_of_person(person_id: int) -> tuple[ReceiptRow, ...]:
    """Give everything that one person has received. One query."""
    return _receipts(Q(membership__person_id=person_id))


def _receipts(condition: Q) -> tuple[ReceiptRow, ...]:
    rows = Receipt.objects.filter(condition)
    order = ("membership__person__area_code", "membership__person__name", "item")
    return tuple(_receipt(row) for row in rows.order_by(*order).values_list(*_RECEIPT))


def _receipt(row: tuple[Any, ...]) -> ReceiptRow:
    *head, reversed_kind, handover_id, handover_name = row
    values: tuple[Any, ...] = (*head, reversed_kind or "", handover_id, handover_name or "")
    return ReceiptRow(*values)

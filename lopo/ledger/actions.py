"""Posts entries into the book: two-sided, once, and corrected only by a reversal."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from lopo.basics.refusal import Impossible, Refused
from lopo.ledger.models import Account, Entry, Leg


@dataclass(frozen=True)
class Side:
    """One leg to post: debit (`D`) or credit (`K`) of whole, positive rupiah on an account."""

    account: str
    side: str
    amount: int


@dataclass(frozen=True)
class Posting:
    """One entry to post. The id is the caller's: the same id posts once, however often it is tried."""

    id: uuid.UUID
    on: date
    memo: str
    reference: str
    sides: tuple[Side, ...]
    reverses: uuid.UUID | None = None


def debit(account: str, amount: int) -> Side:
    """Give a debit leg of `amount` rupiah."""
    return Side(account, "D", amount)


def credit(account: str, amount: int) -> Side:
    """Give a credit leg of `amount` rupiah."""
    return Side(account, "K", amount)


def open_accounts(names: dict[str, str]) -> None:
    """Open the accounts `{code: name}` that are not there yet."""
    Account.objects.bulk_create([Account(code=code, name=name) for code, name in names.items()], ignore_conflicts=True)


def post(postings: Sequence[Posting]) -> int:
    """Post entries in the caller's transaction; give how many were new.

    Refused: legs that do not balance; an id that stands for another entry already. A retry of the same entry is
    no error and posts nothing.
    """
    for posting in postings:
        _check(posting)
    with transaction.atomic():
        known = {entry.id: entry for entry in Entry.objects.filter(id__in=[posting.id for posting in postings])}
        for posting in postings:
            if posting.id in known:
                _check_same(posting, known[posting.id])
        new = [posting for posting in postings if posting.id not in known]
        _insert(new)
    return len(new)


def reverse(*, entry_id: uuid.UUID, new_id: uuid.UUID, on: date, memo: str) -> None:
    """Correct an entry by its mirror image. Refused: an entry that is unknown or already reversed."""
    with transaction.atomic():
        entry = Entry.objects.select_for_update().filter(pk=entry_id).first()
        if entry is None:
            raise Refused("catatan_tidak_ada", "Catatan yang hendak dibalik tidak ada.")
        legs = Leg.objects.filter(entry=entry).values_list("account_id", "side", "amount")
        sides = tuple(Side(account, "K" if side == "D" else "D", amount) for account, side, amount in legs)
        try:
            post([Posting(new_id, on, memo, entry.reference, sides, reverses=entry.id)])
        except IntegrityError as problem:
            raise Refused("sudah_dibalik", "Catatan ini sudah pernah dibalik.") from problem


def _check(posting: Posting) -> None:
    if len(posting.sides) < 2 or any(side.amount <= 0 or side.side not in "DK" for side in posting.sides):
        raise Impossible(f"entry {posting.id} needs two or more legs with positive amounts")
    difference = sum(side.amount if side.side == "D" else -side.amount for side in posting.sides)
    if difference:
        raise Impossible(f"the legs of entry {posting.id} differ by {difference}")


def _check_same(posting: Posting, entry: Entry) -> None:
    stored = sorted(Leg.objects.filter(entry=entry).values_list("account_id", "side", "amount"))
    wanted = sorted((side.account, side.side, side.amount) for side in posting.sides)
    if stored != wanted or entry.reference != posting.reference:
        raise Refused("catatan_berbeda", "Nomor catatan ini sudah dipakai untuk catatan lain.")


def _insert(postings: Sequence[Posting]) -> None:
    Entry.objects.bulk_create(
        [
            Entry(id=one.id, on=one.on, memo=one.memo, reference=one.reference, reverses_id=one.reverses)
            for one in postings
        ]
    )
    Leg.objects.bulk_create(
        [
            Leg(entry_id=one.id, account_id=side.account, side=side.side, amount=side.amount)
            for one in postings
            for side in one.sides
        ]
    )

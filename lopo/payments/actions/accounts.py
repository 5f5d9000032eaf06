"""Opens the accounts that money goes to: workers in one go, heirs and hospitals one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, connection, transaction

from lopo.basics.refusal import Refused
from lopo.claims.clash import constraint_of
from lopo.payments.models import Passbook
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

_WORKERS = """
INSERT INTO payments_passbook (kind, person_id, holder_name, holder_nik, bank_bic, number, opened_on)
SELECT 'pekerja', p.id, p.name, p.nik, %(bic)s, g.number, %(on)s
  FROM unnest(%(niks)s::text[], %(numbers)s::text[]) AS g(nik, number)
  JOIN people_person p ON p.nik = g.nik
 WHERE EXISTS (SELECT 1 FROM coverage_membership m WHERE m.person_id = p.id)
   AND NOT EXISTS (SELECT 1 FROM payments_passbook b WHERE b.person_id = p.id AND b.kind = 'pekerja')
 ORDER BY p.id
"""
_TAKEN: Final[dict[str, tuple[str, str]]] = {
    "passbook_once": ("rekening_dipakai", "Nomor rekening ini sudah tercatat atas nama orang lain."),
    "passbook_one_a_worker": ("rekening_sudah_ada", "Pekerja ini sudah punya rekening."),
    "passbook_one_an_heir": ("rekening_sudah_ada", "Ahli waris ini sudah punya rekening dengan nomor lain."),
    "passbook_one_a_hospital": ("rekening_sudah_ada", "Rumah sakit ini sudah punya rekening dengan nomor lain."),
}


def open_worker_accounts(*, by: Officer, on: date, numbers: Mapping[str, str], bic: str) -> int:
    """Open a passbook for each member with the number that the bank gave `{NIK: number}`; needs `payment.make`.

    Set-based, all or nothing, one diary row. Who has one already keeps it; a NIK that is no member's is left out and
    shows in the difference between what was given and the answer: how many were opened.
    """
    staff.require(by, "payment.make", on=on)
    values: dict[str, date | str | list[str]] = {
        "on": on, "bic": bic, "niks": list(numbers), "numbers": list(numbers.values()),
    }  # fmt: skip
    with transaction.atomic():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_WORKERS, values)
                opened = int(cursor.rowcount)
        except IntegrityError as problem:
            raise _refusal(problem) from problem
        after = {"given": len(numbers), "opened": opened}
        record(by=by, on=on, deed=Deed("open_accounts", "payments.passbook", on.isoformat(), after=after))
    return opened


@dataclass(frozen=True, slots=True)
class Account:
    """One account to open: kind `ahli_waris` (own account of an heir, with NIK) or `rumah_sakit` (by its name)."""

    kind: str
    holder_name: str
    holder_nik: str
    bic: str
    number: str


def open_accounts(*, by: Officer, on: date, accounts: Sequence[Account]) -> int:
    """Open accounts of heirs and hospitals; needs `payment.make`. Gives how many were new.

    The same account again changes nothing. Refused: a number that belongs to somebody else, a second number for the
    same holder, a heir without NIK, a worker (see `open_worker_accounts`).
    """
    staff.require(by, "payment.make", on=on)
    rows = [_passbook(account, on) for account in accounts]
    with transaction.atomic():
        known = {
            (book.bank_bic, book.number): book
            for book in Passbook.objects.filter(number__in=[account.number for account in accounts])
        }
        fresh = [row for row in rows if not _same(known.get((row.bank_bic, row.number)), row)]
        try:
            with transaction.atomic():
                Passbook.objects.bulk_create(fresh)
        except IntegrityError as problem:
            raise _refusal(problem) from problem
        after = {"given": len(rows), "opened": len(fresh)}
        record(by=by, on=on, deed=Deed("open_accounts", "payments.passbook", on.isoformat(), after=after))
    return len(fresh)


def _passbook(account: Account, on: date) -> Passbook:
    if account.kind not in (Passbook.Kind.AHLI_WARIS, Passbook.Kind.RUMAH_SAKIT):
        raise Refused("jenis_rekening", f"Rekening jenis {account.kind} tidak dibuka di sini.")
    if account.kind == Passbook.Kind.AHLI_WARIS and not account.holder_nik:
        raise Refused("nik_kosong", "Rekening ahli waris harus atas nama orang dengan NIK.")
    return Passbook(
        kind=account.kind,
        holder_name=account.holder_name,
        holder_nik=account.holder_nik,
        bank_bic=account.bic,
        number=account.number,
        opened_on=on,
    )


def _same(known: Passbook | None, row: Passbook) -> bool:
    if known is None:
        return False
    same = (known.kind, known.holder_nik, known.holder_name) == (row.kind, row.holder_nik, row.holder_name)
    if not same:
        raise Refused(*_TAKEN["passbook_once"])
    return True


def _refusal(problem: IntegrityError) -> Exception:
    said = _TAKEN.get(constraint_of(problem))
    return Refused(*said) if said else problem


def correct_account(*, by: Officer, on: date, passbook_id: int, number: str, why: str) -> None:
    """Put right a number that the bank says is wrong; needs `payment.make` and a reason.

    Refused: while an order to this account is on its way (in a file that the bank has not answered).
    """
    staff.require(by, "payment.make", on=on)
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis alasan perubahan nomor rekening.")
    with transaction.atomic():
        book = Passbook.objects.select_for_update().filter(pk=passbook_id).first()
        if book is None:
            raise Refused("rekening_tidak_ada", "Rekening ini tidak ada.")
        if book.orders.filter(state__in=["siap", "terkirim"], file__isnull=False).exists():
            raise Refused("rekening_sedang_dipakai", "Ada perintah bayar ke rekening ini yang sedang berjalan.")
        try:
            with transaction.atomic():
                Passbook.objects.filter(pk=passbook_id).update(number=number)
        except IntegrityError as problem:
            raise _refusal(problem) from problem
        record(by=by, on=on, deed=Deed("correct_account", "payments.passbook", passbook_id, after={"why": why}))

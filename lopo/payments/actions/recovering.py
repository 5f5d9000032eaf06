"""What approved corrections take back: orders not sent yet are made smaller, money already paid is asked back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction
from django.db.models import F, Q

from lopo.basics.refusal import Refused
from lopo.ledger import actions as ledger
from lopo.payments.actions.booking import OWED, PAID_FROM
from lopo.payments.models import Order, Recovery
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

ASKED_BACK: Final = "piutang_manfaat:bpjs"
GIVEN_UP: Final = "manfaat_dihapus:bpjs"
_ENTRIES: Final = uuid.UUID("3b7d5c0e-31f4-5f0c-9a6e-6d3f0b8a4c55")
_UNSENT: Final = (Order.State.SIAP, Order.State.GAGAL, Order.State.KEMBALI)
_NAMES: Final = {
    ASKED_BACK: "Piutang manfaat yang dikoreksi",
    GIVEN_UP: "Piutang manfaat yang dihapus",
    OWED: "Utang manfaat BPJS Ketenagakerjaan",
    PAID_FROM: "Rekening bank BPJS Ketenagakerjaan",
}


@dataclass(frozen=True, slots=True)
class _Part:
    """What is left of one granted component, and its order if there is one."""

    decision: uuid.UUID
    left: int
    order: uuid.UUID | None
    state: str
    in_file: bool
    passbook: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A corrected component whose order is with the bank: nothing is done until the bank has answered."""

    case_code: str
    component: str
    less: int


@dataclass(frozen=True, slots=True)
class Recovered:
    """What corrections did: rupiah not paid, rupiah asked back, what waits for the bank, and whose letters are due."""

    held: int
    asked_back: int
    waiting: tuple[Waiting, ...]
    corrections: tuple[uuid.UUID, ...]

    @property
    def letters(self) -> dict[str, list[str]] | None:
        """What the diary is to send: a letter to each from whom something was taken back."""
        return {"corrections": [str(one) for one in self.corrections]} if self.corrections else None


# What corrections say of each component, as far as no recovery says it yet.
_TO_DO = """
SELECT k.id, k.case_id, c.code, one ->> 'code', (one ->> 'less')::bigint
  FROM claims_correction k JOIN claims_case c ON c.id = k.case_id
 CROSS JOIN LATERAL jsonb_array_elements(k.components) AS one
 WHERE k.state = 'disetujui' AND NOT EXISTS (
       SELECT 1 FROM payments_recovery r WHERE r.correction_id = k.id AND r.component = one ->> 'code')
 ORDER BY k.made_at, k.id, 4
"""
# The granted components of a code in a case, the newest first, less what was taken back before, with their live order.
_PARTS = """
SELECT d.id, (c ->> 'amount')::bigint - coalesce((SELECT sum(r.amount) FROM payments_recovery r
                WHERE r.decision_id = d.id AND r.component = c ->> 'code'), 0)::bigint,
       o.id, coalesce(o.state, ''), o.file_id IS NOT NULL, o.passbook_id
  FROM claims_decision d CROSS JOIN LATERAL jsonb_array_elements(d.components) AS c
  LEFT JOIN payments_order o ON o.decision_id = d.id AND o.component = c ->> 'code' AND o.state <> 'batal'
 WHERE d.case_id = %s AND d.state = 'disetujui' AND d.granted AND c ->> 'code' = %s
 ORDER BY d.number DESC
"""


def recover(*, on: date) -> Recovered:
    """Carry out the approved corrections in the caller's transaction; each part once, whoever comes first.

    The newest decision gives back first. An order that is not sent is cancelled; what remains of it is ordered anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payments_recovery'))")
        cursor.execute(_TO_DO)
        todo = cursor.fetchall()
    made: list[Recovery] = []
    waiting: list[Waiting] = []
    for correction, case_id, code, component, less in todo:  # corrections are few: each is a family's matter
        parts = _parts(case_id, component)
        if any(_with_the_bank(one) for one in parts):
            waiting.append(Waiting(code, component, less))
        else:
            made.extend(_take(correction, component, less, parts, on))
    _book(made, on)
    held = sum(one.amount for one in made if one.kind == Recovery.Kind.DITAHAN)
    corrections = tuple(dict.fromkeys(one.correction_id for one in made))
    return Recovered(held, sum(one.amount for one in made) - held, tuple(waiting), corrections)


def _parts(case_id: int, component: str) -> list[_Part]:
    orders = Order.objects.filter(decision__case_id=case_id, component=component)
    list(orders.select_for_update(of=("self",)).order_by("id").values_list("id"))
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, [case_id, component])
        return [_Part(*row) for row in cursor.fetchall()]


def _with_the_bank(part: _Part) -> bool:
    return part.state == Order.State.TERKIRIM or (part.state == Order.State.SIAP and part.in_file)


def _take(correction: uuid.UUID, component: str, less: int, parts: list[_Part], on: date) -> list[Recovery]:
    made = []
    for part in parts:
        taken = min(less, part.left)
        if taken <= 0:
            continue
        less -= taken
        paid = part.state == Order.State.TERBAYAR
        if part.order is not None and part.state in _UNSENT:
            Order.objects.filter(pk=part.order, state__in=_UNSENT).update(state=Order.State.BATAL)
        made.append(
            Recovery(
                kind=Recovery.Kind.PIUTANG if paid else Recovery.Kind.DITAHAN, correction_id=correction,
                decision_id=part.decision, component=component, amount=taken, made_on=on,
                passbook_id=part.passbook if paid else None,
            )
        )  # fmt: skip
    Recovery.objects.bulk_create(made)
    return made


def _book(made: list[Recovery], on: date) -> None:
    asked = [one for one in made if one.kind == Recovery.Kind.PIUTANG]
    if asked:
        ledger.open_accounts(_NAMES)
        ledger.post([_entry(one, "diminta", (ASKED_BACK, OWED), one.amount, on) for one in asked])


def _entry(one: Recovery, what: str, sides: tuple[str, str], amount: int, on: date) -> ledger.Posting:
    debited, credited = sides
    return ledger.Posting(
        uuid.uuid5(_ENTRIES, f"{what}:{one.id}"), on, f"Piutang manfaat: {what.partition(':')[0]}",
        f"decision:{one.decision_id}", (ledger.debit(debited, amount), ledger.credit(credited, amount)),
    )  # fmt: skip


def book_repaid(recovery_id: uuid.UUID, amount: int, *, line_id: int, on: date) -> None:
    """Book that a line of the bank statement paid so much of what was asked back; in the caller's transaction.

    Refused: more than is left, or what was never asked back.
    """
    left = Q(kind=Recovery.Kind.PIUTANG, repaid__lte=F("amount") - F("given_up") - amount)
    if not Recovery.objects.filter(left, pk=recovery_id).update(repaid=F("repaid") + amount):
        raise Refused("pengembalian_lebih", "Uang ini lebih dari sisa piutangnya; jelaskan sebagai urusan lain.")
    one = Recovery.objects.get(pk=recovery_id)
    ledger.open_accounts(_NAMES)
    ledger.post([_entry(one, f"dikembalikan:{line_id}", (PAID_FROM, ASKED_BACK), amount, on)])


def ask_to_give_up(*, by: Officer, on: date, recovery_id: uuid.UUID, why: str) -> None:
    """Ask that what is left be given up; needs `payment.make`. Refused: no reason, nothing left, or asked already."""
    staff.require(by, "payment.make", on=on)
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis mengapa sisa piutang ini dihapus.")
    with transaction.atomic():
        open_one = Recovery.objects.filter(
            pk=recovery_id, kind=Recovery.Kind.PIUTANG, asked_by=None, amount__gt=F("repaid") + F("given_up")
        )
        if not open_one.update(asked_by=by, asked_why=why.strip()[:300]):
            raise Refused("piutang_berubah", "Piutang ini sudah lunas, dihapus, atau sudah diminta dihapus.")
        deed = Deed("ask_to_give_up", "payments.recovery", recovery_id, after={"why": why.strip()})
        record(by=by, on=on, deed=deed)


def give_up(*, by: Officer, on: date, recovery_id: uuid.UUID) -> None:
    """Give up what is left of a claim that another officer asked to give up; needs `payment.approve`.

    Refused: the own request, none asked, or nothing left.
    """
    staff.require(by, "payment.approve", on=on)
    with transaction.atomic():
        one = _asked(by, recovery_id)
        left = one.amount - one.repaid - one.given_up
        Recovery.objects.filter(pk=one.pk).update(given_up=left, given_up_by=by, given_up_on=on)
        ledger.open_accounts(_NAMES)
        ledger.post([_entry(one, "dihapus", (GIVEN_UP, ASKED_BACK), left, on)])
        record(by=by, on=on, deed=Deed("give_up", "payments.recovery", recovery_id, after={"amount": left}))


def keep_asking(*, by: Officer, on: date, recovery_id: uuid.UUID, why: str) -> None:
    """Refuse to give a claim up, with a reason; needs `payment.approve`. It is asked back as before."""
    staff.require(by, "payment.approve", on=on)
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis mengapa piutang ini tidak dihapus.")
    with transaction.atomic():
        one = _asked(by, recovery_id)
        Recovery.objects.filter(pk=one.pk).update(asked_by=None, asked_why="")
        record(by=by, on=on, deed=Deed("keep_asking", "payments.recovery", recovery_id, after={"why": why.strip()}))


def _asked(by: Officer, recovery_id: uuid.UUID) -> Recovery:
    one = Recovery.objects.select_for_update().filter(pk=recovery_id).first()
    if one is None:
        raise Refused("piutang_tidak_ada", "Piutang ini tidak ada.")
    if one.asked_by_id is None or one.amount == one.repaid + one.given_up:
        raise Refused("piutang_berubah", "Tidak ada permintaan yang menunggu pada piutang ini.")
    if one.asked_by_id == by.id:
        raise Refused("usul_sendiri", "Yang meminta penghapusan tidak boleh menyetujuinya sendiri.")
    return one

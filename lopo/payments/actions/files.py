"""Files for the bank: prepared by one, approved by another, sent once, and confirmed by the bank's own answer."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Final

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, Replace

from lopo.basics.refusal import Impossible, Refused
from lopo.claims.models import Dispute
from lopo.payments import bank
from lopo.payments.actions.booking import Moved, book_paid
from lopo.payments.actions.readdressing import readdress
from lopo.payments.actions.recovering import recover
from lopo.payments.models import BankAnswer, BankDelivery, BankFile, Order, Passbook, StatementLine
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

CSV, PAIN_001 = "csv", "pain.001"
FORMS: Final = (PAIN_001, CSV)


_OF_A_LINE: Final = (
    "amount", "component", "attempt", "passbook__bank_bic", "passbook__number", "passbook__holder_name",
    "decision__case__code",
)  # fmt: skip
"""What a line of a file says: a decision carries its whole trace, which no line needs."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file for the bank with the count and the sum in rupiah that it declares."""

    file_id: uuid.UUID
    name: str
    count: int
    total: int


def make_file(*, by: Officer, on: date, form: str = CSV) -> Prepared:
    """Put all ready orders into one file of the form (`FORMS`); needs `payment.make`. Refused: no order is ready.

    Count and sum are declared in the file and checked against the orders; an order stands in one file only. An order
    that a line of a bank statement names, which nobody has explained yet, waits: it may have been paid already. The
    share of an heir waits while it is disputed. Approved corrections are carried out first, so that what they hold is
    not sent, and so is the end of a written power; what remains is ordered anew by `make_orders`.
    """
    staff.require(by, "payment.make", on=on)
    if form not in FORMS:
        raise Refused("bentuk_berkas", f"Bentuk berkas {form} tidak dikenal; pilih {' atau '.join(FORMS)}.")
    with transaction.atomic():
        corrected = recover(on=on)
        readdress()
        orders = list(
            Order.objects.select_for_update(of=("self",))
            .select_related("passbook", "decision__case")
            .only(*_OF_A_LINE)
            .filter(~_in_doubt(), ~_disputed(), state=Order.State.SIAP, file__isnull=True)
            .order_by("made_on", "decision_id", "component")
        )
        file_id = uuid.uuid4()
        name = f"bayar-{on.isoformat()}-{file_id.hex[:8]}.{'csv' if form == CSV else 'xml'}"
        content = _written(form, file_id, name, on, orders)
        file = BankFile.objects.create(
            id=file_id,
            name=name,
            made_on=on,
            count=len(orders),
            total=sum(order.amount for order in orders),
            sha256=bank.sha256(content),
            content=content,
            made_by=by,
        )
        taken = Order.objects.filter(pk__in=[order.pk for order in orders], file__isnull=True).update(file=file)
        if taken != file.count:
            raise Impossible(f"{taken} orders taken for a file of {file.count}")
        after = {"name": name, "count": file.count, "total": file.total}
        deed = Deed("make_file", "payments.file", file.id, after=after, send=corrected.letters)
        record(by=by, on=on, deed=deed)
    return Prepared(file.id, name, file.count, file.total)


def _in_doubt() -> Exists:
    """Whether a debit on a bank statement names the order and nobody has agreed yet what it was."""
    waiting = [StatementLine.State.BELUM_DIKENALI, StatementLine.State.DIUSULKAN]
    named = Replace(Cast(OuterRef("id"), CharField()), Value("-"), Value(""))
    return Exists(StatementLine.objects.filter(debit=True, state__in=waiting, end_to_end__startswith=named))


def _disputed() -> Q:
    """Whether who receives the order is disputed: this share, or who the heirs are at all; an invoice never is."""
    ending = Concat(Value(":waris-"), Cast("heir_id", CharField()))
    holding = Q(state=Dispute.State.DIAJUKAN) | Q(state=Dispute.State.DIBENARKAN, settled_on__isnull=True)
    heirs = Dispute.objects.filter(holding, case=OuterRef("decision__case_id"), about=Dispute.About.WARIS)
    named = heirs.annotate(component=Cast(OuterRef("component"), CharField()))
    this = named.filter(Q(component__endswith=ending) | ~Q(component__contains=":waris-") | Q(heir__isnull=True))
    return Q(Exists(this)) & ~Q(passbook__kind=Passbook.Kind.RUMAH_SAKIT)


def _written(form: str, file_id: uuid.UUID, name: str, on: date, orders: Sequence[Order]) -> bytes:
    lines = [_line(order) for order in orders]
    if form == CSV:
        return bank.write_orders(name, on, lines)
    return bank.write_pain001(bank.message_id(file_id), on, lines, paying_account())


def paying_account() -> bank.Payer:
    """The account that pays benefits, as the installation names it."""
    return bank.Payer(settings.LOPO_PAYER_NAME, settings.LOPO_PAYER_BIC, settings.LOPO_PAYER_ACCOUNT)


def _line(order: Order) -> bank.OrderLine:
    book, memo = order.passbook, f"{order.decision.case.code} {order.component.replace('_', ' ')}"
    return bank.OrderLine(order.id, book.bank_bic, book.number, book.holder_name, order.amount, memo, order.attempt)


def approve_file(*, by: Officer, on: date, file_id: uuid.UUID) -> None:
    """Approve a file that another person prepared; needs `payment.approve`.

    Before that the file is held against the orders once more. Refused: the own file, one approved already, or one that
    is not what was prepared.
    """
    staff.require(by, "payment.approve", on=on)
    with transaction.atomic():
        file = _file(file_id)
        if file.made_by_id == by.id:
            raise Refused("berkas_sendiri", "Yang menyiapkan berkas tidak boleh menyetujuinya sendiri.")
        _check(file)
        _move(file, BankFile.State.DISIAPKAN, BankFile.State.DISETUJUI, approved_by=by)
        after = {"count": file.count, "total": file.total}
        record(by=by, on=on, deed=Deed("approve_file", "payments.file", file_id, after=after))


def _check(file: BankFile) -> None:
    """The stored bytes, what they declare, and the orders in the tables agree to the rupiah."""
    content = bytes(file.content)
    read = bank.read_orders(content)
    orders = set(Order.objects.filter(file=file).values_list("id", "amount", "passbook__number"))
    same = {(line.id, line.amount, line.account) for line in read.lines} == orders
    declared = (read.count, read.total) == (file.count, file.total)
    if not (same and declared and read.adds_up and bank.sha256(content) == file.sha256):
        raise Refused("berkas_tidak_cocok", "Isi berkas tidak sama dengan perintah bayarnya; siapkan berkas baru.")


def send_file(*, by: Officer, on: date, file_id: uuid.UUID) -> None:
    """Send an approved file; needs `payment.send`. Refused: not approved, or sent already.

    With a bank's folder the program carries it there (`actions/deliveries.py`); without one the officer does.
    """
    staff.require(by, "payment.send", on=on)
    with transaction.atomic():
        file = _file(file_id)
        _move(file, BankFile.State.DISETUJUI, BankFile.State.TERKIRIM, sent_on=on)
        sent = Order.objects.filter(file=file, state=Order.State.SIAP).update(state=Order.State.TERKIRIM)
        if sent != file.count:
            raise Impossible(f"file {file.name} declares {file.count} orders and holds {sent}")
        deed = Deed("send_file", "payments.file", file_id, after={"count": sent}, send={"bank_file": str(file_id)})
        record(by=by, on=on, deed=deed)
        if settings.LOPO_BANK_FOLDER:
            BankDelivery.objects.create(file=file)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What an answer of the bank said: paid, failed, and lines parked with the reason; `again` = read before.

    `pending` orders are still on their way at the bank.
    """

    paid: int
    failed: int
    parked: tuple[bank.Parked, ...]
    again: bool
    pending: int = 0


def confirm_file(*, by: Officer | None, on: date, file_id: uuid.UUID, content: bytes) -> Confirmed:
    """Read the bank's answer by our order ids; needs `payment.make`. What is paid goes into the book.

    By nobody where the program found the answer in the bank's folder.

    Lines of orders that are not in this file, or of another amount, are parked with the reason and the rest goes on.
    The same answer twice changes nothing. Refused: a file that is not sent, an answer to another file.
    """
    if by is not None:
        staff.require(by, "payment.make", on=on)
    answer = bank.read_answer(content)
    with transaction.atomic():
        file = BankFile.objects.select_for_update().filter(pk=file_id).first()
        known = BankAnswer.objects.filter(file_id=file_id, sha256=bank.sha256(content)).first()
        if known is not None:
            return Confirmed(known.paid, known.failed, tuple(bank.Parked(**one) for one in known.parked), again=True)
        if file is None or file.state != BankFile.State.TERKIRIM:
            raise Refused("berkas_belum_terkirim", "Berkas ini belum dikirim, atau sudah dikonfirmasi seluruhnya.")
        if answer.file not in (file.name, bank.message_id(file.id)):
            raise Refused("jawaban_berkas_lain", f"Jawaban ini untuk berkas {answer.file}, bukan {file.name}.")
        good, parked = _placed(file, answer)
        confirmed = replace(_settle(by, on, file, good, (*answer.parked, *parked)), pending=answer.pending)
        _keep_answer(by, on, file, content, confirmed)
    return confirmed


def _placed(file: BankFile, answer: bank.Answer) -> tuple[list[bank.AnswerLine], list[bank.Parked]]:
    """Part the lines into those that speak of an open order of the file and those that do not."""
    orders = {order.id: order for order in Order.objects.select_for_update(of=("self",)).filter(file=file)}
    if answer.whole is not None:
        said = answer.whole
        open_orders = (order for order in orders.values() if order.state == Order.State.TERKIRIM)
        return [bank.AnswerLine(0, order.id, said.paid, order.amount, "", said.note) for order in open_orders], []
    good: list[bank.AnswerLine] = []
    parked: list[bank.Parked] = []
    for line in answer.lines:
        why = _misplaced(line, orders.get(line.id))
        if why:
            parked.append(bank.Parked(line.line, str(line.id), why))
        else:
            good.append(line)
    return good, parked


def _misplaced(line: bank.AnswerLine, order: Order | None) -> str:
    """Why a line of an answer cannot be taken; empty where it can."""
    if order is None:
        return "nomor perintah tidak ada dalam berkas ini"
    if line.attempt not in (None, order.attempt):
        return f"percobaan ke-{line.attempt}, perintahnya kini percobaan ke-{order.attempt}"
    if line.amount not in (None, order.amount):
        return f"jumlah {line.amount}, perintahnya {order.amount}"
    if order.state != Order.State.TERKIRIM:
        return f"perintah sudah {order.state}"
    return ""


_SETTLE = """
UPDATE payments_order o SET state = CASE WHEN a.paid THEN 'terbayar' ELSE 'gagal' END, bank_note = a.note
  FROM unnest(%s::uuid[], %s::boolean[], %s::text[]) AS a(id, paid, note)
 WHERE o.id = a.id AND o.state = 'terkirim'
RETURNING o.id, o.attempt, o.decision_id, o.amount, o.state
"""


def _settle(
    by: Officer | None, on: date, file: BankFile, lines: Sequence[bank.AnswerLine], parked: tuple[bank.Parked, ...]
) -> Confirmed:
    notes = [(line.reference if line.paid else line.note)[:200] for line in lines]
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [[line.id for line in lines], [line.paid for line in lines], notes])
        settled = cursor.fetchall()
    paid = [Moved(*row) for *row, state in settled if state == Order.State.TERBAYAR]
    book_paid(paid, on=on, memo=f"Dibayar bank, berkas {file.name}")
    confirm_answered([file.id], on=on)
    after = {"paid": len(paid), "failed": len(settled) - len(paid), "parked": len(parked)}
    record(by=by, on=on, deed=Deed("confirm_file", "payments.file", file.id, after=after))
    return Confirmed(len(paid), len(settled) - len(paid), parked, again=False)


def confirm_answered(files: Collection[uuid.UUID], *, on: date) -> None:
    """Confirm those of the sent files in which no order waits for the bank any more; in the caller's transaction."""
    waiting = Order.objects.filter(file=OuterRef("pk"), state=Order.State.TERKIRIM)
    sent = BankFile.objects.filter(~Exists(waiting), pk__in=files, state=BankFile.State.TERKIRIM)
    sent.update(state=BankFile.State.DIKONFIRMASI, confirmed_on=on)


def _keep_answer(by: Officer | None, on: date, file: BankFile, content: bytes, confirmed: Confirmed) -> None:
    BankAnswer.objects.create(
        file=file,
        read_on=on,
        sha256=bank.sha256(content),
        content=content,
        paid=confirmed.paid,
        failed=confirmed.failed,
        parked=[asdict(one) for one in confirmed.parked],
        read_by=by,
    )


def _file(file_id: uuid.UUID) -> BankFile:
    file = BankFile.objects.filter(pk=file_id).first()
    if file is None:
        raise Refused("berkas_tidak_ada", "Berkas bank ini tidak ada.")
    return file


def _move(file: BankFile, before: BankFile.State, after: BankFile.State, **more: object) -> None:
    """Compare and set: of two officers at once one wins, the other is told."""
    try:
        with transaction.atomic():
            changed = BankFile.objects.filter(pk=file.pk, state=before).update(state=after, **more)
    except IntegrityError as problem:
        raise Refused("berkas_sendiri", "Yang menyiapkan berkas tidak boleh menyetujuinya sendiri.") from problem
    if not changed:
        raise Refused("berkas_berubah", f"Berkas ini tidak lagi {before}; orang lain lebih dulu.")

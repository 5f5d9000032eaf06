"""A file of orders as ISO 20022 pain.001: written line by line, held against its XSD, and read back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from lopo.basics.refusal import Impossible, Refused
from lopo.payments.bank import iso
from lopo.payments.bank.lines import LONGEST_MEMO, LONGEST_NAME, OrderFile, OrderLine, Payer, plain, read_end_to_end

CURRENCY: Final = "IDR"
_TRANSFER, _HEAD = "CdtTrfTxInf", "GrpHdr"


def write_pain001(message_id: str, on: date, lines: Sequence[OrderLine], payer: Payer) -> bytes:
    """The file for the bank as pain.001.001.09 with its declared count and sum; valid by its XSD.

    The moment of creation is the beginning of the day `on`, since no room reads a clock. Refused: no order.
    """
    if not lines:
        raise Refused("berkas_bank_kosong", "Tidak ada perintah bayar yang siap dikirim.")
    count, total = str(len(lines)), str(sum(line.amount for line in lines))

    def body(xml: iso.Writer) -> None:
        iso.write(xml, [(_HEAD, _head(message_id, on, payer, count, total))])
        with xml.element("PmtInf"):
            iso.write(xml, _payment(message_id, on, payer, count, total))
            for line in lines:
                iso.write(xml, [(_TRANSFER, _transfer(line))])

    content = iso.written(iso.PAIN_001, "CstmrCdtTrfInitn", body)
    if read_pain001(content).lines != tuple(lines_as_sent(lines)):
        raise Impossible("the pain.001 that was written does not read back as its orders")
    return content


def _head(message_id: str, on: date, payer: Payer, count: str, total: str) -> iso.Tree:
    return [
        ("MsgId", message_id), ("CreDtTm", f"{on.isoformat()}T00:00:00"), ("NbOfTxs", count), ("CtrlSum", total),
        ("InitgPty", [("Nm", plain(payer.name, LONGEST_NAME))]),
    ]  # fmt: skip


def _payment(message_id: str, on: date, payer: Payer, count: str, total: str) -> iso.Tree:
    return [
        ("PmtInfId", message_id), ("PmtMtd", "TRF"), ("NbOfTxs", count), ("CtrlSum", total),
        ("ReqdExctnDt", [("Dt", on.isoformat())]),
        ("Dbtr", [("Nm", plain(payer.name, LONGEST_NAME))]),
        ("DbtrAcct", [("Id", [("Othr", [("Id", payer.account)])]), ("Ccy", CURRENCY)]),
        ("DbtrAgt", [("FinInstnId", [("BICFI", payer.bic)])]),
    ]  # fmt: skip


def _transfer(line: OrderLine) -> iso.Tree:
    return [
        ("PmtId", [("EndToEndId", line.end_to_end)]),
        ("Amt", [(f"InstdAmt Ccy={CURRENCY}", str(line.amount))]),
        ("CdtrAgt", [("FinInstnId", [("BICFI", line.bic)])]),
        ("Cdtr", [("Nm", plain(line.holder, LONGEST_NAME))]),
        ("CdtrAcct", [("Id", [("Othr", [("Id", line.account)])])]),
        ("RmtInf", [("Ustrd", plain(line.memo, LONGEST_MEMO))]),
    ]


def lines_as_sent(lines: Iterable[OrderLine]) -> list[OrderLine]:
    """The orders with names and texts as a bank gets them."""
    return [
        OrderLine(
            line.id, line.bic, line.account, plain(line.holder, LONGEST_NAME), line.amount,
            plain(line.memo, LONGEST_MEMO), line.attempt,
        )
        for line in lines
    ]  # fmt: skip


def read_pain001(content: bytes) -> OrderFile:
    """Read a pain.001.001.09 back as it stands. Refused: what is not valid, an id or an amount that is not ours."""
    text = iso.reader(iso.PAIN_001)
    head: tuple[str, str, str] | None = None
    lines: list[OrderLine] = []
    day = ""
    for tag, part in iso.parts(content, iso.PAIN_001, frozenset({_HEAD, "ReqdExctnDt", _TRANSFER})):
        if tag == _HEAD:
            head = (text(part, "MsgId"), text(part, "NbOfTxs"), text(part, "CtrlSum"))
        elif tag == "ReqdExctnDt":
            day = text(part, "Dt")
        else:
            lines.append(_read(part, text))
    if head is None:
        raise Refused("berkas_bank_rusak", "Berkas ini bukan berkas perintah bayar yang utuh.")
    name, count, total = head
    return OrderFile(name, date.fromisoformat(day), int(count), whole_rupiah(total), tuple(lines))


def _read(part: iso.Element, text: iso.Texts) -> OrderLine:
    ours = read_end_to_end(text(part, "PmtId/EndToEndId"))
    if ours is None:
        raise Refused("berkas_bank_rusak", f"Nomor {text(part, 'PmtId/EndToEndId')} bukan nomor perintah bayar kita.")
    order, attempt = ours
    return OrderLine(
        order, text(part, "CdtrAgt/FinInstnId/BICFI"), text(part, "CdtrAcct/Id/Othr/Id"), text(part, "Cdtr/Nm"),
        whole_rupiah(text(part, "Amt/InstdAmt")), text(part, "RmtInf/Ustrd"), attempt,
    )  # fmt: skip


def whole_rupiah(text: str) -> int:
    """An amount of a message in whole rupiah. Refused: sen, since no benefit has any."""
    amount = Decimal(text)
    if amount != amount.to_integral_value():
        raise Refused("bukan_rupiah_bulat", f"Jumlah {text} bukan rupiah bulat.")
    return int(amount)


def message_id(file_id: uuid.UUID) -> str:
    """The id of our message for a file: 32 signs, made before anything is sent."""
    return file_id.hex

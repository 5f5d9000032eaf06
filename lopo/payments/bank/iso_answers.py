"""The bank's answer as ISO 20022 pain.002: what it says of each order, or of the whole file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from lopo.basics.refusal import Refused
from lopo.payments.bank import iso
from lopo.payments.bank.iso_orders import CURRENCY
from lopo.payments.bank.lines import Answer, AnswerLine, Parked, Whole, read_end_to_end

PAID: Final = frozenset({"ACSC", "ACCC"})
"""Settled on the debtor's account, settled on the creditor's account. Every other good status is still on its way."""
FAILED: Final = frozenset({"RJCT", "CANC"})
_PARTS: Final = frozenset({"GrpHdr", "OrgnlGrpInfAndSts", "PmtInfSts", "TxInfAndSts"})


class _Reading:
    """Gathers the parts of one message."""

    def __init__(self, message: str) -> None:
        self.text, self.find = iso.reader(message), iso.finder(message)
        self.day, self.file, self.pending = "", "", 0
        self.statuses: list[tuple[str, str]] = []
        self.lines: dict[tuple[Any, int], AnswerLine] = {}
        self.parked: list[Parked] = []

    def take(self, name: str, part: iso.Element) -> None:
        if name == "GrpHdr":
            self.day = self.text(part, "CreDtTm")[:10]
        elif name == "OrgnlGrpInfAndSts":
            self.file = self.text(part, "OrgnlMsgId")
            self.statuses.append((self.text(part, "GrpSts"), self._reason(part)))
        elif name == "PmtInfSts":
            self.statuses.append(((part.text or "").strip(), ""))
        else:
            self._transaction(part)

    def _transaction(self, part: iso.Element) -> None:
        line, named = part.sourceline, self.text(part, "OrgnlEndToEndId")
        status = self.text(part, "TxSts")
        ours = read_end_to_end(named)
        amount = self.text(part, "OrgnlTxRef/Amt/InstdAmt")
        if ours is None:
            self.parked.append(Parked(line, named, "nomor ini bukan nomor perintah bayar kita"))
        elif amount and Decimal(amount) != Decimal(amount).to_integral_value():
            self.parked.append(Parked(line, named, f"jumlah {amount} bukan rupiah bulat"))
        elif status not in PAID | FAILED:
            self.pending += 1
        elif ours in self.lines:
            self.parked.append(Parked(line, named, f"nomor perintah sudah ada di baris {self.lines[ours].line}"))
        else:
            self.lines[ours] = AnswerLine(
                line, ours[0], status in PAID, int(Decimal(amount)) if amount else None,
                self.text(part, "AcctSvcrRef"), self._reason(part), ours[1],
            )  # fmt: skip

    def _reason(self, part: iso.Element) -> str:
        said = [
            self.text(one, "Rsn/Cd") or self.text(one, "Rsn/Prtry") for one in self.find(part, "StsRsnInf")
        ] + [(one.text or "").strip() for one in self.find(part, "StsRsnInf/AddtlInf")]  # fmt: skip
        return " ".join(word for word in said if word)

    def whole(self) -> Whole | None:
        """What holds for all orders: only where the bank names none of them and says the same at every level."""
        said = {status for status, _ in self.statuses if status}
        if self.lines or self.parked or self.pending or len(said) != 1:
            return None
        (status,) = said
        note = " ".join(reason for _, reason in self.statuses if reason)
        return Whole(status in PAID, note) if status in PAID | FAILED else None


def read_pain002(content: bytes, message: str) -> Answer:
    """Read a pain.002. An order that is named twice or is not ours is parked, the rest goes on.

    Refused: a message that is not valid by its XSD, or that names no file.
    """
    reading = _Reading(message)
    for name, part in iso.parts(content, message, _PARTS):
        reading.take(name, part)
    if not reading.file:
        raise Refused("jawaban_bank_rusak", "Pesan ini tidak menyebut berkas mana yang dijawabnya.")
    return Answer(
        reading.file, date.fromisoformat(reading.day), tuple(reading.lines.values()), tuple(reading.parked),
        reading.pending, reading.whole(),
    )  # fmt: skip


def write_pain002(name: str, on: date, lines: Sequence[tuple[str, AnswerLine]]) -> bytes:
    """An answer as pain.002.001.12 to the lines `(end-to-end id, line)`; the fake bank and the tests write it."""

    def body(xml: iso.Writer) -> None:
        iso.write(xml, [
            ("GrpHdr", [("MsgId", f"J{name}"[:35]), ("CreDtTm", f"{on.isoformat()}T08:00:00")]),
            ("OrgnlGrpInfAndSts", [("OrgnlMsgId", name), ("OrgnlMsgNmId", iso.PAIN_001)]),
        ])  # fmt: skip
        with xml.element("OrgnlPmtInfAndSts"):
            iso.write(xml, [("OrgnlPmtInfId", name)])
            for end_to_end, line in lines:
                iso.write(xml, [("TxInfAndSts", _said(end_to_end, line))])

    return iso.written(iso.NEWEST_WRITTEN["pain.002"], "CstmrPmtStsRpt", body)


def _said(end_to_end: str, line: AnswerLine) -> iso.Tree:
    why = [("StsRsnInf", [("Rsn", [("Cd", "AC04")]), ("AddtlInf", line.note[:105])])]
    amount = [("OrgnlTxRef", [("Amt", [(f"InstdAmt Ccy={CURRENCY}", str(line.amount))])])]
    return [
        ("OrgnlEndToEndId", end_to_end),
        ("TxSts", "ACSC" if line.paid else "RJCT"),
        *([] if line.paid else why),
        *([("AcctSvcrRef", line.reference)] if line.reference else []),
        *([] if line.amount is None else amount),
    ]

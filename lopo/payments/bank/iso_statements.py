"""The bank statement as ISO 20022 camt.053: balances, and every movement that was booked, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from lopo.basics.refusal import Refused
from lopo.payments.bank import iso
from lopo.payments.bank.iso_orders import CURRENCY
from lopo.payments.bank.lines import Booked, Statement

_PARTS: Final = frozenset({"Ntry", "Bal", "Stmt"})
_BEFORE, _AFTER = ("OPBD", "PRCD"), "CLBD"
_BOOKED, _LONGEST = "BOOK", 140


class _Reading:
    """Gathers the parts of one statement; a message may hold several, one after the other."""

    def __init__(self, message: str) -> None:
        self.text, self.find = iso.reader(message), iso.finder(message)
        self.begin()

    def begin(self) -> None:
        self.lines: list[Booked] = []
        self.balances: dict[str, tuple[Decimal, str]] = {}

    def balance(self, part: iso.Element) -> None:
        code = self.text(part, "Tp/CdOrPrtry/Cd")
        amount = self._money(part)
        sign = 1 if self.text(part, "CdtDbtInd") == "CRDT" else -1
        self.balances.setdefault(code, (sign * amount, self.text(part, "Dt/Dt") or self.text(part, "Dt/DtTm")[:10]))

    def _money(self, part: iso.Element) -> Decimal:
        (amount,) = self.find(part, "Amt")
        if amount.get("Ccy") != CURRENCY:
            raise Refused("mata_uang", f"Baris {amount.sourceline}: mata uang {amount.get('Ccy')}, bukan {CURRENCY}.")
        return Decimal(amount.text)

    def entry(self, part: iso.Element) -> None:
        """One booked entry: one line, or one for each transaction of a batch where their sum is the entry's."""
        if self.text(part, "Sts/Cd") != _BOOKED:
            return
        total = self._money(part)
        details = self.find(part, "NtryDtls/TxDtls")
        amounts = [self.text(one, "Amt") for one in details]
        if len(details) > 1 and all(amounts):
            if sum(Decimal(amount) for amount in amounts) == total:
                for one, amount in zip(details, amounts, strict=True):
                    self._line(part, one, Decimal(amount))
                return
            self._line(part, None, total, "rincian kumpulan ini tidak sama dengan jumlahnya")
            return
        if len(details) > 1:
            self._line(part, None, total, "kumpulan ini tidak merinci jumlahnya")
            return
        self._line(part, details[0] if details else None, total)

    def _line(self, entry: iso.Element, detail: iso.Element | None, amount: Decimal, problem: str = "") -> None:
        day = self.text(entry, "BookgDt/Dt") or self.text(entry, "BookgDt/DtTm")[:10]
        told = [self.text(entry, "AddtlNtryInf")]
        direction, end_to_end, reference = self.text(entry, "CdtDbtInd"), "", self.text(entry, "AcctSvcrRef")
        if detail is not None:
            direction = self.text(detail, "CdtDbtInd") or direction
            end_to_end = self.text(detail, "Refs/EndToEndId")
            reference = self.text(detail, "Refs/AcctSvcrRef") or reference
            told = [self.text(detail, "RtrInf/Rsn/Cd"), self.text(detail, "RtrInf/AddtlInf"),
                    self.text(detail, "RmtInf/Ustrd"), *told]  # fmt: skip
        if not day:
            raise Refused("hari_pembukuan", f"Baris {entry.sourceline}: catatan yang dibukukan tanpa hari pembukuan.")
        self.lines.append(
            Booked(
                len(self.lines) + 1, date.fromisoformat(day), direction == "DBIT", amount, end_to_end, reference,
                " ".join(word for word in told if word)[:_LONGEST], problem,
            )
        )  # fmt: skip

    def finished(self, part: iso.Element) -> Statement:
        """The statement whose parts were gathered. Refused: a balance that is missing."""
        name = self.text(part, "Id")
        opening = next((self.balances[code] for code in _BEFORE if code in self.balances), None)
        closing = self.balances.get(_AFTER)
        if opening is None or closing is None:
            raise Refused("saldo_tidak_ada", f"Rekening koran {name} tidak menyebut saldo awal dan saldo akhir.")
        account = self.text(part, "Acct/Id/Othr/Id") or self.text(part, "Acct/Id/IBAN")
        return Statement(name, account, date.fromisoformat(closing[1]), opening[0], closing[0], tuple(self.lines))


def _adds_up(one: Statement) -> None:
    if one.difference:
        raise Refused(
            "jumlah_rekening_koran",
            f"Rekening koran {one.id} tidak cocok: saldo awal {one.opening} ditambah catatannya bukan saldo akhir"
            f" {one.closing}, selisih {one.difference}. Tidak ada yang dibukukan; minta berkas baru dari bank.",
        )


def read_camt053(content: bytes, message: str) -> tuple[Statement, ...]:
    """Read all statements of a camt.053, whole or not at all.

    Refused: a message that is not valid by its XSD, another currency, balances that are missing or do not add up.
    Entries that the bank has only announced (not booked) are left out.
    """
    read = tuple(_statements(content, message))
    for one in read:
        _adds_up(one)
    return read


def _statements(content: bytes, message: str) -> Iterator[Statement]:
    reading = _Reading(message)
    for name, part in iso.parts(content, message, _PARTS):
        if name == "Ntry":
            reading.entry(part)
        elif name == "Bal":
            reading.balance(part)
        else:
            yield reading.finished(part)
            reading.begin()


def write_camt053(statement: Statement) -> bytes:
    """A statement as camt.053.001.08; the fake bank, the bench and the tests write it."""

    def body(xml: iso.Writer) -> None:
        head = [("MsgId", f"K{statement.id}"[:35]), ("CreDtTm", f"{statement.on.isoformat()}T23:00:00")]
        iso.write(xml, [("GrpHdr", head)])
        with xml.element("Stmt"):
            iso.write(xml, [
                ("Id", statement.id),
                ("Acct", [("Id", [("Othr", [("Id", statement.account)])])]),
                ("Bal", _balance("OPBD", statement.opening, statement.on)),
                ("Bal", _balance("CLBD", statement.closing, statement.on)),
            ])  # fmt: skip
            for line in statement.lines:
                iso.write(xml, [("Ntry", _entry(line))])

    return iso.written(iso.NEWEST_WRITTEN["camt.053"], "BkToCstmrStmt", body)


_AMOUNT: Final = f"Amt Ccy={CURRENCY}"


def _balance(code: str, amount: Decimal, on: date) -> iso.Tree:
    return [
        ("Tp", [("CdOrPrtry", [("Cd", code)])]), (_AMOUNT, str(abs(amount))),
        ("CdtDbtInd", "CRDT" if amount >= 0 else "DBIT"), ("Dt", [("Dt", on.isoformat())]),
    ]  # fmt: skip


def _entry(line: Booked) -> iso.Tree:
    ours = [("Refs", [("EndToEndId", line.end_to_end)])] if line.end_to_end else []
    told = [("RmtInf", [("Ustrd", line.text)])] if line.text else []
    return [
        (_AMOUNT, str(line.amount)), ("CdtDbtInd", "DBIT" if line.debit else "CRDT"), ("Sts", [("Cd", _BOOKED)]),
        ("BookgDt", [("Dt", line.on.isoformat())]), ("AcctSvcrRef", line.reference or f"R{line.place}"),
        ("BkTxCd", [("Prtry", [("Cd", "TRF")])]), ("NtryDtls", [("TxDtls", [*ours, *told])]),
    ]  # fmt: skip

"""Which form a file of a bank has, and reading it in that form: our own CSV, or messages of ISO 20022."""

from __future__ import annotations

from lopo.basics.refusal import Refused
from lopo.payments.bank import iso, table
from lopo.payments.bank.iso_answers import read_pain002
from lopo.payments.bank.iso_orders import read_pain001
from lopo.payments.bank.iso_statements import read_camt053
from lopo.payments.bank.lines import Answer, OrderFile, Statement
from lopo.payments.bank.openings import is_opening_answer


def is_xml(content: bytes) -> bool:
    """Whether a file is XML by its first sign; what it says is checked when it is read."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or content[:2] in (b"\xff\xfe", b"\xfe\xff")


def kind_of(content: bytes) -> str:
    """Say what a file of the bank is: `jawaban` (to orders), `koran` (a statement), `rekening` (to asked accounts).

    Refused: an XML file that is no message known here. Any other text is taken for an answer; its reader checks it.
    """
    if not is_xml(content):
        return "rekening" if is_opening_answer(content) else "jawaban"
    return "koran" if iso.message_of(content) in iso.CAMT_053 else "jawaban"


def read_orders(content: bytes) -> OrderFile:
    """Read a file of orders back. Refused: anything that is not such a file."""
    return read_pain001(content) if is_xml(content) else table.read_orders(content)


def read_answer(content: bytes) -> Answer:
    """Read the bank's answer, CSV or pain.002; a line that is broken or stands twice is parked, the rest goes on.

    Refused: a file that is no answer at all.
    """
    if not is_xml(content):
        return table.read_answer(content)
    message = iso.message_of(content)
    if message not in iso.PAIN_002:
        raise Refused("jawaban_bank_rusak", f"Pesan {message} bukan jawaban bank (pain.002).")
    return read_pain002(content, message)


def read_statements(content: bytes) -> tuple[Statement, ...]:
    """Read a bank statement (camt.053) whole. Refused: any other file, and one that does not add up."""
    if not is_xml(content):
        raise Refused("bukan_rekening_koran", "Rekening koran dibaca sebagai pesan camt.053; berkas ini bukan XML.")
    message = iso.message_of(content)
    if message not in iso.CAMT_053:
        raise Refused("bukan_rekening_koran", f"Pesan {message} bukan rekening koran (camt.053).")
    return read_camt053(content, message)

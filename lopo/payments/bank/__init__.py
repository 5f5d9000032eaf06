"""The bank: writes the file of orders, reads the bank's answers and statements, and a fake bank like one."""

from lopo.payments.bank.fake import FakeBank
from lopo.payments.bank.folder import BankFolder, Seen, bank_folder
from lopo.payments.bank.forms import is_xml, kind_of, read_answer, read_orders, read_statements
from lopo.payments.bank.iso_orders import message_id, write_pain001
from lopo.payments.bank.iso_statements import write_camt053
from lopo.payments.bank.lines import (
    BANK_NTT,
    Answer,
    AnswerLine,
    Bank,
    Booked,
    OrderFile,
    OrderLine,
    Parked,
    Payer,
    Statement,
    Whole,
    read_end_to_end,
    sha256,
)
from lopo.payments.bank.openings import (
    Asked,
    Opened,
    OpeningAnswer,
    read_opening_answer,
    read_openings,
    write_opening_answer,
    write_openings,
)
from lopo.payments.bank.table import ANSWER_CAPTIONS, ORDER_CAPTIONS, write_answer, write_orders

__all__ = [
    "ANSWER_CAPTIONS", "BANK_NTT", "ORDER_CAPTIONS", "Answer", "AnswerLine", "Asked", "Bank", "BankFolder", "Booked",
    "FakeBank", "Opened", "OpeningAnswer", "OrderFile", "OrderLine", "Parked", "Payer", "Seen", "Statement", "Whole",
    "bank_folder", "is_xml", "kind_of", "message_id", "read_answer", "read_end_to_end", "read_opening_answer",
    "read_openings", "read_orders", "read_statements", "sha256", "write_answer", "write_camt053",
    "write_opening_answer", "write_openings", "write_orders", "write_pain001",
]  # fmt: skip

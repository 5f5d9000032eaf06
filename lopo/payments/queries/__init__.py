"""Everything that can be read about accounts, orders and bank files."""

from lopo.payments.queries.files import (
    AnswerRow,
    FileFilter,
    FilePage,
    FileRow,
    file,
    file_content,
    file_states,
    files_page,
)
from lopo.payments.queries.orders import (
    OrderFilter,
    OrderRow,
    PaidArea,
    PassbookRow,
    orders_of_case,
    orders_page,
    paid_by_area,
    paid_total,
    passbooks_of,
)

__all__ = [
    "AnswerRow", "FileFilter", "FilePage", "FileRow", "OrderFilter", "OrderRow", "PaidArea", "PassbookRow", "file",
    "file_content", "file_states", "files_page", "orders_of_case", "orders_page", "paid_by_area", "paid_total",
    "passbooks_of",
]  # fmt: skip

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
    PassbookRow,
    accounts_of,
    cases_paid,
    orders_of_case,
    orders_page,
    passbooks_of,
)
from lopo.payments.queries.paid import PaidArea, paid_by_area, paid_total
from lopo.payments.queries.statements import (
    Candidate,
    Explained,
    LineFilter,
    LineRow,
    StatementRow,
    candidates,
    explained,
    line,
    lines_page,
    statements,
    unknown_lines,
)

__all__ = [
    "AnswerRow", "Candidate", "Explained", "FileFilter", "FilePage", "FileRow", "LineFilter", "LineRow", "OrderFilter",
    "OrderRow", "PaidArea", "PassbookRow", "StatementRow", "accounts_of", "candidates", "cases_paid", "explained",
    "file", "file_content", "file_states", "files_page", "line", "lines_page", "orders_of_case", "orders_page",
    "paid_by_area", "paid_total", "passbooks_of", "statements", "unknown_lines",
]  # fmt: skip

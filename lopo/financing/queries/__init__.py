"""Reads payers, budgets, bills, arrears, the month strip, and what deaths would cost."""

from lopo.financing.queries.bills import (
    BillRow,
    BillsFilter,
    BudgetRow,
    LineRow,
    LinesFilter,
    PayerRow,
    bill,
    bill_lines_page,
    bills_page,
    budgets,
    payers,
)
from lopo.financing.queries.exposure import (
    ArrearsMonth,
    ExposureRow,
    Worth,
    arrears_months,
    arrears_page,
    exposure,
    worth,
)
from lopo.financing.queries.price import Price, price_of
from lopo.financing.queries.strip import StripMonth, strip

__all__ = [
    "ArrearsMonth",
    "BillRow",
    "BillsFilter",
    "BudgetRow",
    "ExposureRow",
    "LineRow",
    "LinesFilter",
    "PayerRow",
    "Price",
    "StripMonth",
    "Worth",
    "arrears_months",
    "arrears_page",
    "bill",
    "bill_lines_page",
    "bills_page",
    "budgets",
    "exposure",
    "payers",
    "price_of",
    "strip",
    "worth",
]

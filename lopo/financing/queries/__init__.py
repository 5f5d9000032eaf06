"""Reads payers, budgets, bills, arrears, the month strip, what deaths would cost, and the exposure calendar."""

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
from lopo.financing.queries.calendar import Calendar, Difference, Move, Outlook, Plan, Stretch, outlook
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
    "Calendar",
    "Difference",
    "ExposureRow",
    "LineRow",
    "LinesFilter",
    "Move",
    "Outlook",
    "PayerRow",
    "Plan",
    "Price",
    "Stretch",
    "StripMonth",
    "Worth",
    "arrears_months",
    "arrears_page",
    "bill",
    "bill_lines_page",
    "bills_page",
    "budgets",
    "exposure",
    "outlook",
    "payers",
    "price_of",
    "strip",
    "worth",
]

"""Writes payers, budgets, bills and their payment by SP2D."""

from lopo.financing.actions.bills import BillMade, cancel_bill, make_bill
from lopo.financing.actions.budgets import BudgetLine, PayerGiven, add_payer, set_budget
from lopo.financing.actions.paying import OrderGiven, Paid, approve_payment, request_payment, return_payment

__all__ = [
    "BillMade",
    "BudgetLine",
    "OrderGiven",
    "Paid",
    "PayerGiven",
    "add_payer",
    "approve_payment",
    "cancel_bill",
    "make_bill",
    "request_payment",
    "return_payment",
    "set_budget",
]

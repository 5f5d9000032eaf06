"""Writes payers, budgets, bills, their payment by SP2D, and its reversal."""

from lopo.financing.actions.alarms import AlarmsRaised, raise_alarms
from lopo.financing.actions.bills import BillMade, Months, cancel_bill, make_bill, make_bills
from lopo.financing.actions.budgets import BudgetLine, PayerGiven, add_payer, set_budget
from lopo.financing.actions.codes import CodeGiven, note_code
from lopo.financing.actions.papers import PaperGiven, write_paper
from lopo.financing.actions.paying import OrderGiven, Paid, approve_payment, request_payment, return_payment
from lopo.financing.actions.receipts import ReceiptGiven, record_receipt, withdraw_receipt
from lopo.financing.actions.reversing import Reversed, approve_reversal, ask_reversal

__all__ = [
    "AlarmsRaised",
    "BillMade",
    "BudgetLine",
    "CodeGiven",
    "Months",
    "OrderGiven",
    "Paid",
    "PaperGiven",
    "PayerGiven",
    "ReceiptGiven",
    "Reversed",
    "add_payer",
    "approve_payment",
    "approve_reversal",
    "ask_reversal",
    "cancel_bill",
    "make_bill",
    "make_bills",
    "note_code",
    "raise_alarms",
    "record_receipt",
    "request_payment",
    "return_payment",
    "set_budget",
    "withdraw_receipt",
    "write_paper",
]

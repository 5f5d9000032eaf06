"""Everything that moves money: accounts, orders, files for the bank, and the bank's answers."""

from lopo.payments.actions.accounts import Account, correct_account, open_accounts, open_worker_accounts
from lopo.payments.actions.explaining import agree_line, explain_line, refuse_line
from lopo.payments.actions.files import (
    FORMS,
    PAIN_001,
    Confirmed,
    Prepared,
    approve_file,
    confirm_file,
    make_file,
    paying_account,
    send_file,
)
from lopo.payments.actions.orders import NoAccount, Ordered, make_orders, retry_order
from lopo.payments.actions.statements import Read, read_statement

__all__ = [
    "FORMS", "PAIN_001", "Account", "Confirmed", "NoAccount", "Ordered", "Prepared", "Read", "agree_line",
    "approve_file", "confirm_file", "correct_account", "explain_line", "make_file", "make_orders", "open_accounts",
    "open_worker_accounts", "paying_account", "read_statement", "refuse_line", "retry_order", "send_file",
]  # fmt: skip

"""Everything that moves money: accounts, orders, files for the bank, and the bank's answers."""

from lopo.payments.actions.accounts import Account, correct_account, open_accounts, open_worker_accounts
from lopo.payments.actions.files import Confirmed, Prepared, approve_file, confirm_file, make_file, send_file
from lopo.payments.actions.orders import NoAccount, Ordered, make_orders, retry_order

__all__ = [
    "Account", "Confirmed", "NoAccount", "Ordered", "Prepared", "approve_file", "confirm_file", "correct_account",
    "make_file", "make_orders", "open_accounts", "open_worker_accounts", "retry_order", "send_file",
]  # fmt: skip

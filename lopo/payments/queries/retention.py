"""Counts files of the bank that were put aside and that nobody needed since."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from lopo.payments.models import BankArrival
from lopo.staff.retention import BY_CODE, last_kept

ASIDE: Final = "berkas_sisihan"


def aside_before(before: date) -> QuerySet[BankArrival, Any]:
    """Give the files that were put aside before a day; what was read is never among them. No query yet."""
    return BankArrival.objects.filter(state=BankArrival.State.DISISIHKAN, read_at__date__lt=before)


def overdue(on: date) -> dict[str, int]:
    """Give how many files put aside are over their time on a day. One query."""
    return {ASIDE: aside_before(last_kept(BY_CODE[ASIDE], on)).count()}

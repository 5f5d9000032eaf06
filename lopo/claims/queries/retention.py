"""Counts first reports that were not for any programme and whose time is over."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from lopo.claims.models import FirstReport
from lopo.staff.retention import BY_CODE, last_kept

DISMISSED: Final = "laporan_bukan"


def dismissed_before(before: date) -> QuerySet[FirstReport, Any]:
    """Give the reports that were dismissed before a day; what became a case is never among them. No query yet."""
    return FirstReport.objects.filter(state=FirstReport.State.BUKAN, settled_on__lt=before)


def overdue(on: date) -> dict[str, int]:
    """Give how many dismissed reports are over their time on a day. One query."""
    return {DISMISSED: dismissed_before(last_kept(BY_CODE[DISMISSED], on)).count()}

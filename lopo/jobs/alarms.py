"""The daily alarm about unpaid contributions, before a right is lost unseen."""

from __future__ import annotations

from datetime import date

from lopo.financing.actions import AlarmsRaised, raise_alarms


def raise_daily(*, on: date) -> AlarmsRaised:
    """Raise the alarms of a day in the name of the clock; a second run of the same day raises none."""
    return raise_alarms(by=None, on=on)

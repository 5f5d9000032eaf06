"""The daily alarms: unpaid contributions, what BPJS gives for them, and who is paid by nobody after the year."""

from __future__ import annotations

from datetime import date

from lopo.financing.actions import AlarmsRaised, raise_alarms
from lopo.financing.actions.bpjs_alarms import BpjsAlarms, raise_bpjs_alarms
from lopo.financing.actions.renewal_alarms import RenewalAlarms, raise_renewal_alarms


def raise_daily(*, on: date) -> AlarmsRaised:
    """Raise the alarms of a day in the name of the clock; a second run of the same day raises none."""
    return raise_alarms(by=None, on=on)


def raise_turn(*, on: date) -> RenewalAlarms:
    """Raise the alarms about programmes that end soon in the name of the clock; each is told once a month."""
    return raise_renewal_alarms(by=None, on=on)


def raise_bpjs(*, on: date) -> BpjsAlarms:
    """Raise the alarms about codes and receipts of BPJS in the name of the clock."""
    return raise_bpjs_alarms(by=None, on=on)

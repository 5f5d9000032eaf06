"""The task of the queue that carries files to the bank's folder and reads what the bank lays there."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from procrastinate.contrib.django import app

from lopo import settings
from lopo.jobs.bank_folder import exchange
from lopo.payments.bank import bank_folder


@app.periodic(cron="* * * * *")
@app.task(name="lopo.exchange_with_bank", queueing_lock="lopo.exchange_with_bank", lock="lopo.exchange_with_bank")
def exchange_with_bank_task(timestamp: int) -> int:
    """Carry and read what is due, each minute; give how many files moved. Nothing happens without a folder.

    One that fails is not tried again by itself: its successor may be queued already, and does the same work.
    """
    folder = bank_folder()
    if folder is None:
        return 0
    at = datetime.fromtimestamp(timestamp, ZoneInfo(settings.TIME_ZONE))
    done = exchange(on=at.date(), at=at, folder=folder)
    return done.delivered + done.read + done.parked

"""The task of the queue that sends the messages which the diary has to send."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from procrastinate.contrib.django import app

from lopo import settings
from lopo.jobs.messages import send_messages
from lopo.staff.gateway import gateways


@app.periodic(cron="*/5 * * * *")
@app.task(name="lopo.send_messages", queueing_lock="lopo.send_messages", lock="lopo.send_messages")
def send_messages_task(timestamp: int) -> int:
    """Send what the diary has to send, every five minutes; give how many messages went out.

    One that fails is not tried again by itself: its successor may be queued already, and does the same work.
    """
    at = datetime.fromtimestamp(timestamp, ZoneInfo(settings.TIME_ZONE))
    return send_messages(on=at.date(), at=at, ways=gateways()).sent

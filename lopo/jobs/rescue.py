"""Queues again what a killed worker left behind; the clock runs it each minute."""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

SILENT_SECONDS = 45


async def rescue_stalled(seconds: float) -> int:
    """Queue again the jobs whose worker has given no sign of life for so many seconds; give how many.

    One of the clock whose successor waits already is ended: the queue holds one of its kind, which does the work.
    """
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds))
    for job in stalled:
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
    return len(stalled)


@app.periodic(cron="* * * * *")
@app.task(name="lopo.rescue", queueing_lock="lopo.rescue")
async def rescue(timestamp: int) -> int:
    """Queue again the work whose worker was killed; runs each minute."""
    return await rescue_stalled(SILENT_SECONDS)

"""Work that a dead worker left behind: queued again, and where the next of its kind waits already, let go."""

from __future__ import annotations

from datetime import date

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from lopo.jobs.rescue import rescue_stalled
from lopo.staff.models import Work
from lopo.web.works import Job, begin
from tests.cast import appoint_all

CLOCK, WORK = "lopo.send_messages", "lopo.make_letter"


@pytest.mark.django_db(transaction=True)
def test_what_the_clock_calls_does_not_stand_in_its_own_way() -> None:
    """A job of the clock was killed and its successor queued: both would hold one place, and nothing would go on."""
    killed = [app.configure_task(CLOCK).defer(timestamp=1), app.configure_task(WORK).defer(work_id="x")]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = ANY(%s)", [killed])
    after = app.configure_task(CLOCK).defer(timestamp=2)
    assert async_to_sync(rescue_stalled)(0) == 2
    assert dict(ProcrastinateJob.objects.filter(pk__in=[*killed, after]).values_list("id", "status")) == {
        killed[0]: "failed", killed[1]: "todo", after: "todo",
    }  # fmt: skip


class _Unreachable:
    def defer(self, **_: object) -> None:
        raise ConnectionError("the queue does not answer")


@pytest.mark.django_db
def test_long_work_is_noted_together_with_its_job_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill between the two would leave work on the page that nobody ever does."""
    visitor = type("Visitor", (), {"on": date(2026, 1, 12), "officer": appoint_all().bpjs})
    monkeypatch.setattr(app, "configure_task", lambda _: _Unreachable())
    with pytest.raises(ConnectionError):
        begin(visitor, Job(WORK, "Surat", {"case_id": 1}))  # type: ignore[arg-type]
    assert not Work.objects.exists()

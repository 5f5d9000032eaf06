"""Long work survives its worker: killed with kill -9 in the middle, it runs again and ends once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from lopo import settings
from lopo.jobs.rescue import rescue_stalled
from lopo.staff import actions, queries
from lopo.targeting.actions import keep_source
from lopo.targeting.models import ProposalList, ProposalRow
from tests.cast import appoint_all
from tests.rooms import pile

ROOT = Path(__file__).resolve().parents[2]
NAMES = 20_000


def worker_environment() -> dict[str, str]:
    name = connection.settings_dict["NAME"]
    host = connection.settings_dict["HOST"]
    user = connection.settings_dict["USER"]
    url = os.environ.get("LOPO_DATABASE_URL") or f"postgresql://{user}@/{name}?host={host}"
    url = url.replace(f"/{settings.postgres.DATABASE}?", f"/{name}?")
    return {**os.environ, "LOPO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lopo.settings"}


def start_worker(*words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "1", *words]
    return subprocess.Popen(command, cwd=ROOT, env=worker_environment(), start_new_session=True)


def order_a_list() -> uuid.UUID:
    """Upload a list of 20,000 names and order it to be read."""
    cast = appoint_all()
    programme = pile.programme(cast)
    content = pile.csv_of(pile.neighbours(NAMES))
    sha256 = keep_source(by=cast.dinas, on=pile.DAY, name="gereja/gmit_labat.csv", content=content)
    arguments = {"on": pile.DAY.isoformat(), "programme_id": programme, "sha256": sha256}
    work = actions.begin_work(by=cast.dinas, kind="receive_list", title="Baca daftar", arguments=arguments)
    app.configure_task("lopo.receive_list").defer(work_id=str(work))
    return work


def kept() -> tuple[int, int]:
    """Count the lists and the rows that are stored."""
    return ProposalList.objects.count(), ProposalRow.objects.filter(kind="calon").count()


def wait_for(state: str, work: uuid.UUID, seconds: int) -> queries.WorkRow:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        row = queries.work(work)
        if row is not None and row.state == state:
            return row
        time.sleep(0.02)
    raise AssertionError(f"the work is not {state} but {row}")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_work_whose_worker_is_killed_is_done_once_by_the_next() -> None:
    work = order_a_list()
    worker = start_worker()
    wait_for("berjalan", work, 60)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    assert kept() == (0, 0), "nothing is half done"
    assert ProcrastinateJob.objects.get(task_name="lopo.receive_list").status == "doing"

    assert async_to_sync(rescue_stalled)(0) >= 1
    second = start_worker("--one-shot")
    assert second.wait(timeout=120) == 0
    row = wait_for("selesai", work, 5)
    assert row.result is not None
    assert row.result["candidates"] == NAMES
    assert kept() == (1, NAMES)

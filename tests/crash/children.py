"""What a forked process becomes: the web or the worker, as they really run; the post office stands in for the ways out.

Importing this file reads all code of both and opens no connection.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from gunicorn.app import wsgiapp  # noqa: E402

from lopo.jobs import post_tasks  # noqa: E402
from lopo.jobs.serve import WORKER, web_command  # noqa: E402
from lopo.staff.gateway import CHAT, EMAIL  # noqa: E402
from lopo.web import urls, wsgi  # noqa: E402, F401 - read before the fork
from tests.crash.outside import PostOffice  # noqa: E402


def serve(log: str, port: int) -> None:
    """Be the web until killed."""
    _alone(log)
    command = web_command("127.0.0.1", port)
    sys.argv = list(command[command.index("gunicorn") :])
    wsgiapp.run()


def work(log: str, post: str) -> None:
    """Be the worker until killed."""
    _alone(log)
    office = PostOffice(Path(post))
    post_tasks.gateways = lambda: {EMAIL: office, CHAT: office}
    call_command(*WORKER[WORKER.index("procrastinate") :])


def _alone(log: str) -> None:
    """A group of its own, so that it can be killed with its children; what it says goes to the log."""
    os.setsid()
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(said, stream)

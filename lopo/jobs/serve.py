"""Serves the web and runs the background work until it is told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType

import django
from django.core.management import call_command

from lopo import postgres, settings

_STOP_SECONDS = 15
WORKER = (sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "1")


def web_command(host: str, port: int) -> tuple[str, ...]:
    """Give the command that runs the web server: two processes of four threads."""
    served = (sys.executable, "-m", "gunicorn", "lopo.web.wsgi:application", "--bind", f"{host}:{port}")
    return (*served, "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning")


def prepare() -> None:
    """Start the embedded database (unless one is given), load Django, bring the tables up to date."""
    if settings.EMBEDDED:
        postgres.ensure(settings.SERVER)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lopo.settings")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def serve(*, host: str, port: int) -> int:
    """Run the web server and one worker as children; end both, and the embedded database, on the first signal."""
    call_command("collectstatic", verbosity=0, interactive=False)
    children = [subprocess.Popen(command) for command in (web_command(host, port), WORKER)]
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    while not asked and all(child.poll() is None for child in children):
        time.sleep(0.2)
    code = 0 if asked else 1
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
    stop()
    return code


def stop() -> bool:
    """Stop the embedded database cleanly; False where none of ours was running."""
    return settings.EMBEDDED and postgres.stop(settings.SERVER)

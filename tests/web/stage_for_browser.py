"""Run as a program: brings an empty database up to date, plays the small story, and prints the ids that tests need."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command


def main(folder: Path) -> None:
    """Migrate, collect the static files, play."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lopo.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    story = import_module("tests.web.story").play(folder)
    doubts = import_module("lopo.targeting.queries.doubts")
    doubt = doubts.next_doubt(doubts.DoubtFilter(("53.71",), story.programme_id))
    told = {"doubt": doubt, "list": story.oebufu_list, "person": story.member.person_id, "decree": story.decree_id}
    sys.stdout.write(json.dumps({**told, "case": story.accident}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

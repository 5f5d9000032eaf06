"""Django on a database of the bench's own: named by the script, made when its work begins, gone when it ends.

A script calls `begin` before it imports anything that has tables.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
from psycopg import sql

from lopo import postgres, settings

NAME = f"lopo_bench_{Path(sys.argv[0]).stem}_{os.getpid()}"
URL = postgres.ensure(settings.SERVER) if settings.EMBEDDED else settings.DATABASE_URL


def begin(*, pages_on: str = "") -> None:
    """Set Django up on the own database; `pages_on` is the day (ISO) that pages show, where the bench asks for any."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    settings.DATABASES["default"] = settings._database(URL) | {"NAME": NAME}
    if pages_on:
        settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        settings.LOPO_TODAY = pages_on
    os.environ["DJANGO_SETTINGS_MODULE"] = "lopo.settings"
    django.setup()


@contextmanager
def own_database() -> Iterator[None]:
    """Make the database with all its tables, and remove it afterwards, whatever happened."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by now
    from django.db import connection  # noqa: PLC0415

    name = sql.Identifier(NAME)
    with psycopg.connect(URL, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connection.close()
        with psycopg.connect(URL, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

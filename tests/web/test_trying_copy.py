"""A copy for trying out: nobody of the source stands in it, and yet it is whole, fits together, and can be used."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from django.db import connection, models
from psycopg import sql

from lopo.basics.privacy import Columns
from lopo.basics.refusal import Refused
from lopo.jobs import test_copy as copying
from lopo.jobs.stand_ins import KINDS
from lopo.staff.models import columns_of
from tests.web.found import SHORTEST, Sought
from tests.web.story import TODAY, Story
from tests.web.test_browser import own_database

OURS = [model for model in apps.get_models() if model.__module__.startswith("lopo.")]
NO_PERSON = ("staff.Officer", "staff.Message")
_PAGES = """
import django
from django.conf import settings
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
django.setup()
from django.test import Client
from lopo.staff.models import Officer
from lopo.claims.models import Case
client = Client()
officer = Officer.objects.get(username="dinas")
assert not officer.has_usable_password()
client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
case = Case.objects.order_by("id").first()
for page in ("/", f"/orang/{case.person_id}", f"/klaim/{case.id}", "/daftar/", "/peserta/"):
    answer = client.get(page, follow=True)
    assert answer.status_code == 200, (page, answer.status_code)
    assert not page.startswith("/orang") or case.person.name in answer.content.decode()
"""


@pytest.fixture(scope="module")
def empty() -> Iterator[str]:
    """An empty database beside ours."""
    with own_database() as url:
        yield url


def held(server: psycopg.Connection, query: sql.Composable) -> set[str]:
    return {value for (value,) in server.execute(query).fetchall() if value}


def texts(model: type[models.Model], *treatments: str) -> sql.Composed:
    """A query of all values in the columns of a table that are treated so."""
    names = [
        sql.SQL("SELECT lower({}::text) FROM {}").format(sql.Identifier(f.column), sql.Identifier(model._meta.db_table))
        for f in model._meta.concrete_fields
        if columns_of(model).get(f.name) in treatments
    ]
    return sql.SQL(" UNION ").join(names or [sql.SQL("SELECT ''")])


def secrets_of_the_source() -> set[str]:
    """Every masked number and name of a person, and every long free text."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for model in OURS:
            if model._meta.label in NO_PERSON:
                continue
            for field in model._meta.concrete_fields:
                how = columns_of(model).get(field.name)
                free = how == "dropped" and isinstance(field, models.CharField | models.TextField) and not field.choices
                if free or (how == "masked" and KINDS[field.name] != "day"):
                    cursor.execute(
                        sql.SQL("SELECT DISTINCT lower({}) FROM {}").format(
                            sql.Identifier(field.column), sql.Identifier(model._meta.db_table)
                        )
                    )
                    found |= {value for (value,) in cursor.fetchall() if value and len(value) >= SHORTEST}
    return found


def test_nobody_stands_in_the_copy_and_it_works(story: Story, empty: str) -> None:
    secrets = secrets_of_the_source()
    assert len(secrets) > 1000
    telling = Sought(one for one in secrets if " " in one or any(sign.isdigit() for sign in one))
    rows = copying.copy_for_testing(empty)
    counts = {model._meta.label: model._default_manager.count() for model in OURS}
    assert rows == {label: count for label, count in counts.items() if label != "targeting.LinkageModel"}
    with psycopg.connect(empty) as server:
        for model in OURS:
            assert held(server, texts(model, "masked", "dropped")) & secrets == set(), model._meta.label
            bare = "\n".join(held(server, texts(model, "kept")))
            assert telling.first_in(bare) is None, model._meta.label
        _forms_stay(server)
        loose = server.execute("SELECT count(*) FROM django_session").fetchone()
        assert loose == (0,)
    environment = {
        **os.environ, "LOPO_DATABASE_URL": empty, "LOPO_TODAY": TODAY.isoformat(), "LOPO_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "lopo.settings",
    }  # fmt: skip
    opened = subprocess.run(
        [sys.executable, "-c", _PAGES], env=environment, capture_output=True, text=True, check=False
    )
    assert opened.returncode == 0, opened.stderr[-2000:]
    with pytest.raises(Refused) as again:
        copying.copy_for_testing(empty)
    assert again.value.code == "tujuan_tidak_kosong"


def _forms_stay(server: psycopg.Connection) -> None:
    """A NIK stays in its area and fits the birth day; one value has one stand-in wherever it stands."""
    alike = (
        "SELECT count(*), count(DISTINCT p.nik), count(*) FILTER (WHERE v.nik_matched = p.nik)"
        " FROM targeting_verdict v JOIN people_person p ON p.id = v.person_id",
        "SELECT left(nik, 6), count(*) FROM people_person GROUP BY 1 ORDER BY 1",
        "SELECT count(*) FROM people_person WHERE (substr(nik, 7, 2)::int - CASE sex WHEN 'P' THEN 40 ELSE 0 END)::text"
        " = extract(day FROM born)::text",
        "SELECT count(*) FROM people_person p JOIN people_resident r USING (nik, no_kk, born)",
        "SELECT count(*) FROM coverage_membership m JOIN coverage_membernumber k USING (person_id, kpj)",
        "SELECT count(DISTINCT name) FROM people_resident",
        "SELECT person_id, died_on - event_on FROM claims_case ORDER BY id",
    )
    for query in alike:
        with connection.cursor() as cursor:
            cursor.execute(query)
            assert server.execute(query).fetchall() == cursor.fetchall(), query  # type: ignore[arg-type]


def test_what_is_not_declared_stops_before_anything_is_written(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    person = apps.get_model("people.Person")
    for declared in (Columns(kept="id"), None):
        monkeypatch.setattr(person, "columns", declared)
        with pytest.raises(Refused) as loose:
            copying.copy_for_testing("postgresql://nobody@127.0.0.1:1/nowhere")
        assert loose.value.code == "kolom_tidak_dinyatakan"
    monkeypatch.undo()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_schoolyear ADD COLUMN nickname text")
    with pytest.raises(Refused, match="nickname"):
        copying.plan("x")


def test_our_own_database_and_a_closed_one_are_refused(db: None) -> None:
    here = connection.settings_dict
    own = f"postgresql://{here['USER']}@/{here['NAME']}?host={here['HOST']}"
    with pytest.raises(Refused) as same:
        copying.copy_for_testing(own)
    assert same.value.code == "tujuan_sumber"
    with pytest.raises(Refused) as wrong:
        copying.copy_for_testing("postgresql://nobody@127.0.0.1:1/nowhere")
    assert wrong.value.code == "tujuan_tidak_terbuka"

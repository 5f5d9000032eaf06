"""A kept column tells of nobody: no number and no name of a person stands in one, in the whole story."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models
from psycopg import sql

from lopo.staff.models import columns_of
from tests.web.found import Sought
from tests.web.story import Story

OURS = [model for model in apps.get_models() if model.__module__.startswith("lopo.")]
NUMBERS = ("nik", "no_kk", "phone", "kpj", "number", "holder_nik", "nip", "nik_given", "nik_matched", "certificate")
NAMES = ("name", "holder_name", "mother_name")


def _columns(model: type[models.Model], treatment: str) -> Iterator[models.Field]:  # type: ignore[type-arg]
    declared = columns_of(model)
    return (field for field in model._meta.concrete_fields if declared[field.name] == treatment)


def _secrets() -> sql.Composed:
    """Every personal number and name that any table of the story holds in a column that is not kept."""
    parts = [
        sql.SQL("SELECT {}::text AS secret FROM {}").format(
            sql.Identifier(field.column), sql.Identifier(model._meta.db_table)
        )
        for model in OURS
        for treatment in ("masked", "dropped")
        for field in _columns(model, treatment)
        if field.name in NUMBERS + NAMES
    ]
    return sql.SQL(" UNION ").join(parts)


def _telling(model: type[models.Model], sought: Sought) -> list[str]:
    """The kept columns of this table in which some person's number or name stands."""
    found = []
    with connection.cursor() as cursor:
        for field in _columns(model, "kept"):
            if field.is_relation or field.get_internal_type() not in {
                "CharField", "TextField", "JSONField", "ArrayField", "SlugField", "URLField", "EmailField",
            }:  # fmt: skip
                continue
            cursor.execute(
                sql.SQL("SELECT DISTINCT lower({}::text) FROM {}").format(
                    sql.Identifier(field.column), sql.Identifier(model._meta.db_table)
                )
            )
            if any(kept and sought.first_in(kept) for (kept,) in cursor.fetchall()):
                found.append(f"{model._meta.label}.{field.name}")
    return found


@pytest.fixture
def secrets(story: Story) -> Sought:
    """Gather what must stand nowhere."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT DISTINCT lower(secret) FROM ({}) held WHERE secret > ''").format(_secrets()))
        return Sought(secret for (secret,) in cursor.fetchall())


def test_no_kept_column_holds_a_number_or_a_name_of_a_person(secrets: Sought) -> None:
    assert len(secrets) > 20
    assert [column for model in OURS for column in _telling(model, secrets)] == []


def test_one_that_would_is_found(secrets: Sought, story: Story) -> None:
    person = apps.get_model("people.Person").objects.get(pk=story.member.person_id)
    programme = apps.get_model("targeting.Programme")
    programme.objects.update(name=f"Program untuk {person.name}")
    assert _telling(programme, secrets) == ["targeting.Programme.name"]

"""Every column of every table of ours is declared kept, masked or dropped."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from lopo.basics.privacy import DOT, SIGHTS, Columns, ends, initials, nothing, written, year_only
from lopo.staff.models import columns_of
from lopo.staff.roles import PERMISSIONS

OURS = [model for model in apps.get_models() if model.__module__.startswith("lopo.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_column_is_declared(model: type[models.Model]) -> None:
    columns = {field.name for field in model._meta.concrete_fields}
    assert set(columns_of(model)) == columns - {"pk"}


def test_what_names_a_person_is_never_kept_bare() -> None:
    personal = {"nik", "nip", "kpj", "no_kk", "mother_name", "holder_nik", "number_of_account", "nik_given", "phone"}
    bare = [
        f"{model._meta.label}.{column}"
        for model in OURS
        for column, treatment in columns_of(model).items()
        if column in personal and treatment == "kept"
    ]
    assert bare == []


def test_a_whole_file_is_never_kept() -> None:
    files = [
        (model._meta.label, field.name, columns_of(model).get(field.name))
        for model in OURS
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField)
    ]
    assert files
    assert [one for one in files if one[2] != "dropped"] == []


def test_a_table_that_django_makes_between_two_holds_keys_only() -> None:
    between = set(apps.get_models(include_auto_created=True)) - set(apps.get_models())
    assert between
    loose = [
        f"{model._meta.label}.{field.name}"
        for model in between
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.is_relation
    ]
    assert loose == []


def test_a_column_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Columns(kept="nik", dropped="nik")


def test_every_masked_column_of_a_person_has_a_sight_and_no_kept_one_has() -> None:
    masked, kept = set(), set()
    for model in OURS:
        if model._meta.label != "staff.Officer":  # officers sign with their names
            masked |= {name for name, treatment in columns_of(model).items() if treatment == "masked"}
            kept |= {
                f"{model._meta.label}.{name}" for name, treatment in columns_of(model).items() if treatment == "kept"
            }
    assert masked <= set(SIGHTS)
    things = ("name", "number", "source", "received_by")  # of a programme, a bill, a list; and officers by their key
    assert [one for one in kept if one.rsplit(".", 1)[1] in set(SIGHTS) - set(things)] == []
    assert {sight.permission for sight in SIGHTS.values()} <= PERMISSIONS


def test_a_column_is_hidden_unless_the_permission_and_the_reason_are_there() -> None:
    nik = "5371040609570777"
    assert written("nik", nik, open_to=lambda _: True) == "5371" + DOT * 8 + "0777"
    assert written("nik", nik, open_to=lambda _: True, given_reason=True) == nik
    assert written("nik", nik, open_to=lambda _: False, given_reason=True) == ends(nik)
    assert written("phone", "081339555444", open_to=lambda one: one == "people.see_contact") == "081339555444"
    assert written("phone", "081339555444", open_to=lambda _: False) == nothing("x") == DOT * 3
    assert written("born", "1957-03-29", open_to=lambda _: False) == "1957"
    assert written("a_column_nobody_declared", "x", open_to=lambda _: True, given_reason=True) == nothing("x")
    assert (ends("12345678"), initials("Melkior Nalle"), year_only("29/3")) == (DOT * 8, "M••• N•••", DOT * 3)

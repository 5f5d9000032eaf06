"""Every column of every table of ours is declared kept, masked or dropped."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from lopo.basics.privacy import Columns
from lopo.staff.models import columns_of

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


def test_a_column_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Columns(kept="nik", dropped="nik")

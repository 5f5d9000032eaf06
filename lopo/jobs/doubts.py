"""Takes the persons whom doubtful rows may be from the batch to what the desk keeps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import ibis.expr.types as ir

from lopo.targeting.actions.settling import LikelyPerson
from lopo.targeting.batch.doubts import LEVELS


def likely_persons(likely: ir.Table, keys: ir.Table, facts: tuple[str, ...], model: str) -> tuple[LikelyPerson, ...]:
    """Give the persons of `likenesses` by the id of their row; `keys` has `id` and `key` of each row.

    `model` names the model that said how likely they are.
    """
    table = likely.inner_join(keys, [("row_id", "key")])
    return tuple(_person(told, facts, model) for told in table.to_pyarrow().to_pylist())


def _person(told: dict[str, Any], facts: tuple[str, ...], model: str) -> LikelyPerson:
    levels = {name: told[name] for name in LEVELS} | {"desil_keluarga": told["desil_keluarga"], "model": model}
    return LikelyPerson(
        row_id=told["id"], place=told["place"], nik=told["nik"], name=told["name"], sex=told["sex"] or "",
        born=told["born"], no_kk=told["kk"] or "", area_code=told["area_code"] or "", stands_in=told["stands_in"],
        score=told["match_score"], levels=levels, facts={name: _plain(told[name]) for name in facts},
    )  # fmt: skip


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value

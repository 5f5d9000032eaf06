"""Reads the office's models of linkage, the one in force, and the desk's answers that teach and measure them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Coalesce

from lopo.basics.refusal import Refused
from lopo.people.batch.likelihood import REGISTER_MODEL
from lopo.people.batch.linkage_labels import Labelled
from lopo.people.batch.linkage_model import Model
from lopo.people.batch.waterfall import steps_of
from lopo.targeting.models import LinkageModel, ScreeningModel

# The newest answer of each pair that two officers gave, with the steps that the screening of that day kept.
_LABELS: Final = """
SELECT DISTINCT ON (b.content, b.nik) b.content, b.answer, k.levels ->> 'steps', k.levels ->> 'model'
  FROM targeting_label b JOIN targeting_settling s ON s.id = b.settling_id
  LEFT JOIN targeting_likeness k ON k.screening_id = s.screening_id AND k.row_id = s.row_id AND k.nik = b.nik
 ORDER BY b.content, b.nik, b.id DESC
"""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model that an office trained: who trained it, who put it in force, how it was measured."""

    id: int
    name: str
    sha256: str
    trained_on: date
    measured: dict[str, Any]
    made_by_id: int
    made_by: str
    made_at: datetime
    active: bool
    activated_by: str
    activated_on: date | None
    former_name: str


def is_as_kept(body: str, sha256: str) -> bool:
    """Say whether the text of a kept model is what was written."""
    return hashlib.sha256(body.encode()).hexdigest() == sha256


def model_of(body: str, sha256: str) -> Model:
    """Give a kept model. Refused: its text is not what was written, or cannot be read."""
    if not is_as_kept(body, sha256):
        raise Refused("model_berubah", "Model pencocokan yang berlaku tidak lagi seperti saat disimpan.")
    return Model.from_json(body)


def model_in_force() -> Model:
    """Give the office's model in force, or that of the program where none is. Refused as `model_of`. One query."""
    found = LinkageModel.objects.filter(active=True).values_list("body", "sha256").first()
    return REGISTER_MODEL if found is None else model_of(*found)


def linkage_models() -> tuple[ModelRow, ...]:
    """Give every model that was trained, the newest first. One query."""
    rows = LinkageModel.objects.order_by("-id").annotate(
        activated=Coalesce("activated_by__full_name", Value("")), before=Coalesce("former__name", Value(""))
    )
    names = (
        "id", "name", "sha256", "trained_on", "measured", "made_by_id", "made_by__full_name", "made_at", "active",
        "activated", "activated_on", "before",
    )  # fmt: skip
    return tuple(ModelRow(*one) for one in rows.values_list(*names))


def model_used(screening_id: int) -> tuple[str, str] | None:
    """Give name and hash of the model of a screening, None for one that kept none. One query."""
    return ScreeningModel.objects.filter(screening_id=screening_id).values_list("name", "sha256").first()


def labels() -> tuple[tuple[Labelled, ...], tuple[Model, ...], int]:
    """Give the answered pairs with the model that weighed each, and how many others cannot be weighed. Two queries.

    A pair cannot be weighed when an answer was taken back, or no screening kept its steps, or its model is not here or
    no longer as it was kept.
    """
    kept = LinkageModel.objects.values_list("body", "sha256")
    known = {one.name: one for one in (REGISTER_MODEL, *(model_of(*row) for row in kept if is_as_kept(*row)))}
    with connection.cursor() as cursor:
        cursor.execute(_LABELS)
        rows = cursor.fetchall()
    given = [one for one in rows if one[1] in {"sama", "beda"}]
    usable = [one for one in given if one[2] and one[3] in known]
    pairs = tuple(
        Labelled(content, steps_of(steps, known[name].words), answer == "sama")
        for content, answer, steps, name in usable
    )
    return pairs, tuple(known[one[3]] for one in usable), len(given) - len(usable)

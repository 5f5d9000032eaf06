"""The titles of a sheet's columns in their places, as the reader kept them beside a list; the key of returned rows."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings


def heads_of(columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the title of each column by its position, '' where a column has none."""
    placed = [(int(column.get("position", at)), str(column["header"])) for at, column in enumerate(columns)]
    titles = [""] * (max((at for at, _ in placed), default=-1) + 1)
    for at, title in placed:
        titles[at] = title
    return titles


def meanings_of(columns: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], ...]:
    """Give what each column means by its position, () where the reader did not know."""
    placed = {at: meanings for at, _, meanings in meanings_by_place(columns)}
    return tuple(placed.get(at, ()) for at in range(max(placed, default=-1) + 1))


def meanings_by_place(columns: Sequence[Mapping[str, Any]]) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    """Give position, title and meanings of each column."""
    return tuple(
        (int(column.get("position", at)), str(column["header"]), tuple(column["meanings"]))
        for at, column in enumerate(columns)
    )


def marking_key() -> bytes:
    """Give the key that marks rows of sheets going out: made from the secret of this house, for this use alone."""
    return hmac.new(settings.SECRET_KEY.encode(), b"lopo.lembar_hasil", hashlib.sha256).digest()

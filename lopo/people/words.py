"""What the name of a person is found by: how each of its words begins, and the kelurahan and kecamatan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, Q
from django.db.models.sql.compiler import SQLCompiler

_KECAMATAN: Final = 8  # signs of the code of a kecamatan (53.71.04), the largest area that is kept with the words
_PART: Final = 3
_LONGEST: Final = 6  # of a word its beginnings of one and of three to six letters are kept: `people_words`


class Words(models.Field):  # type: ignore[type-arg]
    """Beginnings of words as PostgreSQL's tsvector; written by the database alone."""

    def db_type(self, connection: object) -> str:
        """Give the type of the column."""
        return "tsvector"


@Words.register_lookup
class AskedWords(Lookup):
    """`words__asked=query`: the words answer the query that `words_asked` wrote."""

    lookup_name = "asked"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Write the condition; the query goes as a parameter."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", (*params, self.rhs)


def words_asked(text: str, areas: Iterable[str]) -> str:
    """Write the query for names with a word beginning as each word of `text` does.

    Where all `areas` are a kecamatan or smaller, the index looks into these alone. That a person lives in the areas,
    and how a word of two letters or more than six goes on, is still to be asked: see `words_begin`.
    """
    asked = [_quoted(word[: 1 if len(word) < _PART else _LONGEST]) for word in text.upper().split()]
    within = tuple(areas)
    if within and all(len(area) >= _KECAMATAN for area in within):
        asked.append("(" + " | ".join(_quoted(f"@{area}") for area in within) + ")")
    return " & ".join(asked)


def words_begin(column: str, text: str) -> Q:
    """Give the condition on what the words kept of a name leave open: beginnings of two letters or more than six."""
    condition = Q()
    for word in text.split():
        if 1 < len(word) < _PART or len(word) > _LONGEST:
            condition &= Q(**{f"{column}__iregex": f"(^|[^[:alnum:]]){re.escape(word)}"})
    return condition


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"

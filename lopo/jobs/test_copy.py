"""The verb `lopo test-copy`: a copy of the database for trying out, in which nobody can be recognised.

Each table declares its columns kept, masked or dropped: kept ones are copied, masked ones get an invented stand-in of
the same form (`stand_ins.py`), dropped ones are emptied. What is not declared stops the copy before anything is
written. The destination must be an empty database; its tables are made there, and filled in one transaction.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from psycopg import Connection, Error, sql
from psycopg.rows import scalar_row

from lopo.basics.privacy import Columns
from lopo.basics.refusal import Refused
from lopo.jobs.stand_ins import DAY, KINDS, Place, gather

_EMPTY: Final = frozenset({"targeting.LinkageModel"})
"""Tables that stay empty: a model of linkage without its text would stop every screening."""
_DAYS_BACK: Final = 28
_NO_JOIN: Final = sql.SQL("")
_ZEROS: Final = {
    "BooleanField": "false", "BinaryField": "''::bytea", "ArrayField": "'{}'", "TimeField": "'00:00'::time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the copy takes it: what is read, and the join that it needs."""

    name: str
    read: sql.Composable
    join: sql.Composable


@dataclass(frozen=True, slots=True)
class TablePlan:
    """One table with the columns that are written into the copy; `empty` copies none of its rows."""

    label: str
    table: str
    columns: tuple[Column, ...]
    empty: bool


def plan(secret: str) -> tuple[tuple[TablePlan, ...], tuple[Place, ...]]:
    """Say for each table of ours what is read, and where masked values stand. Refused: what is not declared."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("lopo.")]
    found, places = [], []
    for model in ours:
        treatment = _declared(model)
        columns = []
        for field in model._meta.concrete_fields:
            if isinstance(field, models.GeneratedField | models.CompositePrimaryKey):
                continue
            columns.append(_column(model, field, treatment[field.name], secret))
            if treatment[field.name] == "masked":
                places.append(Place(model._meta.db_table, field.column or "", KINDS[field.name]))
        label = model._meta.label
        found.append(TablePlan(label, model._meta.db_table, tuple(columns), label in _EMPTY))
    return tuple(found), tuple(places)


def _declared(model: type[models.Model]) -> dict[str, str]:
    """Give how each column is treated. Refused: one that is not declared, not in the code, or without a stand-in."""
    declared = getattr(model, "columns", None)
    treatment = dict(declared.treatment) if isinstance(declared, Columns) else {}
    fields = [one for one in model._meta.concrete_fields if not isinstance(one, models.CompositePrimaryKey)]
    with connection.cursor() as cursor:
        there = {one.name for one in connection.introspection.get_table_description(cursor, model._meta.db_table)}
    loose = ({one.name for one in fields} - treatment.keys()) | (there ^ {one.column or "" for one in fields})
    loose |= {name for name, how in treatment.items() if how == "masked" and name not in KINDS}
    if loose:
        names = ", ".join(sorted(loose))
        raise Refused("kolom_tidak_dinyatakan", f"Kolom {names} dari {model._meta.label} belum dinyatakan nasibnya.")
    return treatment


def _column(model: type[models.Model], field: models.Field, how: str, secret: str) -> Column:  # type: ignore[type-arg]
    """Give how one column is read."""
    name = field.column or ""
    own = sql.SQL("t.{}").format(sql.Identifier(name))
    if model._meta.label == "staff.Officer" and field.name == "password":
        return Column(name, sql.SQL("'!'"), _NO_JOIN)  # no password fits
    if how == "kept":
        return Column(name, own, _NO_JOIN)
    if how == "dropped":
        return Column(name, _emptied(model, field, own, secret), _NO_JOIN)
    kind, other = KINDS[field.name], sql.Identifier(f"s_{name}")
    if kind == DAY:
        join = sql.SQL("LEFT JOIN copy_day {o} ON {o}.day = {own}").format(o=other, own=own)
        return Column(name, sql.SQL("{}.stand").format(other), join)
    join = sql.SQL("LEFT JOIN copy_stand {o} ON {o}.kind = {k} AND {o}.value = {own}").format(
        o=other, k=sql.Literal(kind), own=own
    )
    read = sql.SQL("CASE WHEN {own} = '' THEN '' ELSE {o}.stand END").format(own=own, o=other)
    return Column(name, read, join)


def _emptied(model: type[models.Model], field: models.Field, own: sql.Composable, secret: str) -> sql.Composable:  # type: ignore[type-arg]
    """Give what stands in a dropped column: nothing stays nothing, whatever it was becomes a value without meaning.

    A day moves back by some days, the same for all days of a person, so that their order and number stay.
    """
    kind = field.get_internal_type()
    filled: sql.Composable
    if kind == "JSONField":
        filled = sql.SQL("CASE jsonb_typeof({}) WHEN 'array' THEN '[]' ELSE '{{}}' END::jsonb").format(own)
    elif kind == "DateField":
        whose = "person_id" if any(one.column == "person_id" for one in model._meta.concrete_fields) else "id"
        key = sql.SQL("t.{}").format(sql.Identifier(whose))
        filled = sql.SQL("{} - (1 + abs(hashtext({} || {}::text) % {}))").format(
            own, sql.Literal(secret), key, sql.Literal(_DAYS_BACK)
        )
    elif field.choices:
        filled = sql.Literal(_usual(field))
    elif isinstance(field, models.CharField | models.TextField):
        mark = sql.SQL("'-' || t.id") if _counts_once(model, field) else sql.SQL("'-'")
        return sql.SQL("CASE WHEN {} <> '' THEN left({}, {}) ELSE {} END").format(
            own, mark, sql.Literal(field.max_length or 20), own
        )
    elif kind in _ZEROS:
        filled = sql.SQL(_ZEROS[kind])
    else:
        raise Refused("kolom_tidak_dinyatakan", f"Kolom {field.name} dari {model._meta.label} tidak dapat dikosongkan.")
    return sql.SQL("CASE WHEN {} IS NOT NULL THEN {} END").format(own, filled)


def _usual(field: models.Field) -> str:  # type: ignore[type-arg]
    """Give the usual choice of a column."""
    usual = field.default if field.has_default() else field.db_default
    return str(usual) if isinstance(usual, str) else ""


def _counts_once(model: type[models.Model], field: models.Field) -> bool:  # type: ignore[type-arg]
    """Say whether two rows may not have the same value."""
    sole = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    return field.unique or any(field.name in one.fields for one in sole)


@contextmanager
def destination(url: str) -> Iterator[Connection]:
    """Open the destination. Refused: it cannot be opened, is our own database, or holds anything."""
    try:
        there = Connection.connect(url)
    except (Error, UnicodeError) as problem:
        raise Refused("tujuan_tidak_terbuka", f"Database tujuan tidak dapat dibuka: {problem}") from problem
    with there:
        _check_empty(there)
        there.commit()
        yield there


def _make_tables(url: str) -> None:
    """Make our tables in the destination, as a new database gets them."""
    environment = {**os.environ, "LOPO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lopo.settings"}
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--no-input"]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if made.returncode:
        raise Refused("tabel_tidak_jadi", f"Tabel di tujuan tidak dapat dibuat: {made.stderr.strip()[-300:]}")


_HELD: Final = """
SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND classid = 0
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_THINGS: Final = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
"""


def _check_empty(there: Connection) -> None:
    """Refuse a destination that is our own database (a lock of ours is seen there), or that holds anything."""
    mark = secrets.randbelow(2**31 - 1)
    with connection.cursor() as cursor, there.cursor(row_factory=scalar_row) as other:
        cursor.execute("SELECT pg_advisory_lock(%s)", [mark])
        other.execute(_HELD, [mark])
        same = other.fetchone() is not None
        cursor.execute("SELECT pg_advisory_unlock(%s)", [mark])
        other.execute(_THINGS)
        filled = other.fetchone()
    if same:
        raise Refused("tujuan_sumber", "Tujuannya database ini sendiri; sebutkan database lain yang kosong.")
    if filled:
        raise Refused("tujuan_tidak_kosong", "Database tujuan tidak kosong; buat database baru dan sebutkan namanya.")


def copy_for_testing(url: str) -> dict[str, int]:
    """Write the copy into an empty database; give the rows of each table. Refused as `plan` and `destination`."""
    secret = secrets.token_hex(32)
    tables, places = plan(secret)
    with destination(url) as there:
        _make_tables(url)
        outermost = not connection.in_atomic_block
        with transaction.atomic(), there.transaction(), connection.cursor() as cursor:
            if outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            gather(cursor, places, secret)
            rows = _fill(there, tables)
            transaction.set_rollback(True)  # what was made for the copy goes, with the secret
    return rows


def _fill(there: Connection, tables: Sequence[TablePlan]) -> dict[str, int]:
    """Copy table after table with the rules of the destination at rest, then let it check what belongs together."""
    names = [sql.Identifier(one.table) for one in tables]
    with there.cursor() as cursor:
        for name in names:
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(names)))
        rows = {one.label: _copy(there, one) for one in tables if not one.empty}
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
        every = [model for model in apps.get_models() if model.__module__.startswith("lopo.")]
        for statement in connection.ops.sequence_reset_sql(no_style(), every):
            cursor.execute(statement)
    return rows


def _copy(there: Connection, one: TablePlan) -> int:
    """Stream one table from here to there; give its rows."""
    names = sql.SQL(", ").join(sql.Identifier(column.name) for column in one.columns)
    reads = sql.SQL(", ").join(column.read for column in one.columns)
    joins = sql.SQL(" ").join(column.join for column in one.columns)
    table = sql.Identifier(one.table)
    source = sql.SQL("COPY (SELECT {} FROM {} t {}) TO STDOUT").format(reads, table, joins)
    target = sql.SQL("COPY {} ({}) FROM STDIN").format(table, names)
    with connection.cursor() as reading, there.cursor() as writing:
        with reading.copy(source) as out, writing.copy(target) as into:
            for piece in out:
                into.write(piece)
        return int(writing.rowcount)


def parser() -> argparse.ArgumentParser:
    """The words after `lopo test-copy`."""
    made = argparse.ArgumentParser(prog="lopo test-copy", description="Salinan untuk mencoba, tanpa orang sungguhan.")
    made.add_argument("destination", metavar="URL", help="an empty database, postgresql://user:password@host/name")
    return made


def main(argv: Sequence[str]) -> int:
    """Run the verb; 0 when the copy is whole, 2 when it is refused or fails."""
    chosen = parser().parse_args(argv)
    try:
        rows = copy_for_testing(chosen.destination)
    except (Refused, DatabaseError, Error) as problem:
        sys.stderr.write(f"lopo test-copy: {problem}\n")
        return 2
    sys.stdout.write(f"{len(rows)} tables, {sum(rows.values())} rows. Nobody can sign in yet:\n")
    sys.stdout.write("LOPO_DATABASE_URL=URL python -m django changepassword dinas --settings lopo.settings\n")
    return 0

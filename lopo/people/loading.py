"""Streams whole registers and lists into and out of tables by COPY, the set-based way to move rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import connection
from psycopg import Cursor, sql

_NO_NUL = str.maketrans({"\x00": "\ufffd"})


def storable(text: str, longest: int = 0) -> str:
    """Give text that PostgreSQL can hold: no NUL, no half of a character pair, at most `longest` characters (0 = all).

    Cutting is for columns beside a raw copy of the cell, never for the raw copy itself.
    """
    if text.isprintable():  # nearly every cell: no control sign and no half of a pair
        return text[:longest] if longest else text
    clean = text.translate(_NO_NUL)
    if not clean.isascii():
        clean = clean.encode("utf-8", "replace").decode("utf-8")
    return clean[:longest] if longest else clean


def copy_in(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Add rows to a table in the caller's transaction and give how many there were.

    `rows` are tuples in the order of `columns`; values are what the driver writes (str, int, date, list, None).
    """
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    count = 0
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def send_bytes(statement: str, values: Sequence[object]) -> None:
    """Run a statement in the caller's transaction with its values beside it (`%b`: as they are).

    The driver's usual way writes every value into the text of the statement, which costs a large file three copies.
    """
    connection.ensure_connection()
    with Cursor(connection.connection) as cursor:
        cursor.execute(sql.SQL(statement), values)


def copy_out(query: str, parameters: Sequence[object] | Mapping[str, object], write: Callable[[bytes], object]) -> None:
    """Write the answer of a query as CSV with a header (UTF-8, empty = NULL, "" = empty text) piece by piece."""
    with connection.cursor() as cursor, cursor.copy(sql.SQL(_as_copy(query)), parameters) as copy:
        for piece in copy:
            write(bytes(piece))


def refresh_statistics(*tables: str) -> None:
    """Let the planner know of many new rows at once instead of when the server finds time for it."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))


def _as_copy(query: str) -> str:
    return f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)"

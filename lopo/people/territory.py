"""Where a register speaks: of all that it holds, or of one part of the land, inside which the newest speaks alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from psycopg import sql

from lopo.basics.refusal import Refused
from lopo.people.registers import EVERY, Provenance

EVERYWHERE: Final = ""
"""The territory of a register that speaks of all that it holds."""

_IN: Final = "snapshot_id = %s AND (area_code = %s OR starts_with(area_code, %s || '.'))"
_OUT: Final = "snapshot_id = %s AND NOT (area_code = %s OR starts_with(area_code, %s || '.'))"


@dataclass(frozen=True, slots=True)
class InForce:
    """One register in force: its id, the territory in which it speaks, the day of which it speaks, its rows."""

    id: int
    territory: str
    as_of: date
    rows: int


@dataclass(frozen=True, slots=True)
class Swap:
    """What a new register does to those in force: which it replaces, which lose a part, which stay within it."""

    replaced: tuple[InForce, ...]
    cut: tuple[InForce, ...]
    kept: tuple[InForce, ...]


def covers(wide: str, narrow: str) -> bool:
    """Say whether the territory `wide` holds all of `narrow`."""
    return wide in (EVERYWHERE, narrow) or narrow.startswith(wide + ".")


def check_territory(given: Provenance) -> None:
    """Refuse a territory for a register whose rows do not say where they live."""
    if given.territory and "area_code" not in EVERY[given.kind].targets:
        title = EVERY[given.kind].title
        raise Refused("wilayah_tidak_dikenal", f"Register {title} tidak dapat dimuat untuk satu wilayah saja.")


def planned(given: Provenance, in_force: Iterable[InForce]) -> Swap:
    """Say what a new register does to those of its kind and part.

    It replaces those of its territory and within it, takes its territory out of wider ones, and leaves in force what
    speaks within it of a later day. Refused: one that speaks of its whole territory is of a later day.
    """
    replaced: list[InForce] = []
    cut: list[InForce] = []
    kept: list[InForce] = []
    for old in in_force:
        inside, outside = covers(given.territory, old.territory), covers(old.territory, given.territory)
        later = old.as_of > given.as_of
        if outside and later:
            raise Refused(
                "register_lebih_lama",
                f"Register {given.origin} per {given.as_of} lebih lama daripada yang berlaku (per {old.as_of}).",
            )
        if inside:
            (kept if later else replaced).append(old)
        elif outside:
            cut.append(old)
    return Swap(tuple(replaced), tuple(cut), tuple(kept))


def remove_rows(kind: str, snapshot_id: int, territory: str = EVERYWHERE) -> int:
    """Remove the rows of a register, or those of a territory, in the caller's transaction; give how many went."""
    table = sql.Identifier(EVERY[kind].table)
    values: list[int | str] = [snapshot_id, territory, territory] if territory else [snapshot_id]
    where = _IN if territory else "snapshot_id = %s"
    return _run(sql.SQL("DELETE FROM {} WHERE {}").format(table, sql.SQL(where)), values)


def check_inside(given: Provenance, snapshot_id: int) -> None:
    """Refuse a register that holds people who live outside its territory."""
    if not given.territory:
        return
    query = sql.SQL("SELECT count(*) FROM {} WHERE {}").format(sql.Identifier(EVERY[given.kind].table), sql.SQL(_OUT))
    with connection.cursor() as cursor:
        cursor.execute(query, [snapshot_id, given.territory, given.territory])
        (outside,) = cursor.fetchone() or (0,)
    if outside:
        raise Refused(
            "register_di_luar_wilayah",
            f"Register {given.origin} berisi {outside} orang di luar wilayah {given.territory}; tidak ada yang diubah.",
        )


def _run(query: sql.Composed, values: Sequence[int | str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return int(cursor.rowcount)

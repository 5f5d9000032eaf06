"""By what else the accepted are ranked after the decile: stated criteria chosen in order, each from a column we hold.

Whether somebody is disabled, and how dangerous the work is, stands in no register of ours: neither is offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lopo.basics.refusal import Refused


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: what a decree says of it, and what it orders by (smaller first), of the person `p`."""

    code: str
    words: str
    orders_by: str


_IN_FORCE: Final = "people_resident x JOIN people_snapshot y ON y.id = x.snapshot_id AND y.current"
CRITERIA: Final[dict[str, Criterion]] = {
    one.code: one
    for one in (
        Criterion(
            "perempuan_kepala_keluarga",
            "perempuan kepala keluarga",
            f"NOT (p.sex = 'P' AND EXISTS (SELECT FROM {_IN_FORCE} WHERE x.nik = p.nik"
            " AND upper(btrim(x.relation)) = 'KEPALA KELUARGA'))",
        ),
        Criterion(
            "anak",
            "lebih banyak anak di bawah 18 tahun dalam kartu keluarga",
            f"-(SELECT count(DISTINCT x.nik) FROM {_IN_FORCE} WHERE x.no_kk = p.no_kk AND x.no_kk <> ''"  # noqa: S608 - our own words
            " AND x.born > g.registration_day - interval '18 years')",
        ),
        Criterion("umur", "lebih tua", "p.born"),
        Criterion("perempuan", "perempuan", "p.sex <> 'P'"),
    )
}
"""Every criterion by its code, in the order in which a form offers them. `g` is the programme."""


def checked(ranking: Sequence[str]) -> tuple[str, ...]:
    """Give the criteria as chosen. Refused: one that is not known, or twice."""
    unknown = [code for code in ranking if code not in CRITERIA]
    if unknown:
        raise Refused("urutan_tidak_dikenal", f"Urutan {unknown[0]} tidak dikenal.")
    if len(set(ranking)) != len(ranking):
        raise Refused("urutan_ganda", "Setiap urutan hanya dipakai satu kali.")
    return tuple(ranking)


def order_sql(ranking: Sequence[str]) -> str:
    """Give the criteria as the middle of an ORDER BY, each followed by a comma; '' for none. KeyError: not checked."""
    return "".join(f"{CRITERIA[code].orders_by}, " for code in ranking)


def words_of(ranking: Sequence[str]) -> str:
    """Say the criteria as a decree does: `perempuan kepala keluarga, lalu lebih tua`; '' for none."""
    return ", lalu ".join(CRITERIA[code].words for code in ranking if code in CRITERIA)

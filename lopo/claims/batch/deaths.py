"""Watching for deaths: the death register against the members, so that a case opens before the family asks.

Each certificate is matched to the one inhabitant it can mean (people.batch.match, the population and the members
together, so that a namesake who is no member takes the certificate and not our member), and then to a membership.
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from lopo.people.batch.clean import clean
from lopo.people.batch.match import Keep, keep_lazy, match

DEATH_COLUMNS = {
    "snapshot_id": "int64", "certificate": "string", "nik": "string", "name": "string", "born": "date",
    "died_on": "date", "place": "string",
}  # fmt: skip
"""Columns of `deaths`; (snapshot_id, certificate) names one certificate."""

PERSON_COLUMNS = {
    "nik": "string", "name": "string", "sex": "string", "born": "date", "no_kk": "string", "area_code": "string",
}  # fmt: skip
"""Columns of `residents`."""

MEMBER_COLUMNS = {
    **PERSON_COLUMNS, "membership_id": "int64", "number_issued_on": "date", "ended_on": "date",
}  # fmt: skip
"""Columns of `members`: a person once for each membership, numbered or not."""

HIT_COLUMNS = (
    "membership_id", "snapshot_id", "certificate", "nik", "name", "born", "died_on", "certain", "differs", "standing",
)  # fmt: skip
"""One row for each certificate that names a member.

`certain`: exact NIK, agreeing with the name and with the birth date where the certificate has one. `differs` lists what
does not agree (nik, nama, lahir). `standing` says how the member stood on the day of death: `terlindungi`,
`belum_bernomor`, `sebelum_terlindungi` or `setelah_berakhir`.
"""

_SAME_NAME = ("sama", "ejaan", "singkat")
_SAME_BIRTH = ("sama", "sama_umum")


def death_hits(deaths: ir.Table, residents: ir.Table, members: ir.Table, on: date, keep: Keep = keep_lazy) -> ir.Table:
    """Find the members among the dead: one row of HIT_COLUMNS a certificate, deaths after `on` left out."""
    deaths = deaths.filter(deaths.died_on <= on).mutate(
        row_id=deaths.snapshot_id.cast("string").concat("#", deaths.certificate)
    )
    persons = _everybody(residents, members)
    found = match(keep(_cleaned(deaths, on, row_id=deaths.row_id)), keep(_cleaned_persons(persons, on)), keep)
    found = found.mutate(certain=_certain(found)).filter(lambda t: t.certain | _doubtful(t))
    found = found.select("row_id", "nik_best", "certain", differs=_differs(found))
    hits = found.inner_join(deaths, "row_id").inner_join(
        members.select("membership_id", "number_issued_on", "ended_on", nik_best=members.nik), "nik_best"
    )
    return _one_membership(hits.mutate(standing=_standing(hits))).select(*HIT_COLUMNS)


def _everybody(residents: ir.Table, members: ir.Table) -> ir.Table:
    """The inhabitants and the members who are not among them (any more), each NIK once."""
    columns = list(PERSON_COLUMNS)
    strangers = members.select(*columns).anti_join(residents, "nik").distinct(on="nik")
    return ibis.union(residents.select(*columns).filter(residents.nik != "").distinct(on="nik"), strangers)


def _cleaned(table: ir.Table, on: date, **more: ir.Value) -> ir.Table:
    """The columns that matching needs; a register has its NIK as text."""
    known = {name: table[name] if name in table.columns else ibis.literal("") for name in ("no_kk", "sex", "area_code")}
    return clean(
        table.select(
            nik=table.nik,
            nik_from_number=ibis.literal(False),
            nama=table.name,
            no_kk=known["no_kk"],
            jenis_kelamin=known["sex"],
            tgl_lahir=table.born.cast("string"),
            kode_kelurahan=known["area_code"],
            **more,
        ),
        on,
    )


def _cleaned_persons(persons: ir.Table, on: date) -> ir.Table:
    return _cleaned(persons, on)


def _certain(found: ir.Table) -> ir.BooleanValue:
    born_agrees = found.born_level.isin(_SAME_BIRTH)
    with_birth = born_agrees & found.name_level.isin([*_SAME_NAME, "singkat_mirip", "mirip"])
    without_birth = (found.born_level == "kosong") & found.name_level.isin(_SAME_NAME)
    return (found.nik_level == "sama") & (with_birth | without_birth)


def _doubtful(found: ir.Table) -> ir.BooleanValue:
    """The NIK agrees but not the rest; or the NIK is absent or slipped, and name and birth date agree."""
    slipped = found.nik_level.isin(["potong", "satu", "dua"])
    by_name = found.name_level.isin(_SAME_NAME) & (found.born_level.isin(_SAME_BIRTH) | slipped)
    return (found.nik_level == "sama") | by_name


def _differs(found: ir.Table) -> ir.StringValue:
    words = (
        ibis.ifelse(found.nik_level == "sama", "", "nik "),
        ibis.ifelse(found.name_level == "sama", "", "nama "),
        ibis.ifelse(found.born_level.isin(_SAME_BIRTH), "", "lahir "),
    )
    return words[0].concat(words[1], words[2]).strip()


def _standing(hits: ir.Table) -> ir.StringValue:
    return ibis.cases(
        (hits.number_issued_on.isnull(), "belum_bernomor"),
        (hits.died_on < hits.number_issued_on, "sebelum_terlindungi"),
        (hits.ended_on.notnull() & (hits.died_on > hits.ended_on), "setelah_berakhir"),
        else_="terlindungi",
    )


def _one_membership(hits: ir.Table) -> ir.Table:
    """Of several memberships of one person the one that was in force, else the latest."""
    order = [ibis.desc(hits.standing == "terlindungi"), ibis.desc("membership_id")]
    ranked = hits.mutate(place=ibis.row_number().over(ibis.window(group_by="row_id", order_by=order)))
    return ranked.filter(ranked.place == 0)

"""Reads the turn of the year: of a programme's members, who stays, who is taken over and by whom, and who falls out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from lopo.basics.calendar import Month
from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused
from lopo.coverage.models import Membership
from lopo.financing.models import Budget
from lopo.people.paging import in_areas, page_of, words_in
from lopo.targeting.models import DecreeName, Programme

Cell = Any
"""A value as the driver gives it."""
OUTCOMES: Final = ("tetap", "diambil_alih", "keluar")
"""Whose next month the same payer pays, another payer pays, nobody pays."""


@dataclass(frozen=True, slots=True)
class RenewalRow:
    """Members of one kecamatan with one outcome; `programme_id` is the one that goes on, None where there is none.

    `ready` are members of it already; the others are only named in its decree and must still be sent or taken over.
    """

    kecamatan_code: str
    outcome: str
    programme_id: int | None
    programme_name: str
    payers: tuple[str, ...]
    members: int
    ready: int


@dataclass(frozen=True, slots=True)
class FallingFilter:
    """Which of those who fall out: within `areas` (empty sees nothing), of a programme, from a month on, by name.

    `numbers` (NIK or KPJ) leaves only the people whom somebody has listed.
    """

    areas: tuple[str, ...]
    programme_id: int
    month: Month
    search: str = ""
    area: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FallingRow:
    """One member whose month nobody pays: who, where, the number, and the paid months with the day of the number."""

    membership_id: int
    person_id: int
    nik: str
    name: str
    area_code: str
    kpj: str
    months: str
    number_issued_on: date | None


# Who is a member somewhere in the month, or is named in a set decree and was not refused or ended there. A closed
# programme pays no month any more.
NEXT: Final = """
    SELECT m.person_id, m.programme_id, true AS ready
      FROM coverage_membership m JOIN targeting_programme p ON p.id = m.programme_id
     WHERE m.state NOT IN ('ditolak', 'berakhir') AND m.submitted_on <= %(on)s AND p.state <> 'ditutup'
       AND %(month)s BETWEEN p.first_month AND p.last_month
     UNION ALL
    SELECT n.person_id, d.programme_id, false
      FROM targeting_decreename n JOIN targeting_decree d ON d.id = n.decree_id
      JOIN targeting_programme p ON p.id = d.programme_id
     WHERE d.state = 'ditetapkan' AND d.approved_on <= %(on)s AND n.status IN ('ditetapkan', 'pengganti')
       AND p.state <> 'ditutup' AND %(month)s BETWEEN p.first_month AND p.last_month
       AND NOT EXISTS (SELECT 1 FROM coverage_membership b
                        WHERE b.programme_id = d.programme_id AND b.person_id = n.person_id)
"""
# The members of the programme within the areas, who have not ended.
HERE: Final = """
    SELECT m.person_id, left(m.area_code, 8) AS kecamatan, m.history_id, m.number_issued_on FROM coverage_membership m
     WHERE m.programme_id = %(programme)s AND m.state IN ('diterima', 'terdaftar')
       AND EXISTS (SELECT 1 FROM unnest(%(areas)s::text[]) a WHERE m.area_code = a OR m.area_code LIKE a || '.%%')
"""
_COUNT: Final = f"""
WITH here AS ({HERE}), best AS (
    SELECT DISTINCT ON (n.person_id) n.person_id, n.programme_id, n.ready FROM ({NEXT}) AS n
      JOIN here h ON h.person_id = n.person_id
     ORDER BY n.person_id, n.programme_id = %(programme)s DESC, n.ready DESC, n.programme_id
)
SELECT h.kecamatan, b.programme_id, count(*), count(*) FILTER (WHERE b.ready)
  FROM here h LEFT JOIN best b ON b.person_id = h.person_id GROUP BY 1, 2 ORDER BY 1, 2 NULLS LAST
"""  # noqa: S608 - our own statements, put together


def month_after(programme_id: int) -> Month:
    """Give the first month that a programme does not pay any more. One query. Refused: no such programme."""
    last = Programme.objects.filter(pk=programme_id).values_list("last_month", flat=True).first()
    if last is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    return Month.of(last).next()


def renewal(programme_id: int, *, on: date, month: Month, areas: tuple[str, ...]) -> tuple[RenewalRow, ...]:
    """Give by kecamatan who of a programme's members is paid for in the month, as it is known on the day. Five queries.

    Members are those whom BPJS has taken and who have not ended. A person who could go on in several programmes is
    counted once: in the same programme, else where he is a member already, else in the programme that was made first.
    The payers are those with a budget line of the programme in the year of the month (the programme's own: of its last
    year); one payer in common means that the member stays.
    """
    given: dict[str, Any] = {"programme": programme_id, "month": month.first_day, "on": on, "areas": list(areas)}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, given)
        found = cursor.fetchall()
    ids = {row[1] for row in found if row[1] is not None}
    names = dict(Programme.objects.filter(pk__in=ids).values_list("id", "name"))
    payers = _payers(ids, month.year)
    mine = _payers({programme_id}, min(month.year, month_after(programme_id).plus(-1).year)).get(programme_id, {})
    return tuple(_row(row, programme_id, names, payers, set(mine)) for row in found)


def fallen(programme_id: int, *, on: date) -> int:
    """Give how many members nobody pays for once the programme has ended, wherever they live. Two queries.

    The officer's areas are not asked here: for alarms, which go to those who may act.
    """
    rows = Membership.objects.filter(
        ~Exists(_member_elsewhere(month := month_after(programme_id), on)), ~Exists(_named(month, on)),
        programme_id=programme_id, state__in=_MEMBERS,
    )  # fmt: skip
    return rows.count()


def _payers(programme_ids: set[int], year: int) -> dict[int, dict[str, str]]:
    """Give the payers (code and name) of programmes in a year. One query."""
    found: dict[int, dict[str, str]] = {}
    rows = Budget.objects.filter(programme_id__in=programme_ids, year=year).order_by("payer__name")
    for programme, code, name in rows.values_list("programme_id", "payer_id", "payer__name"):
        found.setdefault(programme, {})[code] = name
    return found


def _row(
    row: tuple[Cell, ...], programme_id: int, names: dict[int, str], payers: dict[int, dict[str, str]], mine: set[str]
) -> RenewalRow:
    kecamatan, following, members, ready = row
    if following is None:
        return RenewalRow(kecamatan, "keluar", None, "", (), members, 0)
    paying = payers.get(following, {})
    stays = following == programme_id or bool(mine & set(paying))
    outcome = "tetap" if stays else "diambil_alih"
    return RenewalRow(kecamatan, outcome, following, names[following], tuple(paying.values()), members, ready)


_MEMBERS: Final = (Membership.State.DITERIMA, Membership.State.TERDAFTAR)
_PERSON: Final = (
    "id", "person_id", "person__nik", "person__name", "person__area_code", "kpj", "history__months", "number_issued_on",
)  # fmt: skip
_SORTS: Final = {
    "name": "person__name id", "nik": "person__nik id", "area_code": "person__area_code person__name id",
}  # fmt: skip


def falling_page(filter: FallingFilter, asked: Asked, *, on: date) -> Page[FallingRow]:  # noqa: A002 - the house's word
    """Give one page of the members whose month no programme pays, as it is known on the day. Two queries.

    Refused: an unknown sort column.
    """
    return page_of(_falling_now(filter, on).values_list(*_PERSON), asked, _SORTS, _falling)


def falling_persons(filter: FallingFilter, *, on: date, most: int) -> tuple[int, ...]:  # noqa: A002
    """Give the persons whom a takeover may choose, the poorest first, then in the order of the decree. One query.

    They fall out, and no draft of a decree names them already; at most so many.
    """
    drafted = _names_in(filter.month).filter(decree__state="konsep")
    rows = _falling_now(filter, on).filter(~Exists(drafted))
    rows = rows.order_by("decree_name__decile", "decree_name__rank", "person_id")
    return tuple(rows.values_list("person_id", flat=True)[:most])


def _falling_now(filter: FallingFilter, on: date) -> QuerySet[Membership]:  # noqa: A002
    rows = Membership.objects.filter(
        in_areas("person__area_code", filter.areas), words_in("person__name", filter.search),
        ~Exists(_member_elsewhere(filter.month, on)), ~Exists(_named(filter.month, on)),
        programme_id=filter.programme_id, state__in=_MEMBERS,
    )  # fmt: skip
    if filter.numbers:
        rows = rows.filter(Q(person__nik__in=filter.numbers) | Q(kpj__in=filter.numbers))
    return rows.filter(in_areas("person__area_code", (filter.area,))) if filter.area else rows


def _member_elsewhere(month: Month, on: date) -> QuerySet[Membership]:
    """The first half of NEXT for one person."""
    return Membership.objects.filter(
        person_id=OuterRef("person_id"), submitted_on__lte=on, programme__first_month__lte=month.first_day,
        programme__last_month__gte=month.first_day,
    ).exclude(state__in=[Membership.State.DITOLAK, Membership.State.BERAKHIR])  # fmt: skip


def _named(month: Month, on: date) -> QuerySet[DecreeName]:
    """The second half of NEXT for one person."""
    there = Membership.objects.filter(
        person_id=OuterRef("person_id"), programme_id=OuterRef("decree__programme_id")
    )  # fmt: skip
    return _names_in(month).filter(~Exists(there), decree__state="ditetapkan", decree__approved_on__lte=on)


def _names_in(month: Month) -> QuerySet[DecreeName]:
    """Where decrees of programmes that run in the month name one person."""
    return DecreeName.objects.filter(
        person_id=OuterRef("person_id"), status__in=["ditetapkan", "pengganti"],
        decree__programme__first_month__lte=month.first_day, decree__programme__last_month__gte=month.first_day,
    )  # fmt: skip


def _falling(*row: Cell) -> FallingRow:
    number, person, nik, name, area, kpj, months, issued = row
    return FallingRow(number, person, nik, name, area, kpj or "", months or "", issued)

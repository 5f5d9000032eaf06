"""The desk of persons: search, and one page that tells everything of one person in the order of time."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lopo.basics.calendar import Month, years_between
from lopo.claims import queries as claims
from lopo.coverage import queries as coverage
from lopo.coverage.queries import MembershipRow
from lopo.financing import queries as financing
from lopo.people import queries
from lopo.people.queries import PersonFilter, PersonRow
from lopo.staff import queries as staff
from lopo.targeting import queries as targeting
from lopo.targeting.queries.amendments import changes_of_person, name_holding
from lopo.web import areas, looks, privacy, same_person, strip
from lopo.web.amendments import REASONS
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_line, crumbs
from lopo.web.rows import reason_sentence
from lopo.web.table import Ask, Column, Empty, Table
from lopo.web.whole_nik import reveal

COLUMNS: tuple[Column[PersonRow], ...] = (
    Column(_("Nama"), lambda row: row.name, sort="name", link=lambda row: reverse("seseorang", args=[row.id])),
    Column(_("NIK"), lambda row: row.nik, "nik"),
    Column(_("Lahir"), lambda row: row.born, "date", sort="born", personal="born"),
    Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
    Column(_("Pekerjaan"), lambda row: row.occupation),
)


@desk("people.read")
def people(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Search persons by name or by the beginning of a NIK."""
    mine = who.areas("people.read")
    filters = (areas.kecamatan_filter(mine),)

    def build(asked: Ask) -> Table[PersonRow]:
        wanted = PersonFilter(mine, asked.search, asked.get(areas.KECAMATAN))
        empty = Empty(
            _("Tidak ada orang yang cocok"),
            _("Periksa ejaan, atau cari dengan NIK utuh. Hanya orang di wilayah tugas Anda yang tampak."),
        )
        page = queries.persons_page(wanted, asked.asked)
        return Table(
            "orang",
            _("Orang"),
            COLUMNS,
            page,
            empty,
            asked,
            filters,
            _("nama, atau NIK utuh …"),
            export=True,
            person=lambda row: row.id,
        )

    return show(request, who, build, "people.html", {}, filters=filters)


@desk("people.read")
def person(request: HttpRequest, who: Visitor, person_id: int) -> HttpResponse:
    """Tell everything of one person; the look is noted, the whole NIK only for a reason, which the diary keeps."""
    found = queries.person(person_id)
    if found is None or not who.may_in("people.read", found.area_code):
        raise Http404
    whole = reveal(request, who, "people.person", found.id, found.area_code)
    return render(request, "person.html", _story(who, found) | {"shown": privacy.person(who, found, whole=whole)})


def _story(who: Visitor, found: PersonRow) -> dict[str, Any]:
    """Give all that is known of the person; what was merged into this number is told with it."""
    same = same_person.about(who, found)
    ids = same["numbers"] if same["main"] is None else (found.id,)
    members = tuple(chain.from_iterable(coverage.memberships_of(one, on=who.on) for one in ids))
    may_cases = who.may_in("case.read", found.area_code)
    cases = tuple(chain.from_iterable(claims.cases_of(one) for one in ids)) if may_cases else ()
    verdicts = chain.from_iterable(targeting.verdicts_of_person(one) for one in ids)
    strips = chain.from_iterable(financing.strip(one, on=who.on) for one in ids)
    months = sorted(strips, key=lambda month: month.paid_on is not None)  # of two numbers the paid month tells
    return same | {
        "person": found,
        "age": years_between(found.born, who.on),
        "crumbs": crumbs(found.area_code),
        "memberships": members,
        "years": strip.years_of(months, [one.event_on for one in cases]),
        "keys": strip.KEYS,
        "cases": cases,
        "verdicts": [(one, [(text, reason_sentence(text)) for text in one.texts]) for one in verdicts],
        "decrees": list(chain.from_iterable(targeting.names_of_person(one) for one in ids)),
        "changes": [
            (change, REASONS[change.reason], Month.of(change.from_month).text() if change.from_month else "")
            for change in chain.from_iterable(changes_of_person(one) for one in ids)
        ],
        "may_leave": who.may_in("decree.draft", found.area_code) and name_holding(found.id) is not None,
        "receipts": list(chain.from_iterable(coverage.receipts_of_person(one) for one in ids)),
        "diary": _diary(ids, members),
        **looks.of_person(who, found, ids),
        "may_see_nik": who.may_in("people.see_nik", found.area_code),
        "may_hand": who.may_in("coverage.handover", found.area_code),
        "may_report": who.may_in("case.report", found.area_code) and bool(members),
    }


def _diary(ids: tuple[int, ...], members: tuple[MembershipRow, ...]) -> list[tuple[staff.DiaryRow, str]]:
    rows = list(chain.from_iterable(staff.diary_of("people.person", str(one)) for one in ids))
    for one in members:
        rows += staff.diary_of("coverage.membership", str(one.id))
    return [(row, deed_text(row.action)) for row in sorted(rows, key=lambda row: row.at, reverse=True)]

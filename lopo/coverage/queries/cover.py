"""Reads where cover stands on a day: for one member, and for all at once by the patterns they share.

The law is asked once for each pattern (the months with the days they were paid, and the day of the number), never once
for each member, so that one and many are the same function: `lopo.law.cover.cover_on`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.db import connection
from django.db.models import QuerySet, Sum

from lopo.basics.calendar import Month
from lopo.coverage.models import Membership, MemberTally, PaidHistory
from lopo.coverage.queries.together import whole_line
from lopo.law import LAW
from lopo.law.cases import CoverFacts
from lopo.law.cover import Cover, PaidMonth, cover_facts, cover_on
from lopo.people.paging import in_areas

ENDED: Final = "berakhir"
STATES: Final = (
    "penuh", "masa_tunggu", "menunggak_1", "menunggak_2", "menunggak_3", "gugur", "belum", ENDED,
)  # fmt: skip
"""The states of cover in the order in which pages show them: those of the law, and the ended ones."""
ARREARS: Final = ("menunggak_1", "menunggak_2", "menunggak_3", "gugur")
"""The states in which months are unpaid."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Members who share paid months (`2025-07=2025-07-14 ...`), the day of their number and their end."""

    history_id: int | None
    months: str
    number_issued_on: date | None
    ended_on: date | None
    members: int
    state: str
    cover: Cover


@dataclass(frozen=True, slots=True)
class MemberCover:
    """Where one member's cover stands: its state, when it began, from which day JKM is full, and the unpaid months."""

    state: str
    begins_on: date | None
    full_from: date | None
    unpaid: tuple[Month, ...]
    lapsed_on: date | None
    cover: Cover


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """Members by state with BPJS, and the numbered ones who have not received their card or their passbook."""

    states: dict[str, int]
    without_card: int
    without_passbook: int


@lru_cache(maxsize=20_000)
def payments_of(months: str) -> tuple[PaidMonth, ...]:
    """Give the payments that a pattern spells."""
    pairs = (token.split("=") for token in months.split())
    return tuple(PaidMonth(Month.parse(month), date.fromisoformat(paid_on)) for month, paid_on in pairs)


@lru_cache(maxsize=20_000)
def _cover(months: str, number_issued_on: date | None, on: date) -> Cover:
    return cover_on(on, payments_of(months), number_issued_on)


def state_of(cover: Cover, ended_on: date | None, on: date) -> str:
    """Give the state of cover, or `berakhir` when the membership ended before the day. No query."""
    return ENDED if ended_on is not None and ended_on < on else cover.state


def member_cover(months: str, number_issued_on: date | None, ended_on: date | None, on: date) -> MemberCover:
    """Give where cover stands for somebody with this pattern on the day. No query."""
    cover = _cover(months, number_issued_on, on)
    waiting = LAW.parameters["masa_tunggu_jkm_bulan"].on(on)
    full_from = None
    if cover.first_month is not None and waiting is not None and isinstance(waiting.value, int):
        full_from = cover.first_month.plus(waiting.value).first_day
    state = state_of(cover, ended_on, on)
    return MemberCover(state, number_issued_on, full_from, cover.unpaid, cover.lapsed_on, cover)


def cover_of(membership_id: int, *, on: date) -> MemberCover | None:
    """Give where the cover of the person of a membership stands on a day, None for nobody. One query.

    All numbers of the person make one line. Cover ends when the last of the memberships has ended: another programme
    may go on paying.
    """
    line = whole_line(membership_id)
    return member_cover(*line, on) if line is not None else None


def cover_facts_of(membership_id: int, *, event_on: date, judged_on: date) -> CoverFacts | None:
    """Give what a benefit rule asks about the cover of the person of a membership. One query.

    Cover is as it stood at the event, with the arrears paid until the judging day, whichever programme paid under
    whichever number. An event after the end of the person's last membership has no cover.
    """
    line = whole_line(membership_id)
    if line is None:
        return None
    months, issued, ended = line
    if ended is not None and ended < event_on:
        return CoverFacts(nomor_terbit=False, bulan_kepesertaan=0, bulan_menunggak=0, tunggakan_lunas=True)
    return cover_facts(event_on, judged_on, payments_of(months), issued)


def cover_states(membership_ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Give the state of cover of many members on a day. One query."""
    rows = Membership.objects.filter(pk__in=list(membership_ids)).values_list(
        "id", "history__months", "number_issued_on", "ended_on"
    )
    return {pk: member_cover(months or "", issued, ended, on).state for pk, months, issued, ended in rows}


def cover_patterns(programme_id: int, *, on: date, areas: tuple[str, ...]) -> tuple[Pattern, ...]:
    """Give the patterns of a programme's members (the refused are no members) with the cover of each. Two queries."""
    return _patterns(MemberTally.objects.filter(in_areas("area_code", areas), programme_id=programme_id), on)


def all_patterns(programme_id: int, *, on: date) -> tuple[Pattern, ...]:
    """Give the patterns of all members of a programme, wherever they live: for actions on the whole of it. Two queries.

    The officer's areas are not asked here, so no page shows this.
    """
    return _patterns(MemberTally.objects.filter(programme_id=programme_id), on)


def _patterns(tallies: QuerySet[MemberTally], on: date) -> tuple[Pattern, ...]:
    tallies = tallies.filter(members__gt=0)
    groups = tallies.exclude(state=Membership.State.DITOLAK).order_by("history_id", "number_issued_on", "ended_on")
    found = list(groups.values_list("history_id", "number_issued_on", "ended_on").annotate(n=Sum("members")))
    texts = dict(PaidHistory.objects.filter(pk__in={row[0] for row in found}).values_list("id", "months"))
    return tuple(_pattern(texts, row, on) for row in found)


def _pattern(texts: dict[int, str], row: tuple[int | None, date | None, date | None, int], on: date) -> Pattern:
    history, issued, ended, members = row
    months = texts[history] if history is not None else ""
    cover = _cover(months, issued, on)
    return Pattern(history, months, issued, ended, members, state_of(cover, ended, on), cover)


def cover_counts(programme_id: int, *, on: date, areas: tuple[str, ...]) -> dict[str, int]:
    """Give how many members stand in each state of `STATES` on a day, zeros included. Two queries."""
    counts = dict.fromkeys(STATES, 0)
    for pattern in cover_patterns(programme_id, on=on, areas=areas):
        counts[pattern.state] += pattern.members
    return counts


def member_counts(programme_id: int, *, areas: tuple[str, ...]) -> MemberCounts:
    """Give how many members are in each state with BPJS and how many lack card or passbook. One query."""
    rows = (
        MemberTally.objects.filter(in_areas("area_code", areas), programme_id=programme_id)
        .order_by("state", "has_card", "has_passbook")
        .values_list("state", "has_card", "has_passbook")
        .annotate(n=Sum("members"))
    )
    states = {state.value: 0 for state in Membership.State}
    without_card = without_passbook = 0
    for state, card, passbook, members in rows:
        states[state] += members
        if state == Membership.State.TERDAFTAR:
            without_card += 0 if card else members
            without_passbook += 0 if passbook else members
    return MemberCounts(states, without_card, without_passbook)


_DRIFTED = """
WITH counting AS (
    SELECT r.membership_id, r.item FROM coverage_receipt r
     WHERE NOT EXISTS (SELECT 1 FROM coverage_receiptreversal v WHERE v.receipt_id = r.id)
)
SELECT m.id FROM coverage_membership m JOIN people_person w ON w.id = m.person_id
  LEFT JOIN coverage_paidhistory h ON h.id = m.history_id
  LEFT JOIN LATERAL (
      SELECT string_agg(to_char(p.month, 'YYYY-MM') || '=' || to_char(p.paid_on, 'YYYY-MM-DD'), ' ' ORDER BY p.month)
             AS months FROM coverage_paidmonth p WHERE p.person_id = m.person_id
  ) paid ON true
  LEFT JOIN coverage_membernumber k ON k.person_id = m.person_id
 WHERE h.months IS DISTINCT FROM paid.months OR m.area_code <> w.area_code
    OR (m.kpj, m.number_issued_on) IS DISTINCT FROM (k.kpj, k.issued_on)
    OR m.has_card <> EXISTS (SELECT 1 FROM counting r WHERE r.membership_id = m.id AND r.item = 'kartu')
    OR m.has_passbook
       <> EXISTS (SELECT 1 FROM counting r WHERE r.membership_id = m.id AND r.item = 'buku_tabungan')
 ORDER BY m.id LIMIT 100
"""
_MISCOUNTED = """
WITH counted AS (
    SELECT programme_id, area_code, state, history_id, number_issued_on, ended_on, has_card, has_passbook,
           count(*) AS members
      FROM coverage_membership GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
), tallied AS (
    SELECT programme_id, area_code, state, history_id, number_issued_on, ended_on, has_card, has_passbook, members
      FROM coverage_membertally WHERE members <> 0
)
SELECT count(*) FROM ((TABLE counted EXCEPT TABLE tallied) UNION ALL (TABLE tallied EXCEPT TABLE counted)) AS differ
"""


def drifted() -> tuple[int, ...]:
    """Give memberships whose pattern, number, place or receipts are not what the rows say: always none. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_DRIFTED)
        return tuple(row[0] for row in cursor.fetchall())


def miscounted() -> int:
    """Give how many tallies differ from a count of the memberships themselves: always 0. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_MISCOUNTED)
        row = cursor.fetchone()
    return int(row[0]) if row else 0

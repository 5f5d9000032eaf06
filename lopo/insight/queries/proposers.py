"""The audit of proposers (P9, P16): what each sender's names turned out to be, and who of them died soon after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import connection

from lopo.claims.queries.flags import CLUSTER, CLUSTER_DAYS

ENOUGH: Final = 20
"""So many names make a share worth comparing."""
TIMES: Final = 2
"""A sender stands out whose share of unfit names is at least so many times that of all."""

# A kelurahan is known by its code, anybody else by kind and name: as the calls for names know them.
_KEY: Final = "CASE WHEN l.sender_kind = 'kelurahan' THEN l.area_code ELSE lower(l.sender) END"
_WITHIN: Final = """
EXISTS (SELECT 1 FROM unnest(%(areas)s::text[]) a WHERE l.area_code = a OR l.area_code LIKE a || '.%%')
"""
_PROPOSERS: Final = f"""
WITH named AS (
    SELECT l.sender_kind AS kind, {_KEY} AS key, min(l.sender) AS sender, min(l.area_code) AS area_code,
           count(DISTINCT l.id) AS lists, count(*) AS names,
           count(*) FILTER (WHERE v.verdict = 'diterima') AS accepted,
           count(*) FILTER (WHERE v.verdict = 'perlu_cek') AS doubtful,
           count(*) FILTER (WHERE v.verdict = 'ditolak') AS refused,
           count(*) FILTER (WHERE 'meninggal' = ANY(v.reasons)) AS dead,
           count(*) FILTER (WHERE 'ganda_dalam_daftar' = ANY(v.reasons)) AS twice,
           count(*) FILTER (WHERE 'ganda_antar_daftar' = ANY(v.reasons)) AS elsewhere,
           count(*) FILTER (WHERE v.reasons && ARRAY['pindah', 'bukan_penduduk']::varchar[]) AS away,
           count(*) FILTER (WHERE v.reasons && ARRAY['sudah_aktif_pu', 'asn_tni_polri']::varchar[]) AS employed
      FROM targeting_screening s JOIN targeting_verdict v ON v.screening_id = s.id
      JOIN targeting_proposalrow r ON r.id = v.row_id JOIN targeting_proposallist l ON l.id = r.list_id
     WHERE s.programme_id = %(programme)s AND s.current AND {_WITHIN} GROUP BY 1, 2
), died AS (
    SELECT l.sender_kind AS kind, {_KEY} AS key, count(DISTINCT m.id) AS members,
           count(DISTINCT m.id) FILTER (WHERE c.id IS NOT NULL) AS soon
      FROM coverage_membership m JOIN targeting_decreename n ON n.id = m.decree_name_id
      JOIN targeting_verdict v ON v.id = n.verdict_id JOIN targeting_proposalrow r ON r.id = v.row_id
      JOIN targeting_proposallist l ON l.id = r.list_id
      LEFT JOIN claims_case c ON c.membership_id = m.id AND c.state <> 'ditutup'
       AND c.died_on - m.number_issued_on BETWEEN 0 AND %(days)s
     WHERE m.programme_id = %(programme)s AND m.number_issued_on IS NOT NULL AND {_WITHIN} GROUP BY 1, 2
)
SELECT n.kind, n.sender, n.area_code, n.lists, n.names, n.accepted, n.doubtful, n.refused, n.dead, n.twice,
       n.elsewhere, n.away, n.employed, coalesce(d.members, 0), coalesce(d.soon, 0)
  FROM named n LEFT JOIN died d USING (kind, key)
"""  # noqa: S608 - our own conditions


@dataclass(frozen=True, slots=True)
class Proposer:
    """One sender: its names by verdict, some of their reasons, its members, and the deaths soon after a number.

    A name may have several reasons; `twice` are doubled in the sender's own list, `elsewhere` in somebody else's.
    `soon` counts members who died within CLUSTER_DAYS of their number. `stands_out` says that the unfit names are TIMES
    the share of all senders' or more; `cluster` that CLUSTER or more died soon. Both ask for a look at the sender and
    take nothing from anybody.
    """

    kind: str
    sender: str
    area_code: str
    lists: int
    names: int
    accepted: int
    doubtful: int
    refused: int
    dead: int
    twice: int
    elsewhere: int
    away: int
    employed: int
    members: int
    soon: int
    stands_out: bool = False

    @property
    def unfit(self) -> int:
        """Names that were dead or doubled in the own list: what a sender could have seen himself."""
        return self.dead + self.twice

    @property
    def refused_permil(self) -> int:
        """The refused part of the names, in tenths of a percent, rounded down."""
        return self.refused * 1000 // self.names if self.names else 0

    @property
    def cluster(self) -> bool:
        """Whether so many died so soon after their number that somebody should look."""
        return self.soon >= CLUSTER


def proposers(programme_id: int, areas: tuple[str, ...]) -> tuple[Proposer, ...]:
    """Give all senders of a programme within the areas (none sees nothing): those to look at first. One query."""
    with connection.cursor() as cursor:
        given: dict[str, Any] = {"programme": programme_id, "areas": list(areas), "days": CLUSTER_DAYS}
        cursor.execute(_PROPOSERS, given)
        found = [Proposer(*row) for row in cursor.fetchall()]
    names, unfit = sum(one.names for one in found), sum(one.unfit for one in found)
    marked = [_marked(one, names, unfit) for one in found]
    return tuple(sorted(marked, key=_first))


def _marked(one: Proposer, names: int, unfit: int) -> Proposer:
    """Compare the share of unfit names with that of all, without dividing."""
    stands_out = one.names >= ENOUGH and one.unfit > 0 and one.unfit * names >= TIMES * unfit * one.names
    return replace(one, stands_out=stands_out)


def _first(one: Proposer) -> tuple[bool, bool, int, str, str]:
    return not one.cluster, not one.stands_out, -one.refused_permil, one.kind, one.sender

"""Things that are several to a case (injuries, invoices, children, relatives): a rule for each, then one fact of all.

A group is a small closed thing: one rule over one member, one aggregate, one fact. The fact is computed just before the
case is decided, in both forms: `gather` for one case, `with_group` for a table of cases and a table of members.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from lopo.law import LAW
from lopo.law.decision import Answer, Decision
from lopo.law.engine import Law
from lopo.law.tables import FAULTS

SUM, GREATEST, COUNT = "sum", "greatest", "count"
"""The aggregates that there are, a closed set: over no member each gives 0; COUNT is how many get a yes."""


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of members: their rule, how its answers come together, and the fact that comes out."""

    fact: str
    rule: str
    how: str


INJURIES = (Group("persen_cacat_permil", "cacat_cedera", SUM),)
TRIPS = (
    Group("biaya_darat", "perjalanan_darat", SUM),
    Group("biaya_laut", "perjalanan_laut", SUM),
    Group("biaya_udara", "perjalanan_udara", SUM),
)
INVOICES = (Group("biaya_perawatan_sah", "perawatan_faktur", SUM),)
FUNCTIONS = (Group("persen_fungsi_jumlah", "fungsi_cedera", SUM),)
HOME_CARE = (Group("biaya_perawatan_rumah_sah", "perawatan_rumah_faktur", SUM),)
CHILDREN = (
    Group("anak_layak_beasiswa", "beasiswa_anak_layak", COUNT),
    Group("beasiswa_anak_tertinggi", "beasiswa_anak", GREATEST),
    Group("beasiswa_anak_jumlah", "beasiswa_anak", SUM),
)
RELATIVES = (Group("tingkat_tertinggi", "tingkat_ahli_waris", GREATEST),)
KINDS = (INJURIES, TRIPS, INVOICES, FUNCTIONS, HOME_CARE, CHILDREN, RELATIVES)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts that a group gives to its case, and the decision about each member."""

    facts: Mapping[str, int]
    members: tuple[Decision, ...]


def gather(
    groups: Sequence[Group], members: Sequence[Mapping[str, Answer | None]], on: date, law: Law = LAW
) -> Gathered:
    """The facts of one case from its members by the law of the day; a CaseError when a member lacks something."""
    targets = _targets(groups)
    decisions = tuple(law.decide(targets, member, on) for member in members)
    facts = {group.fact: _together(group, [decision[group.rule] for decision in decisions]) for group in groups}
    return Gathered(facts, decisions)


def gather_kept(kept: Sequence[Mapping[str, Any]], on: date, law: Law) -> Gathered:
    """The facts from members as they stand in the JSON of their decisions, decided once more; in the order kept.

    Raises a CaseError as `gather`, or when a member's fact is gone from the law.
    """
    facts: dict[str, int] = {}
    decided: dict[int, Decision] = {}
    for groups in KINDS:
        mine = [place for place, one in enumerate(kept) if tuple(one["targets"]) == _targets(groups)]
        if mine:
            gathered = gather(groups, [law.read_facts(kept[place]["facts"]) for place in mine], on, law)
            facts.update(gathered.facts)
            decided.update(zip(mine, gathered.members, strict=True))
    return Gathered(facts, tuple(decided[place] for place in sorted(decided)))


def _targets(groups: Sequence[Group]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(group.rule for group in groups))


def _together(group: Group, answers: Sequence[Answer]) -> int:
    """A yes counts as 1, so that counting is adding."""
    amounts = [int(answer) for answer in answers if isinstance(answer, int)]
    return max(amounts, default=0) if group.how == GREATEST else sum(amounts)


def with_group(cases: ir.Table, members: ir.Table, key: str, groups: Sequence[Group], on: date) -> ir.Table:
    """The cases with a column for each fact of the groups; members carry the key of their case.

    A case without members gets 0; a case of which one member has no answer gets NULL.
    """
    judged = LAW.compute(_targets(groups), members, on)
    totals = judged.group_by(key).aggregate(
        **{group.fact: _column(group, judged) for group in groups},
        **{f"{group.fact}_{FAULTS}": judged[group.rule].isnull().any() for group in groups},
    )
    joined = cases.left_join(totals, key)
    facts = {
        group.fact: ibis.ifelse(
            joined[f"{group.fact}_{FAULTS}"].fill_null(False), ibis.null("int64"), joined[group.fact].fill_null(0)
        )
        for group in groups
    }
    return joined.select(*cases.columns, **facts)


def _column(group: Group, judged: ir.Table) -> ir.Value:
    column = judged[group.rule].cast("int64")
    together = ibis.greatest(column.max(), 0) if group.how == GREATEST else column.sum()
    return together.cast("int64")

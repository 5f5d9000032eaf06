"""Things that are several to a case (injuries, trips, invoices): a rule for each, added up into a fact of the case.

A group is a small closed thing: one rule over one member, one aggregate, one fact. The fact is computed just before the
case is decided, in both forms: `gather` for one case, `with_group` for a table of cases and a table of members.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from lopo.law import LAW
from lopo.law.decision import Answer, Decision
from lopo.law.tables import FAULTS

SUM, GREATEST = "sum", "greatest"
"""The aggregates that there are; over no member both give 0."""


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


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts that a group gives to its case, and the decision about each member."""

    facts: Mapping[str, int]
    members: tuple[Decision, ...]


def gather(groups: Sequence[Group], members: Sequence[Mapping[str, Answer]], on: date) -> Gathered:
    """The facts of one case from its members by the law of the day; a CaseError when a member lacks something."""
    targets = tuple(group.rule for group in groups)
    decisions = tuple(LAW.decide(targets, member, on) for member in members)
    facts = {group.fact: _together(group, [decision.amount(group.rule) for decision in decisions]) for group in groups}
    return Gathered(facts, decisions)


def _together(group: Group, amounts: Sequence[int]) -> int:
    return sum(amounts) if group.how == SUM else max(amounts, default=0)


def with_group(cases: ir.Table, members: ir.Table, key: str, groups: Sequence[Group], on: date) -> ir.Table:
    """The cases with a column for each fact of the groups; members carry the key of their case.

    A case without members gets 0; a case of which one member has no answer gets NULL.
    """
    judged = LAW.compute([group.rule for group in groups], members, on)
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
    column = judged[group.rule]
    together = column.sum() if group.how == SUM else ibis.greatest(column.max(), 0)
    return together.cast("int64")

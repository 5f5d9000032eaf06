"""Reads whether care is guaranteed for a case as it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lopo.claims.guaranteeing import GUARANTEED, guarantee
from lopo.claims.queries.case_files import case_file
from lopo.claims.queries.decisions import ReasonRow


@dataclass(frozen=True, slots=True)
class GuaranteeRow:
    """Whether the law guarantees care now, and what stands in the way where it does not."""

    given: bool
    reasons: tuple[ReasonRow, ...]


def guarantee_of(case_id: int, *, on: date) -> GuaranteeRow:
    """Ask the law whether care is guaranteed for a case. Nine queries."""
    decided = guarantee(case_file(case_id), on)
    reasons = tuple(ReasonRow(one.code, one.sentence, one.english, one.article) for one in decided.reasons)
    return GuaranteeRow(bool(decided[GUARANTEED]), reasons)

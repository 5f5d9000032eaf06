"""Everything that can be read about cases and decisions."""

from lopo.claims.queries.again import Changed, OtherAnswer, Replay, replay
from lopo.claims.queries.cases import (
    CaseArea,
    CaseFilter,
    CaseHead,
    CasePage,
    CaseRow,
    HeirRow,
    IncapacityRow,
    InjuryRow,
    PersonCase,
    TripRow,
    case,
    case_area,
    case_counts,
    case_head,
    cases_of,
    cases_page,
)
from lopo.claims.queries.clocks import Clock
from lopo.claims.queries.decisions import (
    ComponentRow,
    DecisionFilter,
    DecisionLine,
    DecisionRow,
    MemberRow,
    ReasonRow,
    StepRow,
    decision,
    decisions_of,
    decisions_page,
    waiting_decisions,
)
from lopo.claims.queries.papers import FileRow, PaperNeeded, PaperShown, file_content, paper_shown
from lopo.claims.queries.trace import Branch, branches
from lopo.claims.queries.watch import (
    HitFilter,
    HitRow,
    PaidAfterDeath,
    copy_dead,
    copy_members,
    copy_residents,
    hits_page,
    paid_after_death,
)

__all__ = [
    "Branch", "CaseArea", "CaseFilter", "CaseHead", "CasePage", "CaseRow", "Changed", "Clock", "ComponentRow",
    "DecisionFilter", "DecisionLine", "DecisionRow", "FileRow", "HeirRow", "HitFilter", "HitRow", "IncapacityRow",
    "InjuryRow", "MemberRow", "OtherAnswer", "PaidAfterDeath", "PaperNeeded", "PaperShown", "PersonCase", "ReasonRow",
    "Replay", "StepRow", "TripRow", "branches", "case", "case_area", "case_counts", "case_head", "cases_of",
    "cases_page", "copy_dead", "copy_members", "copy_residents", "decision", "decisions_of", "decisions_page",
    "file_content", "hits_page", "paid_after_death", "paper_shown", "replay", "waiting_decisions",
]  # fmt: skip

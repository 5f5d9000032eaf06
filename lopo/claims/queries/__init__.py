"""Everything that can be read about cases and decisions."""

from lopo.claims.queries.again import Changed, OtherAnswer, Replay, replay
from lopo.claims.queries.case_table import NOBODY, CaseFilter, CaseRow, case_counts, cases_page
from lopo.claims.queries.cases import (
    CaseArea,
    CaseHead,
    CasePage,
    HeirRow,
    IncapacityRow,
    InjuryRow,
    PersonCase,
    TripRow,
    case,
    case_area,
    case_head,
    cases_of,
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
from lopo.claims.queries.disputes import DisputeRow, disputes_of
from lopo.claims.queries.flags import Sign, Similar, signs_of, similar_cases
from lopo.claims.queries.guarantees import GuaranteeRow, guarantee_of
from lopo.claims.queries.papers import FileRow, PaperNeeded, PaperShown, file_content, paper_shown
from lopo.claims.queries.schooling import ChildRow, YearRow
from lopo.claims.queries.steps import DOES, PAY, Late, Standing, late_payment, next_step
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
    "DOES", "NOBODY", "PAY", "Branch", "CaseArea", "CaseFilter", "CaseHead", "CasePage", "CaseRow", "Changed",
    "ChildRow", "Clock", "ComponentRow", "DecisionFilter", "DecisionLine", "DecisionRow", "DisputeRow", "FileRow",
    "GuaranteeRow", "HeirRow", "HitFilter", "HitRow", "IncapacityRow", "InjuryRow", "Late", "MemberRow", "OtherAnswer",
    "PaidAfterDeath", "PaperNeeded", "PaperShown", "PersonCase", "ReasonRow", "Replay", "Sign", "Similar", "Standing",
    "StepRow", "TripRow", "YearRow", "branches", "case", "case_area", "case_counts", "case_head", "cases_of",
    "cases_page", "copy_dead", "copy_members", "copy_residents", "decision", "decisions_of", "decisions_page",
    "disputes_of", "file_content", "guarantee_of", "hits_page", "late_payment", "next_step", "paid_after_death",
    "paper_shown", "replay", "signs_of", "similar_cases", "waiting_decisions",
]  # fmt: skip

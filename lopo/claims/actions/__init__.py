"""Everything that may change a case: open, report, work on it, name the heirs, decide, approve."""

from lopo.claims.actions.approving_many import ApprovedMany, Checked, approve_decisions, check_sample
from lopo.claims.actions.care import (
    CareGiven,
    DiseaseGiven,
    add_care_line,
    declare_total,
    note_disease,
    note_return,
    set_guarantor,
    set_other_paid,
)
from lopo.claims.actions.correcting import approve_correction, propose_correction, send_correction_back
from lopo.claims.actions.deaths import DeathCounts, Hit, open_cases_from_deaths, settle_hit
from lopo.claims.actions.deciding import Proposed, approve_decision, propose_decision, send_back
from lopo.claims.actions.deciding_many import ProposedMany, Waits, propose_decisions
from lopo.claims.actions.disputes import DisputeGiven, answer_dispute, raise_dispute, reopen_case, settle_share
from lopo.claims.actions.heirs import Heirs, Receiver, name_receiver, propose_heirs
from lopo.claims.actions.papers import FileGiven, FileKept, accept_paper, add_paper_file, mark_paper
from lopo.claims.actions.powers import PowerGiven, answer_power, record_power, revoke_power
from lopo.claims.actions.replaying import note_replay
from lopo.claims.actions.reports import Opened, Report, report_case
from lopo.claims.actions.schooling import ChildGiven, YearGiven, add_school_year, name_child, propose_schooling
from lopo.claims.actions.shares import ShareGiven, name_shares
from lopo.claims.actions.stages import Handover, Reminded, hand_over, remind, take_case
from lopo.claims.actions.working import (
    IncapacityGiven,
    InjuryGiven,
    InvoiceGiven,
    TripGiven,
    add_incapacity,
    add_injury,
    add_invoice,
    add_trip,
    close_case,
    conclude_work_accident,
    receive_papers,
    record_death,
    record_visit,
    set_recovered,
)

__all__ = [
    "ApprovedMany", "CareGiven", "Checked", "ChildGiven", "DeathCounts", "DiseaseGiven", "DisputeGiven", "FileGiven",
    "FileKept", "Handover", "Heirs", "Hit", "IncapacityGiven", "InjuryGiven", "InvoiceGiven", "Opened", "PowerGiven",
    "Proposed", "ProposedMany", "Receiver", "Reminded", "Report", "ShareGiven", "TripGiven", "Waits", "YearGiven",
    "accept_paper", "add_care_line", "add_incapacity", "add_injury", "add_invoice", "add_paper_file",
    "add_school_year", "add_trip", "answer_dispute", "answer_power", "approve_correction", "approve_decision",
    "approve_decisions", "check_sample", "close_case", "conclude_work_accident", "declare_total", "hand_over",
    "mark_paper", "name_child", "name_receiver", "name_shares", "note_disease", "note_replay", "note_return",
    "open_cases_from_deaths", "propose_correction", "propose_decision", "propose_decisions", "propose_heirs",
    "propose_schooling", "raise_dispute", "receive_papers", "record_death", "record_power", "record_visit", "remind",
    "reopen_case", "report_case", "revoke_power", "send_back", "send_correction_back", "set_guarantor",
    "set_other_paid", "set_recovered", "settle_hit", "settle_share", "take_case",
]  # fmt: skip

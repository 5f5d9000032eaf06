"""Everything that may change a case: open, report, work on it, name the heirs, decide, approve."""

from lopo.claims.actions.deaths import DeathCounts, Hit, open_cases_from_deaths, settle_hit
from lopo.claims.actions.deciding import Proposed, approve_decision, propose_decision, send_back
from lopo.claims.actions.heirs import Heirs, Receiver, name_receiver, propose_heirs
from lopo.claims.actions.papers import FileGiven, FileKept, accept_paper, add_paper_file, mark_paper
from lopo.claims.actions.replaying import note_replay
from lopo.claims.actions.reports import Opened, Report, report_case
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
    "DeathCounts", "FileGiven", "FileKept", "Heirs", "Hit", "IncapacityGiven", "InjuryGiven", "InvoiceGiven", "Opened",
    "Proposed", "Receiver", "Report", "TripGiven", "accept_paper", "add_incapacity", "add_injury", "add_invoice",
    "add_paper_file", "add_trip", "approve_decision", "close_case", "conclude_work_accident", "mark_paper",
    "name_receiver", "note_replay", "open_cases_from_deaths", "propose_decision", "propose_heirs", "receive_papers",
    "record_death", "record_visit", "report_case", "send_back", "set_recovered", "settle_hit",
]  # fmt: skip

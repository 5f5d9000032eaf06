"""The clocks of a case: what must happen by when, by which article, and how each stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lopo.claims.models import Case
from lopo.law.deadlines import (
    incomplete_notice_due,
    jkk_payment_due,
    jkm_payment_due,
    stage_one_due,
    suspected_accident_due,
)

MET, LATE, RUNNING, OVERDUE = "tepat_waktu", "terlambat", "berjalan", "lewat"


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline. `state` is `tepat_waktu` or `terlambat` when it was done, `berjalan` or `lewat` while it is not.

    `status` is that of the source: read, reported or assumed. `moment` is given where the law counts hours.
    """

    code: str
    label: str
    due: date
    moment: datetime | None
    done_on: date | None
    state: str
    source: str
    status: str


def clocks_of(case: Case, on: date) -> tuple[Clock, ...]:
    """Give the clocks that run or ran for a case. No query."""
    clocks = [_visit(case, on)]
    if case.report_due_at is not None and case.reported_at is not None:
        clocks.insert(0, _report(case, case.report_due_at, case.reported_at))
    if case.kind == Case.Kind.JKK and case.conclude_due_on is not None:
        law = suspected_accident_due(case.opened_on)
        state = _state(case.conclude_due_on, case.concluded_on, on)
        clocks.append(
            Clock("kesimpulan", law.label, case.conclude_due_on, None, case.concluded_on, state, law.source, law.status)
        )
    if case.complete_on is None and case.state == Case.State.DIBUKA:
        law = incomplete_notice_due(case.opened_on)
        state = _state(law.due, None, on)
        clocks.append(Clock("berkas", law.label, law.due, None, None, state, law.source, law.status))
    if case.pay_due_on is not None and case.complete_on is not None:
        clocks.append(_payment(case, case.complete_on, case.pay_due_on, on))
    return tuple(clocks)


def _visit(case: Case, on: date) -> Clock:
    state = _state(case.visit_due_on, case.visited_on, on)
    return Clock(
        "kunjungan", "Kunjungan ke keluarga", case.visit_due_on, None, case.visited_on, state,
        "janji kantor kepada keluarga", "assumed",
    )  # fmt: skip


def _report(case: Case, due: datetime, reported: datetime) -> Clock:
    """The 2 x 24 hours; a late report of a member without an employer is a risk of dispute, never a loss of right."""
    law = stage_one_due(reported)
    state = MET if reported <= due else LATE
    return Clock(
        "laporan_tahap_1", "Laporan tahap I (2 x 24 jam)", due.date(), due, reported.date(), state,
        law.source, law.status,
    )  # fmt: skip


def _payment(case: Case, complete_on: date, due: date, on: date) -> Clock:
    """The decision stops the clock here; the day of payment is known to the payments room."""
    law = jkm_payment_due(complete_on) if case.kind == Case.Kind.JKM else jkk_payment_due(complete_on)
    decided = case.state in (Case.State.DIKABULKAN, Case.State.DITOLAK)
    state = MET if decided else _state(due, None, on)
    return Clock("pembayaran", law.label, due, None, None, state, law.source, law.status)


def _state(due: date, done_on: date | None, on: date) -> str:
    if done_on is not None:
        return MET if done_on <= due else LATE
    return RUNNING if on <= due else OVERDUE

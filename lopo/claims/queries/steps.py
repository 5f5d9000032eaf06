"""What a case needs next and who does it, and what is owed where a payment comes late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from lopo.law import decide
from lopo.law.decision import Answer

VISIT, CONCLUDE, PAPERS, RECEIVER, PROPOSE, APPROVE, PAY, DONE, DISPUTED, HELD, CORRECT = (
    "kunjungi", "simpulkan", "lengkapi", "penerima", "usulkan", "setujui", "bayarkan", "tuntas", "sengketa", "ditahan",
    "koreksi",
)  # fmt: skip
DOES: Final = {
    VISIT: "kelurahan", CONCLUDE: "bpjs", PAPERS: "kantor", RECEIVER: "kantor", PROPOSE: "bpjs", APPROVE: "penyetuju",
    PAY: "bpjs", DISPUTED: "penyetuju", HELD: "kantor", CORRECT: "penyetuju",
}  # fmt: skip
"""The role whose turn it is."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What tells the next step of a case: its kind and state, and what was done; `missing` counts papers.

    `disputed` that an objection waits, `held` that one was found right and holds money of the heirs, `correcting`
    that a correction downwards is proposed.
    """

    kind: str
    state: str
    visited: bool
    concluded: bool
    missing: int
    died: bool
    receiver: bool
    disputed: bool
    held: bool = False
    correcting: bool = False


def next_step(case: Standing, *, paid: bool) -> str:
    """Say what a case needs next: the first of its steps that is not done. No query."""
    if case.disputed:
        return DISPUTED
    if case.state in ("ditolak", "ditutup"):
        return DONE
    if case.state == "diusulkan":
        return APPROVE
    if case.correcting:
        return CORRECT
    if case.state == "dikabulkan" and case.held:
        return HELD
    if case.state == "dikabulkan":
        return DONE if paid else PAY
    return _before_decision(case)


def _before_decision(case: Standing) -> str:
    if not case.visited:
        return VISIT
    if case.kind == "JKK" and not case.concluded:
        return CONCLUDE
    if case.missing:
        return PAPERS
    if case.died and not case.receiver:
        return RECEIVER
    return PROPOSE


@dataclass(frozen=True, slots=True)
class Late:
    """What BPJS owes for paying late: the days, one day in rupiah, and all of them; `status` of the law's number."""

    days: int
    a_day: int
    amount: int
    article: str


def late_payment(amount: int, *, due_on: date, paid_on: date) -> Late | None:
    """Give what is owed on a benefit in rupiah that was due on a day and paid on another; None where it is not late."""
    facts: dict[str, Answer] = {"jumlah_manfaat": amount, "tanggal_batas_bayar": due_on, "tanggal_dibayar": paid_on}
    if paid_on <= due_on:
        return None
    found = decide("ganti_rugi_terlambat", facts, paid_on)
    owed = found.amount("ganti_rugi_terlambat")
    days, a_day = found.step("hari_terlambat").value, found.step("ganti_rugi_sehari").value
    return Late(int(str(days)), int(str(a_day)), owed, found.step("ganti_rugi_terlambat").source)

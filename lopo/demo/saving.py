"""Act two and a half, July 2025: each new member's account is asked of the bank; a name that differs is looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from lopo.basics.page import Asked
from lopo.basics.refusal import Impossible
from lopo.demo import stage as at
from lopo.demo.choosing import found
from lopo.demo.stage import Stage
from lopo.jobs.accounts import read_account_answer
from lopo.payments.actions.openings import Wanted, ask_accounts, check_opening
from lopo.payments.bank import FakeBank, read_openings
from lopo.payments.queries import openings

ASKED_ON: Final = at.NUMBERED + timedelta(days=1)
ANSWERED_ON: Final = at.NUMBERED + timedelta(days=3)
LOOKED_ON: Final = at.NUMBERED + timedelta(days=6)
LOOKED: Final = "KTP asli dibawa ke bank: orang yang sama, bank hanya menulis huruf pertama nama keluarganya."


def accounts(stage: Stage) -> str:
    """Ask the bank for every member's account, read its answer, and have the one name that differs looked at."""
    here = found()
    if openings.without_account(here.programme_id):
        ask_accounts(by=stage.player("bpjs"), on=ASKED_ON, wanted=Wanted(here.programme_id))
    batches = openings.account_batches()
    for batch in batches:
        if batch.waiting:
            _answer(stage, batch)
    for row in _to_look_at():
        check_opening(by=stage.player("penyetuju"), on=LOOKED_ON, opening_id=row.id, same=True, why=LOOKED)
    counted = openings.opening_counts()
    return f"{at.count(counted.get('dibuka', 0))} rekening dibuka bank, satu nama diperiksa petugas lain"


def _answer(stage: Stage, batch: openings.BatchRow) -> None:
    """Let the bank open the accounts of one file; it knows the first of them by a shorter name."""
    kept = openings.batch_content(batch.id)
    if kept is None:
        raise Impossible("a file that asked for accounts is not kept")
    first = read_openings(kept[1])[2][0]
    answer = FakeBank().open_accounts(kept[1], {first.nik: _shorter(first.name)})
    read_account_answer(by=stage.player("bpjs"), on=ANSWERED_ON, batch_id=batch.id, content=answer, progress=stage.tell)


def _shorter(name: str) -> str:
    """Write a name as an old passbook does: the first name, and a letter for each further one."""
    first, *rest = name.upper().split()
    return " ".join([first, *(word[0] for word in rest)])


def _to_look_at() -> tuple[openings.OpeningRow, ...]:
    return openings.openings_page(openings.OpeningFilter((at.PROVINCE,), "perlu_cek"), Asked(size=0)).rows

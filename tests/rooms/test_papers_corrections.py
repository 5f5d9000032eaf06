"""Letters about a correction: what was too much and why, what was not sent, what is asked back, to each alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lopo.basics.refusal import Refused
from lopo.claims import actions
from lopo.claims import queries as claims
from lopo.claims.actions import DisputeGiven, ShareGiven
from lopo.claims.models import Correction
from lopo.jobs.messages import plan_all
from lopo.jobs.papers.correction_letters import correction_letters, make_correction_letters
from lopo.jobs.papers.letters import LetterPaper
from lopo.jobs.papers.make_letters import make_letter
from lopo.payments import actions as payments
from lopo.payments import bank
from lopo.people.actions import seed_areas
from lopo.staff import queries as staff
from lopo.staff.models import Message
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build
from tests.rooms.test_corrections import answered, correct, granted, order, propose, sea, send
from tests.rooms.test_papers_shares import GUARDIAN, PAY, divided


@pytest.fixture
def stage(cast: Cast) -> Stage:
    seed_areas(by=cast.provinsi, on=READ)
    return build(cast)


def letters(case_id: int) -> tuple[LetterPaper, ...]:
    return correction_letters(claims.case(case_id, on=PAY), Correction.objects.get(case_id=case_id).id)


def test_paid_money_is_asked_back_with_the_account_the_case_and_the_way_to_object(stage: Stage) -> None:
    case_id = granted(stage)
    order(stage)
    send(stage)
    answered(stage)
    correct(stage, case_id, 800_000)
    order(stage)
    (paper,) = letters(case_id)
    code = claims.case(case_id, on=PAY).code
    assert (paper.number, paper.to_name) == (f"{code}/K1", f"Bapak/Ibu {stage.case(case_id).person.name}")
    less = Correction.objects.get(case_id=case_id).amount
    assert sum(one.amount for one in paper.benefits) == less
    assert any("sudah dibayar, karena itu kami minta kembali" in one for one in paper.happened)
    assert "0130000000999" in paper.go_to[0]
    assert f"berita {code}" in paper.go_to[0]
    assert "dijawab petugas lain" in paper.disagree
    made = make_letter(by=stage.cast.dinas, on=PAY, case_id=case_id)
    kept = {one.id: one.name for one in staff.papers_of("claims.case", str(case_id))}
    assert [kept[one] for one in made.corrections] == [f"surat-{code}-K1.pdf"]
    assert make_letter(by=stage.cast.dinas, on=PAY, case_id=case_id) == made


def test_money_that_was_not_sent_asks_nothing_of_anybody(stage: Stage) -> None:
    case_id = granted(stage)
    order(stage)
    correct(stage, case_id, 800_000)
    order(stage)
    (paper,) = letters(case_id)
    assert any("tidak jadi dikirim" in one for one in paper.happened)
    assert not any("minta kembali" in one for one in paper.happened)
    assert paper.go_to == ()


def test_a_correction_that_is_only_proposed_gives_no_letter(stage: Stage) -> None:
    case_id = granted(stage)
    sea(case_id, 800_000)
    with pytest.raises(Refused, match="setelah koreksinya disetujui"):
        make_correction_letters(by=stage.cast.dinas, on=PAY, correction_id=propose(stage, case_id))


def test_a_share_that_goes_to_another_heir_is_written_only_to_who_had_it(stage: Stage) -> None:
    case_id, widow, child = divided(stage)
    account = payments.Account("ahli_waris", GUARDIAN[1], GUARDIAN[0], bank.BANK_NTT, "0132")
    payments.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[account])
    order(stage)
    send(stage)
    answered(stage)
    said = DisputeGiven("ahli_waris", "Paman", "bukan ahli waris", child.id)
    dispute = actions.raise_dispute(by=stage.cast.lurah, on=PAY, case_id=case_id, dispute=said)
    actions.answer_dispute(by=stage.cast.penyetuju, on=PAY, dispute_id=dispute, upheld=True, answer="akta tidak cocok")
    shares = [ShareGiven(widow.id, "1")]
    actions.name_shares(by=stage.cast.bpjs, on=PAY, case_id=case_id, shares=shares, agreement="Penetapan 3/I/2026")
    taken = actions.propose_correction(by=stage.cast.bpjs, on=PAY, case_id=case_id, why="menurut akta")
    actions.approve_correction(by=stage.cast.penyetuju, on=PAY, correction_id=taken)
    order(stage)
    (paper,) = letters(case_id)
    assert child.name in paper.to_name
    assert widow.name not in paper.to_name
    assert "Rp 14.000.000" in paper.go_to[0]
    before = Message.objects.filter(template="koreksi").count()
    plan_all(on=PAY, at=datetime(2026, 1, 12, 9, tzinfo=UTC), ways={})
    (message,) = Message.objects.filter(template="koreksi")
    assert (before, message.channel, message.paper_id is not None) == (0, "surat", True)

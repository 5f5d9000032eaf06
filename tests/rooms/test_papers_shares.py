"""Letters to several heirs: each reads the own share, the own account and the guardian, and nothing of the others."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.claims import actions
from lopo.claims import queries as claims
from lopo.claims.actions import DisputeGiven, ShareGiven
from lopo.claims.models import Heir
from lopo.jobs.papers.letters import LetterPaper
from lopo.jobs.papers.make_letters import letter_papers, make_letter, standing
from lopo.payments import actions as payments
from lopo.payments import bank
from lopo.people.actions import seed_areas
from lopo.staff import queries as staff
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build

DIED = date(2025, 11, 1)
PAY = date(2026, 1, 12)
GUARDIAN = ("5371040101600001", "Maria Fangidae")


@pytest.fixture
def stage(cast: Cast) -> Stage:
    seed_areas(by=cast.provinsi, on=READ)
    return build(cast)


def divided(stage: Stage) -> tuple[int, Heir, Heir]:
    """The widow two thirds with an account, the child one third through a guardian who has none yet; decided."""
    case_id = stage.death_case(stage.member("Yohanes Tote"), DIED)
    widow, child = Heir.objects.filter(case_id=case_id).order_by("born")
    shares = (ShareGiven(widow.id, "2/3"), ShareGiven(child.id, "1/3", *GUARDIAN))
    actions.name_shares(by=stage.cast.bpjs, on=READ, case_id=case_id, shares=shares, agreement="Surat 12/XI/2025")
    stage.papers(case_id)
    stage.decide(case_id)
    account = payments.Account("ahli_waris", widow.name, widow.nik, bank.BANK_NTT, "013100778899")
    payments.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[account])
    return case_id, widow, child


def letters(case_id: int) -> tuple[LetterPaper, ...]:
    case = claims.case(case_id, on=PAY)
    return letter_papers(case, standing(case), on=PAY)


def test_each_heir_gets_a_letter_about_the_own_share(stage: Stage) -> None:
    case_id, widow, child = divided(stage)
    code = claims.case(case_id, on=PAY).code
    to_widow, to_guardian = letters(case_id)
    assert (to_widow.to_name, to_widow.number) == (f"Bapak/Ibu {widow.name}", f"{code}/1.1")
    assert to_guardian.to_name == f"Bapak/Ibu Maria Fangidae, wali {child.name}"
    sums = [sum(one.amount for one in paper.benefits) for paper in (to_widow, to_guardian)]
    assert sums == [28_000_000, 14_000_000]
    told, guardian_told = " ".join(to_widow.happened), " ".join(to_guardian.happened)
    assert "rekening penerima yang berakhir dengan 8899." in told
    assert "berbagi Rp 42.000.000" in told
    assert f"Uangnya dikirim kepada Maria Fangidae sebagai wali, untuk keperluan {child.name}." in guardian_told
    assert child.name not in told
    assert "8899" not in guardian_told
    assert any("Nomor rekening penerima belum kami catat" in line for line in to_guardian.go_to)
    made = make_letter(by=stage.cast.dinas, on=PAY, case_id=case_id)
    kept = {paper.id: paper.name for paper in staff.papers_of("claims.case", str(case_id))}
    assert [kept[one] for one in made.letters] == [f"surat-{code}-1.1.pdf", f"surat-{code}-1.2.pdf"]
    assert make_letter(by=stage.cast.dinas, on=PAY, case_id=case_id) == made


def test_a_further_decision_tells_what_was_decided_before(stage: Stage) -> None:
    case_id, widow, child = divided(stage)
    said = DisputeGiven("ahli_waris", "Paman", "bukan ahli waris", child.id)
    dispute = actions.raise_dispute(by=stage.cast.lurah, on=PAY, case_id=case_id, dispute=said)
    actions.answer_dispute(by=stage.cast.penyetuju, on=PAY, dispute_id=dispute, upheld=True, answer="akta tidak cocok")
    shares = [ShareGiven(widow.id, "1")]
    actions.name_shares(by=stage.cast.bpjs, on=PAY, case_id=case_id, shares=shares, agreement="Penetapan 3/I/2026")
    taken = actions.propose_correction(by=stage.cast.bpjs, on=PAY, case_id=case_id, why="menurut akta")
    actions.approve_correction(by=stage.cast.penyetuju, on=PAY, correction_id=taken)
    stage.papers(case_id)
    stage.decide(case_id)
    (paper,) = letters(case_id)
    assert (paper.number, paper.whose) == (f"{claims.case(case_id, on=PAY).code}/2", "keluarga")
    assert sum(one.amount for one in paper.benefits) == 14_000_000
    assert "Sebelumnya sudah diputuskan Rp 28.000.000. Jumlah di bawah ini adalah tambahannya." in paper.happened

"""A written power: shares go to the heir who represents the others, and back to each when it is revoked in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from lopo.basics.refusal import Refused
from lopo.claims import actions, queries
from lopo.claims.actions import FileGiven, PowerGiven, ShareGiven
from lopo.claims.malware import FakeScanner
from lopo.claims.models import Heir, Power
from lopo.claims.queries.powers import powers_of
from lopo.jobs.papers.make_letters import letter_papers, standing
from lopo.ledger import queries as ledger
from lopo.payments import actions as payments
from lopo.payments import bank
from lopo.payments.models import Order
from lopo.people.actions import seed_areas
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build
from tests.rooms.test_corrections import answered, send
from tests.rooms.test_photo import photo

PAY = date(2026, 1, 12)
PAPER = "Surat kuasa 5/I/2026, disahkan lurah Oebufu"
SISTER = "5371044101850009"


@pytest.fixture
def stage(cast: Cast) -> Stage:
    seed_areas(by=cast.provinsi, on=READ)
    return build(cast)


def shared(stage: Stage) -> tuple[int, Heir, Heir]:
    """The widow 28 million, a grown daughter 14 million; granted, both with accounts."""
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    widow = Heir.objects.get(case_id=case_id, relation="suami_istri")
    Heir.objects.filter(case_id=case_id, relation="anak").update(nik=SISTER, born=date(2000, 1, 1))
    daughter = Heir.objects.get(case_id=case_id, nik=SISTER)
    shares = [ShareGiven(widow.id, "2"), ShareGiven(daughter.id, "1")]
    actions.name_shares(by=stage.cast.bpjs, on=READ, case_id=case_id, shares=shares, agreement="Surat 1/XI/2025")
    stage.papers(case_id)
    stage.decide(case_id)
    accounts = [
        payments.Account("ahli_waris", widow.name, widow.nik, bank.BANK_NTT, "0131"),
        payments.Account("ahli_waris", daughter.name, daughter.nik, bank.BANK_NTT, "0132"),
    ]
    payments.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=accounts)
    return case_id, widow, daughter


def recorded(stage: Stage, case_id: int, widow: Heir, daughter: Heir) -> int:
    """The daughter lets the widow receive; the page is in the file."""
    given = PowerGiven(widow.id, (daughter.id,), PAPER, date(2026, 1, 10))
    made = actions.record_power(by=stage.cast.bpjs, on=PAY, case_id=case_id, power=given)
    actions.add_paper_file(
        by=stage.cast.bpjs, on=PAY, case_id=case_id, given=FileGiven("surat_kuasa", photo()), scanner=FakeScanner()
    )
    return made


def in_force(stage: Stage, case_id: int, widow: Heir, daughter: Heir) -> int:
    made = recorded(stage, case_id, widow, daughter)
    actions.answer_power(by=stage.cast.penyetuju, on=PAY, power_id=made, accepted=True)
    return made


def order(stage: Stage) -> int:
    return payments.make_orders(by=stage.cast.bpjs, on=PAY).total


def to_accounts() -> dict[str, int]:
    """What live orders give to each account."""
    found: dict[str, int] = {}
    for number, amount in Order.objects.exclude(state="batal").values_list("passbook__number", "amount"):
        found[number] = found.get(number, 0) + amount
    return found


def test_the_whole_goes_to_who_represents_once_a_second_officer_has_seen_the_page(stage: Stage) -> None:
    case_id, widow, daughter = shared(stage)
    made = recorded(stage, case_id, widow, daughter)
    assert order(stage) == 42_000_000
    assert to_accounts() == {"0131": 28_000_000, "0132": 14_000_000}, "nobody has seen the page yet"
    actions.answer_power(by=stage.cast.penyetuju, on=PAY, power_id=made, accepted=True)
    assert order(stage) == 14_000_000
    assert to_accounts() == {"0131": 42_000_000}
    assert order(stage) == 0
    (decision,) = queries.decisions_of(case_id)
    assert {one.to for one in decision.components} == {widow.nik, daughter.nik}, "each share stays the heir's own"
    case = queries.case(case_id, on=PAY)
    _, to_daughter = letter_papers(case, standing(case), on=PAY)
    assert f"Menurut surat kuasa, uangnya dikirim kepada {widow.name}." in to_daughter.happened


def test_revoked_before_it_is_sent_each_gets_the_own_share_again(stage: Stage) -> None:
    case_id, widow, daughter = shared(stage)
    made = in_force(stage, case_id, widow, daughter)
    assert order(stage) == 42_000_000
    actions.revoke_power(by=stage.cast.bpjs, on=PAY, power_id=made, why="anak menarik kuasanya")
    file = payments.make_file(by=stage.cast.bpjs, on=PAY)
    assert file.total == 28_000_000, "the file does not carry what the power no longer allows"
    assert order(stage) == 14_000_000
    assert to_accounts() == {"0131": 28_000_000, "0132": 14_000_000}
    assert ledger.balanced()


def test_what_was_sent_stays_and_what_comes_back_goes_to_the_heir(stage: Stage) -> None:
    case_id, widow, daughter = shared(stage)
    made = in_force(stage, case_id, widow, daughter)
    order(stage)
    send(stage)
    actions.revoke_power(by=stage.cast.bpjs, on=PAY, power_id=made, why="anak menarik kuasanya")
    assert order(stage) == 0
    answered(stage)
    assert to_accounts() == {"0131": 42_000_000}
    lost = Order.objects.filter(component__endswith=f":waris-{daughter.id}")
    lost.update(state="kembali")
    assert order(stage) == 14_000_000
    assert to_accounts() == {"0131": 28_000_000, "0132": 14_000_000}


def test_a_new_division_ends_the_power(stage: Stage) -> None:
    case_id, widow, daughter = shared(stage)
    in_force(stage, case_id, widow, daughter)
    said = actions.DisputeGiven("ahli_waris", "Paman", "bukan anaknya", daughter.id)
    dispute = actions.raise_dispute(by=stage.cast.lurah, on=PAY, case_id=case_id, dispute=said)
    actions.answer_dispute(by=stage.cast.penyetuju, on=PAY, dispute_id=dispute, upheld=True, answer="benar")
    alone = [ShareGiven(widow.id, "1")]
    actions.name_shares(by=stage.cast.bpjs, on=PAY, case_id=case_id, shares=alone, agreement="Penetapan 3/I/2026")
    (power,) = powers_of(case_id)
    assert (power.state, power.why) == ("dicabut", "Bagian ahli waris dibagi ulang.")


def test_a_power_that_cannot_be_is_refused(stage: Stage) -> None:
    case_id, widow, daughter = shared(stage)
    good = PowerGiven(widow.id, (daughter.id,), PAPER, date(2026, 1, 10))
    for bad, code in (
        (replace(good, paper=" "), "kuasa_kosong"),
        (replace(good, written_on=date(2025, 10, 31)), "kuasa_hari"),
        (replace(good, written_on=date(2026, 1, 13)), "kuasa_hari"),
        (replace(good, giver_ids=()), "kuasa_pemberi"),
        (replace(good, giver_ids=(widow.id,)), "kuasa_pemberi"),
        (replace(good, giver_ids=(daughter.id + 999,)), "kuasa_bukan_penerima"),
    ):
        with pytest.raises(Refused) as refused:
            actions.record_power(by=stage.cast.bpjs, on=PAY, case_id=case_id, power=bad)
        assert refused.value.code == code
    Heir.objects.filter(pk=daughter.id).update(guardian_nik="5371040101600001", guardian_name="Maria Fangidae")
    with pytest.raises(Refused, match="masuk ke rekening wali"):
        actions.record_power(by=stage.cast.bpjs, on=PAY, case_id=case_id, power=good)
    assert not Power.objects.exists()


def test_two_officers_one_page_and_one_power_at_a_time(stage: Stage) -> None:
    case_id, widow, daughter = shared(stage)
    good = PowerGiven(widow.id, (daughter.id,), PAPER, date(2026, 1, 10))
    made = actions.record_power(by=stage.cast.bpjs, on=PAY, case_id=case_id, power=good)
    with pytest.raises(Refused, match="cabut dahulu yang lama"):
        actions.record_power(by=stage.cast.bpjs, on=PAY, case_id=case_id, power=good)
    for by, code in ((stage.cast.bpjs, "tidak_berwenang"), (stage.cast.penyetuju, "kuasa_tanpa_berkas")):
        with pytest.raises(Refused) as refused:
            actions.answer_power(by=by, on=PAY, power_id=made, accepted=True)
        assert refused.value.code == code
    with pytest.raises(DatabaseError), transaction.atomic():
        Power.objects.filter(pk=made).update(state="berlaku", checked_by=stage.cast.bpjs, checked_on=PAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Power.objects.filter(pk=made).update(representative=daughter)
    actions.answer_power(by=stage.cast.penyetuju, on=PAY, power_id=made, accepted=False, why="tanda tangan berbeda")
    with pytest.raises(Refused, match="muat ulang"):
        actions.revoke_power(by=stage.cast.bpjs, on=PAY, power_id=made, why="x")
    assert actions.record_power(by=stage.cast.bpjs, on=PAY, case_id=case_id, power=good) != made

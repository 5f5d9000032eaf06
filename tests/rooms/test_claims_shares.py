"""Several heirs: what they agreed becomes shares without a lost rupiah, each to its own account or the guardian's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.claims import actions, queries
from lopo.claims.actions import DisputeGiven, Receiver, ShareGiven
from lopo.claims.judging import share_code
from lopo.claims.models import Decision, Dispute, Heir, Paper
from lopo.claims.sharing import parts_of
from lopo.jobs.papers.decision_words import payee_name
from lopo.law.heirs import agreed_portions
from lopo.payments import actions as payments
from lopo.payments import bank
from lopo.payments.models import Order
from lopo.payments.queries.held import held_shares
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build

PAY = date(2026, 1, 12)
GUARDIAN = ("5371040101600001", "Maria Fangidae")
PAPER = "Surat pembagian 12/XI/2025"


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


def widow_and_child(stage: Stage) -> tuple[int, Heir, Heir]:
    """A death whose heirs are a widow and a child of ten."""
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    widow, child = Heir.objects.filter(case_id=case_id).order_by("born")
    return case_id, widow, child


def divide(stage: Stage, case_id: int, *shares: ShareGiven) -> None:
    actions.name_shares(by=stage.cast.bpjs, on=READ, case_id=case_id, shares=shares, agreement=PAPER)


def shared(stage: Stage) -> tuple[int, Heir, Heir]:
    """The widow two thirds, the child one third through a guardian; decided."""
    case_id, widow, child = widow_and_child(stage)
    divide(stage, case_id, ShareGiven(widow.id, "2/3"), ShareGiven(child.id, "1/3", *GUARDIAN))
    stage.papers(case_id)
    stage.decide(case_id)
    return case_id, widow, child


@given(st.integers(0, 10**12), st.lists(st.integers(1, 10**6), min_size=2, max_size=9))
def test_no_division_loses_or_wins_a_rupiah(amount: int, parts: list[int]) -> None:
    agreed = {str(place): one for place, one in enumerate(parts)}
    portions = agreed_portions("jkm_santunan_kematian", amount, agreed)
    assert sum(one.amount for one in portions) == amount
    for one in portions:
        exact = amount * agreed[one.receiver]
        assert abs(one.amount * sum(parts) - exact) < sum(parts)


def test_parts_and_fractions_come_to_the_same() -> None:
    assert parts_of({1: "1/4", 2: "1/4", 3: "1/2"}) == parts_of({1: "1", 2: "1", 3: "2"})
    assert parts_of({1: "1/3", 2: "1/6", 3: "1 / 2"}) == {1: 2, 2: 1, 3: 3}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({1: "1/3", 2: "1/2"}, "bagian_tidak_utuh"),
        ({1: "1/2", 2: "1"}, "bagian_campur"),
        ({1: "0", 2: "1"}, "bagian_tidak_terbaca"),
        ({1: "1/0", 2: "1/2"}, "bagian_tidak_terbaca"),
        ({1: "-1", 2: "2"}, "bagian_tidak_terbaca"),
    ],
)
def test_parts_that_are_no_whole_are_refused(said: dict[int, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        parts_of(said)
    assert refused.value.code == code


def test_each_share_is_decided_ordered_and_told_apart(stage: Stage) -> None:
    case_id, widow, child = shared(stage)
    (decision,) = queries.decisions_of(case_id)
    to_widow = [one for one in decision.components if one.to == widow.nik]
    to_guardian = [one for one in decision.components if one.to == GUARDIAN[0]]
    assert sum(one.amount for one in to_widow) == 28_000_000
    assert sum(one.amount for one in to_guardian) == 14_000_000
    assert len(decision.components) == 6
    page = queries.case(case_id, on=READ)
    assert payee_name(page, to_guardian[0]) == f"{child.name} (anak) melalui wali {GUARDIAN[1]}"
    accounts = [
        payments.Account("ahli_waris", widow.name, widow.nik, bank.BANK_NTT, "0131"),
        payments.Account("ahli_waris", GUARDIAN[1], GUARDIAN[0], bank.BANK_NTT, "0132"),
    ]
    payments.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=accounts)
    made = payments.make_orders(by=stage.cast.bpjs, on=PAY)
    assert (made.orders, made.total, made.waiting) == (6, 42_000_000, ())
    assert set(Order.objects.values_list("passbook__number", flat=True)) == {"0131", "0132"}


def test_only_the_disputed_share_waits(stage: Stage) -> None:
    case_id, widow, child = shared(stage)
    accounts = [
        payments.Account("ahli_waris", widow.name, widow.nik, bank.BANK_NTT, "0131"),
        payments.Account("ahli_waris", GUARDIAN[1], GUARDIAN[0], bank.BANK_NTT, "0132"),
    ]
    payments.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=accounts)
    dispute = DisputeGiven("ahli_waris", "Paman", "anak ini bukan anak almarhum", child.id)
    first = actions.raise_dispute(by=stage.cast.lurah, on=PAY, case_id=case_id, dispute=dispute)
    assert payments.make_orders(by=stage.cast.bpjs, on=PAY).total == 28_000_000
    answer: dict[str, Any] = {"by": stage.cast.penyetuju, "on": PAY, "upheld": False, "answer": "akta lahir cocok"}
    actions.answer_dispute(dispute_id=first, **answer)
    assert payments.make_orders(by=stage.cast.bpjs, on=PAY).total == 14_000_000
    again = actions.raise_dispute(by=stage.cast.lurah, on=PAY, case_id=case_id, dispute=dispute)
    assert payments.make_file(by=stage.cast.bpjs, on=PAY).total == 28_000_000
    actions.answer_dispute(dispute_id=again, **answer)
    assert payments.make_file(by=stage.cast.bpjs, on=PAY).total == 14_000_000
    assert Dispute.objects.filter(heir=child).count() == 2


def test_a_division_needs_its_paper_and_the_guardian_his(stage: Stage) -> None:
    case_id, widow, child = widow_and_child(stage)
    divide(stage, case_id, ShareGiven(widow.id, "1"), ShareGiven(child.id, "1", *GUARDIAN))
    missing = set(Paper.objects.filter(case_id=case_id, received_on__isnull=True).values_list("code", flat=True))
    assert missing == {"pembagian_waris", "penetapan_wali"}
    with pytest.raises(Refused, match="Surat pembagian"):
        actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)


def test_one_receiver_again_takes_the_division_away(stage: Stage) -> None:
    case_id, widow, child = widow_and_child(stage)
    divide(stage, case_id, ShareGiven(widow.id, "1"), ShareGiven(child.id, "1", *GUARDIAN))
    alone = Receiver("5371045507950003", "Paulina", "anak", date(1995, 7, 15), "")
    actions.name_receiver(by=stage.cast.bpjs, on=READ, case_id=case_id, receiver=alone)
    assert Heir.objects.get(case_id=case_id, receives=True).name == "Paulina"
    assert Heir.objects.get(pk=child.id).guardian_nik == ""


def test_bad_divisions_are_named_and_change_nothing(stage: Stage) -> None:
    case_id, widow, child = widow_and_child(stage)
    stranger = Heir(id=10**9)
    for shares, code in (
        ((ShareGiven(widow.id, "1"), ShareGiven(child.id, "1")), "wali_belum_ada"),
        ((ShareGiven(widow.id, "1"), ShareGiven(child.id, "1", "123", "Wali")), "wali_tidak_sah"),
        ((ShareGiven(widow.id, "1"), ShareGiven(child.id, "1", "5371040101900001", "Wali")), "wali_diri_sendiri"),
        ((ShareGiven(widow.id, "1"),), "bagian_satu_orang"),
        ((ShareGiven(widow.id, "1"), ShareGiven(widow.id, "1")), "bagian_satu_orang"),
        ((ShareGiven(widow.id, "1"), ShareGiven(stranger.id, "1")), "bukan_ahli_waris"),
    ):
        with pytest.raises(Refused) as refused:
            divide(stage, case_id, *shares)
        assert refused.value.code == code
    assert list(Heir.objects.filter(receives=True).values_list("nik", flat=True)) == [widow.nik]
    early = DisputeGiven("ahli_waris", "Paman", "bukan anaknya", child.id)
    with pytest.raises(Refused) as refused:
        actions.raise_dispute(by=stage.cast.lurah, on=READ, case_id=case_id, dispute=early)
    assert refused.value.code == "bagian_belum_diputus"


def test_the_database_wants_the_amounts_to_make_up_the_sum(stage: Stage) -> None:
    case_id, _, _ = shared(stage)
    decision = Decision.objects.get(case_id=case_id)
    parts = [one | {"amount": one["amount"] + 1} for one in decision.components]
    fields = {field.attname: getattr(decision, field.attname) for field in Decision._meta.concrete_fields}
    other = fields | {"id": None, "number": 2, "components": parts, "state": "dikembalikan"}
    del other["id"], other["made_at"]
    with pytest.raises(IntegrityError, match="decision_sum_of_components"), transaction.atomic():
        Decision.objects.create(**other)


def test_two_receivers_without_an_agreement_do_not_enter_the_database(stage: Stage) -> None:
    case_id, _, _ = widow_and_child(stage)
    with pytest.raises(IntegrityError, match="heir_one_without_agreement"), transaction.atomic():
        Heir.objects.filter(case_id=case_id).update(receives=True)
    assert connection.is_usable()


def test_the_code_of_a_share_is_no_code_of_an_invoice_or_a_school_year() -> None:
    assert share_code("jkm_biaya_pemakaman", 7) == "jkm_biaya_pemakaman:waris-7"


def both_accounts(stage: Stage, widow: Heir) -> None:
    accounts = [
        payments.Account("ahli_waris", widow.name, widow.nik, bank.BANK_NTT, "0131"),
        payments.Account("ahli_waris", GUARDIAN[1], GUARDIAN[0], bank.BANK_NTT, "0132"),
    ]
    payments.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=accounts)


def found_right(stage: Stage, case_id: int, heir_id: int | None) -> int:
    """An objection to a share (or to all of them) that another officer found right."""
    said = DisputeGiven("ahli_waris", "Paman", "bukan ahli waris", heir_id)
    made = actions.raise_dispute(by=stage.cast.lurah, on=PAY, case_id=case_id, dispute=said)
    actions.answer_dispute(by=stage.cast.penyetuju, on=PAY, dispute_id=made, upheld=True, answer="akta tidak cocok")
    return made


def paid_sums(case_id: int) -> dict[str, int]:
    """What live orders give to each account."""
    found: dict[str, int] = {}
    for number, amount in (
        Order.objects.filter(decision__case_id=case_id).exclude(state="batal").values_list("passbook__number", "amount")
    ):
        found[number] = found.get(number, 0) + amount
    return found


def test_a_share_found_wrong_goes_to_the_other_heir_by_two_pairs_of_officers(stage: Stage) -> None:
    case_id, widow, child = shared(stage)
    both_accounts(stage, widow)
    found_right(stage, case_id, child.id)
    assert payments.make_orders(by=stage.cast.bpjs, on=PAY).total == 28_000_000
    divide(stage, case_id, ShareGiven(widow.id, "1"))
    assert payments.make_orders(by=stage.cast.bpjs, on=PAY).total == 0
    with pytest.raises(Refused, match="usulkan koreksi"):
        actions.propose_decision(by=stage.cast.bpjs, on=PAY, case_id=case_id)
    why = "anak bukan ahli waris menurut akta"
    taken = actions.propose_correction(by=stage.cast.bpjs, on=PAY, case_id=case_id, why=why)
    actions.approve_correction(by=stage.cast.penyetuju, on=PAY, correction_id=taken)
    assert Dispute.objects.get().settled_how == f"Koreksi: {why}"
    assert payments.make_orders(by=stage.cast.bpjs, on=PAY).total == 0
    stage.decide(case_id)
    assert payments.make_orders(by=stage.cast.bpjs, on=PAY).total == 14_000_000
    assert paid_sums(case_id) == {"0131": 42_000_000}


def test_a_share_found_right_after_all_is_paid_as_it_was_decided(stage: Stage) -> None:
    case_id, widow, child = shared(stage)
    both_accounts(stage, widow)
    dispute = found_right(stage, case_id, child.id)
    assert payments.make_orders(by=stage.cast.bpjs, on=PAY).total == 28_000_000
    for by, how, code in (
        (stage.cast.penyetuju, " ", "penyelesaian_kosong"),
        (stage.cast.bpjs, "surat damai", "tidak_berwenang"),
    ):
        with pytest.raises(Refused) as refused:
            actions.settle_share(by=by, on=PAY, dispute_id=dispute, how=how)
        assert refused.value.code == code
    actions.settle_share(by=stage.cast.penyetuju, on=PAY, dispute_id=dispute, how="Surat damai 3/I/2026")
    assert payments.make_orders(by=stage.cast.bpjs, on=PAY).total == 14_000_000
    assert paid_sums(case_id) == {"0131": 28_000_000, "0132": 14_000_000}
    with pytest.raises(Refused, match="Tidak ada lagi yang ditahan"):
        actions.settle_share(by=stage.cast.penyetuju, on=PAY, dispute_id=dispute, how="Surat damai 3/I/2026")


def test_who_inherits_found_wrong_after_the_grant_holds_all_until_it_is_divided_anew(stage: Stage) -> None:
    case_id, widow, child = widow_and_child(stage)
    stage.papers(case_id)
    stage.decide(case_id)
    both_accounts(stage, widow)
    dispute = found_right(stage, case_id, None)
    assert payments.make_orders(by=stage.cast.bpjs, on=PAY).total == 0
    divide(stage, case_id, ShareGiven(child.id, "1", *GUARDIAN))
    with pytest.raises(Refused, match="sudah dibagi ulang"):
        actions.settle_share(by=stage.cast.penyetuju, on=PAY, dispute_id=dispute, how="Surat damai 3/I/2026")
    taken = actions.propose_correction(by=stage.cast.bpjs, on=PAY, case_id=case_id, why="penerima keliru")
    actions.approve_correction(by=stage.cast.penyetuju, on=PAY, correction_id=taken)
    stage.papers(case_id)
    stage.decide(case_id)
    assert payments.make_orders(by=stage.cast.bpjs, on=PAY).total == 42_000_000
    assert paid_sums(case_id) == {"0132": 42_000_000}


def test_heirs_put_right_before_the_grant_hold_nothing(stage: Stage) -> None:
    case_id, widow, _child = widow_and_child(stage)
    both_accounts(stage, widow)
    found_right(stage, case_id, None)
    stage.papers(case_id)
    stage.decide(case_id)
    assert payments.make_orders(by=stage.cast.bpjs, on=PAY).total == 42_000_000


def test_nobody_divides_a_granted_case_anew_without_an_objection_found_right(stage: Stage) -> None:
    case_id, widow, _child = shared(stage)
    with pytest.raises(Refused, match="sudah dikabulkan"):
        divide(stage, case_id, ShareGiven(widow.id, "1"))


def test_the_desk_sees_what_is_held_and_whose_turn_it_is(stage: Stage) -> None:
    case_id, widow, child = shared(stage)
    both_accounts(stage, widow)
    said = DisputeGiven("ahli_waris", "Paman", "bukan ahli waris", child.id)
    dispute = actions.raise_dispute(by=stage.cast.lurah, on=PAY, case_id=case_id, dispute=said)
    payments.make_orders(by=stage.cast.bpjs, on=PAY)
    (waits,) = held_shares(("53",))
    assert (waits.heir, waits.amount, waits.since, waits.found_right_on) == (child.name, 14_000_000, PAY, None)
    assert held_shares(("53.71.01",)) == ()
    actions.answer_dispute(by=stage.cast.penyetuju, on=PAY, dispute_id=dispute, upheld=True, answer="benar")
    (row,) = queries.cases_page(queries.CaseFilter(("53",), ids=(case_id,)), Asked()).rows
    assert queries.next_step(row.standing, paid=False) == "ditahan"
    actions.settle_share(by=stage.cast.penyetuju, on=PAY, dispute_id=dispute, how="Surat damai 3/I/2026")
    assert held_shares(("53",)) == ()

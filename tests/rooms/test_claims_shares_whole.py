"""Random objections, divisions, corrections and orders: the heirs get what the law gives, once and to the rupiah."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lopo.basics.refusal import Refused
from lopo.claims import actions
from lopo.claims.actions import DisputeGiven, ShareGiven
from lopo.claims.models import Correction, Dispute, Heir
from lopo.payments import actions as payments
from lopo.payments.models import Order
from lopo.payments.queries.held import held_shares
from tests.cast import Cast
from tests.rooms.claims_stage import Stage, build
from tests.rooms.test_claims_shares import GUARDIAN, PAY, both_accounts, divide, shared

pytestmark = pytest.mark.django_db
WHOLE = 42_000_000
DEEDS = ("sengketa", "jawab", "selesai", "bagi", "koreksi", "putus", "perintah")
deeds = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 3)), min_size=6, max_size=16)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=deeds)
def test_heirs_get_what_the_law_gives_once(cast: Cast, deeds: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        stage = build(cast)
        case_id, *heirs = shared(stage)
        both_accounts(stage, heirs[0])
        for deed, choice in deeds:
            _tried(stage, case_id, heirs, deed, choice)
            assert _live(case_id) <= WHOLE, "never more than the law gives"
            assert sum(one.counted for one in held_shares(("53",))) <= WHOLE, "each rupiah is held once"
        _finish(stage, case_id, heirs)
        assert held_shares(("53",)) == ()
        assert _live(case_id) == WHOLE
        parts = {one.guardian_nik or one.nik: one.parts for one in Heir.objects.filter(case_id=case_id, receives=True)}
        for nik, part in parts.items():
            exact = WHOLE * part / sum(parts.values())
            assert abs(_live(case_id, nik) - exact) < len(parts) * 3, "each by the division that stands"
        transaction.set_rollback(True)


def _live(case_id: int, nik: str = "") -> int:
    orders = Order.objects.filter(decision__case_id=case_id).exclude(state="batal")
    if nik:
        orders = orders.filter(passbook__holder_nik=nik)
    return sum(orders.values_list("amount", flat=True))


def _tried(stage: Stage, case_id: int, heirs: list[Heir], deed: str, choice: int) -> None:
    try:
        with transaction.atomic():
            _do(stage, case_id, heirs, deed, choice)
    except Refused:
        pass  # what is refused leaves nothing behind, which the sums show


def _do(stage: Stage, case_id: int, heirs: list[Heir], deed: str, choice: int) -> None:
    boss, bank = {"by": stage.cast.penyetuju, "on": PAY}, {"by": stage.cast.bpjs, "on": PAY}
    if deed == "sengketa":
        heir = [None, *heirs, heirs[0]][choice]
        said = DisputeGiven("ahli_waris", "Paman", "bukan ahli waris", None if heir is None else heir.id)
        actions.raise_dispute(by=stage.cast.lurah, on=PAY, case_id=case_id, dispute=said)
    elif deed == "jawab":
        for one in Dispute.objects.filter(case_id=case_id, state="diajukan")[:1]:
            actions.answer_dispute(**boss, dispute_id=one.id, upheld=choice > 0, answer="dilihat aktanya")
    elif deed == "selesai":
        for one in Dispute.objects.filter(case_id=case_id, state="dibenarkan", settled_on__isnull=True)[:1]:
            actions.settle_share(**boss, dispute_id=one.id, how="Surat damai 3/I/2026")
    elif deed == "bagi":
        widow, child = ShareGiven(heirs[0].id, "1"), ShareGiven(heirs[1].id, "1", *GUARDIAN)
        divide(stage, case_id, *[(widow, child), (widow,), (child,), (ShareGiven(heirs[0].id, "3"), child)][choice])
    elif deed == "koreksi":
        made = actions.propose_correction(**bank, case_id=case_id, why="bagian berubah")
        actions.approve_correction(**boss, correction_id=made)
    elif deed == "putus":
        stage.papers(case_id)
        stage.decide(case_id)
    else:
        payments.make_orders(**bank)


def _finish(stage: Stage, case_id: int, heirs: list[Heir]) -> None:
    """Answer what is open, correct what became less, settle what is held, decide what became more, order all."""
    while Dispute.objects.filter(case_id=case_id, state="diajukan").exists():
        _do(stage, case_id, heirs, "jawab", 0)
    for deed in ("koreksi", "selesai", "selesai", "selesai", "selesai", "putus", "perintah"):
        _tried(stage, case_id, heirs, deed, 0)
    assert not Correction.objects.filter(state="usul").exists()

"""The last act, January 2026: the province pays no longer, and the city takes over some of its people in time."""

from __future__ import annotations

from datetime import date
from typing import Final

from lopo.basics.area import KECAMATAN
from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.basics.refusal import Impossible
from lopo.demo import stage as at
from lopo.demo.choosing import found
from lopo.demo.stage import Stage
from lopo.financing import actions as financing
from lopo.financing import queries as finance
from lopo.financing.actions.takeover import carry_out, propose_takeover
from lopo.financing.queries.renewal import falling_persons
from lopo.financing.queries.takeover import origin_of
from lopo.targeting import actions as targeting
from lopo.targeting import queries as targets
from lopo.targeting.actions.adopting import Adoption
from lopo.targeting.criteria import Criteria

CODE: Final = "pekerja-rentan-kota-2026"
CITY_PAYER: Final = "pemkot-kupang"
NUMBER: Final = "8/KEP/HK/2026"
TITLE: Final = "Pengambilalihan Iuran Pekerja Rentan dari Program Provinsi Tahun 2025"
PLACES: Final = 48
EACH_KECAMATAN: Final = 8
YEAR: Final = 2026
MONTHS: Final = tuple(Month(YEAR, number) for number in range(1, 13))
RULE_DATED: Final = date(2026, 1, 2)
DRAFTED: Final = date(2026, 1, 7)
SET: Final = date(2026, 1, 8)
TAKEN: Final = date(2026, 1, 9)
PAID: Final = date(2026, 1, 14)


def taking_over(stage: Stage) -> str:
    """Let the city go on with the poorest of each kecamatan: programme, budget, decree, takeover, and January paid."""
    programme_id = _programme(stage)
    _budget(stage, programme_id)
    decree_id = _decree(stage, programme_id)
    if origin_of(decree_id) is not None:
        carry_out(by=stage.player("provinsi"), on=TAKEN, decree_id=decree_id)
    people = _january(stage, programme_id)
    return f"kota mengambil alih {people} orang mulai {MONTHS[0].text()}, tanpa sela"


def _programme(stage: Stage) -> int:
    here = targets.programme(CODE)
    if here is None:
        targeting.create_programme(
            by=stage.player("dinas"),
            on=RULE_DATED,
            programme=targeting.NewProgramme(
                code=CODE,
                name="Pekerja Rentan Kota Kupang 2026 (APBD kota)",
                area_code=at.CITY,
                first_month=MONTHS[0].first_day,
                last_month=MONTHS[-1].first_day,
                registration_day=RULE_DATED,
                places=PLACES,
                criteria=Criteria(max_decile=4),
                monthly_income=1_000_000,
                basis=targeting.Basis("Peraturan Wali Kota tentang iuran pekerja rentan (contoh demo)", RULE_DATED),
            ),
        )
        here = targets.programme(CODE)
    if here is None:
        raise Impossible("the programme of the city is not there")
    if here.programme.state == "konsep":
        targeting.approve_programme(by=stage.player("penyetuju"), on=RULE_DATED, programme_id=here.programme.id)
    return here.programme.id


def _budget(stage: Stage, programme_id: int) -> None:
    """Give the city money for all places and the whole year at the rate of the law."""
    if finance.budgets(areas=(at.CITY,), programme_id=programme_id):
        return
    payer = financing.PayerGiven(CITY_PAYER, "Pemerintah Kota Kupang", "K", "apbd_kota")
    financing.add_payer(by=stage.player("bendahara"), on=RULE_DATED, payer=payer)
    prices = (finance.price_of(income=1_000_000, payer_kind="apbd_kota", month=month) for month in MONTHS)
    line = financing.BudgetLine(
        payer_code=CITY_PAYER,
        programme_id=programme_id,
        year=YEAR,
        line="5.1.02.02.02 Belanja iuran jaminan sosial",
        legal_basis="DPA Dinas Tenaga Kerja Kota Kupang 2026 (contoh demo)",
        amount=PLACES * sum(price.per_person for price in prices),
    )
    financing.set_budget(by=stage.player("bendahara"), on=RULE_DATED, line=line)


def _decree(stage: Stage, programme_id: int) -> int:
    state = targets.programme(CODE)
    if state is None or not state.decree_id:
        wish = Adoption(found().programme_id, programme_id, NUMBER, TITLE, _chosen())
        propose_takeover(by=stage.player("dinas"), on=DRAFTED, adoption=wish)
        state = targets.programme(CODE)
    if state is None or not state.decree_id:
        raise Impossible("the decree of the city is not there")
    if state.decree_state == "konsep":
        targeting.approve_decree(by=stage.player("penyetuju"), on=SET, decree_id=state.decree_id)
    return state.decree_id


def _chosen() -> tuple[int, ...]:
    """Give the poorest of those who fall out, the same number of each kecamatan."""
    persons: list[int] = []
    for kecamatan in KECAMATAN:
        wanted = finance.FallingFilter((at.CITY,), found().programme_id, MONTHS[0], area=kecamatan.code)
        persons += falling_persons(wanted, on=DRAFTED, most=EACH_KECAMATAN)
    return tuple(persons)


def _january(stage: Stage, programme_id: int) -> int:
    """Bill and pay the first month of the city; give for how many people."""
    chosen = finance.BillsFilter(areas=(at.CITY,), programme_id=programme_id)
    rows = finance.bills_page(chosen, Asked(size=0), on=at.LAST_DAY).rows
    if not rows:
        financing.make_bill(
            by=stage.player("dinas"), on=TAKEN, programme_id=programme_id, payer_code=CITY_PAYER, month=MONTHS[0]
        )
        rows = finance.bills_page(chosen, Asked(size=0), on=at.LAST_DAY).rows
    bill = rows[0]
    if bill.state == "terbit":
        order = financing.OrderGiven("00001/SP2D/LS/2026", PAID)
        financing.request_payment(by=stage.player("bendahara"), on=PAID, bill_id=bill.id, order=order)
    if bill.state in ("terbit", "diajukan"):
        financing.approve_payment(by=stage.player("penyetuju"), on=PAID, bill_id=bill.id)
    return bill.people

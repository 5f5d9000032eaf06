"""The first page: figures of a programme and what needs somebody, within the areas of the officer."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from lopo.basics.calendar import Month
from lopo.claims.models import Case, DeathHit, Decision
from lopo.coverage import actions as coverage
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.coverage.models import Membership
from lopo.financing import actions as financing
from lopo.insight import queries
from lopo.payments.models import BankFile, Order, Passbook
from lopo.people.models import Snapshot
from lopo.staff.roles import PERMISSIONS
from tests.cast import Cast
from tests.rooms.enrolment import ISSUED, PAYER, Enrolment, enrol, fund, make_decree, pay, take

pytestmark = pytest.mark.django_db
ALL = ("53",)
CODE = "kupang-2025"
AUGUST, SEPTEMBER = Month(2025, 8), Month(2025, 9)


def needs(made: Enrolment, on: date, areas: tuple[str, ...] = ALL) -> dict[str, int]:
    standing = queries.standing(CODE, on=on, areas=areas)
    assert standing is not None
    assert standing.programme.programme.id == made.programme
    return {one.code: one.count for one in queries.attention(standing, areas=areas)}


def test_the_figures_of_the_story(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    made = enrol(cast, 12, refusals={"5371010101800001": "sudah PU"})
    pay(cast, made, AUGUST, paid_on=date(2025, 8, 13))
    _bill(cast, made, SEPTEMBER)
    with django_assert_max_num_queries(13):
        standing = queries.standing(CODE, on=date(2025, 9, 20), areas=ALL)
    assert standing is not None
    assert standing.members.states == {"diusulkan": 0, "diterima": 0, "terdaftar": 11, "ditolak": 1, "berakhir": 0}
    assert (standing.enrolled, standing.covered, standing.cover["menunggak_1"]) == (11, 0, 11)
    bills = standing.bills
    assert [str(month) for month in bills.months] == ["2025-07", "2025-08", "2025-09"]
    assert (bills.bills, bills.monthly, bills.overdue) == (3, 11 * 16_800, 1)
    assert (bills.billed, bills.paid, bills.unpaid) == (33 * 16_800, 22 * 16_800, 11 * 16_800)
    assert standing.programme.chosen == 12
    assert queries.standing("tidak-ada", on=ISSUED, areas=ALL) is None
    august = queries.standing(CODE, on=date(2025, 8, 20), areas=ALL)
    assert august is not None
    assert (august.covered, august.bills.bills) == (11, 2)


def _bill(cast: Cast, made: Enrolment, month: Month) -> uuid.UUID:
    return financing.make_bill(
        by=cast.dinas, on=month.first_day, programme_id=made.programme, payer_code=PAYER, month=month
    ).id


def test_what_needs_somebody_on_the_way(cast: Cast) -> None:
    made = make_decree(cast, 6)
    assert needs(made, ISSUED) == {"tanpa_nomor": 6}
    take(cast, made, FakeBpjs({"5371010101800001": "sudah PU"}))
    fund(cast, made)
    assert needs(made, ISSUED) == {"tanpa_nomor": 6, "belum_ditagih": 1}
    bill = _bill(cast, made, Month(2025, 7))
    assert needs(made, ISSUED) == {"tanpa_nomor": 6, "tagihan_jatuh_tempo": 1}
    assert needs(made, date(2025, 7, 16)) == {"tanpa_nomor": 6, "tagihan_lewat": 1}
    order = financing.OrderGiven("SP2D/1", date(2025, 7, 14))
    financing.request_payment(by=cast.bendahara, on=date(2025, 7, 14), bill_id=bill, order=order)
    assert needs(made, date(2025, 7, 14)) == {"tanpa_nomor": 6, "sp2d_menunggu": 1}
    financing.approve_payment(by=cast.penyetuju, on=date(2025, 7, 14), bill_id=bill)
    assert needs(made, date(2025, 7, 14)) == {"tanpa_nomor": 6}


def test_who_is_in_arrears_or_has_no_card(cast: Cast) -> None:
    made = enrol(cast, 12)
    day = date(2025, 9, 20)
    assert needs(made, day) == {"belum_ditagih": 2, "menunggak": 12, "kartu_belum": 12, "buku_belum": 12}
    coverage.print_cards(by=cast.dinas, on=day, programme_id=made.programme)
    first = Membership.objects.filter(person__area_code="53.71.04.1009").order_by("id")[0]
    given = [coverage.ReceiptGiven(first.id, "kartu", "yang bersangkutan", "tanda_tangan")]
    coverage.record_receipts(by=cast.lurah, on=day, receipts=given, received_on=day)
    assert needs(made, day)["kartu_belum"] == 11
    assert needs(made, day, ("53.71.04.1009",)) == {
        "belum_ditagih": 2, "menunggak": 2, "kartu_belum": 1, "buku_belum": 2,
    }  # fmt: skip
    assert needs(made, day, ()) == {}


def test_lists_rows_and_drafts(cast: Cast) -> None:
    made = enrol(cast, 6)
    day = date(2025, 7, 20)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE targeting_proposallist SET problems = '[{}]', candidates = 5, rows_read = 5")
        cursor.execute(
            "UPDATE targeting_screening SET counts = jsonb_build_object('lists', (SELECT jsonb_object_agg(id,"
            " jsonb_build_object('diterima', 3)) FROM targeting_proposallist))"
        )
        cursor.execute(
            "UPDATE targeting_verdict SET verdict = 'perlu_cek' WHERE id = (SELECT min(id) FROM targeting_verdict)"
        )
        cursor.execute(
            "INSERT INTO targeting_decree (programme_id, screening_id, number, title, dated, state, quota, annex_hash,"
            " made_by_id) SELECT programme_id, screening_id, 'K2', 't', dated, 'konsep', '{}', 'x', made_by_id"
            " FROM targeting_decree"
        )
    found = needs(made, day)
    codes = ("daftar_bermasalah", "belum_diperiksa", "perlu_cek", "keputusan_konsep")
    assert [found[code] for code in codes] == [1, 2, 1, 1]


def _case(member: Membership, code: str, **given: object) -> Case:
    values = {"kind": "JKM", "event_on": date(2025, 8, 1), "opened_on": date(2025, 8, 2), "opened_from": "register"}
    return Case.objects.create(
        code=code, person=member.person, membership=member, visit_due_on=date(2025, 8, 5), **{**values, **given}
    )


def test_in_the_last_month_the_page_says_who_will_have_no_payer(cast: Cast) -> None:
    made = enrol(cast, 6)
    assert "program_berakhir" not in needs(made, date(2025, 11, 30))
    assert needs(made, date(2025, 12, 1))["program_berakhir"] == 6
    assert needs(made, date(2026, 1, 15))["program_berakhir"] == 6


def test_cases_decisions_and_payments(cast: Cast) -> None:
    made = enrol(cast, 6)
    day = date(2025, 8, 10)
    member = Membership.objects.get(person__area_code="53.71.04.1009")
    late = _case(member, "K-1")
    _case(Membership.objects.exclude(pk=member.pk)[0], "K-2", visited_on=date(2025, 8, 4))
    assert needs(made, day)["kasus_lewat"] == 1
    assert needs(made, day)["kasus_terbuka"] == 2
    decision = Decision.objects.create(
        case=late, kind="JKM", granted=True, amount=10_000_000, legal_day=day, facts={}, trace={},
        components=[{"code": "pemakaman", "amount": 10_000_000}], edition="1", law_hash="x",
        made_by=cast.bpjs, made_on=day,
    )  # fmt: skip
    assert needs(made, day)["keputusan_klaim"] == 1
    Decision.objects.update(state="disetujui", approved_by=cast.penyetuju, approved_on=day)
    assert needs(made, day)["keputusan_belum_dibayar"] == 1
    book = Passbook.objects.create(
        kind="ahli_waris",
        holder_name="A",
        holder_nik="5371010101800002",
        bank_bic="PDNTIDJA",
        number="1",
        opened_on=day,
    )
    file = BankFile.objects.create(
        name="f", made_on=day, count=1, total=10_000_000, sha256="x", content=b"", made_by=cast.bpjs
    )
    Order.objects.create(
        decision=decision,
        component="pemakaman",
        passbook=book,
        amount=10_000_000,
        made_by=cast.bpjs,
        made_on=day,
        file=file,
    )
    found = needs(made, day)
    assert "keputusan_belum_dibayar" not in found
    assert (found["perintah_siap"], found["berkas_bank"]) == (1, 1)
    Order.objects.update(state="terkirim")
    Order.objects.update(state="gagal")
    assert needs(made, day)["perintah_gagal"] == 1
    snapshot = Snapshot.objects.create(kind="kematian", origin="x", as_of=day, rows=1, sha256="x", loaded_by=cast.dinas)
    DeathHit.objects.create(
        membership=member, snapshot=snapshot, certificate="AK-1", name="X", died_on=day, certain=False, outcome="ragu",
        found_on=day,
    )  # fmt: skip
    assert needs(made, day)["kematian_ragu"] == 1
    elsewhere = needs(made, day, ("53.71.01",))
    assert not {"kasus_lewat", "kematian_ragu", "perintah_gagal", "berkas_bank"} & set(elsewhere)
    claims = queries.standing(CODE, on=day, areas=ALL)
    assert claims is not None
    assert (claims.claims.opened, claims.claims.still_open, claims.claims.decisions) == (2, 2, 1)
    assert (claims.claims.granted, claims.claims.paid) == (10_000_000, 0)


def test_the_urgent_come_first_and_each_says_what_to_do(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enrol(cast, 6)
    with django_assert_max_num_queries(14):
        home = queries.home(CODE, on=date(2025, 9, 20), areas=ALL)
    assert home is not None
    urgent = [one.urgent for one in home.attention]
    assert urgent == sorted(urgent, reverse=True)
    assert home.attention[0].sentence == "6 peserta menunggak: haknya berkurang atau gugur"
    assert {one.permission for one in home.attention} <= PERMISSIONS
    assert queries.home("tidak-ada", on=ISSUED, areas=ALL) is None

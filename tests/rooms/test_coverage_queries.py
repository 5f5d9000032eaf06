"""Tables of members, of people without a number, of cards and receipts; each with its number of SQL queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.coverage import actions, queries
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.coverage.models import Card, Membership, MemberTally, Receipt
from lopo.people.models import Person
from tests.cast import Cast
from tests.rooms.enrolment import NUMBERED, SENT, enrol, make_decree, send

pytestmark = pytest.mark.django_db
ALL = ("53.71",)
ON = date(2025, 9, 3)
OEBUFU = ("53.71.04.1009",)


def give(*members: int, item: str = "kartu") -> list[actions.ReceiptGiven]:
    return [actions.ReceiptGiven(member, item, "yang bersangkutan", "tanda_tangan") for member in members]


def members() -> list[int]:
    return list(Membership.objects.filter(state="terdaftar").order_by("id").values_list("id", flat=True))


def test_a_page_of_members(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = enrol(cast, 12, refusals={"5371010101800001": "sudah PU"})
    with django_assert_num_queries(2):
        page = queries.members_page(
            queries.MembersFilter(ALL, made.programme), Asked(size=5, sort="-name"), on=date(2025, 8, 3)
        )
    assert (page.total, page.pages, len(page.rows)) == (12, 3, 5)
    assert page.rows[0].name == "ORANG NOMOR 9"
    row = page.rows[0]
    assert (row.state, row.cover, row.months_paid, row.full_from) == ("terdaftar", "masa_tunggu", 1, date(2025, 10, 1))
    with django_assert_num_queries(4):
        waiting = queries.members_page(
            queries.MembersFilter(ALL, made.programme, cover="masa_tunggu"), Asked(), on=NUMBERED
        )
    assert waiting.total == 11


def test_members_are_found_by_name_nik_kpj_state_and_area(cast: Cast) -> None:
    made = enrol(cast, 12, refusals={"5371010101800001": "sudah PU"})

    def found(**given: str) -> int:
        given_areas = queries.MembersFilter(ALL, made.programme, **given)
        return queries.members_page(given_areas, Asked(), on=ON).total

    kpj = Membership.objects.get(pk=members()[0]).kpj or ""
    assert (found(search="nomor 12"), found(search="5371020101800001"), found(search=kpj)) == (1, 1, 1)
    assert (found(state="ditolak"), found(state="terdaftar"), found(area="53.71.04")) == (1, 11, 2)
    scoped = queries.members_page(queries.MembersFilter(OEBUFU, made.programme), Asked(size=0), on=ON)
    assert {row.area_code for row in scoped.rows} == {"53.71.04.1009"}
    assert queries.members_page(queries.MembersFilter((), made.programme), Asked(), on=ON).total == 0
    with pytest.raises(Refused, match="diurutkan"):
        queries.members_page(queries.MembersFilter(ALL, made.programme), Asked(sort="person__born"), on=ON)
    with pytest.raises(Refused, match="tidak dikenal"):
        queries.members_page(queries.MembersFilter(ALL, made.programme, cover="x"), Asked(), on=ON)


def test_one_person(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    enrol(cast, 2)
    person = Membership.objects.order_by("id")[0].person_id
    with django_assert_num_queries(1):
        row = queries.memberships_of(person, on=ON)[0]
    assert (row.state, row.decree_number[:9], row.cover.state) == ("terdaftar", "400.9/KEP", "menunggak_1")
    assert [str(month) for month in row.cover.unpaid] == ["2025-08"]
    assert row.kpj is not None
    with django_assert_num_queries(1):
        assert queries.membership(row.id, on=ON) == row
    with django_assert_num_queries(1):
        assert len(queries.paid_months_of(person)) == 1
    with django_assert_num_queries(1):
        assert queries.cover_of(row.id, on=ON) == row.cover


def test_named_without_a_number_at_each_stage(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = make_decree(cast, 6)
    stage = queries.NamedFilter(ALL, made.programme)
    assert queries.named_counts(made.programme, on=SENT, areas=ALL)["belum_dikirim"] == 6
    office = FakeBpjs({"5371010101800001": "sudah PU"})
    file = send(cast, made)
    assert queries.named_counts(made.programme, on=SENT, areas=ALL)["diusulkan"] == 6
    answer = office.verify(file)
    actions.read_answer(by=cast.bpjs, on=SENT, programme_id=made.programme, file="a", content=answer)
    with django_assert_num_queries(1):
        counts = queries.named_counts(made.programme, on=SENT, areas=ALL)
    assert counts == {"belum_dikirim": 0, "diusulkan": 0, "diterima": 5, "ditolak": 1}
    with django_assert_num_queries(2):
        page = queries.named_page(stage, Asked(), on=SENT)
    assert page.total == 6
    assert {(row.days, row.decree_number[:9]) for row in page.rows} == {(3, "400.9/KEP")}
    refused = queries.named_page(queries.NamedFilter(ALL, made.programme, stage="ditolak"), Asked(), on=SENT).rows[0]
    assert (refused.stage, refused.reject_reason) == ("ditolak", "sudah PU")
    assert queries.named_page(stage, Asked(), on=date(2025, 6, 19)).total == 0
    assert queries.named_page(queries.NamedFilter(ALL, made.programme, search="nomor 3"), Asked(), on=SENT).total == 1
    with pytest.raises(Refused):
        queries.named_page(queries.NamedFilter(ALL, made.programme, stage="x"), Asked(), on=SENT)


def test_who_has_a_number_is_not_waiting(cast: Cast) -> None:
    made = enrol(cast, 3)
    assert sum(queries.named_counts(made.programme, on=ON, areas=ALL).values()) == 0


def test_cards_are_printed_once_and_come_in_batches(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = enrol(cast, 7, refusals={"5371010101800001": "sudah PU"})
    printed = [actions.print_cards(by=cast.dinas, on=ON, programme_id=made.programme) for _ in range(2)]
    assert (printed, Card.objects.count()) == ([6, 0], 6)
    with django_assert_num_queries(1):
        first = queries.card_rows(queries.CardsWanted(made.programme), limit=4)
    rest = queries.card_rows(queries.CardsWanted(made.programme), after=first[-1].card_id, limit=4)
    assert (len(first), len(rest)) == (4, 2)
    card = first[0]
    assert (len(card.kpj), str(card.first_month), str(card.last_month)) == (11, "2025-07", "2025-12")
    with pytest.raises(Refused, match="berwenang"):
        actions.print_cards(by=cast.lurah, on=ON, programme_id=made.programme)


def test_the_handover_of_cards_and_passbooks(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = enrol(cast, 12)
    actions.print_cards(by=cast.dinas, on=date(2025, 8, 20), programme_id=made.programme)
    event = actions.HandoverEvent("Penyerahan simbolis", "Ruang Garuda, Balai Kota Kupang", ON)
    handover, same = (
        actions.record_handover(by=cast.dinas, on=ON, programme_id=made.programme, event=event) for _ in range(2)
    )
    assert handover == same
    chosen = members()[::2]
    gifts = [*give(*chosen), *give(*chosen, item="buku_tabungan")]
    results = [
        actions.record_receipts(by=cast.dinas, on=ON, receipts=gifts, received_on=ON, handover_id=handover)
        for _ in range(2)
    ]
    assert results == [actions.ReceiptsRecorded(12, 0), actions.ReceiptsRecorded(0, 12)]
    with django_assert_num_queries(1):
        row = queries.handovers(made.programme)[0]
    assert (row.cards, row.passbooks, row.people) == (6, 6, 6)
    with django_assert_num_queries(1):
        assert len(queries.receipts_of(handover, areas=ALL)) == 12
    assert len(queries.receipts_of(handover, areas=OEBUFU)) == 2
    with django_assert_num_queries(2):
        left = queries.undelivered_page(queries.UndeliveredFilter(ALL, made.programme, "kartu"), Asked(), on=ON)
    assert left.total == 6
    assert {(one.printed, one.days, one.due_on) for one in left.rows} == {(True, 50, date(2025, 7, 29))}
    before = queries.UndeliveredFilter(ALL, made.programme, "buku_tabungan")
    assert queries.undelivered_page(before, Asked(), on=date(2025, 9, 2)).total == 12
    person = queries.receipts_of(handover, areas=ALL)[0].person_id
    assert {one.item for one in queries.receipts_of_person(person)} == {"kartu", "buku_tabungan"}


def test_receipts_that_cannot_be_right_are_refused_whole(cast: Cast) -> None:
    made = enrol(cast, 12)
    chosen = members()

    def refused(officer: object, receipts: list[actions.ReceiptGiven], received_on: date = ON) -> str:
        with pytest.raises(Refused) as caught:
            actions.record_receipts(by=officer, on=ON, receipts=receipts, received_on=received_on)  # type: ignore[arg-type]
        return caught.value.code

    assert refused(cast.dinas, give(*chosen)) == "kartu_belum_dicetak"
    actions.print_cards(by=cast.dinas, on=date(2025, 8, 20), programme_id=made.programme)
    assert refused(cast.dinas, []) == "tidak_ada_penerima"
    assert refused(cast.dinas, give(*chosen), date(2025, 9, 4)) == "tanda_terima_salah"
    assert refused(cast.dinas, give(chosen[0], item="sepeda")) == "tanda_terima_salah"
    assert refused(cast.dinas, [actions.ReceiptGiven(chosen[0], "kartu", " ", "foto")]) == "tanda_terima_tidak_lengkap"
    assert refused(cast.dinas, give(chosen[0], 10**9)) == "belum_bernomor"
    assert refused(cast.lurah, give(*chosen)) == "tidak_berwenang"
    assert refused(cast.bendahara, give(chosen[0])) == "tidak_berwenang"
    with pytest.raises(Refused, match="program lain atau dari hari lain"):
        actions.record_receipts(by=cast.dinas, on=ON, receipts=give(chosen[0]), received_on=ON, handover_id=10**9)
    assert not Receipt.objects.exists()
    own = list(Membership.objects.filter(person__area_code="53.71.04.1009").values_list("id", flat=True))
    assert actions.record_receipts(by=cast.lurah, on=ON, receipts=give(*own), received_on=ON).new == 2


def test_the_files_to_and_from_bpjs(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = enrol(cast, 3, refusals={"5371010101800001": "sudah PU"})
    with django_assert_num_queries(1):
        rows = queries.exchanges(made.programme)
    assert [(row.direction, row.rows, row.accepted, row.numbered, row.refused) for row in rows] == [
        ("jawab", 3, 0, 2, 0),
        ("jawab", 3, 2, 0, 1),
        ("kirim", 3, 0, 0, 0),
    ]
    with django_assert_num_queries(1):
        file = queries.exchange_file(rows[-1].id)
    assert file is not None
    assert file.content.startswith(b"PK")
    assert queries.exchange_file(0) is None


def test_what_the_database_keeps_beside_a_membership_follows_the_rows(cast: Cast) -> None:
    made = enrol(cast, 6)
    actions.print_cards(by=cast.dinas, on=date(2025, 8, 20), programme_id=made.programme)
    member = Membership.objects.order_by("id")[0]
    actions.record_receipts(by=cast.dinas, on=ON, receipts=give(member.id), received_on=ON)
    actions.end_membership(by=cast.dinas, on=ON, membership_id=members()[1], ended_on=ON, reason="pindah")
    Person.objects.filter(pk=member.person_id).update(area_code="53.71.04.1010")
    member.refresh_from_db()
    assert (member.area_code, member.has_card, member.has_passbook) == ("53.71.04.1010", True, False)
    assert (queries.drifted(), queries.miscounted()) == ((), 0)
    counts = queries.member_counts(made.programme, areas=ALL)
    assert (counts.states["terdaftar"], counts.states["berakhir"]) == (5, 1)
    assert (counts.without_card, counts.without_passbook) == (4, 5)
    assert queries.member_counts(made.programme, areas=("53.71.04.1010",)).states["terdaftar"] == 1
    for deed in ("UPDATE coverage_receipt SET received_by = 'x'", "DELETE FROM coverage_receipt"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(deed)
    MemberTally.objects.filter(members__gt=0).update(members=99)
    assert queries.miscounted() > 0
    Membership.objects.filter(pk=member.pk).update(has_card=False)
    assert queries.drifted() == (member.id,)

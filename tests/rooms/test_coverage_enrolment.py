"""From the decree to the numbers: what is sent, what BPJS answers, and what is left aside with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from lopo.basics.refusal import Refused
from lopo.coverage import actions, bpjs
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.coverage.models import Exchange, Membership
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.enrolment import JULY, NUMBERED, PAID, SENT, enrol, fund, issue, make_decree, pay, send, take

pytestmark = pytest.mark.django_db


def states() -> dict[str, int]:
    rows = Membership.objects.values_list("state", flat=True)
    return {state: list(rows).count(state) for state in set(rows)}


def test_the_whole_way_from_decree_to_number(cast: Cast) -> None:
    made = make_decree(cast, 12)
    refused = {"5371010101800001": "Sudah aktif sebagai peserta PU"}
    office = FakeBpjs(refused)
    file = take(cast, made, office)
    assert states() == {"diterima": 11, "ditolak": 1}
    assert Membership.objects.get(state="ditolak").reject_reason == "Sudah aktif sebagai peserta PU"
    fund(cast, made)
    assert pay(cast, made, JULY, paid_on=PAID).people == 11
    read = issue(cast, made, office, file)
    assert (read.numbered, read.accepted, read.refused, read.parked) == (11, 0, 0, ())
    assert read.known == 1  # the refusal was known from the first answer
    assert states() == {"terdaftar": 11, "ditolak": 1}
    numbers = Membership.objects.filter(state="terdaftar").values_list("kpj", "number_issued_on")
    assert len({kpj for kpj, _ in numbers}) == 11
    assert {day for _, day in numbers} == {NUMBERED}


def test_what_is_sent_is_the_template_of_bpjs(cast: Cast) -> None:
    made = make_decree(cast, 3)
    people = bpjs.read_template(send(cast, made))
    assert [one.nik for one in people] == ["5371010101800001", "5371020101800001", "5371030101800001"]
    assert people[0].born == date(1980, 1, 1)
    assert (people[0].income, people[0].months, people[0].package) == (1_000_000, 6, "T")
    assert people[0].phone == "081200000001"
    row = Diary.objects.get(action="submit_members")
    assert row.send is not None
    assert row.send["exchange"] == Exchange.objects.get().id


def test_nobody_is_sent_twice(cast: Cast) -> None:
    made = make_decree(cast, 3)
    send(cast, made)
    with pytest.raises(Refused, match="sudah dikirim"):
        send(cast, made)
    assert Membership.objects.count() == 3


def test_only_a_set_decree_is_sent_and_only_by_the_office(cast: Cast) -> None:
    made = make_decree(cast, 1)
    with pytest.raises(Refused, match="belum ditetapkan"):
        actions.submit_members(by=cast.dinas, on=date(2025, 6, 19), programme_id=made.programme, decree_id=made.decree)
    for officer in (cast.bpjs, cast.lurah, cast.bendahara, cast.penyetuju, cast.tamu):
        with pytest.raises(Refused, match="berwenang"):
            actions.submit_members(by=officer, on=SENT, programme_id=made.programme, decree_id=made.decree)
    with pytest.raises(Refused, match="tidak ada dalam program"):
        actions.submit_members(by=cast.dinas, on=SENT, programme_id=made.programme, decree_id=made.decree + 1)


def test_the_same_answer_twice_is_recognised(cast: Cast) -> None:
    made = make_decree(cast, 4)
    answer = FakeBpjs({}).verify(send(cast, made))
    first, again = (
        actions.read_answer(by=cast.bpjs, on=SENT, programme_id=made.programme, file="a.xlsx", content=answer)
        for _ in range(2)
    )
    assert (first.new, again.new) == (True, False)
    assert replace(again, new=True) == first
    assert Exchange.objects.filter(direction="jawab").count() == 1
    assert Diary.objects.filter(action="read_answer").count() == 1


def answer_of(*rows: bpjs.AnswerRow) -> bytes:
    return bpjs.write_answer(rows, {})


def read(cast: Cast, programme: int, *rows: bpjs.AnswerRow, on: date = NUMBERED) -> actions.AnswerRead:
    return actions.read_answer(by=cast.bpjs, on=on, programme_id=programme, file="x.xlsx", content=answer_of(*rows))


def number(nik: str, kpj: str, day: date = NUMBERED) -> bpjs.AnswerRow:
    return bpjs.AnswerRow(0, nik, bpjs.ISSUED, kpj, day)


A, B, C, D = (f"53710{n}0101800001" for n in range(1, 5))


def test_rows_that_cannot_be_right_are_left_aside_and_the_rest_goes_on(cast: Cast) -> None:
    made = make_decree(cast, 4)
    take(cast, made, FakeBpjs({D: "Data tidak padan"}))
    fund(cast, made)
    pay(cast, made, JULY, paid_on=PAID)
    answered = read(
        cast, made.programme,
        number(A, "25000000001"),
        number("5371050101809999", "25000000009"),
        number(B, "2500000002"),
        number(C, "25000000003", date(2025, 7, 13)),
        number(D, "25000000004"),
        number(C, "25000000003", date(2025, 7, 16)),
    )  # fmt: skip
    assert answered.numbered == 1
    why = {(one.line, one.why) for one in answered.parked}
    assert why == {
        (3, "NIK tidak ada dalam pengajuan program ini"),
        (4, "KPJ bukan 11 digit: 2500000002"),
        (5, "NIK berulang dengan jawaban yang berbeda"),
        (6, "sudah ditolak BPJS: Data tidak padan"),
        (7, "NIK berulang dengan jawaban yang berbeda"),
    }
    assert states() == {"terdaftar": 1, "diterima": 2, "ditolak": 1}


def test_a_number_before_the_first_payment_is_left_aside(cast: Cast) -> None:
    made = make_decree(cast, 2)
    take(cast, made, FakeBpjs({}))
    answered = read(cast, made.programme, number(A, "25000000001"))
    assert answered.numbered == 0
    assert "sebelum iuran pertama dibayar" in answered.parked[0].why
    fund(cast, made)
    pay(cast, made, JULY, paid_on=PAID)
    early = read(cast, made.programme, number(A, "25000000001", date(2025, 7, 13)))
    assert "sebelum iuran pertama dibayar" in early.parked[0].why
    late = read(cast, made.programme, number(A, "25000000001", date(2025, 7, 20)))
    assert late.parked[0].why == "tanggal terbit sesudah hari jawaban"


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_number_without_a_paid_month(cast: Cast) -> None:
    make_decree(cast, 1)
    person, name = _person_and_name()
    with pytest.raises(IntegrityError, match="no month was paid"), transaction.atomic():
        Membership.objects.create(
            person_id=person, programme_id=_programme(), decree_name_id=name, state="terdaftar", submitted_on=SENT,
            kpj="25000000001", number_issued_on=NUMBERED,
        )  # fmt: skip
    assert not Membership.objects.exists()


def _programme() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM targeting_programme")
        return int(cursor.fetchone()[0])


def _person_and_name() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, id FROM targeting_decreename")
        return tuple(cursor.fetchone())


def test_a_number_belongs_to_one_member_for_ever(cast: Cast) -> None:
    made = enrol(cast, 3)
    mine = Membership.objects.get(person__nik=A).kpj or ""
    again = read(cast, made.programme, number(A, mine), number(B, "25000000007"), on=date(2025, 7, 16))
    assert again.known == 1
    assert again.parked[0].why.startswith("sudah bernomor lain")
    refused = read(cast, made.programme, bpjs.AnswerRow(0, A, bpjs.REFUSED, reason="x"), on=date(2025, 7, 17))
    assert refused.parked[0].why == f"sudah terdaftar dengan nomor {mine}"


def test_a_number_of_somebody_else_is_left_aside(cast: Cast) -> None:
    made = make_decree(cast, 3)
    take(cast, made, FakeBpjs({}))
    fund(cast, made)
    pay(cast, made, JULY, paid_on=PAID)
    read(cast, made.programme, number(A, "25000000001"))
    answered = read(cast, made.programme, number(B, "25000000001"), number(C, "25000000003"))
    assert [one.why for one in answered.parked] == ["KPJ sudah dipakai peserta lain"]
    assert answered.numbered == 1


def test_only_bpjs_answers(cast: Cast) -> None:
    made = make_decree(cast, 1)
    answer = FakeBpjs({}).verify(send(cast, made))
    for officer in (cast.dinas, cast.bendahara, cast.penyetuju, cast.lurah):
        with pytest.raises(Refused, match="berwenang"):
            actions.read_answer(by=officer, on=SENT, programme_id=made.programme, file="a", content=answer)


def test_a_membership_ends_once_with_a_reason(cast: Cast) -> None:
    enrol(cast, 2)
    member = Membership.objects.order_by("id")[0]
    day = date(2025, 8, 20)
    with pytest.raises(Refused, match="alasan"):
        actions.end_membership(by=cast.dinas, on=day, membership_id=member.id, ended_on=day, reason=" ")
    with pytest.raises(Refused, match="antara hari"):
        actions.end_membership(
            by=cast.dinas, on=day, membership_id=member.id, ended_on=date(2025, 8, 21), reason="pindah"
        )
    actions.end_membership(by=cast.dinas, on=day, membership_id=member.id, ended_on=day, reason="pindah")
    with pytest.raises(Refused, match="sudah berakhir"):
        actions.end_membership(by=cast.dinas, on=day, membership_id=member.id, ended_on=day, reason="pindah")

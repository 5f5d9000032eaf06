"""Receipts that are wrong are taken back, lost cards are printed again, and cards are printed for one area or event."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.coverage import actions, queries
from lopo.coverage.models import Card, Membership, Receipt
from lopo.staff import queries as staff
from tests.cast import Cast, appoint_all
from tests.rooms.enrolment import Enrolment, enrol

PRINTED, GIVEN, LATER = date(2025, 7, 21), date(2025, 9, 3), date(2025, 9, 20)
OEBUFU, OEBOBO = "53.71.04.1009", "53.71.04"
ALL = ("53.71",)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return appoint_all()


@pytest.fixture
def made(cast: Cast) -> Enrolment:
    """Twelve members with a number, two in each kecamatan, all cards printed."""
    made = enrol(cast, 12)
    assert actions.print_cards(by=cast.dinas, on=PRINTED, programme_id=made.programme) == 12
    return made


def member_of(made: Enrolment, area: str = OEBUFU) -> Membership:
    return Membership.objects.filter(programme_id=made.programme, person__area_code=area).order_by("id")[0]


def give(cast: Cast, member: Membership, on: date = GIVEN, **how: str) -> actions.ReceiptsRecorded:
    said = {"received_by": "YUNUS", "attested": "tanda_tangan"} | how
    gift = actions.ReceiptGiven(member.id, "kartu", **said)
    return actions.record_receipts(by=cast.dinas, on=on, receipts=[gift], received_on=on)


def waiting(made: Enrolment, on: date) -> set[int]:
    wanted = queries.UndeliveredFilter(ALL, made.programme, "kartu")
    return {row.membership_id for row in queries.undelivered_page(wanted, Asked(size=0), on=on).rows}


def refusal(deed, **given: object) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refused:
        deed(**given)
    return refused.value.code


def test_a_wrong_receipt_is_taken_back_and_can_be_given_again(cast: Cast, made: Enrolment) -> None:
    member = member_of(made)
    give(cast, member)
    assert member.id not in waiting(made, GIVEN)
    receipt = Receipt.objects.get(membership=member)
    wrong = {"by": cast.lurah, "on": LATER, "receipt_id": receipt.id, "reason": "diterima orang lain"}
    actions.reverse_receipt(**wrong)
    assert member.id in waiting(made, LATER)
    assert member.id not in waiting(made, GIVEN)  # as it was known that day
    member.refresh_from_db()
    assert member.has_card is False
    assert refusal(actions.reverse_receipt, **wrong) == "sudah_dibatalkan"
    assert give(cast, member, LATER).new == 1
    assert give(cast, member, LATER) == actions.ReceiptsRecorded(0, 1)
    told = queries.receipts_of_person(member.person_id)
    assert sorted((one.received_on, one.reversed_kind) for one in told) == [(GIVEN, "salah_catat"), (LATER, "")]
    assert queries.drifted() == ()
    assert queries.miscounted() == 0
    assert "reverse_receipt" in {row.action for row in staff.diary_of("coverage.membership", str(member.id))}


def test_taking_back_is_refused_elsewhere_without_reason_and_before_the_day(cast: Cast, made: Enrolment) -> None:
    member = member_of(made, "53.71.06.1001")
    give(cast, member)
    given = {"on": LATER, "receipt_id": Receipt.objects.get().id, "reason": "salah tulis"}
    assert refusal(actions.reverse_receipt, **given, by=cast.lurah) == "tidak_berwenang"
    assert refusal(actions.reverse_receipt, **(given | {"reason": "x"}), by=cast.dinas) == "alasan_kosong"
    assert refusal(actions.reverse_receipt, **(given | {"on": PRINTED}), by=cast.dinas) == "sudah_dibatalkan"
    assert refusal(actions.reverse_receipt, **(given | {"receipt_id": 0}), by=cast.dinas) == "tanda_terima_tidak_ada"
    assert member.id not in waiting(made, LATER)


def test_a_lost_card_is_the_next_edition_and_waits_for_a_receipt_again(cast: Cast, made: Enrolment) -> None:
    member = member_of(made)
    give(cast, member)
    lost = {"by": cast.lurah, "on": LATER, "membership_id": member.id, "kind": "hilang", "reason": "hilang di laut"}
    again = actions.replace_card(**lost)
    assert (again.edition, again.receipt_reversed) == (2, True)
    assert member.id in waiting(made, LATER)
    assert refusal(actions.replace_card, **lost) == "sudah_dicetak_lagi"
    assert refusal(actions.replace_card, **(lost | {"kind": "bosan"})) == "alasan_cetak_tidak_dikenal"
    (card,) = queries.card_rows(queries.CardsWanted(made.programme, membership_id=member.id))
    assert (card.edition, card.printed_on) == (2, LATER)
    assert refusal(give, cast=cast, member=member, on=GIVEN) == "kartu_belum_dicetak"  # the one that counts is newer
    assert give(cast, member, LATER).new == 1
    assert queries.drifted() == ()


def test_a_card_that_was_never_printed_is_not_printed_again(cast: Cast) -> None:
    made = enrol(cast, 6)
    lost = {"by": cast.dinas, "on": LATER, "kind": "barang_rusak", "reason": "kena air"}
    assert refusal(actions.replace_card, **lost, membership_id=member_of(made).id) == "kartu_belum_ada"
    assert refusal(actions.replace_card, **lost, membership_id=0) == "belum_bernomor"


def test_a_witness_has_a_name_and_proof_is_of_a_known_kind(cast: Cast, made: Enrolment) -> None:
    member = member_of(made)
    assert refusal(give, cast=cast, member=member, attested="saksi") == "saksi_tidak_disebut"
    assert refusal(give, cast=cast, member=member, attested="katanya") == "tanda_terima_tidak_lengkap"
    assert give(cast, member, attested="saksi", witness="MARTHA").new == 1
    assert queries.receipts_of_person(member.person_id)[0].witness == "MARTHA"


def test_cards_are_printed_for_one_kecamatan_and_those_invited(cast: Cast) -> None:
    made = enrol(cast, 12)
    place = {"on": PRINTED, "programme_id": made.programme, "area_code": OEBOBO}
    assert actions.print_cards(by=cast.dinas, **place) == 2
    assert actions.print_cards(by=cast.dinas, **place) == 0
    assert refusal(actions.print_cards, by=cast.lurah, **place) == "tidak_berwenang"
    give(cast, member_of(made))
    left = queries.card_rows(queries.CardsWanted(made.programme, OEBOBO, waiting=True))
    assert len(left) == 1
    event = actions.HandoverEvent("Penyerahan Oebobo", "Kantor camat", GIVEN, OEBOBO)
    actions.record_handover(by=cast.dinas, on=GIVEN, programme_id=made.programme, event=event)
    assert [one.area_code for one in queries.handovers(made.programme)] == [OEBOBO]
    far = actions.HandoverEvent("Jauh", "Soe", GIVEN, "53.02")
    given = {"by": cast.dinas, "on": GIVEN, "programme_id": made.programme, "event": far}
    assert refusal(actions.record_handover, **given) == "acara_wilayah_lain"


def test_the_database_itself_keeps_one_receipt_that_counts(cast: Cast, made: Enrolment) -> None:
    member = member_of(made)
    give(cast, member)
    row = (
        "INSERT INTO coverage_receipt (membership_id, item, turn, received_on, received_by, attested, recorded_by_id)"
        f" VALUES ({member.id}, 'kartu', 2, '2025-09-03', 'X', 'foto', {cast.dinas.id})"
    )
    undone = (
        "DELETE FROM coverage_receiptreversal",
        "UPDATE coverage_receiptreversal SET reason = 'x'",
    )
    with pytest.raises(DatabaseError, match="counts stands before"), transaction.atomic(), connection.cursor() as one:
        one.execute(row)
    receipt = Receipt.objects.get()
    actions.reverse_receipt(by=cast.dinas, on=LATER, receipt_id=receipt.id, reason="salah tulis")
    for deed in undone:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(deed)
    again = Card(membership=member, printed_on=LATER, edition=9)
    with pytest.raises(DatabaseError, match="card_again_with_reason"), transaction.atomic():
        again.save()

"""A set decree changes by an amendment alone: who leaves, who comes by rank, two officers, and never amid a bill."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from python_calamine import CalamineWorkbook

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.coverage.models import Membership
from lopo.financing import actions as financing
from lopo.financing.actions.amending import set_amendment
from lopo.financing.models import BillLine
from lopo.jobs.papers.amendment import AmendmentPaper, amendment_pdf
from lopo.jobs.papers.make_amendment import amendment_paper, make_amendment
from lopo.people import actions as people
from lopo.people.registers import Provenance
from lopo.staff import queries as staff
from lopo.staff.models import Diary
from lopo.targeting import actions
from lopo.targeting.actions.amendments import Amended, NewAmendment, draft_amendment, withdraw_amendment
from lopo.targeting.actions.departures import Leaving, dismiss_departure, propose_departure, propose_departures
from lopo.targeting.models import Amendment, AmendmentLine, DecreeName, Departure
from lopo.targeting.queries import amendments as queries
from tests.cast import Cast, appoint_all
from tests.rooms import enrolment, pile

SET, LATER = date(2025, 6, 20), date(2025, 9, 10)
OCTOBER = Month(2025, 10)


def decreed(cast: Cast, *, many: int = 12, places: int = 6) -> int:
    """A set decree of the pile's neighbours; give its id."""
    programme = pile.ready(cast, many=many, places=places)
    made = actions.draft_decree(by=cast.dinas, on=pile.DAY, programme_id=programme, number="400.9/1", title="Penetapan")
    actions.approve_decree(by=cast.penyetuju, on=SET, decree_id=made.decree_id)
    return made.decree_id


def register(cast: Cast, kind: str, *rows: tuple[object, ...], on: date = LATER) -> None:
    """Put a later register of a kind in force."""
    digest = hashlib.sha256(repr((kind, rows)).encode()).hexdigest()
    provenance = Provenance(kind, f"{kind}-baru.csv", on, digest)
    people.load_register(by=cast.dinas, on=on, provenance=provenance, rows=rows)


def holder(decree: int, nth: int = 0, status: str = "ditetapkan") -> DecreeName:
    names = DecreeName.objects.filter(decree_id=decree, status=status).select_related("person")
    return names.order_by("kecamatan_code", "rank")[nth]


def died(name: DecreeName, on: date = date(2025, 9, 1)) -> tuple[object, ...]:
    return ("KM-9", name.person.nik, name.person.name, None, on, "Alak")


def leave(cast: Cast, name: DecreeName, reason: str = "diminta") -> int:
    return propose_departure(by=cast.dinas, on=LATER, leaving=Leaving(name.id, reason, LATER))


def draft(cast: Cast, decree: int, *, first: Month = OCTOBER, number: str = "400.9/2") -> Amended:
    given = NewAmendment(decree, number, "Perubahan", first)
    return draft_amendment(by=cast.dinas, on=LATER, amendment=given)


@pytest.mark.django_db
def test_the_night_finds_the_dead_the_moved_and_the_employed_once(cast: Cast) -> None:
    decree = decreed(cast)
    one, two, three = holder(decree, 0), holder(decree, 1), holder(decree, 2)
    waiting = holder(decree, 0, "cadangan")
    assert propose_departures(by=None, on=LATER) == 0
    register(cast, "kematian", died(one), died(waiting))
    register(
        cast, "pindah", (two.person.nik, two.person.name, date(2025, 8, 1), "Malaysia"),
        (three.person.nik, three.person.name, date(2024, 1, 1), "Alor"),
    )  # fmt: skip
    register(cast, "bpjs", ("1", three.person.nik, three.person.name, None, "PU", date(2025, 8, 20)))
    assert propose_departures(by=None, on=LATER) == 3
    assert propose_departures(by=None, on=LATER) == 0, "a second run the same night tells nobody twice"
    found = {row.decree_name_id: (row.reason, row.gone_on) for row in Departure.objects.all()}
    assert found == {
        one.id: ("meninggal", date(2025, 9, 1)),
        two.id: ("pindah", date(2025, 8, 1)),
        three.id: ("pekerja_pu", date(2025, 8, 20)),
    }, "who waits holds no place, and a move from before the screening was judged then"
    assert Diary.objects.filter(action="propose_departures").count() == 1
    wrong = Departure.objects.get(decree_name=two)
    with pytest.raises(Refused) as said:
        dismiss_departure(by=cast.dinas, on=LATER, departure_id=wrong.id, why=" ")
    assert said.value.code == "alasan_kosong"
    dismiss_departure(by=cast.dinas, on=LATER, departure_id=wrong.id, why="Sudah pulang; lurah menemuinya.")
    assert propose_departures(by=None, on=LATER) == 0, "what was dismissed is not told again on the same ground"
    with pytest.raises(Refused) as said:
        dismiss_departure(by=cast.dinas, on=LATER, departure_id=wrong.id, why="Sekali lagi.")
    assert said.value.code == "usul_keluar_berubah"


@pytest.mark.django_db
def test_the_next_by_rank_comes_and_who_is_gone_is_passed_over(cast: Cast) -> None:
    decree = decreed(cast)
    one = holder(decree)
    next_one, second = (
        DecreeName.objects.filter(decree_id=decree, status="cadangan", kecamatan_code=one.kecamatan_code)
        .select_related("person")
        .order_by("rank")[:2]
    )
    register(cast, "kematian", died(one), died(next_one))
    propose_departures(by=None, on=LATER)
    done = draft(cast, decree)
    assert (done.leaving, done.entering, done.left_empty) == (1, 1, 0)
    assert AmendmentLine.objects.get().entrant_id == second.id
    set_amendment(by=cast.penyetuju, on=LATER, amendment_id=done.amendment_id)
    one.refresh_from_db()
    second.refresh_from_db()
    assert (one.status, second.status, second.replaces_id) == ("gugur", "pengganti", one.id)
    told = queries.changes_of_person(one.person_id)
    assert [(row.entered, row.reason, row.number, row.other_id) for row in told] == [
        (False, "meninggal", "400.9/2", second.person_id)
    ]
    back = queries.changes_of_person(second.person_id)
    assert [(row.entered, row.other_id) for row in back] == [(True, one.person_id)], "both ways"
    row = queries.amendment(done.amendment_id)
    assert row is not None
    assert (row.state, row.leaving, row.entering, row.approved_by) == ("ditetapkan", 1, 1, "Theresia Manek")


@pytest.mark.django_db
def test_a_place_for_which_nobody_waits_stays_empty(cast: Cast) -> None:
    decree = decreed(cast, many=6, places=6)
    leave(cast, holder(decree))
    done = draft(cast, decree)
    assert (done.entering, done.left_empty) == (0, 1)
    set_amendment(by=cast.penyetuju, on=LATER, amendment_id=done.amendment_id)
    assert DecreeName.objects.filter(decree_id=decree, status="ditetapkan").count() == 5


@pytest.mark.django_db
def test_whose_place_was_filled_when_bpjs_refused_stands_in_the_next_amendment(cast: Cast) -> None:
    decree = decreed(cast)
    one = holder(decree)
    moved = actions.promote(by=cast.dinas, on=LATER, decree_id=decree, gone=[one.person_id])
    assert propose_departures(by=None, on=LATER) == 1
    with pytest.raises(Refused) as said:
        dismiss_departure(by=cast.dinas, on=LATER, departure_id=Departure.objects.get().id, why="Tetap.")
    assert said.value.code == "sudah_gugur"
    done = draft(cast, decree)
    line = AmendmentLine.objects.select_related("entrant").get()
    assert line.entrant is not None
    assert (line.moved_up, line.entrant.person_id) == (True, moved.moved_up[0])
    set_amendment(by=cast.penyetuju, on=LATER, amendment_id=done.amendment_id)
    assert DecreeName.objects.filter(decree_id=decree, status="pengganti").count() == 1


@pytest.mark.django_db
def test_what_stands_in_the_way_of_an_amendment_is_said(cast: Cast) -> None:
    decree = decreed(cast)
    one = holder(decree)

    def refused(deed: Callable[[], object]) -> str:
        with pytest.raises(Refused) as said:
            deed()
        return said.value.code

    assert refused(lambda: draft(cast, decree)) == "tidak_ada_yang_keluar"
    departure = leave(cast, one)
    assert refused(lambda: leave(cast, one)) == "sudah_diusulkan_keluar"
    assert refused(lambda: leave(cast, holder(decree, 0, "cadangan"))) == "bukan_yang_ditetapkan"
    assert refused(lambda: leave(cast, holder(decree, 1), "bosan")) == "alasan_tidak_dikenal"
    assert refused(lambda: draft(cast, decree, first=Month(2025, 8))) == "bulan_perubahan_salah"
    assert refused(lambda: draft(cast, decree, first=Month(2026, 1))) == "bulan_perubahan_salah"
    assert refused(lambda: draft(cast, decree, number="400.9/1")) == "nomor_sudah_dipakai"
    done = draft(cast, decree)
    assert refused(lambda: draft(cast, decree, number="400.9/3")) == "perubahan_sudah_ada"
    assert refused(lambda: dismiss_departure(by=cast.dinas, on=LATER, departure_id=departure, why="Keliru.")) == (
        "usul_keluar_berubah"
    )
    assert refused(lambda: set_amendment(by=cast.dinas, on=LATER, amendment_id=done.amendment_id)) == "tidak_berwenang"
    withdraw_amendment(by=cast.dinas, on=LATER, amendment_id=done.amendment_id)
    dismiss_departure(by=cast.dinas, on=LATER, departure_id=departure, why="Keliru; orangnya tetap ikut.")
    leave(cast, one)
    again = draft(cast, decree)
    actions.promote(by=cast.dinas, on=LATER, decree_id=decree, gone=[holder(decree, 3).person_id])
    assert refused(lambda: set_amendment(by=cast.penyetuju, on=LATER, amendment_id=again.amendment_id)) == (
        "daftar_keputusan_berubah"
    )
    withdraw_amendment(by=cast.dinas, on=LATER, amendment_id=again.amendment_id)
    third = draft(cast, decree)
    entrant = AmendmentLine.objects.select_related("entrant__person").get(moved_up=False).entrant
    assert entrant is not None
    register(cast, "kematian", died(entrant))
    assert refused(lambda: set_amendment(by=cast.penyetuju, on=LATER, amendment_id=third.amendment_id)) == (
        "pengganti_juga_keluar"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE targeting_amendment SET title = 'lain'",
        "DELETE FROM targeting_amendmentline",
        "UPDATE targeting_amendmentline SET entrant_id = NULL",
        "UPDATE targeting_departure SET reason = 'pindah'",
        "DELETE FROM targeting_departure",
        "INSERT INTO targeting_amendmentline (amendment_id, departure_id, moved_up)"
        " SELECT amendment_id, departure_id + 1, false FROM targeting_amendmentline",
    ],
)
def test_an_amendment_that_is_set_is_frozen_by_the_database(cast: Cast, sql: str) -> None:
    decree = decreed(cast)
    leave(cast, holder(decree))
    done = draft(cast, decree)
    set_amendment(by=cast.penyetuju, on=LATER, amendment_id=done.amendment_id)
    leave(cast, holder(decree, 1))
    with pytest.raises(IntegrityError, match="kept as it was"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_maker_and_checker_differ_by_the_database(cast: Cast) -> None:
    decree = decreed(cast)
    leave(cast, holder(decree))
    done = draft(cast, decree)
    with pytest.raises(IntegrityError, match="amendment_maker_not_checker"), transaction.atomic():
        Amendment.objects.filter(pk=done.amendment_id).update(
            state="ditetapkan", approved_by=cast.dinas, approved_on=LATER
        )


def enrolled(cast: Cast) -> tuple[enrolment.Enrolment, int]:
    """Twenty members whose July is paid; a departure of the first, drafted from October."""
    made = enrolment.enrol(cast, 20)
    name = DecreeName.objects.filter(decree_id=made.decree).order_by("rank").first()
    assert name is not None
    propose_departure(by=cast.dinas, on=LATER, leaving=Leaving(name.id, "meninggal", date(2025, 9, 2)))
    return made, name.person_id


@pytest.mark.django_db
def test_membership_and_bills_follow(cast: Cast) -> None:
    made, person = enrolled(cast)
    bill = financing.make_bill(
        by=cast.dinas, on=LATER, programme_id=made.programme, payer_code=enrolment.PAYER, month=OCTOBER
    )
    done = draft(cast, made.decree)
    with pytest.raises(Refused) as said:
        set_amendment(by=cast.penyetuju, on=LATER, amendment_id=done.amendment_id)
    assert said.value.code == "tagihan_memuat_yang_keluar"
    assert "1 orang" in said.value.sentence
    financing.cancel_bill(by=cast.dinas, on=LATER, bill_id=bill.id, reason="Ada yang keluar.")
    followed = set_amendment(by=cast.penyetuju, on=LATER, amendment_id=done.amendment_id)
    assert followed.ended == 1
    ended = Membership.objects.get(person_id=person)
    assert (ended.state, ended.ended_on, ended.end_reason) == ("berakhir", date(2025, 9, 2), "meninggal")
    again = financing.make_bill(
        by=cast.dinas, on=LATER, programme_id=made.programme, payer_code=enrolment.PAYER, month=OCTOBER
    )
    assert again.people == 19
    assert not BillLine.objects.filter(bill_id=again.id, person_id=person).exists()


@pytest.fixture
def crowd(transactional_db: None) -> Cast:
    return appoint_all()


def at_once(*deeds: Callable[[], object]) -> list[object]:
    gate = threading.Barrier(len(deeds))
    results: list[object] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[place] = deed()
        except Refused as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.mark.django_db(transaction=True)
def test_no_amendment_while_a_bill_is_being_made_and_two_who_approve(crowd: Cast) -> None:
    made, _ = enrolled(crowd)
    done = draft(crowd, made.decree)
    inside, go_on = threading.Event(), threading.Event()

    def bill() -> None:
        try:
            with transaction.atomic():
                financing.make_bill(
                    by=crowd.dinas, on=LATER, programme_id=made.programme, payer_code=enrolment.PAYER,
                    month=Month(2025, 9),
                )  # fmt: skip
                inside.set()
                go_on.wait(30)
        finally:
            connection.close()

    biller = threading.Thread(target=bill)
    biller.start()
    assert inside.wait(30)
    with pytest.raises(Refused) as said:
        set_amendment(by=crowd.penyetuju, on=LATER, amendment_id=done.amendment_id)
    assert said.value.code == "tagihan_sedang_dibuat"
    go_on.set()
    biller.join(30)

    def approve() -> object:
        return set_amendment(by=crowd.penyetuju, on=LATER, amendment_id=done.amendment_id)

    results = at_once(approve, approve)
    refusals = [one for one in results if isinstance(one, Refused)]
    assert len(refusals) == 1, results
    assert refusals[0].code in ("sudah_ditetapkan", "tagihan_sedang_dibuat")
    assert Membership.objects.filter(state="berakhir").count() == 1
    assert Diary.objects.filter(action="approve_amendment").count() == 1


@pytest.mark.django_db
def test_the_paper_says_what_changes_and_the_list_after_it_for_ever(cast: Cast) -> None:
    decree = decreed(cast)
    leave(cast, holder(decree), "pindah")
    first = draft(cast, decree)
    name = DecreeName.objects.get(entered_by__amendment=first.amendment_id)
    before = _paper(first.amendment_id)
    assert before.draft
    assert amendment_pdf(before).startswith(b"%PDF")
    set_amendment(by=cast.penyetuju, on=LATER, amendment_id=first.amendment_id)
    told = _paper(first.amendment_id)
    assert (len(told.changes), told.entering, len(told.whole)) == (1, 1, 6)
    assert name.person.nik in {one.nik for one in told.whole}
    leave(cast, name)
    second = draft(cast, decree, number="400.9/3")
    set_amendment(by=cast.penyetuju, on=LATER, amendment_id=second.amendment_id)
    assert _paper(first.amendment_id) == told, "a later amendment does not change what an earlier one says"
    assert name.person.nik not in {one.nik for one in _paper(second.amendment_id).whole}
    made = make_amendment(by=cast.dinas, on=LATER, amendment_id=second.amendment_id, progress=lambda *_: None)
    again = make_amendment(by=cast.dinas, on=LATER, amendment_id=second.amendment_id, progress=lambda *_: None)
    assert (made.pdf, made.xlsx) == (again.pdf, again.xlsx)
    kept = staff.paper_content(made.xlsx)
    assert kept is not None
    book = CalamineWorkbook.from_filelike(io.BytesIO(kept[2]))
    assert book.sheet_names == ["Perubahan", "Daftar sesudahnya"]
    rows = book.get_sheet_by_name("Perubahan").to_python()
    assert [row[4] for row in rows if row[0] == 1] == ["mengundurkan diri"]
    assert _paper(second.amendment_id).annex_hash in str(rows[:4])


def _paper(amendment_id: int) -> AmendmentPaper:
    found = queries.amendment(amendment_id)
    assert found is not None
    return amendment_paper(found)

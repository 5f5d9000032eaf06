"""Screenings and decrees: swapped whole, shared out exactly, set once by a second person, moved up in order."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import duckdb
import ibis
import pytest
from django.db import connections, transaction
from django.db.utils import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from lopo.basics.page import Asked
from lopo.basics.refusal import Impossible, Refused
from lopo.people.models import Person
from lopo.staff.appointing import DutyGiven, appoint
from lopo.staff.models import Diary
from lopo.staff.queries import officer
from lopo.targeting import actions, queries
from lopo.targeting.batch.rank import rank
from lopo.targeting.models import Decree, DecreeName, Screening, Verdict
from lopo.targeting.queries import AnnexFilter
from lopo.targeting.quotas import quotas_of
from tests.cast import Cast, appoint_all
from tests.rooms import pile

SET = pile.DAY.replace(day=20)
NUMBER = "400.9/KEP/2025"


def drafted(cast: Cast, programme: int) -> actions.Drafted:
    return actions.draft_decree(by=cast.dinas, on=SET, programme_id=programme, number=NUMBER, title="Penetapan")


def test_a_programme_is_made_once(cast: Cast) -> None:
    assert pile.programme(cast) == pile.programme(cast)
    assert Diary.objects.filter(action="create_programme").count() == 1
    with pytest.raises(Refused) as taken:
        pile.programme(cast, places=5)
    assert taken.value.code == "kode_sudah_dipakai"
    with pytest.raises(Refused, match="tidak berwenang"):
        pile.programme(replace(cast, dinas=cast.lurah))


def test_a_screening_takes_the_place_of_the_one_before(cast: Cast) -> None:
    programme = pile.ready(cast)
    first = Screening.objects.get(current=True)
    assert first.counts["verdicts"] == {"diterima": 12}
    assert first.counts["kecamatan"] == {"53.71.01": 6, "53.71.03": 4, "53.71.04": 2}
    assert {used["kind"] for used in first.snapshots} == {"penduduk", "kematian", "pindah", "asn", "bpjs", "desil"}
    assert Person.objects.count() == 12
    assert set(Person.objects.values_list("phone", "occupation")) == {("0812", "Nelayan")}
    ids = tuple(used["id"] for used in first.snapshots)
    rows = pile.verdict_rows(programme, "ditolak")
    second = actions.record_screening(
        by=cast.dinas, on=pile.DAY, run=actions.ScreeningRun(programme, "i" * 64, ids, rows, pile.ASKED)
    )  # fmt: skip
    assert (second.verdicts, second.reasons, second.new_persons) == ({"ditolak": 12}, {"di_luar_desil": 12}, 0)
    assert Screening.objects.get(current=True).id == second.screening_id
    assert Verdict.objects.count() == 24
    assert Diary.objects.filter(action="record_screening").latest("id").before["verdicts"] == {"diterima": 12}


def test_a_screening_that_no_longer_fits_is_refused_whole(cast: Cast) -> None:
    programme = pile.ready(cast)
    before = Screening.objects.get(current=True)
    ids = tuple(used["id"] for used in before.snapshots)
    rows = pile.verdict_rows(programme)

    def code(run: actions.ScreeningRun, by: object = cast.dinas) -> str:
        with pytest.raises(Refused) as refusal:
            actions.record_screening(by=by, on=pile.DAY, run=run)
        return refusal.value.code

    assert code(actions.ScreeningRun(programme, "h" * 64, ids[1:], rows, pile.ASKED)) == "register_berubah"
    assert code(actions.ScreeningRun(programme, "h" * 64, ids, rows, pile.ASKED), cast.lurah) == "tidak_berwenang"
    assert code(actions.ScreeningRun(programme + 99, "h" * 64, ids, rows, pile.ASKED)) == "program_tidak_ada"
    late = pile.arrival(programme, pile.csv_of(pile.neighbours(2, first=50)), "gereja/susulan.csv")
    actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=late)
    assert code(actions.ScreeningRun(programme, "h" * 64, ids, rows, pile.ASKED)) == "daftar_berubah"
    for broken in (
        [*rows[:-1], replace(rows[0])],  # one row twice
        [replace(row, reasons=("salah_ketik",)) for row in rows],
        [replace(row, verdict="ditolak") for row in rows],  # refused and nobody says why
    ):
        with pytest.raises(Impossible):
            actions.record_screening(
                by=cast.dinas,
                on=pile.DAY,
                run=actions.ScreeningRun(programme, "h" * 64, ids, tuple(broken), pile.ASKED),
            )
    assert list(Screening.objects.values_list("id", flat=True)) == [before.id]
    assert Verdict.objects.count() == 12
    assert queries.programme("uji-2025").unscreened == 2
    with pytest.raises(Refused) as unscreened:
        drafted(cast, programme)
    assert unscreened.value.code == "belum_diperiksa"


def test_the_database_accepts_a_person_once_only(cast: Cast) -> None:
    pile.ready(cast)
    one, other = Verdict.objects.order_by("id")[:2]
    with pytest.raises(IntegrityError, match="verdict_person_accepted_once"), transaction.atomic():
        Verdict.objects.filter(pk=other.pk).update(person_id=one.person_id)


@given(
    st.dictionaries(st.sampled_from([f"53.71.0{n}" for n in range(1, 7)]), st.integers(1, 4000), min_size=1),
    st.integers(0, 5000),
)
def test_quotas_add_up_and_never_exceed_the_candidates(accepted: dict[str, int], places: int) -> None:
    quotas = quotas_of(accepted, places)
    assert sum(one.places for one in quotas) == min(places, sum(accepted.values()))
    total = sum(accepted.values())
    for one in quotas:
        assert 0 <= one.places <= one.accepted
        exact = accepted[one.kecamatan_code] * min(places, total)
        assert exact // total <= one.places <= -(-exact // total)


def test_the_decree_ranks_as_the_batch_does(cast: Cast) -> None:
    programme = pile.ready(cast, many=60, places=25)
    done = drafted(cast, programme)
    assert (done.chosen, done.waiting) == (25, 35)
    assert [(one.kecamatan_code, one.accepted, one.places) for one in done.quotas] == [
        ("53.71.01", 30, 13), ("53.71.03", 20, 8), ("53.71.04", 10, 4),
    ]  # fmt: skip
    accepted = [
        {"nik_matched": nik, "kecamatan": area[:8], "desil": decile}
        for nik, area, decile in Verdict.objects.values_list("nik_matched", "area_code", "decile")
    ]
    with duckdb.connect() as raw:
        engine = ibis.duckdb.from_connection(raw)
        table = engine.create_table("accepted", ibis.memtable(accepted).to_pyarrow())
        pure = rank(table, 25, NUMBER).to_pyarrow().to_pylist()
    wanted = {row["nik_matched"]: (row["rank"], row["waiting_place"], row["chosen"]) for row in pure}
    rows = queries.annex_page(AnnexFilter(("53",), done.decree_id), Asked(size=0)).rows
    assert {row.nik: (row.rank, row.waiting_place, row.status == "ditetapkan") for row in rows} == wanted
    for one, after in pairwise(rows):
        if one.kecamatan_code == after.kecamatan_code:
            keys = [(row.decile, hashlib.sha256(f"{NUMBER}{row.nik}".encode()).hexdigest()) for row in (one, after)]
            assert keys == sorted(keys)
            assert after.rank == one.rank + 1
    decree = queries.decree(done.decree_id)
    assert (decree.chosen, decree.waiting, decree.quotas) == (25, 35, done.quotas)


def test_a_decree_is_set_once_by_a_second_person_and_frozen(cast: Cast) -> None:
    programme = pile.ready(cast)
    done = drafted(cast, programme)
    with pytest.raises(Refused, match="masih berupa konsep"):
        drafted(cast, programme)
    with pytest.raises(Refused, match="tidak berwenang"):
        actions.approve_decree(by=cast.dinas, on=SET, decree_id=done.decree_id)
    Decree.objects.update(made_by=cast.penyetuju)
    with pytest.raises(Refused, match="tidak boleh menetapkannya"):
        actions.approve_decree(by=cast.penyetuju, on=SET, decree_id=done.decree_id)
    Decree.objects.update(made_by=cast.dinas)
    actions.approve_decree(by=cast.penyetuju, on=SET, decree_id=done.decree_id)
    with pytest.raises(Refused) as again:
        actions.approve_decree(by=cast.penyetuju, on=SET, decree_id=done.decree_id)
    assert again.value.code == "sudah_ditetapkan"
    with pytest.raises(Refused, match="tidak dapat ditarik"):
        actions.withdraw_decree(by=cast.dinas, on=SET, decree_id=done.decree_id)
    for change in (
        lambda: Decree.objects.update(title="Lain"),
        lambda: DecreeName.objects.update(rank=99),
        lambda: DecreeName.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            change()
    row = queries.decree(done.decree_id)
    assert (row.state, row.approved_by, row.approved_on) == ("ditetapkan", "Theresia Manek", SET)


def test_a_draft_is_withdrawn_and_drafted_anew(cast: Cast) -> None:
    programme = pile.ready(cast)
    done = drafted(cast, programme)
    ids = tuple(used["id"] for used in Screening.objects.get(current=True).snapshots)
    pile.screened(cast, programme, ids)
    with pytest.raises(Refused) as stale:
        actions.approve_decree(by=cast.penyetuju, on=SET, decree_id=done.decree_id)
    assert stale.value.code == "pemeriksaan_berubah"
    actions.withdraw_decree(by=cast.dinas, on=SET, decree_id=done.decree_id)
    assert (Decree.objects.count(), DecreeName.objects.count()) == (0, 0)
    again = drafted(cast, programme)
    actions.approve_decree(by=cast.penyetuju, on=SET, decree_id=again.decree_id)


def test_those_who_wait_move_up_in_their_kecamatan(cast: Cast) -> None:
    programme = pile.ready(cast, many=12, places=6)
    decree = drafted(cast, programme).decree_id
    gone = queries.chosen_persons(decree)
    with pytest.raises(Refused, match="belum ditetapkan"):
        actions.promote(by=cast.dinas, on=SET, decree_id=decree, gone=gone[:1])
    actions.approve_decree(by=cast.penyetuju, on=SET, decree_id=decree)
    by_person = {row.person_id: row for row in queries.annex_page(AnnexFilter(("53",), decree), Asked(size=0)).rows}
    leaving = [row for row in by_person.values() if row.status == "ditetapkan" and row.kecamatan_code == "53.71.01"][:2]
    done = actions.promote(by=cast.dinas, on=SET, decree_id=decree, gone=[row.person_id for row in leaving])
    assert (len(done.moved_up), done.fell_out, done.left_empty) == (2, 2, 0)
    after = {row.person_id: row for row in queries.annex_page(AnnexFilter(("53",), decree), Asked(size=0)).rows}
    moved = sorted((after[one] for one in done.moved_up), key=lambda row: row.rank)
    assert [row.waiting_place for row in moved] == [1, 2]
    assert {row.kecamatan_code for row in moved} == {"53.71.01"}
    assert [row.replaces for row in moved] == [row.person_id for row in leaving]
    assert [after[row.person_id].replaced_by for row in leaving] == [row.person_id for row in moved]
    assert Counter(row.status for row in after.values()) == {
        "ditetapkan": 4, "pengganti": 2, "gugur": 2, "cadangan": 4,
    }  # fmt: skip
    retry = actions.promote(by=cast.dinas, on=SET, decree_id=decree, gone=[row.person_id for row in leaving])
    assert retry == actions.Promoted((), 0, 0)
    waiting = next(row.person_id for row in after.values() if row.status == "cadangan")
    with pytest.raises(Refused) as wrong:
        actions.promote(by=cast.dinas, on=SET, decree_id=decree, gone=[waiting])
    assert wrong.value.code == "bukan_yang_ditetapkan"
    last = [row.person_id for row in after.values() if row.kecamatan_code == "53.71.04" and row.status != "cadangan"]
    everybody_else = [one for one in queries.chosen_persons(decree) if one not in last]
    rest = actions.promote(by=cast.dinas, on=SET, decree_id=decree, gone=everybody_else)
    assert rest.left_empty == rest.fell_out - len(rest.moved_up) > 0


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once() -> None:
    cast = appoint_all()
    decree = drafted(cast, pile.ready(cast)).decree_id
    appoint(by=None, on=pile.DAY, duty=DutyGiven("penyetuju2", "Penyetuju Dua", "penyetuju", "53"))
    other = officer("penyetuju2")
    gate, ends = threading.Barrier(2), []

    def approve(officer) -> None:
        try:
            gate.wait(timeout=10)
            actions.approve_decree(by=officer, on=SET, decree_id=decree)
            ends.append("ditetapkan")
        except Refused as refusal:
            ends.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=approve, args=(one,)) for one in (cast.penyetuju, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(ends) == ["ditetapkan", "sudah_ditetapkan"]
    assert Diary.objects.filter(action="approve_decree").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_draft_and_two_who_promote_at_once() -> None:
    cast = appoint_all()
    programme = pile.ready(cast, many=12, places=6)
    ends: list[str] = []

    def at_once(*deeds: Callable[[], object]) -> None:
        gate = threading.Barrier(len(deeds))

        def run(deed) -> None:
            try:
                gate.wait(timeout=10)
                deed()
                ends.append("ok")
            except Refused as refusal:
                ends.append(refusal.code)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)

    at_once(lambda: drafted(cast, programme), lambda: drafted(cast, programme))
    assert sorted(ends) == ["keputusan_sudah_ada", "ok"]
    decree = Decree.objects.get().id
    actions.approve_decree(by=cast.penyetuju, on=SET, decree_id=decree)
    gone = queries.chosen_persons(decree)[:2]
    ends.clear()
    at_once(
        lambda: actions.promote(by=cast.dinas, on=SET, decree_id=decree, gone=gone),
        lambda: actions.promote(by=cast.provinsi, on=SET, decree_id=decree, gone=gone),
    )
    assert ends == ["ok", "ok"]
    assert DecreeName.objects.filter(status="pengganti").count() == 2
    assert Diary.objects.filter(action="promote").count() == 1

"""Screening again after a new register: what changed, which register brought it, whom on a decree it touches."""

from __future__ import annotations

import csv
import io
from datetime import date

from django.db import connection
from pytest_django import DjangoAssertNumQueries

from lopo.basics.page import Asked
from lopo.coverage.queries.states import states_of
from lopo.insight import queries as insight
from lopo.people import actions as people
from lopo.people.models import Person
from lopo.people.queries import snapshots
from lopo.people.registers import Provenance
from lopo.targeting import actions
from lopo.targeting.models import Screening, Verdict
from lopo.targeting.queries import changes, elsewhere
from lopo.targeting.queries.changes import ChangeFilter, Comparison, Transition
from tests.cast import Cast
from tests.rooms import doubt_stage as stage
from tests.rooms import pile
from tests.rooms import test_merging as merging

ALL = ("53",)
JUNE = date(2025, 6, 30)


def load(cast: Cast, kind: str, rows: list[tuple[object, ...]], *, as_of: date = JUNE, part: str = "") -> int:
    told = Provenance(kind, f"{kind}.csv", as_of, f"{hash((kind, part, repr(rows))):064d}"[:64], part, "12/2024")
    return people.load_register(by=cast.dinas, on=JUNE, provenance=told, rows=rows).snapshot_id


def death(name: str, nik: str, born: date) -> tuple[object, ...]:
    return ("KM-9", nik, name, born, date(2025, 5, 20), "Oebufu")


def okto_dies(cast: Cast) -> int:
    return load(cast, "kematian", [death("Okto Bria", stage.OKTO, date(1980, 6, 1))])


def compared(programme_id: int) -> Comparison:
    found = changes.comparison(Screening.objects.get(programme_id=programme_id, current=True).id)
    assert found is not None
    return found


def test_a_new_register_moves_rows_and_is_named(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = stage.ready(cast)
    assert changes.comparison(Screening.objects.get().id) is None
    load(cast, "sk", [(stage.OKTO, "Okto", None, "GMIT", "SK 3", None, None)])  # judges nobody, so changes nothing
    register = okto_dies(cast)
    stage.screen(cast, made)
    screening = Screening.objects.get(current=True).id
    with django_assert_num_queries(3):
        found = changes.comparison(screening)
    assert found is not None
    assert [one.id for one in found.after] == [register]
    assert [(one.kind, one.current) for one in found.before] == [("kematian", False)]
    assert (found.kinds, found.law_changed) == (("kematian",), False)
    with django_assert_num_queries(1):
        counted = changes.transitions(found, ALL)
    assert counted[0] == Transition("diterima", "ditolak", 1, 1)
    assert sum(one.rows for one in counted) == 4
    with django_assert_num_queries(1):
        page = changes.changes_page(found, ChangeFilter(ALL), Asked())
    (only,) = page.rows
    assert (only.name, only.was, only.now, only.kinds, page.total) == (
        "Okto Bria", "diterima", "ditolak", ("kematian",), 1,
    )  # fmt: skip
    assert ([text.code for text in only.had], [text.code for text in only.has]) == ([], ["meninggal"])
    with django_assert_num_queries(2):
        used = changes.rested_on(only.row_id)
    assert {one.kind for one in used} == {"penduduk", "kematian", "pindah", "asn", "bpjs", "desil", "sk"}
    assert next(one.agreement for one in used if one.kind == "kematian") == "12/2024"


def test_filters_and_areas_narrow_the_rows(cast: Cast) -> None:
    made = stage.ready(cast)
    okto_dies(cast)
    stage.screen(cast, made)
    found = compared(made)

    def names(**asked: str) -> list[str]:
        areas = (asked.pop("area", "53"),)
        return [row.name for row in changes.changes_page(found, ChangeFilter(areas, **asked), Asked(size=0)).rows]

    assert names(transition="diterima-ditolak") == ["Okto Bria"]
    assert names(transition="ditolak-diterima") == []
    assert names(kind="kematian") == ["Okto Bria"]
    assert names(kind="desil") == []
    assert names(area="53.71.04") == ["Okto Bria"]
    assert names(area="53.72") == []
    assert changes.transitions(found, ()) == ()


def test_rows_that_come_and_go_are_counted(cast: Cast) -> None:
    made = stage.ready(cast)
    stage.receive(cast, made, (f"Daud Mella;{stage.DAUD};11/03/1980;Oebufu;Ojek;",), "gereja/lain.csv")
    stage.screen(cast, made)
    found = compared(made)
    assert found.kinds == ()
    told = {(one.was, one.now): one.rows for one in changes.transitions(found, ALL)}
    assert told[changes.NEW, "diterima"] == 1
    Verdict.objects.filter(screening_id=found.new_id, row_id=stage.row("Daud Mella")).delete()
    backwards = Comparison(made, found.new_id, found.new_id, JUNE, JUNE, (), (), law_changed=False)
    assert all(one.was == one.now and not one.otherwise for one in changes.transitions(backwards, ALL))
    gone = Verdict.objects.filter(screening_id=found.new_id, row_id=stage.row("Okto Bria"))
    gone.delete()
    counted = {(one.was, one.now): one.rows for one in changes.transitions(found, ALL)}
    assert counted["diterima", changes.GONE] == 1


def decreed(cast: Cast, programme_id: int, number: str = "SK 1/2025") -> int:
    drafted = actions.draft_decree(by=cast.dinas, on=JUNE, programme_id=programme_id, number=number, title="Pekerja")
    actions.approve_decree(by=cast.penyetuju, on=JUNE, decree_id=drafted.decree_id)
    return drafted.decree_id


def test_a_name_on_a_decree_that_dies_is_told(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = stage.ready(cast)
    decree = decreed(cast, made)
    assert changes.touched_names(made, ALL) == ()
    okto_dies(cast)
    assert changes.touched_names(made, ALL) == ()
    stage.screen(cast, made)
    with django_assert_num_queries(1):
        (only,) = changes.touched_names(made, ALL)
    assert (only.name, only.decree_id, only.verdict, only.row_id) == (
        "Okto Bria", decree, "ditolak", stage.row("Okto Bria"),
    )  # fmt: skip
    assert [text.code for text in only.reasons] == ["meninggal"]
    assert changes.touched_names(made, ("53.71.01",)) == ()
    with django_assert_num_queries(1):
        assert states_of(made, [only.person_id]) == {}


def test_a_register_that_no_screening_used_needs_somebody(cast: Cast) -> None:
    made = stage.ready(cast)

    def needs() -> dict[str, int]:
        standing = insight.standing("uji-2025", on=JUNE, areas=ALL)
        assert standing is not None
        return {one.code: one.count for one in insight.attention(standing, areas=ALL)}

    assert "register_baru" not in needs()
    load(cast, "sk", [(stage.OKTO, "Okto", None, "GMIT", "SK 3", None, None)])
    assert "register_baru" not in needs()
    okto_dies(cast)
    assert needs()["register_baru"] == 1
    stage.screen(cast, made)
    assert "register_baru" not in needs()
    assert len(snapshots(only_current=True)) == 7


def test_who_stands_on_another_decree_is_found(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = stage.ready(cast)
    assert elsewhere.also_decreed(made, ALL) == ()
    load(cast, "sk", [
        (stage.OKTO, "Okto Bria", None, "GMIT Labat", "SK 3/2025", date(2025, 9, 1), None),
        (stage.OKTO, "Okto Bria", None, "PT Lalu", "SK 1/2020", None, date(2025, 6, 30)),
        (stage.DAUD, "Daud Mella", None, "GMIT Labat", "SK 3/2025", None, None),
    ])  # fmt: skip
    with django_assert_num_queries(1):
        (only,) = elsewhere.also_decreed(made, ALL)
    assert (only.name, only.payer, only.number, only.ours) == ("Okto Bria", "GMIT Labat", "SK 3/2025", False)
    decreed(cast, made)
    other = second_programme(cast)
    months(other, "2025-12-01", "2026-02-01")
    stage.screen(cast, other)
    ours = [(one.name, one.payer) for one in elsewhere.also_decreed(other, ALL) if one.ours]
    assert ours == [("Okto Bria", "Uji")]
    assert elsewhere.also_decreed(other, ("53.71.01",)) == ()
    months(other, "2026-01-01", "2026-02-01")
    assert [one.payer for one in elsewhere.also_decreed(other, ALL)] == ["GMIT Labat"]


def second_programme(cast: Cast) -> int:
    """Another programme of the city to which the same parish sends the same names."""
    other = pile.programme(cast, code="lain-2025")
    stage.receive(cast, other, stage.LISTED)
    return other


def months(programme_id: int, first: str, last: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE targeting_programme SET first_month = %s, last_month = %s WHERE id = %s",
                       [first, last, programme_id])  # fmt: skip


def judged_as(cast: Cast, programme_id: int, name: str) -> tuple[str, list[str]]:
    """Screen again; the verdict and the reasons of a name."""
    stage.screen(cast, programme_id)
    found = Verdict.objects.get(screening__programme_id=programme_id, screening__current=True, row__name=name)
    return found.verdict, list(found.reasons)


def test_a_name_on_another_programmes_decree_is_refused_for_the_months_it_covers(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = stage.ready(cast)
    other = second_programme(cast)
    assert judged_as(cast, other, "Okto Bria") == ("diterima", [])  # nothing is decided yet
    decreed(cast, made)
    assert judged_as(cast, other, "Okto Bria") == ("ditolak", ["sudah_di_keputusan_lain"])
    assert "sudah_di_keputusan_lain" not in judged_as(cast, other, "Merry Snae")[1]  # no decree names her
    row = Verdict.objects.get(screening__programme_id=other, screening__current=True, row__name="Okto Bria").row_id
    with django_assert_num_queries(1):
        (only,) = elsewhere.decrees_of_row(row)
    assert (only.programme_id, only.number, only.last_day) == (made, "SK 1/2025", date(2025, 12, 31))
    assert judged_as(cast, made, "Okto Bria") == ("diterima", [])  # his own decree is no other
    months(other, "2025-12-01", "2026-02-01")
    assert judged_as(cast, other, "Okto Bria") == ("diterima", ["sebagian_di_keputusan_lain"])
    months(other, "2026-01-01", "2026-02-01")
    assert judged_as(cast, other, "Okto Bria") == ("diterima", [])


def test_a_merged_number_and_a_closed_programme_are_seen_by_the_months_left(cast: Cast) -> None:
    made = stage.ready(cast)
    decreed(cast, made)
    other = second_programme(cast)
    assert free_months(other)[stage.OKTO] == "0"
    people.ensure_persons([people.Settled(stage.DAUD, "", "")])
    okto, daud = (Person.objects.get(nik=nik).id for nik in (stage.OKTO, stage.DAUD))
    assert stage.DAUD not in free_months(other)
    merging.say(cast, okto, daud)
    assert free_months(other)[stage.DAUD] == "0"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # who may close it is another room's test
        cursor.execute(
            "UPDATE targeting_programme SET state = 'ditutup', closed_on = '2025-09-20', closed_why = 'uji'"
            " WHERE id = %s",
            [made],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert free_months(other)[stage.OKTO] == "3"  # July to September are promised, October to December are free


def free_months(programme_id: int) -> dict[str, str]:
    written = io.BytesIO()
    elsewhere.copy_decreed(programme_id, written.write)
    return {one["nik"]: one["free_months"] for one in csv.DictReader(io.StringIO(written.getvalue().decode()))}

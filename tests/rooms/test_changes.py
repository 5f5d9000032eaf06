"""Screening again after a new register: what changed, which register brought it, whom on a decree it touches."""

from __future__ import annotations

from datetime import date

from django.db import connection
from pytest_django import DjangoAssertNumQueries

from lopo.basics.page import Asked
from lopo.coverage.queries.states import states_of
from lopo.insight import queries as insight
from lopo.people import actions as people
from lopo.people.queries import snapshots
from lopo.people.registers import Provenance
from lopo.targeting import actions
from lopo.targeting.models import Screening, Verdict
from lopo.targeting.queries import changes, elsewhere
from lopo.targeting.queries.changes import ChangeFilter, Comparison, Transition
from tests.cast import Cast
from tests.rooms import doubt_stage as stage
from tests.rooms import pile

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
    other = pile.programme(cast, code="lain-2025")
    stage.receive(cast, other, stage.LISTED)
    stage.screen(cast, other)
    ours = [(one.name, one.payer) for one in elsewhere.also_decreed(other, ALL) if one.ours]
    assert ours == [("Okto Bria", "Uji")]
    assert elsewhere.also_decreed(other, ("53.71.01",)) == ()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE targeting_programme SET first_month = '2026-01-01', last_month = '2026-02-01'"
                       " WHERE id = %s", [other])  # fmt: skip
    assert [one.payer for one in elsewhere.also_decreed(other, ALL)] == ["GMIT Labat"]

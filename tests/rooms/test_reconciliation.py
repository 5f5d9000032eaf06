"""Members here beside the active members of BPJS, one by one."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.coverage.models import Membership
from lopo.insight.queries import reconciliation as told
from lopo.people import actions as people
from lopo.people.registers import Provenance
from tests.cast import Cast
from tests.rooms.enrolment import enrol

pytestmark = pytest.mark.django_db
DAY = date(2025, 12, 31)
CITY = "53.71"


def given(cast: Cast, rows: list[tuple[object, ...]], as_of: date = DAY) -> told.BpjsFile:
    provenance = Provenance("bpjs", "BPJS cabang NTT", as_of, uuid.uuid4().hex)
    people.load_register(by=cast.dinas, on=DAY, provenance=provenance, rows=rows)
    found = told.bpjs_file()
    assert found is not None
    return found


def members(programme: int) -> list[tuple[str, str, str]]:
    rows = Membership.objects.filter(programme_id=programme, state="terdaftar").order_by("id")
    return [(kpj or "", nik, name) for kpj, nik, name in rows.values_list("kpj", "person__nik", "person__name")]


def test_every_member_and_row_is_counted_once_and_named(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = enrol(cast, 12)
    mine = members(made.programme)
    since, start = date(2025, 7, 14), None
    rows: list[tuple[object, ...]] = [
        (mine[0][0], mine[0][1], mine[0][2].lower(), start, "BPU", since),
        (mine[1][0], mine[1][1], "NAMA LAIN SEKALI", start, "BPU", since),
        (mine[2][0], "5371010101990099", mine[2][2], start, "BPU", since),
        ("99999999999", mine[3][1], mine[3][2], start, "BPU", since),
        (mine[4][0], mine[4][1], mine[4][2], start, "PU", since),
        ("88888888888", "5371010101990088", "Orang Mandiri", start, "BPU", since),
        ("77777777777", "5371010101990077", "Karyawan", start, "PU", since),
        ("66666666666", mine[0][1], mine[0][2], start, "PU", since),
    ]
    file = given(cast, rows)
    with django_assert_num_queries(1):
        counts = told.reconciliation_counts(told.Compared(made.programme, file, ("53",), CITY))
    assert counts.kinds == {"cocok": 1, "beda": 4, "tidak_di_bpjs": 7, "sesudah_berkas": 0, "tidak_di_sini": 1}
    assert counts.members == len(mine) == 12
    assert counts.differing == {"nama": 1, "nik": 1, "nomor": 1, "status": 1}
    page = told.reconciliation_page(told.Compared(made.programme, file, ("53",), CITY, "beda"), Asked())
    assert (page.total, {one.differs for one in page.rows}) == (4, {("nama",), ("nik",), ("nomor",), ("status",)})
    (stranger,) = told.reconciliation_page(
        told.Compared(made.programme, file, ("53",), CITY, "tidak_di_sini"), Asked(size=0)
    ).rows
    assert (stranger.name_there, stranger.kpj_there, stranger.membership_id) == ("Orang Mandiri", "88888888888", None)


def test_a_number_younger_than_the_file_is_no_fault(cast: Cast) -> None:
    made = enrol(cast, 3)
    file = given(cast, [("1", "5371010101990077", "Karyawan", None, "PU", None)], as_of=date(2025, 5, 31))
    counts = told.reconciliation_counts(told.Compared(made.programme, file, ("53",), CITY))
    assert counts.kinds["sesudah_berkas"] == 3
    assert counts.kinds["tidak_di_bpjs"] == 0


def test_who_sees_one_kelurahan_sees_its_members_and_nobody_unknown(cast: Cast) -> None:
    made = enrol(cast, 12)
    area = Membership.objects.filter(programme_id=made.programme).values_list("person__area_code", flat=True)[0]
    file = given(cast, [("88888888888", "5371010101990088", "Orang Mandiri", None, "BPU", None)])
    counts = told.reconciliation_counts(told.Compared(made.programme, file, (area,), CITY))
    own = Membership.objects.filter(programme_id=made.programme, person__area_code=area).count()
    assert (counts.members, counts.kinds["tidak_di_sini"]) == (own, 0)
    nothing = told.reconciliation_counts(told.Compared(made.programme, file, (), CITY))
    assert sum(nothing.kinds.values()) == 0


def test_searching_and_paging_give_each_row_once(cast: Cast) -> None:
    made = enrol(cast, 12)
    file = given(cast, [("1", "5371010101990077", "Karyawan", None, "PU", None)])
    pages = [
        told.reconciliation_page(told.Compared(made.programme, file, ("53",), CITY, "tidak_di_bpjs"), Asked(at, 5))
        for at in (1, 2, 3)
    ]
    ids = [row.membership_id for page in pages for row in page.rows]
    assert (len(ids), len(set(ids)), pages[0].total) == (12, 12, 12)
    kpj, nik, own = members(made.programme)[5]
    for search in (kpj, nik):
        found = told.reconciliation_page(
            told.Compared(made.programme, file, ("53",), CITY, "tidak_di_bpjs", search), Asked()
        )
        assert (found.total, [row.nik for row in found.rows]) == (1, [nik])
    nobody = told.reconciliation_page(
        told.Compared(made.programme, file, ("53",), CITY, "tidak_di_bpjs", "100%"), Asked()
    )
    assert nobody.total == 0
    compared = told.Compared(made.programme, file, ("53",), CITY, "tidak_di_bpjs")
    named = {name: told.reconciliation_page(replace(compared, search=name), Asked()) for name in ("Bukan Siapa", own)}
    assert named["Bukan Siapa"].total == 0, "a name that nobody has finds nobody, whatever BPJS left empty"
    assert nik in [row.nik for row in named[own].rows]
    with pytest.raises(Refused, match="tidak dikenal"):
        told.reconciliation_page(told.Compared(made.programme, file, ("53",), CITY, "lain"), Asked())

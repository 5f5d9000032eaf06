"""P13 counts that do not match, P23 doubt whether claims are paid, P24 different numbers in every mouth."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.coverage.models import Membership
from lopo.insight import queries
from lopo.insight.queries import reconciliation as beside
from lopo.insight.queries.council import FEWEST, Paid, council, pooled
from lopo.jobs.papers.council import council_lines
from lopo.people import actions as people
from lopo.people.registers import Provenance
from tests.cast import Cast
from tests.rooms.enrolment import enrol

pytestmark = pytest.mark.django_db
CODE, ALL, CITY = "kupang-2025", ("53",), "53.71"
DAY = date(2025, 7, 31)


def test_p13_the_office_and_bpjs_find_the_one_member_whose_count_differs(cast: Cast) -> None:
    """Twelve members here, eleven in the file of BPJS: the comparison names the twelfth, not only the difference."""
    made = enrol(cast, 12)
    rows = Membership.objects.filter(programme_id=made.programme).order_by("id")
    every = list(rows.values_list("kpj", "person__nik", "person__name"))
    there = [(kpj, nik, name, None, "BPU", date(2025, 7, 14)) for kpj, nik, name in every[1:]]
    given = Provenance("bpjs", "BPJS cabang NTT", DAY, "a" * 64)
    people.load_register(by=cast.dinas, on=DAY, provenance=given, rows=there)
    file = beside.bpjs_file()
    assert file is not None
    asked = beside.Compared(made.programme, file, ALL, CITY, kind=beside.NOT_THERE)
    assert beside.reconciliation_counts(asked).kinds == {
        "cocok": 11, "beda": 0, "tidak_di_bpjs": 1, "tidak_di_sini": 0, "sesudah_berkas": 0,
    }  # fmt: skip
    (missing,) = beside.reconciliation_page(asked, beside.Asked()).rows
    assert (missing.kpj, missing.nik) == every[0][:2]


def test_p23_claims_are_published_by_kelurahan_without_pointing_at_a_family() -> None:
    """Seven deaths in one kelurahan and one in another: nobody can take the one from the difference."""
    told = pooled([Paid(("53.71.04.1009",), 7, 294_000_000), Paid(("53.71.06.1003",), 1, 42_000_000)])
    assert [(one.claims, one.amount) for one in told] == [(8, 336_000_000)]
    assert pooled([Paid(("53.71.04.1009",), FEWEST - 1, 42_000_000)]) == ()


def test_p24_every_report_tells_one_number_with_its_day_and_what_it_counts(cast: Cast) -> None:
    """The first page, the report and its paper are asked on one day and say the same."""
    enrol(cast, 12, refusals={"5371010101800001": "sudah PU"})
    home = queries.home(CODE, on=DAY, areas=ALL)
    told = council(CODE, on=DAY, areas=ALL)
    assert home is not None
    assert told is not None
    said = {line.title: line for line in council_lines(told) if line.part == "Angka pokok"}
    figures = home.standing
    assert {title: line.value for title, line in said.items()} == {
        "Ditetapkan": figures.programme.chosen, "Terdaftar": figures.enrolled, "Terlindungi": figures.covered,
        "Menunggak": sum(figures.cover[f"menunggak_{number}"] for number in (1, 2, 3)), "Gugur": figures.cover["gugur"],
        "Iuran ditagih": figures.bills.billed, "Iuran dibayar": figures.bills.paid,
        "Manfaat dibayar": figures.claims.paid,
    }  # fmt: skip
    assert all(line.means for line in said.values())
    assert told.on == figures.on == DAY

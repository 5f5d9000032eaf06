"""P13 counts that do not match, P23 doubt whether claims are paid, P24 different numbers in every mouth."""

from __future__ import annotations

import io
import re
from datetime import date
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from lopo.coverage.models import Membership
from lopo.insight.queries.council import FEWEST, Paid, pooled
from lopo.jobs import tasks
from lopo.people.actions import seed_areas
from tests.cast import Cast
from tests.journeys.doors import at_the_desk, on_day, press, words
from tests.rooms.enrolment import enrol

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 31)
MONEY = 11 * 16_800


def work_of(desk: Client, address: str, **given: object) -> str:
    """Press a button that begins long work, and give the work."""
    return press(desk, address, **given).rsplit("/", 1)[-1]


def test_p13_the_office_and_bpjs_find_the_one_member_whose_count_differs(cast: Cast, settings: Settings) -> None:
    """Twelve members here, eleven in the file of BPJS: the page names the twelfth, not only the difference."""
    made = enrol(cast, 12)
    on_day(settings, DAY)
    rows = Membership.objects.filter(programme_id=made.programme).order_by("id")
    every = list(rows.values_list("kpj", "person__nik", "person__name"))
    lines = [f"{kpj},{nik},{name},,BPU,2025-07-14" for kpj, nik, name in every[1:]]
    content = "\n".join(["kpj,nik,nama,tgl_lahir,segmen,aktif_sejak", *lines]).encode()
    dinas = at_the_desk(cast.dinas)
    given = {"jenis": "bpjs", "per": DAY.isoformat(), "asal": "BPJS cabang NTT", "perjanjian": "", "bagian": ""}
    tasks.register_task(work_of(dinas, "/register/unggah", **given, berkas=SimpleUploadedFile("aktif.csv", content)))

    page = words(dinas, "/laporan/bpjs", jenis="tidak_di_bpjs")
    assert "12 peserta di sini di samping peserta aktif BPJS" in page
    assert "Cocok (11)" in page
    assert "Tidak ada di BPJS (1)" in page
    kpj, nik, name = every[0]
    assert all(said in page for said in (name, kpj, nik[-4:]))
    assert every[1][2] not in page


def test_p23_claims_are_published_by_kelurahan_without_pointing_at_a_family() -> None:
    """Seven deaths in one kelurahan and one in another: nobody can take the one from the difference."""
    told = pooled([Paid(("53.71.04.1009",), 7, 294_000_000), Paid(("53.71.06.1003",), 1, 42_000_000)])
    assert [(one.claims, one.amount) for one in told] == [(8, 336_000_000)]
    assert pooled([Paid(("53.71.04.1009",), FEWEST - 1, 42_000_000)]) == ()


def test_p24_every_report_tells_one_number_with_its_day_and_what_it_counts(cast: Cast, settings: Settings) -> None:
    """The leader's first page, the report and the sheet made of it are asked on one day and say the same."""
    enrol(cast, 12, refusals={"5371010101800001": "sudah PU"})
    on_day(settings, DAY)
    leader, dinas = at_the_desk(cast.gubernur), at_the_desk(cast.dinas)
    home, report = words(leader, "/"), words(leader, "/laporan/")
    told = {"Ditetapkan": 12, "Terdaftar": 11, "Terlindungi": 11, "Iuran dibayar": MONEY, "Manfaat dibayar": 0}
    assert "Terlindungi hari ini 11 dari 12 tempat" in home
    assert "Iuran dibayar Rp 184.800" in home
    assert "keadaan 31 Jul 2025" in report
    for title, value in told.items():
        said = f"Rp {value:,}".replace(",", ".") if title.startswith(("Iuran", "Manfaat")) else str(value)
        assert re.search(rf"{title} {re.escape(said)} \w", report), (title, "with what it counts behind it")

    seed_areas(by=None, on=DAY)
    work = work_of(dinas, "/laporan/dokumen")
    tasks.council_task(work)
    assert sheet_of(dinas, work).items() >= told.items()


def sheet_of(desk: Client, work: str) -> dict[str, int]:
    """Give the figures at the head of the sheet that the work made, by their title."""
    page = desk.get(f"/kerja/{work}").content.decode()
    files = (desk.get(way) for way in re.findall(r'href="(/dokumen/[0-9a-f-]+)"', page))
    book = next(file for file in files if "spreadsheet" in file.headers["Content-Type"])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    figures = ([cell for cell in row if cell not in ("", None)] for row in rows)
    return {str(cell): int(after) for row in figures for cell, after in pairwise(row) if isinstance(after, float)}

"""The desk of reports: the council's page beside the first page, the comparison with BPJS, the letter to a sender."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import pytest
from pytest_django import DjangoAssertNumQueries

from lopo.insight.queries.council import council
from lopo.jobs import tasks
from lopo.jobs.papers.council import council_data, council_lines, council_xlsx
from lopo.jobs.papers.make_reports import sender_letter
from lopo.jobs.papers.offices import office_of
from lopo.jobs.sheets import open_sheets
from lopo.people.models import Snapshot
from lopo.staff.models import Document, Work
from lopo.targeting import queries as targeting
from lopo.targeting.reasons import texts_of
from tests.web.conftest import SignedIn
from tests.web.story import TODAY, Story


def words(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(content.decode())))


def test_the_council_is_told_the_figures_of_the_first_page(
    story: Story, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    programme = targeting.programme_row(story.programme_id)
    assert programme is not None
    told = council(programme.code, on=TODAY, areas=("53.71",))
    assert told is not None
    gubernur = signed_in("gubernur")
    with django_assert_max_num_queries(26):
        page = words(gubernur.get("/laporan/").content)
    home = words(gubernur.get("/").content)
    paid = f"Rp {told.standing.bills.paid:,}".replace(",", ".")
    assert paid in page.replace("\xa0", " ")
    assert paid in home.replace("\xa0", " ")
    assert told.total.named == told.standing.programme.chosen > 0
    assert told.total.enrolled == told.standing.enrolled > 0
    assert sum(one.committed for one in told.money) == told.standing.bills.billed
    for title in ("Menurut kecamatan", "Menurut jenis kelamin", "Menurut umur", "Menurut pekerjaan"):
        assert title in page


def test_paper_and_sheet_hold_the_same_figures(story: Story) -> None:
    programme = targeting.programme_row(story.programme_id)
    assert programme is not None
    told = council(programme.code, on=TODAY, areas=("53.71",))
    assert told is not None
    lines = council_lines(told)
    (sheet,) = open_sheets("laporan.xlsx", council_xlsx(told))
    values = [int(row[3]) for row in sheet.rows if len(row) > 3 and isinstance(row[3], int | float)]
    assert values == [line.value for line in lines]
    data = council_data(told, office_of("53.71"))
    printed = Counter(cell for part in data["parts"] for row in part["rows"] for cell in row[1:])
    printed.update(row[1] for row in data["figures"])
    assert printed == Counter(line.text for line in lines)
    assert all(line.means for line in lines)


def test_the_report_is_kept_and_given_to_who_reads_bills(story: Story, signed_in: SignedIn) -> None:
    answer = signed_in("gubernur").post("/laporan/dokumen")
    assert answer.status_code == 302
    tasks.council_task(answer.url.rsplit("/", 1)[-1])
    pdf, sheet = Document.objects.filter(subject="insight.council").order_by("name")
    given = signed_in("gubernur").get(f"/dokumen/{pdf.id}")
    assert (given.status_code, given.content[:5]) == (200, b"%PDF-")
    assert sheet.name.endswith(".xlsx")
    assert signed_in("lurah.oebufu").get(f"/dokumen/{pdf.id}").status_code in (403, 404)
    assert signed_in("tamu").post("/laporan/dokumen").status_code == 403


def test_the_comparison_has_tabs_and_a_file(story: Story, signed_in: SignedIn) -> None:
    dinas = signed_in("dinas")
    page = words(dinas.get("/laporan/bpjs").content)
    assert "peserta di sini di samping peserta aktif BPJS" in page
    newer = dinas.get("/laporan/bpjs?jenis=sesudah_berkas")
    assert "mintalah berkas yang lebih baru" in words(newer.content)
    file = dinas.post("/laporan/bpjs?jenis=sesudah_berkas", {"ekspor": "xlsx", "alasan": "rekonsiliasi bulanan"})
    assert file["Content-Type"].endswith("spreadsheetml.sheet")
    assert signed_in("tamu").post("/laporan/bpjs", {"ekspor": "xlsx", "alasan": "ingin tahu"}).status_code == 403
    Snapshot.objects.filter(kind="bpjs").update(current=False)
    assert "Belum ada berkas peserta aktif BPJS" in words(dinas.get("/laporan/bpjs").content)


def test_p1_p14_a_sender_is_told_each_refused_name_with_reason_and_appeal(story: Story, signed_in: SignedIn) -> None:
    sheet = targeting.error_sheet(story.oebufu_list, ("53",), contact="")
    assert sheet is not None
    letter = sender_letter(sheet, "53.71.04.1009", number="1", on=TODAY)
    told = Counter(line.verdict for line in sheet.lines)
    assert letter.opening[0].startswith(f"{len(sheet.lines)} nama Anda untuk ")
    for verdict, word in (("diterima", "masuk"), ("ditolak", "ditolak")):
        assert told[verdict] > 0
        assert f"{told[verdict]} {word}" in letter.opening[0]
    refused = [line for line in sheet.lines if line.verdict == "ditolak"]
    for line in refused:
        (named,) = [text for text, _ in letter.reasons if f"baris {line.line})" in text and "ditolak:" in text]
        assert line.name in named
        assert line.reasons
        for reason in texts_of([one.code for one in line.reasons]):
            assert reason.sentence in named
        if len(line.nik) == 16:
            assert line.nik not in named
    assert any("berkeberatan sampai" in step for step in letter.steps)
    answer = signed_in("lurah.oebufu").post(f"/laporan/pengusul/{story.oebufu_list}")
    tasks.sender_letter_task(answer.url.rsplit("/", 1)[-1])
    assert Work.objects.get(pk=answer.url.rsplit("/", 1)[-1]).state == "selesai"
    paper = Document.objects.get(subject="targeting.list", kind="surat")
    assert bytes(paper.content[:5]) == b"%PDF-"
    assert signed_in("bpjs").post(f"/laporan/pengusul/{story.oebufu_list}").status_code in (302, 404)
    assert signed_in("tamu").post(f"/laporan/pengusul/{story.oebufu_list}").status_code == 404


@pytest.mark.parametrize("page", ["/laporan/", "/laporan/bpjs"])
def test_without_a_programme_the_page_says_so(page: str, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lopo.web.reports.programme_shown", lambda _request, _who: None)
    assert signed_in("dinas").get(page).status_code == 200

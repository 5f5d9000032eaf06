"""The sheet to sign on the page of its event: made behind, opened page by page, recorded with all of it ticked."""

from __future__ import annotations

import re

from lopo.coverage import queries as coverage
from lopo.coverage.queries.sheets import latest_sheet, sheet_lines
from lopo.jobs.sheet_task import signature_sheet_task
from tests.web.conftest import SignedIn
from tests.web.story import Story


def test_a_signed_page_is_recorded_at_once(story: Story, signed_in: SignedIn) -> None:
    (event,) = coverage.handovers(story.programme_id)
    address, office = f"/peserta/penyerahan/{event.id}", signed_in("dinas")
    assert "Susun lembar tanda terima" in office.get(address).content.decode()
    assert signed_in("bendahara").post(f"{address}/lembar").status_code == 403
    answer = office.post(f"{address}/lembar")
    signature_sheet_task(answer.url.rsplit("/", 1)[-1])
    sheet = latest_sheet(event.id)
    assert sheet is not None
    (paper,) = set(re.findall(r"/dokumen/[0-9a-f-]{36}", office.get(address).content.decode()))
    assert office.get(paper)["Content-Type"] == "application/pdf"
    assert signed_in("bendahara").get(paper).status_code in (403, 404)
    page = office.get(address, {"lembar": "1"}).content.decode()
    lines = sheet_lines(sheet.id, areas=("53",), page=1)
    ticked = re.findall(r'name="kartu" value="(\d+)"[^>]* checked', page)
    assert ticked == [str(one.membership_id) for one in lines], "in the order of the paper, all ticked"
    given = {"kartu": ticked, "bukti": "cap_jempol", "lembar": "1"}
    given |= {f"nama-{one.membership_id}": one.name for one in lines}
    after = office.post(address, given, follow=True)
    assert after.redirect_chain[-1][0] == f"{address}?lembar=1"
    assert f"{len(lines)} tanda terima dicatat" in after.content.decode()
    assert all(one.received for one in sheet_lines(sheet.id, areas=("53",), page=1))
    assert "checked" not in office.get(address, {"lembar": "99"}).content.decode(), "a page that is not there"

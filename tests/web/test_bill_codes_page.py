"""The billing code on the page of its bill: noted, over, renewed, and named by the treasurer's list of tasks."""

from __future__ import annotations

import uuid

from tests.cast import Cast
from tests.web.conftest import SignedIn
from tests.web.story import Story
from tests.web.test_bills_page import _open_bill as open_bill


def noted(signed_in: SignedIn, bill: uuid.UUID, code: str, until: str) -> str:
    """What the treasurer reads after noting a code."""
    form = {"kode": code, "sampai": until}
    office = signed_in("bendahara")
    return office.post(f"/iuran/{bill}/kode", form, follow=True, headers={"referer": f"http://testserver/iuran/{bill}"}
                       ).content.decode()  # fmt: skip


def test_a_code_is_noted_shown_with_its_days_and_renewed(story: Story, cast: Cast, signed_in: SignedIn) -> None:
    bill = open_bill(cast)
    office = signed_in("bendahara")
    assert "belum punya kode iuran" in office.get(f"/iuran/{bill}").content.decode()
    page = noted(signed_in, bill, "8801-A", "2026-01-16")
    for text in ("Kode iuran 8801-A dicatat pada 1 tagihan.", "16 Jan 2026", "1 hari lagi"):
        assert text in page
    tasks = office.get("/iuran/tugas").content.decode()
    for text in ("Perbarui kode iuran", "8801-A", "kode berlaku sampai"):
        assert text in tasks
    page = noted(signed_in, bill, "8801-B", "2026-02-27")
    assert "Menggantikan" in page
    assert "mengganti kode iuran dengan yang baru" in page, "the diary of the bill names it"
    assert "Perbarui kode iuran" not in office.get("/iuran/tugas").content.decode()


def test_what_is_refused_is_said_on_the_page(story: Story, cast: Cast, signed_in: SignedIn) -> None:
    bill = open_bill(cast)
    assert "Tulis kode iuran dan hari terakhirnya." in noted(signed_in, bill, "8801-A", "")
    assert "hanya berlaku sampai 14 Jan 2026" in noted(signed_in, bill, "8801-A", "2026-01-14")
    assert signed_in("dinas").post(f"/iuran/{bill}/kode", {"kode": "A", "sampai": "2026-02-27"}).status_code == 403

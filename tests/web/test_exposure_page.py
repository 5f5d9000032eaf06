"""The page of the exposure calendar: the year, what is lost next and who can act, and what a day of payment changes."""

from __future__ import annotations

import re

from tests.web.conftest import SignedIn
from tests.web.story import Story


def read(signed_in: SignedIn, query: str = "") -> str:
    page = signed_in("bendahara").get(f"/iuran/kalender{query}")
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.content.decode())


def test_the_coming_year_names_the_days_of_loss_and_who_can_act(story: Story, signed_in: SignedIn) -> None:
    """The programme ended with December: January falls due on 15 January 2026, and nobody is named to pay it."""
    page = read(signed_in)
    for text in ("16 Jan 2026", "menunggak 1 bulan", "16 Apr 2026", "gugur", "Pimpinan dan dinas",
                 "Rp 32.000.000 tiap orang tertunda", "Rp 42.000.000 tiap orang hilang", "15 Apr 2026"):  # fmt: skip
        assert text in page, text


def test_the_year_of_the_story_shows_september_in_arrears(story: Story, signed_in: SignedIn) -> None:
    page = read(signed_in, "?dari=2025-07")
    assert page.count('<svg class="days"') == 36, "twelve months, and twice twelve beside each other"
    assert "16 – 30 Sep 2025" in page
    assert "12 – 12" not in page


def test_paying_on_a_day_is_set_beside_paying_nothing(story: Story, signed_in: SignedIn) -> None:
    in_time = read(signed_in, "?bayar=2026-02-10&sampai=2026-02")
    assert "Tidak ada hak yang gugur karena menunggu sampai tanggal ini" in in_time
    late = read(signed_in, "?bayar=2026-05-04&sampai=2026-05")
    assert "perlindungan mulai lagi dengan masa tunggu baru" in late
    assert "28 Feb 2026" in in_time


def test_what_cannot_be_read_is_said_and_nothing_breaks(story: Story, signed_in: SignedIn) -> None:
    assert "Ada yang perlu dibetulkan" in read(signed_in, "?bayar=besok&sampai=2026-02")
    assert "Ada yang perlu dibetulkan" in read(signed_in, "?sampai=1999-01")
    assert "Januari 2026 sampai Desember 2026" in read(signed_in, "?dari=9999-99")
    assert "Januari 2026 sampai Desember 2026" in read(signed_in, "?dari=0001-01")


def test_the_page_is_english_for_who_reads_english(story: Story, signed_in: SignedIn) -> None:
    client = signed_in("bendahara")
    client.post("/bahasa", {"language": "en"})
    page = client.get("/iuran/kalender").content.decode()
    assert "Protection calendar" in page

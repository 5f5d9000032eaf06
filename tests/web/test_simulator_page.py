"""The page that compares choices: what each costs, what it warns of, whom it leaves out, and its decree."""

from __future__ import annotations

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from lopo.staff.models import Diary
from lopo.targeting import actions, queries
from lopo.targeting.models import Decree, DecreeName
from lopo.targeting.quotas import Poor, Rule
from tests.web.conftest import SignedIn
from tests.web.story import Story

PAGE = "/keputusan/pilihan"
THREE = "?a-orang=10&a-bulan=3&a-cara=calon&b-orang=10&b-bulan=12&b-cara=sama&c-bulan=1&c-cara=calon&pembayar=apbd_kota"
POOR = "".join(f"&miskin-53.71.0{n}={n * 10}" for n in range(1, 7))


def read(signed_in: SignedIn, query: str = "", username: str = "dinas", status: int = 200) -> str:
    page = signed_in(username).get(PAGE + query)
    assert page.status_code == status
    return re.sub(r"\s+", " ", page.content.decode())


def test_unasked_the_programme_stands_there_as_it_is(story: Story, signed_in: SignedIn) -> None:
    page = read(signed_in)
    for text in ("Pilihan A", "Pilihan B", "Berdampingan", "Siapa yang mendapat tempat", "Jenis kelamin", "desil 1"):
        assert text in page, text


def test_three_months_and_too_few_names_are_warned_of(story: Story, signed_in: SignedIn) -> None:
    page = read(signed_in, THREE)
    assert "3 bulan ini tidak memberi peserta baru satu bulan pun santunan kematian penuh." in page
    assert "Kematian membayar Rp 10.000.000, bukan Rp 42.000.000; penuh baru mulai bulan ke-4." in page
    assert "Rp 504.000" in page, "ten people for three months"
    assert "Pilihan B:</strong> tidak ada peringatan." in page
    many = read(signed_in, THREE.replace("a-orang=10", "a-orang=100000"))
    assert "untuk 100.000 tempat" in many
    assert "tidak terpakai" in many


def test_money_that_pays_fewer_is_said(story: Story, signed_in: SignedIn) -> None:
    page = read(signed_in, THREE.replace("a-orang=10", "a-orang=10&a-uang=Rp+252.000"))
    assert "Uangnya tidak cukup untuk 5 orang." in page


def test_numbers_of_poor_people_are_taken_with_their_source_only(story: Story, signed_in: SignedIn) -> None:
    by_poor = THREE.replace("a-cara=calon", "a-cara=miskin")
    assert "Isi semua kecamatan dan sumbernya" in read(signed_in, by_poor + POOR, status=422)
    assert "Penduduk miskin menurut Dinsos 2025." in read(signed_in, by_poor + POOR + "&sumber=Dinsos+2025")
    assert "Penduduk miskin menurut DTSEN desil 1-" in read(signed_in, by_poor)


def test_what_cannot_be_counted_is_refused_in_words(story: Story, signed_in: SignedIn) -> None:
    assert "Isi banyaknya orang atau uang" in read(signed_in, "?a-bulan=3&a-cara=calon&b-bulan=1&b-cara=calon"
                                                  "&c-bulan=1&c-cara=calon&pembayar=apbd_kota", status=422)  # fmt: skip
    assert "Paling banyak" in read(signed_in, THREE.replace("a-bulan=3", "a-bulan=99"), status=422)


def test_a_payer_who_is_no_state_is_planned_at_the_dearer_sector(story: Story, signed_in: SignedIn) -> None:
    donor = THREE.replace("apbd_kota", "donatur").replace("b-bulan=12", "b-bulan=18")
    page = read(signed_in, donor)
    assert "2.268.000" in page, "ten people, nine months of 16,800 and nine of 8,400 (PP 50/2025 from April 2026 on)"
    assert "sektor yang lebih mahal" in page


def test_the_page_names_nobody(story: Story, signed_in: SignedIn) -> None:
    page = read(signed_in, THREE, "tamu")
    for name in DecreeName.objects.values_list("person__name", "person__nik")[:50]:
        assert name[0] not in page
        assert name[1] not in page


def test_the_workbook_is_noted(story: Story, signed_in: SignedIn) -> None:
    answer = signed_in("dinas").post(f"{PAGE}/lembar{THREE}")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    told = {row[1]: row[2:] for row in rows}
    assert told["Mendapat tempat"] == [10, 10]
    assert told["Biaya (Rp)"] == [504_000, 2_016_000]
    assert told["Bulan dengan santunan kematian penuh"] == [0, 9]
    assert Diary.objects.filter(action="export", subject="targeting.simulation").count() == 1
    assert signed_in("tamu").post(f"{PAGE}/lembar{THREE}").status_code == 403


def test_a_decree_is_drafted_with_the_chosen_rule(
    story: Story, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The story's decree is set, so the desk refuses a second; what it asks of the action is what was chosen."""
    given = {"nomor": "400.9/7", "judul": "Penetapan", "cara": "miskin"}
    client = signed_in("dinas")
    refused = client.post(f"{PAGE}/susun{THREE}{POOR}&sumber=Dinsos", given)
    assert refused.status_code == 422
    assert "sudah ditetapkan" in refused.content.decode()
    asked: dict[str, object] = {}

    def drafted(**told: object) -> actions.Drafted:
        asked.update(told)
        return actions.Drafted(story.decree_id, 0, 0, ())

    monkeypatch.setattr(actions, "draft_decree", drafted)
    assert client.post(f"{PAGE}/susun{THREE}{POOR}&sumber=Dinsos", given).status_code == 302
    numbers = {f"53.71.0{n}": n * 10 for n in range(1, 7)}
    assert asked["split"] == actions.Split(Rule.MISKIN, Poor(numbers, "Dinsos"))
    assert signed_in("penyetuju").post(f"{PAGE}/susun{THREE}", given).status_code == 403
    assert Decree.objects.filter(programme_id=story.programme_id).count() == 1
    assert queries.decree(story.decree_id).rule == "calon"


def test_the_page_is_english_for_who_reads_english(story: Story, signed_in: SignedIn) -> None:
    client = signed_in("dinas")
    client.post("/bahasa", {"language": "en"})
    assert "Compare choices" in client.get(PAGE + THREE).content.decode()

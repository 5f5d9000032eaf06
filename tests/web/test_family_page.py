"""The family's page: code and birth day together show the case and no person; a few wrong tries close the door."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from lopo.basics.page import Asked
from lopo.claims import queries
from lopo.claims.models import Case
from lopo.claims.queries import CaseFilter
from lopo.staff.models import Attempt, Diary
from tests.web.conftest import SignedIn
from tests.web.story import TODAY, Story
from tests.web.test_cases_page import death


def ask(client: Client, case: Case, **other: object) -> object:
    born = case.person.born
    given = {"kode": case.code.lower(), "hari": born.day, "bulan": born.month, "tahun": born.year}
    return client.post(reverse("kasus_keluarga"), given | other)


def test_the_family_sees_where_its_case_stands_and_no_name(story: Story, client: Client) -> None:
    case = Case.objects.get(pk=story.accident)
    answer = ask(client, case)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Berkas sedang dikumpulkan." in page
    assert "Berkas yang masih kurang" in page
    assert "Belum diputuskan." in page
    assert case.person.name not in page
    assert case.person.nik not in page
    assert case.story not in page
    looks = Diary.objects.filter(action="look_as_family", subject_id=str(case.id))
    assert [one.by_id for one in looks] == [None]
    kept = Attempt.objects.get(door="keluarga")
    assert case.code not in (kept.thing_mark, kept.origin_mark)


def test_what_is_paid_is_told_with_its_article_once_it_is_approved(
    story: Story, signed_in: SignedIn, client: Client
) -> None:
    case_id = death(signed_in)
    codes = [paper.code for paper in queries.case(case_id, on=TODAY).papers]
    signed_in("dinas").post(f"/klaim/{case_id}/berkas", {"berkas": codes})
    signed_in("bpjs").post(f"/klaim/{case_id}/usulkan")
    case = Case.objects.get(pk=case_id)
    assert "Yang dibayar" not in ask(client, case).content.decode()
    made = queries.case(case_id, on=TODAY).decisions[-1]
    signed_in("penyetuju").post(
        f"/klaim/{case_id}/{made.id}/setujui", {"tanda": "Keluarga dikunjungi; tidak ada keraguan."}
    )
    page = ask(client, case).content.decode()
    assert "Yang dibayar" in page
    assert "menunggu perintah bayar" in page
    assert all(part.article in page for part in made.components if part.amount)
    assert not any(heir.nik in page or heir.name in page for heir in queries.case(case_id, on=TODAY).heirs)


def test_a_wrong_day_shows_nothing_and_five_of_them_close_the_code(story: Story, client: Client) -> None:
    case = Case.objects.get(pk=story.accident)
    wrong = (case.person.born.day % 28) + 1
    for _try in range(5):
        page = ask(client, case, hari=wrong).content.decode()
        assert "tidak cocok" in page
        assert "Kejadian" not in page.split("<main", 1)[1]
    right = ask(client, case)
    assert right.status_code == 422
    assert "Terlalu banyak percobaan" in right.content.decode()
    other = next(
        row.id for row in queries.cases_page(CaseFilter(("53",)), Asked(size=0)).rows if row.id != story.accident
    )
    assert ask(client, Case.objects.get(pk=other)).status_code == 200


def test_a_code_that_there_is_not_says_the_same(story: Story, client: Client) -> None:
    case = Case.objects.get(pk=story.accident)
    page = ask(client, case, kode="JKM-1999-00001").content.decode()
    assert "Kode kasus dan tanggal lahir tidak cocok." in page

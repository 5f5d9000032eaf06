"""Looks, files, requests and retention: what is noted, who sees it, what the report flags, what is removed."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from lopo.basics.refusal import Impossible, Refused
from lopo.insight.queries.retention import due
from lopo.jobs import retention
from lopo.jobs.papers.own_data import make_own_data
from lopo.people.models import Person
from lopo.staff import actions, looks
from lopo.staff import queries as staff
from lopo.staff.actions import Asked, Seen
from lopo.staff.forgetting import Order
from lopo.staff.models import Document, Export, Look, Work
from lopo.staff.retention import BY_CODE, RULES
from lopo.targeting.models import DecreeName, Programme, ProposalRow, SourceFile, Verdict
from lopo.web.looks import FLAGS
from lopo.web.retention import SAID
from tests.web.conftest import SignedIn
from tests.web.story import TODAY, Story

LONG_AFTER = date(2031, 6, 1)


def _looks(story: Story) -> list[tuple[str, str, bool, str]]:
    rows = Look.objects.filter(person=story.member.person_id).order_by("id")
    return [(row.by.username, row.page, row.whole, row.reason) for row in rows]


def test_each_full_record_is_a_look_once_an_hour_and_a_list_is_none(story: Story, signed_in: SignedIn) -> None:
    dinas, address = signed_in("dinas"), reverse("seseorang", args=[story.member.person_id])
    dinas.get(reverse("orang"), {"cari": story.member.name})
    assert _looks(story) == []
    dinas.get(address)
    dinas.get(address)
    assert _looks(story) == [("dinas", "seseorang", False, "")]
    dinas.post(address, {"alasan": "mencocokkan kartu"})
    dinas.post(address, {"alasan": "mencocokkan lagi"})
    assert _looks(story)[1:] == [
        ("dinas", "seseorang", True, "mencocokkan kartu"), ("dinas", "seseorang", True, "mencocokkan lagi"),
    ]  # fmt: skip
    dinas.get(reverse("kasus", args=[story.accident]))
    assert _looks(story)[3:] == [("dinas", "kasus", False, "")]


def test_a_page_that_is_refused_is_no_look(story: Story, signed_in: SignedIn) -> None:
    assert signed_in("lurah.oebufu").get(reverse("seseorang", args=[story.neighbour.person_id])).status_code == 404
    assert not Look.objects.filter(person=story.neighbour.person_id).exists()


def test_a_look_is_one_query_and_is_not_changed_or_removed(story: Story, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    by = staff.officer("dinas")
    seen = Seen("seseorang", "people.person", 7, 7, "53.71")
    with django_assert_num_queries(1):
        actions.note_look(by=by, on=TODAY, at=datetime(2026, 1, 15, 2, tzinfo=UTC), seen=seen)
    for change in (lambda: Look.objects.update(page="lain"), lambda: Look.objects.all().delete()):
        with pytest.raises(IntegrityError, match="kept as it was noted"), transaction.atomic():
            change()


def test_the_page_tells_who_looked_to_those_who_may_know(story: Story, signed_in: SignedIn) -> None:
    address = reverse("seseorang", args=[story.member.person_id])
    signed_in("bpjs").get(address)
    told = signed_in("gubernur").get(address).content.decode()
    assert "Siapa melihat data ini" in told
    assert "<strong>Maria Tukan</strong>, Petugas BPJS Ketenagakerjaan: halaman orang" in told
    assert "Siapa melihat data ini" not in signed_in("lurah.oebufu").get(address).content.decode()


def test_a_file_notes_whom_it_held(story: Story, signed_in: SignedIn) -> None:
    address = reverse("seseorang", args=[story.member.person_id])
    signed_in("dinas").post(reverse("peserta"), {"ekspor": "csv", "alasan": "rapat bulanan"})
    taken = Export.objects.latest("id")
    assert taken.persons is not None
    assert story.member.person_id in taken.persons
    assert (taken.people, taken.rows) == (len(set(taken.persons)), len(taken.persons))
    kept = staff.diary_of("table", "peserta")[0].after or {}
    assert (kept["orang"], kept["sidik"], kept["alasan"]) == (taken.people, taken.digest, "rapat bulanan")
    assert "rapat bulanan" in signed_in("dinas").get(address).content.decode()
    held = looks.exports_of([story.member.person_id])
    assert [(one.table, one.surely) for one in held] == [("peserta", True)]
    assert looks.exports_of([999_999_999]) == ()


def test_a_file_of_too_many_is_told_as_perhaps(story: Story) -> None:
    taken = actions.Taken("besar", "csv", "seluruh negeri", 50_001, tuple(range(1, 50_002)), {})
    actions.note_export(by=staff.officer("dinas"), on=TODAY, taken=taken)
    assert [(one.people, one.surely) for one in looks.exports_of([7])] == [(50_001, False)]


def test_the_report_flags_what_is_unusual(story: Story, signed_in: SignedIn, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    by, night = staff.officer("bpjs"), datetime(2026, 1, 10, 15, 30, tzinfo=UTC)  # a Saturday, 23.30 in Kupang
    for person in range(1, 62):
        seen = Seen("seseorang", "people.person", person, person, "53.99", outside=person == 1)
        actions.note_look(by=by, on=date(2026, 1, 10), at=night, seen=seen)
    signed_in("dinas").get(reverse("seseorang", args=[story.member.person_id]))
    with django_assert_num_queries(2):
        first, *others = looks.review(TODAY - timedelta(days=29), TODAY, zone=settings.TIME_ZONE)
    assert (first.by, first.role, first.busiest, first.outside, first.odd_hours) == ("Maria Tukan", "bpjs", 61, 1, 61)
    assert first.flags == ("banyak", "luar_wilayah", "luar_jam")
    assert [(one.by, one.flags) for one in others] == [("Yuliana Bessie", ())]
    page = signed_in("gubernur").get(reverse("siapa_melihat")).content.decode()
    assert "61 orang dalam satu hari" in page
    assert signed_in("dinas").get(reverse("siapa_melihat")).status_code == 403
    assert looks.review(date(2025, 1, 1), date(2025, 1, 2), zone=settings.TIME_ZONE) == ()


def test_every_flag_and_rule_has_words() -> None:
    assert set(FLAGS) == {"banyak", "luar_wilayah", "luar_jam", "nomor_utuh", "berulang"}
    assert {code: tuple(map(str, said)) for code, said in SAID.items()} == {
        rule.code: (rule.what, rule.since, rule.deed) for rule in RULES
    }
    assert all(rule.status == "house" for rule in RULES if rule.by_itself)


def test_a_request_is_noted_answered_and_gives_the_person_everything(story: Story, signed_in: SignedIn) -> None:
    dinas, person = signed_in("dinas"), Person.objects.get(pk=story.member.person_id)
    address = reverse("seseorang", args=[person.id])
    dinas.post(reverse("data_pembetulan", args=[person.id]), {"peminta": "yang bersangkutan, KTP", "isi": "RT keliru"})
    row = looks.requests_of([person.id])[0]
    assert (row.kind, row.state, row.due_on) == ("pembetulan", "dicatat", TODAY + timedelta(days=3))
    assert "RT keliru" in signed_in("dinas").get(address).content.decode()
    dinas.post(reverse("data_jawab", args=[row.id]), {"jawaban": "RT dibetulkan"})
    assert looks.requests_of([person.id])[0].state == "dijawab"
    assert dinas.post(reverse("data_jawab", args=[row.id]), {"jawaban": "sekali lagi"}).status_code in (302, 409, 422)
    assert looks.requests_of([person.id])[0].answer == "RT dibetulkan"

    answer = dinas.post(reverse("data_saya", args=[person.id]), {"peminta": "yang bersangkutan, KTP dicocokkan"})
    work = Work.objects.latest("created_at")
    assert answer.url == reverse("kerja", args=[work.id])  # type: ignore[attr-defined]
    given = work.arguments
    by = staff.officer("dinas")
    papers = make_own_data(by=by, on=TODAY, person_id=given["person_id"], request_id=given["request_id"])
    pdf, told = (Document.objects.get(pk=one) for one in papers)
    assert bytes(pdf.content)[:5] == b"%PDF-"
    said = json.loads(bytes(told.content))
    assert {"hal": "NIK", "isi": person.nik} in said["Jati diri"]
    assert said["Kepesertaan dan bulan yang dibayar"]
    assert [one["isi"] for one in said["Permintaan saya"]] == ["salinan - dicatat", "pembetulan: RT keliru - dijawab"]
    assert dinas.get(reverse("dokumen", args=[pdf.id])).status_code == 200
    assert signed_in("bpjs").get(reverse("dokumen", args=[pdf.id])).status_code == 404
    assert signed_in("lurah.oebufu").post(reverse("data_saya", args=[person.id])).status_code == 403


def test_a_copy_needs_a_request_of_that_person(story: Story) -> None:
    by, area = staff.officer("dinas"), story.neighbour.area_code
    asked = Asked(story.neighbour.person_id, "salinan", "yang bersangkutan", "")
    other = actions.note_request(by=by, on=TODAY, area_code=area, asked=asked)
    with pytest.raises(Refused, match="Tidak ada permintaan"):
        make_own_data(by=by, on=TODAY, person_id=story.member.person_id, request_id=other)


def order(code: str, expected: int | None = None) -> Order:
    return Order(code, uuid.uuid4().hex, expected)


def test_the_dry_run_changes_nothing_and_counts_what_is_over(story: Story, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    rows = ProposalRow.objects.count()
    with django_assert_num_queries(12):
        now = {one.rule.code: one.count for one in due(TODAY)}
    later = {one.rule.code: one.count for one in due(LONG_AFTER)}
    assert now["baris_usulan"] == now["berkas_sumber"] == 0
    decreed = DecreeName.objects.values("verdict__row").distinct().count()
    assert later["baris_usulan"] == rows - decreed > 0
    assert later["berkas_sumber"] == SourceFile.objects.filter(lists__isnull=False).distinct().count() > 0
    assert later["keputusan"] is None
    assert ProposalRow.objects.exclude(raw=[]).count() == rows


def test_rows_are_blanked_by_rule_and_never_those_a_decree_rests_on(story: Story) -> None:
    by = staff.officer("penyetuju")
    count = next(one.count for one in due(LONG_AFTER) if one.rule.code == "baris_usulan")
    assert count
    with pytest.raises(Refused, match=f"kini {count}, bukan 1"):
        retention.forget(by=by, on=LONG_AFTER, order=order("baris_usulan", 1))
    assert retention.forget(by=by, on=LONG_AFTER, order=order("baris_usulan", count)) == count
    decreed = Verdict.objects.filter(pk__in=DecreeName.objects.values("verdict"))
    assert not decreed.filter(row__raw=[]).exists()
    blanked = ProposalRow.objects.filter(raw=[])
    assert blanked.count() == count
    assert not blanked.exclude(name="", nik_given="", fields={}).exists()
    refused = Verdict.objects.filter(row__raw=[], verdict="ditolak").first()
    assert refused is not None
    assert refused.reasons
    assert (refused.nik_matched, refused.evidence) == ("", {})
    told = staff.diary_of("staff.retention", "baris_usulan")[0]
    assert (told.action, (told.after or {})["jumlah"]) == ("retention", count)
    assert retention.forget(by=by, on=LONG_AFTER, order=order("baris_usulan", 0)) == 0
    with pytest.raises(IntegrityError, match="kept as it came"), transaction.atomic():
        blanked.update(name="lagi")


def test_the_switch_of_retention_opens_nothing_else(story: Story) -> None:
    decreed = DecreeName.objects.values_list("verdict__row", flat=True)[0]
    other = ProposalRow.objects.exclude(pk__in=DecreeName.objects.values("verdict__row")).values_list("pk", flat=True)[
        0
    ]
    for row, change in ((decreed, {"raw": [], "fields": {}, "nik_given": "", "name": ""}), (other, {"name": "lain"})):
        with pytest.raises(IntegrityError, match="kept as it came"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lopo.retention = 'on'")
            ProposalRow.objects.filter(pk=row).update(**change)


def test_source_files_are_blanked_and_their_fingerprint_stays(story: Story) -> None:
    count = next(one.count for one in due(LONG_AFTER) if one.rule.code == "berkas_sumber")
    before = set(SourceFile.objects.values_list("sha256", flat=True))
    retention.forget(by=staff.officer("penyetuju"), on=LONG_AFTER, order=order("berkas_sumber", count))
    assert set(SourceFile.objects.values_list("sha256", flat=True)) == before
    assert {bytes(one) for one in SourceFile.objects.filter(lists__isnull=False).values_list("content", flat=True)} == {
        b""
    }


def test_looks_past_their_time_go_and_the_others_stay(story: Story) -> None:
    by = staff.officer("dinas")
    for year in (2019, 2025):
        at = datetime(year, 6, 1, 2, tzinfo=UTC)
        actions.note_look(by=by, on=at.date(), at=at, seen=Seen("seseorang", "people.person", 7, 7, "53.71"))
    assert retention.forget(by=staff.officer("penyetuju"), on=TODAY, order=order("jejak_lihat", 1)) == 1
    assert [row.on.year for row in Look.objects.filter(person=7)] == [2025]


def test_the_clock_follows_only_rules_that_run_by_themselves(story: Story) -> None:
    work = actions.begin_work(by=staff.officer("dinas"), kind="screen_programme", title="uji", arguments={})
    Work.objects.filter(pk=work).update(state="selesai", finished_at=datetime(2025, 1, 1, tzinfo=UTC))
    done = retention.forget_by_itself(on=TODAY)
    assert done["pekerjaan"] >= 1
    assert all(BY_CODE[code].by_itself for code in done)
    assert not Work.objects.filter(pk=work).exists()
    with pytest.raises(Impossible, match="waits for an officer"):
        retention.forget(by=None, on=LONG_AFTER, order=order("baris_usulan"))


def test_only_who_may_can_follow_a_rule(story: Story, signed_in: SignedIn) -> None:
    with pytest.raises(Refused):
        retention.forget(by=staff.officer("dinas"), on=LONG_AFTER, order=order("baris_usulan", 1))
    with pytest.raises(Refused, match="tidak menghapus"):
        retention.forget(by=staff.officer("penyetuju"), on=LONG_AFTER, order=order("keputusan", 1))
    address = reverse("masa_simpan_jalankan", args=["baris_usulan"])
    assert signed_in("gubernur").post(address, {"jumlah": "1"}).status_code == 403
    assert signed_in("gubernur").get(reverse("masa_simpan")).status_code == 200
    assert signed_in("penyetuju").post(address, {"jumlah": "banyak"}).status_code == 404
    assert Programme.objects.exists()

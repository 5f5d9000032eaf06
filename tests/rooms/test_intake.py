"""Receiving lists: every row kept, counts that add up, the same file once, bad files reported, kill -9 survived."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError

from lopo import settings
from lopo.basics.refusal import Refused
from lopo.jobs import intake
from lopo.jobs.work import silent
from lopo.people.loading import storable
from lopo.staff.models import Diary
from lopo.targeting import actions, queries
from lopo.targeting.models import ProposalList, ProposalRow, SourceFile
from lopo.targeting.senders import Sender, sender_of
from tests.cast import Cast, appoint_all
from tests.rooms import pile

ROOT = Path(__file__).resolve().parents[2]


def test_a_list_is_kept_with_every_row(cast: Cast) -> None:
    programme = pile.programme(cast)
    content = b"\n".join((b"DAFTAR UMAT;;;;;", pile.csv_of(pile.neighbours(3)), b"Jumlah;3;;;;"))
    done = actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=pile.arrival(programme, content))
    assert done.new
    assert (done.rows, done.candidates, done.unreadable, done.other) == (7, 3, 0, 4)
    kinds = list(ProposalRow.objects.order_by("line").values_list("line", "kind"))
    assert kinds == [
        (1, "judul"), (2, "kepala"), (3, "calon"), (4, "calon"), (5, "calon"), (6, "kosong"), (7, "jumlah"),
    ]  # fmt: skip
    row = ProposalRow.objects.get(line=3)
    assert row.raw == ["Tetangga 1", "5371020101800001", "01/01/1980", "", "Nelayan", "0812000000"]
    assert row.fields["tgl_lahir"] == "01/01/1980"
    kept = queries.source_file(done.list_id, ("53.71",))
    assert kept == ("gmit_labat.csv", content)
    assert Diary.objects.get(action="receive_list").after["rows"] == 7
    assert ProposalList.objects.get().sender == "GMIT Labat"


def test_source_rows_and_files_are_kept_for_ever(cast: Cast) -> None:
    programme = pile.programme(cast)
    actions.receive_list(
        by=cast.dinas, on=pile.DAY, arrival=pile.arrival(programme, pile.csv_of(pile.neighbours(1)))
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="kept as it came"), transaction.atomic():
        ProposalRow.objects.update(name="Lain")
    with pytest.raises(IntegrityError, match="kept as it came"), transaction.atomic():
        SourceFile.objects.all()._raw_delete("default")


def test_the_same_file_twice_is_recognised(cast: Cast) -> None:
    programme = pile.programme(cast)
    content = pile.csv_of(pile.neighbours(5))
    first = actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=pile.arrival(programme, content))
    other_name = pile.arrival(programme, content, "gereja/salinan.csv")
    second = actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=other_name)
    assert (second.new, second.list_id, second.rows) == (False, first.list_id, first.rows)
    assert (ProposalList.objects.count(), ProposalRow.objects.count(), SourceFile.objects.count()) == (1, first.rows, 1)
    assert Diary.objects.filter(action="receive_list").count() == 1
    another = pile.programme(cast, code="uji-2026")
    assert actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=pile.arrival(another, content)).new
    assert SourceFile.objects.count() == 1


def test_one_broken_row_among_thousands(cast: Cast) -> None:
    programme = pile.programme(cast)
    lines = pile.csv_of(pile.neighbours(5000)).decode().splitlines()
    lines[2500] = "12345;;;;;;;;;rusak\x00\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    content = "\n".join(lines).encode()
    done = actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=pile.arrival(programme, content))
    assert (done.rows, done.candidates, done.unreadable, done.other) == (5001, 4999, 1, 1)
    detail = queries.list_detail(done.list_id, ("53.71",))
    assert detail is not None
    assert [(problem.code, problem.line) for problem in detail.problems] == [("baris_rusak", 2501)]
    broken = ProposalRow.objects.get(kind="rusak")
    assert (broken.line, broken.raw[0]) == (2501, "12345")
    assert "sel" in broken.fields["alasan"]


def test_overlong_and_odd_cells_are_kept_whole(cast: Cast) -> None:
    programme = pile.programme(cast)
    long = "A" * 500
    filler = "\n".join(["Nama;5371020101800001;01/01/1980;;;"] * 200)
    content = f"{pile.HEAD}\n{long};{'9' * 100};01/01/1980;;;\n{filler}\nSiti\x00 Nur;5371020101800001;;;;\n".encode()
    done = actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=pile.arrival(programme, content))
    assert done.candidates == 202
    row = ProposalRow.objects.get(line=2)
    assert (row.raw[:2], row.name, row.nik_given) == ([long, "9" * 100], "A" * 200, "9" * 64)
    assert ProposalRow.objects.get(line=203).name.split() == ["Siti", "Nur"]


def test_what_the_database_cannot_hold_is_replaced() -> None:
    assert storable("Siti\x00 Nur\ud800") == "Siti\ufffd Nur?"
    assert storable("Ñoño", 2) == "Ño"
    assert storable("", 5) == ""


def test_only_lists_of_ones_own_area(cast: Cast) -> None:
    programme = pile.programme(cast)
    content = pile.csv_of(pile.neighbours(2))
    own = pile.arrival(programme, content, "kelurahan/53.71.04.1009_oebufu.csv")
    foreign = pile.arrival(programme, content, "kelurahan/53.71.04.1010_liliba.csv")
    for officer, one in ((cast.lurah, foreign), (cast.tamu, own), (cast.bpjs, own)):
        with pytest.raises(Refused, match="tidak berwenang"):
            actions.receive_list(by=officer, on=pile.DAY, arrival=one)
    assert SourceFile.objects.count() == 0
    assert actions.receive_list(by=cast.lurah, on=pile.DAY, arrival=own).new
    nameless = pile.arrival(programme, pile.csv_of(pile.neighbours(3)), "daftar saya.csv")
    made = actions.receive_list(by=cast.lurah, on=pile.DAY, arrival=nameless)
    kept = ProposalList.objects.get(pk=made.list_id)
    assert (kept.sender, kept.area_code) == ("Kelurahan Oebufu", "53.71.04.1009")


def test_a_folder_with_bad_files_goes_on(cast: Cast, tmp_path: Path) -> None:
    programme = pile.programme(cast)
    (tmp_path / "gereja").mkdir()
    (tmp_path / "gereja" / "baik.csv").write_bytes(pile.csv_of(pile.neighbours(4)))
    (tmp_path / "gereja" / "kosong.csv").write_bytes(b"")
    (tmp_path / "gereja" / "foto.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "gereja" / "sandi.xlsx").write_bytes(locked)
    (tmp_path / "gereja" / "asing.csv").write_bytes(b"Kolom A;Kolom B\nsatu;dua\n")
    seen: list[str] = []
    done = intake.receive_folder(
        by=cast.dinas,
        on=pile.DAY,
        folder=intake.Folder(programme, tmp_path),
        progress=lambda _done, _total, step: seen.append(step),
    )
    assert {one.file: one.code for one in done.refused} == {
        "gereja/foto.xlsx": "bukan_lembar_kerja", "gereja/kosong.csv": "berkas_kosong",
        "gereja/sandi.xlsx": "terkunci_sandi",
    }  # fmt: skip
    assert {one.file: (one.candidates, one.unreadable, one.problems) for one in done.received} == {
        "gereja/baik.csv": (4, 0, 0), "gereja/asing.csv": (0, 2, 1),
    }  # fmt: skip
    assert len(seen) == 6
    with pytest.raises(Refused, match="Tidak ada berkas"):
        intake.receive_folder(
            by=cast.dinas, on=pile.DAY, folder=intake.Folder(programme, tmp_path / "x"), progress=silent
        )  # fmt: skip


def test_a_file_that_was_sent_in_is_kept_first_and_received_later(cast: Cast) -> None:
    programme = pile.programme(cast)
    content = pile.csv_of(pile.neighbours(2))
    digest = actions.keep_source(by=cast.lurah, on=pile.DAY, name="daftar saya.csv", content=content)
    sender = Sender("kelurahan", "Kelurahan Oebufu", "53.71.04.1009")
    done = intake.receive_kept(
        by=cast.lurah, on=pile.DAY, programme_id=programme, sha256=digest, sender=sender, progress=silent
    )  # fmt: skip
    assert [(one.file, one.candidates) for one in done.received] == [("daftar saya.csv", 2)]
    with pytest.raises(Refused):
        intake.receive_kept(
            by=cast.lurah, on=pile.DAY, programme_id=programme, sha256="0" * 64, sender=None, progress=silent
        )  # fmt: skip


@pytest.mark.parametrize(
    ("file", "hint", "kind", "name", "area"),
    [
        ("usulan/kelurahan/53.71.04.1009_oebufu.xlsx", "", "kelurahan", "Kelurahan Oebufu", "53.71.04.1009"),
        ("usulan/gereja/gmit_kota_baru.csv", "", "gereja", "GMIT Kota Baru", "53.71"),
        ("usulan/masjid/al_ikhlas_bonipoi.csv", "", "masjid", "Masjid Al Ikhlas Bonipoi", "53.71"),
        ("usulan/dprd/aspirasi_dapil_kota.xlsx", "", "dprd", "DPRD: Aspirasi Dapil Kota", "53.71"),
        ("daftar.xlsx", "53.71.04.1009", "kelurahan", "Kelurahan Oebufu", "53.71.04.1009"),
        ("gereja/umat.csv", "53.71.04.1009", "gereja", "Umat", "53.71"),
        ("daftar.xlsx", "", "lain", "Daftar", "53.71"),
        ("daftar.xlsx", "53.71.04", "lain", "Daftar", "53.71"),
    ],
)
def test_the_sender_is_known_by_the_path(file: str, hint: str, kind: str, name: str, area: str) -> None:
    assert sender_of(file, hint=hint, area_code="53.71") == Sender(kind, name, area)


@pytest.mark.django_db(transaction=True)
def test_the_same_file_from_two_at_once_is_one_list() -> None:
    cast = appoint_all()
    programme = pile.programme(cast)
    one = pile.arrival(programme, pile.csv_of(pile.neighbours(2000)))
    ends: list[bool] = []

    def receive() -> None:
        try:
            ends.append(actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=one).new)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=receive) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(ends) == [False, False, True]
    assert (ProposalList.objects.count(), ProposalRow.objects.count()) == (1, 2001)


_KILLED = """
import sys, time
import django
django.setup()
from lopo.staff.queries import officer
from lopo.targeting.actions import lists
from tests.rooms import pile

def stop_here(**_):
    print("inside", flush=True)
    time.sleep(60)

lists.record = stop_here
arrival = pile.arrival(int(sys.argv[1]), pile.csv_of(pile.neighbours(2000)))
lists.receive_list(by=officer("dinas"), on=pile.DAY, arrival=arrival)
"""


@pytest.mark.django_db(transaction=True)
def test_kill_9_in_the_middle_leaves_nothing_half_done() -> None:
    cast = appoint_all()
    programme = pile.programme(cast)
    name = connection.settings_dict["NAME"]
    parts = settings.DATABASE_URL.rsplit("?", 1)
    url = f"{parts[0].rsplit('/', 1)[0]}/{name}" + (f"?{parts[1]}" if len(parts) > 1 else "")
    environment = {
        **os.environ, "LOPO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lopo.settings", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(programme)], env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "inside"
        child.send_signal(signal.SIGKILL)
        assert child.wait(timeout=10) == -signal.SIGKILL
    assert (ProposalList.objects.count(), ProposalRow.objects.count(), SourceFile.objects.count()) == (0, 0, 0)
    one = pile.arrival(programme, pile.csv_of(pile.neighbours(2000)))
    done = actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=one)
    assert (done.new, done.candidates, ProposalRow.objects.count()) == (True, 2000, 2001)

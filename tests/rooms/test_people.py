"""The people room: areas, registers put in force whole or not at all, persons, families and their search."""

from __future__ import annotations

import threading
import time
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.jobs import register_files as registers
from lopo.jobs.work import silent
from lopo.people import actions, queries
from lopo.people.models import Area, Death, Decile, Person, Resident, Snapshot
from lopo.people.queries import PersonFilter
from lopo.people.registers import LAYOUTS, Provenance
from lopo.staff.models import Diary
from tests.cast import Cast, appoint_all

DAY = date(2025, 5, 31)
LISTS = Path(__file__).resolve().parents[2] / "demo" / "lists" / "acuan"
HEAD = "no_kk,nik,nama,jenis_kelamin,tgl_lahir,hubungan,nama_ibu,kode_kelurahan,rt,rw"
FAMILY = (
    "5371040101010001,5371040911690019,Eliaser Tote,L,1969-11-09,KEPALA KELUARGA,Yuliana Kore,53.71.04.1009,23,1",
    "5371040101010001,5371044911720002,Maria Tote,P,1972-11-09,ISTRI,Ana Bessie,53.71.04.1009,23,1",
    "5371040101010001,5371040102100003,Yeni O'Tote,P,2010-02-01,ANAK,Maria Tote,53.71.04.1009,23,1",
    "5371010101010002,5371010505800001,Eliaser Nalle,L,,KEPALA KELUARGA,Rut,53.71.01.1001,2,1",
)


def population(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "dukcapil_keluarga.csv"
    path.write_text("\n".join((head, *(rows or FAMILY))) + "\n", encoding="utf-8")
    return path


def test_areas_are_seeded_once(cast: Cast) -> None:
    assert actions.seed_areas(by=cast.dinas, on=DAY) == 59
    assert actions.seed_areas(by=cast.dinas, on=DAY) == 0
    assert Area.objects.get(code="53.71.04.1009").parent_id == "53.71.04"
    assert Diary.objects.filter(action="seed_areas").count() == 1
    assert len(queries.areas("kelurahan")) == 51


def test_all_demo_registers_are_loaded(cast: Cast) -> None:
    loaded = registers.load_folder(by=cast.dinas, on=DAY, folder=LISTS, as_of=DAY, progress=silent)
    assert {one.kind: one.rows for one in loaded} == {
        "penduduk": 34313, "kematian": 353, "pindah": 539, "asn": 1387, "bpjs": 2658, "desil": 33616,
    }  # fmt: skip
    assert sum(one.rows for one in loaded) == 72_866
    again = registers.load_folder(by=cast.dinas, on=DAY, folder=LISTS, as_of=DAY, progress=silent)
    assert [one.snapshot_id for one in again] == [one.snapshot_id for one in loaded]
    assert not any(one.new for one in again)
    assert Decile.objects.count() == 33616
    second = LISTS / "dukcapil_kematian_2025_semester_2.csv"
    part = registers.load_file(by=cast.dinas, on=date(2026, 1, 5), path=second, as_of=date(2025, 12, 31))
    assert part.rows == 210
    assert Death.objects.filter(snapshot__current=True).count() == 353 + 210
    assert Snapshot.objects.get(pk=part.snapshot_id).part == "2025-2"


def test_a_new_register_takes_the_place_of_the_old_one(cast: Cast, tmp_path: Path) -> None:
    first = registers.load_file(by=cast.dinas, on=DAY, path=population(tmp_path), as_of=DAY)
    second = registers.load_file(by=cast.dinas, on=DAY, path=population(tmp_path, *FAMILY[:2]), as_of=date(2025, 6, 30))
    assert (first.rows, second.rows) == (4, 2)
    assert list(Resident.objects.values_list("snapshot_id", flat=True)) == [second.snapshot_id] * 2
    old = Snapshot.objects.get(pk=first.snapshot_id)
    assert (old.current, old.rows) == (False, 4)
    deed = Diary.objects.filter(action="load_register").latest("id")
    assert deed.before == {"snapshot": first.snapshot_id, "as_of": "2025-05-31", "rows": 4}
    with pytest.raises(Refused) as back:
        registers.load_file(by=cast.dinas, on=DAY, path=population(tmp_path), as_of=date(2025, 7, 1))
    assert back.value.code == "register_sudah_diganti"
    with pytest.raises(Refused) as older:
        registers.load_file(by=cast.dinas, on=DAY, path=population(tmp_path, FAMILY[0]), as_of=DAY)
    assert older.value.code == "register_lebih_lama"
    assert Resident.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (lambda text: text.replace("tgl_lahir", "lahir"), "register_tidak_lengkap", "kolom tgl_lahir"),
        (lambda text: text.replace("1972-11-09", "9 Nov 1972"), "register_rusak", "baris 3: kolom tgl_lahir"),
        (lambda text: text.replace("5371044911720002", ""), "register_rusak", "baris 3: kolom nik kosong"),
        (lambda text: text.replace(",23,1\n", "\n"), "register_rusak", "baris 2: kurang dari 10 sel"),
        (lambda text: HEAD, "register_kosong", "tidak berisi baris"),
    ],
)
def test_an_unsound_register_is_refused_whole(cast: Cast, tmp_path: Path, change, code: str, says: str) -> None:
    sound = registers.load_file(by=cast.dinas, on=DAY, path=population(tmp_path), as_of=DAY)
    path = population(tmp_path)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        registers.load_file(by=cast.dinas, on=DAY, path=path, as_of=date(2025, 6, 30))
    assert refusal.value.code == code
    assert says in refusal.value.sentence
    assert "dukcapil_keluarga.csv" in refusal.value.sentence
    assert Resident.objects.filter(snapshot_id=sound.snapshot_id, snapshot__current=True).count() == 4
    assert Snapshot.objects.count() == 1


def test_only_those_who_may_load(cast: Cast, tmp_path: Path) -> None:
    for officer in (cast.lurah, cast.bpjs, cast.tamu):
        with pytest.raises(Refused, match="tidak berwenang"):
            registers.load_file(by=officer, on=DAY, path=population(tmp_path), as_of=DAY)
    assert Snapshot.objects.count() == 0


def test_persons_come_from_the_register_and_are_never_overwritten(cast: Cast, tmp_path: Path) -> None:
    registers.load_file(by=cast.dinas, on=DAY, path=population(tmp_path), as_of=DAY)
    wanted = [
        actions.Settled("5371040911690019", "", "Petani"),
        actions.Settled("5371040911690019", "0812", ""),
        actions.Settled("5371010505800001"),  # the register does not know the birth date
        actions.Settled("5371990101010001"),  # nobody
    ]
    assert actions.ensure_persons(wanted) == 1
    known = queries.person_by_nik("5371040911690019")
    assert known is not None
    assert (known.name, known.phone, known.occupation) == ("Eliaser Tote", "0812", "Petani")
    assert actions.ensure_persons([actions.Settled("5371040911690019", "0999", "Nelayan")]) == 0
    assert queries.person_by_nik("5371040911690019") == known


def test_search_and_areas(cast: Cast, tmp_path: Path, django_assert_num_queries) -> None:
    actions.seed_areas(by=cast.dinas, on=DAY)
    rows = [*FAMILY[:3], FAMILY[3].replace(",L,,", ",L,1980-05-05,")]
    registers.load_file(by=cast.dinas, on=DAY, path=population(tmp_path, *rows), as_of=DAY)
    actions.ensure_persons([actions.Settled(row.split(",")[1]) for row in rows])

    def found(search: str, *areas: str, **more: str) -> list[str]:
        return [row.name for row in queries.persons_page(PersonFilter(areas, search, **more), Asked()).rows]

    assert found("tote eli", "53.71") == ["Eliaser Tote"]
    assert found("ELIASER", "53") == ["Eliaser Nalle", "Eliaser Tote"]
    assert found("eliaser", "53.71.04.1009") == ["Eliaser Tote"]
    assert found("eliaser", "53.7") == []
    assert found("eliaser") == []
    maria = next(row.split(",")[1] for row in rows if "Maria" in row)
    assert (found(maria, "53.71"), found(maria[:8], "53.71"), found(maria[:15], "53.71")) == (["Maria Tote"], [], [])
    assert found("5371040101010001", "53.71") == ["Eliaser Tote", "Maria Tote", "Yeni O'Tote"]
    assert found("o'to", "53.71", area="53.71.04") == ["Yeni O'Tote"]
    assert found("100%", "53.71") == []
    assert found("n", "53.71") == ["Eliaser Nalle"]
    with django_assert_num_queries(2):
        page = queries.persons_page(PersonFilter(("53.71",)), Asked(2, 3, "-born"))
    assert (page.total, page.pages, [row.name for row in page.rows]) == (4, 2, ["Eliaser Tote"])
    assert page.rows[0].area_name == "Oebufu"
    with pytest.raises(Refused):
        queries.persons_page(PersonFilter(("53.71",)), Asked(sort="phone; drop table"))
    with django_assert_num_queries(1):
        family = queries.family_of("5371040101010001")
    assert [(one.name, one.relation) for one in family] == [
        ("Eliaser Tote", "KEPALA KELUARGA"), ("Maria Tote", "ISTRI"), ("Yeni O'Tote", "ANAK"),
    ]  # fmt: skip
    assert all(one.person_id for one in family)
    with django_assert_num_queries(1):
        assert queries.person(page.rows[0].id) == page.rows[0]
    with django_assert_num_queries(1):
        assert len(queries.snapshots()) == 1


def test_a_register_goes_out_under_its_own_column_names(cast: Cast, tmp_path: Path) -> None:
    path = population(tmp_path)
    registers.load_file(by=cast.dinas, on=DAY, path=path, as_of=DAY)
    pieces: list[bytes] = []
    queries.copy_register("penduduk", pieces.append)
    assert b"".join(pieces) == path.read_bytes()


def test_search_among_a_hundred_thousand_is_quick(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO people_person (nik, name, sex, born, no_kk, area_code, rt, rw, phone, occupation)
               SELECT (5371040000000000 + i)::text, 'Orang ' || md5(i::text) || ' Tote' || (i % 500), 'L', '1980-01-01',
                      '5371', '53.71.0' || (1 + i % 6) || '.1001', '', '', '', '' FROM generate_series(1, 100000) i"""
        )
        cursor.execute("ANALYZE people_person")
    assert Person.objects.count() == 100_000
    for search in ("tote7", "md5 tote42", "orang tote499", "537104000001", "a3f", "", "zz", "q", "o tote42"):
        times = []
        for _ in range(3):
            began = time.perf_counter()
            queries.persons_page(PersonFilter(("53.71",), search), Asked())
            times.append(time.perf_counter() - began)
        assert min(times) < 0.05, f"{search!r}: {min(times) * 1000:.0f} ms"


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_leave_one_register_in_force(tmp_path: Path) -> None:
    officer = appoint_all().dinas
    ends: list[str] = []

    def load(rows: tuple[str, ...], number: int) -> None:
        try:
            content = "\n".join((HEAD, *rows)).encode()
            provenance = Provenance("penduduk", f"{number}.csv", DAY, f"{number:064d}")
            prepared = registers.prepared_rows("x.csv", "penduduk", content)
            ends.append("ok" if actions.load_register(by=officer, on=DAY, provenance=provenance, rows=prepared) else "")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=load, args=(FAMILY[: n + 1], n)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert ends == ["ok"] * 3
    current = Snapshot.objects.get(kind="penduduk", current=True)
    assert Resident.objects.count() == current.rows
    with transaction.atomic():
        assert Snapshot.objects.count() == 3


def test_every_layout_names_columns_of_its_table(db: None) -> None:
    with connection.cursor() as cursor:
        for layout in LAYOUTS.values():
            cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [layout.table])
            there = {row[0] for row in cursor.fetchall()}
            assert set(layout.targets) | {"snapshot_id"} == there - {"id"}

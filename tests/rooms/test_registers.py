"""Registers as offices hand them over: other titles, workbooks, cells that cannot be read, rows that are odd."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries
from xlsxwriter import Workbook

from lopo.basics.refusal import Refused
from lopo.jobs import register_files as files
from lopo.jobs import tasks
from lopo.people import actions, oddities, queries
from lopo.people.models import Death, DecreedElsewhere, RegisterFile, Resident, Snapshot
from lopo.people.registers import EVERY, Provenance
from lopo.staff import actions as staff
from lopo.staff.models import Diary, Work
from lopo.targeting.grounds import RESTS_ON, kinds_behind, reasons_on
from lopo.targeting.reasons import REASONS
from tests.cast import Cast

DAY = date(2025, 5, 31)
NIK, WOMAN = "5371040911690019", "5371044911720002"
KK = "5371040101010001"


def workbook(*sheets: tuple[str, Sequence[Sequence[object]]]) -> bytes:
    held = io.BytesIO()
    with Workbook(held, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for title, rows in sheets:
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, place, cell, day)
                    elif isinstance(cell, str):
                        sheet.write_string(at, place, cell)
                    else:
                        sheet.write(at, place, cell)
    return held.getvalue()


def rows_of(kind: str, content: bytes, name: str = "berkas") -> list[tuple[object, ...]]:
    return list(files.prepared_rows(name, kind, content))


def refusal(kind: str, content: bytes) -> Refused:
    with pytest.raises(Refused) as found:
        rows_of(kind, content)
    return found.value


def test_a_workbook_under_other_titles_is_read_below_its_letterhead() -> None:
    content = workbook(
        ("Catatan", [["Dinas Kependudukan"], ["hanya untuk kedinasan"]]),
        ("Data", [
            ["PEMERINTAH KOTA KUPANG"], [],
            ["No", "Nomor KK", "NIK", "Nama Lengkap", "JK", "Tanggal Lahir", "SHDK", "Nama Ibu Kandung", "Kode Desa"],
            [1, KK, "537104.091169.0019", "Eliaser Tote", "Laki-laki", date(1969, 11, 9), "KEPALA KELUARGA", "Ana",
             "5371041009"],
            [], [2, KK, WOMAN, "Maria Tote", 2, "09/11/1972", "ISTRI", "Rut", "53.71.04.1009"],
        ]),
    )  # fmt: skip
    assert rows_of("penduduk", content) == [
        (KK, NIK, "Eliaser Tote", "L", date(1969, 11, 9), "KEPALA KELUARGA", "Ana", "53.71.04.1009", "", ""),
        (KK, WOMAN, "Maria Tote", "P", date(1972, 11, 9), "ISTRI", "Rut", "53.71.04.1009", "", ""),
    ]


def test_both_sheets_of_a_register_in_two_sheets_are_read() -> None:
    head = ["nik", "nama", "tgl_pindah"]
    content = workbook(("A", [head, [NIK, "Satu", "2025-01-02"]]), ("B", [head, [WOMAN, "Dua", "2025-01-03"]]))
    assert [row[1] for row in rows_of("pindah", content)] == ["Satu", "Dua"]


def test_deciles_as_the_village_software_writes_them() -> None:
    content = b"No,No KK,NIK,Nama,Desil\n1,9901015968531034,990101.290490.7738,MA'RUF,7.0\n"
    with pytest.raises(Refused, match=r"kolom desil berisi '7\.0'"):
        rows_of("desil", content)
    told = workbook(("Data", [["No", "No KK", "NIK", "Nama", "Desil"],
                              [1.0, "9901015968531034", "990101.290490.7738", "MA'RUF", 7.0]]))  # fmt: skip
    assert rows_of("desil", told) == [("9901015968531034", "9901012904907738", "MA'RUF", 7, None)]


def test_lines_in_two_encodings_and_nul_bytes_are_read() -> None:
    parts = ("1,José,2025-01-01,\n".encode(), "2,René,2025-01-01,\n".encode("cp1252"), b"3,A\x00b,2025-01-01,\n")
    content = b"".join((b"nik,nama,tgl_pindah,tujuan\n", *parts, b"4,Yohana Bana,2025-01-01,Alor\n" * 5))
    assert [row[1] for row in rows_of("pindah", content)][:4] == ["José", "René", "A b", "Yohana Bana"]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("31/02/1969", "baris 2: kolom tgl_lahir berisi '31/02/1969'; tulis tahun-bulan-hari"),
        ("besok", "(sel D2)"),
    ],
)
def test_a_day_that_cannot_be_read_is_named_with_its_cell(cell: str, says: str) -> None:
    content = f"no_akta,nik,nama,tgl_lahir,tgl_meninggal\nA1,{NIK},Eliaser,{cell},2025-01-01\n".encode()
    told = refusal("kematian", content)
    assert told.code == "register_rusak"
    assert says in told.sentence
    assert "tidak ada yang diubah" in told.sentence


@pytest.mark.parametrize(
    ("kind", "content", "code", "says"),
    [
        ("penduduk", b"\x00\x00\x00", "register_rusak", "Tidak ada yang diubah"),
        ("penduduk", b"PK\x03\x04 not a zip", "register_rusak", "bukan lembar kerja"),
        ("kematian", b"nama,nik\nA,1\n", "register_tidak_lengkap", "kolom no_akta, tgl_lahir, tgl_meninggal tidak ada"),
        ("hujan", b"nama\nA\n", "register_tidak_dikenal", "hujan"),
        ("asn", b"nip,nik,nama\n1,2\n", "register_rusak", "kurang dari 3 sel"),
        ("asn", b"nip,nik,nama\n1,2,\n", "register_rusak", "kolom nama kosong; isi lalu unggah lagi (sel C2)"),
        ("asn", b"nip,nik,nama\n" + b"9" * 31 + b",2,A\n", "register_rusak", "lebih panjang dari 30 huruf"),
        ("asn", b"nip,nik,nama\n1," + b"9" * 33 + b",A\n", "register_rusak", "lebih panjang dari 32 huruf"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_what_to_do(kind: str, content: bytes, code: str, says: str) -> None:
    if code == "register_rusak" and content.startswith(b"\x00"):
        says = "Ditolak seluruhnya"
    told = refusal(kind, content)
    assert told.code == code
    assert says in told.sentence


def test_a_nik_that_excel_has_cut_is_refused() -> None:
    content = workbook(("Data", [["nip", "nik", "nama"], ["1", 5371040911690010, "Eliaser"]]))
    assert "ubah kolomnya menjadi teks" in refusal("asn", content).sentence
    whole = workbook(("Data", [["nip", "nik", "nama"], ["1", "5371040911690010", "Eliaser"]]))
    assert rows_of("asn", whole) == [("1", "5371040911690010", "Eliaser", "")]


def test_no_cell_is_longer_than_its_column(db: None) -> None:
    query = "SELECT column_name, character_maximum_length FROM information_schema.columns WHERE table_name = %s"
    for layout in EVERY.values():
        with connection.cursor() as cursor:
            cursor.execute(query, [layout.table])
            longest = dict(cursor.fetchall())
        for column in layout.columns:
            assert column.longest == (longest[column.target] or 0), (layout.kind, column.source)


def load(cast: Cast, kind: str, rows: list[tuple[object, ...]], **more: str) -> actions.Loaded:
    told = Provenance(kind, f"{kind}.csv", DAY, uuid.uuid4().hex * 2, **more)
    return actions.load_register(by=cast.dinas, on=DAY, provenance=told, rows=rows)


def resident(nik: str, name: str, born: date | None = date(1980, 1, 1), kk: str = KK) -> tuple[object, ...]:
    return (kk, nik, name, "L", born, "ANAK", "Ibu", "53.71.04.1009", "1", "2")


def test_what_is_odd_is_loaded_and_told(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    rows = [
        resident(NIK, "Eliaser Tote"), resident(NIK, "ELIASER TOTE"), resident(NIK, "Orang Lain"),
        resident("123", "Pendek"), resident(WOMAN, "Maria", date(1899, 12, 31)),
        resident("5371044911720003", "Besok", date(2026, 1, 1)), resident("5371044911720004", "Kartu", kk="77"),
        resident("5371044911720005", "Sama"), resident("5371044911720005", "Sama"),
    ]  # fmt: skip
    done = load(cast, "penduduk", rows)
    assert done.rows == Resident.objects.count() == 9
    assert done.oddities == {
        oddities.BAD_NIK: 1, oddities.TWICE: 3, oddities.TWO_PEOPLE: 1, oddities.SAME_ROW: 1, oddities.BAD_KK: 1,
        oddities.BAD_BIRTH: 2,
    }  # fmt: skip
    assert queries.snapshots()[0].oddities == done.oddities
    assert Diary.objects.get(action="load_register").after["oddities"] == done.oddities
    with django_assert_num_queries(1):
        oddities.count_oddities(EVERY["penduduk"], done.snapshot_id)
    dead = load(cast, "kematian", [("A1", "", "Daud", None, date(2025, 7, 1), ""), ("A2", "", "Nahor", None, DAY, "")])
    assert dead.oddities == {oddities.EMPTY_NIK: 2, oddities.BAD_DAY: 1}
    decile = load(cast, "desil", [(KK, NIK, "Eliaser", 11, None), (KK, WOMAN, "Maria", 1, None)])
    assert decile.oddities == {oddities.BAD_DECILE: 1}
    assert load(cast, "asn", [("1", NIK, "Eliaser", "")]).oddities == {}


def begin(cast: Cast, content: bytes, *, kind: str = "pindah", by: str = "dinas") -> Work:
    officer = getattr(cast, by)
    file_id = actions.keep_register_file(by=officer, on=DAY, name="pindah.csv", content=content)
    given = {"file_id": str(file_id), "kind": kind, "part": "", "origin": "Dukcapil, pindah.csv",
             "agreement": "12/2024", "as_of": DAY.isoformat(), "on": DAY.isoformat()}  # fmt: skip
    work_id = staff.begin_work(by=officer, kind="load_register", title="x", arguments=given)
    tasks.register_task(str(work_id))
    return Work.objects.get(pk=work_id)


def test_an_upload_is_put_in_force_by_the_queue_and_its_bytes_are_forgotten(cast: Cast) -> None:
    work = begin(cast, f"nik,nama,tgl_pindah\n{NIK},Eliaser,2025-01-02\n".encode())
    assert (work.state, work.result["rows"], work.result["oddities"]) == ("selesai", 1, 0)
    found = Snapshot.objects.get(current=True)
    assert (found.kind, found.agreement, found.origin) == ("pindah", "12/2024", "Dukcapil, pindah.csv")
    assert RegisterFile.objects.count() == 0
    tasks.register_task(str(work.id))
    assert Snapshot.objects.count() == 1


def test_a_refused_upload_says_where_and_leaves_nothing(cast: Cast) -> None:
    sound = begin(cast, f"nik,nama,tgl_pindah\n{NIK},Eliaser,2025-01-02\n".encode())
    work = begin(cast, f"nik,nama,tgl_pindah\n{NIK},Eliaser,kemarin\n".encode())
    assert work.state == "gagal"
    assert "pindah.csv baris 2: kolom tgl_pindah berisi 'kemarin'" in work.error
    assert "(sel C2)" in work.error
    assert (RegisterFile.objects.count(), Snapshot.objects.get().id) == (0, sound.result["snapshot_id"])
    empty = begin(cast, b"nik,nama,tgl_pindah\n")
    assert "tidak berisi baris" in empty.error


def test_an_upload_that_is_gone_or_not_allowed_is_refused(cast: Cast) -> None:
    told = Provenance("pindah", "x", DAY, "")
    with pytest.raises(Refused, match="unggah sekali lagi"):
        files.load_kept(by=cast.dinas, on=DAY, file_id=uuid.uuid4(), provenance=told, progress=lambda *_: None)
    for officer in (cast.lurah, cast.bpjs, cast.tamu):
        with pytest.raises(Refused, match="tidak berwenang"):
            actions.keep_register_file(by=officer, on=DAY, name="x", content=b"x")
        with pytest.raises(Refused, match="tidak berwenang"):
            actions.forget_register_file(by=officer, on=DAY, file_id=uuid.uuid4())


def test_the_decree_of_another_payer_is_a_register_in_parts(cast: Cast) -> None:
    rows: list[tuple[object, ...]] = [(NIK, "Eliaser", None, "GMIT Labat", "SK 3/2025", None, None)]
    load(cast, "sk", rows, part="gmit")
    load(cast, "sk", [(WOMAN, "Maria", None, "PT Laut", "SK 9/2025", DAY, None)], part="pt-laut")
    assert DecreedElsewhere.objects.filter(snapshot__current=True).count() == 2
    assert "sk" not in {one.kind for one in queries.snapshots() if one.kind in ("penduduk", "kematian")}
    assert Death.objects.count() == 0


def test_every_reason_says_which_registers_it_rests_on() -> None:
    assert set(RESTS_ON) == set(REASONS)
    assert {kind for kinds in RESTS_ON.values() for kind in kinds} == set(EVERY) - {"sk"}
    assert kinds_behind(("meninggal", "pindah", "meninggal")) == ("kematian", "pindah")
    assert reasons_on(("desil",)) == ("di_luar_desil", "desil_tidak_diketahui")

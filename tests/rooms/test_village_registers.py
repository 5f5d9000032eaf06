"""The population register of one village, as OpenSID and OpenDK export it: in force inside its territory alone."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest
from xlsxwriter import Workbook

from lopo.basics.refusal import Refused
from lopo.jobs import register_files as files
from lopo.jobs.village_registers import village_rows
from lopo.people import actions, oddities, queries
from lopo.people.models import Resident, Snapshot
from lopo.people.registers import Provenance
from lopo.people.territory import InForce, covers, planned
from lopo.staff.models import Diary
from tests.cast import Cast

OEBUFU, TUAK_DAUN = "53.71.04.1009", "53.71.04.1010"
MAY, JUNE, JULY = date(2025, 5, 31), date(2025, 6, 30), date(2025, 7, 31)
KK = "5371040101010001"
HEAD = ("alamat", "nama", "no_kk", "nik", "sex", "tanggallahir", "kk_level", "nama_ibu", "status_dasar", "ktp_el")
CODES = (
    ("Jl A", "MA'RUF TOTE", KK, "537104.091169.0019", 1, "1969-11-09", 1, "RUT", 1, 2),
    ("Jl A", "SITI TOTE", KK, "5371044911720002", 2, "09-11-1972", 3, "ANA", 1, 2),
    ("Jl A", "BAYI TOTE", KK, "0", 1, "2025-01-02", 4, "SITI", 1, ""),
    ("Jl A", "MATI TOTE", KK, "5371040101400003", 1, "1940-01-01", 7, "", 2, 2),
)
WORDS = (
    (
        "Jl A",
        "MA'RUF TOTE",
        KK,
        "5371040911690019",
        "LAKI-LAKI",
        "1969-11-09",
        "KEPALA KELUARGA",
        "RUT",
        "HIDUP",
        "WNI",
    ),
    ("Jl A", "SITI TOTE", KK, "5371044911720002", "PEREMPUAN", "1972-11-09", "ISTRI", "ANA", "HIDUP", "WNI"),
    ("Jl A", "BAYI TOTE", KK, "0", "LAKI-LAKI", "2025-01-02", "ANAK", "SITI", "HIDUP", "WNI"),
    ("Jl A", "MATI TOTE", KK, "5371040101400003", "LAKI-LAKI", "1940-01-01", "ORANG TUA", "", "MATI", "WNI"),
)


def book(head: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    held = io.BytesIO()
    with Workbook(held, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Data Penduduk")
        for at, row in enumerate((head, *rows)):
            for place, cell in enumerate(row):
                sheet.write(at, place, cell) if isinstance(cell, int) else sheet.write_string(at, place, str(cell))
    return held.getvalue()


def pack(village: str) -> bytes:
    names = {"no_kk": "nomor_kk", "nik": "nomor_nik", "sex": "jenis_kelamin", "kk_level": "hubungan_keluarga"}
    head = [names.get(one, one).replace("tanggallahir", "tanggal_lahir") for one in HEAD]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("penduduk_opendk.xlsx", book([*head, "desa_id"], [(*row, village) for row in CODES]))
    return held.getvalue()


EXPORTS = {"codes": book(HEAD, CODES), "words": book(HEAD, WORDS), "opendk": pack(OEBUFU)}


@pytest.mark.parametrize("variant", EXPORTS)
def test_every_variant_gives_the_same_residents(variant: str) -> None:
    rows = list(village_rows("penduduk.xlsx", EXPORTS[variant], OEBUFU))
    assert rows == [
        (KK, "5371040911690019", "MA'RUF TOTE", "L", date(1969, 11, 9), "KEPALA KELUARGA", "RUT", OEBUFU, "", ""),
        (KK, "5371044911720002", "SITI TOTE", "P", date(1972, 11, 9), "ISTRI", "ANA", OEBUFU, "", ""),
        (KK, "", "BAYI TOTE", "L", date(2025, 1, 2), "ANAK", "SITI", OEBUFU, "", ""),
        None,
    ]


def test_a_file_of_another_village_is_refused_and_a_sample_code_is_none() -> None:
    with pytest.raises(Refused, match=r"orang ke-1 tinggal di wilayah 53\.71\.04\.1009, bukan di 53\.71\.04\.1010"):
        list(village_rows("x.zip", pack(OEBUFU), TUAK_DAUN))
    assert len(list(village_rows("x.zip", pack("99.01.01.2001"), TUAK_DAUN))) == 4


def test_a_broken_pack_or_another_table_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("catatan.csv", "nama,umur\nA,3\n")
    with pytest.raises(Refused, match="kolom no_kk, nik, jenis_kelamin"):
        list(village_rows("x.zip", held.getvalue(), OEBUFU))
    with pytest.raises(Refused, match="tgl_lahir berisi 'kemarin'"):
        list(village_rows("x.xlsx", book(HEAD, [("", "A", KK, "0", 1, "kemarin", 1, "", 1, "")]), OEBUFU))


def resident(nik: int, area: str) -> tuple[object, ...]:
    return (KK, f"53710409116900{nik:02}", f"Orang {nik}", "L", date(1980, 1, 1), "ANAK", "Ibu", area, "1", "2")


def load(cast: Cast, as_of: date, rows: Sequence[tuple[object, ...]], territory: str = "") -> actions.Loaded:
    told = Provenance("penduduk", "penduduk.csv", as_of, f"{as_of}{territory}{len(rows)}", territory=territory)
    return actions.load_register(by=cast.dinas, on=JULY, provenance=told, rows=rows)


def here() -> Counter[tuple[str, int]]:
    rows = Resident.objects.filter(snapshot__current=True).values_list("area_code", "snapshot_id")
    return Counter((area, snapshot) for area, snapshot in rows)


def test_a_village_takes_its_place_alone_and_the_whole_city_takes_all(cast: Cast) -> None:
    city = load(cast, MAY, [resident(1, OEBUFU), resident(2, OEBUFU), resident(3, TUAK_DAUN)])
    village = load(cast, JUNE, [resident(1, OEBUFU), resident(4, OEBUFU), resident(5, OEBUFU)], OEBUFU)
    assert here() == {(TUAK_DAUN, city.snapshot_id): 1, (OEBUFU, village.snapshot_id): 3}
    assert Diary.objects.filter(action="load_register").latest("id").before == {
        "snapshot": city.snapshot_id, "as_of": "2025-05-31", "cut": 2,
    }  # fmt: skip
    newer = load(cast, JULY, [resident(6, OEBUFU), resident(7, TUAK_DAUN)])
    assert here() == {(OEBUFU, newer.snapshot_id): 1, (TUAK_DAUN, newer.snapshot_id): 1}
    assert list(Snapshot.objects.filter(current=True).values_list("id", flat=True)) == [newer.snapshot_id]


def test_what_is_newer_inside_stays_and_what_is_older_is_refused(cast: Cast) -> None:
    village = load(cast, JULY, [resident(1, OEBUFU)], OEBUFU)
    city = load(cast, JUNE, [resident(2, OEBUFU), resident(3, TUAK_DAUN)])
    assert here() == {(OEBUFU, village.snapshot_id): 1, (TUAK_DAUN, city.snapshot_id): 1}
    with pytest.raises(Refused) as older:
        load(cast, MAY, [resident(4, TUAK_DAUN)], TUAK_DAUN)
    assert older.value.code == "register_lebih_lama"
    assert {one.territory: one.rows for one in queries.snapshots(only_current=True)} == {"": 2, OEBUFU: 1}


def test_people_outside_the_territory_or_registers_without_place_are_refused_whole(cast: Cast) -> None:
    before = load(cast, MAY, [resident(1, OEBUFU)])
    with pytest.raises(Refused) as outside:
        load(cast, JUNE, [resident(1, OEBUFU), resident(3, TUAK_DAUN)], OEBUFU)
    assert outside.value.code == "register_di_luar_wilayah"
    told = Provenance("kematian", "x", JUNE, "x", territory=OEBUFU)
    with pytest.raises(Refused, match="satu wilayah saja"):
        actions.load_register(by=cast.dinas, on=JULY, provenance=told, rows=[])
    assert here() == {(OEBUFU, before.snapshot_id): 1}


def test_an_upload_for_a_village_counts_who_left(cast: Cast) -> None:
    file_id = actions.keep_register_file(by=cast.dinas, on=JULY, name="penduduk.xlsx", content=EXPORTS["codes"])
    told = Provenance("penduduk", "OpenSID Oebufu", JUNE, "", territory=OEBUFU)
    done = files.load_kept(by=cast.dinas, on=JULY, file_id=file_id, provenance=told, progress=lambda *_: None)
    assert (done.rows, done.oddities) == (3, {oddities.EMPTY_NIK: 1, oddities.LEFT_OUT: 1})
    assert queries.snapshots()[0].territory == OEBUFU
    assert Resident.objects.get(relation="ISTRI").name == "SITI TOTE"


def test_territories_hold_each_other_by_whole_parts_of_the_code() -> None:
    assert covers("", OEBUFU)
    assert covers("53.71", OEBUFU)
    assert covers(OEBUFU, OEBUFU)
    assert not covers("53.7", OEBUFU)
    assert not covers(OEBUFU, "53.71")
    swap = planned(
        Provenance("penduduk", "x", JUNE, "", territory="53.71.04"),
        (
            InForce(1, "", MAY, 9), InForce(2, OEBUFU, MAY, 9), InForce(3, TUAK_DAUN, JULY, 9),
            InForce(4, "53.71.01", MAY, 9),
        ),
    )  # fmt: skip
    assert [[one.id for one in each] for each in (swap.replaced, swap.cut, swap.kept)] == [[2], [1], [3]]

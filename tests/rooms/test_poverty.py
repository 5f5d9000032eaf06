"""Poor people by kecamatan from a file: every wrong cell named, kept by edition, in force and back; in the decree."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from lopo.basics import tables
from lopo.basics.area import KECAMATAN
from lopo.basics.refusal import Refused
from lopo.jobs.poverty import Problem, main, read_poverty, take_poverty
from lopo.people.models import PovertyEdition
from lopo.people.poverty import former_poverty, poverty_editions, poverty_in_force, use_poverty
from lopo.staff.models import Diary
from lopo.targeting import actions, queries
from lopo.targeting.actions import Split
from lopo.targeting.models import Decree
from lopo.targeting.quotas import Rule
from tests.cast import Cast
from tests.rooms import pile

HEAD = "Kecamatan;Tahun;Penduduk Miskin;Sumber\n"
DAY = date(2025, 5, 20)


def file(year: int = 2024, *, each: int = 1_000) -> bytes:
    rows = [f"{one.name};{year};{each * at};Dinas Sosial" for at, one in enumerate(KECAMATAN, start=1)]
    return (HEAD + "\n".join(rows)).encode()


def test_a_table_is_read_by_name_and_by_code_with_thousands() -> None:
    rows = [f"Kec. {one.name.upper()};2024;1.00{at};Dinas Sosial" for at, one in enumerate(KECAMATAN[:3])]
    rows += [f"{one.code};2024;{at};Dinas Sosial" for at, one in enumerate(KECAMATAN[3:])]
    read = read_poverty("miskin.csv", (HEAD + "\n".join(rows)).encode())
    assert read.problems == ()
    assert read.numbers is not None
    assert (read.numbers.year, read.numbers.source) == (2024, "Dinas Sosial")
    assert [read.numbers.people[one.code] for one in KECAMATAN] == [1_000, 1_001, 1_002, 0, 1, 2]


def test_a_workbook_of_a_sheet_is_read_as_well() -> None:
    columns = [
        tables.Column("Kode Kecamatan"), tables.Column("Tahun", tables.Kind.NUMBER),
        tables.Column("Jumlah Miskin", tables.Kind.NUMBER), tables.Column("Sumber Data"),
    ]  # fmt: skip
    book = tables.table_xlsx("Miskin", columns, [[one.code, 2024, 7, "Dinsos"] for one in KECAMATAN])
    read = read_poverty("miskin.xlsx", book)
    assert read.numbers is not None
    assert set(read.numbers.people.values()) == {7}


def test_every_wrong_cell_is_named_with_its_row() -> None:
    wrong = HEAD + "Oebobo;2024;banyak;Dinas Sosial\nKota Lain;24;5;\n\nAlak;2024;-3;Dinas Sosial\n"
    found = read_poverty("miskin.csv", wrong.encode())
    assert found.numbers is None
    assert [(one.line, one.cell) for one in found.problems] == [
        (2, "C2"), (3, "A3"), (3, "B3"), (3, "D3"), (5, "C5"),
    ]  # fmt: skip
    assert found.problems[0] == Problem(2, "C2", "Jumlah 'banyak' tidak terbaca; tulis angka bulat, misalnya 5120.")


def test_rows_that_do_not_fit_together_are_named() -> None:
    rows = [f"{one.name};2024;5;Dinsos" for one in KECAMATAN[:4]]
    rows += [f"{KECAMATAN[0].name};2023;5;BPS"]
    found = read_poverty("miskin.csv", (HEAD + "\n".join(rows)).encode())
    assert [(one.line, one.cell) for one in found.problems] == [(6, "A6"), (6, "B6"), (6, "D6"), (0, "")]
    assert KECAMATAN[5].name in found.problems[-1].words
    assert read_poverty("miskin.csv", HEAD.encode()).problems[0].words == "Tabel ini tidak berisi baris."
    with pytest.raises(Refused, match="penduduk_miskin"):
        read_poverty("miskin.csv", b"kecamatan;tahun;sumber\nAlak;2024;x\n")


@pytest.mark.django_db
def test_a_decree_by_poor_people_rests_on_the_edition_in_force_and_the_way_back_leads_to_the_former(
    cast: Cast,
) -> None:
    programme = pile.ready(cast, many=60, places=24)
    first = take_poverty(by=cast.dinas, on=DAY, file="2023.csv", content=file(2023))
    assert poverty_in_force("53.71") is None, "looked at first"
    use_poverty(by=cast.dinas, on=DAY, edition_id=first)
    second = take_poverty(by=cast.dinas, on=DAY, file="2024.csv", content=file(2024, each=10))
    use_poverty(by=cast.provinsi, on=DAY, edition_id=second)
    done = actions.draft_decree(
        by=cast.dinas, on=pile.DAY, programme_id=programme, number="400.9/1", title="P", split=Split(Rule.MISKIN)
    )
    kept = Decree.objects.get(pk=done.decree_id)
    assert kept.quota_source == f"Dinas Sosial, tahun 2024 (edisi {second})"
    weights = {one.code: 10 * at for at, one in enumerate(KECAMATAN, start=1)}
    assert [row["poor"] for row in kept.quota] == [weights[row["kecamatan"]] for row in kept.quota]
    former_poverty(by=cast.dinas, on=DAY, edition_id=second)
    now = queries.poor_in(programme)
    assert now is not None
    assert now.source == f"Dinas Sosial, tahun 2023 (edisi {first})"
    assert [(one.year, one.active) for one in poverty_editions()] == [(2024, False), (2023, True)]
    former_poverty(by=cast.dinas, on=DAY, edition_id=first)
    back = queries.poor_in(programme)
    assert back is not None
    assert back.source.startswith("DTSEN")
    deeds = Diary.objects.filter(action__in=["keep_poverty", "use_poverty", "former_poverty"])
    assert deeds.count() == 6


@pytest.mark.django_db
def test_what_may_not_be_is_refused(cast: Cast) -> None:
    made = take_poverty(by=cast.dinas, on=DAY, file="a.csv", content=file())
    for name, given in (("angka_miskin_sudah_ada", file()), ("angka_miskin_tanpa_sumber", file(2026))):
        with pytest.raises(Refused) as said:
            take_poverty(by=cast.dinas, on=DAY, file="b.csv", content=given)
        assert said.value.code == name
    with pytest.raises(Refused, match="tidak berwenang"):
        take_poverty(by=cast.bendahara, on=DAY, file="b.csv", content=file(2022))
    with pytest.raises(Refused, match="tidak berlaku lagi"):
        former_poverty(by=cast.dinas, on=DAY, edition_id=made)
    use_poverty(by=cast.dinas, on=DAY, edition_id=made)
    with pytest.raises(Refused, match="sudah berlaku"):
        use_poverty(by=cast.dinas, on=DAY, edition_id=made)
    other = take_poverty(by=cast.dinas, on=DAY, file="b.csv", content=file(2022))
    with pytest.raises(IntegrityError, match="poverty_one_active"), transaction.atomic():
        PovertyEdition.objects.filter(pk=other).update(active=True, used_by=cast.dinas, used_on=DAY)


@pytest.mark.django_db
def test_the_command_loads_a_file_and_says_where_it_is_wrong(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "miskin.csv"
    path.write_bytes(HEAD.encode() + b"Alak;2024;x;Dinsos\n")
    assert main([str(path), "--by", "dinas"], on=DAY) == 2
    assert "miskin.csv. Baris 2, sel C2: " in capsys.readouterr().err
    path.write_bytes(file())
    assert main([str(path), "--by", "dinas", "--use"], on=DAY) == 0
    found = poverty_in_force("53.71.04")
    assert found is not None
    assert found.people["53.71.04"] == 4_000
    assert main([str(path), "--by", "siapa"], on=DAY) == 2

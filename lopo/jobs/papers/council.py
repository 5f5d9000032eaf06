"""The report to the council as PDF and xlsx: each figure with what it counts, the same in both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from lopo.basics.area import kecamatan_name, kelurahan_name
from lopo.basics.calendar import date_long
from lopo.basics.money import rupiah, rupiah_text
from lopo.basics.tables import Column, Kind, table_xlsx
from lopo.insight.queries.council import FEWEST, Council, Group
from lopo.jobs.papers.setting import Office, set_pdf

TITLE: Final = "Laporan perlindungan pekerja rentan untuk DPRD"
PEOPLE: Final = (
    ("named", "Ditetapkan", "nama dalam lampiran keputusan yang mendapat tempat, termasuk pengganti"),
    ("enrolled", "Terdaftar", "peserta yang sudah bernomor dari BPJS Ketenagakerjaan dan belum berakhir"),
    ("covered", "Terlindungi", "peserta yang perlindungannya berlaku hari itu, penuh atau dalam masa tunggu"),
    ("behind", "Menunggak", "peserta dengan satu sampai tiga bulan iuran yang belum dibayar"),
    ("lapsed", "Gugur", "peserta dengan lebih dari tiga bulan berturut-turut belum dibayar"),
)
"""The columns of the tables of people: their name in the report, their title, what they count."""
_SEX: Final = {"L": "laki-laki", "P": "perempuan"}
_POOLED: Final = f"Kelurahan dengan kurang dari {FEWEST} kasus digabung; jumlah seluruhnya tetap."
_FORECAST: Final = (
    "Perkiraan: yang sudah ditagihkan, ditambah setiap bulan program di tahun itu yang belum ditagih, sebesar tagihan"
    " bulan terakhir."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: the part of the report, what it is of, its title, its value, whether it is rupiah, what it counts."""

    part: str
    of: str
    title: str
    value: int
    money: bool
    means: str

    @property
    def text(self) -> str:
        """The value as the paper writes it."""
        return rupiah_text(rupiah(self.value)) if self.money else f"{self.value:,}".replace(",", ".")


def council_lines(told: Council) -> tuple[Line, ...]:
    """Every figure of the report, in its order."""
    bills, claims = told.standing.bills, told.standing.claims
    main = [Line("Angka pokok", "", title, getattr(told.total, name), False, means) for name, title, means in PEOPLE]
    main += [
        Line("Angka pokok", "", "Iuran ditagih", bills.billed, True, "jumlah tagihan yang tidak dibatalkan"),
        Line("Angka pokok", "", "Iuran dibayar", bills.paid, True, "jumlah tagihan yang SP2D-nya sudah disetujui"),
        Line("Angka pokok", "", "Manfaat dibayar", claims.paid, True, "santunan dan biaya yang sudah dibayarkan bank"),
    ]
    return (*main, *_money(told), *_people(told), *_effects(told))


def _money(told: Council) -> Iterable[Line]:
    for one in told.money:
        of = f"{one.payer}, {one.year}"
        yield Line("Uang", of, "Anggaran", one.amount, True, f"pagu {one.line}")
        yield Line("Uang", of, "Ditagihkan", one.committed, True, "tagihan yang tidak dibatalkan")
        yield Line("Uang", of, "Dibayar", one.paid, True, "tagihan yang SP2D-nya sudah disetujui")
        yield Line("Uang", of, "Terserap (perseribu)", one.absorbed_permil, False, "dibayar dibagi anggaran")
        yield Line("Uang", of, "Perkiraan akhir tahun", one.forecast, True, _FORECAST)
        yield Line("Uang", of, "Sisa", one.left, True, "anggaran dikurangi perkiraan akhir tahun")


def _people(told: Council) -> Iterable[Line]:
    for part, groups in _tables(told):
        for of, group in groups:
            for name, title, means in PEOPLE:
                yield Line(part, of, title, getattr(group, name), False, means)


def _tables(told: Council) -> tuple[tuple[str, list[tuple[str, Group]]], ...]:
    return (
        ("Menurut kecamatan", [(kecamatan_name(one.code), one) for one in told.kecamatan]),
        ("Menurut jenis kelamin", [(_SEX.get(one.code, one.code), one) for one in told.sex]),
        ("Menurut umur", [(one.code, one) for one in told.age]),
        ("Menurut pekerjaan", [(one.code, one) for one in told.occupation]),
    )


def _effects(told: Council) -> Iterable[Line]:
    for one in told.paid:
        of = ", ".join(kelurahan_name(area) for area in one.areas)
        yield Line("Manfaat yang dibayarkan", of, "Kasus dibayar", one.claims, False, _POOLED)
        yield Line("Manfaat yang dibayarkan", of, "Jumlah", one.amount, True, _POOLED)


def council_pdf(told: Council, office: Office) -> bytes:
    """The report as PDF on A4, with its structure for screen readers."""
    return set_pdf("council", council_data(told, office), on=told.on, tagged=True)


def council_data(told: Council, office: Office) -> dict[str, Any]:
    """The report as its template reads it."""
    lines = council_lines(told)
    parts = list(dict.fromkeys(line.part for line in lines))[1:]
    return {
        "office": office.data(),
        "title": TITLE,
        "programme": told.standing.programme.programme.name,
        "state": f"keadaan {date_long(told.on)}",
        "figures": [[line.title, line.text, line.means] for line in lines if line.part == "Angka pokok"],
        "parts": [_part(part, [line for line in lines if line.part == part]) for part in parts],
    }


def _part(title: str, lines: list[Line]) -> dict[str, Any]:
    """One table: whom it is of down the side and the figures across, but for money the figures down the side."""
    told = [(line.title, line.of, line.text) if title == "Uang" else (line.of, line.title, line.text) for line in lines]
    heads = list(dict.fromkeys(across for _, across, _ in told))
    rows: dict[str, list[str]] = {}
    for down, _across, text in told:
        rows.setdefault(down, []).append(text)
    note = {"Uang": _FORECAST, "Manfaat yang dibayarkan": _POOLED}.get(title, "")
    return {"title": title, "heads": ["", *heads], "rows": [[of, *cells] for of, cells in rows.items()], "note": note}


def council_xlsx(told: Council) -> bytes:
    """The same figures as a sheet, one a row, with what each counts and its day."""
    columns = (
        Column("Bagian", width=26), Column("Untuk", width=30), Column("Angka", width=24),
        Column("Nilai", Kind.NUMBER, 20), Column("Satuan", width=10), Column("Yang dihitung", width=70),
        Column("Keadaan", Kind.DATE, 14),
    )  # fmt: skip
    rows = (
        (line.part, line.of, line.title, line.value, "rupiah" if line.money else "", line.means, told.on)
        for line in council_lines(told)
    )
    return table_xlsx(TITLE, columns, rows)

"""A small city for the screening tests: registers and lists written as the offices write them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from lopo.jobs.screen import main

LILIBA = "53.71.04.1010"


def person(no_kk: str, nik: str, name: str, sex: str, born: str, kelurahan: str = LILIBA) -> tuple[str, ...]:  # noqa: PLR0917
    return (no_kk, nik, name, sex, born, "ANAK", "X", kelurahan, "2", "1")


REGISTERS: dict[str, list[tuple[str, ...]]] = {
    "dukcapil_keluarga.csv": [
        ("no_kk", "nik", "nama", "jenis_kelamin", "tgl_lahir", "hubungan", "nama_ibu", "kode_kelurahan", "rt", "rw"),
        ("5371011806200001", "5371011409850001", "Eliaser Tote", "L", "1985-09-14", "KEPALA KELUARGA", "X",
         "53.71.01.1001", "1", "1"),
        ("5371011806200001", "5371015612880021", "Yuliana Rosalia Kore", "P", "1988-12-16", "ISTRI", "X",
         "53.71.01.1001", "1", "1"),
        person("5371041806200002", "5371042202900001", "Nelson Timo", "L", "1990-02-22"),
        person("5371041806200002", "5371042202900002", "Nahor Timo", "L", "1990-02-22"),
        person("5371041806200003", "5371040101750001", "Simon Lay", "L", "1975-01-01"),
        person("5371041806200004", "5371045507730001", "Merry Snae", "P", "1973-07-15"),
        person("5371041806200005", "5371041010600001", "Obed Radja", "L", "1960-06-01"),
        person("5371041806200006", "5371041010600009", "Pius Radja", "L", "1960-06-02"),
        person("5371041806200007", "5371040106080001", "Okto Bria", "L", "2008-06-01"),
        person("5371041806200008", "5371040206080001", "Rian Bria", "L", "2008-06-02"),
        person("5371041806200009", "5371041103800001", "Daud Mella", "L", "1980-03-11"),
        person("5371041806200010", "5371041204810001", "Yafet Feka", "L", "1981-04-12"),
        person("5371041806200011", "5371041305820001", "Musa Kale", "L", "1982-05-13"),
        person("5371041806200012", "5371041406830001", "Beny Open", "L", "1983-06-14"),
        person("5371041806200013", "5371041507840001", "Esau Lona", "L", "1984-07-15"),
        person("5371041806200014", "5371041608850001", "Goris Meda", "L", "1985-08-16"),
        person("5371041806200016", "5371014401830010", "Petronela Oematan", "P", "1983-01-04"),
        person("5371041806200016", "5371016910960002", "Petronela Oematan", "P", "1996-10-29"),
        person("5371041806200017", "5371034301910001", "Yohana Bana", "P", "1991-01-03"),
        person("5303041806200015", "5303041709860001", "Filmon Sine", "L", "1986-09-17", "53.03.04.2001"),
    ],
    "dukcapil_kematian.csv": [
        ("no_akta", "nik", "nama", "tgl_lahir", "tgl_meninggal", "kelurahan"),
        ("A1", "", "Daaud Mella", "1980-03-11", "2025-05-31", "Liliba"),
        ("A2", "5371041204810001", "Yafet Feka", "1981-04-12", "2025-06-02", "Liliba"),
    ],
    "dukcapil_pindah.csv": [
        ("nik", "nama", "tgl_pindah", "tujuan"),
        ("5371041305820001", "Musa Kale", "2025-06-01", "Bali"),
    ],
    "asn_tni_polri.csv": [
        ("nip", "nik", "nama", "instansi"),
        ("198306142008011001", "", "Beny Open", "Polda NTT"),
    ],
    "bpjs_aktif.csv": [
        ("kpj", "nik", "nama", "tgl_lahir", "segmen", "aktif_sejak"),
        ("1", "5371041507840010", "Esau Lona", "1984-07-15", "PU", "2020-01-01"),
        ("2", "5371041608850001", "Goris Meda", "1985-08-16", "BPU", "2025-06-01"),
        ("3", "5371011409850001", "Eliaser Tote", "1985-09-14", "BPU", "2025-06-02"),
    ],
    "dtsen_desil.csv": [
        ("no_kk", "nik", "nama", "desil", "per_tanggal"),
    ],
}  # fmt: skip

LISTED = ("Nama", "NIK", "Tanggal Lahir", "Kelurahan", "Pekerjaan", "HP")


def write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)


def write_registers(folder: Path, deciles: dict[str, int]) -> Path:
    """Write the registers; who is not in `deciles` has decile 2, and decile 0 means that DTSEN lacks the person."""
    for name, rows in REGISTERS.items():
        write_csv(folder / name, rows)
    people = REGISTERS["dukcapil_keluarga.csv"][1:]
    ranks = [(kk, nik, nama, str(deciles.get(nik, 2)), "2025-04-30") for kk, nik, nama, *_ in people]
    known = [row for row in ranks if row[3] != "0"]
    known += [("5371041806200099", "5371045808770001", "Desi Lian", "2", "2025-04-30")]  # the city's register lacks her
    write_csv(folder / "dtsen_desil.csv", [REGISTERS["dtsen_desil.csv"][0], *known])
    return folder


def screened(lists: Path, registers: Path, out: Path, on: str = "2025-06-01") -> list[dict[str, str]]:
    """The verdicts that the verb writes, in its order."""
    assert main([str(lists), "--registers", str(registers), "--on", on, "--out", str(out)]) == 0
    with out.open(newline="") as stream:
        return list(csv.DictReader(stream))

"""Screening: each reason, each verdict, who is settled and who is not, and one row for each candidate."""

from __future__ import annotations

from pathlib import Path

from lopo.law.local import REASONS
from tests.rooms.screening import LISTED, screened, write_csv, write_registers

LILIBA = "Liliba"
Found = dict[str, str]


def judge(tmp_path: Path, *rows: tuple[str, ...], deciles: dict[str, int] | None = None) -> list[Found]:
    registers = write_registers(tmp_path / "acuan", deciles or {})
    write_csv(tmp_path / "usulan" / "a.csv", [LISTED, *rows])
    return screened(tmp_path / "usulan", registers, tmp_path / "out" / "v.csv")


ELIASER, YULIANA = "5371011409850001", "5371015612880021"


SETTLED: tuple[tuple[str, str, str, str, tuple[str, str]], ...] = (
    ("Eliaser Tote", ELIASER, "14/9/1985", "Namosain", ("", ELIASER)),
    ("E. TOTE", ELIASER, "14/9/1985", "Namosain", ("", ELIASER)),
    ("Eliaser Tote", "537101.140985.0001", "14/9/1985", "Namosain", ("", ELIASER)),
    ("Eliaser Tote", "537101140985000", "14/9/1985", "Namosain", ("nik_terpotong", ELIASER)),
    ("Elisaer Tote", "5371011409850010", "14/9/1985", "Namosain", ("nik_tidak_sah", ELIASER)),
    ("Eliaser Tote", "5371011409850601", "14/9/1985", "Namosain", ("nik_tidak_sah", ELIASER)),
    ("Eliaser Tote", "5371011409650001", "14/9/1985", "Namosain", ("nik_beda_lahir", ELIASER)),
    ("Eliaser Tote", "5371010000000000", "14/9/1985", "Namosain", ("nik_tidak_sah", ELIASER)),
    ("Eliaser Tote", "", "14/9/1985", "Namosain", ("nik_kosong", ELIASER)),
    ("E. Tote", "", "14/9/1985", "Namosain", ("nik_kosong", ELIASER)),
    ("Eliaser Tote", ELIASER, "", "Namosain", ("data_kurang", ELIASER)),
    ("Yuliana Rosalia Kore", YULIANA, "12/16/1988", "Namosain", ("", YULIANA)),
    ("Juliana Kore", YULIANA, "16 Des 88", "Namosain", ("", YULIANA)),
    # the family name first, as some offices write
    ("Tote Eliaser", "", "14/9/1985", "Namosain", ("nik_kosong", ELIASER)),
    ("Kore Yuliana Rosalia", "537101561288002", "16/12/1988", "Namosain", ("nik_terpotong", YULIANA)),
    # the NIK of one sister, the birth date of the other who has the same name
    ("Petronela Oematan", "5371014401830010", "29/10/1996", LILIBA, ("nik_beda_lahir tidak_ditemukan", "")),
    ("Petronela Oematan", "5371014401830010", "4/1/1983", LILIBA, ("", "5371014401830010")),
    # a man whom the register lacks is not the woman with nearly his NIK and name
    ("Jhon Zakarias Banni", "5371040301910001", "3/1/1991", LILIBA, ("tidak_ditemukan", "")),
    # names that only resemble one another settle nobody without the very NIK
    ("Merry Snubal", "5371045507730002", "15/7/1973", LILIBA, ("tidak_ditemukan", "")),
    ("Merry Snubal", "5371045507730001", "15/7/1973", LILIBA, ("", "5371045507730001")),
    # the NIK of another: the person is whom name and birth say, or nobody
    ("Merry Snae", "5371045507730001", "15/7/1973", LILIBA, ("", "5371045507730001")),
    ("Ande Kause", "5371045507730001", "15/7/1973", LILIBA, ("tidak_ditemukan", "")),
    ("Ande Kause", ELIASER, "1/2/1970", LILIBA, ("nik_beda_lahir tidak_ditemukan", "")),
    ("Eliaser Tote", "", "15/9/1985", "Namosain", ("nik_kosong tidak_ditemukan", "")),
    ("", ELIASER, "14/9/1985", "Namosain", ("tidak_ditemukan data_kurang", "")),
    # twins: initials fit both, and the birthday of the register's default is no proof with initials
    ("N. Timo", "", "22/2/1990", LILIBA, ("nik_kosong tidak_ditemukan", "")),
    ("N. Timo", "537104220290000", "22/2/1990", LILIBA, ("nik_terpotong tidak_ditemukan", "")),
    ("Nahor Timo", "537104220290000", "22/2/1990", LILIBA, ("nik_terpotong", "5371042202900002")),
    ("S. Lay", "", "1/1/1975", LILIBA, ("nik_kosong tidak_ditemukan", "")),
    ("Simon Lay", "", "1/1/1975", LILIBA, ("nik_kosong", "5371040101750001")),
    ("Simon Lay", "", "1/1/1975", "Oebobo", ("nik_kosong tidak_ditemukan", "")),
    # the city's register lacks her, DTSEN has her
    ("Desi Lian", "5371045808770001", "18/8/1977", LILIBA, ("tidak_ditemukan", "")),
    ("Okto Bria", "5371040106080001", "6/1/2008", LILIBA, ("nik_beda_lahir", "5371040106080001")),
)  # fmt: skip
"""Name, NIK, birth and place as written; the reasons but for double rows, and the person settled."""


def test_who_is_settled(tmp_path: Path) -> None:
    found = judge(tmp_path, *((*case[:4], "Petani", "0812") for case in SETTLED))
    assert len(found) == len(SETTLED)
    for case, row in zip(SETTLED, found, strict=True):
        reasons = [reason for reason in row["reasons"].split() if not reason.startswith("ganda")]
        assert (" ".join(reasons), row["nik_matched"]) == case[4], case


HARD: tuple[tuple[str, str, str, str, int], ...] = (
    ("Obed Radja", "5371041010600001", "1/6/1960", "nik_beda_lahir di_atas_umur", 2),  # 65 on the very day
    ("Pius Radja", "5371041010600009", "2/6/1960", "nik_beda_lahir", 2),  # 65 on the morrow
    ("Okto Bria", "5371040106080001", "1/6/2008", "", 2),  # 17 on the very day
    ("Rian Bria", "5371040206080001", "2/6/2008", "di_bawah_umur", 2),  # 17 on the morrow
    ("Daud Mella", "5371041103800001", "11/3/1980", "meninggal", 2),  # entry without NIK, name misspelt
    ("Yafet Feka", "5371041204810001", "12/4/1981", "", 2),  # died on the morrow
    ("Musa Kale", "5371041305820001", "13/5/1982", "pindah", 2),
    ("Beny Open", "5371041406830001", "14/6/1983", "asn_tni_polri", 2),  # by name and the birth within the NIP
    ("Esau Lona", "5371041507840001", "15/7/1984", "sudah_aktif_pu", 2),  # entry with digits exchanged
    ("Goris Meda", "5371041608850001", "16/8/1985", "sudah_aktif_bpu", 2),
    ("Filmon Sine", "5303041709860001", "17/9/1986", "bukan_penduduk", 2),
    ("Eliaser Tote", ELIASER, "14/9/1985", "", 4),
    ("Yuliana Kore", YULIANA, "16/12/1988", "di_luar_desil", 5),
    ("Nelson Timo", "5371042202900001", "22/2/1990", "di_luar_desil", 10),
    ("Nahor Timo", "5371042202900002", "22/2/1990", "desil_tidak_diketahui", 0),
    ("Simon Lay", "5371040101750001", "1/1/1975", "", 1),
)
"""Name, NIK and birth, the reasons expected, and the decile that DTSEN gives (0: none)."""


def test_hard_facts_on_the_day(tmp_path: Path) -> None:
    rows = [(name, nik, born, LILIBA, "Petani", "0812") for name, nik, born, _, _ in HARD]
    found = judge(tmp_path, *rows, deciles={nik: decile for _, nik, _, _, decile in HARD})
    expected = []
    for _, nik, _, reasons, decile in HARD:
        hard = set(reasons.split()) - {"nik_beda_lahir"}
        expected.append((nik, reasons, "perlu_cek" if not decile else "ditolak" if hard else "diterima"))
    assert [(row["nik_matched"], row["reasons"], row["verdict"]) for row in found] == expected


def test_the_same_person_twice_is_accepted_once_on_the_fullest_row(tmp_path: Path) -> None:
    registers = write_registers(tmp_path / "acuan", {})
    poor, full = (
        ("E. Tote", ELIASER, "14/9/1985", "", "", ""),
        ("Eliaser Tote", ELIASER, "14/9/1985", "Namosain", "A", "0"),
    )
    write_csv(tmp_path / "usulan" / "a.csv", [LISTED, poor, full])
    write_csv(tmp_path / "usulan" / "b.csv", [LISTED, ("Eliaser Tote", ELIASER, "14/9/1985", "Namosain", "A", "")])
    found = screened(tmp_path / "usulan", registers, tmp_path / "v.csv")
    assert [(f["file"], f["line"], f["verdict"], f["reasons"], f["same_as"]) for f in found] == [
        ("a.csv", "2", "ditolak", "ganda_dalam_daftar", "a.csv##3"),
        ("a.csv", "3", "diterima", "", ""),
        ("b.csv", "2", "ditolak", "ganda_antar_daftar", "a.csv##3"),
    ]


def test_a_row_with_the_persons_own_nik_is_kept_before_one_with_a_slip(tmp_path: Path) -> None:
    slip = ("Eliaser Tote", "5371011409850010", "14/9/1985", "Namosain", "A", "0")
    found = judge(tmp_path, slip, ("Eliaser Tote", ELIASER, "14/9/1985", "Namosain", "A", "0"))
    assert [f["verdict"] for f in found] == ["ditolak", "diterima"]


def test_namesakes_that_nobody_settles_are_not_taken_for_one(tmp_path: Path) -> None:
    row = ("Toni Abi", "", "1/1/1970", LILIBA, "A", "0")
    found = judge(tmp_path, row, row)
    assert [f["reasons"] for f in found] == ["nik_kosong tidak_ditemukan"] * 2


def test_reasons_come_in_the_order_of_the_law(tmp_path: Path) -> None:
    row = ("Daud Mella", "537104110380000", "11/3/1980", LILIBA, "Petani", "")
    [found] = judge(tmp_path, row, deciles={"5371041103800001": 9})
    assert (found["verdict"], found["reasons"]) == ("ditolak", "nik_terpotong meninggal di_luar_desil")
    assert sorted(found["reasons"].split(), key=REASONS.index) == found["reasons"].split()


def test_registers_within_the_folder_of_lists_are_no_lists(tmp_path: Path) -> None:
    registers = write_registers(tmp_path / "acuan", {})
    write_csv(tmp_path / "usulan" / "a.csv", [LISTED, ("Eliaser Tote", ELIASER, "14/9/1985", "Namosain", "A", "0")])
    [found] = screened(tmp_path, registers, tmp_path / "v.txt")
    assert found["file"] == "usulan/a.csv"

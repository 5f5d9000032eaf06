"""The verb `lopo law`: what it prints, what it writes, and what it refuses without a stack trace."""

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml

import duckdb
import pytest

from lopo.__main__ import main as lopo
from lopo.jobs.law_desk import main
from lopo.law import LAW

FACTS = "nomor_terbit: yes\nbulan_kepesertaan: 2\nbulan_menunggak: 0\ntunggakan_lunas: yes\nkecelakaan_kerja: no\n"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yaml"
    file.write_text(FACTS)
    return file


def test_explain_says_it_in_both_languages(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["law", "explain", "jkm_total", "--on", "2025-09-20", "--facts", str(facts)]
    assert lopo(call) == 0
    assert capsys.readouterr().out.startswith("Jumlah manfaat JKM: Rp 10.000.000 (sepuluh juta rupiah), karena:\n")
    assert lopo([*call, "--language", "en"]) == 0
    assert capsys.readouterr().out.startswith("JKM: Rp 10.000.000 (ten million rupiah), because:\n")


def test_explain_as_json_and_html(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["explain", "jkm_total", "status_kepesertaan", "--on", "2025-09-20", "--facts", str(facts)]
    assert main([*call, "--form", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["values"]["status_kepesertaan"] == "masa_tunggu"
    assert main([*call, "--form", "html"]) == 0
    page = Xml.fromstring(f"<div>{capsys.readouterr().out}</div>")  # noqa: S314 - our own text
    assert "Kematian terjadi dalam 3 bulan pertama" in "".join(page.itertext())


def test_facts_with_days_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "facts.json"
    file.write_text(
        '{"jumlah_manfaat": 10000000, "tanggal_batas_bayar": "2025-10-01", "tanggal_dibayar": "2025-10-11"}'
    )
    assert main(["explain", "ganti_rugi_terlambat", "--on", "2025-10-01", "--facts", str(file)]) == 0
    assert "Rp 1.000.000 (satu juta rupiah)" in capsys.readouterr().out
    file.write_text("jumlah_manfaat: 10_000_000\ntanggal_batas_bayar: 2025-10-01\ntanggal_dibayar: 2025-10-01\n")
    assert main(["explain", "ganti_rugi_terlambat", "--on", "2025-10-01", "--facts", str(file)]) == 0
    assert "Rp 0 (nol rupiah)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nomor_terbit: yes", "fakta_kosong"),
        ("nomor_terbt: yes", "fakta_tidak_dikenal"),
        (FACTS.replace("0", "nol"), "jenis_fakta_salah"),
        (FACTS.replace("0", "-1"), "fakta_di_luar_batas"),
        (FACTS.replace("2", "2.0"), "jenis_fakta_salah"),
        (FACTS.replace("2", "null"), "fakta_kosong"),
        (FACTS + "tanggal_klaim: 2025-02-30\n", "facts.yaml:6: not a value: '2025-02-30'"),
        (FACTS + "nomor_terbit: no\n", "facts.yaml:6: 'nomor_terbit' stands twice"),
        (FACTS.replace("2", "9" * 5000), "facts.yaml:2: not a value"),
        (FACTS.replace("2", "[2]"), "facts.yaml:2: a single value expected"),
        (FACTS.replace("2", "!!python/name:os.system x"), "facts.yaml:2: not a value"),
        ("{a: 1}: 2", "facts.yaml:1: a plain name expected"),
        ("- a list", "facts.yaml:1: names with values expected"),
        ("a: [", "facts.yaml:1: not YAML"),
        ("a: " + "[" * 1000, "facts.yaml:1: not YAML"),
        ("\0", "facts.yaml:1: not YAML"),
        ("", "facts.yaml:1: the file is empty"),
    ],
)
def test_facts_that_do_not_do_are_refused(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(text)
    assert main(["explain", "jkm_total", "--on", "2025-09-20", "--facts", str(file)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("target", "text", "said"),
    [
        ("cacat_cedera", "bagian_tubuh: hidung\njumlah_cedera: 1\n", "bagian_tubuh = 'hidung' is not one of its codes"),
        ("cacat_cedera", "bagian_tubuh: kedua_mata\njumlah_cedera: -1\n", "jumlah_cedera = -1 lies outside"),
        ("beasiswa_jenjang", "jenjang_sekolah: s3\n", "jenjang_sekolah = 's3' is not one of its codes"),
        ("hari_terlambat", "tanggal_batas_bayar: 9999-12-31\ntanggal_dibayar: 2025-01-01\n", "fakta_di_luar_batas"),
        ("hari_terlambat", "tanggal_batas_bayar: 2025-01-01 10:00\ntanggal_dibayar: 2025-01-01\n", "jenis_fakta_salah"),
    ],
)
def test_codes_counts_and_days_that_there_are_not(
    target: str, text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(text)
    assert main(["explain", target, "--on", "2025-09-20", "--facts", str(file)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2025-02-30", "besok", ""])
def test_a_day_that_is_none_is_refused(day: str, facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["explain", "jkm_total", "--on", day, "--facts", str(facts)])
    assert refused.value.code == 2
    assert "bukan hari; tulis seperti 2025-07-01" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff\xfe", "reform.yaml:1: not YAML"),
        (b"name: U\ntitle: t\nchanges:\n  makam: {from: 2025-01-01, value: 1}\n", "reform.yaml:4: unknown parameter"),
        (b"name: U\ntitle: t\nchanges:\n  pemakaman: {from: 2025-01-01, value: 1}\n", "reform.yaml:4: 1 lies outside"),
        (b"name: U\ntitle: t\nchanges:\n  pemakaman: {from: 2025-01-01, until: 9999-12-31, value: 8_000_000}\n",
         "reform.yaml:4: 9999-12-31 lies outside"),
    ],
)  # fmt: skip
def test_a_reform_with_a_mistake_is_refused_with_its_line(
    text: bytes, said: str, facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reform = tmp_path / "reform.yaml"
    reform.write_bytes(text)
    call = ["explain", "jkm_total", "--on", "2025-09-20", "--facts", str(facts), "--reform", str(reform)]
    assert main(call) == 2
    assert said in capsys.readouterr().err


def test_replay_without_the_database_says_how_to_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay"]) == 2
    assert "lopo law replay" in capsys.readouterr().err


def test_no_file_no_target_no_law(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "jkm_total", "--on", "2025-09-20", "--facts", str(facts) + "x"]) == 2
    assert main(["explain", "jkm_totl", "--on", "2025-09-20", "--facts", str(facts)]) == 2
    assert main(["graph", "jkm_total", "--on", "2015-06-30"]) == 2
    errors = capsys.readouterr().err
    assert "sasaran_tidak_dikenal" in errors
    assert "belum_ada_hukum" in errors
    assert "Traceback" not in errors


def test_a_reform_by_file(facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reform = tmp_path / "reform.yaml"
    reform.write_text("name: Usulan\ntitle: t\nchanges:\n  masa_tunggu_jkm_bulan: {from: 2025-01-01, value: 1}\n")
    call = ["explain", "jkm_total", "--on", "2025-09-20", "--facts", str(facts), "--reform", str(reform)]
    assert main(call) == 0
    assert capsys.readouterr().out.startswith("Jumlah manfaat JKM: Rp 42.000.000")
    reform.write_text("name: Usulan\ntitle: t\nchanges:\n  masa_tunggu: {from: 2025-01-01, value: 1}\n")
    assert main(call) == 2
    assert "reform.yaml:4: unknown parameter 'masa_tunggu'" in capsys.readouterr().err


CASES = """no,hari,nomor_terbit,bulan_kepesertaan,bulan_menunggak,tunggakan_lunas,kecelakaan_kerja
1,2025-10-20,true,4,0,true,false
2,2025-10-20,true,2,0,true,false
3,2019-12-01,true,,0,true,false
4,2015-06-30,true,4,0,true,false
5,2025-10-20,true,empat,0,true,false
6,2025-10-20,,4,9999,true,false
7,besok,true,4,0,true,false
8,,true,4,0,true,false
"""
ANSWERS = [
    (1, 42_000_000, None),
    (2, 10_000_000, None),
    (3, 24_000_000, None),
    (4, None, "belum_ada_hukum"),
    (5, None, "jenis_fakta_salah:bulan_kepesertaan"),
    (6, None, "fakta_di_luar_batas:bulan_menunggak fakta_kosong:nomor_terbit"),
    (7, None, "jenis_fakta_salah:hari"),
    (8, None, "belum_ada_hukum"),
]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_compute_decides_every_row_by_its_own_day(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "cases.csv", tmp_path / "folder" / f"answers.{ending}"
    source.write_text(CASES)
    call = ["compute", "jkm_total", "--on-column", "hari", "--in", str(source), "--out", str(out)]
    assert main(call) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("8 baris, 3 dengan jawaban")
    assert told[1:] == [
        "baris 4 tanpa jawaban: belum_ada_hukum",
        "baris 5 tanpa jawaban: jenis_fakta_salah:bulan_kepesertaan",
        next(line for line in told if line.startswith("baris 6 tanpa jawaban: fakta_")),
        "dan 2 baris lain tanpa jawaban; lihat kolom alasan_kosong",
    ]
    rows = duckdb.sql(f"select no::int, jkm_total, alasan_kosong from '{out}'").fetchall()
    found = [(no, amount, " ".join(sorted(why.split())) if why else None) for no, amount, why in rows]
    assert found == ANSWERS
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def test_compute_reads_parquet_with_types(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "cases.parquet", tmp_path / "answers.csv"
    duckdb.sql(
        "copy (select date '2025-07-01' as bulan, range * 1000000 as penghasilan from range(3)) "
        f"to '{source}' (format parquet)"
    )
    call = ["compute", "dasar_manfaat_jkk", "--on-column", "bulan", "--in", str(source), "--out", str(out)]
    assert main(call) == 0
    assert duckdb.sql(f"select dasar_manfaat_jkk from '{out}'").fetchall() == [(1_000_000,), (1_000_000,), (2_000_000,)]
    assert "3 baris, 3 dengan jawaban" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("files", "column", "said"),
    [
        (("absent.csv", "out.csv"), "hari", "tidak ada"),
        (("cases.csv", "out.xlsx"), "hari", "harus berakhiran"),
        (("cases.csv", "out.csv"), "tanggal", "fakta_kosong"),
        (("cases.csv", "out.csv"), "no", "has no column"),
        (("broken.parquet", "out.csv"), "hari", "bukan parquet"),
    ],
)
def test_compute_refuses_politely(
    files: tuple[str, str], column: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = files
    (tmp_path / "cases.csv").write_text("no\n1\n" if column == "no" else CASES)
    (tmp_path / "broken.parquet").write_text("no parquet")
    call = ["compute", "jkm_total", "--on-column", column, "--in", str(tmp_path / source), "--out", str(tmp_path / out)]
    assert main(call) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / out).exists()


HEAD = CASES.splitlines()[0]
ROW = "1,2025-10-20,true,4,0,true,false"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Baris pertama"),
        (f"{HEAD.replace('no,', 'hari,')}\n{ROW}\n", "masing-masing satu"),
        (f"{HEAD}\n{ROW}\n2,2025-10-20,true\n", "Line: 3"),
        (f"{HEAD}\n{ROW},9\n", "Line: 2"),
        (f'{HEAD}\n1,"2025-10-20,true,4,0,true,false\n', "Line: 2"),
        (f"{HEAD.replace('no,', '_baris,')}\n{ROW}\n", "harus diberi nama lain"),
        (f"{HEAD.replace('no,', 'alasan_kosong,')}\n{ROW}\n", "already has a column alasan_kosong"),
        (f"{HEAD}\n{ROW}\n".encode("utf-16"), "bukan teks UTF-8"),
    ],
)
def test_a_table_with_a_mistake_is_refused_with_its_line(
    text: str | bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "cases.csv"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    call = ["compute", "jkm_total", "--on-column", "hari", "--in", str(source), "--out", str(tmp_path / "out.csv")]
    assert main(call) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["cases.csv"]


def test_semicolons_and_a_target_named_twice_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "cases.csv", tmp_path / "out.csv"
    source.write_text(f"\ufeff{HEAD}\n{ROW}\n".replace(",", ";"), encoding="utf-8")
    call = ["compute", "jkm_total", "jkm_total", "--on-column", "hari", "--in", str(source), "--out", str(out)]
    assert main(call) == 0
    assert "1 baris, 1 dengan jawaban" in capsys.readouterr().out
    assert duckdb.sql(f"select jkm_total from '{out}'").fetchall() == [(42_000_000,)]


def test_diff_names_what_changed_with_its_articles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "2019-12-01", "2019-12-02"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (
        "parameter jkm_santunan - Santunan sekaligus JKM: Rp 16.200.000 -> Rp 20.000.000 (PP 82/2019; reported)"
        in lines
    )
    assert any(
        line.startswith("parameter stmb_tahap_2_persen") and "dihapus (sebelumnya 75 %)" in line for line in lines
    )
    assert any(line.startswith("parameter batas_kacamata") and "baru: Rp 1.000.000" in line for line in lines)
    assert any(line.startswith("parameter cacat_anatomis") and "angkanya tetap" in line for line in lines)
    assert any(line.startswith("aturan stmb_persen_hari") and " -> " in line for line in lines)
    assert main(["diff", "2025-02-01", "2025-03-01"]) == 0
    assert capsys.readouterr().out.startswith("Tidak ada yang berubah")


def test_open_questions_are_listed_with_their_notes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["open-questions"]) == 0
    out = capsys.readouterr().out
    assert "assumed: mendadak_batas_jam - Jam antara serangan di tempat kerja dan kematian (Permenaker 5/2021)." in out
    assert f"{len(LAW.open_questions())} hal masih perlu dipastikan" in out


def test_the_graph_is_svg_with_a_box_for_each_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "jkk_kecelakaan_lengkap", "--on", "2025-10-20", "--language", "en"]) == 0
    drawing = Xml.fromstring(capsys.readouterr().out)  # noqa: S314 - our own text
    space = "{http://www.w3.org/2000/svg}"
    plan = LAW.law_on(date(2025, 10, 20)).plan(("jkk_kecelakaan_lengkap",))
    boxes = drawing.findall(f"{space}g")
    assert len(boxes) == len(plan.facts) + len(plan.parameters) + len(plan.rules)
    assert len(drawing.findall(f"{space}path")) == sum(len(rule.arguments) for rule in plan.rules)
    corners = {(box.find(f"{space}rect").get("x"), box.find(f"{space}rect").get("y")) for box in boxes}  # type: ignore[union-attr]
    assert len(corners) == len(boxes)
    out = tmp_path / "graph.svg"
    assert main(["graph", "jkm_total", "--on", "2025-10-20", "--out", str(out)]) == 0
    assert out.read_text().startswith("<svg ")
    assert "stroke-dasharray" in out.read_text()

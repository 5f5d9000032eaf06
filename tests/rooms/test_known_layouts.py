"""Exports of the software that villages use: OpenSID in both variants, OpenDK, deciles; their known faults."""

from __future__ import annotations

import io
from datetime import date, datetime

import xlsxwriter

from lopo.coverage.bpjs import Proposed, write_template
from lopo.jobs.sheets import parse_list
from lopo.targeting.batch.headers import UNUSED
from lopo.targeting.batch.lists import Fields, ParsedList

OPENSID_HEAD = (
    "alamat dusun rw rt nama no_kk nik sex tempatlahir tanggallahir agama_id pendidikan_kk_id pendidikan_sedang_id"
    " pekerjaan_id status_kawin kk_level warganegara_id ayah_nik nama_ayah ibu_nik nama_ibu golongan_darah_id"
    " akta_lahir dokumen_pasport tanggal_akhir_paspor dokumen_kitas akta_perkawinan tanggalperkawinan akta_perceraian"
    " tanggalperceraian cacat_id cara_kb_id hamil ktp_el status_rekam alamat_sekarang status_dasar suku tag_id_card"
    " id_asuransi no_asuransi lat lng"
)
OPENDK_HEAD = (
    "alamat dusun rw rt nama nomor_kk nomor_nik jenis_kelamin tempat_lahir tanggal_lahir agama pendidikan_dlm_kk"
    " pendidikan_sdg_ditempuh pekerjaan kawin hubungan_keluarga kewarganegaraan nama_ayah nama_ibu gol_darah akta_lahir"
    " nomor_dokumen_pasport tanggal_akhir_pasport nomor_dokumen_kitas nik_ayah nik_ibu nomor_akta_perkawinan"
    " tanggal_perkawinan nomor_akta_perceraian tanggal_perceraian cacat cara_kb hamil ktp_el status_rekam"
    " alamat_sekarang id foto status_dasar created_at updated_at desa_id"
)
OPENSID, OPENDK = OPENSID_HEAD.split(), OPENDK_HEAD.split()


def workbook(head: list[str], *people: dict[str, object]) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, head)
        for line, said in enumerate(people, start=1):
            for name, cell in said.items():
                sheet.write(line, head.index(name), cell)
    return held.getvalue()


def candidates(parsed: ParsedList) -> list[Fields]:
    return [row.fields for sheet in parsed.sheets for row in sheet.rows if row.fields]


def test_opensid_with_codes() -> None:
    person = {"nama": "YERMIAS LAKA", "nik": "'5371010101900001", "no_kk": "5371011212120001", "sex": 1,
              "tanggallahir": "01-01-1990", "pekerjaan_id": 11, "ktp_el": 2, "status_rekam": 4,
              "status_dasar": 1, "nama_ibu": "NAOMI LAKA", "rt": "002", "rw": "004"}  # fmt: skip
    unborn = {"nama": "ADEL LAKA", "nik": 0, "sex": 2, "tanggallahir": "2024-11-02", "pekerjaan_id": 1}
    dead = {"nama": "SEM LAKA", "nik": "5371010101500001", "sex": 1, "pekerjaan_id": 99, "status_dasar": 2}
    parsed = parse_list("penduduk.xlsx", workbook(OPENSID, person, unborn, dead))
    one, two, three = candidates(parsed)
    assert parsed.sheets[0].layout == "OpenSID (penduduk)"
    assert parsed.problems == ()
    assert (one.nik, one.jenis_kelamin, one.pekerjaan) == ("'5371010101900001", "L", "nelayan/perikanan")
    assert (one.tgl_lahir, one.nama_ibu, one.rt, one.rw, one.keterangan) == (
        "01-01-1990",
        "NAOMI LAKA",
        "002",
        "004",
        "",
    )
    assert (two.nik, two.jenis_kelamin, two.tgl_lahir) == ("0", "P", "2024-11-02")
    assert (three.pekerjaan, three.keterangan) == ("99", "menurut desa: meninggal")


def test_opensid_with_words_and_the_nationality_in_two_wrong_columns() -> None:
    person = {"nama": "MARIA BENU", "nik": "537101.410190.0002", "sex": "PEREMPUAN", "tanggallahir": "1990-01-01",
              "pekerjaan_id": "BURUH NELAYAN/PERIKANAN", "warganegara_id": "WNI", "ktp_el": "WNI",
              "status_rekam": "WNI", "status_dasar": "PINDAH", "id_asuransi": ""}  # fmt: skip
    parsed = parse_list("penduduk_huruf.xlsx", workbook(OPENSID, person))
    [one] = candidates(parsed)
    assert (one.jenis_kelamin, one.pekerjaan) == ("PEREMPUAN", "BURUH NELAYAN/PERIKANAN")
    assert one.keterangan == "menurut desa: pindah"
    unused = {column.header for column in parsed.sheets[0].columns if column.meanings == (UNUSED,)}
    assert {"ktp_el", "status_rekam", "id_asuransi"} <= unused
    assert parsed.sheets[0].rows[1].cells[OPENSID.index("ktp_el")] == "WNI"


def test_opendk_names_its_village_by_code() -> None:
    person = {"nama": "MARIA BENU", "nomor_nik": "5371014101900002", "jenis_kelamin": 2, "tanggal_lahir": "1990-01-01",
              "pekerjaan": 26, "desa_id": "53.71.04.1009", "status_dasar": 1}  # fmt: skip
    parsed = parse_list("penduduk_opendk.xlsx", workbook(OPENDK, person))
    [one] = candidates(parsed)
    assert parsed.sheets[0].layout == "OpenDK (sinkronisasi penduduk)"
    assert (one.kelurahan, one.pekerjaan, one.jenis_kelamin) == ("Oebufu", "tukang batu", "P")
    assert parsed.problems == ()


def test_recipients_of_aid_and_deciles() -> None:
    head = "desa_id,id,peserta,program_id,no_id_kartu,kartu_nik,kartu_nama,kartu_tempat_lahir,kartu_tanggal_lahir"
    text = f"{head},kartu_alamat,kartu_peserta,kartu_id_pend,sasaran\n53.71.04.1009,1,x,7,1,5371014101900002,MARIA BENU"
    parsed = parse_list("peserta.csv", f"{text},KUPANG,1990-01-01,Jalan,,1,1\n".encode())
    [one] = candidates(parsed)
    assert (one.nama, one.nik, one.tgl_lahir, one.kelurahan) == (
        "MARIA BENU",
        "5371014101900002",
        "1990-01-01",
        "Oebufu",
    )
    assert (parsed.sheets[0].layout, parsed.problems) == ("OpenDK (peserta bantuan)", ())
    parsed = parse_list("desil.csv", b"No,No KK,NIK,Nama,Desil\n1,5371011212120001,0,MARIA BENU,3\n")
    assert (parsed.sheets[0].layout, parsed.problems) == ("daftar desil (SIKS-NG)", ())
    assert candidates(parsed)[0].nik == "0"


def test_our_own_template_for_bpjs_comes_back_as_a_list() -> None:
    people = [
        Proposed(f"537101010180{n:04}", f"YOHANIS BELO {n}", date(1980, 1, 1 + n), "081234567890" if n % 2 else "", "",
                 "NELAYAN", "BURUH" if n == 3 else "", "PASAR OEBA", 1_000_000, "T", 6)
        for n in range(1, 8)
    ]  # fmt: skip
    parsed = parse_list("terkirim.xlsx", write_template(people))
    [sheet] = parsed.sheets
    assert (sheet.layout, sheet.unplaced, parsed.problems) == ("templat BPJS (Data TK Baru)", (), ())
    assert (parsed.count("calon"), parsed.count("kepala"), len(sheet.rows)) == (7, 1, 8)
    told = [
        (one.nik, one.nik_from_number, one.nama, one.hp, one.pekerjaan, one.pekerjaan_2, one.lokasi_pekerjaan)
        for one in candidates(parsed)
    ]
    assert told == [(one.nik, False, one.name, one.phone, one.job, one.second_job, one.place) for one in people]
    for one, said in zip(people, candidates(parsed), strict=True):
        assert parsed_date(said.tgl_lahir) == one.born
        assert (said.penghasilan, said.kode_paket, said.bulan_iuran) == ("1000000", "T", "6")


def parsed_date(text: str) -> date:
    return datetime.strptime(text, "%d-%m-%Y").date() if text[2:3] == "-" else date.fromisoformat(text)  # noqa: DTZ007

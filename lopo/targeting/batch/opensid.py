"""What the village software OpenSID (and OpenDK above it) writes in its exports: its columns, its codes, its faults."""

from __future__ import annotations

from lopo.basics.area import find_kelurahan, kelurahan_name

OPENSID_MARKS = frozenset({"TEMPATLAHIR", "TANGGALLAHIR", "PEKERJAAN ID", "KK LEVEL"})
OPENDK_MARKS = frozenset({"NOMOR NIK", "NOMOR KK", "PENDIDIKAN DLM KK", "HUBUNGAN KELUARGA"})
AID_MARKS = frozenset({"KARTU NIK", "KARTU NAMA", "PROGRAM ID"})

LEFT_ALONE = frozenset(
    """DUSUN|AGAMA ID|AGAMA|PENDIDIKAN KK ID|PENDIDIKAN DLM KK|PENDIDIKAN SEDANG ID|PENDIDIKAN SDG DITEMPUH
    |STATUS KAWIN|KAWIN|KK LEVEL|HUBUNGAN KELUARGA|WARGANEGARA ID|KEWARGANEGARAAN|AYAH NIK|NIK AYAH|NAMA AYAH|IBU NIK
    |NIK IBU|GOLONGAN DARAH ID|GOL DARAH|AKTA LAHIR|DOKUMEN PASPORT|NOMOR DOKUMEN PASPORT|TANGGAL AKHIR PASPORT
    |TANGGAL AKHIR PASPOR|DOKUMEN KITAS|NOMOR DOKUMEN KITAS|AKTA PERKAWINAN|NOMOR AKTA PERKAWINAN|TANGGALPERKAWINAN
    |TANGGAL PERKAWINAN|AKTA PERCERAIAN|NOMOR AKTA PERCERAIAN|TANGGALPERCERAIAN|TANGGAL PERCERAIAN|CACAT ID|CACAT
    |CARA KB ID|CARA KB|HAMIL|KTP EL|STATUS REKAM|ALAMAT SEKARANG|SUKU|TAG ID CARD|ID ASURANSI|NO ASURANSI|LAT|LNG
    |ID|FOTO|CREATED AT|UPDATED AT|PESERTA|PROGRAM ID|NO ID KARTU|KARTU PESERTA|KARTU ID PEND|SASARAN|DESIL""".replace(
        "\n    ", ""
    ).split("|")
)
"""Columns that are known and not needed: kept with the row, never reported as unknown.

`ktp_el` and `status_rekam` are among them because the variant with words carries the nationality there, and
`id_asuransi` because it is always empty.
"""

_NUMBERED = (
    "belum/tidak bekerja|mengurus rumah tangga|pelajar/mahasiswa|pensiunan|pegawai negeri sipil (PNS)"
    "|tentara nasional Indonesia (TNI)|kepolisian RI|perdagangan|petani/pekebun|peternak|nelayan/perikanan|industri"
    "|konstruksi|transportasi|karyawan swasta|karyawan BUMN|karyawan BUMD|karyawan honorer|buruh harian lepas"
    "|buruh tani/perkebunan|buruh nelayan/perikanan|buruh peternakan|pembantu rumah tangga|tukang cukur|tukang listrik"
    "|tukang batu|tukang kayu|tukang sol sepatu|tukang las/pandai besi|tukang jahit|tukang gigi|penata rias"
    "|penata busana|penata rambut|mekanik|seniman|tabib|paraji|perancang busana|penterjemah|imam masjid|pendeta|pastor"
    "|wartawan|ustadz/mubaligh|juru masak|promotor acara|anggota DPR RI|anggota DPD|anggota BPK|presiden"
    "|wakil presiden|anggota mahkamah konstitusi|anggota kabinet|duta besar|gubernur|wakil gubernur|bupati"
    "|wakil bupati|walikota|wakil walikota|anggota DPRD provinsi|anggota DPRD kabupaten/kota|dosen|guru|pilot"
    "|pengacara|notaris|arsitek|akuntan|konsultan|dokter|bidan|perawat|apoteker|psikiater/psikolog|penyiar televisi"
    "|penyiar radio|pelaut|peneliti|sopir|pialang|paranormal|pedagang|perangkat desa|kepala desa|biarawan/biarawati"
    "|wiraswasta"
)
_OCCUPATIONS = tuple(_NUMBERED.split("|"))
# The numbered occupations of the family card as the civil registry numbers them, 1 to 88.

_STATES = {
    "2": "meninggal", "3": "pindah", "4": "hilang", "6": "pergi", "9": "tidak valid",
    "MATI": "meninggal", "PINDAH": "pindah", "HILANG": "hilang", "PERGI": "pergi", "TIDAK VALID": "tidak valid",
}  # fmt: skip
_SEXES = {"1": "L", "2": "P"}
_RELATIONS = (
    "KEPALA KELUARGA", "SUAMI", "ISTRI", "ANAK", "MENANTU", "CUCU", "ORANG TUA", "MERTUA", "FAMILI LAIN", "PEMBANTU",
    "LAINNYA",
)  # fmt: skip
_RELATION_NUMBERS = frozenset(str(number) for number in range(1, len(_RELATIONS) + 1))
# The numbered relations to the head of the family card, 1 to 11.


def software(words: frozenset[str]) -> str:
    """The name of the export whose header has these words, '' for another."""
    if words >= OPENSID_MARKS:
        return "OpenSID (penduduk)"
    if words >= OPENDK_MARKS:
        return "OpenDK (sinkronisasi penduduk)"
    return "OpenDK (peserta bantuan)" if words >= AID_MARKS else ""


def left_village(state: str) -> bool:
    """Whether the village calls a resident dead, moved, lost, gone or not valid, by its code or its word."""
    return state.strip().upper() in _STATES


def relation_word(said: str) -> str:
    """The relation to the head of the family for its number; a word, or a number that nobody knows, stays."""
    return _RELATIONS[int(said) - 1] if said in _RELATION_NUMBERS else said


def translated(fields: dict[str, str]) -> dict[str, str]:
    """The fields with the codes of the export in words; codes that nobody knows stay as they are.

    A resident whom the village counts as dead or moved stays a candidate (the registers decide) with a note.
    """
    said = dict(fields)
    said["jenis_kelamin"] = _SEXES.get(said.get("jenis_kelamin", ""), said.get("jenis_kelamin", ""))
    work = said.get("pekerjaan", "")
    if work.isdigit() and 1 <= int(work) <= len(_OCCUPATIONS):
        said["pekerjaan"] = _OCCUPATIONS[int(work) - 1]
    if state := _STATES.get(said.pop("status_dasar", "").upper(), ""):
        said["keterangan"] = f"menurut desa: {state}"
    place = find_kelurahan(said.get("kelurahan", ""))
    if place:
        said["kelurahan"] = kelurahan_name(place)
    return said

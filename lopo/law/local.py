"""Who may come on a programme's list: each reason for or against a proposed row is one rule, and the verdict follows.

What each reason forces, as a fair clerk would have it:

- `ditolak`: a hard fact about a person who is settled (dead, moved away, living elsewhere, active member, on another
  programme's decree for all months, civil servant, too young, too old, decile above the programme's), or the person
  already stands on a fuller row.
- `perlu_cek`: nobody can be settled, the decile is unknown, or an entry of a register (a death, a move, a membership)
  may be this person's without being certain. A human looks; nothing is guessed.
- a note that leaves `diterima`: a NIK that is empty, wrong, cut or at odds with the birth date, and missing cells, as
  long as the person is settled by what else the row says. A slip of the pen is no ground for refusal
  (LAW.md 6.1: never reject on a mismatch of date or sex alone); the note tells the kelurahan what to correct.
"""

from datetime import date

from lopo.law.book import Fact, Reason, declare, rule
from lopo.law.vocabulary import age, known

REASONS = (
    "nik_kosong", "nik_tidak_sah", "nik_terpotong", "nik_beda_lahir", "tidak_ditemukan", "ganda_dalam_daftar",
    "ganda_antar_daftar", "meninggal", "pindah", "bukan_penduduk", "sudah_aktif_pu", "sudah_aktif_bpu",
    "sudah_di_keputusan_lain", "sebagian_di_keputusan_lain", "asn_tni_polri", "di_bawah_umur", "di_atas_umur",
    "di_luar_umur_program", "di_luar_jenis_kelamin", "di_luar_pekerjaan", "di_luar_desil", "entri_register_ragu",
    "desil_tidak_diketahui", "syarat_tidak_diketahui", "data_kurang",
)  # fmt: skip
"""The reason codes in the order in which they are told."""

FIRST_DAY = date(2025, 1, 1)
_PROGRAMME = "Program Kota Kupang 2025"

declare(
    Fact("nik_keadaan", str, "Keadaan NIK yang tertulis", choices=("kosong", "rusak", "terpotong", "utuh")),
    Fact("nik_cocok", bool, "NIK yang tertulis sama dengan NIK orang yang ditemukan"),
    Fact("nik_lahir_beda", bool, "Tanggal lahir dalam NIK lain dari tanggal lahir yang tertulis"),
    Fact("orang_dikenal", bool, "Orangnya pasti, di register mana pun"),
    Fact("di_data_penduduk", bool, "Orangnya pasti dan ada di data penduduk"),
    Fact("alamat_di_luar", bool, "Alamat orang menurut data penduduk di luar wilayah program"),
    Fact("nama_tertulis", bool, "Nama tertulis"),
    Fact("lahir_tertulis", bool, "Tanggal lahir tertulis dan terbaca"),
    Fact("kembar_dalam", bool, "Orang yang sama ada di baris yang lebih lengkap pada daftar ini"),
    Fact("kembar_antar", bool, "Orang yang sama ada di baris yang lebih lengkap pada daftar lain"),
    Fact("tgl_meninggal", date, "Tanggal meninggal menurut akta kematian", optional=True),
    Fact("tgl_pindah", date, "Tanggal pindah keluar", optional=True),
    Fact("aktif_pu_sejak", date, "Peserta aktif penerima upah sejak", optional=True),
    Fact("aktif_bpu_sejak", date, "Peserta aktif bukan penerima upah sejak", optional=True),
    Fact("terdaftar_asn", bool, "Terdaftar sebagai ASN, TNI atau Polri"),
    Fact("entri_ragu", bool, "Ada entri register yang mungkin milik orang ini, tetapi belum pasti"),
    Fact("tgl_lahir_orang", date, "Tanggal lahir menurut register", optional=True),
    Fact("desil", int, "Desil kesejahteraan (DTSEN)", unit="desil", minimum=1, maximum=10, optional=True),
    Fact(
        "desil_program", int, "Desil tertinggi yang diterima program", unit="desil", minimum=1, maximum=10,
        optional=True,
    ),
    Fact("hari_pendaftaran", date, "Hari pendaftaran"),
)  # fmt: skip


@rule(
    label="NIK kosong",
    source="UU 24/2013 Pasal 13",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason("NIK tidak tertulis.", "The NIK is not written.", when=True),
)
def nik_kosong(nik_keadaan: str) -> bool:
    """No digit stands in the column of the NIK, or only zeros; a note when the person is settled otherwise."""
    return nik_keadaan == "kosong"


@rule(
    label="NIK tidak sah",
    source="UU 24/2013 Pasal 13",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "NIK yang tertulis tidak sah: bentuknya salah, atau bukan NIK orang ini menurut data penduduk.",
        "The written NIK is not valid: its form is wrong, or it is not this person's in the population register.",
        when=True,
    ),
)
def nik_tidak_sah(nik_keadaan: str, orang_dikenal: bool, nik_cocok: bool, nik_lahir_beda: bool) -> bool:
    """The form is wrong, or it is well formed but another number than the person's; a note when settled."""
    return nik_keadaan == "rusak" or (nik_keadaan == "utuh" and orang_dikenal and not nik_cocok and not nik_lahir_beda)


@rule(
    label="NIK terpotong",
    source="UU 24/2013 Pasal 13",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "NIK terpotong menjadi 15 angka oleh lembar kerja; angka terakhir dipulihkan bila orangnya pasti.",
        "A spreadsheet cut the NIK to 15 digits; the last is recovered where the person is settled.",
        when=True,
    ),
)
def nik_terpotong(nik_keadaan: str, nik_cocok: bool) -> bool:
    """The sixteenth digit is lost; a final zero that is the person's own is no loss. A note when recovered."""
    return nik_keadaan == "terpotong" and not nik_cocok


@rule(
    label="Tanggal lahir dalam NIK berbeda",
    source="UU 24/2013 Pasal 13",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Tanggal lahir dalam NIK tidak sama dengan tanggal lahir yang tertulis.",
        "The birth date within the NIK is not the birth date that is written.",
        when=True,
    ),
)
def nik_beda_lahir(nik_lahir_beda: bool) -> bool:
    """A note: a row is never refused for a mismatch of dates alone."""
    return nik_lahir_beda


@rule(
    label="Tidak ditemukan di data penduduk",
    source=f"{_PROGRAMME} kriteria penduduk",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Orangnya tidak dapat dipastikan di data penduduk; perlu dicek dengan KTP dan Dukcapil.",
        "The person cannot be settled in the population register; check with the identity card and Dukcapil.",
        when=True,
    ),
)
def tidak_ditemukan(di_data_penduduk: bool) -> bool:
    """Nobody, or nobody for certain, in the population register: to be checked by a human."""
    return not di_data_penduduk


@rule(
    label="Ganda dalam daftar",
    source=f"{_PROGRAMME} satu orang satu tempat",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Orang yang sama sudah ada di baris yang lebih lengkap pada daftar yang sama.",
        "The same person stands on a fuller row of the same list.",
        when=True,
    ),
)
def ganda_dalam_daftar(kembar_dalam: bool) -> bool:
    """Refuses the row, not the person: the fuller row is judged."""
    return kembar_dalam


@rule(
    label="Ganda antar daftar",
    source=f"{_PROGRAMME} satu orang satu tempat",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Orang yang sama sudah ada di baris yang lebih lengkap pada daftar lain.",
        "The same person stands on a fuller row of another list.",
        when=True,
    ),
)
def ganda_antar_daftar(kembar_antar: bool) -> bool:
    """Refuses the row, not the person: the fuller row is judged."""
    return kembar_antar


@rule(
    label="Sudah meninggal",
    source=f"{_PROGRAMME} pengecualian",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason("Sudah meninggal menurut akta kematian.", "Has died, by the register of deaths.", when=True),
)
def meninggal(tgl_meninggal: date | None, hari_pendaftaran: date) -> bool:
    """Died on or before the day of registration; refuses."""
    return known(tgl_meninggal) and tgl_meninggal <= hari_pendaftaran


@rule(
    label="Sudah pindah",
    source=f"{_PROGRAMME} pengecualian",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason("Sudah pindah keluar dari kota.", "Has moved out of the city.", when=True),
)
def pindah(tgl_pindah: date | None, hari_pendaftaran: date) -> bool:
    """Moved away on or before the day of registration; refuses."""
    return known(tgl_pindah) and tgl_pindah <= hari_pendaftaran


@rule(
    label="Bukan penduduk",
    source=f"{_PROGRAMME} kriteria penduduk",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Alamat menurut data penduduk di luar wilayah program.",
        "The registered address lies outside the programme's area.",
        when=True,
    ),
)
def bukan_penduduk(di_data_penduduk: bool, alamat_di_luar: bool, program_terima_luar_wilayah: bool | None) -> bool:
    """The registered address counts; the area digits of a NIK say only where it was first issued. Refuses."""
    if known(program_terima_luar_wilayah) and program_terima_luar_wilayah:
        return False
    return di_data_penduduk and alamat_di_luar


@rule(
    label="Sudah peserta aktif penerima upah",
    source=f"{_PROGRAMME} pengecualian",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Sudah peserta aktif BPJS Ketenagakerjaan sebagai penerima upah (PU).",
        "Is already an active member as a wage earner (PU).",
        when=True,
    ),
)
def sudah_aktif_pu(aktif_pu_sejak: date | None, hari_pendaftaran: date, program_terima_pu: bool | None) -> bool:
    """Active as a wage earner on the day of registration; refuses."""
    if known(program_terima_pu) and program_terima_pu:
        return False
    return known(aktif_pu_sejak) and aktif_pu_sejak <= hari_pendaftaran


@rule(
    label="Sudah peserta aktif bukan penerima upah",
    source=f"{_PROGRAMME} pengecualian",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Sudah peserta aktif BPJS Ketenagakerjaan sebagai bukan penerima upah (BPU).",
        "Is already an active member as a self-paying or otherwise paid worker (BPU).",
        when=True,
    ),
)
def sudah_aktif_bpu(aktif_bpu_sejak: date | None, hari_pendaftaran: date) -> bool:
    """Active as an informal worker on the day of registration; one month has one payer. Refuses."""
    return known(aktif_bpu_sejak) and aktif_bpu_sejak <= hari_pendaftaran


@rule(
    label="ASN, TNI atau Polri",
    source=f"{_PROGRAMME} pengecualian",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Terdaftar sebagai ASN, anggota TNI atau Polri.", "Is a civil servant, soldier or police officer.", when=True
    ),
)
def asn_tni_polri(terdaftar_asn: bool, program_terima_asn: bool | None) -> bool:
    """Stands in the register of civil servants, soldiers and police; refuses."""
    return terdaftar_asn and not (known(program_terima_asn) and program_terima_asn)


@rule(
    label="Di bawah umur",
    source="Permenaker 5/2021",
    status="reported",
    starts=FIRST_DAY,
    reason=Reason(
        "Belum mencapai umur terendah pada hari pendaftaran.", "Is too young on the day of registration.", when=True
    ),
)
def di_bawah_umur(tgl_lahir_orang: date | None, hari_pendaftaran: date, umur_pendaftaran_terendah: int) -> bool:
    """Younger than the lowest age on the day of registration; refuses."""
    return known(tgl_lahir_orang) and age(tgl_lahir_orang, hari_pendaftaran) < umur_pendaftaran_terendah


@rule(
    label="Di atas umur",
    source="Permenaker 5/2021",
    status="reported",
    starts=FIRST_DAY,
    reason=Reason(
        "Sudah mencapai batas umur pada hari pendaftaran.", "Has reached the age limit on that day.", when=True
    ),
)
def di_atas_umur(tgl_lahir_orang: date | None, hari_pendaftaran: date, umur_pendaftaran_batas: int) -> bool:
    """Has reached the age that must not yet be reached on the day of registration; refuses."""
    return known(tgl_lahir_orang) and age(tgl_lahir_orang, hari_pendaftaran) >= umur_pendaftaran_batas


@rule(
    label="Di luar desil",
    source=f"{_PROGRAMME} kriteria desil",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Desil kesejahteraan di atas batas program.", "The welfare decile is above the programme's limit.", when=True
    ),
)
def di_luar_desil(desil: int | None, desil_program: int | None) -> bool:
    """The decile that DTSEN gives the person is above the programme's limit, where it has one; refuses."""
    if not known(desil) or not known(desil_program):
        return False
    return desil > desil_program


@rule(
    label="Entri register meragukan",
    source=f"{_PROGRAMME} pengecualian",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Ada entri register (kependudukan, kematian, pindah, ASN atau BPJS) yang sama cocok dengan orang ini dan "
        "orang lain; perlu dicek milik siapa.",
        "An entry of a register (residents, deaths, moves, civil servants or BPJS) fits this person and another "
        "alike; check whose it is.",
        when=True,
    ),
)
def entri_register_ragu(orang_dikenal: bool, entri_ragu: bool) -> bool:
    """Neither accepted as if the entry were not there, nor refused for what may be another's: to be checked."""
    return orang_dikenal and entri_ragu


@rule(
    label="Desil tidak diketahui",
    source=f"{_PROGRAMME} kriteria desil",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Orangnya tidak ada di DTSEN, jadi desilnya tidak diketahui.",
        "The person is not in DTSEN, so the decile is unknown.",
        when=True,
    ),
)
def desil_tidak_diketahui(orang_dikenal: bool, desil: int | None, desil_program: int | None) -> bool:
    """A settled person without a decile where one is asked: to be checked; his family's is shown, never assumed."""
    return orang_dikenal and known(desil_program) and not known(desil)


@rule(
    label="Data kurang",
    source=f"{_PROGRAMME} kelengkapan data",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Nama atau tanggal lahir tidak tertulis atau tidak terbaca.",
        "The name or the birth date is not written or not readable.",
        when=True,
    ),
)
def data_kurang(nama_tertulis: bool, lahir_tertulis: bool) -> bool:
    """A note when the person is settled: what lacks is taken from the register and told to the sender."""
    return not nama_tertulis or not lahir_tertulis


@rule(
    label="Batas desil program",
    source=f"{_PROGRAMME} kriteria desil",
    status="assumed",
    starts=FIRST_DAY,
    unit="desil",
)
def desil_program_kota(desil_program_tertinggi: int) -> int:
    """The limit of the city's own programme of 2025; another programme brings its own as `desil_program`."""
    return desil_program_tertinggi


@rule(label="Sudah peserta aktif", source=f"{_PROGRAMME} pengecualian", status="assumed", starts=FIRST_DAY)
def sudah_peserta_aktif(sudah_aktif_pu: bool, sudah_aktif_bpu: bool) -> bool:
    """Is an active member of either kind."""
    return sudah_aktif_pu or sudah_aktif_bpu


@rule(label="Keadaan orangnya menolak", source=f"{_PROGRAMME} pengecualian", status="assumed", starts=FIRST_DAY)
def ditolak_keadaan(
    meninggal: bool, pindah: bool, bukan_penduduk: bool, sudah_peserta_aktif: bool, asn_tni_polri: bool
) -> bool:
    """A hard fact about the person refuses the row."""
    return meninggal or pindah or bukan_penduduk or sudah_peserta_aktif or asn_tni_polri


@rule(label="Syarat program menolak", source=f"{_PROGRAMME} kriteria", status="assumed", starts=FIRST_DAY)
def ditolak_syarat(
    di_bawah_umur: bool, di_atas_umur: bool, di_luar_desil: bool, ganda_dalam_daftar: bool, ganda_antar_daftar: bool
) -> bool:
    """Age, decile or a second row of the same person refuses the row."""
    return di_bawah_umur or di_atas_umur or di_luar_desil or ganda_dalam_daftar or ganda_antar_daftar


@rule(label="Putusan penyaringan", source=f"{_PROGRAMME} kriteria", status="assumed", starts=FIRST_DAY)
def putusan_penyaringan(ditolak_keadaan: bool, ditolak_syarat: bool, ditolak_kriteria: bool, perlu_dicek: bool) -> str:
    """Refused for any hard fact, else to be checked where something is unknown, else accepted."""
    if ditolak_keadaan or ditolak_syarat or ditolak_kriteria:
        return "ditolak"
    if perlu_dicek:
        return "perlu_cek"
    return "diterima"

"""The sums that the page of the law can do for anybody: each benefit by a plain name, and what it must be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lopo.law.editions import EditionLaw
from lopo.law.groups import CHILDREN, FUNCTIONS, HOME_CARE, INJURIES, INVOICES, RELATIVES, TRIPS, Group

Text = str | Promise
DEATH_DAY, ACCIDENT_DAY = _("Tanggal meninggal"), _("Tanggal kecelakaan")


@dataclass(frozen=True)
class Sum:
    """One benefit that can be worked out: the first target is the answer, the others stand beside it.

    `day` is what the legal day is called; `of_day` are facts that are that day itself, `of_month` its month's first
    day. `example` fills the form with an invented case.
    """

    code: str
    family: str
    title: Text
    sentence: Text
    targets: tuple[str, ...]
    day: Text
    of_day: tuple[str, ...] = ()
    of_month: tuple[str, ...] = ()
    example: Mapping[str, str] = field(default_factory=dict)

    def in_force(self, law: EditionLaw) -> tuple[str, ...]:
        """Give the targets that the law of the day knows; none where it does not know the answer itself."""
        known = tuple(target for target in self.targets if target in law.rules)
        return known if self.targets[0] in known else ()


@dataclass(frozen=True)
class Rows:
    """What can be several to a case: a short table in the form, whose rows are added up before the case is decided.

    `shared` facts are asked once for all rows; `numbered` is the fact that is the number of the row.
    """

    code: str
    title: Text
    hint: Text
    groups: tuple[Group, ...]
    shared: tuple[str, ...] = ()
    numbered: str = ""

    @property
    def facts(self) -> frozenset[str]:
        """Give the names of the facts that come out."""
        return frozenset(group.fact for group in self.groups)

    @property
    def targets(self) -> tuple[str, ...]:
        """Give the rules for one row."""
        return tuple(dict.fromkeys(group.rule for group in self.groups))


ROWS = (
    Rows("cedera", _("Bagian tubuh yang hilang atau cacat"), _("Kosongkan bila tidak ada."), INJURIES),
    Rows("fungsi", _("Bagian tubuh yang kehilangan fungsi"), _("Kosongkan bila tidak ada."), FUNCTIONS),
    Rows("perjalanan", _("Biaya angkutan"), _("Satu baris untuk satu perjalanan."), TRIPS),
    Rows("faktur", _("Tagihan perawatan"), _("Satu baris untuk satu tagihan rumah sakit atau klinik."), INVOICES),
    Rows("rumah", _("Tagihan perawatan di rumah"), _("Satu baris untuk satu tagihan."), HOME_CARE,
         shared=("perawatan_rumah_mulai",)),
    Rows("anak", _("Anak"), _("Urutkan menurut anak yang ditunjuk keluarga."), CHILDREN, shared=("hari_beasiswa",),
         numbered="urutan_anak"),
    Rows("keluarga", _("Anggota keluarga"), _("Tulis semuanya, juga yang mengurus pemakaman."), RELATIVES),
)  # fmt: skip

FAMILIES: tuple[tuple[str, Text], ...] = (
    ("kematian", _("Bila peserta meninggal")),
    ("kecelakaan", _("Bila peserta kecelakaan kerja")),
    ("anak", _("Beasiswa untuk anak")),
    ("iuran", _("Iuran dan kepesertaan")),
    ("waktu", _("Waktu dan keterlambatan")),
)

_COVER = {"nomor_terbit": "ya", "bulan_kepesertaan": "8", "bulan_menunggak": "0", "tunggakan_lunas": "ya"}
_EVENT = {**_COVER, "kecelakaan_kerja": "ya", "penghasilan": "1.000.000", "tanggal_klaim": "2025-10-01"}
_CHILDREN = {
    "hari_beasiswa": "2025-10-01",
    "anak-0-lahir_anak": "2015-04-12", "anak-0-anak_menikah": "tidak", "anak-0-anak_bekerja": "tidak",
    "anak-0-jenjang_sekolah": "sd", "anak-0-tahun_beasiswa_dipakai": "0",
    "anak-1-lahir_anak": "2009-01-30", "anak-1-anak_menikah": "tidak", "anak-1-anak_bekerja": "tidak",
    "anak-1-jenjang_sekolah": "sma", "anak-1-tahun_beasiswa_dipakai": "1",
}  # fmt: skip
_INJURY = {"cedera-0-bagian_tubuh": "telunjuk_kanan", "cedera-0-jumlah_cedera": "1", "kidal": "tidak"}
_CARE = {
    "faktur-0-faktur_terkait": "ya", "faktur-0-biaya_faktur": "6.250.000",
    "perjalanan-0-moda_angkutan": "darat", "perjalanan-0-biaya_perjalanan": "350.000",
}  # fmt: skip
_HEALED = {"dinyatakan_selesai": "ya", "hari_stmb": "45"}
_NO_AIDS = {
    "biaya_gigi_tiruan": "0", "biaya_alat_bantu_dengar": "0", "biaya_kacamata": "0", "biaya_protese": "0",
    "harga_protese_rujukan": "0",
}  # fmt: skip

SUMS = (
    Sum("jkm", "kematian", _("Santunan kematian (JKM)"),
        _("Peserta meninggal karena sakit atau sebab lain, bukan karena kecelakaan kerja."),
        ("jkm_total",), DEATH_DAY, example={**_COVER, "kecelakaan_kerja": "tidak"}),
    Sum("jkk-meninggal", "kematian", _("Meninggal karena kecelakaan kerja (JKK)"),
        _("Santunan kematian, santunan berkala dan biaya pemakaman dari JKK."),
        ("jkk_meninggal_total",), ACCIDENT_DAY, of_day=("tanggal_kejadian",), example=_EVENT),
    Sum("jkk-meninggal-dirawat", "kematian", _("Meninggal setelah dirawat karena kecelakaan kerja"),
        _("Santunan kematian bersama biaya perawatan, angkutan dan santunan selama tidak mampu bekerja."),
        ("jkk_meninggal_lengkap",), ACCIDENT_DAY, of_day=("tanggal_kejadian",),
        example={**_EVENT, **_HEALED, **_CARE, **_NO_AIDS}),
    Sum("meninggal-mendadak", "kematian", _("Meninggal mendadak di tempat kerja"),
        _("Apakah dianggap kecelakaan kerja?"), ("meninggal_mendadak_diakui",), DEATH_DAY,
        example={"serangan_di_tempat_kerja": "ya", "jam_sampai_meninggal": "6"}),
    Sum("ahli-waris", "kematian", _("Siapa ahli waris yang berhak"),
        _("Urutan ahli waris menurut hukum, dan siapa menerima berapa."),
        ("kelas_ahli_waris", "bagian_ahli_waris", "bagian_pengurus_pemakaman", "bagian_dana_jaminan_sosial"), DEATH_DAY,
        example={"keluarga-0-kekerabatan": "suami_istri", "keluarga-0-kerabat_hidup": "ya",
                 "keluarga-1-kekerabatan": "ibu", "keluarga-1-kerabat_hidup": "ya",
                 "manfaat_kematian": "42.000.000", "manfaat_pemakaman": "10.000.000"}),
    Sum("jkk", "kecelakaan", _("Seluruh manfaat kecelakaan kerja (JKK)"),
        _("Perawatan, angkutan, santunan selama tidak mampu bekerja, cacat, dan pemulihan."),
        ("jkk_kecelakaan_lengkap", "jkk_kecelakaan_total"), ACCIDENT_DAY, of_day=("tanggal_kejadian",),
        example={**_EVENT, **_HEALED, **_INJURY, **_CARE, **_NO_AIDS}),
    Sum("stmb", "kecelakaan", _("Sementara tidak mampu bekerja (STMB)"),
        _("Pengganti penghasilan selama dokter menyatakan belum boleh bekerja."),
        ("stmb",), ACCIDENT_DAY, of_day=("tanggal_kejadian",), example={**_EVENT, **_HEALED}),
    Sum("cacat-sebagian", "kecelakaan", _("Cacat sebagian"),
        _("Kehilangan anggota badan menurut tabel, beberapa cedera dijumlahkan."),
        ("cacat_sebagian",), ACCIDENT_DAY, of_day=("tanggal_kejadian",),
        example={**_EVENT, **_INJURY, "dinyatakan_selesai": "ya"}),
    Sum("cacat-fungsi", "kecelakaan", _("Kehilangan sebagian fungsi"),
        _("Anggota badan masih ada tetapi fungsinya berkurang."),
        ("cacat_fungsi", "cacat_sebagian"), ACCIDENT_DAY, of_day=("tanggal_kejadian",),
        example={**_EVENT, "dinyatakan_selesai": "ya", "kidal": "tidak",
                 "fungsi-0-bagian_tubuh": "satu_kaki_dari_mata_kaki", "fungsi-0-jumlah_cedera": "1",
                 "fungsi-0-persen_fungsi_hilang": "40"}),
    Sum("cacat-total", "kecelakaan", _("Cacat total tetap"),
        _("Dokter menyatakan tidak dapat bekerja lagi untuk selamanya."),
        ("cacat_total_jumlah",), ACCIDENT_DAY, of_day=("tanggal_kejadian",),
        example={**_EVENT, "dinyatakan_selesai": "ya", "cacat_total_tetap": "ya"}),
    Sum("angkutan", "kecelakaan", _("Biaya angkutan"), _("Ke rumah sakit atau ke rumah, menurut jenis angkutannya."),
        ("biaya_pengangkutan",), ACCIDENT_DAY, of_day=("tanggal_kejadian",),
        example={**_EVENT, "dinyatakan_selesai": "ya", "perjalanan-0-moda_angkutan": "laut",
                 "perjalanan-0-biaya_perjalanan": "2.400.000"}),
    Sum("perawatan-rumah", "kecelakaan", _("Perawatan di rumah (home care)"),
        _("Untuk yang tidak mungkin dirawat di rumah sakit."),
        ("perawatan_rumah",), ACCIDENT_DAY, of_day=("tanggal_kejadian",),
        example={**_EVENT, "perawatan_rumah_mulai": "2025-09-20", "rumah-0-faktur_terkait": "ya",
                 "rumah-0-biaya_faktur": "3.500.000", "rumah-0-tanggal_perawatan_rumah": "2025-09-25"}),
    Sum("alat-bantu", "kecelakaan", _("Gigi tiruan, kacamata, alat bantu dengar, protese"),
        _("Penggantian alat bantu, masing-masing sampai batasnya."),
        ("gigi_tiruan", "kacamata", "alat_bantu_dengar", "protese"), ACCIDENT_DAY, of_day=("tanggal_kejadian",),
        example={**_EVENT, "dinyatakan_selesai": "ya", "biaya_gigi_tiruan": "2.000.000", "biaya_kacamata": "1.250.000",
                 "biaya_alat_bantu_dengar": "0", "biaya_protese": "0", "harga_protese_rujukan": "0"}),
    Sum("kembali-kerja", "kecelakaan", _("Pendampingan kembali kerja"),
        _("Apakah peserta berhak didampingi sampai bekerja lagi?"),
        ("kembali_kerja_berhak",), ACCIDENT_DAY, of_day=("tanggal_kejadian",),
        example={**_EVENT, "rekomendasi_kembali_kerja": "ya"}),
    Sum("dugaan", "kecelakaan", _("Dugaan kecelakaan kerja"),
        _("Apakah perawatan sudah dijamin sebelum ada kesimpulan?"),
        ("dugaan_perawatan_dijamin",), ACCIDENT_DAY, example={**_COVER, "dugaan_kecelakaan": "ya",
                                                              "kesimpulan_kecelakaan": "belum"}),
    Sum("penyakit-akibat-kerja", "kecelakaan", _("Penyakit akibat kerja"),
        _("Apakah penyakit diakui, juga bila pekerjaan sudah berakhir?"),
        ("pak_diakui",), _("Tanggal diagnosis"), of_day=("tanggal_diagnosis",),
        example={"penyakit_akibat_kerja": "ya", "tanggal_berhenti_kerja": "2023-06-30", "tanggal_klaim": "2025-10-01"}),
    Sum("beasiswa-jkm", "anak", _("Beasiswa karena peserta meninggal (JKM)"),
        _("Untuk semua anak yang ditunjuk, untuk satu tahun sekolah."),
        ("jkm_beasiswa",), DEATH_DAY,
        example={**_COVER, "kecelakaan_kerja": "tidak", "bulan_kepesertaan": "40", "bulan_iuran_dibayar": "40",
                 **_CHILDREN}),
    Sum("beasiswa-jkk", "anak", _("Beasiswa karena meninggal akibat kecelakaan kerja (JKK)"),
        _("Untuk semua anak yang ditunjuk, untuk satu tahun sekolah."),
        ("jkk_beasiswa_kematian",), ACCIDENT_DAY, of_day=("tanggal_kejadian",), example={**_EVENT, **_CHILDREN}),
    Sum("beasiswa-cacat-total", "anak", _("Beasiswa karena cacat total tetap (JKK)"),
        _("Untuk semua anak yang ditunjuk, untuk satu tahun sekolah."),
        ("jkk_beasiswa_cacat_total",), ACCIDENT_DAY, of_day=("tanggal_kejadian",),
        example={**_EVENT, "dinyatakan_selesai": "ya", "cacat_total_tetap": "ya", **_CHILDREN}),
    Sum("beasiswa-anak", "anak", _("Beasiswa satu anak"),
        _("Berapa setahun, dan berapa yang tersisa di jenjangnya."),
        ("beasiswa_anak", "beasiswa_sisa_jenjang"), DEATH_DAY,
        example={"lahir_anak": "2015-04-12", "hari_beasiswa": "2025-10-01", "anak_menikah": "tidak",
                 "anak_bekerja": "tidak", "jenjang_sekolah": "sd", "tahun_beasiswa_dipakai": "2", "urutan_anak": "1"}),
    Sum("iuran", "iuran", _("Iuran sebulan"), _("Iuran JKK dan JKM seorang peserta, menurut penghasilannya."),
        ("iuran_per_bulan", "iuran_jkk", "iuran_jkm"), _("Tanggal dalam bulan iuran"), of_month=("bulan_iuran",),
        example={"penghasilan": "1.000.000", "dibayar_apbd": "ya", "sektor": "lainnya"}),
    Sum("iuran-kelompok", "iuran", _("Iuran banyak peserta"),
        _("Untuk kelompok dengan penghasilan yang sama, selama beberapa bulan."),
        ("iuran_kelompok", "iuran_per_bulan"), _("Tanggal dalam bulan iuran"), of_month=("bulan_iuran",),
        example={"penghasilan": "1.000.000", "dibayar_apbd": "ya", "sektor": "lainnya", "jumlah_peserta": "6.800",
                 "jumlah_bulan": "12"}),
    Sum("dibayar-dimuka", "iuran", _("Membayar di muka"), _("Untuk berapa bulan iuran dapat dibayar sekaligus?"),
        ("pembayaran_dimuka_diterima",), _("Tanggal membayar"), example={"bulan_dimuka": "6"}),
    Sum("keadaan", "iuran", _("Keadaan kepesertaan"),
        _("Masa tunggu, penuh, menunggak atau gugur, dari bulan yang dibayar."),
        ("status_kepesertaan",), _("Tanggal kejadian"), example=_COVER),
    Sum("terlambat", "waktu", _("Ganti rugi bila BPJS terlambat membayar"), _("Satu persen sehari dari manfaatnya."),
        ("ganti_rugi_terlambat", "hari_terlambat"), _("Tanggal batas pembayaran"), of_day=("tanggal_batas_bayar",),
        example={"jumlah_manfaat": "42.000.000", "tanggal_dibayar": "2025-09-17"}),
)  # fmt: skip
"""The curated sums, in the order in which the page offers them; deadlines have a page of their own."""
BY_CODE: Mapping[str, Sum] = {one.code: one for one in SUMS}


def sums_with(law: EditionLaw, name: str) -> list[Sum]:
    """Give the sums of the day that rest on a fact, number or rule of that name."""
    found: list[Sum] = []
    for one in SUMS:
        targets = one.in_force(law)
        if targets and name in _resting(law, targets):
            found.append(one)
    return found


def _resting(law: EditionLaw, targets: tuple[str, ...]) -> set[str]:
    """Give the names of all that the targets rest on, the members of groups included."""
    plan = law.plan(targets)
    names = {rule.name for rule in plan.rules} | set(plan.parameters) | {fact.name for fact in plan.facts}
    for rows in rows_for(names):
        if all(target in law.rules for target in rows.targets):
            inner = law.plan(rows.targets)
            names |= {rule.name for rule in inner.rules} | set(inner.parameters) | {fact.name for fact in inner.facts}
    return names


def rows_for(facts: set[str] | frozenset[str]) -> tuple[Rows, ...]:
    """Give what can be several among the facts that are asked."""
    return tuple(rows for rows in ROWS if rows.facts & facts)

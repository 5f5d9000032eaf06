"""What the statute may ask about a person or a case: the closed list of facts, with kind, unit and range.

Targets that other rooms ask for (all on one legal day: the contribution month's first day for contributions, the day
of the accident or the death for benefits):

- `iuran_per_bulan`, `iuran_kelompok` - what one member pays a month, what a group pays for some months
- `jkm_total` = `jkm_santunan_kematian` + `jkm_santunan_berkala` + `jkm_biaya_pemakaman`
- `jkk_kecelakaan_total` = `biaya_perawatan` + `biaya_pengangkutan` + `stmb` + `cacat_sebagian`
- `jkk_meninggal_total` = `jkk_santunan_kematian` + `jkk_santunan_berkala` + `jkk_biaya_pemakaman`
- `jkk_kecelakaan_lengkap` = `jkk_kecelakaan_total` + `cacat_fungsi` + `pemulihan_jumlah` (home care, aids);
  `jkk_cacat_total_lengkap` and `jkk_meninggal_lengkap` for the two other ends of an accident
- `jkm_beasiswa`, `jkk_beasiswa_kematian`, `jkk_beasiswa_cacat_total` - scholarships of a school year (2015: once)
- `dugaan_perawatan_dijamin`, `meninggal_mendadak_diakui`, `pak_diakui`, `kembali_kerja_berhak` - yes or no
- `ganti_rugi_terlambat`, `pembayaran_dimuka_diterima`, `pekerjaan_dalam_batas`, `kelas_ahli_waris`, `bagian_ahli_waris`
- `status_kepesertaan` - belum, masa_tunggu, penuh, menunggak_1, menunggak_2, menunggak_3, gugur

Facts are easiest built by the dataclasses of `lopo.law.cases`.
"""

from datetime import date

from lopo.law.book import Fact, declare

CONCLUSIONS = ("belum", "kecelakaan_kerja", "bukan_kecelakaan_kerja")
LEVELS = ("belum_sekolah", "tk", "sd", "smp", "sma", "perguruan_tinggi")
KINSHIPS = (
    "suami_istri", "anak", "ayah", "ibu", "kakek", "nenek", "cucu", "saudara_kandung", "mertua", "wasiat",
    "pengurus_pemakaman", "lain",
)  # fmt: skip

declare(
    # contributions
    Fact("penghasilan", int, "Penghasilan sebulan yang dilaporkan", unit="Rp", maximum=10**10),
    Fact("dibayar_apbd", bool, "Iuran dibayar dari APBN atau APBD"),
    Fact("sektor", str, "Sektor pekerjaan", choices=("transportasi", "lainnya")),
    Fact("bulan_iuran", date, "Bulan iuran (hari pertamanya)"),
    Fact("jumlah_peserta", int, "Jumlah peserta", unit="orang", maximum=10**9),
    Fact("jumlah_bulan", int, "Jumlah bulan iuran", unit="bulan", maximum=1200),
    # membership on the day of the event
    Fact("nomor_terbit", bool, "Nomor peserta sudah terbit pada hari kejadian"),
    Fact(
        "bulan_kepesertaan",
        int,
        "Bulan kepesertaan ke- (1 = bulan pertama terlindungi)",
        unit="bulan",
        maximum=1200,
    ),
    Fact("bulan_menunggak", int, "Bulan menunggak berturut-turut pada hari kejadian", unit="bulan", maximum=1200),
    Fact("tunggakan_lunas", bool, "Tunggakan sudah dilunasi (ya bila tidak ada tunggakan)"),
    # the event
    Fact("kecelakaan_kerja", bool, "Akibat kecelakaan kerja atau penyakit akibat kerja"),
    Fact("tanggal_kejadian", date, "Tanggal kecelakaan atau kematian"),
    Fact("tanggal_klaim", date, "Tanggal klaim diajukan"),
    # a work accident, summed over its invoices, trips and injuries (see lopo.law.groups)
    Fact("dinyatakan_selesai", bool, "Dokter sudah menyatakan sembuh, cacat atau meninggal"),
    Fact("hari_stmb", int, "Hari sementara tidak mampu bekerja", unit="hari", maximum=36_500),
    Fact("persen_cacat_permil", int, "Jumlah persentase cacat sebagian", unit="permil", maximum=100_000),
    Fact("biaya_darat", int, "Biaya angkutan darat, sungai atau danau", unit="Rp"),
    Fact("biaya_laut", int, "Biaya angkutan laut", unit="Rp"),
    Fact("biaya_udara", int, "Biaya angkutan udara", unit="Rp"),
    Fact("biaya_perawatan_sah", int, "Biaya perawatan yang termasuk kecelakaan ini", unit="Rp"),
    # one injury, one trip, one invoice
    Fact("bagian_tubuh", str, "Bagian tubuh yang cacat", choices_from="cacat_anatomis"),
    Fact("jumlah_cedera", int, "Banyaknya (jari, 10 dB, 10 persen ...)", unit="kali", minimum=1, maximum=100),
    Fact("moda_angkutan", str, "Moda angkutan", choices=("darat", "laut", "udara")),
    Fact("biaya_perjalanan", int, "Biaya satu perjalanan", unit="Rp"),
    Fact("faktur_terkait", bool, "Faktur termasuk perawatan kecelakaan ini"),
    Fact("biaya_faktur", int, "Jumlah faktur", unit="Rp"),
)

declare(
    # lasting disability and recovery, summed over their members (see lopo.law.groups)
    Fact("cacat_total_tetap", bool, "Dokter menyatakan cacat total tetap"),
    Fact("persen_fungsi_hilang", int, "Bagian fungsi yang hilang", unit="persen", minimum=1, maximum=100),
    Fact("persen_fungsi_jumlah", int, "Jumlah kehilangan fungsi", unit="per 100.000", maximum=10_000_000),
    Fact("efisiensi_mata_kanan", int, "Efisiensi penglihatan mata kanan", unit="persen", maximum=100),
    Fact("efisiensi_mata_kiri", int, "Efisiensi penglihatan mata kiri", unit="persen", maximum=100),
    Fact("perawatan_rumah_mulai", date, "Hari pertama perawatan di rumah"),
    Fact("tanggal_perawatan_rumah", date, "Hari perawatan di rumah dalam faktur"),
    Fact("biaya_perawatan_rumah_sah", int, "Biaya perawatan di rumah dalam masanya", unit="Rp"),
    Fact("biaya_gigi_tiruan", int, "Biaya gigi tiruan", unit="Rp"),
    Fact("biaya_alat_bantu_dengar", int, "Biaya alat bantu dengar", unit="Rp"),
    Fact("biaya_kacamata", int, "Biaya kacamata", unit="Rp"),
    Fact("biaya_protese", int, "Biaya alat ganti atau alat bantu (protese, ortese)", unit="Rp"),
    Fact("harga_protese_rujukan", int, "Harga protese di rumah sakit rehabilitasi pemerintah", unit="Rp"),
    Fact("rekomendasi_kembali_kerja", bool, "Dokter penasihat menyarankan program kembali kerja"),
    # a suspected accident, a sudden death, an occupational disease
    Fact("dugaan_kecelakaan", bool, "Dilaporkan sebagai dugaan kecelakaan kerja atau penyakit akibat kerja"),
    Fact("kesimpulan_kecelakaan", str, "Kesimpulan atas dugaan", choices=CONCLUSIONS),
    Fact("tanggal_laporan_1", date, "Tanggal laporan tahap I"),
    Fact("tanggal_kesimpulan", date, "Tanggal kesimpulan atas dugaan"),
    Fact("serangan_di_tempat_kerja", bool, "Serangan yang menyebabkan kematian terjadi di tempat kerja"),
    Fact("jam_sampai_meninggal", int, "Jam dari serangan sampai meninggal", unit="jam", maximum=100_000),
    Fact("penyakit_akibat_kerja", bool, "Dokter menyatakan penyakit akibat kerja"),
    Fact("tanggal_diagnosis", date, "Tanggal penyakit akibat kerja didiagnosis"),
    Fact("tanggal_berhenti_kerja", date, "Tanggal berhenti bekerja (kosong bila masih bekerja)", optional=True),
    # scholarships: one child, then all children
    Fact("lahir_anak", date, "Tanggal lahir anak"),
    Fact("hari_beasiswa", date, "Hari beasiswa diminta"),
    Fact("anak_menikah", bool, "Anak sudah menikah"),
    Fact("anak_bekerja", bool, "Anak sudah bekerja"),
    Fact("jenjang_sekolah", str, "Jenjang sekolah", choices=LEVELS, choices_from="beasiswa_per_tahun"),
    Fact("tahun_beasiswa_dipakai", int, "Tahun beasiswa yang sudah dipakai di jenjang ini", unit="tahun", maximum=50),
    Fact("urutan_anak", int, "Urutan anak yang ditunjuk keluarga (1 = pertama)", unit="orang", minimum=1, maximum=50),
    Fact("anak_layak_beasiswa", int, "Banyaknya anak yang layak menerima beasiswa", unit="orang", maximum=50),
    Fact("beasiswa_anak_tertinggi", int, "Beasiswa anak yang tertinggi", unit="Rp"),
    Fact("beasiswa_anak_jumlah", int, "Jumlah beasiswa semua anak", unit="Rp"),
    Fact("bulan_iuran_dibayar", int, "Banyaknya bulan iuran yang sudah dibayar", unit="bulan", maximum=1200),
    # paying: ahead of time, late, and to whom
    Fact("bulan_dimuka", int, "Banyaknya bulan yang dibayar sekaligus", unit="bulan", maximum=1200),
    Fact("jumlah_pekerjaan", int, "Banyaknya jenis pekerjaan yang dicatat", unit="kali", maximum=100),
    Fact("pekerjaan_saat_kejadian_dicatat", bool, "Pekerjaan saat kejadian termasuk pekerjaan yang dicatat"),
    Fact("jumlah_manfaat", int, "Jumlah manfaat yang harus dibayar", unit="Rp"),
    Fact("tanggal_batas_bayar", date, "Hari terakhir untuk membayar"),
    Fact("tanggal_dibayar", date, "Hari manfaat dibayar"),
    Fact("kekerabatan", str, "Hubungan keluarga dengan almarhum", choices=KINSHIPS),
    Fact("kerabat_hidup", bool, "Anggota keluarga itu masih hidup"),
    Fact("tingkat_tertinggi", int, "Tingkat ahli waris tertinggi dalam keluarga", unit="tingkat", maximum=5),
    Fact("manfaat_kematian", int, "Jumlah manfaat kematian", unit="Rp"),
    Fact("manfaat_pemakaman", int, "Biaya pemakaman di dalamnya", unit="Rp"),
)

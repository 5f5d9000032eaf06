"""What the statute may ask about a person or a case: the closed list of facts, with kind, unit and range.

Targets that other rooms ask for (all on one legal day: the contribution month's first day for contributions, the day
of the accident or the death for benefits):

- `iuran_per_bulan`, `iuran_kelompok` - what one member pays a month, what a group pays for some months
- `jkm_total` = `jkm_santunan_kematian` + `jkm_santunan_berkala` + `jkm_biaya_pemakaman`
- `jkk_kecelakaan_total` = `biaya_perawatan` + `biaya_pengangkutan` + `stmb` + `cacat_sebagian`
- `jkk_meninggal_total` = `jkk_santunan_kematian` + `jkk_santunan_berkala` + `jkk_biaya_pemakaman`
- `status_kepesertaan` - belum, masa_tunggu, penuh, menunggak_1, menunggak_2, menunggak_3, gugur

Facts are easiest built by the dataclasses of `lopo.law.cases`.
"""

from datetime import date

from lopo.law.book import Fact, declare

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

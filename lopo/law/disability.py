"""Lasting disability beyond the table of body parts: lost function and total permanent disability, and the sums."""

from lopo.law.book import Reason, rule
from lopo.law.parameters import Entries
from lopo.law.vocabulary import entry, portion

_TABLE = "PP 44/2015 Lampiran III"


@rule(label="Efisiensi penglihatan kedua mata", source=_TABLE, unit="persen", status="assumed")
def efisiensi_penglihatan(efisiensi_mata_kanan: int, efisiensi_mata_kiri: int, pembagi_efisiensi_mata: int) -> int:
    """Three times the better eye and once the worse one; that the sum is divided by 4 was not in the text read."""
    return portion(
        3 * max(efisiensi_mata_kanan, efisiensi_mata_kiri) + min(efisiensi_mata_kanan, efisiensi_mata_kiri),
        1,
        pembagi_efisiensi_mata,
        "half_up",
    )


@rule(label="Kehilangan efisiensi penglihatan tiap 10 persen", source=_TABLE, unit="kali", status="assumed")
def kehilangan_efisiensi_kali(efisiensi_penglihatan: int) -> int:
    """How many full ten percents of visual efficiency are lost: the count that goes with the table of body parts."""
    return (100 - efisiensi_penglihatan) // 10


@rule(label="Kehilangan fungsi satu cedera", source=_TABLE, unit="per 100.000")
def fungsi_cedera(bagian_tubuh: str, jumlah_cedera: int, persen_fungsi_hilang: int, cacat_anatomis: Entries) -> int:
    """The lost percent of the function times the table's percentage of the body part, in hundred-thousandths."""
    return entry(cacat_anatomis, bagian_tubuh) * jumlah_cedera * persen_fungsi_hilang


@rule(label="Kehilangan fungsi yang dihitung", source=_TABLE, unit="per 100.000", status="assumed")
def fungsi_dihitung(persen_fungsi_jumlah: int, cacat_permil: int, batas_cacat_permil: int) -> int:
    """Lost parts and lost function together stop at total disability; lost parts count first (our reading)."""
    return min(persen_fungsi_jumlah, (batas_cacat_permil - cacat_permil) * 100)


@rule(label="Santunan cacat sebagian fungsi", source=_TABLE, unit="Rp")
def cacat_fungsi(jkk_hak_tunai: bool, dasar_manfaat_jkk: int, bulan_upah_cacat: int, fungsi_dihitung: int) -> int:
    """The percentage of lost function times 80 months of the base."""
    return portion(dasar_manfaat_jkk * bulan_upah_cacat, fungsi_dihitung, 100_000, "half_up") if jkk_hak_tunai else 0


@rule(
    label="Dokter menyatakan cacat total tetap",
    source=_TABLE,
    reason=Reason(
        "Dokter tidak menyatakan cacat total tetap, jadi manfaat cacat total tidak dibayar.",
        "The doctor has not declared total permanent disability, so its benefit is not paid.",
        after=("kepesertaan_berlaku", "jkk_tidak_gugur", "jkk_akibat_kerja", "jkk_belum_kedaluwarsa"),
    ),
)
def cacat_total_dinyatakan(cacat_total_tetap: bool) -> bool:
    """Total permanent disability is what the treating or adviser doctor declares."""
    return cacat_total_tetap


@rule(label="Hak atas manfaat cacat total tetap", source="PP 44/2015 Pasal 25; PP 44/2015 Pasal 39")
def jkk_hak_cacat_total(jkk_hak_tunai: bool, cacat_total_dinyatakan: bool) -> bool:
    """Cash can be paid and the doctor has declared total permanent disability."""
    return jkk_hak_tunai and cacat_total_dinyatakan


@rule(label="Santunan cacat total tetap menurut rumus", source=_TABLE, unit="Rp")
def cacat_total_penuh(dasar_manfaat_jkk: int, bulan_upah_cacat: int, cacat_total_persen: int) -> int:
    """70 percent of 80 months of the base."""
    return portion(dasar_manfaat_jkk * bulan_upah_cacat, cacat_total_persen, 100, "half_up")


@rule(label="Santunan cacat total tetap", source=_TABLE, unit="Rp")
def cacat_total_santunan(jkk_hak_cacat_total: bool, cacat_total_penuh: int) -> int:
    """The lump sum of total permanent disability."""
    return cacat_total_penuh if jkk_hak_cacat_total else 0


@rule(label="Santunan berkala cacat total tetap, dibayar sekaligus", source=_TABLE, unit="Rp")
def cacat_total_berkala(jkk_hak_cacat_total: bool, berkala_bulan: int, berkala_per_bulan: int) -> int:
    """The periodic benefit, paid at once for total permanent disability as for a death."""
    return berkala_bulan * berkala_per_bulan if jkk_hak_cacat_total else 0


@rule(label="Jumlah manfaat cacat total tetap", source=_TABLE, unit="Rp")
def cacat_total_jumlah(cacat_total_santunan: int, cacat_total_berkala: int) -> int:
    """The lump sum and the periodic benefit of total permanent disability."""
    return cacat_total_santunan + cacat_total_berkala


@rule(label="Jumlah manfaat JKK dengan cacat sebagian atau tanpa cacat", source="PP 44/2015 Pasal 25", unit="Rp")
def jkk_kecelakaan_lengkap(jkk_kecelakaan_total: int, cacat_fungsi: int, pemulihan_jumlah: int) -> int:
    """Everything of an accident that the worker survived without total disability, scholarships apart."""
    return jkk_kecelakaan_total + cacat_fungsi + pemulihan_jumlah


@rule(label="Jumlah manfaat JKK dengan cacat total tetap", source="PP 44/2015 Pasal 25", unit="Rp", status="assumed")
def jkk_cacat_total_lengkap(
    biaya_perawatan: int, biaya_pengangkutan: int, stmb: int, cacat_total_jumlah: int, pemulihan_jumlah: int
) -> int:
    """Everything of an accident that ended in total disability; it takes the place of partial disability."""
    return biaya_perawatan + biaya_pengangkutan + stmb + cacat_total_jumlah + pemulihan_jumlah


@rule(label="Jumlah manfaat JKK karena meninggal setelah dirawat", source="PP 44/2015 Pasal 25", unit="Rp")
def jkk_meninggal_lengkap(
    jkk_meninggal_total: int, biaya_perawatan: int, biaya_pengangkutan: int, stmb: int, pemulihan_jumlah: int
) -> int:
    """A death by work with care (at home too), transport, aids and incapacity before it, scholarships apart."""
    return jkk_meninggal_total + biaya_perawatan + biaya_pengangkutan + stmb + pemulihan_jumlah

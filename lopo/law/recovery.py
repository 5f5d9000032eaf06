"""The way back after an accident: care at home, teeth, hearing aid, glasses, prosthesis, and return to work."""

from datetime import date

from lopo.law.book import Reason, rule
from lopo.law.vocabulary import months_after, portion

_OLD, _NEW = "PP 44/2015 Lampiran III", "PP 82/2019 Lampiran III"
_OLD_ENDS = date(2019, 12, 1)


@rule(
    label="Perawatan di rumah masih dalam masanya",
    source=_NEW,
    reason=Reason(
        "Biaya ini di luar masa perawatan di rumah, yaitu paling lama satu tahun sejak perawatan di rumah dimulai.",
        "This cost lies outside of the time for care at home, at most one year from its first day.",
    ),
)
def perawatan_rumah_dalam_masa(
    perawatan_rumah_mulai: date, tanggal_perawatan_rumah: date, perawatan_rumah_bulan: int
) -> bool:
    """Care at home is paid for at most a year from its first day."""
    return perawatan_rumah_mulai <= tanggal_perawatan_rumah < months_after(perawatan_rumah_mulai, perawatan_rumah_bulan)


@rule(label="Biaya satu faktur perawatan di rumah", source=_NEW, unit="Rp")
def perawatan_rumah_faktur(faktur_sah: bool, perawatan_rumah_dalam_masa: bool, biaya_faktur: int) -> int:
    """An invoice for care at home that belongs to the accident and lies within the year."""
    return biaya_faktur if faktur_sah and perawatan_rumah_dalam_masa else 0


@rule(label="Biaya perawatan di rumah (home care)", source=_NEW, unit="Rp")
def perawatan_rumah(jkk_berhak: bool, biaya_perawatan_rumah_sah: int, batas_perawatan_rumah: int) -> int:
    """Care at home up to its cap; as care it is given at once, also with arrears."""
    return min(biaya_perawatan_rumah_sah, batas_perawatan_rumah) if jkk_berhak else 0


@rule(label="Penggantian gigi tiruan", source=_OLD, unit="Rp")
def gigi_tiruan(jkk_hak_tunai: bool, biaya_gigi_tiruan: int, batas_gigi_tiruan: int) -> int:
    """Dentures up to their cap."""
    return min(biaya_gigi_tiruan, batas_gigi_tiruan) if jkk_hak_tunai else 0


@rule(label="Penggantian alat bantu dengar", source=_NEW, unit="Rp", status="reported")
def alat_bantu_dengar(jkk_hak_tunai: bool, biaya_alat_bantu_dengar: int, batas_alat_bantu_dengar: int) -> int:
    """A hearing aid up to its cap, since 2019."""
    return min(biaya_alat_bantu_dengar, batas_alat_bantu_dengar) if jkk_hak_tunai else 0


@rule(label="Penggantian kacamata", source=_NEW, unit="Rp", status="assumed")
def kacamata(jkk_hak_tunai: bool, biaya_kacamata: int, batas_kacamata: int) -> int:
    """Glasses up to their cap, since 2019."""
    return min(biaya_kacamata, batas_kacamata) if jkk_hak_tunai else 0


@rule(label="Batas alat ganti atau alat bantu (protese, ortese)", source=_OLD, unit="Rp")
def batas_protese(harga_protese_rujukan: int, protese_persen: int) -> int:
    """The price of the state rehabilitation hospital and 40 percent on top."""
    return portion(harga_protese_rujukan, protese_persen, 100, "half_up")


@rule(label="Penggantian alat ganti atau alat bantu (protese, ortese)", source=_OLD, unit="Rp")
def protese(jkk_hak_tunai: bool, biaya_protese: int, batas_protese: int) -> int:
    """A prosthesis or orthosis up to the hospital's price and 40 percent."""
    return min(biaya_protese, batas_protese) if jkk_hak_tunai else 0


@rule(name="pemulihan_jumlah", label="Jumlah biaya pemulihan", source=_OLD, unit="Rp", status="assumed", ends=_OLD_ENDS)
def pemulihan_jumlah_2015(gigi_tiruan: int, protese: int) -> int:
    """Dentures and prosthesis; that they are cash and wait for arrears is our reading."""
    return gigi_tiruan + protese


@rule(name="pemulihan_jumlah", label="Jumlah biaya pemulihan", source=_NEW, unit="Rp", status="assumed")
def pemulihan_jumlah_2019(
    perawatan_rumah: int, gigi_tiruan: int, protese: int, alat_bantu_dengar: int, kacamata: int
) -> int:
    """Care at home, dentures, prosthesis, hearing aid and glasses; that aids are cash is our reading."""
    return perawatan_rumah + gigi_tiruan + protese + alat_bantu_dengar + kacamata


@rule(
    label="Dokter penasihat menyarankan program kembali kerja",
    source="PP 44/2015 Pasal 49",
    reason=Reason(
        "Program kembali kerja memerlukan rekomendasi dokter penasihat.",
        "Return to work needs the recommendation of the adviser doctor.",
        after=("kepesertaan_berlaku", "jkk_tidak_gugur", "jkk_akibat_kerja", "jkk_belum_kedaluwarsa"),
    ),
)
def kembali_kerja_disarankan(rekomendasi_kembali_kerja: bool) -> bool:
    """The adviser doctor recommends it."""
    return rekomendasi_kembali_kerja


@rule(label="Hak atas pendampingan kembali kerja", source="PP 44/2015 Pasal 49")
def kembali_kerja_berhak(jkk_berhak: bool, kembali_kerja_disarankan: bool) -> bool:
    """Who has a right to JKK is helped back to work when the adviser doctor recommends it."""
    return jkk_berhak and kembali_kerja_disarankan

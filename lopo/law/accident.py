"""Work accident (JKK): who has a right, care, transport, temporary incapacity and partial disability."""

from datetime import date

from lopo.law.book import Reason, rule
from lopo.law.vocabulary import months_after


@rule(
    label="Akibat kecelakaan kerja atau penyakit akibat kerja",
    source="PP 44/2015 Pasal 1 angka 6",
    reason=Reason(
        "Kejadian ini bukan kecelakaan kerja atau penyakit akibat kerja, jadi tidak dibayar dari JKK.",
        "The event is no work accident or occupational disease, so JKK does not pay.",
    ),
)
def jkk_akibat_kerja(kecelakaan_kerja: bool) -> bool:
    """An accident in the work relation, on the way to work and back, or a disease caused by work."""
    return kecelakaan_kerja


@rule(
    label="Klaim JKK belum kedaluwarsa",
    source="PP 44/2015 Pasal 26",
    reason=Reason(
        "Klaim diajukan setelah masa menuntut manfaat JKK berakhir.",
        "The claim was filed after the time for claiming JKK had run out.",
    ),
)
def jkk_belum_kedaluwarsa(tanggal_kejadian: date, tanggal_klaim: date, masa_klaim_jkk_tahun: int) -> bool:
    """The claim is filed at the latest on the day two (from December 2019: five) years after the accident."""
    return tanggal_klaim <= months_after(tanggal_kejadian, masa_klaim_jkk_tahun * 12)


@rule(label="Hak atas JKK ada", source="PP 44/2015 Pasal 25; PP 44/2015 Pasal 39")
def jkk_berhak(
    kepesertaan_berlaku: bool, jkk_akibat_kerja: bool, jkk_tidak_gugur: bool, jkk_belum_kedaluwarsa: bool
) -> bool:
    """The member or the heirs have a right to JKK, at least to medical care."""
    return kepesertaan_berlaku and jkk_akibat_kerja and jkk_tidak_gugur and jkk_belum_kedaluwarsa


@rule(label="Uang tunai JKK karena meninggal dapat dibayar", source="PP 44/2015 Pasal 39")
def jkk_hak_kematian(jkk_berhak: bool, jkk_tunggakan_dibayar: bool) -> bool:
    """The cash of a death by work waits for the arrears."""
    return jkk_berhak and jkk_tunggakan_dibayar

"""Work accident (JKK): who has a right and when cash can be paid; care, transport, and the sum of an accident."""

from datetime import date

from lopo.law.book import Reason, rule
from lopo.law.vocabulary import months_after

_MEMBER = ("kepesertaan_berlaku", "jkk_tidak_gugur")


@rule(
    label="Akibat kecelakaan kerja atau penyakit akibat kerja",
    source="PP 44/2015 Pasal 1 angka 6",
    reason=Reason(
        "Kejadian ini bukan kecelakaan kerja atau penyakit akibat kerja, jadi tidak dibayar dari JKK.",
        "The event is no work accident or occupational disease, so JKK does not pay.",
        after=_MEMBER,
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
        after=_MEMBER,
    ),
)
def jkk_belum_kedaluwarsa(tanggal_kejadian: date, tanggal_klaim: date, masa_klaim_jkk_tahun: int) -> bool:
    """The claim is filed at the latest on the day two (from December 2019: five) years after the accident."""
    return tanggal_klaim <= months_after(tanggal_kejadian, masa_klaim_jkk_tahun * 12)


@rule(
    label="Pekerjaan saat kejadian termasuk pekerjaan yang dicatat",
    source="PP 44/2015 Pasal 11 ayat (2)",
    status="assumed",
    reason=Reason(
        "Pekerjaan saat kejadian tidak termasuk pekerjaan yang dicatat; tanyakan dahulu kepada BPJS Ketenagakerjaan.",
        "The work at the time of the event is not among the kinds of work written in; ask BPJS Ketenagakerjaan first.",
        after=_MEMBER,
    ),
)
def pekerjaan_kejadian_dicatat(pekerjaan_saat_kejadian_dicatat: bool) -> bool:
    """A question to ask, never a loss by itself: that JKK covers only the work written in was not read."""
    return pekerjaan_saat_kejadian_dicatat


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


@rule(
    label="Dokter sudah menyatakan sembuh, cacat atau meninggal, atau tidak ada tunggakan",
    source="PP 44/2015 Pasal 39",
    reason=Reason(
        "Iuran menunggak pada hari kejadian dan dokter belum menyatakan sembuh: perawatan dijamin sekarang, uang "
        "tunai dibayar setelah dokter menyatakan sembuh.",
        "Contributions were in arrears on the day of the event and the doctor has not yet declared recovery: care is "
        "given now, cash is paid after recovery.",
        after=(*_MEMBER, "jkk_akibat_kerja", "jkk_belum_kedaluwarsa"),
    ),
)
def jkk_sembuh_atau_lancar(bulan_menunggak: int, dinyatakan_selesai: bool) -> bool:
    """With one to three unpaid months cash waits until the doctor has closed the case."""
    return bulan_menunggak == 0 or dinyatakan_selesai


@rule(label="Uang tunai JKK dapat dibayar", source="PP 44/2015 Pasal 39")
def jkk_hak_tunai(jkk_berhak: bool, jkk_tunggakan_dibayar: bool, jkk_sembuh_atau_lancar: bool) -> bool:
    """Cash benefits of an accident: a right, no open arrears, and with arrears the case is closed by the doctor."""
    return jkk_berhak and jkk_tunggakan_dibayar and jkk_sembuh_atau_lancar


@rule(label="Biaya perawatan dan pengobatan", source="PP 44/2015 Pasal 25; PP 44/2015 Lampiran III", unit="Rp")
def biaya_perawatan(jkk_berhak: bool, biaya_perawatan_sah: int) -> int:
    """The invoices that belong to the accident, without a ceiling; care is guaranteed with 1 to 3 months of arrears."""
    return biaya_perawatan_sah if jkk_berhak else 0


@rule(label="Angkutan darat, sungai atau danau yang diganti", source="PP 44/2015 Lampiran III", unit="Rp")
def pengangkutan_darat(biaya_darat: int, batas_angkutan_darat: int) -> int:
    """Transport by land, river or lake up to its cap."""
    return min(biaya_darat, batas_angkutan_darat)


@rule(label="Angkutan laut yang diganti", source="PP 44/2015 Lampiran III", unit="Rp")
def pengangkutan_laut(biaya_laut: int, batas_angkutan_laut: int) -> int:
    """Transport by sea up to its cap."""
    return min(biaya_laut, batas_angkutan_laut)


@rule(label="Angkutan udara yang diganti", source="PP 44/2015 Lampiran III", unit="Rp")
def pengangkutan_udara(biaya_udara: int, batas_angkutan_udara: int) -> int:
    """Transport by air up to its cap."""
    return min(biaya_udara, batas_angkutan_udara)


@rule(label="Biaya pengangkutan", source="PP 44/2015 Lampiran III", unit="Rp", status="assumed")
def biaya_pengangkutan(
    jkk_hak_tunai: bool, pengangkutan_darat: int, pengangkutan_laut: int, pengangkutan_udara: int
) -> int:
    """Several modes add up to the sum of their caps; that each mode keeps to its own cap is our reading."""
    return pengangkutan_darat + pengangkutan_laut + pengangkutan_udara if jkk_hak_tunai else 0


@rule(label="Jumlah manfaat JKK karena kecelakaan", source="PP 44/2015 Pasal 25", unit="Rp")
def jkk_kecelakaan_total(biaya_perawatan: int, biaya_pengangkutan: int, stmb: int, cacat_sebagian: int) -> int:
    """Care, transport, temporary incapacity and partial disability of one accident."""
    return biaya_perawatan + biaya_pengangkutan + stmb + cacat_sebagian


@rule(label="Biaya darat satu perjalanan", source="PP 44/2015 Lampiran III", unit="Rp")
def perjalanan_darat(moda_angkutan: str, biaya_perjalanan: int) -> int:
    """What one trip by land, river or lake cost."""
    return biaya_perjalanan if moda_angkutan == "darat" else 0


@rule(label="Biaya laut satu perjalanan", source="PP 44/2015 Lampiran III", unit="Rp")
def perjalanan_laut(moda_angkutan: str, biaya_perjalanan: int) -> int:
    """What one trip by sea cost."""
    return biaya_perjalanan if moda_angkutan == "laut" else 0


@rule(label="Biaya udara satu perjalanan", source="PP 44/2015 Lampiran III", unit="Rp")
def perjalanan_udara(moda_angkutan: str, biaya_perjalanan: int) -> int:
    """What one trip by air cost."""
    return biaya_perjalanan if moda_angkutan == "udara" else 0


@rule(
    label="Faktur termasuk perawatan kecelakaan ini",
    source="PP 44/2015 Pasal 25",
    reason=Reason(
        "Faktur ini tidak termasuk perawatan kecelakaan ini.",
        "This invoice is not part of the care of the accident.",
    ),
)
def faktur_sah(faktur_terkait: bool) -> bool:
    """A cost line is judged for whether it belongs, never cut for how much it is."""
    return faktur_terkait


@rule(label="Biaya satu faktur yang diganti", source="PP 44/2015 Lampiran III", unit="Rp")
def perawatan_faktur(faktur_sah: bool, biaya_faktur: int) -> int:
    """The whole invoice when it belongs to the accident."""
    return biaya_faktur if faktur_sah else 0

"""What counts as caused by work when it is not plain: a suspected accident, a sudden death, an occupational disease."""

from datetime import date

from lopo.law.book import Reason, rule
from lopo.law.vocabulary import days_between, known, months_after

_SUSPECTED = "PP 49/2023 Pasal 25A; PP 49/2023 Pasal 25B"
_SUDDEN = "Permenaker 5/2021"
_DISEASE = "PP 44/2015 Pasal 48 ayat (2)"
_MEMBER = ("kepesertaan_berlaku", "jkk_tidak_gugur")


@rule(
    label="Kejadian dilaporkan sebagai dugaan kecelakaan kerja",
    source=_SUSPECTED,
    status="reported",
    reason=Reason(
        "Kejadian ini tidak dilaporkan sebagai dugaan kecelakaan kerja atau penyakit akibat kerja.",
        "The event was not reported as a suspected work accident or occupational disease.",
        after=_MEMBER,
    ),
)
def dugaan_dilaporkan(dugaan_kecelakaan: bool) -> bool:
    """A suspicion was reported."""
    return dugaan_kecelakaan


@rule(
    label="Belum disimpulkan sebagai bukan kecelakaan kerja",
    source=_SUSPECTED,
    status="reported",
    reason=Reason(
        "Sudah disimpulkan bahwa kejadian ini bukan kecelakaan kerja.",
        "It has been concluded that the event was no work accident.",
        after=_MEMBER,
    ),
)
def dugaan_belum_ditolak(kesimpulan_kecelakaan: str) -> bool:
    """The suspicion has not been concluded with a no."""
    return kesimpulan_kecelakaan != "bukan_kecelakaan_kerja"


@rule(label="Perawatan dijamin selama dugaan kecelakaan kerja", source=_SUSPECTED, status="reported")
def dugaan_perawatan_dijamin(
    kepesertaan_berlaku: bool, jkk_tidak_gugur: bool, dugaan_dilaporkan: bool, dugaan_belum_ditolak: bool
) -> bool:
    """Care is given first and the conclusion comes later."""
    return kepesertaan_berlaku and jkk_tidak_gugur and dugaan_dilaporkan and dugaan_belum_ditolak


@rule(
    label="Dugaan disimpulkan pada waktunya",
    source=_SUSPECTED,
    status="reported",
    reason=Reason(
        "Kesimpulan atas dugaan kecelakaan kerja melewati {dugaan_batas_hari} hari sejak laporan tahap I.",
        "The conclusion on the suspected accident came later than {dugaan_batas_hari} days after the first report.",
    ),
)
def dugaan_tepat_waktu(tanggal_laporan_1: date, tanggal_kesimpulan: date, dugaan_batas_hari: int) -> bool:
    """The conclusion comes within 30 days of the first report."""
    return days_between(tanggal_laporan_1, tanggal_kesimpulan) <= dugaan_batas_hari


@rule(
    label="Serangan terjadi di tempat kerja",
    source=_SUDDEN,
    status="reported",
    reason=Reason(
        "Serangan yang menyebabkan kematian tidak terjadi di tempat kerja.",
        "The attack that led to the death did not happen at the place of work.",
    ),
)
def mendadak_di_tempat_kerja(serangan_di_tempat_kerja: bool) -> bool:
    """The person fell down at work."""
    return serangan_di_tempat_kerja


@rule(
    label="Kematian menyusul dalam batas jam",
    source=_SUDDEN,
    status="assumed",
    reason=Reason(
        "Kematian terjadi lebih dari {mendadak_batas_jam} jam setelah serangan di tempat kerja.",
        "The death came more than {mendadak_batas_jam} hours after the attack at work.",
        after=("mendadak_di_tempat_kerja",),
    ),
)
def mendadak_dalam_jam(jam_sampai_meninggal: int, mendadak_batas_jam: int) -> bool:
    """The death follows within 24 hours; the exact test was not read."""
    return jam_sampai_meninggal <= mendadak_batas_jam


@rule(label="Meninggal mendadak dianggap kecelakaan kerja", source=_SUDDEN, status="assumed")
def meninggal_mendadak_diakui(mendadak_di_tempat_kerja: bool, mendadak_dalam_jam: bool) -> bool:
    """A sudden death at work counts as a work accident; the answer is the fact `kecelakaan_kerja` of the case."""
    return mendadak_di_tempat_kerja and mendadak_dalam_jam


@rule(
    label="Penyakit disebabkan pekerjaan",
    source="PP 44/2015 Pasal 1 angka 6",
    reason=Reason(
        "Penyakit ini bukan penyakit akibat kerja menurut dokter.",
        "By the doctor's judgement the disease was not caused by work.",
    ),
)
def pak_akibat_kerja(penyakit_akibat_kerja: bool) -> bool:
    """A doctor has diagnosed a disease caused by work or its surroundings."""
    return penyakit_akibat_kerja


@rule(
    label="Penyakit didiagnosis dalam jangkauan sesudah berhenti bekerja",
    source=_DISEASE,
    reason=Reason(
        "Penyakit didiagnosis lebih dari {pak_jangkauan_tahun} tahun setelah pekerjaan berakhir.",
        "The disease was diagnosed more than {pak_jangkauan_tahun} years after the work had ended.",
    ),
)
def pak_dalam_jangkauan(tanggal_diagnosis: date, tanggal_berhenti_kerja: date | None, pak_jangkauan_tahun: int) -> bool:
    """The right lasts until three years after the work ended; without an end the person still works."""
    if known(tanggal_berhenti_kerja):
        return tanggal_diagnosis <= months_after(tanggal_berhenti_kerja, pak_jangkauan_tahun * 12)
    return True


@rule(
    label="Klaim penyakit akibat kerja belum kedaluwarsa",
    source="PP 44/2015 Pasal 26",
    status="assumed",
    reason=Reason(
        "Klaim diajukan setelah masa menuntut manfaat berakhir, dihitung dari hari diagnosis.",
        "The claim was filed after the time for claiming had run out, counted from the diagnosis.",
    ),
)
def pak_belum_kedaluwarsa(tanggal_diagnosis: date, tanggal_klaim: date, masa_klaim_jkk_tahun: int) -> bool:
    """The time for claiming runs from the diagnosis (said by the law of 2019, assumed for the one of 2015)."""
    return tanggal_klaim <= months_after(tanggal_diagnosis, masa_klaim_jkk_tahun * 12)


@rule(label="Penyakit akibat kerja diakui", source=_DISEASE)
def pak_diakui(pak_akibat_kerja: bool, pak_dalam_jangkauan: bool, pak_belum_kedaluwarsa: bool) -> bool:
    """The disease gives the benefits of JKK; the day of the diagnosis is the day of the event."""
    return pak_akibat_kerja and pak_dalam_jangkauan and pak_belum_kedaluwarsa


@rule(label="Hari kepesertaan dinilai untuk penyakit akibat kerja", source=_DISEASE, status="assumed")
def pak_hari_kepesertaan(tanggal_diagnosis: date, tanggal_berhenti_kerja: date | None) -> date:
    """The end of the work, when the disease came later: contributions end with the work, the reach of 3 years not."""
    return min(tanggal_diagnosis, tanggal_berhenti_kerja) if known(tanggal_berhenti_kerja) else tanggal_diagnosis

"""What BPJS owes when it pays late: one percent of the benefit for each day."""

from datetime import date

from lopo.law.book import rule
from lopo.law.vocabulary import days_between, portion

_LATE = "PP 44/2015 Pasal 37 ayat (3); PP 44/2015 Pasal 40 ayat (4)"


@rule(label="Hari terlambat dibayar", source=_LATE, unit="hari", status="assumed")
def hari_terlambat(tanggal_batas_bayar: date, tanggal_dibayar: date) -> int:
    """Calendar days after the last day for payment (that they are not working days is our reading)."""
    return max(days_between(tanggal_batas_bayar, tanggal_dibayar), 0)


@rule(label="Ganti rugi keterlambatan sehari", source=_LATE, unit="Rp")
def ganti_rugi_sehari(jumlah_manfaat: int, ganti_rugi_persen: int) -> int:
    """One percent of the benefit."""
    return portion(jumlah_manfaat, ganti_rugi_persen, 100, "half_up")


@rule(label="Ganti rugi keterlambatan pembayaran", source=_LATE, unit="Rp", status="assumed")
def ganti_rugi_terlambat(ganti_rugi_sehari: int, hari_terlambat: int) -> int:
    """Each day the same amount, without interest on it and without a ceiling (our reading)."""
    return ganti_rugi_sehari * hari_terlambat

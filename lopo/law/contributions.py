"""Contributions of BPU workers: the base by bracket, JKK, JKM, their sum, and the relief of PP 50/2025."""

from datetime import date

from lopo.law.book import Reason, rule
from lopo.law.parameters import Tiers
from lopo.law.vocabulary import portion, tier

PANDEMIC_STARTS, PANDEMIC_ENDS = date(2020, 8, 1), date(2021, 1, 31)
FULL_AGAIN = date(2021, 2, 1)
RELIEF_STARTS = date(2026, 1, 1)


@rule(label="Dasar penetapan manfaat JKK", source="PP 44/2015 Pasal 20; PP 44/2015 Lampiran II", unit="Rp")
def dasar_manfaat_jkk(penghasilan: int, lapisan_dasar_jkk: Tiers) -> int:
    """The base of the bracket: the highest row whose lower bound is not above the income (settles the gaps)."""
    return tier(lapisan_dasar_jkk, penghasilan)


@rule(label="Iuran JKK penuh sebulan", source="PP 44/2015 Pasal 20 ayat (1); PP 44/2015 Lampiran II", unit="Rp")
def iuran_jkk_penuh(dasar_manfaat_jkk: int, tarif_jkk_persen: int) -> int:
    """One percent of the base, before any relief."""
    return portion(dasar_manfaat_jkk, tarif_jkk_persen, 100, "half_up")


@rule(
    name="iuran_jkk",
    label="Iuran JKK sebulan",
    source="PP 44/2015 Pasal 20 ayat (1)",
    unit="Rp",
    ends=date(2020, 7, 31),
)
def iuran_jkk_2015(iuran_jkk_penuh: int) -> int:
    """The full JKK contribution: there is no relief yet."""
    return iuran_jkk_penuh


@rule(
    name="iuran_jkk",
    label="Iuran JKK sebulan",
    source="PP 49/2020; PP 44/2015 Pasal 20 ayat (1)",
    unit="Rp",
    status="assumed",
    starts=PANDEMIC_STARTS,
    ends=PANDEMIC_ENDS,
)
def iuran_jkk_2020(iuran_jkk_penuh: int, keringanan_2020_persen: int) -> int:
    """One percent of the JKK contribution in the half year of the pandemic relief."""
    return portion(iuran_jkk_penuh, keringanan_2020_persen, 100, "half_up")


@rule(
    name="iuran_jkk",
    label="Iuran JKK sebulan",
    source="PP 44/2015 Pasal 20 ayat (1)",
    unit="Rp",
    starts=FULL_AGAIN,
    ends=date(2025, 12, 31),
)
def iuran_jkk_2021(iuran_jkk_penuh: int) -> int:
    """The full JKK contribution again: the relief of the pandemic is over."""
    return iuran_jkk_penuh


@rule(
    name="iuran_jkm",
    label="Iuran JKM sebulan",
    source="PP 44/2015 Pasal 20 ayat (3)",
    unit="Rp",
    ends=date(2020, 7, 31),
)
def iuran_jkm_2015(iuran_jkm_penuh: int) -> int:
    """The full JKM contribution: there is no relief yet."""
    return iuran_jkm_penuh


@rule(
    name="iuran_jkm",
    label="Iuran JKM sebulan",
    source="PP 49/2020; PP 44/2015 Pasal 20 ayat (3)",
    unit="Rp",
    status="assumed",
    starts=PANDEMIC_STARTS,
    ends=PANDEMIC_ENDS,
)
def iuran_jkm_2020(iuran_jkm_penuh: int, keringanan_2020_persen: int) -> int:
    """One percent of the JKM contribution in the half year of the pandemic relief."""
    return portion(iuran_jkm_penuh, keringanan_2020_persen, 100, "half_up")


@rule(
    name="iuran_jkm",
    label="Iuran JKM sebulan",
    source="PP 44/2015 Pasal 20 ayat (3)",
    unit="Rp",
    starts=FULL_AGAIN,
    ends=date(2025, 12, 31),
)
def iuran_jkm_2021(iuran_jkm_penuh: int) -> int:
    """The full JKM contribution again: the relief of the pandemic is over."""
    return iuran_jkm_penuh


@rule(label="Iuran tidak dibayar APBN atau APBD", source="PP 50/2025", status="reported", starts=RELIEF_STARTS)
def keringanan_bukan_apbd(dibayar_apbd: bool) -> bool:
    """The relief never goes to members whose contribution the state or region pays."""
    return not dibayar_apbd


@rule(label="Bulan iuran dalam masa keringanan transportasi", source="PP 50/2025", status="reported")
def keringanan_masa_transportasi(
    bulan_iuran: date, keringanan_transportasi_awal: date, keringanan_transportasi_akhir: date
) -> bool:
    """Whether the contribution month lies in the relief of the transport sector; the days are first days of months."""
    return keringanan_transportasi_awal <= bulan_iuran <= keringanan_transportasi_akhir


@rule(label="Bulan iuran dalam masa keringanan sektor lain", source="PP 50/2025", status="reported")
def keringanan_masa_lainnya(bulan_iuran: date, keringanan_lainnya_awal: date, keringanan_lainnya_akhir: date) -> bool:
    """Whether the contribution month lies in the relief of the other sectors; the days are first days of months."""
    return keringanan_lainnya_awal <= bulan_iuran <= keringanan_lainnya_akhir


@rule(label="Bulan iuran dalam masa keringanan sektornya", source="PP 50/2025", status="reported")
def keringanan_dalam_masa(sektor: str, keringanan_masa_transportasi: bool, keringanan_masa_lainnya: bool) -> bool:
    """Whether the contribution month lies in the relief of the member's sector."""
    return keringanan_masa_transportasi if sektor == "transportasi" else keringanan_masa_lainnya


@rule(label="Keringanan iuran berlaku", source="PP 50/2025 Pasal 3; PP 50/2025 Pasal 4", status="reported")
def keringanan_berlaku(keringanan_bukan_apbd: bool, keringanan_dalam_masa: bool) -> bool:
    """Both conditions of the relief are met."""
    return keringanan_bukan_apbd and keringanan_dalam_masa


@rule(
    name="iuran_jkk",
    label="Iuran JKK sebulan",
    source="PP 50/2025 Pasal 4 ayat (1); PP 44/2015 Pasal 20 ayat (1)",
    unit="Rp",
    status="reported",
    starts=RELIEF_STARTS,
)
def iuran_jkk_2026(iuran_jkk_penuh: int, keringanan_berlaku: bool, keringanan_iuran_persen: int) -> int:
    """Half of the JKK contribution while the relief lasts."""
    if keringanan_berlaku:
        return portion(iuran_jkk_penuh, keringanan_iuran_persen, 100, "half_up")
    return iuran_jkk_penuh


@rule(
    name="iuran_jkm",
    label="Iuran JKM sebulan",
    source="PP 50/2025 Pasal 4 ayat (1); PP 44/2015 Pasal 20 ayat (3)",
    unit="Rp",
    status="reported",
    starts=RELIEF_STARTS,
)
def iuran_jkm_2026(iuran_jkm_penuh: int, keringanan_berlaku: bool, keringanan_iuran_persen: int) -> int:
    """Half of the JKM contribution while the relief lasts."""
    if keringanan_berlaku:
        return portion(iuran_jkm_penuh, keringanan_iuran_persen, 100, "half_up")
    return iuran_jkm_penuh


@rule(label="Iuran JKK dan JKM sebulan", source="PP 44/2015 Pasal 20", unit="Rp")
def iuran_per_bulan(iuran_jkk: int, iuran_jkm: int) -> int:
    """What one member pays for one contribution month."""
    return iuran_jkk + iuran_jkm


@rule(label="Iuran kelompok", source="PP 44/2015 Pasal 24", unit="Rp")
def iuran_kelompok(iuran_per_bulan: int, jumlah_peserta: int, jumlah_bulan: int) -> int:
    """What a group of members of one bracket pays for some months at the same rate."""
    return iuran_per_bulan * jumlah_peserta * jumlah_bulan


@rule(
    label="Jangka pembayaran di muka diterima",
    source="Permenaker 5/2021",
    status="reported",
    reason=Reason(
        "Iuran dibayar sebulan, atau di muka untuk 3, 6 atau 12 bulan.",
        "Contributions are paid for one month, or in advance for 3, 6 or 12 months.",
    ),
)
def pembayaran_dimuka_diterima(bulan_dimuka: int, jangka_bayar_dimuka: Tiers) -> bool:
    """Monthly, or 3, 6 or 12 months in advance, as one office of BPJS tells it."""
    return tier(jangka_bayar_dimuka, bulan_dimuka) == 1

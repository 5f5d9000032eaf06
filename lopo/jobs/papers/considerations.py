"""The words of a decree: what it considers, which rules it rests on, and what it decides.

Source: LAW.md 4.1 for the instruments (those confirmed there), 1.3 for the beginning of cover. The region's own rules
come with the programme; the legal section reads the draft before it is signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lopo.basics.calendar import Month
from lopo.basics.money import Rupiah, rupiah_text, terbilang


@dataclass(frozen=True, slots=True)
class Terms:
    """What the words of a decree need to know; monthly is the contribution of one person in rupiah."""

    authority: str
    title: str
    dated: date
    first_month: Month
    last_month: Month
    monthly: Rupiah
    budget: str
    local_basis: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """One rule of the State as a decree quotes it, from its first day on; with a `year` only for that budget year."""

    text: str
    first: date
    year: int | None = None


_RULES = (
    Instrument("Undang-Undang Nomor 40 Tahun 2004 tentang Sistem Jaminan Sosial Nasional", date(2004, 10, 19)),
    Instrument("Undang-Undang Nomor 24 Tahun 2011 tentang Badan Penyelenggara Jaminan Sosial", date(2011, 11, 25)),
    Instrument(
        "Peraturan Pemerintah Nomor 44 Tahun 2015 tentang Penyelenggaraan Program Jaminan Kecelakaan Kerja dan Jaminan"
        " Kematian, sebagaimana telah beberapa kali diubah, terakhir dengan Peraturan Pemerintah Nomor 49 Tahun 2023",
        date(2023, 11, 1),
    ),
    Instrument(
        "Peraturan Menteri Ketenagakerjaan Nomor 5 Tahun 2021 tentang Tata Cara Penyelenggaraan Program Jaminan"
        " Kecelakaan Kerja, Jaminan Kematian, dan Jaminan Hari Tua, sebagaimana telah diubah dengan Peraturan Menteri"
        " Ketenagakerjaan Nomor 1 Tahun 2025",
        date(2025, 1, 1),
    ),
    Instrument(
        "Peraturan Menteri Dalam Negeri Nomor 15 Tahun 2024 tentang Pedoman Penyusunan Anggaran Pendapatan dan Belanja"
        " Daerah Tahun Anggaran 2025",
        date(2024, 9, 1),
        year=2025,
    ),
)
_INSTRUCTIONS = (
    Instrument(
        "Instruksi Presiden Nomor 2 Tahun 2021 tentang Optimalisasi Pelaksanaan Program Jaminan Sosial Ketenagakerjaan",
        date(2021, 3, 25),
    ),
    Instrument(
        "Instruksi Presiden Nomor 8 Tahun 2025 tentang Optimalisasi Pelaksanaan Pengentasan Kemiskinan dan Penghapusan"
        " Kemiskinan Ekstrem",
        date(2025, 3, 27),
    ),
)


def _standing(instruments: tuple[Instrument, ...], terms: Terms) -> list[str]:
    return [
        f"{rule.text};"
        for rule in instruments
        if rule.first <= terms.dated and rule.year in {None, terms.first_month.year}
    ]


def considering(terms: Terms) -> list[str]:
    """Menimbang: why."""
    return [
        "bahwa pekerja rentan yang bekerja di luar hubungan kerja menghadapi risiko kecelakaan kerja dan kematian,"
        " sedangkan penghasilannya tidak cukup untuk membayar iuran jaminan sosial ketenagakerjaan;",
        "bahwa calon penerima bantuan iuran telah diusulkan oleh kelurahan dan lembaga masyarakat, dan telah diperiksa"
        " terhadap data kependudukan, data kepesertaan jaminan sosial ketenagakerjaan, serta data tunggal sosial dan"
        " ekonomi nasional;",
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan"
        f" {terms.authority} tentang {terms.title};",
    ]


def recalling(terms: Terms) -> list[str]:
    """Mengingat: the rules of the State that stand on the day, then those of the region itself."""
    return [*_standing(_RULES, terms), *(f"{rule.rstrip('; ')};" for rule in terms.local_basis)]


def heeding(terms: Terms) -> list[str]:
    """Memperhatikan: instructions, which are no source of law but are followed."""
    return _standing(_INSTRUCTIONS, terms)


def deciding(terms: Terms) -> list[tuple[str, str]]:
    """Memutuskan: each point with its number in words."""
    several = terms.first_month != terms.last_month
    months = (
        f"{terms.first_month.text()} sampai dengan {terms.last_month.text()}" if several else terms.first_month.text()
    )
    figures = f"{terms.places:,}".replace(",", ".")
    return [
        (
            "Kesatu",
            f"Sebanyak {figures} ({terbilang(terms.places)}) orang yang namanya tercantum dalam Lampiran I ditetapkan"
            " sebagai penerima bantuan iuran Jaminan Kecelakaan Kerja dan Jaminan Kematian.",
        ),
        (
            "Kedua",
            f"Iuran sebesar {rupiah_text(terms.monthly)} ({terbilang(terms.monthly)} rupiah) untuk setiap orang setiap"
            f" bulan dibayar untuk bulan {months} dan dibebankan pada {terms.budget}.",
        ),
        (
            "Ketiga",
            "Kepesertaan mulai berlaku sejak nomor peserta diterbitkan oleh Badan Penyelenggara Jaminan Sosial"
            " Ketenagakerjaan, setelah iuran pertama dibayar lunas (Pasal 11 ayat (4) dan ayat (5) Peraturan Pemerintah"
            " Nomor 44 Tahun 2015).",
        ),
        (
            "Keempat",
            "Penerima yang meninggal dunia, pindah, atau tidak dapat didaftarkan diganti oleh urutan berikutnya dari"
            " kecamatan yang sama dalam Lampiran II.",
        ),
        ("Kelima", "Lampiran I dan Lampiran II merupakan bagian yang tidak terpisahkan dari Keputusan ini."),
        ("Keenam", "Keputusan ini mulai berlaku pada tanggal ditetapkan."),
    ]

"""What the law room notes in English about a number or an instrument, in the Indonesian of the city's lawyer."""

from __future__ import annotations

from collections.abc import Mapping

from lopo.law.wording import INDONESIAN
from lopo.web.texts import language

_ONE_SOURCE = "Hanya satu sumber."
_WORDING = "Apakah PP 49/2023 mengubah bunyinya belum dibaca."
_NOTES: Mapping[str, str] = {
    "An accident before this day keeps its two years here; whether it got the five was not read.":
        "Kecelakaan sebelum hari ini tetap dua tahun di sini; apakah ia juga mendapat lima tahun belum dibaca.",
    "That several injuries add up and stop at total disability (70 %) is practice, not text that was read.":
        "Bahwa beberapa cedera dijumlahkan dan berhenti pada cacat total (70 %) adalah praktik, bukan naskah yang "
        "sudah dibaca.",
    "The text gives months; a day is taken as one thirtieth of the base and a month as 30 days.":
        "Naskah menyebut bulan; sehari dihitung sepertiga puluh dari dasar dan sebulan 30 hari.",
    "That PP 82/2019 reprinted the table unchanged is still to be confirmed. Right and left are reversed for a "
    "left-handed person.":
        "Masih perlu dipastikan bahwa PP 82/2019 memuat tabel ini tanpa perubahan. Untuk orang kidal, kanan dan kiri "
        "ditukar.",
    "Taken over unchanged from PP 44/2015; the reprint itself was not read.":
        "Diambil tanpa perubahan dari PP 44/2015; tabel dalam PP 82/2019 sendiri belum dibaca.",
    "The rows are written 1.099.000 then 1.100.000, so 1.099.500 stands in none. The rule here: the highest row whose "
    "lower bound is not above the income.":
        "Baris tertulis sampai 1.099.000 lalu mulai 1.100.000, jadi 1.099.500 tidak ada barisnya. Aturan di sini: "
        "baris tertinggi yang batas bawahnya tidak melebihi penghasilan.",
    "That the relief was 99 percent, that its months were August 2020 to January 2021 and that it reached every payer "
    "was not read; what it asked of the months before and of new members is not in the rules.":
        "Besar keringanan 99 persen, bulannya Agustus 2020 sampai Januari 2021, dan bahwa semua pembayar mendapatnya "
        "belum dibaca; syaratnya tentang bulan sebelumnya dan peserta baru tidak ada dalam aturan di sini.",
    "Whether PP 49/2023 changed the wording was not read; practice of 2025 still says 2 x 24 hours.":
        "Apakah PP 49/2023 mengubah bunyinya belum dibaca; praktik tahun 2025 masih 2 x 24 jam.",
    "Whether PP 49/2023 changed the wording was not read.": _WORDING,
    "One source only.": _ONE_SOURCE,
    "The first day (early 2025), the article, and whether the three months must be consecutive and paid were not read.":
        "Hari pertamanya (awal 2025), pasalnya, dan apakah tiga bulan itu harus berturut-turut dan terbayar belum "
        "dibaca.",
    "A child is anybody under 18 in child protection law; which age BPJS Ketenagakerjaan asks for was not read.":
        "Menurut hukum perlindungan anak, anak ialah yang berumur di bawah 18 tahun; umur yang diminta BPJS "
        "Ketenagakerjaan belum dibaca.",
    "A promise of the office to the family, not a deadline of the law.":
        "Janji kantor kepada keluarga, bukan batas waktu dari hukum.",
    "KTP and age 17 to 65, says one office of BPJS Ketenagakerjaan; the article was not read.":
        "KTP dan umur 17 sampai 65 tahun, kata satu kantor BPJS Ketenagakerjaan; pasalnya belum dibaca.",
    "Whether a person of exactly 65 may still register was not read; taken as no.":
        "Apakah orang yang tepat 65 tahun masih boleh mendaftar belum dibaca; di sini dianggap tidak.",
    "The province's programme of 2025 takes deciles 1 and 2, the demo programme of the city 1 to 4.":
        "Program provinsi tahun 2025 menerima desil 1 dan 2, program contoh kota desil 1 sampai 4.",
    "Whether PP 82/2019 or PP 49/2023 touched these articles was not read; what offices of BPJS said from 2023 to 2025 "
    "still fits.":
        "Apakah PP 82/2019 atau PP 49/2023 menyentuh pasal-pasal ini belum dibaca; keterangan kantor BPJS tahun 2023 "
        "sampai 2025 masih sesuai.",
    "One month, or 3, 6 or 12 in advance, says the head of one office of BPJS; the article was not read.":
        "Sebulan, atau 3, 6 atau 12 bulan di muka, kata kepala satu kantor BPJS; pasalnya belum dibaca.",
    "The text that was read gives 3 times the better eye and the worse one; its divisor is not printed there.":
        "Naskah yang dibaca menyebut 3 kali mata yang lebih baik ditambah mata yang lebih buruk; pembaginya tidak "
        "tercetak di sana.",
    "The text was not read.": "Naskahnya belum dibaca.",
    "That the law of 2019 kept the 40 percent was not read.":
        "Bahwa peraturan tahun 2019 tetap memakai 40 persen belum dibaca.",
    "Sudden death was extended to BPU; the exact test of 24 hours was not read.":
        "Meninggal mendadak diperluas untuk peserta BPU; ukuran 24 jam yang persis belum dibaca.",
    "One source says kindergarten and primary school together at most 8 years, which is 2 and 6.":
        "Satu sumber menyebut TK dan SD bersama paling lama 8 tahun, yaitu 2 dan 6.",
    "The end at 23 years, marriage or work was not read; to be confirmed in Permenaker 5/2021.":
        "Bahwa beasiswa berakhir pada umur 23 tahun, saat menikah atau bekerja belum dibaca; perlu dipastikan dalam "
        "Permenaker 5/2021.",
    "LN 2015/154, TLN 5714; machine-cleaned full text, to be held against the signed PDF before go-live":
        "LN 2015/154, TLN 5714; naskah lengkap yang dirapikan mesin, perlu dicocokkan dengan PDF bertanda tangan",
    "known from a slide deck of the Directorate; the exact day was not read":
        "diketahui dari paparan Direktorat; tanggal persisnya belum dibaca",
    "the exact day was not read": "tanggal persisnya belum dibaca",
    "opening and part of Lampiran III read; the day of promulgation is to be confirmed, and whether it touched Pasal "
    "37, 39, 40, 42 and 44 (payment, arrears, heirs, reports)":
        "pembukaan dan sebagian Lampiran III dibaca; tanggal pengundangan perlu dipastikan, juga apakah Pasal 37, 39, "
        "40, 42 dan 44 (pembayaran, tunggakan, ahli waris, laporan) diubah",
    "temporary relief of August 2020 to January 2021; the title was read, its size and its conditions were not":
        "keringanan sementara Agustus 2020 sampai Januari 2021; judulnya dibaca, besar dan syaratnya belum",
    "April 2021; the exact day was not read": "April 2021; tanggal persisnya belum dibaca",
    "November 2023; the exact day was not read, nor whether it touched Pasal 37, 39, 40, 42 and 44; its recitals name "
    "reporting":
        "November 2023; tanggal persisnya belum dibaca, juga apakah Pasal 37, 39, 40, 42 dan 44 diubah; bagian "
        "menimbangnya menyebut pelaporan",
    "early 2025; the exact day and the article of the waiting period were not read":
        "awal 2025; tanggal persisnya dan pasal tentang masa tunggu belum dibaca",
    "promulgated 22 December 2025; known from news and one implementer":
        "diundangkan 22 Desember 2025; diketahui dari berita dan satu pelaksana",
    "the article on the NIK was not read": "pasal tentang NIK belum dibaca",
    "criteria and exclusions as the programmes of NTT practise them; the decree itself was not read":
        "syarat dan pengecualian sebagaimana dipraktikkan program di NTT; keputusannya sendiri belum dibaca",
    "each programme states its own criteria in its legal basis; which it chose is kept with the programme":
        "setiap program menyatakan kriterianya dalam dasar hukumnya; yang dipilih disimpan bersama program",
    "article 46 (notice of a breach within 3 x 24 hours) is confirmed by many quotes; its two years of transition "
    "ended in October 2024":
        "Pasal 46 (pemberitahuan kebocoran dalam 3 x 24 jam) dikutip banyak sumber; masa peralihan dua tahunnya "
        "berakhir Oktober 2024",
}  # fmt: skip


def note_said(note: str) -> str:
    """Give a note in the language of the page; in English where nobody has put it into Indonesian yet."""
    return _NOTES.get(note, note) if language() == INDONESIAN else note

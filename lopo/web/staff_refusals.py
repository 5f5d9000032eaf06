"""What the rooms say no to when officers are appointed, and to the officers of a payer, in English."""

from __future__ import annotations

from typing import Final

STAFF: Final = {
    "Tugas sendiri diusulkan dan disahkan oleh orang lain.": "Somebody else proposes and confirms one's own duty.",
    "Kode wilayah {} tidak dikenal. Contoh: 53.71.04.1009.": "The area code {} is unknown. For example: 53.71.04.1009.",
    "Petugas perlu nama lengkap, dan nama pengguna dari tiga huruf kecil, angka, titik atau garis ke atas.":
        "An officer needs a full name, and a user name of three or more small letters, digits, dots or dashes.",
    "Hanya petugas pembayar bertugas untuk satu pembayar, dan harus satu.":
        "Only an officer of a payer serves a payer, and it must be one.",
    "Hari terakhir tugas tidak boleh sebelum hari ini.": "The last day of a duty may not lie before today.",
    "{} sudah bertugas atau diusulkan untuk itu di sana.": "{} has that duty there already, or is proposed for it.",
    "Tugas ini sudah disahkan; muat ulang halaman ini.": "This duty is confirmed already; load the page again.",
    "Tulis mengapa tugas ini dicabut.": "Write why this duty is taken back.",
    "Tugas ini tidak ada atau sudah dicabut; muat ulang halaman ini.":
        "There is no such duty, or it was taken back; load the page again.",
    "Petugas ini tidak bertugas di dalam wilayah Anda.": "This officer has no duty within your area.",
}  # fmt: skip

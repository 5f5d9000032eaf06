"""What the rooms of claims and of files say when a rule says no to the work on a case, in English."""

from __future__ import annotations

from typing import Final

CASES: Final = {
    # files that people send
    "Berkas ini kosong; pilih foto atau PDF lain.": "This file is empty; choose another photo or PDF.",
    "Berkas lebih besar dari {} MB; kirim yang lebih kecil.": "The file is larger than {} MB; send a smaller one.",
    "Berkas ini bukan foto (JPG, PNG, WebP) atau PDF yang dapat dibuka.":
        "This file is no photo (JPG, PNG, WebP) and no PDF that can be opened.",
    "Foto ini terlalu besar untuk dibuka; kirim foto biasa.": "This photo is too large to open; send an ordinary one.",
    "PDF ini rusak atau terkunci kata sandi; kirim PDF lain atau foto.":
        "This PDF is broken or locked by a password; send another one or photos.",
    "PDF ini punya {} halaman; kirim paling banyak {}.": "This PDF has {} pages; send at most {}.",
    "Halaman ini tidak ada.": "There is no such page.",
    "Berkas ini ditolak pemindai: {}.": "The scanner refused this file: {}.",
    # papers
    "Satu surat paling banyak {} berkas.": "A paper has at most {} files.",
    "Pilih tidak terbaca atau tidak ada.": "Choose unreadable or not to be had.",
    "Tulis apa yang kurang pada berkas ini, agar keluarga tahu.":
        "Write what is wrong with this paper, so that the family knows.",
    "Kasus ini sudah diputus; berkasnya tidak dinilai lagi.":
        "This case was decided already; its papers are no longer judged.",
}  # fmt: skip

"""The word, tone and icon of each state and verdict: colour never stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Tone = Literal["fine", "wait", "urgent", "info", "plain"]


@dataclass(frozen=True)
class Mark:
    """How one code is shown."""

    word: str | Promise
    tone: Tone
    icon: str


MARKS: dict[str, Mark] = {
    # verdicts of the screening
    "diterima": Mark(_("diterima"), "fine", "check"),
    "perlu_cek": Mark(_("perlu dicek"), "wait", "wait"),
    "ditolak": Mark(_("ditolak"), "urgent", "cross"),
    # rows of a list that got no verdict
    "calon": Mark(_("calon"), "plain", "dash"),
    "rusak": Mark(_("tidak terbaca"), "urgent", "warn"),
    "judul": Mark(_("judul"), "plain", "dash"),
    "kepala": Mark(_("kepala tabel"), "plain", "dash"),
    "jumlah": Mark(_("baris jumlah"), "plain", "dash"),
    "tanda_tangan": Mark(_("tanda tangan"), "plain", "dash"),
    "kosong": Mark(_("kosong"), "plain", "dash"),
    # decree and its names
    "konsep": Mark(_("konsep"), "wait", "wait"),
    "ditetapkan": Mark(_("ditetapkan"), "fine", "check"),
    "cadangan": Mark(_("cadangan"), "wait", "wait"),
    "pengganti": Mark(_("pengganti"), "info", "plus"),
    "gugur": Mark(_("gugur"), "plain", "cross"),
    # memberships
    "diusulkan": Mark(_("diusulkan"), "wait", "wait"),
    "diterima_bpjs": Mark(_("diterima BPJS, belum bernomor"), "wait", "wait"),
    "terdaftar": Mark(_("terdaftar"), "fine", "check"),
    "berakhir": Mark(_("berakhir"), "plain", "dash"),
    # cover on a day
    "belum": Mark(_("belum berlaku"), "plain", "dash"),
    "masa_tunggu": Mark(_("masa tunggu"), "wait", "wait"),
    "penuh": Mark(_("penuh"), "fine", "check"),
    "menunggak": Mark(_("menunggak"), "urgent", "warn"),
    "menunggak_1": Mark(_("menunggak 1 bulan"), "urgent", "warn"),
    "menunggak_2": Mark(_("menunggak 2 bulan"), "urgent", "warn"),
    "menunggak_3": Mark(_("menunggak 3 bulan"), "urgent", "warn"),
    # bills
    "terbit": Mark(_("terbit"), "wait", "wait"),
    "diajukan": Mark(_("SP2D diajukan"), "info", "clock"),
    "dibayar": Mark(_("dibayar"), "fine", "check"),
    "batal": Mark(_("batal"), "plain", "cross"),
    # cases and decisions
    "dibuka": Mark(_("dibuka"), "wait", "clock"),
    "lengkap": Mark(_("berkas lengkap"), "info", "check"),
    "dikabulkan": Mark(_("dikabulkan"), "fine", "check"),
    "ditutup": Mark(_("ditutup"), "plain", "dash"),
    "usul": Mark(_("diusulkan"), "wait", "wait"),
    "disetujui": Mark(_("disetujui"), "fine", "check"),
    "dikembalikan": Mark(_("dikembalikan"), "plain", "left"),
    # orders and bank files
    "siap": Mark(_("siap"), "wait", "wait"),
    "terkirim": Mark(_("terkirim"), "info", "clock"),
    "terbayar": Mark(_("terbayar"), "fine", "check"),
    "gagal": Mark(_("gagal"), "urgent", "warn"),
    "disiapkan": Mark(_("disiapkan"), "wait", "wait"),
    "dikonfirmasi": Mark(_("dikonfirmasi bank"), "fine", "check"),
    # long work
    "menunggu": Mark(_("menunggu giliran"), "wait", "wait"),
    "berjalan": Mark(_("berjalan"), "info", "clock"),
    "selesai": Mark(_("selesai"), "fine", "check"),
    # how sure a source of the law is
    "read": Mark(_("dibaca"), "fine", "check"),
    "reported": Mark(_("dilaporkan"), "wait", "info"),
    "assumed": Mark(_("anggapan"), "urgent", "warn"),
    # yes, no
    "ya": Mark(_("ya"), "fine", "check"),
    "tidak": Mark(_("tidak"), "plain", "dash"),
}


def mark_of(code: str) -> Mark:
    """Give how a code is shown; a code that has no word of its own shows itself."""
    return MARKS.get(code) or Mark(code.replace("_", " "), "plain", "dash")

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
    "dilewati": Mark(_("lembar dilewati"), "plain", "dash"),
    "tetap": Mark(_("tidak diubah"), "plain", "dash"),
    "tambahan": Mark(_("ditambah tangan"), "wait", "warn"),
    # decree and its names
    "konsep": Mark(_("konsep"), "wait", "wait"),
    "ditetapkan": Mark(_("ditetapkan"), "fine", "check"),
    "cadangan": Mark(_("cadangan"), "wait", "wait"),
    "pengganti": Mark(_("pengganti"), "info", "plus"),
    "gugur": Mark(_("gugur"), "plain", "cross"),
    # programmes and their legal basis
    "program_konsep": Mark(_("konsep"), "wait", "wait"),
    "program_berjalan": Mark(_("berjalan"), "fine", "check"),
    "program_ditutup": Mark(_("ditutup"), "plain", "dash"),
    "dasar_tidak_ada": Mark(_("belum ada"), "urgent", "warn"),
    "dasar_belum_berlaku": Mark(_("belum berlaku"), "wait", "wait"),
    "dasar_habis": Mark(_("sudah habis"), "urgent", "warn"),
    "dasar_berlaku": Mark(_("berlaku"), "fine", "check"),
    # who should leave a decree
    "keluar_diusulkan": Mark(_("menunggu"), "wait", "wait"),
    "keluar_ditetapkan": Mark(_("sudah diganti"), "fine", "check"),
    "keluar_ditepis": Mark(_("tetap ikut"), "plain", "dash"),
    # duties of officers
    "jabatan_diusulkan": Mark(_("menunggu pengesahan"), "wait", "wait"),
    "jabatan_nanti": Mark(_("belum mulai"), "plain", "wait"),
    "jabatan_berlaku": Mark(_("berlaku"), "fine", "check"),
    "jabatan_berakhir": Mark(_("berakhir"), "plain", "dash"),
    "jabatan_dicabut": Mark(_("dicabut"), "plain", "cross"),
    # appeals, and senders who were called
    "keberatan_diajukan": Mark(_("menunggu putusan"), "wait", "wait"),
    "keberatan_dikabulkan": Mark(_("dikabulkan"), "fine", "check"),
    "keberatan_ditolak": Mark(_("tidak dikabulkan"), "urgent", "cross"),
    "keberatan_dicabut": Mark(_("dicabut"), "plain", "dash"),
    "usulan_belum": Mark(_("belum mengirim"), "plain", "dash"),
    "usulan_sebagian": Mark(_("sebagian"), "wait", "wait"),
    "usulan_lengkap": Mark(_("lengkap"), "fine", "check"),
    "usulan_kurang": Mark(_("lewat batas, kurang"), "urgent", "warn"),
    "usulan_diam": Mark(_("lewat batas, belum mengirim"), "urgent", "warn"),
    # requests about one's own data
    "dicatat": Mark(_("menunggu jawaban"), "wait", "wait"),
    "dijawab": Mark(_("dijawab"), "fine", "check"),
    # memberships
    "diusulkan": Mark(_("diusulkan"), "wait", "wait"),
    "diterima_bpjs": Mark(_("diterima BPJS, belum bernomor"), "wait", "wait"),
    "terdaftar": Mark(_("terdaftar"), "fine", "check"),
    "berakhir": Mark(_("berakhir"), "plain", "dash"),
    "belum_dikirim": Mark(_("belum dikirim"), "urgent", "warn"),
    # what is handed over, and how it was attested
    "kartu": Mark(_("kartu peserta"), "plain", "card"),
    "buku_tabungan": Mark(_("buku tabungan"), "plain", "book"),
    "tanda_tangan_penerima": Mark(_("tanda tangan"), "plain", "check"),
    "cap_jempol": Mark(_("cap jempol"), "plain", "check"),
    "foto": Mark(_("foto"), "plain", "check"),
    "saksi": Mark(_("saksi"), "plain", "check"),
    "salah_catat": Mark(_("salah catat"), "wait", "warn"),
    "hilang": Mark(_("hilang"), "wait", "warn"),
    "barang_rusak": Mark(_("rusak"), "wait", "warn"),
    "salah_cetak": Mark(_("salah cetak"), "wait", "warn"),
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
    "bukti_berlaku": Mark(_("berlaku"), "fine", "check"),
    "bukti_ditarik": Mark(_("ditarik"), "plain", "left"),
    "tugas_tempo": Mark(_("lewat jatuh tempo"), "urgent", "warn"),
    "tugas_rencana": Mark(_("lewat rencana"), "wait", "wait"),
    "tugas_pekan": Mark(_("pekan ini"), "info", "clock"),
    "tugas_nanti": Mark(_("nanti"), "plain", "dash"),
    "miskin_berlaku": Mark(_("berlaku"), "fine", "check"),
    "miskin_pernah": Mark(_("pernah berlaku"), "plain", "dash"),
    "miskin_dimuat": Mark(_("dimuat, belum berlaku"), "wait", "wait"),
    "bayar_terlambat": Mark(_("belum membayar"), "urgent", "warn"),
    "bayar_berjalan": Mark(_("belum jatuh tempo"), "wait", "wait"),
    "bayar_lunas": Mark(_("lunas"), "fine", "check"),
    "bayar_belum": Mark(_("belum ditagih"), "plain", "dash"),
    "batal": Mark(_("batal"), "plain", "cross"),
    "dibalik": Mark(_("dibayar lalu dibalik"), "plain", "left"),
    "dibagi": Mark(_("dibagi dua"), "plain", "dash"),
    # cases and decisions
    "dibuka": Mark(_("dibuka"), "wait", "clock"),
    "lengkap": Mark(_("berkas lengkap"), "info", "check"),
    "dikabulkan": Mark(_("dikabulkan"), "fine", "check"),
    "ditutup": Mark(_("ditutup"), "plain", "dash"),
    "usul": Mark(_("diusulkan"), "wait", "wait"),
    "disetujui": Mark(_("disetujui"), "fine", "check"),
    "dikembalikan": Mark(_("dikembalikan"), "plain", "left"),
    # first reports
    "lapor_baru": Mark(_("baru, dicarikan orangnya"), "wait", "wait"),
    "lapor_terhubung": Mark(_("menjadi kasus"), "fine", "check"),
    "lapor_bukan": Mark(_("bukan untuk program ini"), "plain", "dash"),
    # messages that leave the house
    "pesan_menunggu": Mark(_("menunggu dikirim"), "wait", "wait"),
    "pesan_dikirim": Mark(_("sedang dikirim"), "info", "clock"),
    "pesan_terkirim": Mark(_("sudah sampai di luar"), "fine", "check"),
    "pesan_diantar": Mark(_("siap diantar"), "wait", "file"),
    "pesan_ragu": Mark(_("tidak pasti terkirim"), "urgent", "warn"),
    "pesan_menyerah": Mark(_("gagal dikirim"), "urgent", "cross"),
    "pesan_tanpa_alamat": Mark(_("penerima tanpa alamat"), "urgent", "warn"),
    "saluran_surat": Mark(_("surat"), "plain", "file"),
    "saluran_surel": Mark(_("surel"), "plain", "dash"),
    "saluran_wa": Mark(_("WhatsApp"), "plain", "dash"),
    # orders and bank files
    "siap": Mark(_("siap"), "wait", "wait"),
    "terkirim": Mark(_("terkirim"), "info", "clock"),
    "terbayar": Mark(_("terbayar"), "fine", "check"),
    "kembali": Mark(_("uang kembali"), "urgent", "left"),
    "piutang_terbuka": Mark(_("diminta kembali"), "wait", "wait"),
    "piutang_diminta": Mark(_("diminta dihapus"), "urgent", "wait"),
    "piutang_lunas": Mark(_("lunas"), "fine", "check"),
    "piutang_dihapus": Mark(_("dihapus oleh dua orang"), "plain", "check"),
    "rekening_diminta": Mark(_("menunggu bank"), "wait", "wait"),
    "rekening_perlu_cek": Mark(_("nama perlu dicek"), "urgent", "warn"),
    "rekening_dibuka": Mark(_("dibuka"), "fine", "check"),
    "rekening_ditolak": Mark(_("ditolak"), "plain", "dash"),
    "koran_cocok": Mark(_("cocok dengan perintah bayar"), "fine", "check"),
    "koran_belum_dikenali": Mark(_("belum dikenali"), "urgent", "warn"),
    "koran_diusulkan": Mark(_("penjelasan menunggu persetujuan"), "wait", "wait"),
    "koran_dijelaskan": Mark(_("dijelaskan oleh dua orang"), "fine", "check"),
    "gagal": Mark(_("gagal"), "urgent", "warn"),
    "disiapkan": Mark(_("disiapkan"), "wait", "wait"),
    "dikonfirmasi": Mark(_("dikonfirmasi bank"), "fine", "check"),
    # files carried to the bank and found in its folder
    "kirim_menunggu": Mark(_("menunggu diantar"), "wait", "wait"),
    "kirim_dikirim": Mark(_("sedang diantar"), "info", "clock"),
    "kirim_terkirim": Mark(_("di folder bank"), "fine", "check"),
    "kirim_menyerah": Mark(_("tidak sampai"), "urgent", "cross"),
    "masuk_datang": Mark(_("baru datang"), "wait", "wait"),
    "masuk_dibaca": Mark(_("sudah dibaca"), "fine", "check"),
    "masuk_disisihkan": Mark(_("disisihkan"), "urgent", "warn"),
    "masuk_ulang": Mark(_("dibaca lagi"), "info", "clock"),
    # kinds of cases, how they were opened, who is paid
    "JKM": Mark(_("kematian (JKM)"), "plain", "dash"),
    "JKK": Mark(_("kecelakaan kerja (JKK)"), "plain", "dash"),
    "jkm": Mark(_("kematian (JKM)"), "plain", "dash"),
    "jkk_kecelakaan": Mark(_("kecelakaan kerja (JKK)"), "plain", "dash"),
    "jkk_meninggal": Mark(_("meninggal karena kecelakaan kerja (JKK)"), "plain", "dash"),
    "laporan": Mark(_("laporan"), "plain", "dash"),
    "akta_kematian": Mark(_("akta kematian"), "plain", "dash"),
    "pekerja": Mark(_("pekerja"), "plain", "user"),
    "ahli_waris": Mark(_("ahli waris"), "plain", "user"),
    "rumah_sakit": Mark(_("rumah sakit"), "plain", "claim"),
    # the papers of a case
    "berkas_diterima": Mark(_("diterima"), "fine", "check"),
    "berkas_dikirim": Mark(_("perlu dilihat"), "info", "file"),
    "berkas_tak_terbaca": Mark(_("tidak terbaca"), "urgent", "warn"),
    "berkas_tidak_ada": Mark(_("tidak ada"), "urgent", "warn"),
    "berkas_belum": Mark(_("belum ada"), "wait", "wait"),
    # what a case needs next, signs for a look, objections, forms
    "langkah_kunjungi": Mark(_("kunjungi keluarga"), "wait", "pin"),
    "langkah_simpulkan": Mark(_("simpulkan: kecelakaan kerja atau bukan"), "wait", "law"),
    "langkah_lengkapi": Mark(_("lengkapi surat"), "wait", "file"),
    "langkah_penerima": Mark(_("tetapkan penerima"), "wait", "user"),
    "langkah_usulkan": Mark(_("usulkan keputusan"), "info", "law"),
    "langkah_setujui": Mark(_("periksa dan setujui usul"), "info", "check"),
    "langkah_bayarkan": Mark(_("bayarkan"), "info", "bank"),
    "langkah_sengketa": Mark(_("jawab keberatan"), "urgent", "warn"),
    "langkah_ditahan": Mark(_("selesaikan bagian yang ditahan"), "urgent", "warn"),
    "kuasa_dicatat": Mark(_("menunggu diperiksa"), "wait", "wait"),
    "kuasa_berlaku": Mark(_("berlaku"), "fine", "check"),
    "kuasa_ditolak": Mark(_("ditolak"), "plain", "cross"),
    "kuasa_dicabut": Mark(_("dicabut"), "plain", "cross"),
    "langkah_koreksi": Mark(_("jawab usul koreksi"), "info", "check"),
    "langkah_tuntas": Mark(_("tuntas"), "fine", "check"),
    "tanda_menjelang_meninggal": Mark(_("hari antara nomor terbit dan meninggal"), "wait", "info"),
    "pengusul_menyolok": Mark(_("menyolok"), "wait", "info"),
    "pengusul_kematian": Mark(_("kematian berkumpul"), "wait", "info"),
    "tanda_satu_daftar": Mark(_("meninggal dalam 90 hari dari daftar usulan yang sama"), "wait", "info"),
    "tanda_penerima_berulang": Mark(_("kasus lain dengan penerima yang sama"), "wait", "info"),
    "tanda_tagihan_kembar": Mark(_("tagihan dengan hari dan jumlah yang sama pada kasus lain"), "wait", "info"),
    "lihat_usul_sendiri": Mark(_("Anda yang mengusulkan"), "plain", "user"),
    "lihat_penolakan": Mark(_("hukum menolak"), "wait", "cross"),
    "lihat_kasus_serupa": Mark(_("ada kasus serupa"), "wait", "warn"),
    "lihat_bertanda": Mark(_("kasus bertanda"), "wait", "info"),
    "lihat_keberatan": Mark(_("keberatan belum dijawab"), "urgent", "warn"),
    "sengketa_jumlah": Mark(_("jumlah manfaat"), "plain", "dash"),
    "sengketa_persen_cacat": Mark(_("persen cacat"), "plain", "dash"),
    "sengketa_sebab": Mark(_("kecelakaan kerja atau bukan"), "plain", "dash"),
    "sengketa_ahli_waris": Mark(_("siapa ahli warisnya"), "plain", "dash"),
    "sengketa_diajukan": Mark(_("menunggu jawaban"), "wait", "wait"),
    "sengketa_dibenarkan": Mark(_("dibenarkan"), "fine", "check"),
    "sengketa_tidak_dibenarkan": Mark(_("tidak dibenarkan"), "plain", "cross"),
    "formulir_3": Mark(_("Formulir 3 (KK1)"), "plain", "file"),
    "formulir_3a": Mark(_("Formulir 3a (KK2)"), "plain", "file"),
    "formulir_3b": Mark(_("Formulir 3b (KK3)"), "plain", "file"),
    "formulir_4": Mark(_("Formulir 4"), "plain", "file"),
    "beasiswa_jkm": Mark(_("beasiswa dari JKM"), "plain", "dash"),
    "beasiswa_jkk": Mark(_("beasiswa dari JKK"), "plain", "dash"),
    # what became of a death certificate that names a member
    "kasus": Mark(_("kasus dibuka"), "fine", "check"),
    "ragu": Mark(_("perlu diputuskan"), "wait", "wait"),
    "sudah_diketahui": Mark(_("sudah ada kasusnya"), "plain", "check"),
    "belum_bernomor": Mark(_("belum bernomor"), "plain", "dash"),
    "sebelum_terlindungi": Mark(_("sebelum terlindungi"), "plain", "dash"),
    "setelah_berakhir": Mark(_("setelah kepesertaan berakhir"), "plain", "dash"),
    "bukan_orang_ini": Mark(_("bukan orang ini"), "plain", "cross"),
    # answers about a row in doubt
    "ragu_sama": Mark(_("orang ini"), "fine", "user"),
    "ragu_beda": Mark(_("bukan salah satu"), "plain", "cross"),
    "ragu_tunda": Mark(_("ditunda"), "wait", "wait"),
    "ragu_buka": Mark(_("dibuka lagi"), "wait", "left"),
    "dibatalkan": Mark(_("ditarik"), "plain", "cross"),
    "ditunda": Mark(_("ditunda"), "wait", "wait"),
    # clocks
    "tepat_waktu": Mark(_("tepat waktu"), "fine", "check"),
    "terlambat": Mark(_("terlambat"), "urgent", "warn"),
    "lewat": Mark(_("lewat waktu"), "urgent", "warn"),
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


ROLES: dict[str, tuple[str | Promise, str | Promise]] = {
    "kelurahan": (
        _("Petugas kelurahan"),
        _("Mengirim daftar usulan, melihat hasilnya, dan melaporkan kejadian di wilayahnya."),
    ),
    "kantor": (
        _("Petugas dinas"),
        _("Memeriksa daftar, menyusun keputusan, mendaftarkan peserta, dan mengurus klaim."),
    ),
    "bpjs": (
        _("Petugas BPJS Ketenagakerjaan"),
        _("Menjawab pendaftaran dengan nomor peserta dan menetapkan usul keputusan klaim."),
    ),
    "keuangan": (_("Bendahara"), _("Menyusun anggaran dan membayar tagihan iuran dengan SP2D.")),
    "penyetuju": (
        _("Pejabat penyetuju"),
        _("Memeriksa dan menyetujui pekerjaan orang lain: keputusan, SP2D, klaim, dan pembayaran."),
    ),
    "pimpinan": (_("Pimpinan"), _("Melihat seluruh program dan buku catatan, tanpa mengubah apa pun.")),
    "pemirsa": (_("Pemirsa"), _("Melihat angka program dan hasil daftar, tanpa data pribadi yang lengkap.")),
    "pengelola": (
        _("Pengelola petugas"),
        _("Mengusulkan siapa bertugas sebagai apa dan di mana; orang lain yang mengesahkannya."),
    ),
    "pembayar": (
        _("Petugas pembayar"),
        _("Melihat pekerja yang iurannya dibayar lembaganya, dan mengajukan pembayaran tagihannya."),
    ),
}
"""Title and sentence of each role, as the staff room has them, in the language of the page."""

SENDERS: dict[str, str | Promise] = {
    "kelurahan": _("Kelurahan"),
    "gereja": _("Gereja"),
    "masjid": _("Masjid"),
    "dprd": _("DPRD"),
    "lain": _("Lain-lain"),
}
"""The kinds of sender of a list."""

SECTORS: dict[str, str | Promise] = {
    "": _("semua pekerjaan"),
    "transportasi": _("angkutan"),
    "lainnya": _("bidang lain"),
}
"""The sectors of work that PP 50/2025 tells apart; '' where it makes no difference."""


def mark_of(code: str) -> Mark:
    """Give how a code is shown; a code that has no word of its own shows itself."""
    return MARKS.get(code) or Mark(code.replace("_", " "), "plain", "dash")

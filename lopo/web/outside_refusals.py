"""What the rooms say no to at the doors that are open without an account, and about messages, in English."""

from __future__ import annotations

from typing import Final

OUTSIDE: Final = {
    # first reports
    "Tulis nama orangnya, NIK, atau nomor kartunya; salah satu cukup.":
        "Write the person's name, NIK or card number; one of them is enough.",
    "Foto lebih besar dari 8 MB; kirim yang lebih kecil atau tanpa foto.":
        "The photo is larger than 8 MB; send a smaller one, or none.",
    "Laporan ini sudah diurus; muat ulang halaman.": "This report was settled already; load the page again.",
    "Orang ini tidak ada.": "There is no such person.",
    "Laporan ini tidak ada.": "There is no such report.",
    "Tulis mengapa laporan ini bukan untuk program ini.": "Write why this report is not for this programme.",
    # the family's page
    "Kode kasus dan tanggal lahir tidak cocok. Periksa kode pada surat dan tanggal di KTP.":
        "Code and day of birth do not belong together. Check the code on the letter and the day on the identity card.",
    # poor people by kecamatan
    "Tulis sumber dan tahun angkanya; tahunnya tidak boleh di depan.":
        "Write source and year of the numbers; the year may not lie ahead.",
    "Berkas harus memuat setiap kecamatan satu kali, tanpa yang lain.":
        "The file must hold each kecamatan once, and nothing else.",
    "Berkas ini sudah pernah dimuat; lihat di daftar edisi.":
        "This file was loaded before; see the list of editions.",
    "Edisi ini sudah berlaku; muat ulang halaman.": "This edition is in force already; load the page again.",
    "Edisi ini tidak berlaku lagi; muat ulang halaman.": "This edition is not in force any more; load the page again.",
    "Edisi angka penduduk miskin ini tidak ada.": "There is no such edition of the numbers of poor people.",
    "Tidak ada yang dimuat dari {}. {}": "Nothing was loaded from {}. {}",
    "Berkas ini sudah dibaca atau dihapus; unggah sekali lagi.":
        "This file was read or removed already; send it once more.",
    # messages
    "Pesan ini tidak ada.": "There is no such message.",
    "Pesan ini tidak perlu dikirim lagi; muat ulang halaman.":
        "This message need not be sent again; load the page again.",
    "Penerima ini belum mengisi alamat surelnya.": "This receiver has not given an e-mail address yet.",
    "Surat ini tidak menunggu diantar; muat ulang halaman.":
        "This letter does not wait to be brought; load the page again.",
}  # fmt: skip

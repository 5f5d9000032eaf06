"""What the room of payments says about messages and statements of a bank, in English."""

from __future__ import annotations

from typing import Final

BANK: Final = {
    # files of the bank's own form
    "Berkas bank bukan teks: ada tanda NUL di dalamnya.": "The bank's file is no text: there is a NUL sign in it.",
    "Berkas bank tidak dapat dibagi menjadi kolom.": "The bank's file cannot be parted into columns.",
    # accounts asked of a bank
    "Berkas ini bukan permintaan rekening yang utuh.": "This file is no whole request for accounts.",
    "Berkas ini bukan jawaban permintaan rekening.": "This file is no answer to a request for accounts.",
    "Tidak ada yang masih perlu dibukakan rekening.": "Nobody is left who needs an account.",
    "Jawaban ini untuk berkas {}, bukan berkas ini.": "This answers the file {}, not this one.",
    "Tulis bagaimana pemilik rekening ini diperiksa.": "Write how the holder of this account was checked.",
    "Rekening ini tidak menunggu pemeriksaan; muat ulang halaman.":
        "This account does not wait for a check; load the page again.",
    "Yang membaca jawaban bank tidak memeriksa namanya.": "Who read the bank's answer does not check its names.",
    "Nomor atau pemilik ini sudah tercatat dengan rekening lain.":
        "This number or this holder is recorded with another account already.",
    # the folder shared with a bank
    "Kiriman ini tidak perlu dicoba lagi; muat ulang halaman.":
        "This file need not be carried again; load the page again.",
    "Berkas ini tidak menunggu dibaca lagi; muat ulang halaman.":
        "This file does not wait to be read again; load the page again.",
    "Jawaban ini untuk berkas yang tidak dikenal: {}.": "This answers a file that is not known here: {}.",
    # messages of a bank
    "Berkas ini kosong.": "This file is empty.",
    "Berkas ini bukan pesan bank yang sah{}: {}": "This file is no valid message of a bank{}: {}",
    "Berkas ini lebih dari {} MB; minta per hari.": "This file is larger than {} MB; ask for one a day.",
    "Berkas XML ini membawa DOCTYPE; pesan bank tidak memilikinya.":
        "This XML file brings a DOCTYPE; messages of a bank have none.",
    "Ini bukan pesan ISO 20022 yang dikenal ({}).": "This is none of the ISO 20022 messages known here ({}).",
    "Ini bukan pesan {}.": "This is no message {}.",
    "Nomor {} bukan nomor perintah bayar kita.": "The number {} is no number of our payment orders.",
    "Jumlah {} bukan rupiah bulat.": "The amount {} is not whole rupiah.",
    "Pesan ini tidak menyebut berkas mana yang dijawabnya.": "This message does not say which file it answers.",
    "Pesan {} bukan jawaban bank (pain.002).": "The message {} is no answer of a bank (pain.002).",
    "Bentuk berkas {} tidak dikenal; pilih {}.": "The form of file {} is not known; choose {}.",
    # statements
    "Rekening koran dibaca sebagai pesan camt.053; berkas ini bukan XML.":
        "A bank statement is read as a camt.053 message; this file is no XML.",
    "Pesan {} bukan rekening koran (camt.053).": "The message {} is no bank statement (camt.053).",
    "Rekening koran {} tidak cocok: saldo awal {} ditambah catatannya bukan saldo akhir {}, selisih {}. Tidak ada yang"
    " dibukukan; minta berkas baru dari bank.":
        "The bank statement {} does not add up: the opening balance {} with its entries is not the closing balance {},"
        " the difference is {}. Nothing was booked; ask the bank for a new file.",
    "Baris {}: mata uang {}, bukan {}.": "Line {}: the currency is {}, not {}.",
    "Baris {}: catatan yang dibukukan tanpa hari pembukuan.": "Line {}: an entry was booked without a day.",
    "Rekening koran {} tidak menyebut saldo awal dan saldo akhir.":
        "The bank statement {} does not name its opening and closing balance.",
    "Rekening koran {} milik rekening {}, bukan {}.": "The bank statement {} is of account {}, not {}.",
    "Rekening koran {} sudah dibaca dengan isi lain; tanyakan kepada bank mana yang benar.":
        "The bank statement {} was read with other contents; ask the bank which is right.",
    # lines that nobody knows, and money that came back
    "Baris rekening koran ini tidak ada.": "There is no such line of a bank statement.",
    "Perintah bayar ini tidak ada.": "There is no such payment order.",
    # what corrections take back
    "Uang ini lebih dari sisa piutangnya; jelaskan sebagai urusan lain.":
        "This money is more than is left of the claim; explain it as another matter.",
    "Tulis mengapa sisa piutang ini dihapus.": "Write why what is left of this claim is given up.",
    "Piutang ini sudah lunas, dihapus, atau sudah diminta dihapus.":
        "This claim is repaid, given up, or was asked to be given up already.",
    "Tulis mengapa piutang ini tidak dihapus.": "Write why this claim is not given up.",
    "Piutang ini tidak ada.": "There is no such claim.",
    "Tidak ada permintaan yang menunggu pada piutang ini.": "No request waits on this claim.",
    "Yang meminta penghapusan tidak boleh menyetujuinya sendiri.": "Who asks to give it up may not approve it.",
    "Pilih satu perintah bayar atau satu piutang yang ada.": "Choose one payment order or one claim that there is.",
    "Hanya uang masuk tanpa sen dapat mengembalikan piutang.":
        "Only money that comes in, without sen, can pay a claim back.",
    "Tulis apa uang ini dan dari mana Anda mengetahuinya.": "Write what this money is and how you know.",
    "Pembaca berkas gagal ({}); beri tahu pengelola aplikasi, lalu baca lagi.":
        "The reader of files failed ({}); tell who looks after the application, then read it again.",
    "Tulis mengapa penjelasan ini tidak disetujui.": "Write why this explanation is not agreed.",
    "Baris ini {}, perintahnya {}; itu bukan uang yang sama.":
        "This line is {}, the order {}; that is not the same money.",
    "Perintah ini {}; uangnya tidak mungkin sudah keluar.": "This order is {}; its money cannot have left.",
    "Perintah ini {}; uangnya tidak mungkin kembali.": "This order is {}; its money cannot have come back.",
    "Baris ini tidak lagi menunggu penjelasan; muat ulang halaman.":
        "This line waits for no explanation any more; load the page again.",
    "Yang mengusulkan penjelasan tidak boleh menyetujuinya sendiri.":
        "Who proposes an explanation may not agree with it alone.",
    "Tidak ada usul yang menunggu pada baris ini; muat ulang halaman.":
        "No proposal waits on this line; load the page again.",
    "Perintah ini sudah punya baris rekening koran yang sama arah.":
        "This order has a line of a bank statement in the same direction already.",
    "Hanya perintah yang gagal atau kembali yang dapat disiapkan lagi.":
        "Only an order that failed or came back can be prepared again.",
}  # fmt: skip

"""Why a line of a file was laid aside or is not known, in English; `{}` stands for a value, which is said as it is."""

from __future__ import annotations

from typing import Final

PARKED: Final = {
    # answers of BPJS
    "NIK tersimpan sebagai angka, digit terakhirnya tidak dapat dipercaya":
        "NIK kept as a number, its last digits cannot be trusted",
    "NIK bukan 16 digit yang sah": "NIK is not 16 valid digits",
    "ditolak tanpa alasan": "refused without a reason",
    "status tidak dikenal: {}": "unknown status: {}",
    "KPJ bukan 11 digit: {}": "KPJ is not 11 digits: {}",
    "tanggal terbit nomor tidak ada atau tidak terbaca": "the day of the number is missing or cannot be read",
    "NIK berulang dengan jawaban yang berbeda": "NIK repeated with a different answer",
    "KPJ {} diberikan kepada dua orang": "KPJ {} is given to two people",
    "baris berulang dari baris {}": "the line repeats line {}",
    "NIK tidak ada dalam pengajuan program ini": "NIK is in no submission of this programme",
    "orang ini belum dikirim ke BPJS pada hari jawaban":
        "this person was not yet sent to BPJS on the day of the answer",
    "kepesertaan orang ini sudah berakhir": "this person's membership is over",
    "sudah terdaftar dengan nomor {}": "enrolled already with number {}",
    "sudah ditolak BPJS: {}": "refused by BPJS already: {}",
    "sudah bernomor lain: {}": "has another number already: {}",
    "tanggal terbit sesudah hari jawaban": "the day of the number is after the day of the answer",
    "nomor terbit sebelum iuran pertama dibayar ({})": "number issued before the first contribution was paid ({})",
    "KPJ sudah dipakai peserta lain": "the KPJ is used by another member",
    # answers of a bank
    "nomor perintah tidak ada dalam berkas ini": "the number of the order is not in this file",
    "jumlah {}, perintahnya {}": "the amount is {}, the order's {}",
    "perintah sudah {}": "the order is {} already",
    "{} kolom, seharusnya {}": "{} columns, should be {}",
    "status {} tidak dikenal": "status {} is not known",
    "nomor ini bukan nomor perintah bayar kita": "this is no number of our payment orders",
    "jumlah {} bukan rupiah bulat": "the amount {} is not whole rupiah",
    "nomor perintah sudah ada di baris {}": "the number of the order stands on line {} already",
    "nomor perintah atau jumlah tidak terbaca": "the number of the order or the amount cannot be read",
    # accounts asked of a bank
    "permintaan ini dijawab di lebih dari satu baris": "this request is answered on more than one line",
    "nomor rekening ini ada di lebih dari satu baris": "this account number is on more than one line",
    "nomor permintaan tidak terbaca": "the number of the request cannot be read",
    "nomor rekening {} tidak sah": "the account number {} is not valid",
    "nama pemilik di bank kosong": "the bank names no holder",
    "permintaan ini tidak dikenal": "this request is not known",
    "permintaan ini ada di berkas lain": "this request is of another file",
    "permintaan ini sudah dijawab lain": "this request was answered otherwise before",
    "nomor rekening ini sudah tercatat atas nama orang lain": "this account number is recorded as somebody else's",
    "pemilik ini sudah punya rekening": "this holder has an account already",
    # lines of a bank statement
    "tidak membawa nomor perintah bayar kita": "brings no number of our payment orders",
    "nomor perintah ini tidak ada pada kita": "there is no such order here",
    "percobaan ke-{}, perintahnya kini percobaan ke-{}": "try {}, while the order is at try {}",
    "jumlahnya {}, perintahnya {}": "its amount is {}, the order's {}",
    "perintah ini sudah didebit": "this order was debited already",
    "perintah ini sudah kembali": "this order came back already",
    "perintah ini {} menurut catatan kita": "this order is {} by our book",
    "uang kembali, tetapi perintah ini {} menurut catatan kita": "money came back, but this order is {} by our book",
}  # fmt: skip

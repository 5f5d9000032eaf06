"""What the rooms of the book, of members and of contributions say no to, in English."""

from __future__ import annotations

from typing import Final

COVER: Final = {
    # the book
    "Catatan ini sudah pernah dibalik.": "This entry was reversed before.",
    "Catatan yang hendak dibalik tidak ada.": "There is no such entry to reverse.",
    "Nomor catatan ini sudah dipakai untuk catatan lain.": "This number belongs to another entry.",
    # membership
    "Acara penyerahan ini dari program lain atau dari hari lain.":
        "This handover belongs to another programme or another day.",
    "Acara penyerahan perlu nama, tempat, dan hari yang sudah tiba.":
        "A handover needs a name, a place, and a day that has come.",
    "Anda tidak berwenang mencatat penerimaan di wilayah tersebut.":
        "You are not allowed to write down receipts in that area.",
    "Tulis nama saksi yang melihat penyerahan.": "Write the name of the witness who saw the handover.",
    "Wilayah yang diundang berada di luar wilayah program ini.":
        "The area that is invited lies outside the area of this programme.",
    "Tulis apa yang sudah dibetulkan; ini dicatat di buku catatan.":
        "Write what was corrected; it is kept in the diary.",
    "Tidak ada lagi yang ditolak BPJS dengan alasan ini.": "Nobody is refused by BPJS with this reason any more.",
    "Isi yang sama persis sudah pernah dikirim; betulkan datanya lebih dahulu.":
        "The very same content was sent before; correct the data first.",
    "Tanda terima ini tidak ada.": "There is no such receipt.",
    "Tanda terima ini sudah dibatalkan, atau belum ada pada hari ini.":
        "This receipt was taken back already, or is not there yet on this day.",
    "Pilih mengapa kartu dicetak lagi: hilang, rusak, atau salah cetak.":
        "Choose why the card is printed again: lost, damaged, or misprinted.",
    "Kartu peserta ini belum pernah dicetak.": "The card of this member was never printed.",
    "Kartu ini sudah dicetak lagi hari ini.": "This card was printed again today already.",
    "Tulis alasannya; alasan dicatat di buku catatan.": "Write the reason; it is kept in the diary.",
    "Terlalu banyak percobaan. Coba lagi satu jam lagi, atau datang ke kelurahan.":
        "Too many tries. Try again in an hour, or come to the kelurahan.",
    "Nomor kartu dan tanggal lahir tidak cocok. Periksa angka pada kartu dan KTP.":
        "The number of the card and the birth day do not belong together. Check the digits on card and KTP.",
    "Barang atau hari pada tanda terima tidak dikenal.": "The item or the day of the receipt is not known.",
    "Barang {} tidak dikenal.": "The item {} is not known.",
    "Baris {}: NIK harus teks, tanggal dd-mm-yyyy, upah dan bulan angka.":
        "Row {}: the NIK must be text, days dd-mm-yyyy, wage and months numbers.",
    "Berkas ini bukan lembar kerja dan bukan CSV UTF-8.": "This file is neither a workbook nor a CSV in UTF-8.",
    "Berkas ini bukan lembar kerja yang dapat dibuka.": "This file is no workbook that can be opened.",
    "Hanya peserta yang sudah bernomor dapat menerima kartu atau buku tabungan.":
        "Only members with a number can receive a card or a passbook.",
    "Hari berakhir harus antara hari pengajuan dan hari ini.":
        "The last day must lie between the day of submission and today.",
    "Hari pembayaran tidak boleh sesudah hari pencatatan.":
        "The day of payment may not come after the day on which it is written down.",
    "Iuran {} untuk sebagian orang ini sudah dibayar. Satu bulan seorang peserta hanya boleh dibayar satu kali.":
        "The contribution of {} for some of these people is paid already. A month of a member is paid only once.",
    "Jawaban BPJS harus mempunyai kolom NIK dan kolom KPJ atau STATUS.":
        "The answer of BPJS must have the column NIK and a column KPJ or STATUS.",
    "Kartu sebagian peserta ini belum dicetak pada hari penyerahan.":
        "The cards of some of these members were not printed by the day of the handover.",
    "Keadaan kepesertaan {} tidak dikenal.": "The state of membership {} is not known.",
    "Kepesertaan ini sudah berakhir atau sudah ditolak BPJS.": "This membership has ended or was refused by BPJS.",
    "Kepesertaan ini tidak ada.": "There is no such membership.",
    "Keputusan ini tidak ada dalam program tersebut.": "There is no such decree in that programme.",
    "Keputusan {} belum ditetapkan.": "The decree {} is not set yet.",
    "Lembar {} harus berisi kolom {}.": "The sheet {} must have the columns {}.",
    "Pembayaran ini menyebut peserta yang tidak ada.": "This payment names a member that there is not.",
    "Pilih sedikitnya satu penerima.": "Choose at least one receiver.",
    "Program ini tidak ada.": "There is no such programme.",
    "Semua nama dalam {} sudah dikirim ke BPJS.": "All names of {} were sent to BPJS already.",
    "Tahap {} tidak dikenal.": "The stage {} is not known.",
    "Tulis alasan mengapa kepesertaan ini berakhir.": "Write why this membership ends.",
    "Tulis nama penerima dan cara membuktikannya pada setiap baris.":
        "Write who received it, and the proof, in every row.",
    "Bulan yang dibayar ini sudah menjadi dasar nomor peserta atau kasus klaim sebagian orang, jadi tidak dapat ditarik"
    " kembali.":
        "A member number or a claim of some of these people rests on this paid month, so it cannot be taken back.",
    "Pembayaran ini tidak menanggung bulan siapa pun.": "This payment covers no month of anybody.",
    "Pilih dua program yang berbeda: yang berakhir dan yang meneruskan.":
        "Choose two different programmes: the one that ends and the one that goes on.",
    "Tidak ada lagi peserta {} dengan nama dalam {} yang dapat diambil alih; {} orang sudah gugur dan harus didaftarkan"
    " kembali.":
        "No members of {} named in {} are left to be taken over; {} people have lapsed and must be registered anew.",
    "{} sampai {} tidak dibayar program mana pun: {} berakhir {}, {} mulai {}. Setiap bulan di antaranya menunggak.":
        "{} to {} are paid by no programme: {} ends with {}, {} begins with {}. Each month between is in arrears.",
    "{} tidak berjalan lebih lama daripada {}.": "{} does not run longer than {}.",
    # contributions
    "Belum ada yang meminta agar pembayaran ini dibalik.": "Nobody has asked yet that this payment be reversed.",
    "Hanya tagihan yang sudah dibayar dapat dibalik.": "Only a bill that is paid can be reversed.",
    "{} orang belum tercatat sektor pekerjaannya, padahal iuran {} untuk pembayar ini berbeda menurut sektor. Nyatakan"
    " sektornya di halaman Iuran, Sektor pekerjaan.":
        "The sector of work of {} people is not written down, though the contribution of {} for this payer differs by"
        " sector. State it on the page Contributions, Sector of work.",
    "Isi banyaknya orang, uangnya, atau keduanya.": "Give the number of people, the money, or both.",
    "Pembalikan pembayaran ini sudah diminta.": "The reversal of this payment was asked for already.",
    "Sektor {} tidak dikenal.": "The sector {} is not known.",
    "Tulis alasan mengapa pembayaran ini dibalik.": "Write why this payment is reversed.",
    "Yang meminta pembalikan tidak boleh menyetujuinya sendiri.":
        "Whoever asks for a reversal may not approve it.",
    "Anggaran perlu mata anggaran dan dasar hukum (Perda, Pergub, Perwali, atau DPA).":
        "A budget needs its line and its legal basis (Perda, Pergub, Perwali or DPA).",
    "Anggaran tidak boleh kurang dari yang sudah ditagihkan, yaitu {}.":
        "A budget may not be less than what is billed already, which is {}.",
    "Hanya tagihan yang belum diajukan dapat dibatalkan.": "Only a bill that was not put forward can be cancelled.",
    "Hari SP2D ini belum tiba.": "The day of this SP2D has not come yet.",
    "Iuran {} untuk pembayar ini berbeda menurut sektor pekerjaan, dan sektor peserta belum dicatat. Pisahkan peserta"
    " menurut sektor lebih dahulu.":
        "The contribution of {} for this payer differs by sector of work, and the sectors of the members are not"
        " written down. Part the members by sector first.",
    "Jumlah anggaran harus lebih dari nol.": "The budget must be more than zero.",
    "Kode {} sudah dipakai pembayar lain: {}.": "The code {} belongs to another payer: {}.",
    "Pembayar perlu nama, singkatan satu sampai tiga huruf, dan jenisnya.":
        "A payer needs a name, initials of one to three letters, and its kind.",
    # billing codes of BPJS
    "Tulis kode iuran dari BPJS dan hari terakhirnya.": "Write the billing code of BPJS and its last day.",
    "Kode iuran {} hanya berlaku sampai {}. Minta kode baru dari BPJS untuk bulan-bulan itu, lalu catat kode baru itu "
    "pada tagihannya.":
        "The billing code {} is good until {} only. Ask BPJS for a new code for those months, then note the new code "
        "at the bill.",
    "Kode iuran hanya dicatat selama tagihan belum dibayar.": "A billing code is noted only while the bill is unpaid.",
    # sheets to sign at a handover
    "Acara penyerahan ini tidak ada.": "There is no such handover.",
    "Tidak ada peserta yang menunggu kartu yang sudah dicetak untuk acara ini.":
        "Nobody with a printed card waits for this event.",
    # receipts of BPJS
    "Bukti bayar dicatat untuk tagihan yang sudah dibayar dan belum punya bukti.":
        "A receipt is written down for a bill that is paid and has none yet.",
    "Tulis nomor bukti bayar dari BPJS.": "Write the number of the receipt of BPJS.",
    "Hari bukti ini sebelum SP2D-nya, yaitu {}.": "The day of this receipt is before its SP2D, which is of {}.",
    "Hari bukti ini, {}, belum tiba.": "The day of this receipt, {}, has not come yet.",
    "Jumlah bukti {} tidak sama dengan yang dibayar {}. Tanyakan kepada BPJS, atau periksa untuk tagihan mana bukti "
    "ini.":
        "The receipt says {}, not the {} that was paid. Ask BPJS, or check for which bill this receipt is.",
    "Nomor bukti ini sudah dicatat untuk tagihan lain.":
        "The number of this receipt is written down for another bill already.",
    "Bukti bayar ini tidak ada atau sudah ditarik; muat ulang halaman ini.":
        "There is no such receipt, or it was taken back; load this page again.",
    "Tulis alasan mengapa bukti bayar ini ditarik.": "Write why this receipt is taken back.",
    "BPJS sudah memberi bukti bayar untuk tagihan ini. Tarik bukti itu dengan alasan, bila memang salah.":
        "BPJS gave a receipt for this bill. Take that back with a reason, if it is wrong indeed.",
    "Baris ini sama dengan baris {}.": "This row is the same as row {}.",
    "Nomor bukti {} sudah dicatat dengan hari, jumlah atau kode lain.":
        "Receipt {} is written down with another day, sum or code already.",
    "Nomor bukti {} ada di lebih dari satu baris berkas ini.": "Receipt {} stands in more than one row of this file.",
    "Kode {} ada di lebih dari satu baris; tidak ditebak mana yang benar.":
        "Code {} stands in more than one row; which is right is not guessed.",
    "Tidak ada tagihan dengan kode iuran atau nomor SP2D {}.": "There is no bill with the billing code or SP2D {}.",
    "Tagihan dengan kode {} belum dibayar menurut catatan kami, atau sudah punya bukti lain.":
        "The bills of code {} are not paid by our records, or have another receipt already.",
    "Tulis mengapa baris ini disisihkan.": "Write why this row is set aside.",
    "Baris ini sudah selesai; muat ulang halaman ini.": "This row is settled already; load this page again.",
    # months ahead, one SP2D for several bills, and the papers before it
    "BPJS tidak menerima iuran {} bulan di muka.": "BPJS takes no contributions of {} months ahead.",
    "Hari SP2D tidak boleh sebelum hari SPP dan SPM tagihannya.":
        "The day of an SP2D may not be before the days of the SPP and SPM of its bills.",
    "Iuran di muka ditagih untuk satu sampai dua belas bulan.":
        "Contributions ahead are billed for one to twelve months.",
    "Iuran {} membebani anggaran {}, yang baru dapat dicairkan mulai 1 Januari.":
        "The contribution of {} is borne by the budget of {}, which can be drawn from 1 January on only.",
    "Iuran {} sudah ditagihkan kepada {} untuk semua peserta.":
        "The contribution of {} was billed to {} for all members already.",
    "Kode iuran {} sudah dipakai.": "The contribution code {} was used already.",
    "Pilih aturan yang menentukan bulan siapa dibayar lebih dahulu.":
        "Choose the rule that decides whose months are paid first.",
    "SP2D {} lebih besar dari tagihan {}; tidak ada bulan yang dibayar kelebihannya. Minta SP2D diperbaiki, atau "
    "sertakan tagihan lain.":
        "The SP2D of {} is more than the bill of {}; there is no month that the rest would pay. Have the SP2D "
        "corrected, or add another bill.",
    "SP2D {} tidak sama dengan tagihan {}. Tidak dapat ditebak siapa yang dibayar: pilih aturan siapa yang dibayar "
    "lebih dahulu.":
        "The SP2D of {} is not the bill of {}. Nobody can guess who is paid: choose the rule of who is paid first.",
    "SPM terbit sesudah SPP: catat SPP lebih dahulu.": "An SPM comes after the SPP: record the SPP first.",
    "SPP ini sudah menjadi dasar SPM.": "An SPM rests on this SPP already.",
    "Satu SP2D membebani satu mata anggaran satu tahun. Buat SP2D untuk masing-masing.":
        "One SP2D is borne by one budget line of one year. Make an SP2D for each.",
    "Tagihan ini sudah berubah; muat ulang halaman ini.": "This bill has changed; load this page again.",
    "Tulis kode iuran dari BPJS untuk bulan-bulan ini.": "Write the contribution code of BPJS for these months.",
    "Yang membuat SPP tidak boleh menerbitkan SPM.": "Who made the SPP may not issue the SPM.",
    "{} hanya dicatat selama tagihan belum diajukan.": "{} is recorded only while the bill was not ordered to be paid.",
    "{} perlu nomor, dan hari antara hari tagihan terbit dan hari ini.":
        "{} needs a number, and a day between the day of the bill and today.",
    # a programme's approval and legal basis
    "Program baru saja ditutup atau dasar hukumnya berubah.":
        "The programme was closed just now, or its legal basis changed.",
    "Program {} belum disetujui pejabat lain.": "Another officer has not approved the programme {} yet.",
    "Program {} sudah ditutup: {}.": "The programme {} is closed: {}.",
    "Tulis mengapa program ini ditutup.": "Write why this programme is closed.",
    "Tulis mengapa program ini tidak jadi ditutup.": "Write why this programme is not closed after all.",
    "Penutupan program ini sudah diusulkan; muat ulang halaman.":
        "The closing of this programme is proposed already; load the page again.",
    "Yang mengusulkan penutupan tidak dapat menyetujuinya.": "Who proposed the closing cannot approve it.",
    "Tidak ada usulan penutupan yang menunggu; muat ulang halaman.":
        "No proposal to close is waiting; load the page again.",
    "Hanya program yang berjalan dapat ditutup.": "Only a running programme can be closed.",
    "Program {} sudah ditutup.": "The programme {} is closed.",
    "Program {} belum mempunyai dasar hukum. Tagihan terbit setelah nomor dan tanggal peraturannya (Perda, Pergub, "
    "Perwali, atau surat keputusan pembayar) dicatat pada halaman program.":
        "The programme {} has no legal basis yet. A bill is issued once number and date of its rule (Perda, Pergub, "
        "Perwali, or the payer's resolution) stand on the page of the programme.",
    "{} baru berlaku {}.": "{} is in force from {} only.",
    "{} berlaku sampai {}; catat peraturan penggantinya.": "{} was in force until {}; record the rule after it.",
    "Keputusan sudah ditetapkan: tulis mengapa anggaran ini diubah.":
        "The decree is set: write why this budget is changed.",
    "Program atau pembayar ini tidak ada.": "There is no such programme or payer.",
    "SP2D nomor {} sudah dipakai untuk tagihan lain.": "SP2D number {} was used for another bill.",
    "SP2D perlu nomor, dan hari antara hari tagihan terbit dan hari ini.":
        "An SP2D needs a number, and a day between the day of the bill and today.",
    "Sebagian peserta baru saja ditagihkan untuk {} kepada pembayar lain. Satu bulan seorang peserta hanya boleh"
    " dibayar satu pembayar; coba lagi untuk yang belum.":
        "Some members were just billed for {} to another payer. A month of a member has one payer only; try again for"
        " the others.",
    "Tagihan ini memuat {} orang yang ditolak BPJS. Kembalikan dan batalkan tagihan, lalu buat yang baru.":
        "This bill holds {} people whom BPJS refused. Send it back and cancel it, then make a new one.",
    "Tagihan ini sudah {}; muat ulang halaman ini.": "This bill is already {}; load this page again.",
    "Tagihan ini tidak ada.": "There is no such bill.",
    "Tagihan {} melebihi sisa anggaran {}. Ubah anggaran lebih dahulu, atau kurangi peserta.":
        "The bill of {} is more than what is left of the budget, {}. Change the budget first, or bill fewer members.",
    "Tulis alasan mengapa SP2D ini dikembalikan.": "Write why this SP2D is sent back.",
    "Tulis alasan mengapa tagihan ini dibatalkan.": "Write why this bill is cancelled.",
    "Yang membuat tagihan atau SP2D tidak boleh menyetujuinya sendiri.":
        "Who made the bill or the SP2D may not approve it.",
    "{} belum mempunyai anggaran {} dengan dasar hukum untuk program ini.":
        "{} has no budget of {} with a legal basis for this programme.",
    "{} tidak termasuk bulan program {}.": "{} is no month of the programme {}.",
    "{} orang yang keluar masih ada dalam tagihan {} yang belum dibayar. Batalkan tagihan itu dahulu, atau susun"
    " perubahan yang berlaku mulai bulan sesudahnya.":
        "{} people who leave still stand on the unpaid bill of {}. Cancel that bill first, or draft an amendment that"
        " holds from the month after it.",
    "Tagihan program ini sedang dibuat atau dibayar. Tunggu sampai selesai, lalu tetapkan lagi.":
        "A bill of this programme is being made or paid at this moment. Wait until that is done, then set it again.",
}  # fmt: skip

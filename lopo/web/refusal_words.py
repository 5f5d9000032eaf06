"""What the rooms say when a rule says no, in English; `{}` stands for a value, which is said as it is."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from lopo.law import LAW
from lopo.web.bank_refusals import BANK
from lopo.web.case_refusals import CASES
from lopo.web.outside_refusals import OUTSIDE
from lopo.web.staff_refusals import STAFF

ENGLISH: Final = {
    **BANK,
    **CASES,
    **OUTSIDE,
    **STAFF,
    # staff
    "Anda tidak berwenang melakukan ini di wilayah tersebut.": "You are not allowed to do this in that area.",
    "Pekerjaan ini tidak ada.": "There is no such work.",
    "Aturan ini tidak menghapus apa pun.": "This rule removes nothing.",
    "Peran {} tidak dikenal.": "The role {} is not known.",
    "Permintaan ini sudah dijawab; muat ulang halaman.": "This request was answered already; load the page again.",
    "Pilih salinan atau pembetulan.": "Choose a copy or a correction.",
    "Tulis apa yang sudah dilakukan atau mengapa tidak dapat.": "Write what was done, or why it cannot be done.",
    "Tulis siapa yang meminta, bagaimana dikenali, dan apa yang diminta.":
        "Write who asks, how the person was recognised, and what is asked for.",
    "Yang lewat masa simpan kini {}, bukan {}; muat ulang halaman.":
        "What is past its time is now {}, not {}; load the page again.",
    "Petugas {} tidak ada.": "There is no officer {}.",
    "{} sudah menjadi {}; yang membuat tidak boleh juga yang menyetujui.":
        "{} is already {}; who makes may not also approve.",
    # the turn of the year and takeovers
    "Belum ada orang yang dipilih.": "Nobody is chosen yet.",
    "{} orang tidak disebut dalam keputusan program yang berakhir.":
        "{} people are not named in a decree of the programme that ends.",
    "{} orang tinggal di luar wilayah {}.": "{} people live outside the territory of {}.",
    "{} orang sudah disebut dalam keputusan {}.": "{} people are named in a decree of {} already.",
    "{} tinggal mempunyai {} tempat.": "{} has only {} places left.",
    "Program {} belum disetujui pejabat lain atau sudah ditutup.":
        "The programme {} was not approved by another officer, or is closed.",
    "Dasar hukum {} belum ada atau tidak berlaku hari ini; tanpa itu iurannya tidak dapat ditagih.":
        "The legal basis of {} is missing or not in force today; without it no contribution can be billed.",
    "{} orang sudah diikutkan atau dibayar mulai {}.": "{} people are taken in or paid for from {} already.",
    "{} belum mempunyai anggaran tahun {}.": "{} has no budget for {} yet.",
    "Sisa pagu {} tidak cukup untuk {} sampai akhir tahun.":
        "What is left of the budget, {}, does not suffice for {} until the end of the year.",
    "Keputusan ini tidak mengambil alih peserta program lain.":
        "This decree takes over no members of another programme.",
    "Tidak ada peserta yang keluar; tidak ada yang perlu disurati.": "Nobody falls out; there is nobody to write to.",
    "Pembayar ini belum dicatat.": "This payer is not written down yet.",
    # the model of matching
    "Datanya terlalu sedikit untuk melatih model pencocokan.": "The data are too few to train a matching model.",
    "Melatih model perlu paling sedikit {} baris usulan dan {} penduduk; yang ada {} dan {}.":
        "Training needs at least {} rows of lists and {} inhabitants; there are {} and {}.",
    "Dari {} baris hanya {} yang tampak sebagai penduduk yang sama; model tidak dapat dilatih dari data ini. "
    "Periksa apakah register dan daftar berasal dari wilayah yang sama.":
        "Of {} rows only {} seem to be inhabitants; no model can be trained on these data. Check whether the register "
        "and the lists are of the same area.",
    "Model hasil latihan tidak wajar: {} yang sama tidak menguatkan pasangan. Tidak ada yang disimpan.":
        "The trained model makes no sense: {} that agrees does not speak for a pair. Nothing was kept.",
    "Model yang persis sama sudah disimpan; datanya belum berubah.":
        "The very same model is kept already; the data have not changed.",
    "Model pencocokan ini tidak ada.": "There is no such matching model.",
    "Yang melatih model tidak boleh memberlakukannya sendiri.": "Who trained a model may not put it in force.",
    "Model ini sudah berlaku; muat ulang halaman.": "This model is in force already; load the page again.",
    "Model ini tidak berlaku lagi; muat ulang halaman.": "This model is no longer in force; load the page again.",
    "Model ini berlaku sebelum yang sekarang; pakai tombol kembali.":
        "This model was in force before the present one; use the button that goes back.",
    "Model sebelumnya, {}, tidak lagi seperti saat disimpan. Model sekarang tetap berlaku; latih model baru, lalu "
    "petugas lain memberlakukannya.":
        "The former model, {}, is no longer as it was kept. The present one stays in force; train a new one and let "
        "another officer put it in force.",
    "Model pencocokan yang berlaku tidak lagi seperti saat disimpan.":
        "The matching model in force is no longer as it was kept.",
    "Sebutkan folder daftar (--lists) dan folder register (--registers).":
        "Name the folder of lists (--lists) and that of registers (--registers).",
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
    # claims
    "Ahli waris hanya dicatat bila peserta meninggal.": "Heirs are written down only when the member has died.",
    "Almarhum tidak dapat menerima santunannya sendiri.": "The deceased cannot receive the benefit.",
    "Belum ada biaya, hari tidak bekerja, atau cacat yang dicatat.":
        "No cost, day without work or disability has been written down yet.",
    "Belum ada penerima di antara ahli waris; tentukan penerimanya dulu.":
        "No heir has been named as receiver; name the receiver first.",
    "Belum disimpulkan apakah ini kecelakaan kerja; catat kesimpulannya dulu.":
        "It has not been concluded whether this was a work accident; write the conclusion down first.",
    "Berkas belum lengkap: {}.": "Papers are missing: {}.",
    "Daftar penduduk tidak memuat keluarga orang ini; catat penerima dari surat ahli waris.":
        "The population register does not hold this family; name the receiver from the letter of heirs.",
    "Hari kejadian tidak boleh setelah hari ini.": "The day of the event may not come after today.",
    "Hari meninggal harus antara hari kecelakaan dan hari ini.":
        "The day of death must lie between the day of the accident and today.",
    "Hari meninggal tidak boleh sebelum hari kejadian.": "The day of death may not come before the day of the event.",
    "Hari sembuh harus antara hari kecelakaan dan hari ini.":
        "The day of recovery must lie between the day of the accident and today.",
    "Hubungan {} tidak dikenal.": "The relation {} is not known.",
    "Ini hanya dapat dicatat pada kasus kecelakaan kerja (JKK).":
        "This can be written down only in a case of a work accident (JKK).",
    "Jenis kasus {} tidak dikenal; pilih JKM atau JKK.": "The kind of case {} is not known; choose JKM or JKK.",
    "Kasus ini baru saja diubah orang lain; muat ulang halaman.":
        "Somebody has just changed this case; load the page again.",
    "Kasus ini sudah disimpulkan.": "This case has been concluded.",
    "Kasus ini sudah {}.": "This case is already {}.",
    "Kasus ini sudah {}; tidak dapat diubah lagi.": "This case is already {}; it cannot be changed any more.",
    "Kasus ini tidak ada.": "There is no such case.",
    "Kasus ini tidak meminta berkas: {}.": "This case does not ask for the papers: {}.",
    "Kasus yang sudah dikabulkan tidak dapat ditutup.": "A case that was granted cannot be closed.",
    "Keputusan terdahulu memberi lebih dari yang sekarang berhak; usulkan koreksi dahulu, dengan alasannya.":
        "An earlier decision gave more than there is a right to now; propose a correction first, with its reason.",
    "Kunjungan ke keluarga ini sudah dicatat.": "The visit to this family is written down already.",
    "Moda angkutan {} tidak dikenal; pilih darat, laut atau udara.":
        "The transport {} is not known; choose land, sea or air.",
    "NIK ini tidak ada di antara peserta program mana pun.": "This NIK is not among the members of any programme.",
    "NIK penerima harus 16 angka yang sah.": "The receiver's NIK must be 16 valid digits.",
    "Orang ini tidak pernah menjadi peserta program, jadi tidak ada yang diklaim.":
        "This person was never a member of a programme, so there is nothing to claim.",
    "Penerima kasus yang sudah dikabulkan tidak dapat diganti di sini.":
        "The receiver of a case that was granted cannot be changed here.",
    "Sudah ada kasus lain untuk kejadian yang sama.": "There is another case for the same event.",
    "Surat dokter tidak boleh mulai sebelum hari kecelakaan.":
        "A doctor's letter may not begin before the day of the accident.",
    "Temuan ini sudah diputuskan orang lain.": "Somebody else has settled this finding.",
    "Temuan ini tidak ada.": "There is no such finding.",
    "Tidak ada yang bertambah sejak keputusan sebelumnya.": "Nothing was added since the decision before.",
    "Tulis alasan mengapa kasus ini ditutup tanpa keputusan.": "Write why this case is closed without a decision.",
    "Tulis alasan mengapa usul ini dikembalikan.": "Write why this proposal is sent back.",
    "Tulis dasar kesimpulannya: kronologi, saksi, atau surat dokter.":
        "Write what the conclusion rests on: the course of events, witnesses, or a doctor's letter.",
    "Untuk laporan kematian isi hari meninggal sebagai hari kejadian.":
        "In a report of a death the day of death is the day of the event.",
    "Usul keputusan ini sudah diputus oleh orang lain.": "Somebody else has decided on this proposal.",
    "Usul keputusan ini tidak ada.": "There is no such proposal.",
    "Usul keputusan sedang menunggu persetujuan; kasus tidak dapat diubah.":
        "A proposed decision waits for approval; the case cannot be changed.",
    "Usul keputusan untuk kasus ini sudah ada dan menunggu persetujuan.":
        "There is a proposed decision for this case; it waits for approval.",
    "Yang mengusulkan tidak boleh menyetujui usulnya sendiri.": "Who proposes may not approve the own proposal.",
    "{} tidak ada dalam tabel cacat, atau banyaknya di luar batas.":
        "{} is not in the table of disabilities, or there are more than there can be.",
    # payments
    "Ada perintah bayar ke rekening ini yang sedang berjalan.": "A payment to this account is on its way.",
    "Bank menolak {}: jumlah baris atau jumlah uang tidak cocok.":
        "The bank refused {}: its number of rows or its sum does not fit.",
    "Berkas bank bukan teks UTF-8.": "The bank file is no text in UTF-8.",
    "Berkas bank ini tidak ada.": "There is no such bank file.",
    "Berkas ini belum dikirim, atau sudah dikonfirmasi seluruhnya.":
        "This file was not sent yet, or has been confirmed as a whole.",
    "Berkas ini bukan berkas perintah bayar yang utuh.": "This file is no whole file of payments.",
    "Berkas ini bukan berkas perintah bayar.": "This file is no file of payments.",
    "Berkas ini bukan jawaban bank yang dapat dibaca.": "This file is no answer of a bank that can be read.",
    "Berkas ini bukan jawaban bank.": "This file is no answer of a bank.",
    "Berkas ini tidak lagi {}; orang lain lebih dulu.": "This file is no longer {}; somebody else was first.",
    "Isi berkas tidak sama dengan perintah bayarnya; siapkan berkas baru.":
        "The file is not what its payments say; prepare a new file.",
    "Jawaban ini untuk berkas {}, bukan {}.": "This answer is for the file {}, not {}.",
    "Rekening ahli waris harus atas nama orang dengan NIK.": "An heir's account must belong to a person with a NIK.",
    "Rekening ini tidak ada.": "There is no such account.",
    "Rekening jenis {} tidak dibuka di sini.": "Accounts of the kind {} are not opened here.",
    "Tidak ada perintah bayar yang siap dikirim.": "There is no payment that is ready to be sent.",
    "Tulis alasan perubahan nomor rekening.": "Write why the account number changes.",
    "Yang menyiapkan berkas tidak boleh menyetujuinya sendiri.": "Who prepared the file may not approve it.",
}  # fmt: skip
"""Whole sentences of the rooms staff, ledger, coverage, financing, claims and payments."""

_HOLE = re.compile(r"\\\{(\w*)\\\}")


def in_english(sentence: str) -> str:
    """The sentence in English, the reasons of the law included; as it is where nobody has translated it."""
    if sentence in ENGLISH:
        return ENGLISH[sentence]
    for pattern, english in _patterns():
        if found := pattern.fullmatch(sentence):
            return english.format(*found.groups(), **found.groupdict())
    return sentence


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Sentences with values in them, the longest first, so that the one that says most is met first."""
    law = {rule.reason.sentence: rule.reason.english for rule in LAW.book.rules if rule.reason is not None}
    told = sorted({**law, **ENGLISH}.items(), key=lambda pair: -len(pair[0]))
    return tuple((_pattern(said), english) for said, english in told)


def _pattern(said: str) -> re.Pattern[str]:
    """The sentence with anything where a value stands; a number that stands twice is the same both times."""
    named: set[str] = set()

    def hole(found: re.Match[str]) -> str:
        name = found[1]
        again = name in named
        named.add(name)
        return "(.+?)" if not name else f"(?P={name})" if again else f"(?P<{name}>.+?)"

    return re.compile(_HOLE.sub(hole, re.escape(said)), re.DOTALL)

"""What the rooms of persons and of targeting say no to, in English."""

from __future__ import annotations

from typing import Final

TARGETING: Final = {
    # lists and their columns
    "Arti kolom tidak dikenal: {}.": "The meaning of a column is not known: {}.",
    "Baris yang dipilih sebagai kepala tabel kosong.": "The row chosen as the head of the table is empty.",
    "Berkas yang dibaca bukan berkas daftar {}.": "The file that was read is not the one of the list {}.",
    "Berkas {} kosong; tidak ada yang disimpan.": "The file {} is empty; nothing was kept.",
    "Daftar ini belum diperiksa; lembar hasil baru ada setelah pemeriksaan.":
        "This list was not screened yet; its result sheet exists after the screening.",
    "Daftar ini tidak ada.": "There is no such list.",
    "Daftar {} sudah tidak berlaku.": "The list {} is not in force any more.",
    "Dua kolom mendapat arti yang sama: {}. Pilih satu saja.": "Two columns got the same meaning: {}. Choose one.",
    "Isi daftar ini sudah dikosongkan karena lewat masa simpan; tidak ada hasil.":
        "What this list held was blanked when its time was over; there is no result.",
    "Tunjukkan kolom yang berisi nama orang.": "Point out the column with the names of the people.",
    "{} adalah lembar hasil dari program lain.": "{} is the result sheet of another programme.",
    # screening and rows
    "Ada daftar yang masuk setelah pemeriksaan; jalankan pemeriksaan sekali lagi.":
        "A list came in after the screening; screen once more.",
    "Baris ini belum diperiksa.": "This row was not screened yet.",
    "Baris ini sudah tidak perlu dicek; muat ulang halaman.":
        "This row need not be checked any more; load the page again.",
    "Baris ini tidak ada lagi dalam pemeriksaan yang berlaku.": "This row is not in the screening in force any more.",
    "Baris ini tidak ada.": "There is no such row.",
    "Daftar program ini belum diperiksa.": "The lists of this programme were not screened yet.",
    "Hasil pemeriksaan sudah diganti; muat ulang halaman.": "The screening was replaced; load the page again.",
    "Hasil pemeriksaan sudah diganti; tarik konsep ini dan susun yang baru.":
        "The screening was replaced; withdraw this draft and draw up a new one.",
    "Kriteria program berubah selama pemeriksaan; periksa sekali lagi.":
        "The criteria of the programme changed during the screening; screen once more.",
    "Kriteria program berubah setelah pemeriksaan; periksa sekali lagi.":
        "The criteria of the programme changed after the screening; screen once more.",
    "Program ini belum diperiksa.": "This programme was not screened yet.",
    "Register berikut belum dimuat: {}.": "These registers are not loaded yet: {}.",
    "Register berubah selama pemeriksaan; jalankan pemeriksaan sekali lagi.":
        "The registers changed during the screening; screen once more.",
    "Tabel ini tidak dapat diurutkan menurut {}.": "This table cannot be sorted by {}.",
    # the desk of doubts
    "Ada entri register yang meragukan; nyatakan milik siapa, atau tunda.":
        "A register entry is in doubt; say whose it is, or put it off.",
    "Belum ada jawaban yang disetujui untuk baris ini.": "No answer about this row is approved yet.",
    "Desil adalah angka 1 sampai 10.": "A decile is a number from 1 to 10.",
    "Desil orang ini belum diketahui; tulis desil menurut DTSEN, atau tunda.":
        "The decile of this person is not known; write the one of DTSEN, or put it off.",
    "Dua petugas sudah menyatakan baris ini bukan orang itu; buka lagi jawabannya.":
        "Two officers said that this row is not that person; open their answer again.",
    "Hanya jawaban orang ini yang menyebut orang, desil dan entri.":
        "Only the answer about this person names person, decile and entries.",
    "Hanya yang menjawab dapat menarik jawabannya.": "Only who gave an answer can take it back.",
    "Jawaban ini sudah diperiksa atau ditarik; muat ulang halaman.":
        "This answer was checked or taken back already; load the page again.",
    "Jawaban ini tidak ada.": "There is no such answer.",
    "Jawaban ini tidak dikenal.": "This answer is not known.",
    "Orang ini sudah ada di antara calon untuk baris ini.": "This person is among the candidates of this row already.",
    "Orang ini tidak ada di antara calon untuk baris ini.": "This person is not among the candidates of this row.",
    "Paling banyak {} calon untuk satu baris.": "At most {} candidates for one row.",
    "Petugas lain sudah menjawab baris ini; muat ulang halaman.":
        "Another officer answered this row already; load the page again.",
    "Pilih apa yang dicocokkan: KTP, kartu keluarga, bertemu, atau data saja.":
        "Choose what was compared: identity card, family card, a meeting, or the data alone.",
    "Tulis desil keluarga menurut jawaban DTSEN.": "Write the decile of the family as DTSEN answered.",
    "Tulis mengapa jawaban itu dibuka lagi.": "Write why that answer is opened again.",
    "Yang menjawab tidak boleh memeriksa jawabannya sendiri.": "Who answered may not check the own answer.",
    # programmes, their criteria and calls
    "Batas panggilan harus sesudah hari dibuka dan belum lewat.":
        "The last day of a call must lie after its first and not before today.",
    "Bulan pertama dan terakhir harus tanggal 1 dan berurutan.":
        "The first and the last month must be first days of months, in that order.",
    "Dasar hukum tidak dapat berakhir sebelum tanggalnya.": "A legal basis cannot end before its date.",
    "Desil antara 1 dan 10.": "The decile lies between 1 and 10.",
    "Jumlah tempat atau dasar penghasilan tidak sah.": "The number of places or the base of income is not valid.",
    "Kode {} sudah dipakai program lain.": "The code {} belongs to another programme.",
    "Kriteria program tidak dapat dipahami: {}. Perbaiki kriterianya.":
        "The criteria of the programme cannot be understood: {}. Mend them.",
    "Panggilan dengan judul ini sudah ada untuk program ini.": "This programme has a call of that title already.",
    "Panggilan ini sudah ditutup.": "This call is closed already.",
    "Panggilan ini tidak ada.": "There is no such call.",
    "Panggilan perlu judul.": "A call needs a title.",
    "Panggilan perlu sedikitnya satu pengusul.": "A call needs at least one sender.",
    "Pembagian menurut penduduk miskin perlu jumlah penduduk miskin setiap kecamatan beserta sumbernya.":
        "Sharing by poor people needs the poor people of each kecamatan, and where the numbers are from.",
    "Pengusul tanpa jenis, nama, wilayah program, atau tempat: {}.":
        "A sender without kind, name, area of the programme, or places: {}.",
    "Program ini bukan konsep lagi; muat ulang halaman.": "This programme is no draft any more; load the page again.",
    "Program ini sudah ditutup.": "This programme is closed.",
    "Program perlu nama.": "A programme needs a name.",
    "Programnya belum disetujui atau sudah ditutup.": "The programme is not approved yet, or is closed.",
    "Seorang pengusul hanya dipanggil satu kali.": "A sender is called only once.",
    "Setiap urutan hanya dipakai satu kali.": "Each criterion of the order is used only once.",
    "Tulis peraturan yang menjadi dasar hukum beserta nomornya.":
        "Write the regulation that is the legal basis, with its number.",
    "Urutan {} tidak dikenal.": "The criterion {} of the order is not known.",
    "Yang menyusun program tidak dapat menyetujuinya.": "Who draws up a programme cannot approve it.",
    # decrees, amendments and departures
    "Alasan keluar {} tidak dikenal.": "The reason {} for leaving is not known.",
    "Belum ada calon yang diterima, selain yang sudah diambil alih.":
        "Nobody is accepted yet besides those who were taken over.",
    "Daftar nama berubah setelah konsep dibuat; tarik dan susun yang baru.":
        "The names changed after the draft was made; withdraw it and draw up a new one.",
    "Hari keluar tidak boleh sesudah hari ini.": "The day of leaving may not lie after today.",
    "Keputusan ini tidak ada.": "There is no such decree.",
    "Keputusan perlu nomor dan judul.": "A decree needs a number and a title.",
    "Keputusan program ini sudah ditetapkan: {} tidak dapat diubah lagi.":
        "The decree of this programme is set: {} cannot be changed any more.",
    "Keputusan {} sudah ditetapkan dan tidak dapat ditarik.": "The decree {} is set and cannot be withdrawn.",
    "Keputusan {} sudah ditetapkan oleh orang lain.": "The decree {} was set by somebody else already.",
    "Keputusan {} untuk program ini {}.": "The decree {} of this programme is {}.",
    "Konsep perubahan {} belum ditetapkan; tarik dahulu.": "The draft amendment {} is not set; withdraw it first.",
    "Nama ini sudah gugur; tempatnya sudah diisi dari cadangan.":
        "This name was dropped; its place was filled from the waiting list.",
    "Nomor {} sudah dipakai keputusan lain.": "The number {} belongs to another decree.",
    "Orang ini sudah diusulkan keluar dari keputusan.": "This person was proposed to leave the decree already.",
    "Orang ini tidak memegang tempat dalam keputusan yang ditetapkan.": "This person holds no place in a set decree.",
    "Perubahan berlaku mulai bulan ini atau sesudahnya, dan paling lambat {}.":
        "An amendment begins this month or later, and by {} at the latest.",
    "Tidak ada usul keluar yang menunggu, atau sebagian sudah diputuskan.":
        "Nobody is proposed to leave, or some were decided already.",
    "Tulis mengapa orang ini tetap dalam keputusan.": "Write why this person stays in the decree.",
    "Usul keluar ini sudah diputuskan atau masuk konsep perubahan.":
        "This proposal to leave was decided already, or stands in a draft amendment.",
    "Usul keluar ini tidak ada.": "There is no such proposal to leave.",
    "Yang menyusun keputusan tidak boleh menetapkannya.": "Who draws up a decree may not set it.",
    "{} calon pengganti menurut register terbaru juga meninggal, pindah, atau sudah bekerja; tarik konsep ini dan susun yang baru.":  # noqa: E501
        "{} who would take a place died, moved or found a job by the latest registers; withdraw this draft and draw up "
        "a new one.",
    "{} orang tidak memegang tempat dalam keputusan ini.": "{} people hold no place in this decree.",
    "{} nama kini ditanggung keputusan program lain untuk semua bulan program ini: {}. Tarik konsepnya, periksa daftar sekali lagi, lalu susun yang baru.":  # noqa: E501
        "{} names are covered by the decree of another programme for all months of this one: {}. Withdraw the draft, "
        "screen the lists once more, and draw up a new one.",
    # appeals
    "Alasan penolakan ini tidak diputus lewat keberatan; perbaiki baris di lembar hasil atau di meja ragu.":
        "This reason is not decided by an appeal; correct the row in the result sheet or at the desk of doubts.",
    "Hanya baris yang ditolak dapat dikeberatkan.": "Only a refused row can be appealed.",
    "Keberatan atas baris ini sudah ada dan menunggu putusan.": "An appeal about this row is there and waits.",
    "Keberatan diputus petugas lain, bukan yang menolak atau yang mencatatnya.":
        "An appeal is decided by another officer than who refused or entered it.",
    "Keberatan ini sudah diputus atau dicabut; muat ulang halaman.":
        "This appeal was decided or taken back already; load the page again.",
    "Pilih siapa yang berkeberatan: pengirim atau orangnya sendiri.": "Choose who appeals: the sender or the person.",
    "Putusan hanya tentang alasan yang dikeberatkan.": "A decision is about the reasons that were appealed alone.",
    "Tulis alasan putusan; pengirim dan orangnya membacanya.":
        "Write the reason for the decision; the sender and the person read it.",
    "Tulis apa yang dapat dilakukan orangnya sesudah ini.": "Write what the person can do after this.",
    "Tulis siapa yang berkeberatan dan mengapa.": "Write who appeals and why.",
    # persons, registers, sectors, models of linkage
    "Berkas {} sudah pernah dimuat dan sudah diganti dengan register yang lebih baru.":
        "The file {} was loaded before and was replaced by a newer register.",
    "Jenis register {} tidak dikenal.": "The kind of register {} is not known.",
    "Kedua nomor ini sudah digabung.": "These two numbers are merged already.",
    "Keduanya digabung lewat nomor lain; lepaskan nomor itu.":
        "The two are merged through another number; take that one out.",
    "Model pencocokan ini tidak dapat dibaca.": "This model of linkage cannot be read.",
    "Nomor ini sudah ikut nomor lain; gabungkan nomor utamanya.":
        "This number follows another one; merge the one it follows.",
    "Pekerjaannya tidak tertulis; nyatakan sektor orangnya satu per satu.":
        "The work is not written; state the sector person by person.",
    "Penjelasan pencocokan ini tidak dapat dibaca.": "This explanation of a match cannot be read.",
    "Pilih dua nomor orang dan jawabannya.": "Choose two numbers of persons, and the answer.",
    "Pilih satu sampai {} orang.": "Choose from one to {} people.",
    "Register {} berisi {} orang di luar wilayah {}; tidak ada yang diubah.":
        "The register {} holds {} people outside the area {}; nothing was changed.",
    "Register {} per {} lebih lama daripada yang berlaku (per {}).":
        "The register {} of {} is older than the one in force (of {}).",
    "Register {} tidak berisi baris; tidak ada yang diubah.": "The register {} has no rows; nothing was changed.",
    "Register {} tidak dapat dimuat untuk satu wilayah saja.": "The register {} cannot be loaded for one area alone.",
    "Sebagian orang yang dipilih tidak ada; muat ulang halaman.":
        "Some of the chosen people are not there; load the page again.",
    "Sudah ada jawaban tentang nomor ini yang menunggu pemeriksa.":
        "An answer about this number is there already and waits to be checked.",
    "Tulis dari mana sektornya diketahui.": "Write from where the sector is known.",
    "Tulis dasarnya, misalnya KTP dan KK yang dicocokkan.":
        "Write on what it rests, such as identity and family card compared.",
}  # fmt: skip

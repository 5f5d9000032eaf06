"""What the rooms of claims and of files say when a rule says no to the work on a case, in English."""

from __future__ import annotations

from typing import Final

CASES: Final = {
    # written powers of heirs, and letters of corrections
    "Tulis nomor surat kuasa dan siapa yang mengesahkannya.": "Write the number of the power and who witnessed it.",
    "Surat kuasa dicatat setelah santunannya dikabulkan.": "A power is recorded after the benefit was granted.",
    "Tanggal surat kuasa harus antara hari meninggal dan hari ini.":
        "The day of the power must be between the day of death and today.",
    "Pilih siapa yang memberi kuasa; yang menerima kuasa tidak memberinya sendiri.":
        "Choose who gives the power; who receives it does not give it.",
    "Kuasa hanya antara ahli waris yang menerima bagian; catat dahulu pembagiannya.":
        "A power is only between heirs who receive a share; record the division first.",
    "{} belum dewasa: bagiannya masuk ke rekening wali, tanpa surat kuasa.":
        "{} is a minor: the share goes to the guardian's account, without a power.",
    "Salah satu dari mereka sudah meninggal; kuasanya tidak berlaku.":
        "One of them has died; the power is not in force.",
    "Kasus ini sudah punya surat kuasa; cabut dahulu yang lama.":
        "This case has a power already; revoke the old one first.",
    "Tulis mengapa surat kuasa ini ditolak atau dicabut.": "Write why this power is refused or revoked.",
    "Yang mencatat surat kuasa tidak memeriksanya sendiri.": "Who recorded a power does not check it.",
    "Surat kuasa ini sudah dijawab atau dicabut; muat ulang.":
        "This power was answered or revoked already; load the page again.",
    "Foto atau PDF surat kuasa belum diunggah; unggah dahulu di bagian Berkas.":
        "No photo or PDF of the power was uploaded; upload it first under Papers.",
    "Surat kuasa ini tidak ada.": "There is no such power.",
    "Surat koreksi dibuat setelah koreksinya disetujui.":
        "The letter of a correction is made once the correction is approved.",
    # corrections downwards
    "Tulis apa yang keliru pada keputusan terdahulu dan dari mana diketahui.":
        "Write what was wrong with the earlier decision and how it is known.",
    "Hanya kasus yang sudah dikabulkan dapat dikoreksi.": "Only a case that was granted can be corrected.",
    "Menurut hukum tidak ada yang berkurang pada kasus ini.": "By the law nothing becomes less in this case.",
    "Koreksi kasus ini sudah diusulkan; tunggu jawabannya.":
        "A correction of this case was proposed already; wait for its answer.",
    "Keputusan kasus ini berubah sejak koreksi diusulkan; kembalikan usulnya.":
        "The decisions of this case changed since the correction was proposed; send it back.",
    "Tulis alasan mengapa koreksi ini dikembalikan.": "Write why this correction is sent back.",
    "Koreksi ini tidak ada.": "There is no such correction.",
    "Koreksi ini sudah dijawab oleh orang lain.": "Somebody else has answered this correction.",
    # many approved together
    "Anda sendiri yang mengusulkannya; pejabat lain menyetujuinya.":
        "You proposed it yourself; another officer approves it.",
    "Hukum menolak; penolakan dibaca satu per satu sebelum keluarga menerimanya.":
        "The law refuses; a refusal is read by itself before the family gets it.",
    "Ada kasus serupa; periksa dahulu pada halaman kasusnya.": "There is a similar case; look first, on its page.",
    "Kasus ini bertanda; tulis hasil melihatnya pada halaman kasusnya.":
        "This case has a sign; write on its page what the look showed.",
    "Ada keberatan yang belum dijawab; jawab dahulu pada halaman kasusnya.":
        "An objection waits for its answer; answer it first, on the page of the case.",
    "Tidak ada usul yang dapat disetujui bersama; muat ulang halaman.":
        "No proposal can be approved together with others; load the page again.",
    "Contoh yang belum dinyatakan dibaca: {}. Baca semuanya.":
        "Examples that were not declared read: {}. Read all of them.",
    "Daftar usul berubah sejak halaman dibuka; muat ulang lalu baca contohnya lagi.":
        "The list of proposals changed since the page was opened; load it again and read the examples again.",
    # files that people send
    "Berkas ini kosong; pilih foto atau PDF lain.": "This file is empty; choose another photo or PDF.",
    "Berkas lebih besar dari {} MB; kirim yang lebih kecil.": "The file is larger than {} MB; send a smaller one.",
    "Berkas ini bukan foto (JPG, PNG, WebP, HEIC) atau PDF yang dapat dibuka; kirim ulang sebagai JPG.":
        "This file is no photo (JPG, PNG, WebP, HEIC) and no PDF that can be opened; send it again as JPG.",
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
    # the work on a case
    "Ada kasus serupa: {}. Lihat dahulu, lalu nyatakan sudah diperiksa.":
        "There are similar cases: {}. Look at them first, then say that you did.",
    "Kasus ini bertanda. Lihat dahulu, lalu tulis hasilnya; hak tidak berkurang.":
        "This case has signs. Look at them first and write what you found; no right is lost by it.",
    "Ahli waris kasus ini masih diperselisihkan; jawab keberatannya dahulu.":
        "The heirs of this case are disputed; answer that first.",
    "Anak ini tidak ada pada kasus ini.": "There is no such child in this case.",
    "Anjuran dan hari kembali bekerja harus berurutan, sesudah kejadian.":
        "The recommendation and the return must follow each other, after the event.",
    "Beasiswa diputus setelah santunannya dikabulkan.": "Scholarships are decided once the benefit itself was granted.",
    "Catat dahulu bahwa penjamin lain menjamin kasus ini.": "Note first that another guarantor guarantees this case.",
    "Hanya kasus yang ditutup tanpa keputusan yang dapat dibuka lagi.":
        "Only a case that was closed without a decision can be opened again.",
    "Hari lahir anak tidak boleh setelah hari ini.": "A child cannot be born after today.",
    "Hari kejadian tidak boleh sebelum hari lahir; periksa tanggalnya, atau apakah ini orang yang dimaksud.":
        "The event cannot lie before the birth; check the day, or whether this is the person who is meant.",
    "Hari diagnosis tidak boleh sebelum hari lahir.": "The diagnosis cannot lie before the day of birth.",
    "Surat dokter tidak boleh mulai sesudah hari meninggal.":
        "A letter of the doctor cannot begin after the day of death.",
    "Kejadian ini disimpulkan bukan kecelakaan kerja; laporkan kematiannya sebagai kasus baru (JKM).":
        "This event was concluded to be no work accident; report the death as a new case (JKM).",
    "Kasus ini sudah mencatat kematian pada {}. Bila itu keliru, tutup kasus ini dengan alasannya dan laporkan lagi.":
        "This case has a death on {} already. If that is wrong, close this case with its reason and report again.",
    "Hari meninggal tidak boleh sebelum hari sembuh yang sudah dicatat ({}).":
        "The death cannot lie before the recovery that was noted ({}).",
    "Kematian orang ini sudah dicatat pada kasus {} ({}); periksa kasus itu dahulu.":
        "The death of this person is noted on case {} ({}) already; check that case first.",
    "Hari meninggal tidak boleh sebelum hari lahir.": "The day of death cannot lie before the day of birth.",
    "Hari perawatan ini di luar kasus: sebelum kejadian, atau sesudah dokter menyatakan selesai.":
        "This day of care lies outside of the case: before the event, or after the doctor closed it.",
    "Jumlah baris melebihi jumlah tagihannya; periksa angka keduanya.":
        "The lines come to more than the invoice; check both numbers.",
    "Kasus ini belum diputus; keberatan atas keputusan menunggu keputusannya.":
        "This case was not decided yet; there is no decision to object to.",
    "Kasus ini sudah dipegang petugas itu.": "That officer holds this case already.",
    "Keberatan ini sudah dijawab.": "This objection was answered already.",
    "Keberatan ini tidak ada.": "There is no such objection.",
    "Kecelakaan lalu lintas dijamin Jasa Raharja lebih dahulu; catat jawabannya sebelum biaya diputus.":
        "In traffic Jasa Raharja comes first; note its answer before costs are decided.",
    "NIK anak harus 16 angka yang sah.": "The NIK of a child must be 16 valid digits.",
    "Penerima ini sudah meninggal; pilih ahli waris lain.": "This receiver is dead; choose another heir.",
    "Perawatan di rumah dan alat bantu perlu surat dokter.": "Care at home and aids need a doctor's letter.",
    "Petugas itu tidak mengurus kasus di wilayah ini: {}.": "That officer does not work on cases of this area: {}.",
    "Tulis apa yang perlu diketahui pemegang baru.": "Write what the new holder should know.",
    "Pilih sedikitnya satu dan paling banyak {} kasus.": "Choose at least one case and at most {}.",
    "Kasus ini sudah berakhir dan tidak diserahkan lagi: {}.":
        "This case has ended and is no longer handed over: {}.",
    "Pilih apa yang dikerjakan pada baris tagihan ini.": "Choose what was done in this line of the invoice.",
    "Pilih apa yang diperselisihkan.": "Choose what is disputed.",
    "Tulis surat yang menyelesaikannya: nomor, tanggal, dan dari siapa.":
        "Write the paper that settles it: its number, its day, and from whom.",
    "Bagiannya sudah dibagi ulang; usulkan koreksi, lalu keputusan untuk selebihnya.":
        "It was divided anew; propose the correction, then a decision for the rest.",
    "Tidak ada lagi yang ditahan oleh keberatan ini; muat ulang.":
        "This objection holds nothing any more; load the page again.",
    "Pilih jenjang sekolah anak ini.": "Choose the school level of this child.",
    "Pilih menunggu, dijamin, atau ditolak.": "Choose waiting, guaranteed, or refused.",
    "Tagihan ini tidak ada pada kasus ini.": "There is no such invoice in this case.",
    "Tahun ajaran harus sesudah kejadian dan tidak di depan.": "The school year must follow the event and have come.",
    "Tidak ada tahun ajaran yang menunggu; catat surat sekolahnya dahulu.":
        "No school year is waiting; note its certificate first.",
    "Tulis alasan mengapa baris ini tidak termasuk kasus.": "Write why this line does not belong to the case.",
    "Tulis diagnosis sebagai kode ICD-10, misalnya S62.6.": "Write the diagnosis as an ICD-10 code, such as S62.6.",
    "Tulis dokter dan nomor surat yang menyatakan cacat total tetap.":
        "Write the doctor and the letter that declare total permanent disability.",
    "Tulis harga rumah sakit rehabilitasi pemerintah untuk protese ini.":
        "Write what the state rehabilitation hospital asks for this prosthesis.",
    "Tulis jawabannya; yang berkeberatan membaca kalimat ini.": "Write the answer; who objected reads this sentence.",
    "Tulis mengapa kasus ini dibuka lagi.": "Write why this case is opened again.",
    "Tulis nomor surat keterangan sekolah untuk tahun ajaran ini.":
        "Write the number of the school's certificate for this school year.",
    "Tulis siapa yang berkeberatan dan apa yang keliru menurutnya.":
        "Write who objects and what is wrong in that view.",
    # several heirs
    "Tulis nomor dan tanggal surat pembagian atau penetapan pengadilan.":
        "Write number and day of the paper of the division, or of the court's ruling.",
    "Isi bagian sedikitnya dua ahli waris; untuk satu orang tetapkan penerima.":
        "Give a part to at least two heirs; for one alone name the receiver.",
    "Salah satu dari mereka bukan ahli waris pada kasus ini; muat ulang.":
        "One of them is no heir of this case; load the page again.",
    "{} belum dewasa atau hari lahirnya belum dicatat; isi NIK dan nama wali.":
        "{} is not of age or the day of birth is not known; give the NIK and the name of the guardian.",
    "Wali ini sudah meninggal; isi wali lain menurut penetapannya.":
        "This guardian is dead; give another, as the ruling says.",
    "Isi NIK wali {} (16 angka yang sah) dan namanya.":
        "Give the NIK of the guardian of {} (16 valid digits) and the name.",
    "Wali {} harus orang lain yang masih hidup.": "The guardian of {} must be another person, and alive.",
    "Tulis semua bagian dengan cara yang sama: 1, 1, 2 atau 1/4, 1/4, 1/2.":
        "Write all parts in the same way: 1, 1, 2 or 1/4, 1/4, 1/2.",
    "Jumlah semua bagian harus tepat satu, kini {}; sesuaikan bagiannya.":
        "All parts together must be exactly one, now {}; change the parts.",
    "Bagian {} tidak terbaca; tulis 1, 2 atau 1/4.": "The part {} cannot be read; write 1, 2 or 1/4.",
    "Angka bagian terlalu besar; pakai pecahan yang lebih sederhana.":
        "The numbers of the parts are too large; use simpler fractions.",
    "Bagian satu ahli waris baru dapat diperselisihkan setelah dikabulkan.":
        "The share of one heir can be disputed once it was granted.",
    "Orang ini tidak menerima bagian pada kasus ini; pilih salah satu penerima.":
        "This person receives no share in this case; choose one of the receivers.",
    # scholarships of the disabled, lost function
    "Beasiswa hanya bila peserta meninggal atau dinyatakan cacat total tetap; catat itu dahulu.":
        "Scholarships are only for a death or declared total permanent disability; note that first.",
    "Kehilangan fungsi 1 sampai 100 persen; kosongkan bila bagian tubuhnya hilang.":
        "Lost function is 1 to 100 percent; leave it empty where the part itself is lost.",
    "Urutan anak mulai dari 1.": "The places of children begin with 1.",
    "Yang dibayar penjamin lain paling banyak sebesar tagihannya.":
        "What another guarantor paid is at most the invoice.",
    "Yang mencatat keberatan atau mengusulkan keputusannya tidak menjawabnya.":
        "Who wrote the objection down or proposed the decision does not answer it.",
    "Formulir {} tidak dipakai pada kasus ini.": "The form {} is not used in this case.",
    "Tulis nama rumah sakit atau klinik yang menerima surat jaminan.":
        "Write the hospital or clinic that gets the letter of guarantee.",
}  # fmt: skip

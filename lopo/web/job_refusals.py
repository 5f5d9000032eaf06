"""What long work and the commands say no to, in English."""

from __future__ import annotations

from typing import Final

JOBS: Final = {
    # files that are read
    "Berkas ini tidak ada lagi; kirim ulang.": "This file is not there any more; send it again.",
    "Berkas jawaban ini tidak ada lagi; unggah sekali lagi.": "This answer is not there any more; send it once more.",
    "Berkas register ini sudah dibaca atau dihapus; unggah sekali lagi.":
        "This file of a register was read or removed already; send it once more.",
    "Berkas register {} tidak ada di map itu.": "There is no file of the register {} in that folder.",
    "Daftar {} sudah tidak ada.": "The list {} is not there any more.",
    "Nama berkas {} bukan nama register yang dikenal.": "The file name {} is not the name of a register that we know.",
    "Register {} ditolak seluruhnya: kolom {} tidak ada. Beri judul kolom itu di baris kepala tabel, lalu unggah lagi. Tidak ada yang diubah.":  # noqa: E501
        "The whole register {} was refused: there is no column {}. Name that column in the head of the table, then "
        "send it again. Nothing was changed.",
    "Register {} ditolak: kolom {} tidak ada.": "The register {} was refused: there is no column {}.",
    "Register {} orang ke-{} tinggal di wilayah {}, bukan di {} yang dipilih. Tidak ada yang diubah.":
        "In the register {}, person {} lives in the area {}, not in the chosen {}. Nothing was changed.",
    "Register {} tidak ada di {}.": "There is no register {} in {}.",
    "Register {}: {} Tidak ada yang diubah.": "Register {}: {} Nothing was changed.",
    "Register {}: {} {}": "Register {}: {} {}",
    "Register {}: {}: {} Tidak ada yang diubah.": "Register {}: {}: {} Nothing was changed.",
    "Tidak ada berkas di map {}.": "There is no file in the folder {}.",
    "Wilayah {} bukan kota, kabupaten, atau provinsi.": "The area {} is no city, kabupaten or province.",
    "Wilayah {} tidak dikenal; muat daftar wilayah lebih dahulu.":
        "The area {} is not known; load the list of areas first.",
    "{} baris {}: kolom {} {} ({}). {}": "{} row {}: column {} {} ({}). {}",
    "{} baris {}: kurang dari {} sel. {}": "{} row {}: fewer than {} cells. {}",
    "{} bukan parquet yang dapat dibaca.": "{} is no parquet file that can be read.",
    "{} bukan teks UTF-8.": "{} is no UTF-8 text.",
    "{} tidak ada.": "{} is not there.",
    "{} tidak dapat dibaca: {}": "{} cannot be read: {}",
    "{}: {}": "{}: {}",
    # poor people by kecamatan
    "Belum ada barisnya: {}.": "There is no row yet for: {}.",
    "Jumlah {} tidak terbaca; tulis angka bulat, misalnya 5120.":
        "The number {} cannot be read; write a whole number, such as 5120.",
    "Kecamatan ini sudah ada di baris lain.": "This kecamatan stands in another row already.",
    "Kecamatan {} tidak dikenal; tulis nama atau kodenya, misalnya Oebobo atau 53.71.04.":
        "The kecamatan {} is not known; write its name or code, such as Oebobo or 53.71.04.",
    "Satu berkas hanya dari satu sumber.": "One file is from one source only.",
    "Satu berkas hanya untuk satu tahun.": "One file is for one year only.",
    "Sumber kosong; tulis siapa yang mengatakan angka ini dan kapan.":
        "The source is empty; write who says these numbers, and when.",
    "Tabel ini tidak berisi baris.": "This table has no rows.",
    "Tahun {} tidak terbaca; tulis empat angka, misalnya 2025.":
        "The year {} cannot be read; write four digits, such as 2025.",
    # papers
    "Belum ada peserta yang bernomor, jadi belum ada kartu untuk dicetak.":
        "No member has a number yet, so there is no card to print.",
    "Kode ini bukan kode kartu peserta, atau terbaca tidak lengkap.":
        "This is not the code of a member card, or it was read in part only.",
    "Lambang harus berupa berkas SVG atau PNG, paling besar 400 kB.":
        "The emblem must be an SVG or PNG file of 400 kB at most.",
    "Nomor peserta {} tidak terdiri dari 11 angka.": "The member number {} does not have 11 digits.",
    "Orang ini belum menjadi peserta.": "This person is not a member yet.",
    "Peserta kasus ini tidak ada.": "The member of this case is not there.",
    "Surat jawaban dibuat setelah keberatan diputus.": "The letter of answer is made once the appeal is decided.",
    "Tempat kedudukan Provinsi {} belum dicatat.": "The seat of the province {} is not written down yet.",
    "Tidak ada permintaan orang ini atas datanya.": "This person has not asked for the own data.",
    # naming a person at the desk, training a model
    "Belum ada daftar dengan calon untuk program ini.": "This programme has no list with candidates yet.",
    "NIK ini tidak ada di register mana pun yang berlaku.": "This NIK is in none of the registers in force.",
    "Register sudah diganti; periksa ulang semua calon, lalu pilih orangnya.":
        "The registers were replaced; screen all candidates again, then choose the person.",
    # commands
    "Ada beberapa program; sebutkan --programme: {}.": "There are several programmes; say --programme: {}.",
    "Baris pertama {} harus memuat nama kolom, masing-masing satu.":
        "The first row of {} must hold the names of the columns, each once.",
    "Berkas harus berakhiran .csv atau .parquet.": "The file must end in .csv or .parquet.",
    "Database tujuan tidak dapat dibuka: {}": "The target database cannot be opened: {}",
    "Database tujuan tidak kosong; buat database baru dan sebutkan namanya.":
        "The target database is not empty; make a new one and name it.",
    "Keputusan tersimpan dibaca dari basis data: panggil sebagai `lopo law replay`.":
        "Stored decisions are read from the database: call it as `lopo law replay`.",
    "Klaster di mesin lain perlu map bersama: isi {}.": "A cluster on other machines needs a shared folder: set {}.",
    "Kolom {} dari {} belum dinyatakan nasibnya.": "What becomes of the column {} of {} is not declared.",
    "Kolom {} dari {} tidak dapat dikosongkan.": "The column {} of {} cannot be emptied.",
    "Kolom {} harus diberi nama lain.": "The column {} must get another name.",
    "Map {} tidak kosong; hasil lama tidak ditimpa.": "The folder {} is not empty; old results are not written over.",
    "Mesin {} tidak dikenal; yang ada: {}.": "The engine {} is not known; there are: {}.",
    "Penduduk 1 sampai 100 juta, baris tidak lebih dari penduduk.":
        "From 1 to 100 million people, and no more rows than people.",
    "PySpark belum terpasang di sini: pip install 'lopo[spark]'.":
        "PySpark is not installed here: pip install 'lopo[spark]'.",
    "Spark perlu Java {}; java tidak ditemukan di mesin ini.": "Spark needs Java {}; there is no java on this machine.",
    "Spark perlu Java {}; yang ada: {}": "Spark needs Java {}; there is: {}",
    "Tabel di tujuan tidak dapat dibuat: {}": "The tables of the target cannot be made: {}",
    "Tujuannya database ini sendiri; sebutkan database lain yang kosong.":
        "The target is this database itself; name another, empty one.",
    "Jenis {} tidak dikenal.": "The kind {} is not known.",
    # files of receipts of BPJS
    "Berkas bukti bayar ini tidak ada lagi; unggah sekali lagi.": "This file of receipts is gone; send it once more.",
    "{} tersimpan sebagai angka, digit terakhirnya tidak dapat dipercaya; ubah kolomnya menjadi teks.":
        "{} is stored as a number, so that its last digits cannot be trusted; make the column text.",
    "{} kosong atau terlalu panjang; isi lalu baca lagi.": "{} is empty or too long; fill it in, then read again.",
    "Hari bukti tidak terbaca; tulis misalnya 2025-08-14.":
        "The day of the receipt cannot be read; write for example 2025-08-14.",
    "Jumlah tidak terbaca; tulis rupiah bulat, misalnya 47040000.":
        "The sum cannot be read; write whole rupiah, for example 47040000.",
}  # fmt: skip

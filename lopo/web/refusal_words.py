"""What the rooms say when a rule says no, in English; `{}` stands for a value, which is said as it is."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from lopo.law import LAW
from lopo.web.bank_refusals import BANK
from lopo.web.case_refusals import CASES
from lopo.web.cover_refusals import COVER
from lopo.web.job_refusals import JOBS
from lopo.web.outside_refusals import OUTSIDE
from lopo.web.parked_words import PARKED
from lopo.web.staff_refusals import STAFF
from lopo.web.targeting_refusals import TARGETING

ENGLISH: Final = {
    **BANK,
    **CASES,
    **COVER,
    **JOBS,
    **OUTSIDE,
    **STAFF,
    **TARGETING,
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
"""Whole sentences of the rooms and of long work."""

_HOLE = re.compile(r"\\\{(\w*)\\\}")
_CELL: Final = re.compile(r" ?Baris (\d+), sel ([A-Z]+\d+): (.+?)(?= Baris \d+, sel |$)", re.DOTALL)


def in_english(sentence: str) -> str:
    """The sentence in English, the reasons of the law and the sentences within it included; else as it is."""
    if sentence in ENGLISH:
        return ENGLISH[sentence]
    for pattern, english in _patterns():
        if found := pattern.fullmatch(sentence):
            named = {name: _within(value) for name, value in found.groupdict().items()}
            return english.format(*(_within(value) for value in found.groups()), **named)
    return sentence


def _within(value: str) -> str:
    """A value of a sentence, itself a sentence or several that each say a row and a cell before."""
    head, *cells = _CELL.split(value)
    told = [f"Row {cells[at]}, cell {cells[at + 1]}: {in_english(cells[at + 2])}" for at in range(0, len(cells), 4)]
    return " ".join([*([in_english(head)] if head else []), *told])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Sentences with values in them, the longest first, so that the one that says most is met first."""
    law = {rule.reason.sentence: rule.reason.english for rule in LAW.book.rules if rule.reason is not None}
    told = sorted({**law, **PARKED, **ENGLISH}.items(), key=lambda pair: -len(pair[0]))
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

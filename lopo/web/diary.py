"""The desk of the diary: who did what, when, to which thing. Nothing here can be changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lopo.basics.page import Asked, Page
from lopo.staff import queries
from lopo.staff.queries import DiaryRow
from lopo.web.cells import moment_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.table import Ask, Column, Empty, Table

_LATEST = 2000
DEEDS: dict[str, str | Promise] = {
    "appoint": _("mengusulkan tugas petugas"),
    "confirm_duty": _("mengesahkan tugas petugas"),
    "revoke_duty": _("mencabut tugas petugas"),
    "let_choose_password": _("membuat tautan kata sandi"),
    "set_password": _("mengatur kata sandi"),
    "keep_paper": _("menyimpan dokumen"),
    "export": _("mengunduh tabel"),
    "see_nik": _("melihat NIK utuh"),
    "note_request": _("mencatat permintaan atas data pribadi"),
    "answer_request": _("menjawab permintaan atas data pribadi"),
    "retention": _("menghapus data yang lewat masa simpan"),
    "load_register": _("memuat data acuan"),
    "draft_linkage": _("melatih model pencocokan"),
    "activate_linkage": _("memberlakukan model pencocokan"),
    "former_linkage": _("kembali ke model pencocokan sebelumnya"),
    "keep_register_file": _("mengunggah register"),
    "forget_register_file": _("menghapus berkas register yang sudah dibaca"),
    "create_programme": _("membuat program"),
    "change_programme": _("mengubah program"),
    "give_basis": _("mencatat dasar hukum program"),
    "approve_programme": _("menyetujui program"),
    "propose_closing": _("mengusulkan penutupan program"),
    "withdraw_closing": _("menarik usulan penutupan program"),
    "close_programme": _("menutup program"),
    "receive_list": _("menerima daftar"),
    "receive_corrections": _("menerima pembetulan daftar"),
    "remember_readings": _("menunjukkan arti kolom"),
    "read_again": _("membaca ulang daftar"),
    "keep_source": _("menyimpan berkas asal"),
    "record_screening": _("mencatat hasil pemeriksaan"),
    "answer_doubt": _("menjawab baris yang meragukan"),
    "name_person": _("menambahkan calon orang"),
    "take_back_answer": _("menarik jawabannya"),
    "check_answer": _("memeriksa jawaban petugas lain"),
    "answer_pair": _("menjawab apakah dua orang sama"),
    "take_back_pair": _("menarik jawaban tentang dua orang"),
    "merge_persons": _("menggabung dua nomor satu orang"),
    "unmerge_persons": _("melepas gabungan dua orang"),
    "keep_apart": _("menyatakan dua orang berbeda"),
    "return_pair": _("mengembalikan jawaban tentang dua orang"),
    "draft_decree": _("menyusun keputusan"),
    "draft_adoption": _("mengusulkan pengambilalihan peserta"),
    "take_over": _("mengambil alih peserta program lain"),
    "approve_decree": _("menetapkan keputusan"),
    "promote": _("menaikkan cadangan"),
    "propose_departures": _("menemukan nama yang perlu diganti"),
    "propose_departure": _("mengusulkan nama keluar dari keputusan"),
    "dismiss_departure": _("menolak usul keluar"),
    "draft_amendment": _("menyusun perubahan keputusan"),
    "withdraw_amendment": _("menarik konsep perubahan keputusan"),
    "approve_amendment": _("menetapkan perubahan keputusan"),
    "end_memberships": _("mengakhiri kepesertaan yang keluar"),
    "enter_appeal": _("mencatat keberatan"),
    "withdraw_appeal": _("mencabut keberatan"),
    "decide_appeal": _("memutus keberatan"),
    "open_call": _("membuka panggilan usulan"),
    "close_call": _("menutup panggilan usulan"),
    "remind_sender": _("mengingatkan pengusul"),
    "keep_poverty": _("memuat angka penduduk miskin"),
    "use_poverty": _("memberlakukan angka penduduk miskin"),
    "former_poverty": _("kembali ke angka penduduk miskin sebelumnya"),
    "submit_members": _("mengirim peserta ke BPJS"),
    "submit_again": _("mengirim lagi peserta yang ditolak BPJS"),
    "read_answer": _("membaca jawaban BPJS"),
    "confirm_months": _("mengesahkan bulan terbayar"),
    "end_membership": _("mengakhiri kepesertaan"),
    "print_cards": _("mencetak kartu"),
    "record_handover": _("mencatat penyerahan"),
    "make_sheet": _("menyusun lembar tanda terima"),
    "record_receipts": _("mencatat tanda terima"),
    "reverse_receipt": _("membatalkan tanda terima"),
    "replace_card": _("mencetak lagi kartu"),
    "look_at_own_cover": _("peserta melihat perlindungannya sendiri"),
    "set_budget": _("menetapkan anggaran"),
    "make_bill": _("menerbitkan tagihan"),
    "propose_correction": _("mengusulkan koreksi turun"),
    "approve_correction": _("menyetujui koreksi turun"),
    "send_correction_back": _("mengembalikan usul koreksi"),
    "ask_to_give_up": _("meminta penghapusan piutang manfaat"),
    "give_up": _("menghapus sisa piutang manfaat"),
    "keep_asking": _("menolak penghapusan piutang manfaat"),
    "state_work_sector": _("menyatakan sektor sebuah pekerjaan"),
    "state_person_sector": _("menyatakan sektor seorang pekerja"),
    "raise_alarm": _("mengingatkan iuran yang belum dibayar"),
    "raise_renewal": _("mengingatkan peserta yang keluar pada pergantian tahun"),
    "note_code": _("mencatat kode iuran"),
    "renew_code": _("mengganti kode iuran dengan yang baru"),
    "date_code": _("mencatat hari terakhir kode iuran"),
    "record_receipt": _("mencatat bukti bayar BPJS"),
    "withdraw_receipt": _("menarik bukti bayar BPJS"),
    "take_receipts": _("membaca berkas bukti bayar BPJS"),
    "set_receipt_aside": _("menyisihkan baris bukti bayar"),
    "raise_bpjs_alarm": _("mengingatkan kode atau bukti bayar BPJS"),
    "request_payment": _("mengajukan SP2D"),
    "approve_payment": _("menyetujui SP2D"),
    "approve_reversal": _("menyetujui pembatalan pembayaran iuran"),
    "ask_reversal": _("meminta pembatalan pembayaran iuran"),
    "pay_bill": _("membayar tagihan"),
    "cancel_bill": _("membatalkan tagihan"),
    "first_report": _("menerima laporan pertama"),
    "attach_first_report": _("menghubungkan laporan dengan peserta"),
    "dismiss_first_report": _("menyatakan laporan bukan untuk program ini"),
    "look_as_family": _("keluarga melihat kasusnya"),
    "retry_message": _("mengirim lagi sebuah pesan"),
    "hand_over_letter": _("mengantar surat"),
    "set_email": _("mengatur alamat surelnya"),
    "report_case": _("melaporkan kejadian"),
    "open_cases": _("membuka kasus dari akta kematian"),
    "propose_heirs": _("mengusulkan ahli waris"),
    "propose_decision": _("mengusulkan keputusan klaim"),
    "approve_decision": _("menyetujui keputusan klaim"),
    "send_back": _("mengembalikan keputusan"),
    "ask_accounts": _("meminta bank membuka rekening"),
    "take_account_answer": _("membaca jawaban bank tentang rekening"),
    "check_opening": _("memeriksa pemilik rekening"),
    "open_accounts": _("membuka rekening"),
    "make_orders": _("membuat perintah bayar"),
    "make_file": _("menyiapkan berkas bank"),
    "approve_file": _("menyetujui berkas bank"),
    "send_file": _("mengirim berkas bank"),
    "deliver_file": _("mengantar berkas ke folder bank"),
    "retry_delivery": _("mencoba lagi mengantar berkas bank"),
    "park_arrival": _("menyisihkan berkas dari bank"),
    "read_arrival_again": _("meminta berkas dari bank dibaca lagi"),
    "confirm_file": _("membaca jawaban bank"),
    "read_statement": _("membaca rekening koran"),
    "explain_line": _("mengusulkan penjelasan baris rekening koran"),
    "agree_line": _("menyetujui penjelasan baris rekening koran"),
    "refuse_line": _("mengembalikan usul penjelasan baris rekening koran"),
    "retry_order": _("menyiapkan lagi perintah bayar"),
    "correct_account": _("membetulkan rekening"),
    "withdraw_decree": _("menarik konsep keputusan"),
    "divide_bill": _("membagi tagihan"),
    "write_paper": _("mencatat SPP atau SPM"),
    "return_payment": _("mengembalikan SP2D"),
    "add_payer": _("mencatat pembayar"),
    "seed_areas": _("memuat wilayah"),
    "watch_deaths": _("mencocokkan akta kematian"),
    "replay_decisions": _("memutus ulang semua keputusan klaim dengan hukum sekarang"),
    "settle_hit": _("memutuskan temuan kematian"),
    "report_again": _("menerima laporan ulang"),
    "name_receiver": _("menetapkan penerima"),
    "name_shares": _("mencatat pembagian antara ahli waris"),
    "receive_papers": _("menerima berkas"),
    "add_invoice": _("menambah tagihan rumah sakit"),
    "add_trip": _("menambah biaya angkutan"),
    "add_incapacity": _("menambah surat tidak dapat bekerja"),
    "add_injury": _("menambah cacat menetap"),
    "conclude_work_accident": _("menyimpulkan kecelakaan kerja"),
    "set_recovered": _("mencatat sembuh"),
    "record_death": _("mencatat kematian"),
    "record_visit": _("mencatat kunjungan"),
    "close_case": _("menutup kasus"),
    "add_paper_file": _("menyimpan foto atau PDF surat"),
    "mark_paper": _("mencatat surat yang tidak terbaca atau tidak ada"),
    "add_care_line": _("menambah baris tagihan rumah sakit"),
    "set_other_paid": _("mencatat yang dibayar penjamin lain"),
    "set_guarantor": _("mencatat jawaban Jasa Raharja"),
    "note_disease": _("mencatat penyakit akibat kerja"),
    "declare_total": _("mencatat cacat total tetap"),
    "note_return": _("mencatat kembali bekerja"),
    "name_child": _("mencatat anak untuk beasiswa"),
    "add_school_year": _("mencatat surat sekolah"),
    "raise_dispute": _("mencatat keberatan atas klaim"),
    "answer_dispute": _("menjawab keberatan atas klaim"),
    "settle_share": _("menyelesaikan bagian yang ditahan"),
    "record_power": _("mencatat surat kuasa ahli waris"),
    "answer_power": _("memeriksa surat kuasa ahli waris"),
    "revoke_power": _("mencabut surat kuasa ahli waris"),
    "reopen_case": _("membuka kasus lagi"),
    "take_case": _("memegang kasus"),
    "hand_over_case": _("menyerahkan kasus kepada petugas lain"),
    "remind_case": _("mengingatkan jam kasus"),
}


THINGS: dict[str, str | Promise] = {
    "claims.case": _("kasus"),
    "claims.deaths": _("akta kematian"),
    "claims.hit": _("temuan akta kematian"),
    "coverage.exchange": _("berkas BPJS"),
    "coverage.handover": _("penyerahan"),
    "coverage.membership": _("kepesertaan"),
    "financing.bill": _("tagihan"),
    "financing.budget": _("anggaran"),
    "financing.payer": _("pembayar"),
    "payments.account_batch": _("permintaan rekening"),
    "payments.file": _("berkas bank"),
    "payments.order": _("perintah bayar"),
    "payments.passbook": _("rekening"),
    "payments.recovery": _("piutang"),
    "payments.statement": _("rekening koran"),
    "payments.statement_line": _("baris rekening koran"),
    "people.area": _("wilayah"),
    "people.person": pgettext_lazy("perihal", "orang"),
    "people.registerfile": _("berkas register"),
    "people.snapshot": _("register"),
    "staff.officer": _("petugas"),
    "targeting.call": _("panggilan usulan"),
    "targeting.decree": _("keputusan"),
    "targeting.departure": _("usul keluar"),
    "targeting.linkagemodel": pgettext_lazy("perihal", "model pencocokan"),
    "targeting.list": pgettext_lazy("perihal", "daftar usulan"),
    "targeting.programme": pgettext_lazy("perihal", "program"),
    "targeting.row": _("baris usulan"),
    "targeting.screening": pgettext_lazy("perihal", "pemeriksaan"),
    "targeting.simulation": _("simulasi"),
}
"""What a deed can be about, in words; anything else is told by the name of its table."""


def deed_text(action: str) -> str:
    """Say a deed in words; the name of the action itself where it has no words yet."""
    return str(DEEDS.get(action) or action.replace("_", " "))


def _about(row: DiaryRow) -> str:
    """Say what a deed was about: the kind of thing in words, and the beginning of its number."""
    return f"{THINGS.get(row.subject, row.subject)} {row.subject_id[:13]}"


def _what(row: DiaryRow) -> str:
    parts = [f"{key}: {value}" for key, value in (row.after or {}).items() if isinstance(value, str | int)]
    return " · ".join(parts)[:300]


COLUMNS: tuple[Column[DiaryRow], ...] = (
    Column(_("Perbuatan"), lambda row: deed_text(row.action)),
    Column(_("Oleh"), lambda row: row.by),
    Column(_("Pada"), lambda row: moment_text(row.at), "line"),
    Column(_("Tanggal berlaku"), lambda row: row.on, "date"),
    Column(_("Tentang"), _about),
    Column(_("Rincian"), _what),
)


@desk("diary.read")
def diary(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the latest deeds, searchable."""

    def build(asked: Ask) -> Table[DiaryRow]:
        rows = queries.diary_latest(limit=_LATEST)
        if asked.search:
            word = asked.search.lower()
            rows = tuple(
                row for row in rows if word in f"{deed_text(row.action)} {row.by} {_about(row)} {_what(row)}".lower()
            )
        size = asked.asked.size
        start = (asked.number - 1) * size
        part = rows[start : start + size] if size else rows
        page = Page(part, len(rows), Asked(asked.number, size))
        empty = Empty(
            _("Tidak ada catatan"), _("Belum ada perbuatan yang cocok. Hapus pencarian untuk melihat semuanya.")
        )
        return Table(
            "buku-catatan",
            _("Buku catatan"),
            COLUMNS,
            page,
            empty,
            asked,
            search=_("perbuatan, nama petugas …"),
            export=True,
        )

    return show(request, who, build, "diary.html", {})

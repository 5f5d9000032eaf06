"""Each reason of a verdict in words: the sentence and source that the law room gives, and what the sender should do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lopo.law import local
from lopo.law.book import BOOK

_TO_DO: Final = {
    "nik_kosong": ("Tulis NIK 16 angka sesuai KTP.", "Write the 16-digit NIK as on the identity card."),
    "nik_tidak_sah": ("Cocokkan NIK dengan KTP dan perbaiki.", "Compare the NIK with the card and correct it."),
    "nik_terpotong": (
        "Ubah kolom NIK menjadi teks di lembar kerja, lalu tulis ulang 16 angkanya.",
        "Make the NIK column text in the spreadsheet, then write the 16 digits again.",
    ),
    "nik_beda_lahir": (
        "Periksa NIK dan tanggal lahir pada KTP; perbaiki yang salah.",
        "Check the NIK and the birth date on the identity card; correct the wrong one.",
    ),
    "tidak_ditemukan": (
        "Kirim salinan KTP dan KK agar dicek di Dukcapil.",
        "Send a copy of the identity and family card for a check at Dukcapil.",
    ),
    "ganda_dalam_daftar": ("Tidak ada; orangnya dinilai di baris lain.", "Nothing; another row is judged."),
    "ganda_antar_daftar": ("Tidak ada; orangnya dinilai di daftar lain.", "Nothing; another list is judged."),
    "meninggal": (
        "Bila keliru, bawa KTP dan surat keterangan ke Dukcapil; bila benar, ganti dengan orang lain.",
        "If wrong, take identity card and statement to Dukcapil; if right, propose somebody else.",
    ),
    "pindah": (
        "Bila sudah kembali, kirim surat keterangan domisili dari Dukcapil.",
        "If the person is back, send the certificate of residence from Dukcapil.",
    ),
    "bukan_penduduk": (
        "Bila sudah pindah masuk, kirim KK yang baru.", "If the person has moved in, send the new family card."
    ),
    "sudah_aktif_pu": (
        "Bila sudah berhenti bekerja di sana, minta surat berhenti dan lapor ke BPJS Ketenagakerjaan.",
        "If the work there has ended, get the letter of leaving and tell BPJS Ketenagakerjaan.",
    ),
    "sudah_aktif_bpu": (
        "Tidak ada selama iurannya masih dibayar; usulkan lagi bila sudah berhenti.",
        "Nothing while the contribution is being paid; propose again when it has ended.",
    ),
    "sudah_di_keputusan_lain": (
        "Tidak ada selama program itu berjalan; usulkan orang lain, atau minta dinas mengambil alih bila berakhir.",
        "Nothing while that programme runs; propose somebody else, or ask the office for a takeover when it ends.",
    ),
    "sebagian_di_keputusan_lain": (
        "Tidak ada; bulan yang dibayar program lain tidak ditagih dua kali.",
        "Nothing; a month that another programme pays is not billed twice.",
    ),
    "asn_tni_polri": (
        "Bila keliru, kirim surat keterangan dari instansinya.", "If wrong, send a statement of the office concerned."
    ),
    "di_bawah_umur": ("Usulkan lagi setelah cukup umur.", "Propose again when old enough."),
    "di_atas_umur": ("Tidak ada; batas umur tidak dapat dikecualikan.", "Nothing; the age limit knows no exception."),
    "di_luar_umur_program": (
        "Tidak ada di program ini; usulkan ke program yang menerima umur ini.",
        "Nothing in this programme; propose for one that takes this age.",
    ),
    "di_luar_jenis_kelamin": (
        "Bila register keliru, bawa KTP dan KK ke Dukcapil; bila benar, usulkan ke program lain.",
        "If the register is wrong, take identity and family card to Dukcapil; if right, propose for another programme.",
    ),
    "di_luar_pekerjaan": (
        "Bila pekerjaannya keliru ditulis, perbaiki; bila benar, usulkan ke program lain.",
        "If the work was written wrongly, correct it; if right, propose for another programme.",
    ),
    "syarat_tidak_diketahui": (
        "Tulis pekerjaannya dengan jelas, dan kirim salinan KTP bila umur atau jenis kelamin tidak tercatat.",
        "Write the work clearly, and send a copy of the identity card where age or sex is not on record.",
    ),
    "di_luar_desil": (
        "Bila keadaan keluarga berubah, minta pemutakhiran DTSEN di kelurahan.",
        "If the family's situation has changed, ask the kelurahan to update DTSEN.",
    ),
    "entri_register_ragu": (
        "Kirim salinan KTP dan KK agar dicek milik siapa entri itu.",
        "Send a copy of the identity and family card, to see whose entry it is.",
    ),
    "desil_tidak_diketahui": (
        "Usulkan keluarga ini ke DTSEN lewat kelurahan.", "Propose the family for DTSEN through the kelurahan."
    ),
    "data_kurang": (
        "Lengkapi nama dan tanggal lahir sesuai KTP.", "Complete name and birth date as on the identity card."
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReasonText:
    """One reason: its code, a short label, the sentence and what to do in both languages, its source and its mark.

    `status` is the mark of LAW.md (`read`, `reported`, `assumed`): how sure the source is.
    """

    code: str
    label: str
    sentence: str
    english: str
    to_do: str
    to_do_english: str
    source: str
    status: str


def _written() -> dict[str, ReasonText]:
    """Take each reason code of the law room with its words; KeyError where the law has a code without them."""
    rules = {rule.name: rule for rule in BOOK.rules if rule.reason is not None}
    texts = {}
    for code in local.REASONS:
        rule, to_do = rules[code], _TO_DO[code]
        reason = rule.reason
        if reason is not None:
            texts[code] = ReasonText(
                code, rule.label, reason.sentence, reason.english, *to_do, rule.source, rule.status
            )  # fmt: skip
    return texts


REASONS: Final = _written()
"""Every reason by its code, in the order in which they are told."""


def texts_of(codes: Iterable[str]) -> tuple[ReasonText, ...]:
    """Give the words of some reason codes in their order. KeyError for a code that the law does not have."""
    return tuple(REASONS[code] for code in codes)

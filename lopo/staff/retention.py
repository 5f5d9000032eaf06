"""How long each kind of personal data is kept: the rules with their ground, and how much of the staff's own is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from lopo.staff.models import Attempt, Document, Export, Look, Message, Work

_PDP: Final = "UU 27/2022 tentang Pelindungan Data Pribadi, Pasal 42-45 (penghapusan dan pemusnahan)"
_ARCHIVES: Final = "UU 43/2009 tentang Kearsipan dan jadwal retensi arsip daerah"
HOUSE: Final = "aturan rumah: catatan teknis, bukan arsip"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of retention.

    `days` after `since` it is over, None for what this program never removes; `deed` says what is done then. `status`
    is `read` where the text of the ground was read, `assumed` where a lawyer has still to confirm it, `house` where it
    is no matter of law. `by_itself`: removed each month without asking; anything else waits for an officer, so that
    nothing is removed on an assumption alone.
    """

    code: str
    what: str
    since: str
    days: int | None
    deed: str
    basis: str
    status: str
    by_itself: bool = False


RULES: Final[tuple[Rule, ...]] = (
    Rule("pekerjaan", "Kemajuan pekerjaan panjang yang sudah selesai", "selesai", 180, "dihapus", HOUSE, "house", True),
    Rule("percobaan", "Percobaan di pintu tanpa akun", "dicatat", 30, "dihapus", HOUSE, "house", True),
    Rule("pesan", "Pesan yang sudah terkirim atau gagal", "dibuat", 730, "dihapus", _PDP, "assumed"),
    Rule("calon_mirip", "Orang mirip dari pemeriksaan yang sudah diganti", "pemeriksaan", 90, "dihapus", HOUSE, "house",
         True),
    Rule("register_lama", "Baris register yang diganti register baru", "penggantian", 0,
         "dihapus saat register baru dimuat", _PDP, "assumed"),
    Rule("data_saya", "Salinan data yang disusun untuk orangnya", "disusun", 30, "dihapus", _PDP, "assumed"),
    Rule("lembar_hasil", "Lembar hasil untuk pengirim", "disusun", 365, "dihapus", _PDP, "assumed"),
    Rule("baris_usulan", "Isi baris usulan yang tidak menjadi dasar keputusan", "bulan terakhir program", 730,
         "dikosongkan; hasil dan alasannya tetap", _PDP, "assumed"),
    Rule("berkas_sumber", "Berkas daftar seperti yang dikirim", "bulan terakhir program", 730,
         "dikosongkan; sidik jarinya tetap", _PDP, "assumed"),
    Rule("laporan_bukan", "Laporan kejadian yang bukan untuk program ini", "dijawab", 365,
         "dihapus dengan foto dan ceritanya", _PDP, "assumed"),
    Rule("berkas_sisihan", "Berkas dari bank yang disisihkan dan tidak pernah dibukukan", "disisihkan", 365,
         "dihapus; yang terletak di folder bank diurus kantor", _PDP, "assumed"),
    Rule("jejak_lihat", "Catatan siapa melihat data siapa", "dicatat", 1825, "dihapus", _PDP, "assumed"),
    Rule("jejak_unduh", "Catatan siapa mengunduh tabel apa", "dicatat", 1825, "dihapus", _PDP, "assumed"),
    Rule("keputusan", "Keputusan, nama dalam lampiran, dan baris yang menjadi dasarnya", "ditetapkan", None,
         "tetap; penyusutan menurut jadwal arsip", _ARCHIVES, "assumed"),
    Rule("iuran", "Tagihan, SP2D, berkas bank, dan buku besar", "dibukukan", None,
         "tetap; sedikitnya 10 tahun, lalu menurut jadwal arsip", _ARCHIVES, "assumed"),
    Rule("klaim", "Kasus, keputusan klaim, dan ahli waris", "ditutup", None,
         "tetap; sedikitnya 10 tahun, lalu menurut jadwal arsip", _ARCHIVES, "assumed"),
    Rule("buku_catatan", "Buku catatan", "dicatat", None, "tetap; tidak dapat diubah atau dihapus", _ARCHIVES,
         "assumed"),
)  # fmt: skip
BY_CODE: Final = {rule.code: rule for rule in RULES}
_OVER = ("selesai", "gagal")
_PAST = ("terkirim", "menyerah", "tanpa_alamat")


def last_kept(rule: Rule, on: date) -> date:
    """Give the day before which a thing is over its time on a day; the first of all days for what is always kept."""
    return date.min if rule.days is None else on - timedelta(days=rule.days)


def _works(before: date) -> QuerySet[Any]:
    return Work.objects.filter(state__in=_OVER, finished_at__date__lt=before)


def _papers(kind: str) -> Callable[[date], QuerySet[Any]]:
    return lambda before: Document.objects.filter(kind=kind, made_on__lt=before)


STAFF: Final[dict[str, Callable[[date], QuerySet[Any]]]] = {
    "pekerjaan": _works,
    "percobaan": lambda before: Attempt.objects.filter(at__date__lt=before),
    "pesan": lambda before: Message.objects.filter(on__lt=before, state__in=_PAST),
    "data_saya": _papers("data_saya"),
    "lembar_hasil": _papers("lembar_hasil"),
    "jejak_lihat": lambda before: Look.objects.filter(on__lt=before),
    "jejak_unduh": lambda before: Export.objects.filter(on__lt=before),
}
"""What of the staff's own tables is over its time, given the first day that is still kept."""


def overdue(on: date) -> dict[str, int]:
    """Give how many things of the staff's own tables are over their time, by rule. One query a rule."""
    return {code: rows(last_kept(BY_CODE[code], on)).count() for code, rows in STAFF.items()}

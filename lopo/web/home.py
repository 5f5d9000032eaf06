"""The first page: how the programme stands, the story in six steps, and what needs somebody now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lopo.basics.calendar import Month
from lopo.coverage import queries as coverage
from lopo.financing.queries.programmes import ProgrammeMoney, programme_money
from lopo.insight import queries
from lopo.insight.queries import Attention, Standing
from lopo.targeting.queries import ProgrammeRow
from lopo.web import strip
from lopo.web.cells import money, number_text
from lopo.web.door import Visitor, desk
from lopo.web.programmes import chooser_of, places_of, programme_shown
from lopo.web.summed import lives_of
from lopo.web.works import ANYBODY

SENTENCES: dict[str, str | Promise] = {
    "daftar_bermasalah": _("daftar memuat hal yang tidak terbaca"),
    "belum_diperiksa": _("baris usulan belum diperiksa"),
    "register_baru": _("register baru, daftar belum diperiksa ulang dengannya"),
    "perlu_cek": _("baris usulan perlu dicek ke kelurahan"),
    "keberatan_jatuh_tempo": _("keberatan harus diputus hari ini atau sudah lewat"),
    "pengusul_diam": _("pengusul lewat batas dan belum mengirim nama"),
    "perlu_diganti": _("nama dalam keputusan perlu diganti"),
    "keputusan_konsep": _("konsep keputusan menunggu penetapan"),
    "tanpa_nomor": _("orang sudah ditetapkan tetapi belum bernomor"),
    "belum_ditagih": _("bulan program belum ditagihkan"),
    "tagihan_lewat": _("tagihan iuran lewat jatuh tempo"),
    "iuran_genting": _("tagihan lewat 15 hari: pimpinan perlu turun tangan"),
    "iuran_hampir_gugur": _("tagihan membuat hak gugur dalam beberapa hari, atau sudah"),
    "tagihan_jatuh_tempo": _("tagihan iuran menunggu SP2D"),
    "sp2d_menunggu": _("SP2D menunggu persetujuan"),
    "menunggak": _("peserta menunggak: haknya ditahan atau gugur"),
    "program_berakhir": _("peserta tidak punya pembayar setelah bulan terakhir program"),
    "bagian_ditahan": _("kasus menahan uang ahli waris karena keberatan"),
    "kasus_lewat": _("kasus lewat tenggat"),
    "kasus_terbuka": _("kasus belum diputus"),
    "kematian_ragu": _("akta kematian mungkin menyebut peserta, perlu diputuskan"),
    "keputusan_klaim": _("usul keputusan klaim menunggu persetujuan"),
    "keputusan_lain": _("keputusan klaim akan lain menurut hukum sekarang"),
    "keputusan_belum_dibayar": _("keputusan klaim belum menjadi perintah bayar"),
    "perintah_gagal": _("perintah bayar gagal di bank"),
    "perintah_siap": _("perintah bayar belum dikirim ke bank"),
    "berkas_bank": _("berkas bank menunggu persetujuan"),
    "kartu_belum": _("peserta belum menerima kartu"),
    "buku_belum": _("peserta belum menerima buku tabungan"),
}
"""What needs somebody, by the code of the insight room; the count stands in front."""

_NARROWED = {
    "daftar_bermasalah": ("daftar", "?masalah=ada"),
    "belum_diperiksa": ("baris_semua", "?hasil=belum"),
    "perlu_cek": ("baris_semua", "?hasil=perlu_cek"),
    "kasus_lewat": ("klaim", "?waktu=lewat"),
    "kematian_ragu": ("temuan", ""),
    "keputusan_klaim": ("klaim", "?keadaan=diusulkan"),
    "perintah_siap": ("pembayaran", "?keadaan=siap"),
    "perintah_gagal": ("pembayaran", "?keadaan=gagal"),
    "belum_ditagih": ("tugas", ""),
    "tagihan_lewat": ("tugas", "?kapan=tugas_tempo"),
    "tagihan_jatuh_tempo": ("iuran", "?keadaan=terbit"),
    "sp2d_menunggu": ("iuran", "?keadaan=diajukan"),
    "buku_belum": ("belum_menerima", "?barang=buku_tabungan"),
}


@dataclass(frozen=True)
class Need:
    """One thing that needs somebody: how many, what, where to go, how pressing."""

    count: int
    words: str | Promise
    href: str
    tone: str


@dataclass(frozen=True)
class Step:
    """One of the six steps of the story."""

    title: str | Promise
    icon: str
    value: str
    says: str
    href: str
    state: str


@desk(*ANYBODY, "payer.read")
def home(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the programme in figures, the story in six steps and the list of what needs attention.

    Who serves a payer alone is sent on to the desk of that payer.
    """
    if not any(who.may(one) for one in ANYBODY):
        return redirect("sisi_pembayar")
    programme = programme_shown(request, who)
    places = places_of(who)
    found = None if programme is None else queries.home(programme.code, on=who.on, areas=places)
    if programme is None or found is None:
        return render(request, "no_programme.html")
    patterns = coverage.cover_patterns(programme.id, on=who.on, areas=places)
    lines = _lines(request, who)
    months = Month.of(programme.first_month).through(Month.of(programme.last_month))
    context: dict[str, Any] = {
        "programme": programme,
        "standing": found.standing,
        "needs": [need(one) for one in found.attention if _concerns(who, one)],
        "steps": steps(who, found.standing),
        "summed": strip.summed(lives_of(patterns, on=who.on), months, who.on),
        "keys": strip.KEYS,
        "cover": [(code, count) for code, count in found.standing.cover.items() if count],
        "in_arrears": sum(count for code, count in found.standing.cover.items() if code.startswith("menunggak")),
        "may_search": who.may("people.read"),
        "lines": lines if len(lines) > 1 else (),
        "payers": next((money.payers for one, money in lines if one.id == programme.id), ()),
        "name": (who.officer.full_name or who.officer.username).split()[0],
    }
    return render(request, "home.html", context)


def _lines(request: HttpRequest, who: Visitor) -> list[tuple[ProgrammeRow, ProgrammeMoney]]:
    """Give a line for each programme of the visitor."""
    chooser = chooser_of(request, who)
    if chooser is None:
        return []
    told = programme_money([one.id for one in chooser.all])
    return [(one, told[one.id]) for one in chooser.all]


def _concerns(who: Visitor, one: Attention) -> bool:
    """Say whether the visitor acts on it, or leads and so sees everything that waits."""
    return who.may(one.permission) or who.may("diary.read")


def need(one: Attention) -> Need:
    """Give one thing in the words of the page, with the address that shows exactly that."""
    page, narrowed = _NARROWED.get(one.code, (one.link, ""))
    return Need(
        one.count, SENTENCES.get(one.code, one.code), reverse(page) + narrowed, "urgent" if one.urgent else "wait"
    )


def steps(who: Visitor, now: Standing) -> list[Step]:
    """Give the story so far: from lists to claims, each step with its figure and whether it is done."""
    state, bills, claims = now.programme, now.bills, now.claims
    decided = state.decree_state == "ditetapkan"
    checked = state.screening is not None and not state.unscreened
    numbered = now.enrolled + now.cover.get("berakhir", 0)
    whole = "" if who.may_in("lists.read", state.programme.area_code) else " " + gettext("di seluruh program")
    told = [
        Step(
            _("Daftar"), "list", number_text(state.candidates),
            gettext("calon dalam %(n)s daftar") % {"n": number_text(state.lists)}, "daftar", _done(state.lists > 0),
        ),
        Step(
            _("Periksa"), "check", number_text(state.verdict("diterima")),
            gettext("diterima, %(n)s perlu dicek") % {"n": number_text(state.verdict("perlu_cek"))} + whole,
            "baris_semua", _done(checked, begun=state.lists > 0),
        ),
        Step(
            _("Keputusan"), "stamp", number_text(state.chosen),
            gettext("ditetapkan, %(n)s cadangan") % {"n": number_text(state.waiting)} + whole, "keputusan",
            _done(decided, begun=checked),
        ),
        Step(
            _("Peserta"), "card", number_text(now.enrolled), gettext("bernomor dan terlindungi"), "peserta",
            _done(numbered >= state.chosen > 0, begun=decided),
        ),
        Step(
            _("Iuran"), "coins", f"{len(bills.months)}/{_months(now)}",
            gettext("bulan ditagih, %(amount)s dibayar") % {"amount": _together(bills.paid)} + whole, "iuran",
            _done(len(bills.months) == _months(now) and not bills.unpaid, begun=bool(bills.bills)),
        ),
        Step(
            _("Klaim"), "claim", number_text(claims.opened),
            gettext("kasus, %(amount)s dibayarkan") % {"amount": _together(claims.paid)}, "klaim",
            _done(claims.opened > 0 and not claims.still_open, begun=claims.opened > 0),
        ),
    ]  # fmt: skip
    return [_reachable(who, step) for step in told]


def _together(amount: int) -> str:
    """Give rupiah that no line break parts."""
    return money(amount).replace(" ", "\u00a0")


_READS = {"keputusan": "decree.read", "iuran": "bill.read", "klaim": "case.read", "peserta": "coverage.read"}


def _reachable(who: Visitor, step: Step) -> Step:
    href = reverse(step.href) if who.may(_READS.get(step.href, "lists.read")) else ""
    return Step(step.title, step.icon, step.value, step.says, href, step.state)


def _done(done: bool, *, begun: bool = False) -> str:
    return "done" if done else "now" if begun else "next"


def _months(now: Standing) -> int:
    programme = now.programme.programme
    return Month.of(programme.last_month).minus(Month.of(programme.first_month)) + 1

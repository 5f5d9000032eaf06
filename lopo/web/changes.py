"""What a screening changed: counts by transition, the rows with old and new reasons, and what it means for names."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lopo.coverage.queries.states import states_of
from lopo.targeting import queries as targeting
from lopo.targeting.queries import changes
from lopo.targeting.queries.changes import (
    GONE,
    NEW,
    ChangedVerdict,
    ChangeFilter,
    Comparison,
    TouchedName,
    Transition,
)
from lopo.targeting.reasons import ReasonText
from lopo.web import cells
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_line
from lopo.web.programmes import programme_shown
from lopo.web.register_words import kind_title, named
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.texts import label_of
from lopo.web.words import mark_of

_IN_COVER = ("diusulkan", "diterima", "terdaftar")
_MOST_NAMES = 500
DEAD, AWAY = ("meninggal",), ("pindah", "bukan_penduduk")
OURS, PAID_BY_WORK = "sudah_aktif_bpu", ("sudah_aktif_pu", "asn_tni_polri")


@dataclass(frozen=True)
class Advice:
    """What a changed verdict means for somebody on a decree, and the page on which to act."""

    words: str | Promise
    href: str
    label: str | Promise
    tone: str


@dataclass(frozen=True)
class Touched:
    """One name on a decree that is accepted no more, with its membership and what to do."""

    row: TouchedName
    member: str
    why: tuple[str, ...]
    advice: Advice


def word_of(verdict: str) -> str:
    """Say a verdict, or that there was or is none."""
    return str(_MORE[verdict] if verdict in _MORE else mark_of(verdict).word)


_MORE = {NEW: _("belum dinilai"), GONE: _("tidak dinilai lagi")}


def labels(texts: tuple[ReasonText, ...]) -> str:
    """Give reasons by their short names in the language of the page."""
    return ", ".join(label_of(text.code, text.label) for text in texts)


def columns(who: Visitor) -> tuple[Column[ChangedVerdict], ...]:
    """Give the columns; who may not read persons sees names by their first letters and no way in."""
    may = who.may("people.read")
    return (
        Column(
            _("Nama"),
            (lambda row: row.name or "–") if may else (lambda row: cells.name_masked(row.name)),
            sort="name",
            link=(lambda row: reverse("baris", args=[row.row_id])) if may else None,
            minor=lambda row: gettext("%(sender)s, baris ke-%(n)s") % {"sender": row.sender, "n": row.line},
        ),
        Column(_("Dulu"), lambda row: word_of(row.was), sort="transition", minor=lambda row: labels(row.had)),
        Column(_("Sekarang"), lambda row: word_of(row.now), minor=_now),
        Column(_("Dibawa oleh"), _brought_by),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
    )


def _now(row: ChangedVerdict) -> str:
    by_hand = [gettext("ditetapkan dua petugas")] if row.by_hand else []
    return ", ".join([part for part in (labels(row.has), *by_hand) if part])


def _brought_by(row: ChangedVerdict) -> str:
    """Say which changed register stands behind the reasons that differ; else what else it can be."""
    if row.kinds:
        return ", ".join(kind_title(kind) for kind in row.kinds)
    if row.was == NEW:
        return gettext("baris baru atau dibetulkan")
    if row.now == GONE:
        return gettext("barisnya tidak berlaku lagi")
    return gettext("bukan register: daftar lain, jawaban petugas, atau aturan")


@desk("lists.read")
def changed(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show what the screening in force of the programme shown changed against the one before it."""
    programme = programme_shown(request, who)
    state = None if programme is None else targeting.screening_in_force(programme.id)
    return _page(request, who, state.id if state else 0)


@desk("lists.read")
def changed_by(request: HttpRequest, who: Visitor, screening_id: int) -> HttpResponse:
    """Show what one screening changed against the one before it."""
    return _page(request, who, screening_id)


def _page(request: HttpRequest, who: Visitor, screening_id: int) -> HttpResponse:
    found = changes.comparison(screening_id)
    if found is None:
        known = screening_id and any(
            one.id == screening_id for each in targeting.programmes() for one in targeting.screenings(each.id)
        )
        if screening_id and not known:
            raise Http404
        return render(request, "changes_none.html", {})
    mine = who.areas("lists.read")
    counted = changes.transitions(found, mine)
    filters = (_transitions(counted), _registers(found))

    def build(asked: Ask) -> Table[ChangedVerdict]:
        wanted = ChangeFilter(mine, asked.get("arah"), asked.get("register"))
        page = changes.changes_page(found, wanted, asked.asked)
        empty = Empty(_("Tidak ada baris yang berubah"), _("Hasil dan alasan semua baris sama seperti sebelumnya."))
        return Table("perubahan", _("Baris yang berubah"), columns(who), page, empty, asked, filters, export=True)

    programme = targeting.programme_row(found.programme_id)
    touched = _touched(who, found.programme_id) if who.may("people.read") else []
    context = {
        "found": found,
        "judged_on": programme.registration_day if programme else None,
        "may_cases": who.may("case.read"),
        "before": [named(one) for one in found.before],
        "after": [named(one) for one in found.after],
        "moved": [(one, word_of(one.was), word_of(one.now)) for one in counted if one.was != one.now],
        "stayed": sum(one.rows for one in counted if one.was == one.now),
        "otherwise": sum(one.otherwise for one in counted if one.was == one.now),
        "total": sum(one.rows for one in counted),
        "touched": touched[:_MOST_NAMES],
        "touched_count": len(touched),
    }
    return show(request, who, build, "changes.html", context, filters=filters)


def _transitions(counted: tuple[Transition, ...]) -> Filter:
    choices = tuple(
        Choice(f"{one.was}-{one.now}", f"{word_of(one.was)} → {word_of(one.now)}")
        for one in counted
        if one.was != one.now or one.otherwise
    )
    return Filter("arah", _("Perubahan"), choices)


def _registers(found: Comparison) -> Filter:
    return Filter("register", _("Dibawa oleh"), tuple(Choice(kind, kind_title(kind)) for kind in found.kinds))


def _touched(who: Visitor, programme_id: int) -> list[Touched]:
    """Give the names on set decrees that are accepted no more, with what to do about each."""
    names = changes.touched_names(programme_id, who.areas("people.read"))
    states = states_of(programme_id, [one.person_id for one in names]) if names else {}
    return [_advised(one, states.get(one.person_id, "")) for one in names]


def _advised(one: TouchedName, member: str) -> Touched:
    codes = [text.code for text in one.reasons]
    why = tuple(label_of(text.code, text.label) for text in one.reasons)
    return Touched(one, member, why, advice(codes, one, in_cover=member in _IN_COVER))


def advice(codes: list[str], one: TouchedName, *, in_cover: bool) -> Advice:
    """Say what a verdict means for somebody on a decree: a family has a right, a contribution is paid in vain."""
    person = reverse("seseorang", args=[one.person_id])
    if any(code in DEAD for code in codes):
        if in_cover:
            return Advice(
                _("Keluarganya mungkin berhak atas santunan: cocokkan akta kematian dengan peserta."),
                reverse("temuan"), _("Temuan kematian"), "urgent",
            )  # fmt: skip
        return Advice(
            _("Belum menjadi peserta: tempatnya dapat diisi cadangan."),
            reverse("keputusan_isi", args=[one.decree_id]), _("Buka keputusan"), "wait",
        )  # fmt: skip
    if in_cover and codes == [OURS]:
        return Advice(
            _("Aktif sebagai BPU karena program ini sendiri; tidak perlu tindakan."), person, _("Lihat"), "plain"
        )
    if any(code in AWAY for code in codes):
        return Advice(
            _("Tanyakan ke kelurahan apakah masih bekerja di sini; bila tidak, kepesertaannya diakhiri."), person,
            _("Halaman orang ini"), "urgent" if in_cover else "wait",
        )  # fmt: skip
    if any(code in PAID_BY_WORK for code in codes):
        return Advice(
            _("Sudah dilindungi dari pekerjaannya: iuran program ini tidak perlu dibayar terus."), person,
            _("Halaman orang ini"), "urgent" if in_cover else "wait",
        )  # fmt: skip
    href = reverse("baris", args=[one.row_id]) if one.row_id else person
    return Advice(_("Periksa alasannya bersama kelurahan."), href, _("Lihat alasannya"), "wait")

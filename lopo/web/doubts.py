"""The desk for the doubtful: the queue of rows that a person must look at, with how far it is."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lopo.targeting.queries import doubts as queries
from lopo.targeting.queries.doubts import DONE, NOBODY, OPEN, TO_CHECK, DoubtFilter, DoubtRow
from lopo.targeting.reasons import REASONS
from lopo.web import areas
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_line
from lopo.web.programmes import programme_shown
from lopo.web.rows import reason_label, reason_title
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table, ask
from lopo.web.words import mark_of

STAND = Filter(
    "tahap",
    _("Tahap"),
    (
        Choice(OPEN, _("menunggu jawaban")),
        Choice(TO_CHECK, _("menunggu pemeriksa kedua")),
        Choice(DONE, _("selesai")),
        Choice(NOBODY, _("tanpa calon: minta KTP")),
    ),
)
AGE = Filter(
    "umur",
    _("Menunggu"),
    (
        Choice("7", _("7 hari atau lebih")),
        Choice("14", _("14 hari atau lebih")),
        Choice("30", _("30 hari atau lebih")),
    ),
)
DOUBTFUL_REASONS = ("tidak_ditemukan", "entri_register_ragu", "desil_tidak_diketahui")
REASON = Filter(
    "alasan",
    _("Alasan"),
    tuple(Choice(code, reason_title(REASONS[code])) for code in DOUBTFUL_REASONS if code in REASONS),
)


def _answer(row: DoubtRow) -> str:
    if row.answer:
        return str(mark_of(f"ragu_{row.answer}").word)
    return str(mark_of("ragu_tunda").word) if row.put_off else ""


COLUMNS: tuple[Column[DoubtRow], ...] = (
    Column(
        _("Nama tertulis"),
        lambda row: row.name or "–",
        sort="name",
        link=lambda row: reverse("ragu_baris", args=[row.row_id]),
    ),
    Column(_("NIK tertulis"), lambda row: row.nik_given, "nik"),
    Column(_("Alasan"), lambda row: ", ".join(reason_label(REASONS[code]) for code in row.reasons)),
    Column(_("Calon orang"), lambda row: row.persons, "number"),
    Column(_("Nilai tertinggi"), lambda row: row.score, "number", sort="score"),
    Column(_("Jawaban"), _answer, minor=lambda row: row.answered_by),
    Column(_("Daftar"), lambda row: row.sender, minor=lambda row: area_line(row.area_code)),
    Column(_("Diterima tanggal"), lambda row: row.received_on, "date", sort="received_on"),
)


def places(who: Visitor) -> tuple[str, ...]:
    """Give the areas in which the visitor answers or checks."""
    return tuple(sorted({*who.areas("doubt.settle"), *who.areas("doubt.check")}))


def usual_stand(who: Visitor) -> str:
    """Give the stand that the visitor works at: who only checks sees what waits for a check."""
    return OPEN if who.may("doubt.settle") else TO_CHECK


def wanted(who: Visitor, programme_id: int, asked: Ask) -> DoubtFilter:
    """Give the rows that are asked for."""
    stand = asked.get("tahap") or usual_stand(who)
    days = int(asked.get("umur") or 0)
    list_id = asked.get("daftar")
    return DoubtFilter(
        places(who), programme_id, stand, asked.get("alasan"), int(list_id) if list_id else None,
        asked.get(areas.KECAMATAN), queries.old_enough(who.on, days), asked.search,
        who.officer.id if stand == TO_CHECK else None,
    )  # fmt: skip


def filters_of(who: Visitor, programme_id: int) -> tuple[Filter, ...]:
    """Give the questions that narrow the queue."""
    mine = places(who)
    lists = tuple(Choice(str(key), sender) for key, sender in queries.lists_in_doubt(mine, programme_id))
    return (STAND, REASON, Filter("daftar", _("Daftar"), lists), AGE, areas.kecamatan_filter(mine))


def asked_text(asked: Ask) -> str:
    """Give the filters of the queue as the tail of an address, empty where none is set."""
    chosen = {key: value for key, value in {"cari": asked.search, **asked.chosen}.items() if value}
    return f"?{urlencode(chosen)}" if chosen else ""


@desk("doubt.settle", "doubt.check")
def doubts(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the rows in doubt, with how many are done."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    filters = filters_of(who, programme.id)
    asked = ask(request, filters)

    def build(one: Ask) -> Table[DoubtRow]:
        page = queries.doubts_page(wanted(who, programme.id, one), one.asked)
        empty = Empty(
            _("Tidak ada baris yang menunggu di sini"),
            _("Baris yang meragukan muncul setelah daftar diperiksa. Hapus saringan untuk melihat tahap lain."),
            reverse("daftar"),
            _("Ke daftar"),
        )
        return Table("ragu", _("Baris yang meragukan"), COLUMNS, page, empty, one, filters, _("nama …"))

    first = queries.next_doubt(wanted(who, programme.id, asked))
    context = {
        "programme": programme,
        "progress": queries.doubts_progress(places(who), programme.id),
        "stand": asked.get("tahap") or usual_stand(who),
        "first": first,
        "last": queries.last_answer(who.officer.id, programme.id),
        "tail": asked_text(asked),
    }
    return show(request, who, build, "doubts.html", context, filters=filters)

"""The rows of lists: each with its verdict and reasons, and one row with its cells and the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lopo.financing.queries.bills import payers_of
from lopo.law.wording import INDONESIAN
from lopo.targeting import queries
from lopo.targeting.grounds import RESTS_ON
from lopo.targeting.queries import RowDetail, RowFilter, RowLine
from lopo.targeting.queries.changes import rested_on
from lopo.targeting.queries.elsewhere import AlsoDecreed, decrees_of_row
from lopo.targeting.reasons import REASONS, ReasonText
from lopo.web import areas, cells, privacy, row_appeals
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_line, crumbs
from lopo.web.programmes import programme_shown
from lopo.web.register_words import named
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.texts import label_of, language
from lopo.web.whole_nik import reveal

VERDICT = Filter(
    "hasil",
    _("Hasil"),
    (
        Choice("diterima", _("diterima")),
        Choice("perlu_cek", _("perlu dicek")),
        Choice("ditolak", _("ditolak")),
        Choice("belum", _("belum diperiksa")),
    ),
)


def reason_label(text: ReasonText) -> str:
    """Give the short name of a reason in the language of the page."""
    return label_of(text.code, text.label)


reason_title = lazy(reason_label, str)
"""The same, said when the page is drawn: for questions that are written down once."""


def reason_filter(codes: Iterable[str] = tuple(REASONS)) -> Filter:
    """Give the question for a reason, with the reasons that occur."""
    return Filter("alasan", _("Alasan"), tuple(Choice(code, reason_title(REASONS[code])) for code in codes))


def reason_sentence(text: ReasonText) -> str:
    """Give the sentence of a reason in the language of the page."""
    return text.sentence if language() == INDONESIAN else text.english


def to_do(text: ReasonText) -> str:
    """Give what to do about a reason in the language of the page."""
    return text.to_do if language() == INDONESIAN else text.to_do_english


def _reasons(row: RowLine) -> SafeString:
    return format_html_join("", '<span class="minor">{}</span>', ((reason_label(text),) for text in row.texts))


def columns(who: Visitor, *, with_list: bool) -> tuple[Column[RowLine], ...]:
    """Give the columns; who may not read persons sees names by their first letters and no way in."""
    open_ones = who.may("people.read")
    shown: list[Column[RowLine]] = [
        Column(
            _("Nama"),
            (lambda row: row.name or "–") if open_ones else (lambda row: cells.name_masked(row.name)),
            sort="name",
            link=(lambda row: reverse("baris", args=[row.id])) if open_ones else None,
        ),
        Column(_("NIK tertulis"), lambda row: row.nik_given, "nik", sort="nik_given"),
        Column(_("Hasil"), lambda row: row.verdict or row.kind, "badge", sort="verdict"),
        Column(_("Alasan"), lambda row: ", ".join(map(reason_label, row.texts))),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
        Column(_("Desil"), lambda row: row.decile, "number", sort="decile"),
        Column(_("Baris"), lambda row: row.line, "number", sort="line"),
    ]
    if with_list:
        shown.append(Column(_("Daftar"), lambda row: row.sender, sort="list"))
    return tuple(shown)


def build_rows(
    who: Visitor, programme_id: int, filters: tuple[Filter, ...], *, list_id: int | None = None
) -> Callable[[Ask], Table[RowLine]]:
    """Give the maker of the table of rows of one list, or of all."""
    mine = who.areas("lists.read")
    shown = columns(who, with_list=list_id is None)

    def build(asked: Ask) -> Table[RowLine]:
        wanted = RowFilter(
            mine,
            programme_id,
            list_id,
            asked.get("hasil"),
            asked.get("alasan"),
            asked.get(areas.KECAMATAN) or asked.get(areas.KELURAHAN),
            asked.search,
        )
        page = queries.rows_page(wanted, asked.asked)
        empty = Empty(_("Tidak ada baris yang cocok"), _("Hapus saringan atau periksa ejaan yang dicari."))
        return Table("baris", _("Baris usulan"), shown, page, empty, asked, filters, _("nama atau NIK …"), export=True)

    return build


@desk("lists.read")
def rows(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the rows of all lists."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    filters = (VERDICT, reason_filter(), areas.kecamatan_filter(who.areas("lists.read")))
    return show(request, who, build_rows(who, programme.id, filters), "rows.html", {}, filters=filters)


_EVIDENCE = {
    "name_matched": _("Nama di data kependudukan"),
    "born_on": _("Tanggal lahir"),
    "sex": _("Jenis kelamin"),
    "no_kk_matched": _("Nomor KK"),
    "kbji": _("Kode pekerjaan (KBJI 2014)"),
    "match_kind": _("Dikenali dari"),
    "match_score": _("Nilai kecocokan"),
    "rivals": _("Orang lain yang mirip"),
    "differs": _("Yang berbeda"),
}


_PERSONAL = {"name_matched": "name", "born_on": "born", "no_kk_matched": "no_kk"}


def _evidence(who: Visitor, found: RowDetail, *, whole: bool) -> list[tuple[object, str]]:
    """Give what the screening found, each with its caption."""
    place = found.line.area_code
    shown: list[tuple[object, str]] = []
    if found.line.nik_matched:
        shown.append((_("NIK"), privacy.text(who, "nik", found.line.nik_matched, place, whole=whole)))
    for key, label in _EVIDENCE.items():
        if known := found.evidence.get(key):
            said = cells.plain(known)
            personal = _PERSONAL.get(key)
            shown.append((label, privacy.text(who, personal, said, place, whole=whole) if personal else said))
    return shown


def _cells(who: Visitor, found: RowDetail, *, whole: bool) -> list[tuple[str, str]]:
    """Give the cells as they came, each under its title, as far as the visitor may see what it means."""
    meanings = found.meanings + ((),) * (len(found.cells) - len(found.meanings))
    place = found.line.area_code
    return [
        (head, privacy.cell(who, said, cell, place, whole=whole))
        for (head, cell), said in zip(found.cells, meanings, strict=False)
    ]


def _grounds(found: RowDetail) -> list[tuple[str, tuple[int, str]]]:
    """Give the registers behind each reason of the verdict: the code, the register's id and what it is in a line."""
    used = rested_on(found.line.id) if found.line.verdict else ()
    return [(code, (one.id, named(one))) for code in found.line.reasons for one in used if one.kind in RESTS_ON[code]]


_BY_DECREE = frozenset({"sudah_di_keputusan_lain", "sebagian_di_keputusan_lain"})


def _other_decrees(who: Visitor, found: RowDetail) -> list[tuple[AlsoDecreed, str]]:
    """Give the decrees behind a verdict that speaks of them, each with who pays; nothing to who may not see persons."""
    if not _BY_DECREE & set(found.line.reasons) or not who.may_in("people.read", found.line.area_code):
        return []
    decrees = [one for one in decrees_of_row(found.line.id) if one.ours]
    payers = payers_of({one.programme_id for one in decrees if one.programme_id is not None})
    return [(one, ", ".join(payers.get(one.programme_id or 0, ()))) for one in decrees]


@desk("people.read")
def row(request: HttpRequest, who: Visitor, row_id: int) -> HttpResponse:
    """Show one row: the cells as they came, what was found in the registers, the verdict and every reason."""
    found = queries.row_detail(row_id, who.areas("lists.read"))
    if found is None:
        raise Http404
    whole = reveal(request, who, "targeting.row", row_id, found.line.area_code, person=found.line.person_id)
    reasons = [(text, reason_sentence(text), to_do(text)) for text in found.line.texts]
    context = {
        "grounds": _grounds(found),
        "other_decrees": _other_decrees(who, found),
        "row": found,
        "line": found.line,
        "reasons": reasons,
        "cells": _cells(who, found, whole=whole),
        "evidence": _evidence(who, found, whole=whole),
        "whole": whole,
        "may_see_nik": who.may_in("people.see_nik", found.line.area_code),
        "may_see_list": who.may_in("lists.read", found.list_area),
        **row_appeals.about_row(who, found.line),
    }
    return render(request, "row.html", {**context, "crumbs": crumbs(found.line.area_code)})

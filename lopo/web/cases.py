"""The desk of claims: cases with their clocks, one case on one page, the decision with its steps."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lopo.claims import queries
from lopo.claims.queries import Branch, CaseFilter, CasePage, CaseRow, ComponentRow, DecisionRow, HitFilter, HitRow
from lopo.claims.queries.corrections import corrections_of
from lopo.claims.queries.first_reports import tellings_of
from lopo.law.wording import INDONESIAN
from lopo.payments import queries as payments
from lopo.staff import queries as staff
from lopo.web import areas
from lopo.web.body_map import body_map
from lopo.web.case_forms import InjuryForm, body_parts, work_forms
from lopo.web.case_more_forms import more_forms
from lopo.web.case_powers import power_forms, powers_shown
from lopo.web.case_shares import share_form
from lopo.web.case_stage import stage_of
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.first_report import TELLERS
from lopo.web.frame import area_line, crumbs
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.texts import label_of, language, value_said
from lopo.web.whole_nik import look
from lopo.web.words import mark_of

KIND = Filter("jenis", _("Jenis"), (Choice("JKM", _("JKM (kematian)")), Choice("JKK", _("JKK (kecelakaan kerja)"))))
STATE = Filter(
    "keadaan",
    _("Keadaan"),
    tuple(
        Choice(code, mark_of(code).word)
        for code in ("dibuka", "lengkap", "diusulkan", "dikabulkan", "ditolak", "ditutup")
    ),
)
OVERDUE = Filter("waktu", _("Waktu"), (Choice("lewat", _("lewat waktu")),))
DIFFERING = {"nik": _("NIK"), "nama": _("nama"), "lahir": _("tanggal lahir")}
OUTCOME = Filter(
    "hasil",
    _("Hasil"),
    tuple(
        Choice(code, mark_of(code).word)
        for code in (
            "kasus", "ragu", "sudah_diketahui", "belum_bernomor", "sebelum_terlindungi", "setelah_berakhir",
        )
    ),
)  # fmt: skip
HOLDER = Filter(
    "pemegang", _("Pemegang"), (Choice("saya", _("yang saya pegang")), Choice("tidak_ada", _("belum dipegang")))
)


def _columns(on: date, paid: Collection[int]) -> tuple[Column[CaseRow], ...]:
    """Give the columns of the table of cases; `paid` says of which shown the money has arrived."""
    return (
        Column(
            _("Kasus"),
            lambda row: row.name,
            sort="name",
            link=lambda row: reverse("kasus", args=[row.id]),
            minor=lambda row: row.code,
        ),
        Column(_("Jenis"), lambda row: row.kind, sort="kind"),
        Column(_("Kejadian"), lambda row: row.event_on, "date", sort="event_on"),
        Column(_("Dibuka"), lambda row: row.opened_on, "date", sort="opened_on"),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
        Column(_("Keadaan"), lambda row: row.state, "badge", sort="state"),
        Column(
            _("Langkah berikut"),
            lambda row: f"langkah_{queries.next_step(row.standing, paid=row.id in paid)}",
            "badge",
        ),
        Column(_("Paling lambat"), lambda row: row.due_on, "date", sort="due_on", minor=lambda row: _late(row, on)),
        Column(_("Pemegang"), lambda row: row.owner, sort="owner"),
        Column(_("Berkas kurang"), lambda row: row.missing or None, "number"),
    )


def _late(row: CaseRow, on: date) -> str:
    """Say how long the nearest clock of a case is over, empty while it is not."""
    days = (on - row.due_on).days if row.due_on else 0
    return ngettext("lewat %(n)d hari", "lewat %(n)d hari", days) % {"n": days} if days > 0 else ""


def _wanted(who: Visitor, asked: Ask) -> CaseFilter:
    holders = {"saya": who.officer.id, "tidak_ada": queries.NOBODY}
    return CaseFilter(
        areas=who.areas("case.read"),
        kind=asked.get("jenis"),
        state=asked.get("keadaan"),
        overdue_on=who.on if asked.get("waktu") else None,
        within=asked.get(areas.KECAMATAN),
        search=asked.search,
        owner_id=holders.get(asked.get("pemegang")),
    )


def _total(counts: Mapping[str, int], asked: Ask) -> int | None:
    """Give how many rows are asked for where the figures above the table know it already, else None."""
    if asked.search or set(asked.chosen) - {"keadaan"}:
        return None
    return counts.get(asked.get("keadaan"), 0) if asked.get("keadaan") else sum(counts.values())


@desk("case.read")
def cases(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the cases with what each needs next, by when and who holds it; the most urgent first."""
    mine = who.areas("case.read")
    filters = (HOLDER, OVERDUE, KIND, STATE, areas.kecamatan_filter(mine))
    counts = queries.case_counts(mine)

    def build(asked: Ask) -> Table[CaseRow]:
        page = queries.cases_page(_wanted(who, asked), asked.asked, total=_total(counts, asked))
        paid = payments.cases_paid([row.id for row in page.rows if row.state == "dikabulkan"])
        empty = Empty(_("Tidak ada kasus yang cocok"), _("Kasus dibuka dari laporan keluarga atau dari akta kematian."))
        search = _("nama, NIK atau kode kasus …")
        return Table("klaim", _("Klaim"), _columns(who.on, paid), page, empty, asked, filters, search, export=True)

    context = {
        "counts": [(code, count) for code, count in counts.items() if count],
        "may_report": who.may("case.report"),
        "may_watch": who.may("case.work"),
        "may_decide": who.may("decision.make"),
        "may_approve": who.may("decision.approve"),
        "tab": "cases",
    }
    return show(request, who, build, "cases.html", context, filters=filters)


def _differing(row: HitRow) -> str:
    """Say which parts of the certificate differ from what is known of the member."""
    return ", ".join(str(DIFFERING.get(part, part)) for part in row.differs.split())


@desk("case.read")
def hits(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the deaths in the register that name members, those in doubt and those outside of cover included."""
    mine = who.areas("case.read")
    columns: tuple[Column[HitRow], ...] = (
        Column(
            _("Peserta"),
            lambda row: row.member_name,
            minor=lambda row: row.name if row.name != row.member_name else "",
            link=lambda row: reverse("kasus", args=[row.case_id]) if row.case_id else "",
        ),
        Column(_("Meninggal"), lambda row: row.died_on, "date", sort="died_on"),
        Column(_("Akta"), lambda row: row.certificate),
        Column(_("Hasil"), lambda row: row.outcome, "badge", sort="outcome"),
        Column(_("Yang berbeda"), _differing),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
        Column(_("Ditemukan"), lambda row: row.found_on, "date", sort="found_on"),
    )

    def build(asked: Ask) -> Table[HitRow]:
        page = queries.hits_page(HitFilter(mine, asked.get("hasil"), asked.search), asked.asked)
        empty = Empty(
            _("Belum ada temuan"), _("Setelah akta kematian dimuat, yang cocok dengan peserta tampak di sini.")
        )
        search = _("nama, NIK atau nomor akta …")
        return Table("temuan", _("Temuan kematian"), columns, page, empty, asked, (OUTCOME,), search, export=True)

    doubtful = queries.hits_page(HitFilter(mine, "ragu"), Ask().asked).rows if who.may("case.work") else ()
    after = queries.paid_after_death(mine)
    context = {"doubtful": doubtful, "after": after, "may_watch": who.may("case.work"), "tab": "hits"}
    return show(request, who, build, "hits.html", context, filters=(OUTCOME,))


def found_case(who: Visitor, case_id: int) -> CasePage:
    """Give a case within the visitor's areas; page 404 for any other."""
    place = queries.case_area(case_id)
    if place is None or not who.may_in("case.read", place.area_code):
        raise Http404
    return queries.case(case_id, on=who.on)


@desk("case.read")
def case(request: HttpRequest, who: Visitor, case_id: int) -> HttpResponse:
    """Show one case with everything on one page."""
    found, part = found_case(who, case_id), request.GET.get("bagian", "")
    if part not in dict(body_parts(who.on)):
        return case_answer(request, who, found)
    return case_answer(request, who, found, {"cacat": InjuryForm(on=who.on, part=part), "open": "cacat"})


def case_answer(
    request: HttpRequest, who: Visitor, found: CasePage, forms: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Draw the page of a case, with the forms as they were typed where one was refused; the look is noted."""
    look(request, who, ("claims.case", found.id), found.area_code, person=found.person_id)
    context = {"case": found, "crumbs": crumbs(found.area_code), "tab": "cases", **_duties(who, found)}
    context["decisions"] = [shown(one) for one in reversed(found.decisions)]
    empty = work_forms(who.on) | more_forms(found) | share_form(found) | power_forms(found)
    context["forms"] = empty | (forms or {})
    context["all_parts"] = sum(one.parts for one in found.heirs if one.receives)
    context |= {"body": body_map(), "parts": body_parts(who.on), "chosen": request.GET.get("bagian", "")}
    context["diary"] = [(row, deed_text(row.action)) for row in staff.diary_of("claims.case", str(found.id))]
    context["form_names"] = ("formulir_4",) if found.kind == "JKM" else ("formulir_3", "formulir_3a", "formulir_3b")
    context["papers"] = staff.papers_of("claims.case", str(found.id)) if who.may("case.work") else ()
    orders = payments.orders_of_case(found.id)
    context["orders"] = orders if who.may("payment.read") else ()
    context["corrections"] = corrections = corrections_of(found.id) if found.decisions else ()
    context["may_correct"] = (
        found.state == "dikabulkan"
        and who.may_in("decision.make", found.area_code)
        and all(one.state != "usul" for one in corrections)
    )
    context["stage"] = stage = stage_of(found, who, orders, corrections)
    waits, held = (any(getattr(one, name) for one in stage.disputes) for name in ("open", "to_settle"))
    context |= {"may_divide": held and context["may_divide"], "may_settle": held and context["may_approve"]}
    context |= powers_shown(found, who)
    context["tellings"] = [(one, dict(TELLERS)[one.teller]) for one in tellings_of(found.id)]
    context["may_answer"] = waits and who.may_in("decision.approve", found.area_code)
    return render(request, "case.html", context, status=status)


def _duties(who: Visitor, found: CasePage) -> dict[str, bool]:
    """Say which steps are the visitor's now."""
    place = found.area_code
    open_now = found.state in ("dibuka", "lengkap")
    return {
        **_further(who, found),
        "may_work": open_now and who.may_in("case.work", place),
        "may_hand": found.state in ("dibuka", "lengkap", "diusulkan") and who.may_in("case.work", place),
        "may_visit": open_now
        and who.may_in("case.report", place)
        and any(c.code == "kunjungan" and c.done_on is None for c in found.clocks),
        "may_write": bool(found.decisions) and who.may_in("case.work", place),
        "may_decide": found.state not in ("diusulkan", "ditutup") and who.may_in("decision.make", place),
        "may_approve": who.may_in("decision.approve", place),
        "may_divide": found.state == "dikabulkan" and who.may_in("case.work", place),
        "may_see_papers": who.may_in("people.see_contact", place),
        "may_see_nik": who.may_in("people.see_nik", place),
    }


def _further(who: Visitor, found: CasePage) -> dict[str, bool]:
    """Say which of the further steps are the visitor's: forms, guarantee, school, disputes, opening again."""
    place = found.area_code
    works, decides = who.may_in("case.work", place), who.may_in("decision.make", place)
    decided = found.state in ("dikabulkan", "ditolak")
    return {
        "may_write_forms": works,
        "may_guarantee": decides and found.kind == "JKK" and found.work_accident is not False,
        "may_school": works
        and (found.died_on is not None or found.total_disability)
        and found.state in ("dibuka", "lengkap", "dikabulkan"),
        "may_propose_school": decides and found.state == "dikabulkan" and any(one.years for one in found.children),
        "may_dispute": who.may_in("case.report", place) and (decided or found.died_on is not None),
        "may_reopen": works and found.state == "ditutup",
    }


@dataclass(frozen=True)
class Line:
    """One step of a decision as the tree shows it, with those below it; `again` where it was told in full before."""

    css: str
    label: str
    text: str
    source: str
    status: str
    again: bool
    open: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Shown:
    """A decision with its steps as a tree, from its answers down to facts, and its amounts under their names."""

    row: DecisionRow
    parts: tuple[tuple[str, ComponentRow], ...]
    open_questions: tuple[tuple[str, Mapping[str, str]], ...]
    lines: tuple[Line, ...]
    reasons: tuple[tuple[str, str], ...]


_OPEN_DEPTH = 1
_CSS = {"aturan": "rule", "parameter": "number", "fakta": "fact"}


def shown(row: DecisionRow) -> Shown:
    """Give a decision in the form of the page, its reasons in the language of the page."""
    indonesian = language() == INDONESIAN
    lines = tuple(_line(branch, 0) for branch in queries.branches(row))
    reasons = tuple((one.sentence if indonesian else one.english, one.article) for one in row.reasons)
    parts = tuple((label_of(one.code, one.label), one) for one in row.components)
    questions = tuple((label_of(one["name"], one["label"]), one) for one in row.open_questions)
    return Shown(row, parts, questions, lines, reasons)


def _line(branch: Branch, depth: int) -> Line:
    step = branch.step
    return Line(
        _CSS.get(step.kind, "fact"),
        label_of(step.name, step.label),
        value_said(step.text),
        step.source,
        step.status,
        branch.again,
        depth < _OPEN_DEPTH,
        tuple(_line(below, depth + 1) for below in branch.branches),
    )


def decision_of(found: CasePage, decision_id: uuid.UUID) -> DecisionRow:
    """Give a decision of the case; page 404 where it is none of it."""
    one = next((row for row in found.decisions if row.id == decision_id), None)
    if one is None:
        raise Http404
    return one

"""The desk of programmes: all payers side by side, one page a programme with its basis, criteria, money and history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.refusal import Refused
from lopo.financing import actions as financing
from lopo.financing import queries as money
from lopo.financing.queries.programmes import ProgrammeMoney, budget_changes, programme_money
from lopo.staff import queries as staff
from lopo.staff.actions import Paper
from lopo.targeting import actions, queries
from lopo.targeting.criteria import in_words, read_criteria
from lopo.targeting.queries import ProgrammeRow
from lopo.targeting.queries.closing import waiting_closing
from lopo.web import cells
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import media_type, refused_by
from lopo.web.frame import area_name
from lopo.web.programme_forms import PAYER_KINDS, BasisForm, BudgetForm, PayerForm, ProgrammeForm
from lopo.web.programmes import places_of
from lopo.web.refusals import sentence_of
from lopo.web.table import Ask, Column, Empty, Table, whole

Line = tuple[ProgrammeRow, ProgrammeMoney]
COLUMNS: tuple[Column[Line], ...] = (
    Column(
        _("Program"),
        lambda line: line[0].name,
        link=lambda line: reverse("program_isi", args=[line[0].id]),
        minor=lambda line: ", ".join(line[1].payers) or gettext("belum ada pembayar"),
    ),
    Column(_("Keadaan"), lambda line: f"program_{line[0].state}", "badge"),
    Column(_("Masa"), lambda line: _months(line[0]), minor=lambda line: area_name(line[0].area_code)),
    Column(_("Peserta"), lambda line: line[1].members, "number"),
    Column(_("Anggaran"), lambda line: line[1].amount, "money"),
    Column(
        _("Dibayar"),
        lambda line: line[1].paid,
        "money",
        minor=lambda line: gettext("ditagih %(amount)s") % {"amount": cells.money(line[1].committed)},
    ),
)


WHOLE: tuple[Column[Line], ...] = (
    Column(_("Program"), lambda line: line[0].name),
    Column(_("Kode"), lambda line: line[0].code),
    Column(_("Pembayar"), lambda line: ", ".join(line[1].payers)),
    Column(_("Keadaan"), lambda line: f"program_{line[0].state}", "badge"),
    Column(_("Wilayah"), lambda line: area_name(line[0].area_code)),
    Column(_("Bulan pertama"), lambda line: line[0].first_month, "month"),
    Column(_("Bulan terakhir"), lambda line: line[0].last_month, "month"),
    Column(_("Dasar hukum"), lambda line: line[0].legal_basis),
    Column(_("Tempat"), lambda line: line[0].places, "number"),
    Column(_("Peserta"), lambda line: line[1].members, "number"),
    Column(_("Anggaran"), lambda line: line[1].amount, "money"),
    Column(_("Ditagih"), lambda line: line[1].committed, "money"),
    Column(_("Dibayar"), lambda line: line[1].paid, "money"),
)
"""What leaves as a file: each thing in a column of its own."""


def _months(row: ProgrammeRow) -> str:
    return f"{cells.month_text(row.first_month)} – {cells.month_text(row.last_month)}"


@desk("decree.read")
def programmes(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the programmes of all payers that touch the visitor's areas."""
    rows = queries.programmes(places_of(who))
    told = programme_money([row.id for row in rows])

    def build(asked: Ask) -> Table[Line]:
        empty = Empty(_("Belum ada program"), _("Petugas dinas menyusun program; pejabat penyetuju menyetujuinya."))
        lines = [(row, told[row.id]) for row in rows]
        basis = Column[Line](_("Dasar hukum"), lambda line: f"dasar_{line[0].basis_state(who.on)}", "badge")
        columns = WHOLE if asked.all_rows else (*COLUMNS[:3], basis, *COLUMNS[3:])
        return Table("program", _("Program"), columns, whole(lines), empty, asked, export=True)

    return show(request, who, build, "programmes.html", {"may_make": who.may("decree.draft")})


@desk("decree.draft")
def new(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Draft a programme."""
    form = ProgrammeForm(request.POST or None, None, places_of(who))
    if request.method == "POST" and form.is_valid():
        with refused_by(form):
            made = actions.create_programme(by=who.officer, on=who.on, programme=form.programme())
            messages.success(request, gettext("Konsep program tersimpan; pejabat penyetuju kini dapat memeriksanya."))
            return redirect("program_isi", made)
    return render(request, "programme_form.html", _drawn(form), status=422 if form.errors else 200)


@desk("decree.draft")
def change(request: HttpRequest, who: Visitor, programme_id: int) -> HttpResponse:
    """Change a programme; what a set decree rests on stands."""
    row = found_programme(who, programme_id)
    form = ProgrammeForm(request.POST or None, row, places_of(who))
    if request.method == "POST" and form.is_valid():
        with refused_by(form):
            waits = actions.change_programme(
                by=who.officer, on=who.on, programme_id=programme_id, programme=form.programme()
            )
            messages.success(
                request, gettext("Tersimpan; menunggu persetujuan.") if waits else gettext("Perubahan tersimpan.")
            )
            return redirect("program_isi", programme_id)
    return render(request, "programme_form.html", _drawn(form, row), status=422 if form.errors else 200)


def _drawn(form: ProgrammeForm, row: ProgrammeRow | None = None) -> dict[str, Any]:
    return {"form": form, "row": row, "choices": [form[name] for name in ("penduduk", "bukan_pu", "bukan_asn")]}


@desk("decree.read")
def programme(request: HttpRequest, who: Visitor, programme_id: int) -> HttpResponse:
    """Show one programme: what it promises, on which basis, by which criteria, with whose money, and its history."""
    row = found_programme(who, programme_id)
    what = request.POST.get("apa", "") if request.method == "POST" else ""
    basis = BasisForm(request.POST if what == "dasar" else None, request.FILES if what == "dasar" else None)
    payers = money.payers()
    budget = BudgetForm(request.POST if what == "anggaran" else None, payers, who.on.year)
    done = (what == "dasar" and _basis(request, who, row, basis)) or (
        what == "anggaran" and _budget(request, who, row, budget)
    )
    if done:
        return redirect("program_isi", row.id)
    budgets = money.budgets(areas=(row.area_code,), programme_id=row.id)
    drafting, running = who.may_in("decree.draft", row.area_code), row.state != "ditutup"
    approves, sees_papers = (who.may_in(one, row.area_code) for one in ("decree.approve", "people.see_contact"))
    decrees = queries.decrees(row.id)
    context = {
        "row": row, "money": programme_money([row.id])[row.id], "decrees": decrees, "basis_form": basis,
        "budget_form": budget, "basis_state": row.basis_state(who.on), "criteria": _criteria(row),
        "budgets": [(one, budget_changes(one.id)) for one in budgets],
        "state": queries.programme(row.code, who.areas("decree.read")),
        "may_change": drafting and running, "may_budget": who.may_in("budget.set", row.area_code) and running,
        "may_approve": approves and row.state == "konsep" and row.made_by_id != who.officer.id,
        "closing": waiting_closing(row.id), "may_close": (drafting or approves) and row.state == "berjalan",
        "has_payers": bool(payers),
        "papers": staff.papers_of("targeting.programme", str(row.id)) if sees_papers else (),
        "diary": [(one, deed_text(one.action)) for one in staff.diary_of("targeting.programme", str(row.id), limit=20)],
    }  # fmt: skip
    return render(request, "programme.html", context, status=422 if basis.errors or budget.errors else 200)


def _criteria(row: ProgrammeRow) -> dict[str, Any]:
    """Give the criteria in words of the page's language, or why nobody can understand them."""
    try:
        said = in_words(read_criteria(row.criteria))
    except Refused as problem:
        return {"words": (), "problem": sentence_of(problem)}
    english = translation.get_language() == "en"
    return {"words": [one.english if english else one.indonesian for one in said], "problem": ""}


def _basis(request: HttpRequest, who: Visitor, row: ProgrammeRow, form: BasisForm) -> bool:
    if not form.is_valid():
        return False
    file = form.cleaned_data["berkas"]
    paper = None
    if file is not None:
        content = file.read()
        kind = media_type(content[:4]) or "application/octet-stream"
        paper = Paper("dasar_hukum", "targeting.programme", row.id, file.name[:200], kind, content)
    with refused_by(form):
        actions.give_basis(by=who.officer, on=who.on, programme_id=row.id, basis=form.basis(), paper=paper)
        messages.success(request, gettext("Dasar hukum tercatat."))
        return True
    return False


def _budget(request: HttpRequest, who: Visitor, row: ProgrammeRow, form: BudgetForm) -> bool:
    if not form.is_valid():
        return False
    said = form.cleaned_data
    line = financing.BudgetLine(
        said["pembayar"], row.id, said["tahun"], said["mata_anggaran"], said["dasar_hukum"], said["jumlah"],
        said["alasan"],
    )  # fmt: skip
    with refused_by(form):
        financing.set_budget(by=who.officer, on=who.on, line=line)
        messages.success(request, gettext("Anggaran ditetapkan: %(amount)s.") % {"amount": cells.money(said["jumlah"])})
        return True
    return False


@require_POST
@desk("decree.approve")
def approve(request: HttpRequest, who: Visitor, programme_id: int) -> HttpResponse:
    """Let the programme begin."""
    found_programme(who, programme_id)
    actions.approve_programme(by=who.officer, on=who.on, programme_id=programme_id)
    messages.success(request, gettext("Program disetujui dan berjalan."))
    return redirect("program_isi", programme_id)


@desk("bill.read")
def payers(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the payers of all kinds; the treasurer writes down a new one."""
    form = PayerForm(request.POST if request.method == "POST" and "ekspor" not in request.POST else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        given = financing.PayerGiven(said["kode"], said["nama"], said["singkatan"], said["jenis"])
        with refused_by(form):
            financing.add_payer(by=who.officer, on=who.on, payer=given)
            messages.success(request, gettext("Pembayar %(name)s tercatat.") % {"name": given.name})
            return redirect("pembayar")
    kinds = dict(PAYER_KINDS)
    columns: tuple[Column[money.PayerRow], ...] = (
        Column(_("Nama pembayar"), lambda row: row.name),
        Column(_("Singkatan"), lambda row: row.initial),
        Column(_("Jenis"), lambda row: str(kinds.get(row.kind, row.kind))),
    )
    rows = money.payers()

    def build(asked: Ask) -> Table[money.PayerRow]:
        empty = Empty(_("Belum ada pembayar"), _("Bendahara mencatat siapa yang membayar iuran."))
        return Table("pembayar", _("Pembayar"), columns, whole(rows), empty, asked, export=True)

    return show(request, who, build, "payers.html", {"form": form, "may_make": who.may("budget.set")})


def found_programme(who: Visitor, programme_id: int) -> ProgrammeRow:
    """Give a programme that touches the visitor's areas; page 404 otherwise."""
    row = queries.programme_row(programme_id)
    if row is None or not queries.touches(row.area_code, places_of(who)):
        raise Http404
    return row

"""The desk where cards and passbooks change hands: who still waits, the events, each receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.page import Asked
from lopo.coverage import actions, queries
from lopo.coverage.actions import HandoverEvent, ReceiptGiven
from lopo.coverage.queries import HandoverRow, UndeliveredFilter, UndeliveredRow
from lopo.coverage.queries.sheets import SheetRow, latest_sheet, sheet_lines
from lopo.staff import queries as staff
from lopo.web import areas
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import DayField, refused_by
from lopo.web.frame import area_line
from lopo.web.members import name_and_way
from lopo.web.programmes import FIELD, programme_shown
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.words import mark_of
from lopo.web.works import Job, begin

CARD, PASSBOOK = "kartu", "buku_tabungan"
ITEM = Filter("barang", _("Barang"), (Choice(CARD, _("kartu peserta")), Choice(PASSBOOK, _("buku tabungan"))))
_OFFERED = 25


class Event(forms.Form):
    """An event at which cards and passbooks are handed over."""

    nama = forms.CharField(label=_("Nama acara"), max_length=200)
    tempat = forms.CharField(label=_("Tempat acara"), max_length=200)
    tanggal = DayField(label=_("Tanggal"))
    wilayah = forms.ChoiceField(
        label=_("Yang diundang"), required=False, help_text=_("Kartu mereka dicetak dan dicatat bersama.")
    )

    def __init__(self, *args: Any, mine: tuple[str, ...], **kwargs: Any) -> None:  # noqa: ANN401 - as forms.Form takes
        super().__init__(*args, **kwargs)
        places = areas.kecamatan_filter(mine).choices
        question: Any = self.fields["wilayah"]
        question.choices = [("", _("Semua peserta program")), *((one.value, one.title) for one in places)]


@desk("coverage.read")
def undelivered(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List who has not received the card or the passbook."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    mine = who.areas("coverage.read")
    filters = (ITEM, areas.kecamatan_filter(mine))
    name, way = name_and_way(who)

    def again(row: UndeliveredRow) -> bool:
        return row.printed and who.may_in("coverage.handover", row.area_code)

    columns: tuple[Column[UndeliveredRow], ...] = (
        Column(_("Nama"), name, sort="name", link=way),
        Column(_("KPJ"), lambda row: row.kpj, sort="kpj"),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
        Column(_("Bernomor sejak"), lambda row: row.number_issued_on, "date", sort="number_issued_on"),
        Column(_("Kartu dicetak"), lambda row: "ya" if row.printed else "tidak", "badge"),
        Column(_("Paling lambat"), lambda row: row.due_on, "date"),
        Column(_("Hari menunggu"), lambda row: row.days, "number"),
        Column(_("Kartu hilang atau rusak"), lambda row: gettext("Cetak lagi kartu") if again(row) else "",
               link=lambda row: reverse("kartu_lagi", args=[row.membership_id]) if again(row) else ""),
    )  # fmt: skip

    def build(asked: Ask) -> Table[UndeliveredRow]:
        item = asked.get("barang") or CARD
        wanted = UndeliveredFilter(mine, programme.id, item, asked.search, asked.get(areas.KECAMATAN))
        page = queries.undelivered_page(wanted, asked.asked, on=who.on)
        empty = Empty(_("Semua sudah menerima"), _("Setiap peserta bernomor sudah memegang barang ini."))
        return Table(
            "belum-menerima", _("Belum menerima"), columns, page, empty, asked, filters, _("nama …"), export=True
        )

    may_print = who.may_in("coverage.handover", programme.area_code)
    places = areas.kecamatan_filter(who.areas("coverage.handover")).choices
    context = {"programme": programme, "tab": "undelivered", "may_print": may_print, "places": places}
    return show(request, who, build, "undelivered.html", context, filters=filters)


@desk("coverage.read")
def handovers(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the events, and write down a new one."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    posted = request.POST if request.method == "POST" else None
    form = Event(posted, initial={"tanggal": who.on}, mine=who.areas("coverage.handover"))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refused_by(form):
            event = HandoverEvent(given["nama"], given["tempat"], given["tanggal"], given["wilayah"])
            made = actions.record_handover(by=who.officer, on=who.on, programme_id=programme.id, event=event)
            messages.success(request, gettext("Acara tercatat. Catat sekarang siapa yang menerima apa."))
            return redirect("penyerahan", made)
    context = {
        "programme": programme,
        "events": queries.handovers(programme.id),
        "form": form,
        "may_record": who.may_in("coverage.handover", programme.area_code),
        "tab": "handovers",
    }
    return render(request, "handovers.html", context, status=422 if form.errors else 200)


@desk("coverage.read")
def handover(request: HttpRequest, who: Visitor, handover_id: int) -> HttpResponse:
    """Show who received what at an event, and write down more; choosing another programme leads to its events."""
    programme = programme_shown(request, who)
    if programme is None:
        raise Http404
    event = next((one for one in queries.handovers(programme.id) if one.id == handover_id), None)
    if event is None and FIELD in request.GET:
        return redirect("penyerahan_semua")
    if event is None:
        raise Http404
    if request.method == "POST":
        return _receive(request, who, event)
    search = " ".join(request.GET.get("cari", "").split())[:100]
    may_record = who.may("coverage.handover")
    sheet = latest_sheet(handover_id) if may_record else None
    page = _page(request, sheet)
    waiting = _on_page(who, sheet, page) if sheet and page else _waiting(who, event, search) if may_record else ()
    receipts = queries.receipts_of(handover_id, areas=who.areas("coverage.read")) if who.may("people.read") else ()
    context = {"event": event, "receipts": receipts, "waiting": waiting, "search": search, "may_record": may_record}
    context |= {"sheet": sheet, "page": page, "pages": range(1, sheet.pages + 1) if sheet else ()}
    context["papers"] = staff.papers_of("coverage.handover", str(handover_id)) if who.may("people.see_contact") else ()
    may_print = who.may_in("coverage.handover", programme.area_code)
    proofs = [(code, mark_of(code).word) for code in actions.ATTESTED]
    return render(request, "handover.html", {**context, "tab": "handovers", "may_print": may_print, "proofs": proofs})


def _waiting(who: Visitor, event: HandoverRow, search: str) -> tuple[UndeliveredRow, ...]:
    wanted = UndeliveredFilter(who.areas("coverage.handover"), event.programme_id, CARD, search, event.area_code)
    return queries.undelivered_page(wanted, Asked(1, _OFFERED, "name"), on=who.on).rows


@dataclass(frozen=True)
class OnPage:
    """One member on a page of the sheet that was signed; the card is ticked, since who did not come is crossed out."""

    membership_id: int
    name: str
    area_code: str
    printed: bool
    ticked: bool
    line: int


def _page(request: HttpRequest, sheet: SheetRow | None) -> int:
    """Give the page of the sheet that is asked for, 0 where none is."""
    asked = request.GET.get("lembar", "")
    page = int(asked) if asked.isdecimal() and len(asked) < 5 else 0
    return page if sheet is not None and page <= sheet.pages else 0


def _on_page(who: Visitor, sheet: SheetRow, page: int) -> tuple[OnPage, ...]:
    """Give those of a page who have not received their card yet, in the order of the paper."""
    lines = sheet_lines(sheet.id, areas=who.areas("coverage.handover"), page=page)
    return tuple(
        OnPage(one.membership_id, one.name, one.area_code, printed=True, ticked=True, line=one.line)
        for one in lines
        if not one.received
    )


@desk("coverage.handover")
@require_POST
def make_sheet(request: HttpRequest, who: Visitor, handover_id: int) -> HttpResponse:
    """Make the sheets to sign of an event, in the background."""
    title = gettext("Menyusun lembar tanda terima")
    return begin(who, Job("lopo.make_signature_sheet", title, {"handover_id": handover_id}))


def _receive(request: HttpRequest, who: Visitor, event: HandoverRow) -> HttpResponse:
    """Write down what was ticked: `kartu` and `buku_tabungan` hold membership ids."""
    attested, witness = request.POST.get("bukti", ""), request.POST.get("saksi", "").strip()[:200]
    given = [
        ReceiptGiven(int(one), item, request.POST.get(f"nama-{one}", "").strip()[:200], attested, witness)
        for item in (CARD, PASSBOOK)
        for one in request.POST.getlist(item)
        if one.isdecimal()
    ]
    done = actions.record_receipts(
        by=who.officer, on=who.on, receipts=given, received_on=event.on, handover_id=event.id
    )
    told = gettext("%(new)d tanda terima dicatat, %(known)d sudah ada.") % {"new": done.new, "known": done.known}
    messages.success(request, told)
    page = request.POST.get("lembar", "")
    return redirect(reverse("penyerahan", args=[event.id]) + (f"?lembar={page}" if page.isdecimal() else ""))

"""The desk of members: whose cover stands how, who is named without a number, the files to and from BPJS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.calendar import Month
from lopo.coverage import actions, queries
from lopo.coverage.queries import ExchangeRow, MemberRow, MembersFilter
from lopo.targeting import queries as targeting
from lopo.targeting.queries import ProgrammeRow
from lopo.web import areas, strip
from lopo.web.cells import name_masked
from lopo.web.door import Visitor, desk
from lopo.web.export import XLSX, file_answer, show
from lopo.web.forms import refused_by
from lopo.web.frame import area_line
from lopo.web.programmes import programme_shown
from lopo.web.summed import lives_of
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table, whole
from lopo.web.whole_nik import look
from lopo.web.words import mark_of
from lopo.web.works import Job, begin

COVER = Filter("perlindungan", _("Perlindungan"), tuple(Choice(code, mark_of(code).word) for code in queries.STATES))
STATE = Filter(
    "keadaan",
    _("Kepesertaan"),
    tuple(Choice(code, mark_of(code).word) for code in ("diusulkan", "diterima", "terdaftar", "ditolak", "berakhir")),
)


def name_and_way(who: Visitor) -> tuple[Callable[[Any], str], Callable[[Any], str] | None]:
    """Give how a name is shown to the visitor, and the way to the person's page where there is one."""
    if who.may("people.read"):
        return (lambda row: str(row.name)), (lambda row: reverse("seseorang", args=[row.person_id]))
    return (lambda row: name_masked(row.name)), None


def _columns(who: Visitor) -> tuple[Column[MemberRow], ...]:
    name, way = name_and_way(who)
    return (
        Column(_("Nama"), name, sort="name", link=way),
        Column(_("KPJ"), lambda row: row.kpj or "–", sort="kpj"),
        Column(_("NIK"), lambda row: row.nik, "nik", sort="nik"),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
        Column(_("Kepesertaan"), lambda row: row.state, "badge", sort="state"),
        Column(_("Perlindungan"), lambda row: row.cover, "badge"),
        Column(_("Penuh mulai"), lambda row: row.full_from, "date"),
        Column(_("Bulan dibayar"), lambda row: row.months_paid, "number"),
    )


@desk("coverage.read")
def members(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the members with their cover today, and the months of the programme summed."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    mine = who.areas("coverage.read")
    filters = (COVER, STATE, areas.kecamatan_filter(mine))

    def build(asked: Ask) -> Table[MemberRow]:
        wanted = MembersFilter(
            mine,
            programme.id,
            asked.search,
            asked.get(areas.KECAMATAN),
            asked.get("keadaan"),
            asked.get("perlindungan"),
        )
        page = queries.members_page(wanted, asked.asked, on=who.on)
        empty = Empty(
            _("Belum ada peserta"), _("Peserta muncul setelah keputusan ditetapkan dan namanya dikirim ke BPJS.")
        )
        return Table(
            "peserta", _("Peserta"), _columns(who), page, empty, asked, filters, _("nama, NIK atau KPJ …"), export=True
        )

    return show(request, who, build, "members.html", _cover(who, programme), filters=filters)


def _cover(who: Visitor, programme: ProgrammeRow) -> dict[str, Any]:
    patterns = queries.cover_patterns(programme.id, on=who.on, areas=who.areas("coverage.read"))
    counts = dict.fromkeys(queries.STATES, 0)
    for pattern in patterns:
        counts[pattern.state] += pattern.members
    months = Month.of(programme.first_month).through(Month.of(programme.last_month))
    summed = strip.summed(lives_of(patterns, on=who.on), months, who.on)
    shown = [(code, count) for code, count in counts.items() if count]
    return {"programme": programme, "counts": shown, "summed": summed, "keys": strip.KEYS, "tab": "peserta"}


class Answer(forms.Form):
    """An answer of BPJS to be read."""

    berkas = forms.FileField(
        label=_("Jawaban BPJS Ketenagakerjaan"),
        help_text=_("xlsx atau csv dengan kolom NIK, status, KPJ, tanggal terbit dan alasan."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


@desk("coverage.read")
def exchanges(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the files to and from BPJS; whoever answers for BPJS hands in the answer here."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    posted = request.method == "POST"
    form = Answer(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        file = form.cleaned_data["berkas"]
        with refused_by(form):
            done = actions.read_answer(
                by=who.officer, on=who.on, programme_id=programme.id, file=file.name or "jawaban", content=file.read()
            )
            _tell(request, done)
            return redirect("peserta_bpjs")
    rows = queries.exchanges(programme.id)
    context = {"programme": programme, "table": _exchange_table(who, rows), "form": form, "tab": "bpjs"}
    context |= {"may_answer": who.may_in("coverage.answer", programme.area_code)}
    context |= {"parked": [(row, one) for row in rows for one in row.parked][:50]}
    return render(request, "exchanges.html", context, status=422 if form.errors else 200)


def _tell(request: HttpRequest, done: actions.AnswerRead) -> None:
    told = {"accepted": done.accepted, "numbered": done.numbered, "refused": done.refused, "parked": len(done.parked)}
    if done.new:
        sentence = gettext("%(accepted)d diterima, %(numbered)d bernomor, %(refused)d ditolak, %(parked)d disisihkan.")
        messages.success(request, sentence % told)
    else:
        messages.info(request, gettext("Berkas ini sudah pernah dibaca; tidak ada yang berubah."))


def _exchange_table(who: Visitor, rows: tuple[ExchangeRow, ...]) -> Table[ExchangeRow]:
    whole_nik = who.may("people.see_nik")
    columns: tuple[Column[ExchangeRow], ...] = (
        Column(
            _("Nama berkas"),
            lambda row: row.file,
            link=(lambda row: reverse("peserta_berkas", args=[row.id])) if whole_nik else None,
        ),
        Column(_("Arah"), lambda row: gettext("ke BPJS") if row.direction == "kirim" else gettext("dari BPJS")),
        Column(_("Tanggal"), lambda row: row.on, "date"),
        Column(_("Baris"), lambda row: row.rows, "number"),
        Column(_("Diterima"), lambda row: row.accepted or None, "number"),
        Column(_("Bernomor"), lambda row: row.numbered or None, "number"),
        Column(_("Ditolak"), lambda row: row.refused or None, "number"),
        Column(_("Disisihkan"), lambda row: len(row.parked) or None, "number"),
        Column(_("Oleh"), lambda row: row.by),
    )
    empty = Empty(
        _("Belum ada berkas"), _("Setelah keputusan ditetapkan, kirim namanya ke BPJS dari halaman keputusan.")
    )
    return Table("berkas-bpjs", _("Berkas BPJS"), columns, whole(rows), empty)


@desk("people.see_nik")
def exchange_file(request: HttpRequest, who: Visitor, exchange_id: int) -> HttpResponse:
    """Give a file as it went or came; it holds whole NIKs."""
    found = queries.exchange_file(exchange_id)
    programme = None if found is None else targeting.programme_row(found.programme_id)
    if found is None or programme is None or not who.may_in("people.see_nik", programme.area_code):
        raise Http404
    look(request, who, ("coverage.exchange", exchange_id), programme.area_code)
    return file_answer(found.name, XLSX if found.name.endswith(".xlsx") else "text/csv", found.content)


@desk("coverage.send")
@require_POST
def send(request: HttpRequest, who: Visitor, decree_id: int) -> HttpResponse:
    """Send the chosen of a decree to BPJS."""
    programme = programme_shown(request, who)
    if programme is None:
        raise Http404
    done = actions.submit_members(by=who.officer, on=who.on, programme_id=programme.id, decree_id=decree_id)
    messages.success(
        request, gettext("%(n)d nama dikirim ke BPJS dalam berkas %(file)s.") % {"n": done.people, "file": done.file}
    )
    return redirect("peserta_bpjs")


@desk("coverage.handover")
@require_POST
def make_cards(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Print in the background the cards that are not printed yet: of all, or of one area (`wilayah`)."""
    programme = programme_shown(request, who)
    if programme is None:
        raise Http404
    area = request.POST.get("wilayah", "")
    title = gettext("Mencetak kartu peserta %(place)s") % {"place": area_line(area)} if area else ""
    given = {"programme_id": programme.id, "area_code": area}
    return begin(who, Job("lopo.make_cards", title or gettext("Mencetak kartu peserta"), given))

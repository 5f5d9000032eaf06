"""The desk of calls for names: until when, who sent how much, who is late or silent, and who can act."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.area import KELURAHAN
from lopo.staff import queries as staff
from lopo.targeting.actions.calls import Called, NewCall, close_call, open_call, who_can_act
from lopo.targeting.queries import ProgrammeRow
from lopo.targeting.queries import calls as queries
from lopo.targeting.queries.calls import CallRow, SenderRow
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import DayField, refused_by
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table, whole
from lopo.web.words import SENDERS
from lopo.web.works import Job, begin

STATE: Final = Filter(
    "keadaan",
    _("Keadaan"),
    (
        Choice("belum", _("belum mengirim")),
        Choice("sebagian", _("sebagian")),
        Choice("lengkap", _("lengkap")),
        Choice("kurang", _("lewat batas, kurang")),
        Choice("diam", _("lewat batas, belum mengirim")),
    ),
)
KIND: Final = Filter("jenis", _("Jenis"), tuple(Choice(code, word) for code, word in SENDERS.items()))
_PARTS: Final = 3


class Open(forms.Form):
    """A call: its title, days, how many names each kelurahan is asked for, and the other senders by line."""

    judul = forms.CharField(label=_("Judul"), max_length=200, help_text=_("Misalnya: Usulan tahap kedua 2026."))
    dibuka = DayField(label=_("Dibuka"))
    batas = DayField(label=_("Batas"))
    isi = forms.CharField(
        label=_("Isi panggilan"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    kelurahan = forms.IntegerField(
        label=_("Tempat setiap kelurahan"), min_value=0, max_value=100_000, initial=50,
        help_text=_("Nol: kelurahan tidak dipanggil."),
    )  # fmt: skip
    lain = forms.CharField(
        label=_("Pengusul lain"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu baris satu pengusul: jenis; nama; tempat. Misalnya: gereja; GMIT Labat; 40."),
    )  # fmt: skip

    def clean_lain(self) -> tuple[tuple[str, str, int], ...]:
        """Give kind, name and places of each line."""
        found = []
        for line in self.cleaned_data["lain"].splitlines():
            if not line.strip():
                continue
            parts = [part.strip() for part in line.split(";")]
            if len(parts) != _PARTS or parts[0].lower() not in SENDERS or not parts[2].isdecimal():
                raise forms.ValidationError(gettext("Baris ini tidak terbaca: %(line)s") % {"line": line[:80]})
            found.append((parts[0].lower(), parts[1], int(parts[2][:7])))
        return tuple(found)

    def senders(self, programme: ProgrammeRow) -> tuple[Called, ...]:
        """Give everybody who is called."""
        given, area = self.cleaned_data, programme.area_code
        near = [one for one in KELURAHAN if given["kelurahan"] and staff.within(one.code, (area,))]
        own = [Called("kelurahan", f"Kelurahan {one.name}", one.code, given["kelurahan"]) for one in near]
        return (*own, *(Called(kind, name, area, places) for kind, name, places in given["lain"]))


@desk("lists.read")
def calls(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the calls of the programme; whoever may screen finds the form to open one."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    may_open = who.may_in("lists.screen", programme.area_code)
    form = Open(request.POST if request.method == "POST" else None, initial={"dibuka": who.on})
    if request.method == "POST" and may_open and form.is_valid():
        given = form.cleaned_data
        new = NewCall(
            programme.id, given["judul"], given["isi"], given["dibuka"], given["batas"], form.senders(programme)
        )
        with refused_by(form):
            made = open_call(by=who.officer, on=who.on, call=new)
            messages.success(request, gettext("Panggilan dibuka; pengusul diingatkan sebelum dan sesudah batas."))
            return redirect("panggilan_isi", made)
    rows = [_told(one, who) for one in queries.calls(programme.id, on=who.on, areas=who.areas("lists.read"))]
    context = {"programme": programme, "rows": rows, "form": form, "may_open": may_open}
    return render(request, "calls.html", context, status=422 if form.errors else 200)


def _told(row: CallRow, who: Visitor) -> dict[str, Any]:
    return {
        "call": row, "forecast": row.forecast(who.on), "short": max(0, row.planned - row.forecast(who.on)),
        "running": row.closed_on is None and row.opens_on <= who.on <= row.due_on,
        "days": (row.due_on - who.on).days, "over": (who.on - row.due_on).days,
    }  # fmt: skip


def _judged(row: SenderRow) -> str:
    """Say how many names are accepted, to be checked and refused; nothing before the screening."""
    if not (row.accepted or row.doubtful or row.refused):
        return ""
    told = {"a": row.accepted, "b": row.doubtful, "c": row.refused}
    return gettext("%(a)d lolos, %(b)d dicek, %(c)d ditolak") % told


def _columns(who: Visitor, duties: tuple[tuple[str, staff.DutyRow], ...]) -> tuple[Column[SenderRow], ...]:
    return (
        Column(
            _("Pengusul"), lambda row: row.sender, link=lambda row: reverse("panggilan_pengusul", args=[row.id]),
            minor=lambda row: "" if row.kind == "kelurahan" else str(SENDERS[row.kind]),
        ),
        Column(_("Keadaan"), lambda row: f"usulan_{row.state(who.on)}", "badge"),
        Column(_("Tempat"), lambda row: row.places, "number"),
        Column(_("Diterima"), lambda row: row.received, "number"),
        Column(_("Terlambat"), lambda row: row.late or None, "number"),
        Column(_("Hasil pemeriksaan"), _judged),
        Column(_("Terakhir mengirim"), lambda row: row.last_on, "date"),
        Column(_("Hari lewat"), lambda row: row.days_late(who.on) or None, "number"),
        Column(_("Diingatkan"), lambda row: row.reminders or None, "number"),
        Column(_("Dapat bertindak"), lambda row: ", ".join(who_can_act(row.area_code, duties))),
    )  # fmt: skip


def _found(call_id: int, who: Visitor) -> CallRow:
    found = queries.call(call_id, on=who.on, areas=who.areas("lists.read"))
    if found is None:
        raise Http404
    return found


@desk("lists.read")
def call(request: HttpRequest, who: Visitor, call_id: int) -> HttpResponse:
    """Show one call with every sender; those who are late or silent stand first."""
    found = _found(call_id, who)
    columns = _columns(who, staff.holders(on=who.on))

    def build(asked: Ask) -> Table[SenderRow]:
        state, kind, words = asked.get("keadaan"), asked.get("jenis"), asked.search.lower()
        rows = [
            one
            for one in sorted(found.senders, key=lambda one: (-one.days_late(who.on), -one.missing, one.sender))
            if state in ("", one.state(who.on)) and kind in ("", one.kind) and words in one.sender.lower()
        ]
        empty = Empty(_("Tidak ada pengusul yang cocok"), _("Hapus saringan atau periksa ejaan."))
        return Table(
            "pengusul", _("Pengusul"), columns, whole(rows), empty, asked, (KIND, STATE), _("nama pengusul …"),
            export=True,
        )  # fmt: skip

    may_close = found.closed_on is None and who.may_in("lists.screen", found.area_code)
    return show(request, who, build, "call.html", {**_told(found, who), "may_close": may_close}, filters=(KIND, STATE))


@desk("lists.screen")
@require_POST
def close(request: HttpRequest, who: Visitor, call_id: int) -> HttpResponse:
    """Close a call: nobody is reminded any more."""
    _found(call_id, who)
    close_call(by=who.officer, on=who.on, call_id=call_id)
    messages.success(request, gettext("Panggilan ditutup; daftar yang masih datang tetap diterima."))
    return redirect("panggilan_isi", call_id)


@desk("lists.read")
def sender(request: HttpRequest, who: Visitor, sender_id: int) -> HttpResponse:
    """Show one called sender: what came, what the screening says, the reminders; and write the letter."""
    call_id = queries.call_of_sender(sender_id)
    found = _found(call_id, who) if call_id else None
    row = next((one for one in found.senders if one.id == sender_id), None) if found else None
    if found is None or row is None:
        raise Http404
    may_write = who.may("lists.receive") and who.may("people.see_contact")
    if request.method == "POST":
        if not may_write:
            raise Http404
        title = gettext("Menulis surat panggilan kepada %(sender)s") % {"sender": row.sender}
        return begin(who, Job("lopo.make_call_letter", title, {"sender_id": sender_id}))
    context = {
        "call": found, "row": row, "state": f"usulan_{row.state(who.on)}", "days_late": row.days_late(who.on),
        "can_act": who_can_act(row.area_code, staff.holders(on=who.on)),
        "reminders": staff.diary_of("targeting.calledsender", str(sender_id)), "may_write": may_write,
        "kind": SENDERS[row.kind],
        "papers": staff.papers_of("targeting.calledsender", str(sender_id)) if may_write else (),
    }  # fmt: skip
    return render(request, "called_sender.html", context)

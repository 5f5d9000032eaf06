"""The desk of messages: what was sent to whom, what waits, what failed; trying again, and letters that were brought."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.insight.queries import messages as queries
from lopo.insight.queries.messages import MessageFilter, MessagePage, MessageRow
from lopo.staff import outbox
from lopo.staff.gateway import EMAIL, gateways
from lopo.web.cells import moment_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import crumbs
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.whole_nik import look
from lopo.web.words import mark_of

STATES = ("menunggu", "dikirim", "terkirim", "diantar", "ragu", "menyerah", "tanpa_alamat")
STATE = Filter("keadaan", _("Keadaan"), tuple(Choice(code, mark_of(f"pesan_{code}").word) for code in STATES))
CHANNEL = Filter(
    "saluran",
    _("Cara"),
    tuple(Choice(code, mark_of(f"saluran_{code}").word) for code in ("surat", "surel", "wa")),
)
ABOUT: dict[str, str | Promise] = {
    "iuran_terlambat": _("iuran belum dibayar"),
    "usulan_dibuka": _("usulan nama dibuka"),
    "usulan_ditunggu": _("usulan nama ditunggu"),
    "kunjungan": _("keluarga menunggu kunjungan"),
    "laporan_masuk": _("laporan baru masuk"),
    "serah_kasus": _("kasus diserahkan kepada petugas lain"),
    "pengingat_kasus": _("waktu kasus hampir habis atau sudah lewat"),
    "keluarga": _("hak dan berkas untuk keluarga"),
    "keputusan_kabul": _("keputusan: dikabulkan"),
    "keputusan_tolak": _("keputusan: tidak dikabulkan"),
    "keberatan": _("jawaban keberatan"),
    "koreksi": _("koreksi keputusan"),
}
TO: dict[str, str | Promise] = {"keluarga": _("keluarga"), "pelapor": _("pelapor")}
_ABOUT_PAGES = {
    "claims.case": "kasus",
    "targeting.appeal": "keberatan_isi",
    "claims.firstreport": "laporan_masuk_isi",
    "targeting.call": "panggilan_isi",
    "targeting.calledsender": "panggilan_pengusul",
}


def about(row: MessageRow) -> str:
    """Say what a message is about."""
    return str(ABOUT.get(row.template) or row.template.replace("_", " "))


COLUMNS: tuple[Column[MessageRow], ...] = (
    Column(_("Tentang"), about, link=lambda row: reverse("pesan_isi", args=[row.id])),
    Column(_("Kepada"), lambda row: str(TO.get(row.receiver, row.receiver)), sort="receiver"),
    Column(_("Alamat"), lambda row: row.address, personal="address"),
    Column(_("Cara"), lambda row: f"saluran_{row.channel}", "badge"),
    Column(_("Dibuat"), lambda row: moment_text(row.made_at), sort="made_at"),
    Column(_("Keadaan"), lambda row: f"pesan_{row.state}", "badge", sort="state"),
    Column(_("Kesalahan terakhir"), lambda row: row.last_error),
    Column(_("Terkirim"), lambda row: moment_text(row.sent_at) if row.sent_at else "", sort="sent_at"),
)


class AddressForm(forms.Form):
    """Where an officer's own messages go."""

    email = forms.EmailField(
        label=_("Alamat surel saya"), required=False, max_length=254, help_text=_("Kosongkan untuk tidak menerima.")
    )


@desk("case.read")
def outgoing(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the messages of the visitor's areas, the newest first."""
    return _listed(request, who, AddressForm(initial={"email": who.officer.email}))


@desk("case.read")
@require_POST
def own_address(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Let the visitor say where his own messages go."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _listed(request, who, form, status=422)
    outbox.set_email(by=who.officer, on=who.on, email=form.cleaned_data["email"])
    messages.success(request, gettext("Alamat tersimpan."))
    return redirect("pesan")


def _listed(request: HttpRequest, who: Visitor, form: AddressForm, *, status: int = 200) -> HttpResponse:
    mine = who.areas("case.read")

    def build(asked: Ask) -> Table[MessageRow]:
        wanted = MessageFilter(mine, asked.get("keadaan"), asked.get("saluran"), asked.search)
        empty = Empty(
            _("Belum ada pesan yang cocok"),
            _("Surat kasus, pengingat iuran dan panggilan usulan muncul di sini dengan sendirinya."),
        )
        page = queries.messages_page(wanted, asked.asked)
        return Table(
            "pesan", _("Pesan"), COLUMNS, page, empty, asked, (STATE, CHANNEL), _("penerima atau nomor …"), export=True
        )

    counts = queries.message_counts(mine)
    context: dict[str, Any] = {
        "tab": "messages",
        "form": form,
        "counts": [(code, f"pesan_{code}", counts[code]) for code in STATES if counts.get(code)],
        "no_email": EMAIL not in gateways(),
    }
    answer = show(request, who, build, "messages.html", context, filters=(STATE, CHANNEL))
    answer.status_code = status
    return answer


@desk("case.read")
def one(request: HttpRequest, who: Visitor, message_id: uuid.UUID) -> HttpResponse:
    """Show one message with its words and what can be done; the look is noted."""
    found = _found(who, message_id)
    row, place = found.row, found.row.area_code
    look(request, who, (outbox.SUBJECT, message_id), place)
    page = _ABOUT_PAGES.get(row.subject)
    context = {
        "message": found,
        "row": row,
        "state": f"pesan_{row.state}",
        "channel": f"saluran_{row.channel}",
        "about": about(row),
        "to": TO.get(row.receiver, row.receiver),
        "about_page": reverse(page, args=[row.subject_id]) if page else "",
        "may_see_contact": who.may_in("people.see_contact", place),
        "may_retry": row.state in ("ragu", "menyerah", "tanpa_alamat")
        and row.channel != "surat"
        and who.may_in("case.work", place),
        "may_deliver": row.state == "diantar" and who.may_in("case.report", place),
        "crumbs": crumbs(place),
    }
    return render(request, "message.html", context)


@desk("case.work")
@require_POST
def retry(request: HttpRequest, who: Visitor, message_id: uuid.UUID) -> HttpResponse:
    """Send again what was given up or is uncertain."""
    _found(who, message_id)
    outbox.retry_message(by=who.officer, on=who.on, message_id=message_id)
    messages.success(request, gettext("Pesan dikirim lagi dalam beberapa menit."))
    return redirect("pesan_isi", message_id)


@desk("case.report")
@require_POST
def delivered(request: HttpRequest, who: Visitor, message_id: uuid.UUID) -> HttpResponse:
    """Note that a letter was brought."""
    _found(who, message_id)
    outbox.hand_over_letter(by=who.officer, on=who.on, message_id=message_id)
    messages.success(request, gettext("Tercatat: surat sudah diantar."))
    return redirect("pesan_isi", message_id)


def _found(who: Visitor, message_id: uuid.UUID) -> MessagePage:
    found = queries.message(message_id, who.areas("case.read"))
    if found is None:
        raise Http404
    return found

"""The desk of officers: who is appointed to what and where, proposed by one and confirmed by another."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.area import KECAMATAN, KELURAHAN, KOTA_KUPANG
from lopo.financing import queries as financing
from lopo.staff import appointing, officers
from lopo.staff import queries as staff
from lopo.staff.officers import DutyTold, Standing
from lopo.staff.roles import ROLES as EVERY_ROLE
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import DayField, refused_by
from lopo.web.frame import area_line, area_name
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.treasury import part
from lopo.web.words import ROLES

STANDING: Final = Filter(
    "keadaan",
    _("Keadaan"),
    (
        Choice("jabatan_diusulkan", _("menunggu pengesahan")),
        Choice("jabatan_berlaku", _("berlaku")),
        Choice("jabatan_nanti", _("belum mulai")),
        Choice("jabatan_berakhir", _("berakhir")),
        Choice("jabatan_dicabut", _("dicabut")),
    ),
)
ROLE: Final = Filter("peran", _("Peran"), tuple(Choice(code, said[0]) for code, said in ROLES.items()))


class NewDuty(forms.Form):
    """Who is to do what, where, and for which payer where it is a payer's officer."""

    nama = forms.CharField(label=_("Nama lengkap"), max_length=200)
    pengguna = forms.CharField(
        label=_("Nama pengguna"),
        max_length=60,
        help_text=_("Dengan ini petugas masuk, misalnya lurah.oebufu. Petugas yang sudah ada memakai namanya sendiri."),
    )
    peran = forms.ChoiceField(label=_("Peran"))
    wilayah = forms.ChoiceField(label=_("Wilayah tugas"))
    pembayar = forms.ChoiceField(
        label=_("Untuk pembayar"), required=False, help_text=_("Hanya untuk petugas pembayar.")
    )
    sampai = DayField(label=_("Hari terakhir"), required=False, help_text=_("Kosongkan bila tanpa batas."))

    def __init__(self, data: Any, areas: Collection[str]) -> None:  # noqa: ANN401 - what Django posts
        super().__init__(data)
        payers: list[tuple[str, str | Promise]] = [(one.code, one.name) for one in financing.payers()]
        choices: dict[str, list[tuple[str, str | Promise]]] = {
            "peran": [(code, said[0]) for code, said in ROLES.items()],
            "wilayah": _areas(areas),
            "pembayar": [("", _("bukan petugas pembayar")), *payers],
        }
        for name, given in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = given


def _areas(mine: Collection[str]) -> list[tuple[str, str | Promise]]:
    """Give the areas that a duty may be given in: those of the visitor, and the places that we know within them."""
    known = ("53", KOTA_KUPANG, *(one.code for one in KECAMATAN), *(one.code for one in KELURAHAN))
    wide = sorted({*mine, *(code for code in known if staff.within(code, mine))}, key=lambda code: (len(code), code))
    return [(code, area_line(code)) for code in wide]


def _standing(row: DutyTold, who: Visitor) -> str:
    return f"jabatan_{row.standing(who.on)}"


def _where(row: DutyTold, payers: dict[str, str]) -> str:
    return payers.get(row.payer_code, row.payer_code) if row.payer_code else area_line(row.area_code)


@desk("officer.read")
def desk_of_officers(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the duties; those that wait for a second officer are told first."""
    every = officers.duties(who.areas("officer.read"))
    payers = {one.code: one.name for one in financing.payers()}
    columns: tuple[Column[DutyTold], ...] = (
        Column(_("Petugas"), lambda row: row.full_name, link=_way, minor=lambda row: row.username),
        Column(_("Peran"), lambda row: str(ROLES[row.role][0]) if row.role in ROLES else row.role),
        Column(_("Wilayah tugas"), lambda row: area_name(row.area_code),
               minor=lambda row: payers.get(row.payer_code, row.payer_code)),
        Column(_("Sejak"), lambda row: row.since, "date"),
        Column(_("Sampai"), lambda row: row.revoked_on or row.until, "date", minor=lambda row: row.revoked_why),
        Column(_("Keadaan"), lambda row: _standing(row, who), "badge", minor=lambda row: row.confirmed_by),
        Column(_("Terakhir masuk"), lambda row: row.entered_at.date() if row.entered_at else None, "date"),
    )  # fmt: skip
    filters = (STANDING, ROLE)

    def build(asked: Ask) -> Table[DutyTold]:
        rows = [
            row
            for row in every
            if asked.get("keadaan") in ("", _standing(row, who))
            and asked.get("peran") in ("", row.role)
            and all(word in f"{row.full_name} {row.username}".lower() for word in asked.search.lower().split())
        ]
        empty = Empty(_("Tidak ada petugas"), _("Pengelola petugas mengusulkan siapa bertugas sebagai apa."))
        page = part(rows, asked.asked)
        return Table("petugas", _("Petugas"), columns, page, empty, asked, filters, _("nama …"), export=True)

    held = [row for row in every if row.standing(who.on) is Standing.BERLAKU]
    context = {
        "people": len({row.officer_id for row in held}),
        "waiting": sum(row.standing(who.on) is Standing.DIUSULKAN for row in every),
        "never": len({row.officer_id for row in held if row.entered_at is None}),
        "may_appoint": who.may("officer.appoint"),
    }
    return show(request, who, build, "officers.html", context, filters=filters)


def _way(row: DutyTold) -> str:
    return reverse("petugas_satu", args=[row.officer_id])


@desk("officer.appoint")
def new(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Propose a duty for somebody."""
    form = NewDuty(request.POST or None, who.areas("officer.appoint"))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        given = appointing.DutyGiven(
            said["pengguna"].strip().lower(), said["nama"], said["peran"], said["wilayah"], said["pembayar"],
            said["sampai"],
        )  # fmt: skip
        with refused_by(form):
            appointing.appoint(by=who.officer, on=who.on, duty=given)
            messages.success(request, gettext("Tugas diusulkan; berlaku setelah disahkan orang lain."))
            return redirect("petugas_satu", staff.officer(given.username).id)
    roles = [(said[0], said[1]) for code, said in ROLES.items() if code in EVERY_ROLE]
    status = 422 if form.errors else 200
    return render(request, "officer_new.html", {"form": form, "roles": roles}, status=status)


def _found(who: Visitor, officer_id: int) -> tuple[DutyTold, ...]:
    """Give the duties of an officer that the visitor may see; page 404 where there is none."""
    found = officers.duties_of_officer(officer_id, who.areas("officer.read"))
    if not found:
        raise Http404
    return found


@desk("officer.read")
def officer(request: HttpRequest, who: Visitor, officer_id: int) -> HttpResponse:
    """Show one officer with every duty, and what the visitor may do about each."""
    found = _found(who, officer_id)
    payers = {one.code: one.name for one in financing.payers()}
    himself = who.officer.id == officer_id
    duties = [
        {
            "it": row, "standing": _standing(row, who), "role": ROLES.get(row.role, (row.role, ""))[0],
            "where": _where(row, payers),
            "may_confirm": row.standing(who.on) is Standing.DIUSULKAN and not himself
            and row.proposed_by_id != who.officer.id and who.may_in("officer.confirm", row.area_code),
            "may_revoke": not himself and row.revoked_on is None
            and who.may_in("officer.appoint" if row.confirmed_on else "officer.confirm", row.area_code),
        }
        for row in found
    ]  # fmt: skip
    context = {
        "officer": found[0], "duties": duties, "may_link": who.may("officer.appoint") and not himself,
        "link": request.session.pop(f"lopo.mark.{officer_id}", ""),
        "diary": [(row, deed_text(row.action)) for row in staff.diary_of("staff.officer", str(officer_id))],
    }  # fmt: skip
    return render(request, "officer.html", context)


@desk("officer.confirm")
@require_POST
def confirm(request: HttpRequest, who: Visitor, officer_id: int, duty_id: int) -> HttpResponse:
    """Confirm a duty that somebody else proposed."""
    _found(who, officer_id)
    appointing.confirm_duty(by=who.officer, on=who.on, duty_id=duty_id)
    messages.success(request, gettext("Tugas disahkan dan berlaku sejak hari ini."))
    return redirect("petugas_satu", officer_id)


@desk("officer.appoint", "officer.confirm")
@require_POST
def revoke(request: HttpRequest, who: Visitor, officer_id: int, duty_id: int) -> HttpResponse:
    """Take a duty back, or turn down a proposed one."""
    _found(who, officer_id)
    appointing.revoke_duty(by=who.officer, on=who.on, duty_id=duty_id, reason=request.POST.get("alasan", ""))
    messages.success(request, gettext("Tugas dicabut dan tidak berlaku lagi sejak hari ini."))
    return redirect("petugas_satu", officer_id)


@desk("officer.appoint")
@require_POST
def link(request: HttpRequest, who: Visitor, officer_id: int) -> HttpResponse:
    """Make the address by which the officer chooses a password; the page shows it once."""
    mark = appointing.let_choose_password(by=who.officer, on=who.on, officer_id=officer_id)
    address = request.build_absolute_uri(reverse("kata_sandi_pilih", args=[officer_id, mark]))
    request.session[f"lopo.mark.{officer_id}"] = address
    return redirect("petugas_satu", officer_id)

"""What a family sees of its case by code and birth day: how it stands, what is missing, what is paid and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from axes.helpers import get_client_ip_address
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from lopo.claims import queries
from lopo.claims.actions.family_look import FamilyTry, look_as_family
from lopo.claims.queries import CasePage, DecisionRow
from lopo.claims.queries.corrections import CorrectionRow, corrections_of
from lopo.claims.queries.standing import taken_off
from lopo.law.wording import INDONESIAN
from lopo.payments import queries as payments
from lopo.payments.queries import OrderRow
from lopo.payments.queries.recoveries import taken_back
from lopo.web.door import now, today
from lopo.web.forms import refused_by
from lopo.web.own_view import OwnDoor
from lopo.web.texts import label_of, language

TOLD: dict[str, str | Promise] = {
    "dibuka": _("Berkas sedang dikumpulkan."),
    "lengkap": _("Berkas sudah lengkap. Keputusan sedang disiapkan."),
    "diusulkan": _("Keputusan sedang diperiksa pejabat kedua."),
    "dikabulkan": _("Klaim dikabulkan."),
    "ditolak": _("Klaim tidak dikabulkan."),
    "ditutup": _("Kasus ini ditutup tanpa keputusan."),
}
PAID: dict[str, str | Promise] = {
    "siap": _("disiapkan untuk bank"),
    "terkirim": _("sudah dikirim ke bank"),
    "terbayar": _("sudah masuk rekening"),
    "gagal": _("gagal di bank; petugas membetulkan rekeningnya"),
}


class FamilyDoor(OwnDoor):
    """The code on the letter, and the worker's day of birth in three easy parts."""

    kpj = None  # type: ignore[assignment]  # how Django takes a question away
    kode = forms.CharField(
        label=_("Kode kasus"),
        max_length=30,
        help_text=_("Ada pada surat kepada keluarga, misalnya JKM-2025-00012."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    field_order = ("kode", "hari", "bulan", "tahun")


@dataclass(frozen=True, slots=True)
class Part:
    """One amount that is paid: its code, what for, how much, by which article, to whom, and how far it is."""

    code: str
    label: str
    amount: int
    article: str
    hospital: bool
    paid: str | Promise
    done: bool


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that stands: since when, each amount (label, before, after), and what is still asked back.

    `asked_back` is None while the next orders have not carried it out, so that nobody knows yet.
    """

    on: date | None
    lines: tuple[tuple[str, int, int], ...]
    asked_back: int | None


@login_not_required
@never_cache
@sensitive_post_parameters("kode", "hari", "bulan", "tahun")
def family_page(request: HttpRequest) -> HttpResponse:
    """Ask for code and birth day; show that case to who knows both, nothing to anybody else."""
    form = FamilyDoor(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_by(form):
            given = form.cleaned_data
            asked = FamilyTry(given["kode"], given["lahir"], get_client_ip_address(request) or "")
            case_id = look_as_family(on=today(), at=now(), given=asked)
            return render(request, "family_case.html", told(queries.case(case_id, on=today()), today()))
    return render(request, "family_door.html", {"form": form}, status=422 if form.errors else 200)


def told(case: CasePage, on: date) -> dict[str, Any]:
    """Give all that the page says of one case; no name, no number of anybody."""
    decided = [one for one in case.decisions if one.state == "disetujui"]
    paid = {str(one.component): one for one in payments.orders_of_case(case.id)}
    corrections = [one for one in corrections_of(case.id) if one.state == "disetujui"] if decided else []
    parts = _corrected([part for one in decided if one.granted for part in _parts(one, paid)], taken_off(corrections))
    return {
        "case": case,
        "on": on,
        "told": TOLD[case.state],
        "good": case.state not in ("ditolak", "ditutup"),
        "missing": [paper for paper in case.papers if paper.state != "diterima"],
        "parts": parts,
        "corrections": [_told_of(one) for one in corrections],
        "total": sum(part.amount for part in parts if not part.hospital),
        "reasons": [reason for one in decided for reason in _reasons(one)],
        "decided_on": decided[-1].approved_on if decided else None,
        "pay_due": next((clock for clock in case.clocks if clock.code == "pembayaran"), None),
        "all_paid": bool(parts) and all(part.done for part in parts),
    }


def _parts(one: DecisionRow, paid: dict[str, OrderRow]) -> list[Part]:
    return [
        Part(
            part.code,
            label_of(part.code, part.label),
            part.amount,
            part.article,
            part.payee == "rumah_sakit",
            PAID.get(order.state, "") if order else _("menunggu perintah bayar"),
            order is not None and order.state == "terbayar",
        )
        for part in one.components
        if part.amount
        for order in (paid.get(part.code),)
    ]


def _corrected(parts: list[Part], less: Mapping[str, int]) -> list[Part]:
    """Give the amounts as they stand after corrections, the newest amount of each kind made smaller first."""
    left, found = dict(less), []
    for part in reversed(parts):
        off = min(part.amount, left.get(part.code, 0))
        left[part.code] = left.get(part.code, 0) - off
        if part.amount > off:
            found.append(replace(part, amount=part.amount - off))
    return found[::-1]


def _told_of(one: CorrectionRow) -> Corrected:
    back = taken_back(one.id)
    lines = tuple((label_of(part["code"], part["label"]), part["before"], part["after"]) for part in one.components)
    asked = sum(part.amount - part.repaid - part.given_up for part in back if part.kind == "piutang")
    return Corrected(one.approved_on, lines, asked if back else None)


def _reasons(one: DecisionRow) -> list[tuple[str, str]]:
    indonesian = language() == INDONESIAN
    return [(reason.sentence if indonesian else reason.english, reason.article) for reason in one.reasons]

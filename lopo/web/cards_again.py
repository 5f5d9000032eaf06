"""Corrects what was handed over: a receipt that is wrong, a card that was lost, damaged or misprinted."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.coverage import actions, queries
from lopo.people import queries as people
from lopo.web.door import Visitor, desk
from lopo.web.forms import refused_by
from lopo.web.frame import crumbs
from lopo.web.refusals import came_from
from lopo.web.works import Job, begin


class Again(forms.Form):
    """Why a card is printed again."""

    sebab = forms.ChoiceField(
        label=_("Mengapa dicetak lagi?"),
        choices=[("hilang", _("hilang")), ("barang_rusak", _("rusak")), ("salah_cetak", _("salah cetak"))],
    )
    alasan = forms.CharField(
        label=_("Ceritakan singkat"), min_length=5, max_length=200, help_text=_("Misalnya: jatuh ke laut 3 September.")
    )


@desk("coverage.handover")
def card_again(request: HttpRequest, who: Visitor, membership_id: int) -> HttpResponse:
    """Ask why a card is printed again, print its next edition, and set it as PDF."""
    member = queries.membership(membership_id, on=who.on)
    person = None if member is None else people.person(member.person_id)
    if member is None or person is None or not who.may_in("coverage.handover", person.area_code):
        raise Http404
    form = Again(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_by(form):
            given = {"kind": form.cleaned_data["sebab"], "reason": form.cleaned_data["alasan"]}
            again = actions.replace_card(by=who.officer, on=who.on, membership_id=membership_id, **given)
            told = gettext("Cetakan ke-%(n)d dibuat; tanda terimanya dicatat lagi saat diserahkan.")
            messages.success(request, told % {"n": again.edition})
            paper = {"programme_id": member.programme_id, "membership_id": membership_id}
            return begin(who, Job("lopo.make_card_again", gettext("Mencetak lagi satu kartu"), paper))
    context = {"form": form, "person": person, "member": member, "crumbs": crumbs(person.area_code)}
    return render(request, "card_again.html", context, status=422 if form.errors else 200)


@desk("coverage.handover")
@require_POST
def take_back(request: HttpRequest, who: Visitor, receipt_id: int) -> HttpResponse:
    """Take back a receipt that was written down wrongly."""
    reason = request.POST.get("alasan", "")
    actions.reverse_receipt(by=who.officer, on=who.on, receipt_id=receipt_id, reason=reason)
    messages.success(request, gettext("Tanda terima dibatalkan; orangnya tampak lagi di daftar yang belum menerima."))
    return redirect(came_from(request) or reverse("belum_menerima"))

"""The page on which a programme is closed before its time: what it means for each one's cover, and the two officers."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lopo.financing.queries.closing import if_closed
from lopo.targeting.actions import approve_closing, propose_closing, withdraw_closing
from lopo.targeting.queries.closing import open_work, waiting_closing
from lopo.web.door import Visitor, desk
from lopo.web.forms import refused_by
from lopo.web.frame import area_name
from lopo.web.programme_desk import found_programme
from lopo.web.programme_forms import WhyForm

_DONE: Final = {
    "usul": _("Usulan penutupan tersimpan; pejabat penyetuju kini memutuskannya."),
    "setuju": _("Program ditutup. Tagihan yang sudah terbit tetap harus dibayar."),
    "tarik": _("Usulan penutupan ditarik; program tetap berjalan."),
}


@desk("decree.read")
def closing(request: HttpRequest, who: Visitor, programme_id: int) -> HttpResponse:
    """Show what closing the programme means; one officer proposes it, another closes it or either takes it back."""
    row = found_programme(who, programme_id)
    if row.state != "berjalan":
        if request.method == "POST":
            messages.error(request, gettext("Hanya program yang berjalan dapat ditutup."))
        return redirect("program_isi", row.id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and _done(request, who, row.id, form):
        return redirect("program_isi", row.id)
    drafts, approves = (who.may_in(what, row.area_code) for what in ("decree.draft", "decree.approve"))
    told, waiting = if_closed(row.id, on=who.on, areas=(row.area_code,)), waiting_closing(row.id)
    context = {
        "row": row, "told": told, "waiting": waiting, "work": open_work(row.id), "form": form,
        "ends": [(area_name(one.kecamatan_code), one.ending, one.members) for one in told.endings],
        "may_propose": drafts and waiting is None,
        "may_approve": approves and waiting is not None and waiting.proposed_by_id != who.officer.id,
        "may_withdraw": (drafts or approves) and waiting is not None,
    }  # fmt: skip
    return render(request, "programme_closing.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, who: Visitor, programme_id: int, form: WhyForm) -> bool:
    """Do what was asked, and say whether it is done; what a rule refuses stands at the form."""
    what = request.POST.get("apa", "")
    if what not in _DONE:
        raise Http404
    if what == "setuju":
        approve_closing(by=who.officer, on=who.on, programme_id=programme_id)
    else:
        deed = propose_closing if what == "usul" else withdraw_closing
        if form.is_valid():
            with refused_by(form):
                deed(by=who.officer, on=who.on, programme_id=programme_id, reason=form.cleaned_data["alasan"])
        if form.errors:
            return False
    messages.success(request, str(_DONE[what]))
    return True

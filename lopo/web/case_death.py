"""The page on which a worker's death of an accident is noted: first what it changes, then the deed."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from lopo.claims import actions
from lopo.claims.queries.late_death import DeathPreview, death_preview
from lopo.web.cases import found_case
from lopo.web.door import Visitor, desk
from lopo.web.forms import DayField, refused_by
from lopo.web.texts import label_of


class DeathForm(forms.Form):
    """The day of death; `pasti` is the second step, after what changes was shown."""

    wafat = DayField(label=_("Meninggal karena kecelakaan ini pada"), help_text=_("Seperti pada akta kematian."))


@desk("case.work")
def late_death(request: HttpRequest, who: Visitor, case_id: int) -> HttpResponse:
    """Ask for the day, show what the death changes, and note it once that was seen."""
    found = found_case(who, case_id)
    form = DeathForm(request.POST if request.method == "POST" else None)
    preview: DeathPreview | None = None
    if request.method == "POST" and form.is_valid():
        with refused_by(form):
            died_on = form.cleaned_data["wafat"]
            if request.POST.get("pasti") == died_on.isoformat():
                actions.record_death(by=who.officer, on=who.on, case_id=case_id, died_on=died_on)
                messages.success(request, _("Kematian dicatat; surat untuk ahli waris kini diminta."))
                return redirect("kasus", case_id)
            preview = death_preview(case_id, died_on, on=who.on)
    context = {
        "case": found,
        "form": form,
        "preview": preview,
        "parts": [(label_of(part.code, part.label), part) for part in preview.parts] if preview else [],
        "differs": preview is not None and preview.registered_on not in (None, preview.died_on),
    }
    return render(request, "case_death.html", context, status=422 if form.errors else 200)

"""The page on which cases go to another officer: one from its page, or many of somebody who is absent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lopo.basics.page import Asked
from lopo.claims import actions, queries
from lopo.claims.actions import Handover
from lopo.claims.queries import CaseFilter, CaseRow
from lopo.staff import queries as staff
from lopo.staff.queries import Colleague
from lopo.web.door import Visitor, desk
from lopo.web.forms import refused_by

_NOBODY = "-"
_MOST = 200


class HandoverForm(forms.Form):
    """Which cases, to whom, and what he should know."""

    kasus = forms.TypedMultipleChoiceField(
        label=_("Kasus"), coerce=int, error_messages={"required": _("Centang sedikitnya satu kasus.")}
    )
    kepada = forms.ChoiceField(label=_("Kepada"))
    catatan = forms.CharField(
        label=_("Yang perlu diketahui pemegang baru"),
        min_length=5,
        max_length=200,
        help_text=_("Misalnya: keluarga sudah dihubungi, tinggal menunggu akta."),
    )

    def __init__(self, data: Any, rows: tuple[CaseRow, ...], others: list[Colleague]) -> None:  # noqa: ANN401 - posted
        super().__init__(data)
        for name, choices in (
            ("kasus", [(row.id, row.code) for row in rows]),
            ("kepada", [("", _("pilih petugas")), *((one.username, one.name) for one in others)]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


@desk("case.work")
def hand_over(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the running cases that were named or that one officer holds; hand those that are ticked to another."""
    given = request.POST if request.method == "POST" else request.GET
    everybody = staff.colleagues("case.work", on=who.on)
    rows = _rows(who, given, everybody)
    others = [one for one in everybody if any(staff.within(row.area_code, one.areas) for row in rows)]
    form = HandoverForm(request.POST if request.method == "POST" else None, rows, others)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        with refused_by(form):
            handover = Handover(tuple(chosen["kasus"]), chosen["kepada"], chosen["catatan"])
            count = actions.hand_over(by=who.officer, on=who.on, given=handover)
            told = ngettext("%(n)d kasus diserahkan.", "%(n)d kasus diserahkan.", count) % {"n": count}
            messages.success(request, told)
            return redirect("kasus", handover.case_ids[0]) if len(handover.case_ids) == 1 else redirect("klaim")
    context = {
        "form": form,
        "rows": [(row, f"langkah_{queries.next_step(row.standing, paid=False)}") for row in rows],
        "ticked": _ticked(request, rows),
        "holders": everybody,
        "held": given.get("pemegang", ""),
        "nobody": _NOBODY,
        "most": _MOST,
        "tab": "cases",
    }
    return render(request, "case_handover.html", context, status=422 if form.errors else 200)


def _rows(who: Visitor, given: QueryDict, everybody: tuple[Colleague, ...]) -> tuple[CaseRow, ...]:
    """Give the running cases in the visitor's areas that are meant, the most urgent first; none where none are."""
    holder, ids = given.get("pemegang", ""), _numbers(given.getlist("kasus"))
    if holder == _NOBODY:
        wanted = CaseFilter(who.areas("case.work"), owner_id=queries.NOBODY, running=True)
    elif any(one.username == holder for one in everybody):
        wanted = CaseFilter(who.areas("case.work"), owner_id=staff.officer(holder).id, running=True)
    elif ids:
        wanted = CaseFilter(who.areas("case.work"), ids=ids, running=True)
    else:
        return ()
    return queries.cases_page(wanted, Asked(size=_MOST), total=0).rows


def _ticked(request: HttpRequest, rows: tuple[CaseRow, ...]) -> frozenset[int]:
    """What was ticked stays so; at first only cases that were named one by one are."""
    named = _numbers((request.POST if request.method == "POST" else request.GET).getlist("kasus"))
    return frozenset(row.id for row in rows).intersection(named)


def _numbers(texts: list[str]) -> tuple[int, ...]:
    return tuple(int(text) for text in texts[:_MOST] if text.isdecimal() and len(text) < 10)

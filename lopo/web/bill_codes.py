"""The billing code of a bill: until when BPJS takes money under it, and a new one where that day comes too soon."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.financing.actions import CodeGiven, note_code
from lopo.financing.queries import BillRow
from lopo.financing.queries.codes import CodeRow, codes_of
from lopo.web.door import Visitor, desk
from lopo.web.forms import DayField

SOON = 7
"""From so many days before its last day on the page marks a code."""


class Code(forms.Form):
    """A billing code as BPJS gave it."""

    kode = forms.CharField(label=_("Kode iuran"), max_length=40)
    sampai = DayField(label=_("Berlaku sampai"), help_text=_("Hari terakhir BPJS menerima uang dengan kode ini."))


def code_context(who: Visitor, found: BillRow) -> dict[str, Any]:
    """Give what the page of a bill says of its code, and the form for who may note one."""
    codes = codes_of(found.id, on=who.on)
    unpaid = found.state in ("terbit", "diajukan")
    given = {"kode": codes[0].code, "sampai": codes[0].last_day} if codes and codes[0].last_day is None else {}
    return {
        "code": codes[0] if codes else None,
        "codes_before": codes[1:],
        "code_open": unpaid,
        "code_tone": _tone(codes[0]) if codes and unpaid else "",
        "code_over": -(codes[0].days_left or 0) if codes else 0,
        "code_form": Code(initial=given, auto_id="kode_%s"),
        "may_code": unpaid and who.may("bill.pay"),
    }


def _tone(code: CodeRow) -> str:
    if code.days_left is None:
        return "wait"
    return "urgent" if code.days_left < 0 else "wait" if code.days_left <= SOON else ""


@desk("bill.pay")
@require_POST
def note(request: HttpRequest, who: Visitor, bill_id: uuid.UUID) -> HttpResponse:
    """Note a code for a bill, or a new one in place of that it has."""
    form = Code(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Tulis kode iuran dan hari terakhirnya."))
        return redirect("tagihan", bill_id)
    given = CodeGiven(form.cleaned_data["kode"], form.cleaned_data["sampai"])
    bills = note_code(by=who.officer, on=who.on, bill_id=bill_id, given=given)
    messages.success(request, gettext("Kode iuran %(code)s dicatat pada %(n)d tagihan.") % {
        "code": given.code, "n": bills})  # fmt: skip
    return redirect("tagihan", bill_id)

"""The password: an officer chooses a first one by a link, and changes it whenever wanted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from lopo.staff import actions, appointing
from lopo.staff.queries import Officer
from lopo.web.door import Visitor, desk, today
from lopo.web.works import ANYBODY


class NewPassword(forms.Form):
    """A new password, twice."""

    baru = forms.CharField(
        label=_("Kata sandi baru"),
        strip=False,
        help_text=_("Sepuluh huruf atau lebih, bukan kata yang mudah ditebak."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    ulang = forms.CharField(
        label=_("Sekali lagi"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, data: Any, officer: Officer) -> None:  # noqa: ANN401 - what Django posts
        super().__init__(data)
        self.officer = officer

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ, and one that is too easy to guess."""
        given = super().clean() or {}
        if "baru" in given and "ulang" in given:
            if given["baru"] != given["ulang"]:
                self.add_error("ulang", _("Kedua kata sandi tidak sama."))
            else:
                try:
                    validate_password(given["baru"], self.officer)
                except forms.ValidationError as problem:
                    self.add_error("baru", problem)
        return given


class ChangePassword(NewPassword):
    """The password that is in use, then a new one twice."""

    lama = forms.CharField(
        label=_("Kata sandi sekarang"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("lama", "baru", "ulang")

    def clean_lama(self) -> str:
        """Refuse a password that is not the officer's."""
        given = str(self.cleaned_data["lama"])
        if not self.officer.check_password(given):
            raise forms.ValidationError(_("Kata sandi sekarang tidak cocok."))
        return given


@desk(*ANYBODY, "payer.read")
@sensitive_post_parameters("lama", "baru", "ulang")
def change(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Let the officer change the own password; this session stays, every other of the officer ends."""
    form = ChangePassword(request.POST or None, who.officer)
    if request.method == "POST" and form.is_valid():
        actions.set_password(by=who.officer, on=who.on, officer=who.officer, password=form.cleaned_data["baru"])
        who.officer.refresh_from_db()
        update_session_auth_hash(request, who.officer)
        messages.success(request, gettext("Kata sandi diganti. Sesi Anda di tempat lain berakhir."))
        return redirect("kata_sandi")
    return render(request, "own_password.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@never_cache
@sensitive_post_parameters("baru", "ulang")
def choose(request: HttpRequest, officer_id: int, mark: str) -> HttpResponse:
    """Let who holds the link choose a password, once; an old or wrong link is told so, whoever it names."""
    officer = appointing.officer_of_mark(officer_id, mark)
    if officer is None:
        return render(request, "choose_password.html", {}, status=410)
    form = NewPassword(request.POST or None, officer)
    if request.method == "POST" and form.is_valid():
        actions.set_password(by=officer, on=today(), officer=officer, password=form.cleaned_data["baru"])
        messages.success(request, gettext("Kata sandi tersimpan. Silakan masuk."))
        return redirect("masuk")
    context = {"form": form, "officer": officer}
    return render(request, "choose_password.html", context, status=422 if form.errors else 200)

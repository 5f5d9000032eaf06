"""The desk at the entrance: sign in, sign out, choose a language."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from lopo.web.refusals import came_from

_YEAR_SECONDS = 365 * 24 * 3600


class SignIn(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Kata sandi"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let in who gives the right name and password; a wrong pair is told without saying which half was wrong."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        officer = authenticate(request, **form.cleaned_data)
        if officer is not None:
            login(request, officer)
            return HttpResponseRedirect(_next(request))
        form.add_error(None, _("Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya."))
    status = 422 if form.errors else 200
    return render(request, "sign_in.html", {"form": form, "next": request.GET.get("next", "")}, status=status)


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Say for how long the door stays closed after too many wrong passwords."""
    form = SignIn(request.POST or None)
    form.is_valid()
    form.add_error(
        None, _("Terlalu banyak percobaan yang gagal. Coba lagi satu jam lagi, atau hubungi admin kantor Anda.")
    )
    return render(request, "sign_in.html", {"form": form, "next": ""}, status=429)


def _next(request: HttpRequest) -> str:
    """Give where to go after signing in: a page of ours that was asked for, else the home page."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back."""
    answer = HttpResponseRedirect(came_from(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return answer

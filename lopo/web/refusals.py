"""What a person is told when a rule says no: the sentence and its article, at the place where it was tried."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from lopo.basics.refusal import Refused, Unavailable
from lopo.law.wording import INDONESIAN
from lopo.web.door import Answer
from lopo.web.refusal_words import in_english
from lopo.web.texts import language

NOT_ALLOWED = "tidak_berwenang"


class RefusalMiddleware:
    """Turns Refused and Unavailable into words; anything else goes on to page 500."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer a refusal with its sentence: 403 for a deed of other duties, else back where it was tried."""
        if isinstance(problem, Refused) and problem.code == NOT_ALLOWED:
            return refused_page(request, problem, status=403)
        if isinstance(problem, Refused):
            return self._told(request, problem)
        if isinstance(problem, Unavailable):
            sentence = _("Sistem lain sedang tidak menjawab. Pekerjaan disimpan; coba lagi beberapa saat lagi.")
            return refused_page(request, Refused("tidak_tersedia", sentence), status=503)
        return None

    def _told(self, request: HttpRequest, refusal: Refused) -> HttpResponse:
        back = came_from(request)
        if request.method != "POST" or not back:
            return refused_page(request, refusal, status=422)
        tell_refusal(request, refusal)
        return HttpResponseRedirect(back)


def came_from(request: HttpRequest) -> str:
    """Give the page of ours on which the button was pressed, empty when it is unknown."""
    back = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if ours else ""


def tell_refusal(request: HttpRequest, refusal: Refused) -> None:
    """Put the sentence on the next page, with its article behind."""
    messages.error(request, sentence_of(refusal), extra_tags=refusal.article)


def sentence_of(refusal: Refused) -> str:
    """Give the sentence of a refusal in the language of the page."""
    return said(refusal.sentence)


def said(sentence: str) -> str:
    """Give a kept sentence of a refusal, or why a line was laid aside, in the language of the page."""
    return sentence if language() == INDONESIAN else in_english(sentence)


def refused_page(request: HttpRequest, refusal: Refused, *, status: int) -> HttpResponse:
    """Give a page of its own that says what was refused and why."""
    told = Refused(refusal.code, sentence_of(refusal), refusal.article)
    return render(request, "refused.html", {"refusal": told}, status=status)


def page_403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this page belongs to other duties, and whose."""
    return render(request, "403.html", {"denied": isinstance(exception, PermissionDenied)}, status=403)


def page_404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here."""
    return render(request, "404.html", status=404)


def page_500(request: HttpRequest) -> HttpResponse:
    """Say that we failed; drawn without the frame, which may be what failed."""
    return render(request, "500.html", status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was open too long."""
    refusal = Refused(
        "formulir_kedaluwarsa", _("Formulir ini terlalu lama terbuka. Muat ulang halaman, lalu coba lagi.")
    )
    return refused_page(request, refusal, status=403)

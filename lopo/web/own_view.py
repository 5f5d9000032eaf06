"""What a member sees of himself: by the number of his card and his birth day, or with a clerk beside him."""

from __future__ import annotations

from datetime import date
from typing import Any

from axes.helpers import get_client_ip_address
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import dates
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from lopo.basics.nik import digits_of
from lopo.basics.refusal import Refused
from lopo.coverage import actions
from lopo.financing.queries.own_cover import OwnCover, own_cover
from lopo.law.decision import Step
from lopo.law.heirs import ORDER_SOURCE
from lopo.people import queries as people
from lopo.web import strip
from lopo.web.cells import day_text, money
from lopo.web.door import Visitor, desk, now, today
from lopo.web.forms import refused_by
from lopo.web.frame import crumbs
from lopo.web.texts import language
from lopo.web.whole_nik import look
from lopo.web.works import Job, begin

_OLDEST = 1900
MONTHS = (("", "–"), *((str(number), name) for number, name in dates.MONTHS.items()))
TOLD: dict[str, str | Promise] = {
    "penuh": _("Anda terlindungi penuh."),
    "masa_tunggu": _("Anda terlindungi. Santunan kematian penuh mulai %(full)s."),
    "menunggak_1": _("Iuran Anda belum dibayar 1 bulan. Sebagian hak ditahan sampai dibayar."),
    "menunggak_2": _("Iuran Anda belum dibayar 2 bulan. Sebagian hak ditahan sampai dibayar."),
    "menunggak_3": _("Iuran Anda belum dibayar 3 bulan. Sebagian hak ditahan sampai dibayar."),
    "gugur": _("Perlindungan Anda gugur karena iuran terlalu lama tidak dibayar."),
    "belum": _("Perlindungan Anda belum mulai."),
    "berakhir": _("Kepesertaan Anda dalam program ini sudah berakhir."),
}
NEXT: dict[str, str | Promise] = {
    "penuh": _("Simpan kartu Anda. Tidak ada yang perlu Anda bayar."),
    "masa_tunggu": _("Sebelum hari itu, kematian yang bukan karena kerja hanya dibayar biaya pemakamannya."),
    "gugur": _("Tanyakan ke kelurahan apakah pemerintah mendaftarkan Anda lagi, atau bayar sendiri lewat BPJS (175)."),
    "belum": _("Tanyakan ke kelurahan kapan nomor peserta terbit dan iuran pertama dibayar."),
    "berakhir": _("Tanyakan ke kelurahan siapa yang meneruskan iuran Anda, atau bayar sendiri lewat BPJS (175)."),
}
_ARREARS_NEXT = _("Berobat karena kecelakaan kerja tetap dijamin. Tanyakan ke kelurahan kapan iuran dibayar.")


class OwnDoor(forms.Form):
    """The number on the card, and the day of birth in three easy parts."""

    kpj = forms.CharField(
        label=_("Nomor peserta (KPJ)"),
        max_length=20,
        help_text=_("11 angka pada kartu Anda."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-from-card": ""}),
    )
    hari = forms.IntegerField(
        label=_("Hari lahir"),
        min_value=1,
        max_value=31,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    bulan = forms.TypedChoiceField(label=_("Bulan lahir"), choices=MONTHS, coerce=int)
    tahun = forms.IntegerField(
        label=_("Tahun lahir"), min_value=_OLDEST, max_value=2100, localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Give the day of birth as `lahir`; an impossible day is said."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                given["lahir"] = date(given["tahun"], given["bulan"], given["hari"])
            except ValueError:
                self.add_error("hari", _("Tanggal ini tidak ada."))
        return given


@login_not_required
@never_cache
@sensitive_post_parameters("kpj", "hari", "bulan", "tahun")
def own_view(request: HttpRequest) -> HttpResponse:
    """Ask for card number and birth day; show that member's own cover to who knows both, nothing to anybody else."""
    form = OwnDoor(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_by(form):
            return _shown(request, form.cleaned_data)
    return render(request, "own_door.html", {"form": form}, status=422 if form.errors else 200)


def _shown(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    on, origin = today(), get_client_ip_address(request) or ""
    typed = actions.OwnTry(digits_of(given["kpj"]), given["lahir"], origin)
    found = own_cover(actions.look_at_own_cover(on=on, at=now(), given=typed), on=on)
    if found is None:
        raise Refused("belum_peserta", gettext("Kepesertaan Anda belum tercatat di sini. Tanyakan ke kelurahan."))
    return render(request, "own_view.html", told(found))


@desk("coverage.read")
def with_clerk(request: HttpRequest, who: Visitor, person_id: int) -> HttpResponse:
    """Show a member his cover on the clerk's screen; the look is noted as of any full record."""
    found = _of(who, person_id)
    look(request, who, ("people.person", person_id), found.area_code)
    context = {"clerk": True, "crumbs": crumbs(found.area_code), "person_id": person_id}
    return render(request, "own_view.html", told(found) | context)


@desk("coverage.read")
@require_POST
def paper(request: HttpRequest, who: Visitor, person_id: int) -> HttpResponse:
    """Set the same as a PDF for the member to keep."""
    found = _of(who, person_id)
    given = {"person_id": person_id, "membership_id": found.membership_id}
    return begin(who, Job("lopo.make_own_cover", gettext("Menyusun lembar perlindungan"), given))


def _of(who: Visitor, person_id: int) -> OwnCover:
    person = people.person(person_id)
    if person is None or not all(who.may_in(one, person.area_code) for one in ("people.read", "coverage.read")):
        raise Http404
    found = own_cover(person_id, on=who.on)
    if found is None:
        raise Http404
    return found


def told(one: OwnCover) -> dict[str, Any]:
    """Give all that the page says of one member, in plain words."""
    full = one.cover.full_from
    return {
        "own": one,
        "state": TOLD[one.state] % {"full": day_text(full)} if one.state == "masa_tunggu" else TOLD[one.state],
        "next": NEXT.get(one.state, _ARREARS_NEXT),
        "good": one.state in ("penuh", "masa_tunggu"),
        "full_waits": full is not None and full > one.on and one.care,
        "death_total": money(one.death.amount("jkm_total")),
        "work_total": money(one.at_work.amount("jkk_meninggal_total")),
        "death_parts": [_part(step) for step in one.death_parts],
        "work_parts": [_part(step) for step in one.work_parts],
        "death_later": _later(one.death.amount("jkm_total"), one.settled.jkm_settled),
        "work_later": _later(one.at_work.amount("jkk_meninggal_total"), one.settled.jkk_settled),
        "reasons": [(reason.said(language()), reason.article) for reason in one.death.reasons],
        "work_reasons": [(reason.said(language()), reason.article) for reason in one.at_work.reasons],
        "unsure": bool(one.death.open_questions or one.at_work.open_questions),
        "years": strip.years_of(one.months),
        "keys": strip.KEYS,
        "order_source": ORDER_SOURCE,
    }


def _later(now_paid: int, settled: int) -> str:
    """Give the sum once the arrears are paid, '' where that changes nothing."""
    return money(settled) if settled > now_paid else ""


def _part(step: Step) -> tuple[str, str, str]:
    """Give one amount of the law: what it is, how much, its article."""
    return step.caption(language()), money(step.value if isinstance(step.value, int) else 0), step.source

"""The questions about a written power: who receives for whom, whether a second officer agrees, and its end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from lopo.claims import actions
from lopo.claims.actions import PowerGiven
from lopo.claims.queries import CasePage
from lopo.claims.queries.powers import PowerRow, powers_of
from lopo.web.case_more_forms import OfCase
from lopo.web.door import Visitor
from lopo.web.forms import DayField


class PowerForm(OfCase):
    """Who receives for whom, among those who receive a share without a guardian."""

    wakil = forms.TypedChoiceField(label=_("Siapa yang menerima untuk yang lain?"), coerce=int)
    pemberi = forms.TypedMultipleChoiceField(
        label=_("Siapa yang memberi kuasa?"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Bagian mereka masuk ke rekening wakilnya. Bagian yang lain tetap ke rekening sendiri."),
    )  # fmt: skip
    surat_kuasa = forms.CharField(
        label=_("Nomor surat kuasa"), max_length=200, help_text=_("Dan siapa yang mengesahkan atau menyaksikannya.")
    )
    ditulis = DayField(label=_("Tanggal surat kuasa"))

    def choose(self, case: CasePage) -> None:
        """Offer those of the heirs who may give or take a power."""
        heirs = _may(case)
        self.offer("wakil", heirs)
        givers = self.fields["pemberi"]
        if isinstance(givers, forms.TypedMultipleChoiceField):
            givers.choices = list(heirs)


class PowerAnswerForm(forms.Form):
    """What a second officer says after looking at the page of the power."""

    jawaban_kuasa = forms.ChoiceField(
        label=_("Setelah melihat suratnya"), choices=[("ya", _("Berlaku")), ("tidak", _("Tolak"))]
    )
    alasan_kuasa = forms.CharField(label=_("Alasan, bila ditolak"), max_length=300, required=False)


class PowerEndForm(forms.Form):
    """Why a power ends."""

    alasan_cabut = forms.CharField(
        label=_("Siapa yang mencabut, dan dengan surat apa?"), max_length=300,
        help_text=_("Yang sudah ada dalam berkas bank tetap dikirim kepada wakil."),
    )  # fmt: skip


def _may(case: CasePage) -> list[tuple[int, str]]:
    return [(heir.id, heir.name) for heir in case.heirs if heir.receives and not heir.guardian_name]


def power_forms(case: CasePage) -> dict[str, forms.Form]:
    """Give the forms about a power for the page of a case, empty."""
    return {"kuasa": PowerForm(case=case), "kuasa_jawab": PowerAnswerForm(), "kuasa_cabut": PowerEndForm()}


def powers_shown(found: CasePage, who: Visitor) -> dict[str, Any]:
    """Say what the page of a case shows of powers, and whose step is next. Two queries, none before a grant."""
    if found.state != "dikabulkan" or found.died_on is None:
        return {"powers": ()}
    powers = powers_of(found.id)
    live = next((one for one in powers if one.live), None)
    works = who.may_in("case.work", found.area_code)
    return {
        "powers": powers,
        "may_empower": works and live is None and len(_may(found)) > 1,
        "may_check_power": live is not None
        and live.state == "dicatat"
        and live.made_by_id != who.officer.id
        and who.may_in("decision.approve", found.area_code),
        "may_end_power": works and live is not None,
    }


def empower(who: Visitor, case_id: int, given: dict[str, Any]) -> None:
    """Write a power down."""
    power = PowerGiven(given["wakil"], tuple(given["pemberi"]), given["surat_kuasa"], given["ditulis"])
    actions.record_power(by=who.officer, on=who.on, case_id=case_id, power=power)


def check_power(who: Visitor, case_id: int, given: dict[str, Any]) -> None:
    """Put the power of the case in force, or refuse it."""
    accepted = given["jawaban_kuasa"] == "ya"
    power_id = _live(case_id).id
    actions.answer_power(by=who.officer, on=who.on, power_id=power_id, accepted=accepted, why=given["alasan_kuasa"])


def end_power(who: Visitor, case_id: int, given: dict[str, Any]) -> None:
    """Revoke the power of the case."""
    actions.revoke_power(by=who.officer, on=who.on, power_id=_live(case_id).id, why=given["alasan_cabut"])


def _live(case_id: int) -> PowerRow:
    live = next((one for one in powers_of(case_id) if one.live), None)
    if live is None:
        raise Http404
    return live

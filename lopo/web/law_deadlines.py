"""The clocks of the law, open to anybody: from what happened to the last day on which something must be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lopo.basics.calendar import Month
from lopo.law import LAW, deadlines
from lopo.law.deadlines import Deadline
from lopo.law.sources import cite
from lopo.web.cells import day_long, day_text
from lopo.web.door import Visitor, open_to_all
from lopo.web.law_day import LATEST, read_day, show_law
from lopo.web.law_forms import LawDayField


@dataclass(frozen=True)
class Clock:
    """One deadline: what it is called, from what it runs, and whether the law counts hours."""

    title: str | Promise
    start: str | Promise
    due: Callable[[datetime], Deadline]
    hours: bool = False


def _by_day(rule: Callable[[date], Deadline]) -> Callable[[datetime], Deadline]:
    return lambda moment: rule(moment.date())


def _contribution(moment: datetime) -> Deadline:
    due = deadlines.contribution_due(Month.of(moment.date()))
    return Deadline("iuran", "", due, None, "PP 44/2015 Pasal 24 ayat (3)", "read")


CLOCKS: Mapping[str, Clock] = {
    "iuran": Clock(gettext_lazy("Membayar iuran"), gettext_lazy("Tanggal dalam bulan iuran"), _contribution),
    "laporan-1": Clock(
        gettext_lazy("Laporan tahap I kecelakaan kerja (2 x 24 jam)"), gettext_lazy("Saat kecelakaan"),
        deadlines.stage_one_due, hours=True,
    ),
    "laporan-2": Clock(
        gettext_lazy("Laporan tahap II kecelakaan kerja (2 x 24 jam)"), gettext_lazy("Saat dokter menyatakan"),
        deadlines.stage_two_due, hours=True,
    ),
    "berkas-kurang": Clock(
        gettext_lazy("BPJS memberi tahu berkas yang kurang (7 hari kerja)"), gettext_lazy("Tanggal laporan tahap II"),
        _by_day(deadlines.incomplete_notice_due),
    ),
    "bayar-jkk": Clock(
        gettext_lazy("BPJS membayar JKK (7 hari kerja)"), gettext_lazy("Tanggal syarat lengkap"),
        _by_day(deadlines.jkk_payment_due),
    ),
    "bayar-jkm": Clock(
        gettext_lazy("BPJS membayar JKM (3 hari kerja)"), gettext_lazy("Tanggal berkas lengkap diajukan"),
        _by_day(deadlines.jkm_payment_due),
    ),
    "dugaan-kecelakaan": Clock(
        gettext_lazy("Kesimpulan atas dugaan kecelakaan kerja (30 hari)"), gettext_lazy("Tanggal laporan tahap I"),
        _by_day(deadlines.suspected_accident_due),
    ),
    "dugaan-penyakit": Clock(
        gettext_lazy("Kesimpulan atas dugaan penyakit akibat kerja (30 hari)"), gettext_lazy("Tanggal laporan tahap I"),
        _by_day(deadlines.suspected_disease_due),
    ),
    "nomor": Clock(
        gettext_lazy("Nomor peserta terbit (1 hari kerja)"), gettext_lazy("Tanggal iuran pertama dibayar"),
        _by_day(deadlines.number_due),
    ),
    "kartu": Clock(
        gettext_lazy("Kartu peserta diserahkan (7 dan 3 hari kerja)"), gettext_lazy("Tanggal nomor terbit"),
        _by_day(deadlines.card_due),
    ),
    "perubahan-data": Clock(
        gettext_lazy("Peserta melaporkan perubahan data (7 hari kerja)"), gettext_lazy("Tanggal data berubah"),
        _by_day(deadlines.data_change_due),
    ),
    "kebocoran": Clock(
        gettext_lazy("Pemberitahuan kebocoran data pribadi (3 x 24 jam)"), gettext_lazy("Saat kebocoran diketahui"),
        deadlines.breach_notice_due, hours=True,
    ),
}  # fmt: skip


class ClockForm(forms.Form):
    """Which deadline, and from when it runs."""

    def __init__(self, data: Any, **about: Any) -> None:  # noqa: ANN401 - what Django takes
        super().__init__(data, auto_id="t-%s", **about)
        names = [(code, f"{clock.title}") for code, clock in CLOCKS.items()]
        needed = {"required": _("Isi dahulu bagian ini."), "invalid_choice": _("Pilih salah satu dari daftar.")}
        self.fields["batas"] = forms.ChoiceField(
            label=_("Batas waktu apa?"), choices=[("", _("Pilih …")), *names], error_messages=needed
        )
        self.fields["mulai"] = LawDayField(label=_("Dihitung dari tanggal"))
        self.fields["jam"] = forms.TimeField(
            label=_("Pukul"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            help_text=_("Hanya untuk batas yang dihitung dalam jam."),
            error_messages={"invalid": _("Tulis jam seperti 14:30.")},
        )  # fmt: skip
        self.fields["mulai"].error_messages["required"] = needed["required"]

    def clean(self) -> dict[str, Any]:
        """Ask for the hour where the law counts hours, and for a day on which the deadline is law already."""
        given = super().clean() or self.cleaned_data
        clock, start = CLOCKS.get(given.get("batas", "")), given.get("mulai")
        if clock is None or start is None:
            return given
        if clock.hours and given.get("jam") is None and "jam" not in self.errors:
            self.add_error("jam", _("Tulis jamnya: batas ini dihitung dalam jam."))
        since = in_force_since(clock)
        if start < since:
            self.add_error("mulai", _("Batas ini baru ada sejak %(day)s.") % {"day": day_text(since)})
        return given


def in_force_since(clock: Clock) -> date:
    """Give the first day on which the deadline is law: the first edition that has it, and its instrument in force."""
    for law in LAW.laws:
        try:
            source = clock.due(datetime.combine(law.edition.first, time())).source
        except LookupError:  # the law of those days has no such number
            continue
        return max(law.edition.first, LAW.instruments[cite(source, LAW.instruments, "")[0].instrument].in_force)
    return LATEST


@open_to_all
def deadline_page(request: HttpRequest, who: Visitor | None) -> HttpResponse:
    """Ask from when a deadline runs, and show its last day or moment."""
    at = read_day(request, who)
    wanted = "hitung" in request.GET
    form = ClockForm(request.GET if wanted else None, initial={"mulai": at.day.isoformat(), **request.GET.dict()})
    context: dict[str, Any] = {"form": form}
    if wanted and form.is_valid():
        clock = CLOCKS[form.cleaned_data["batas"]]
        due = clock.due(datetime.combine(form.cleaned_data["mulai"], form.cleaned_data["jam"] or time()))
        context |= {"clock": clock, "due": due, "says": _says(due)}
    answered = show_law(request, "law_deadline.html", at, context)
    if wanted and form.errors:
        answered.status_code = 422
    return answered


def _says(due: Deadline) -> str:
    if due.moment is None:
        return day_long(due.due)
    return _("%(day)s pukul %(hour)s") % {"day": day_long(due.due), "hour": f"{due.moment:%H.%M}"}

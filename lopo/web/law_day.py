"""What all pages of the law share: the day that is asked for, its edition, the tabs, and how things are named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lopo.law import LAW
from lopo.law.book import Rule
from lopo.law.decision import Edition
from lopo.law.editions import EditionLaw
from lopo.law.errors import NoLawYet
from lopo.law.parameters import Entries, Parameter, Tiers, Version
from lopo.law.wording import value_text
from lopo.web.door import Visitor, today
from lopo.web.law_words import code_word
from lopo.web.texts import label_of, language

READ = "read"
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""Days that a question takes, so that no sum runs out of the calendar."""
TABS = (
    ("hukum_hitung", gettext_lazy("Hitung")),
    ("hukum", gettext_lazy("Angka")),
    ("hukum_aturan", gettext_lazy("Aturan")),
    ("hukum_peraturan", gettext_lazy("Peraturan")),
    ("hukum_perubahan", gettext_lazy("Perubahan")),
    ("hukum_dipastikan", gettext_lazy("Perlu dipastikan")),
)
TOPICS: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("iuran", gettext_lazy("Iuran"), ("contributions", "paying")),
    ("kepesertaan", gettext_lazy("Kepesertaan dan tunggakan"), ("membership",)),
    ("kecelakaan", gettext_lazy("Kecelakaan kerja (JKK)"), ("accident", "incapacity")),
    ("cacat", gettext_lazy("Cacat"), ("body_parts", "disability")),
    ("pemulihan", gettext_lazy("Perawatan di rumah, alat bantu, kembali kerja"), ("recovery",)),
    ("sebab", gettext_lazy("Dugaan, meninggal mendadak, penyakit akibat kerja"), ("causes",)),
    ("kematian", gettext_lazy("Kematian (JKM dan JKK)"), ("death", "family")),
    ("beasiswa", gettext_lazy("Beasiswa anak"), ("scholarship",)),
    ("waris", gettext_lazy("Ahli waris"), ("succession",)),
    ("terlambat", gettext_lazy("Bila BPJS terlambat membayar"), ("lateness",)),
    ("program", gettext_lazy("Syarat program daerah"), ("local",)),
)
"""What the law is about, in the order of a life: code, title, and the files in which it is written."""
_UNDER = {"hukum_jumlah": "hukum_hitung", "hukum_tenggat": "hukum_hitung"}
"""Pages that belong under the tab of another."""
_OTHER = ("lain", gettext_lazy("Lain-lain"))


class Day(forms.Form):
    """The day whose law is asked for."""

    hari = forms.DateField(
        label=gettext_lazy("Hukum pada tanggal"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": gettext_lazy("Tulis tanggal seperti 2025-09-03."),
        },
        validators=[MaxValueValidator(LATEST, gettext_lazy("Tanggal itu terlalu jauh di depan."))],
    )


@dataclass(frozen=True)
class LawDay:
    """The day that is asked for, the law of that day, and the form in which it was asked."""

    day: date
    law: EditionLaw
    form: Day
    tail: str

    @property
    def edition(self) -> Edition:
        """Give the edition of the day."""
        return self.law.edition


def read_day(request: HttpRequest, who: Visitor | None, label: str = "") -> LawDay:
    """Read `hari` of the address; without one, or with one that is no day of any law, today with a word about it.

    `label` says what the day is on this page.
    """
    here = who.on if who is not None else today()
    form = Day(request.GET if request.GET.get("hari") else {"hari": here.isoformat()})
    if label:
        form.fields["hari"].label = label
    day = form.cleaned_data["hari"] if form.is_valid() else here
    try:
        law = LAW.law_on(day)
    except NoLawYet:
        form.add_error("hari", _("Pada tanggal itu belum ada hukum yang tertulis di sini. Pilih tanggal sesudahnya."))
        day, law = here, LAW.law_on(here)
    return LawDay(day, law, form, tail_of(day, here))


def tail_of(day: date, here: date) -> str:
    """Give what must follow an address so that the next page is of the same day: nothing for today."""
    return "" if day == here else f"?hari={day.isoformat()}"


def show_law(request: HttpRequest, template: str, at: LawDay, context: Mapping[str, Any]) -> HttpResponse:
    """Draw a page of the law under its tabs, for the day."""
    page = (request.resolver_match.url_name if request.resolver_match else "") or ""
    here = _UNDER.get(page, page)
    tabs = [(reverse(name) + at.tail, title, name == here) for name, title in TABS]
    wanted = " ".join(request.GET.get("cari", "").replace("\x00", "").split())[:80]
    return render(request, template, {"at": at, "law_tabs": tabs, "wanted": wanted, **context})


def page_of(name: str, at: LawDay) -> str:
    """Give the address of the page about a fact, number or rule."""
    return reverse("hukum_isi", args=[name]) + at.tail


def topic_of(place: str) -> tuple[str, str | Promise]:
    """Give code and title of the topic of a rule's room or of the file of a number (`death.yaml:4`)."""
    file = place.rsplit(".", 1)[-1] if place.startswith("lopo.") else place.split(".", 1)[0]
    return next(((code, title) for code, title, files in TOPICS if file in files), _OTHER)


def sources_of(version: Version) -> str:
    """Give instrument and article of a version of a number."""
    return "; ".join(map(str, version.citations))


def rule_source(law: EditionLaw, rule: Rule) -> str:
    """Give instrument and article of a rule."""
    return "; ".join(str(citation) for citation in law.citations[rule.place])


def said(value: Any, unit: str) -> str:  # noqa: ANN401 - whatever a fact, number or answer can be
    """Say a value of the law in the language of the page."""
    return code_word(value) if isinstance(value, str) else value_text(value, unit, language())


def unit_word(unit: str) -> str:
    """Say a unit in the language of the page: `Rp` is rupiah, `hari` in English days."""
    if unit == "Rp":
        return _("rupiah")
    return value_text(2, unit, language()).removeprefix("2").strip() if unit and unit != "permil" else unit


def rows_of(version: Version, unit: str) -> tuple[tuple[str, str], ...]:
    """Give the rows of a ladder or a table by code; nothing for a plain number."""
    value = version.value
    if isinstance(value, Tiers):
        bound = unit if unit == "Rp" else ""
        pairs = zip(value.bounds, value.values, strict=True)
        return tuple((f"≥ {said(low, bound)}", said(row, unit)) for low, row in pairs)
    if isinstance(value, Entries):
        return tuple((code_word(code), said(row, unit)) for code, row in value.values.items())
    return ()


def named(law: EditionLaw, name: str) -> str:
    """Name a fact, number or rule inside a sentence: its label in quotes, a plain number with its value."""
    label = f"“{label_of(name, plain_label(law, name))}”"
    number = law.parameters.get(name)
    if number is None or isinstance(number[1].value, Tiers | Entries):
        return label
    return f"{label} ({said(number[1].value, number[0].unit)})"


def plain_label(law: EditionLaw, name: str) -> str:
    """Give the Indonesian label of a fact, number or rule; the name itself where there is none."""
    thing: Rule | Parameter | None = law.rules.get(name)
    if name in law.parameters:
        thing = law.parameters[name][0]
    if thing is not None:
        return thing.label
    return law.facts[name].label if name in law.facts else name

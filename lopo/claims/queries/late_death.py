"""Reads what changes when a worker dies of an accident that is a case already, and which days cannot be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from lopo.basics.calendar import date_text
from lopo.basics.refusal import Refused
from lopo.claims.checklist import needed
from lopo.claims.judging import CaseFile, Component, judge
from lopo.claims.models import Case, Paper
from lopo.claims.queries.case_files import case_file, incapacity_days
from lopo.claims.queries.files import found_case
from lopo.people.models import Death


@dataclass(frozen=True, slots=True)
class PartChange:
    """One amount of the law in whole rupiah, as the case stands and with the death."""

    code: str
    label: str
    article: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class DeathPreview:
    """What a death would change. `unclear` says why the law gives no amounts yet, empty where it does.

    `days_before` and `days_after` are days without work that count; `papers` what would be asked for besides;
    `registered_on` the day in the death register in force, None where it knows of no death.
    """

    died_on: date
    parts: tuple[PartChange, ...]
    unclear: str
    days_before: int
    days_after: int
    papers: tuple[str, ...]
    registered_on: date | None

    @property
    def before(self) -> int:
        """The sum as the case stands, in rupiah."""
        return sum(part.before for part in self.parts)

    @property
    def after(self) -> int:
        """The sum with the death, in rupiah."""
        return sum(part.after for part in self.parts)


def check_death(case: Case, died_on: date, on: date) -> None:
    """Refuse a day of death that cannot be for an accident; each reason by its name. At most one query."""
    if case.kind != Case.Kind.JKK:
        raise Refused("bukan_kecelakaan", "Ini hanya dapat dicatat pada kasus kecelakaan kerja (JKK).")
    if case.work_accident is False:
        raise Refused(
            "bukan_karena_kerja",
            "Kejadian ini disimpulkan bukan kecelakaan kerja; laporkan kematiannya sebagai kasus baru (JKM).",
        )
    if case.died_on is not None:
        raise Refused(
            "kematian_sudah_dicatat",
            f"Kasus ini sudah mencatat kematian pada {date_text(case.died_on)}. Bila itu keliru, tutup kasus ini dengan"
            " alasannya dan laporkan lagi.",
        )
    if died_on < case.person.born:
        raise Refused("meninggal_sebelum_lahir", "Hari meninggal tidak boleh sebelum hari lahir.")
    if not case.event_on <= died_on <= on:
        raise Refused("hari_meninggal", "Hari meninggal harus antara hari kecelakaan dan hari ini.")
    if case.recovered_on is not None and died_on < case.recovered_on:
        raise Refused(
            "meninggal_sebelum_sembuh",
            f"Hari meninggal tidak boleh sebelum hari sembuh yang sudah dicatat ({date_text(case.recovered_on)}).",
        )
    others = Case.objects.filter(person_id=case.person_id, died_on__isnull=False).exclude(pk=case.pk)
    other = others.exclude(state=Case.State.DITUTUP).first()
    if other is not None and other.died_on is not None:
        raise Refused(
            "kematian_pada_kasus_lain",
            f"Kematian orang ini sudah dicatat pada kasus {other.code} ({date_text(other.died_on)}); periksa kasus itu"
            " dahulu.",
        )


def death_preview(case_id: int, died_on: date, *, on: date) -> DeathPreview:
    """Give what a death on a day would change. Refused as `check_death`. Fourteen queries at most; nothing is written.

    The amounts are what the law gives today in all, whatever was granted before.
    """
    case = found_case(case_id)
    check_death(case, died_on, on)
    now = replace(case_file(case_id), granted={})
    then = replace(now, died_on=died_on, incapacity_days=incapacity_days(case_id, until=died_on))
    before, _ = _amounts(now, on)
    after, unclear = _amounts(then, on)
    asked = set(Paper.objects.filter(case_id=case_id).values_list("code", flat=True))
    register = Death.objects.filter(snapshot__current=True, nik=case.person.nik)
    return DeathPreview(
        died_on=died_on,
        parts=_changes(before, after),
        unclear=unclear,
        days_before=now.incapacity_days,
        days_after=then.incapacity_days,
        papers=tuple(paper.label for paper in needed(case.kind, died=True) if paper.code not in asked),
        registered_on=register.order_by("-id").values_list("died_on", flat=True).first(),
    )


def _amounts(file: CaseFile, on: date) -> tuple[tuple[Component, ...], str]:
    """Give the amounts of a case, or none and the sentence that says what must be known first."""
    try:
        return judge(file, on).components, ""
    except Refused as refusal:
        return (), refusal.sentence


def _changes(before: tuple[Component, ...], after: tuple[Component, ...]) -> tuple[PartChange, ...]:
    """One line an amount, those of before first; what only one side has stands with nothing on the other."""
    old, new = ({part.code: part for part in parts} for parts in (before, after))
    return tuple(
        PartChange(
            code,
            part.label,
            part.article,
            old[code].whole if code in old else 0,
            new[code].whole if code in new else 0,
        )
        for code, part in (old | new).items()
    )

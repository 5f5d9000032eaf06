"""Opens a case on a report of a death or an accident at work; the same event gives the same case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from lopo.basics.refusal import Refused
from lopo.claims.actions.start import NewCase, insert_case, messages
from lopo.claims.models import Case
from lopo.coverage.models import Membership
from lopo.law.deadlines import stage_one_due, suspected_accident_due
from lopo.people.models import Person
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports: kind `JKM` (death) or `JKK` (accident at work, with the day of death where it killed).

    `happened_at` is the moment of the accident where it is known; else the 2 x 24 hours run from the end of its day.
    `source` says who reported and how (family by telephone, kelurahan, hospital).
    """

    nik: str
    kind: str
    event_on: date
    died_on: date | None
    reported_at: datetime
    happened_at: datetime | None
    source: str
    story: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The case of a report; `new` is false where the same event had been reported before."""

    case_id: int
    code: str
    new: bool


def report_case(*, by: Officer, on: date, report: Report) -> Opened:
    """Open a case on a report; needs `case.report` in the person's area. The same event gives the same case.

    Refused: a day in the future or before the birth, days in the wrong order, a death report without the day of death,
    a person who is in no programme. Whether there was cover is for the decision to say, not for the desk.
    """
    check_days(report, on)
    person = Person.objects.filter(nik=report.nik).first()
    if person is None:
        raise Refused("orang_tidak_dikenal", "NIK ini tidak ada di antara peserta program mana pun.")
    staff.require(by, "case.report", on=on, area_code=person.area_code)
    _check_born(report, person)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # two reports of one person wait for each other
        known = _known_case(person, report)
        if known is not None:
            record(by=by, on=on, deed=Deed("report_again", "claims.case", known.id, after={"source": report.source}))
            return Opened(known.id, known.code, new=False)
        case = insert_case(_reported(person, report, on), on)
        after = {"code": case.code, "kind": case.kind, "source": report.source}
        deed = Deed("report_case", "claims.case", case.id, after=after, send=messages([case.id], on))
        record(by=by, on=on, deed=deed)
    return Opened(case.id, case.code, new=True)


def check_days(report: Report, on: date) -> None:
    """Refuse a report of no kind of ours, of a day to come, or with days in the wrong order."""
    if report.kind not in Case.Kind.values:
        raise Refused("jenis_kasus_tidak_dikenal", f"Jenis kasus {report.kind} tidak dikenal; pilih JKM atau JKK.")
    if report.event_on > on or (report.died_on is not None and report.died_on > on):
        raise Refused("hari_di_depan", "Hari kejadian tidak boleh setelah hari ini.")
    if report.died_on is not None and report.died_on < report.event_on:
        raise Refused("urutan_hari", "Hari meninggal tidak boleh sebelum hari kejadian.")
    if report.kind == Case.Kind.JKM and report.died_on != report.event_on:
        raise Refused("hari_meninggal", "Untuk laporan kematian isi hari meninggal sebagai hari kejadian.")


def _check_born(report: Report, person: Person) -> None:
    """Refuse a death or an accident of somebody who was not born then: the day or the person is wrong."""
    if report.died_on is not None and report.died_on < person.born:
        raise Refused("meninggal_sebelum_lahir", "Hari meninggal tidak boleh sebelum hari lahir.")
    if report.event_on < person.born:
        raise Refused(
            "kejadian_sebelum_lahir",
            "Hari kejadian tidak boleh sebelum hari lahir; periksa tanggalnya, atau apakah ini orang yang dimaksud.",
        )


def first_report_due(report: Report) -> datetime | None:
    """Give until when the first report was due: 2 x 24 hours from the accident, or from the end of its day."""
    day_over = datetime.combine(report.event_on + timedelta(days=1), time(), report.reported_at.tzinfo)
    return stage_one_due(report.happened_at or day_over).moment


def _known_case(person: Person, report: Report) -> Case | None:
    """The case of the same event: the same kind and day, or any case of the person's death."""
    standing = Case.objects.filter(person=person).exclude(state=Case.State.DITUTUP)
    same = standing.filter(kind=report.kind, event_on=report.event_on).first()
    if same is None and report.died_on is not None:
        return standing.filter(died_on__isnull=False).first()
    return same


def _reported(person: Person, report: Report, on: date) -> NewCase:
    due: datetime | None = None
    if report.kind == Case.Kind.JKK:
        due = first_report_due(report)
    return NewCase(
        kind=report.kind,
        person_id=person.id,
        membership_id=_membership_at(person, report.event_on),
        event_on=report.event_on,
        died_on=report.died_on,
        opened_from="laporan",
        source=report.source,
        reported_at=report.reported_at,
        report_due_at=due,
        conclude_due_on=suspected_accident_due(on).due if due is not None else None,
        story=report.story,
    )


def _membership_at(person: Person, day: date) -> int:
    """The membership in force on the day, else the latest one. Refused where there is none at all."""
    memberships = list(Membership.objects.filter(person=person).order_by("-id"))
    if not memberships:
        raise Refused("bukan_peserta", "Orang ini tidak pernah menjadi peserta program, jadi tidak ada yang diklaim.")
    for one in memberships:
        issued = one.number_issued_on
        if issued is not None and issued <= day and (one.ended_on is None or day <= one.ended_on):
            return one.id
    return memberships[0].id

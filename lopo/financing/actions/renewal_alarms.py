"""Raises the alarm about the turn of the year: who falls out of a programme that ends, months ahead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction

from lopo.basics.calendar import Month, date_text
from lopo.financing.actions.alarms import heard_by, people_text
from lopo.financing.queries.renewal import fallen
from lopo.law.deadlines import contribution_due
from lopo.staff.actions import Deed, record_all
from lopo.staff.models import Diary, Officer
from lopo.staff.queries import DutyRow, holders
from lopo.targeting.models import Programme

ACTION: Final = "raise_renewal"
_SUBJECT: Final = "targeting.programme"
_LOCK: Final = 5_150_043
AHEAD: Final = (4, 3, 2, 1)
"""Months before the first unpaid one at which the alarm is told: for a year that ends in December from September on."""
_ACTS: Final = ("decree.draft", "budget.set")
_HEARS: Final = {4: (), 3: (), 2: ("decree.approve",), 1: ("decree.approve", "diary.read")}
"""Who hears of it besides those who can act: more at each step."""
_SAYS: Final = (
    "{people} peserta {programme} tidak ada yang membayar mulai {month}. Santunan mereka ditahan setelah {due} bila "
    "tidak ada yang meneruskan; lihat Pergantian tahun."
)


@dataclass(frozen=True, slots=True)
class RenewalAlarms:
    """What one run did: programmes that end soon with people who fall out, and the alarms that are new."""

    ending: int
    raised: int


def raise_renewal_alarms(*, by: Officer | None, on: date) -> RenewalAlarms:
    """Write, for each programme that ends within four months and leaves people, one diary row that tells who can act.

    Once for each programme and month ahead; a second run of a day raises nothing twice. All or nothing. Five queries
    and one for each programme that ends.
    """
    this = Month.of(on)
    until = this.plus(AHEAD[0] - 1)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        ending = Programme.objects.filter(
            state=Programme.State.BERJALAN, last_month__gte=this.first_day, last_month__lte=until.first_day
        ).order_by("id")
        left = [(one, people) for one in ending if (people := fallen(one.id, on=on))]
        told = set(
            Diary.objects.filter(action=ACTION, subject=_SUBJECT, subject_id__in=[str(one.id) for one, _ in left])
            .order_by()
            .values_list("subject_id", "after__ahead")
        )
        fresh = [(one, people) for one, people in left if (str(one.id), _ahead(one, this)) not in told]
        duties = holders(on=on) if fresh else ()
        deeds = [_deed(one, people, _ahead(one, this), duties) for one, people in fresh]
        record_all(by=by, on=on, deeds=deeds)
    return RenewalAlarms(len(left), len(fresh))


def _ahead(programme: Programme, this: Month) -> int:
    return Month.of(programme.last_month).next().minus(this)


def _deed(programme: Programme, people: int, ahead: int, duties: Iterable[tuple[str, DutyRow]]) -> Deed:
    month = Month.of(programme.last_month).next()
    wanted = (*_ACTS, *_HEARS[ahead])
    to = heard_by(duties, wanted, programme.area_code)
    words = _SAYS.format(
        people=people_text(people), programme=programme.name, month=month.text(),
        due=date_text(contribution_due(month)),
    )  # fmt: skip
    send = {"alarm": {"step": f"pergantian_{ahead}", "to": to, "words": words}}
    return Deed(ACTION, _SUBJECT, programme.id, after={"ahead": ahead, "people": people}, send=send)

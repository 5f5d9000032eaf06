"""Sets an amendment of a decree while no bill is being made, so that no bill names who has just left."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import OperationalError, connection, transaction

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.coverage.actions.amending import Followed, follow_amendment
from lopo.financing.models import Budget
from lopo.staff.models import Officer

# Unpaid lines of who leaves, in months from which the amendment holds.
_BILLED: Final = """
SELECT b.month, count(*)
  FROM targeting_amendmentline l JOIN targeting_amendment a ON a.id = l.amendment_id
  JOIN targeting_departure x ON x.id = l.departure_id JOIN targeting_decreename n ON n.id = x.decree_name_id
  JOIN targeting_decree d ON d.id = n.decree_id
  JOIN coverage_membership m ON m.person_id = n.person_id AND m.programme_id = d.programme_id
  JOIN financing_billline b ON b.person_id = m.person_id AND b.membership_id = m.id AND NOT b.cancelled
   AND b.month >= a.from_month
 WHERE a.id = %s AND NOT EXISTS (SELECT FROM coverage_paidmonth p WHERE p.person_id = b.person_id AND p.month = b.month)
 GROUP BY 1 ORDER BY 1
"""


def set_amendment(*, by: Officer, on: date, amendment_id: int) -> Followed:
    """Set a draft amendment; membership and bills follow in the same transaction. Needs `decree.approve` there.

    Holds the budget lines of the programme meanwhile, so that a bill is made before or after, never in between.
    Refused: a bill or payment is being made at this moment, an unpaid bill names who leaves in a month from which the
    amendment holds, and what `approve_amendment` refuses.
    """
    with transaction.atomic():
        _hold(amendment_id)
        with connection.cursor() as cursor:
            cursor.execute(_BILLED, [amendment_id])
            billed = cursor.fetchall()
        if billed:
            month, people = billed[0]
            raise Refused(
                "tagihan_memuat_yang_keluar",
                f"{people} orang yang keluar masih ada dalam tagihan {Month.of(month).text()} yang belum dibayar. "
                "Batalkan tagihan itu dahulu, atau susun perubahan yang berlaku mulai bulan sesudahnya.",
            )
        return follow_amendment(by=by, on=on, amendment_id=amendment_id)


def _hold(amendment_id: int) -> None:
    """Hold the budget lines of the programme. Refused where a bill or a payment holds one."""
    try:
        with transaction.atomic():
            lines = Budget.objects.filter(programme__decrees__amendments=amendment_id).values("pk")
            list(Budget.objects.select_for_update(nowait=True).filter(pk__in=lines).order_by("pk"))
    except OperationalError as problem:
        raise Refused(
            "tagihan_sedang_dibuat",
            "Tagihan program ini sedang dibuat atau dibayar. Tunggu sampai selesai, lalu tetapkan lagi.",
        ) from problem

"""What anybody may know of the benefits that were paid: how many and how much by kelurahan, no names (P23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Sum

from lopo.insight.queries.council import Paid, pooled
from lopo.payments.models import Order

_PLACE = "decision__case__person__area_code"


@dataclass(frozen=True, slots=True)
class Published:
    """The claims that the bank has paid until a day, by kelurahan; the small counts together.

    `hidden` says that fewer claims than may be told were paid in all, so that `paid` is empty.
    """

    until: date
    paid: tuple[Paid, ...]
    hidden: bool

    @property
    def claims(self) -> int:
        """All of them together."""
        return sum(one.claims for one in self.paid)

    @property
    def amount(self) -> int:
        """What they came to, in rupiah."""
        return sum(one.amount for one in self.paid)


def published(*, on: date) -> Published:
    """Give what was paid until the end of the month before. One query.

    Whole months only: who reads the page every day must not see one family's payment in the difference.
    """
    until = on.replace(day=1) - timedelta(days=1)
    rows = Order.objects.filter(state=Order.State.TERBAYAR, file__confirmed_on__lte=until)
    sums = rows.order_by().values_list(_PLACE).annotate(n=Count("decision__case_id", distinct=True), sum=Sum("amount"))
    found = [Paid((area,), number, int(total)) for area, number, total in sums]
    told = pooled(found)
    return Published(until, told, hidden=bool(found) and not told)

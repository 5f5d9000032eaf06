"""What anybody may know of the benefits that were paid: how many and how much by kelurahan, no names (P23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from lopo.insight.queries.council import Paid, pooled
from lopo.payments.queries.paid import paid_sums


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
    found = [Paid((one.area_code,), one.cases, one.amount) for one in paid_sums(areas=None, until=until)]
    told = pooled(found)
    return Published(until, told, hidden=bool(found) and not told)

"""Lets a payer take people over whom another leaves: a decree names them, another officer sets it, money is there."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from lopo.basics.refusal import Refused
from lopo.coverage import actions as coverage
from lopo.coverage.actions import TakenOver, Takeover
from lopo.financing.models import Budget
from lopo.financing.queries.takeover import Preview, origin_of, takeover_preview
from lopo.staff.models import Officer
from lopo.targeting.actions.adopting import Adoption, draft_adoption


def propose_takeover(*, by: Officer, on: date, adoption: Adoption) -> int:
    """Draft the decree of a takeover and give its id; needs `decree.draft` where the new programme pays.

    Refused whatever the preview says stands in the way: places, territory, legal basis, a month paid twice, money.
    """
    with transaction.atomic():
        _refuse(takeover_preview(adoption.from_id, adoption.to_id, adoption.persons, on=on))
        return draft_adoption(by=by, on=on, adoption=adoption)


def carry_out(*, by: Officer, on: date, decree_id: int, gap_known: bool = False) -> TakenOver:
    """Take over the people of a decree that another officer has set; needs `coverage.send` in both programmes.

    The money and the rest are asked once more, with the budget locked, so that two takeovers do not spend it twice.
    Refused: what the preview says, or what `coverage.take_over` refuses (a gap that nobody has acknowledged).
    """
    with transaction.atomic():
        origin = origin_of(decree_id)
        if origin is None:
            raise Refused("bukan_pengambilalihan", "Keputusan ini tidak mengambil alih peserta program lain.")
        list(Budget.objects.select_for_update().filter(programme_id=origin.to_id).order_by("id"))
        _refuse(takeover_preview(origin.from_id, origin.to_id, origin.persons, on=on, named=True))
        takeover = Takeover(origin.from_id, origin.to_id, decree_id, gap_known=gap_known)
        return coverage.take_over(by=by, on=on, takeover=takeover)


def _refuse(preview: Preview) -> None:
    wrong = preview.stands_against
    if wrong is not None:
        raise wrong.refusal

"""What the page of a row tells of appeals against its verdict."""

from __future__ import annotations

from typing import Any

from lopo.targeting.actions.appeals import appealable
from lopo.targeting.queries import RowLine
from lopo.targeting.queries import appeals as queries
from lopo.web.door import Visitor


def about_row(who: Visitor, line: RowLine) -> dict[str, Any]:
    """Give what the page of a row tells of appeals: those there are, and whether one can be entered."""
    rows = queries.appeals_of_row(line.id)
    waits = any(one.state == "diajukan" for one in rows)
    can = line.verdict == "ditolak" and bool(appealable(line.reasons)) and not waits
    return {"appeals": [(one, f"keberatan_{one.state}") for one in rows],
            "may_appeal": can and who.may_in("lists.receive", line.area_code)}  # fmt: skip

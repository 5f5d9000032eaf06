"""What changes in targeting: programmes, lists received, screenings recorded, decrees drafted, set and moved up."""

from lopo.targeting.actions.decrees import (
    Drafted,
    Promoted,
    approve_decree,
    draft_decree,
    promote,
    withdraw_decree,
)
from lopo.targeting.actions.lists import Arrival, Received, keep_source, receive_list
from lopo.targeting.actions.programmes import NewProgramme, create_programme
from lopo.targeting.actions.screening import Recorded, ScreenedRow, ScreeningRun, record_screening

__all__ = [
    "Arrival", "Drafted", "NewProgramme", "Promoted", "Received", "Recorded", "ScreenedRow", "ScreeningRun",
    "approve_decree", "create_programme", "draft_decree", "keep_source", "promote", "receive_list", "record_screening",
    "withdraw_decree",
]  # fmt: skip

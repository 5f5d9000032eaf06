"""What changes in targeting: programmes, lists received, screenings recorded, decrees drafted, set and moved up."""

from lopo.targeting.actions.closing import approve_closing, propose_closing, withdraw_closing
from lopo.targeting.actions.corrections import Corrected, ReturnedFile, receive_corrections
from lopo.targeting.actions.decrees import (
    Drafted,
    Promoted,
    Split,
    approve_decree,
    draft_decree,
    promote,
    withdraw_decree,
)
from lopo.targeting.actions.lists import Arrival, Received, keep_source, receive_list
from lopo.targeting.actions.programmes import (
    Basis,
    NewProgramme,
    approve_programme,
    change_programme,
    create_programme,
    give_basis,
)
from lopo.targeting.actions.readings import NewReading, read_again, remember_readings
from lopo.targeting.actions.screening import Recorded, ScreenedRow, ScreeningRun, record_screening

__all__ = [
    "Arrival", "Basis", "Corrected", "Drafted", "NewProgramme", "NewReading", "Promoted", "Received", "Recorded",
    "ReturnedFile", "ScreenedRow", "ScreeningRun", "Split", "approve_closing", "approve_decree",
    "approve_programme", "change_programme", "create_programme", "draft_decree", "give_basis", "keep_source",
    "promote", "propose_closing", "read_again", "receive_corrections", "receive_list", "record_screening",
    "remember_readings", "withdraw_closing", "withdraw_decree",
]  # fmt: skip

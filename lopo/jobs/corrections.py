"""Screens again after rows were corrected, where the officer may and the registers are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from lopo.basics.refusal import Refused
from lopo.jobs.intake import FolderReceived
from lopo.jobs.screening import screen_programme
from lopo.staff.queries import Officer
from lopo.targeting.queries import programme_of_list, screening_in_force

Progress = Callable[[int, int, str], None]


def screen_corrections(*, by: Officer, on: date, done: FolderReceived, progress: Progress) -> Mapping[str, Any]:
    """Screen the programme anew when rows of it were corrected after a screening; give what came of it.

    The corrections are kept in any case: where the officer may not screen, or a register is missing, the reason is
    told and the rows wait for the next screening.
    """
    programmes = {programme_of_list(one.list_id) for one in done.corrected if one.new}
    said: dict[str, Any] = {}
    for programme_id in sorted(found for found in programmes if found is not None):
        if screening_in_force(programme_id) is None:
            continue
        try:
            recorded = screen_programme(by=by, on=on, programme_id=programme_id, progress=progress)
        except Refused as refusal:
            said["waits"] = refusal.sentence
            continue
        said |= recorded.verdicts
    return said

"""Whether care is guaranteed to a hospital before anything is concluded: what the law says of a suspected accident."""

from __future__ import annotations

from datetime import date
from typing import Final

from lopo.claims.judging import CaseFile
from lopo.law import decide
from lopo.law.cover import cover_facts
from lopo.law.decision import Decision

GUARANTEED: Final = "dugaan_perawatan_dijamin"
_CONCLUDED: Final = {None: "belum", True: "kecelakaan_kerja", False: "bukan_kecelakaan_kerja"}


def guarantee(case: CaseFile, on: date) -> Decision:
    """Ask the law, as the case stands on the day: care first, the conclusion later (PP 49/2023 Pasal 25A)."""
    facts = {
        **cover_facts(case.event_on, on, case.paid, case.number_issued_on).facts(),
        "dugaan_kecelakaan": case.kind == "JKK",
        "kesimpulan_kecelakaan": _CONCLUDED[case.work_accident],
    }
    return decide(GUARANTEED, facts, case.event_on)

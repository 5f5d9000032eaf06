"""A row that was blanked since its time is over is never screened again, and the counts still add up."""

from __future__ import annotations

from datetime import date

from lopo.jobs import retention
from lopo.staff.retention import BY_CODE, last_kept
from lopo.targeting.models import ProposalRow, Screening, Verdict
from lopo.targeting.queries import candidate_count
from lopo.targeting.queries.retention import overdue
from tests.cast import Cast
from tests.rooms import doubt_stage as stage

LONG_AFTER = date(2045, 1, 1)


def test_blanked_rows_have_no_part_in_a_new_screening(cast: Cast) -> None:
    programme = stage.ready(cast)
    first = Screening.objects.get(current=True)
    assert last_kept(BY_CODE["baris_usulan"], LONG_AFTER) > stage.pile.DAY
    count = overdue(LONG_AFTER)["baris_usulan"]
    old = candidate_count(programme)
    retention.forget(by=cast.penyetuju, on=LONG_AFTER, code="baris_usulan", expected=count)
    assert ProposalRow.objects.filter(raw=[], kind="calon").count() == old > 0
    assert candidate_count(programme) == 0
    stage.receive(cast, programme, stage.LISTED[::-1], "gereja/gmit_baru.csv")
    recorded = stage.screen(cast, programme)
    again = Verdict.objects.filter(screening_id=recorded.screening_id)
    assert not again.filter(row__raw=[]).exists()
    assert again.count() == candidate_count(programme) == old
    before = Verdict.objects.filter(screening=first)
    assert sorted(again.values_list("verdict", flat=True)) == sorted(before.values_list("verdict", flat=True))

"""A porter whose line fits two men: looked at by a lurah, checked by the city, chosen by the decree."""

from __future__ import annotations

from lopo.basics.page import Asked
from lopo.people.models import Person
from lopo.staff.models import Diary
from lopo.targeting import actions, queries
from lopo.targeting.actions.settling import Answer, answer_doubt, check_answer
from lopo.targeting.queries import AnnexFilter
from lopo.targeting.queries.doubts import DONE, DoubtFilter, doubts_page, next_doubt
from tests.cast import Cast
from tests.rooms import doubt_stage as stage
from tests.rooms import pile

OEBUFU = ("53.71.04.1009",)


def test_a_doubtful_porter_is_found_and_accepted_by_two(cast: Cast) -> None:
    programme = stage.ready(cast)
    porter = stage.row("N Timo")
    queue = DoubtFilter(OEBUFU, programme, reason="tidak_ditemukan")
    assert next_doubt(queue) == porter, "the lurah sees the row on his own desk"
    said = Answer(porter, "sama", stage.NAHOR, "temu", "Porter di pelabuhan, dikenal RT")
    waiting = answer_doubt(by=cast.lurah, on=pile.DAY, answer=said)
    assert next_doubt(queue) is None
    told = check_answer(by=cast.dinas, on=pile.DAY, settling_id=waiting, agree=True)
    assert told.verdict == "diterima"
    done = doubts_page(DoubtFilter(OEBUFU, programme, stand=DONE), Asked()).rows
    assert [(one.row_id, one.answered_by) for one in done] == [(porter, "Melkior Nalle")]

    drafted = actions.draft_decree(by=cast.dinas, on=pile.DAY, programme_id=programme, number="1/KEP", title="Penerima")
    actions.approve_decree(by=cast.penyetuju, on=pile.DAY, decree_id=drafted.decree_id)
    annex = queries.annex_page(AnnexFilter(("53",), drafted.decree_id), Asked(size=0)).rows
    assert stage.NAHOR in {one.nik for one in annex}
    assert stage.NELSON not in {one.nik for one in annex}
    assert Person.objects.get(nik=stage.NAHOR).occupation == "Porter"

    deeds = Diary.objects.filter(subject="targeting.row", subject_id=porter).order_by("id")
    assert [(one.action, one.by.username) for one in deeds if one.by] == [
        ("answer_doubt", "lurah.oebufu"), ("check_answer", "dinas"),
    ]  # fmt: skip

"""An office's model: drafted by one, put in force by another, one step back; a screening goes by it or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from lopo.basics.refusal import Refused
from lopo.jobs.linkage_training import train_of_programme
from lopo.people.batch.likelihood import REGISTER_MODEL
from lopo.people.batch.linkage_labels import measured, weighed
from lopo.people.batch.linkage_model import Desk, Model
from lopo.targeting.actions.linkage import _formers, activate_linkage, draft_linkage, former_linkage
from lopo.targeting.actions.settling import Answer, answer_doubt, check_answer
from lopo.targeting.models import Likeness, LinkageModel, Screening, ScreeningModel
from lopo.targeting.queries.linkage import labels, linkage_models, model_in_force, model_used
from tests.cast import Cast
from tests.rooms import doubt_stage as stage
from tests.rooms import pile
from tests.rooms.enrolment import make_decree

ON = pile.DAY
OWN = replace(REGISTER_MODEL, desk=Desk(-1.0, 0.9, 40))
NEXT = replace(REGISTER_MODEL, desk=Desk(-0.5, 0.9, 60))


def draft(cast: Cast, model: Model = OWN) -> int:
    return draft_linkage(by=cast.dinas, on=ON, model=model, measured={"rows": [1, 2]})


@pytest.mark.django_db
def test_two_officers_and_one_step_back(cast: Cast) -> None:
    assert model_in_force() == REGISTER_MODEL
    first, second = draft(cast), draft(cast, NEXT)
    assert model_in_force() == REGISTER_MODEL, "a draft is not in force"
    with pytest.raises(Refused) as refused:
        activate_linkage(by=cast.dinas, on=ON, model_id=first)
    assert refused.value.code == "pembuat_bukan_pemeriksa"
    activate_linkage(by=cast.penyetuju, on=ON, model_id=first)
    activate_linkage(by=cast.penyetuju, on=ON, model_id=second)
    assert model_in_force() == NEXT
    assert [(one.active, one.former_name) for one in linkage_models()] == [(True, OWN.name), (False, "")]
    with pytest.raises(Refused, match="tombol kembali"):
        activate_linkage(by=cast.penyetuju, on=ON, model_id=first)
    former_linkage(by=cast.penyetuju, on=ON, model_id=second)
    assert model_in_force() == OWN
    with pytest.raises(Refused) as refused:
        former_linkage(by=cast.penyetuju, on=ON, model_id=second)
    assert refused.value.code == "model_tidak_berlaku"
    former_linkage(by=cast.penyetuju, on=ON, model_id=first)
    assert model_in_force() == REGISTER_MODEL


@pytest.mark.django_db
def test_the_database_holds_to_it_too(cast: Cast) -> None:
    made = draft(cast)
    with pytest.raises(Refused) as refused:
        draft(cast)
    assert refused.value.code == "model_sudah_ada"
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkageModel.objects.filter(pk=made).update(active=True, activated_by=cast.dinas, activated_on=ON)
    with pytest.raises(DatabaseError), transaction.atomic():
        LinkageModel.objects.filter(pk=made).update(body="{}")
    with pytest.raises(DatabaseError), transaction.atomic():
        LinkageModel.objects.filter(pk=made).delete()
    with pytest.raises(Refused):
        activate_linkage(by=cast.penyetuju, on=ON, model_id=made + 999)
    with pytest.raises(Refused):
        draft_linkage(by=cast.penyetuju, on=ON, model=NEXT, measured={})


@pytest.mark.django_db
def test_a_screening_keeps_the_model_it_went_by(cast: Cast) -> None:
    programme = stage.ready(cast)
    first = Screening.objects.get(current=True)
    assert model_used(first.id) == (REGISTER_MODEL.name, REGISTER_MODEL.hash)
    verdicts = list(first.verdicts.order_by("row_id").values_list("row_id", "verdict"))
    activate_linkage(by=cast.penyetuju, on=ON, model_id=draft(cast))
    assert Screening.objects.get(current=True) == first, "nothing is screened again by itself"
    stage.screen(cast, programme)
    second = Screening.objects.get(current=True)
    assert model_used(second.id) == (OWN.name, OWN.hash)
    assert {one["model"] for one in Likeness.objects.filter(screening=second).values_list("levels", flat=True)} == {
        OWN.name
    }
    assert list(second.verdicts.order_by("row_id").values_list("row_id", "verdict")) == verdicts
    with pytest.raises(DatabaseError), transaction.atomic():
        ScreeningModel.objects.update(name="lain")


@pytest.mark.django_db
def test_a_model_that_is_not_as_written_stops_the_screening(cast: Cast) -> None:
    programme = stage.ready(cast)
    activate_linkage(by=cast.penyetuju, on=ON, model_id=draft(cast))
    alter(LinkageModel.objects.get().id)
    with pytest.raises(Refused) as refused:
        stage.screen(cast, programme)
    assert refused.value.code == "model_berubah"


def alter(model_id: int) -> None:
    """Change the text of a kept model behind the back of its trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE targeting_linkagemodel DISABLE TRIGGER USER")
        cursor.execute("UPDATE targeting_linkagemodel SET body = replace(body, '40', '41') WHERE id = %s", [model_id])
        cursor.execute("ALTER TABLE targeting_linkagemodel ENABLE TRIGGER USER")


@pytest.mark.django_db
def test_an_altered_former_model_is_refused_with_a_way_out(cast: Cast) -> None:
    first, second = draft(cast), draft(cast, NEXT)
    for one in (first, second):
        activate_linkage(by=cast.penyetuju, on=ON, model_id=one)
    alter(first)
    with pytest.raises(Refused, match="latih model baru") as refused:
        former_linkage(by=cast.penyetuju, on=ON, model_id=second)
    assert refused.value.code == "model_lama_berubah"
    assert model_in_force() == NEXT, "what is in force stays"
    assert labels() == ((), (), 0), "the page and the training do without the altered one"
    third = draft(cast, replace(REGISTER_MODEL, desk=Desk(-0.25, 0.9, 80)))
    activate_linkage(by=cast.penyetuju, on=ON, model_id=third)
    former_linkage(by=cast.penyetuju, on=ON, model_id=third)
    assert model_in_force() == NEXT


def test_formers_that_stand_in_a_circle_come_to_an_end() -> None:
    one, two = LinkageModel(id=1, former_id=2), LinkageModel(id=2, former_id=1)
    assert _formers(one, {1: one, 2: two}) == [2, 1]
    assert _formers(one, {1: one}) == [2]


@pytest.mark.django_db
def test_the_lists_of_which_programme_is_asked_where_there_are_several(cast: Cast) -> None:
    with pytest.raises(Refused) as none:
        train_of_programme(ON)
    assert none.value.code == "program_tidak_ada"
    stage.ready(cast)
    make_decree(cast, 1, code="sikka-2025")
    with pytest.raises(Refused, match="sikka-2025") as several:
        train_of_programme(ON)
    assert several.value.code == "program_belum_dipilih"
    with pytest.raises(Refused) as unknown:
        train_of_programme(ON, "belu-2025")
    assert unknown.value.code == "program_tidak_ada"


@pytest.mark.django_db
def test_the_desks_answers_measure_every_model(cast: Cast) -> None:
    stage.ready(cast)
    assert labels() == ((), (), 0)
    row = stage.row("N Timo")
    said = Answer(row_id=row, answer="sama", nik=stage.NELSON, seen="ktp")
    check_answer(by=cast.penyetuju, on=ON, settling_id=answer_doubt(by=cast.dinas, on=ON, answer=said), agree=True)
    pairs, told_by, left = labels()
    assert left == 0
    assert sorted(one.same for one in pairs) == [False, True]
    kept = weighed(pairs, told_by, REGISTER_MODEL)
    steps = [sum(step.bits for step in one.steps) for one in pairs]
    assert kept == pytest.approx(steps, abs=0.05)
    found = measured(pairs, kept)
    assert found.told["ragu_sama"] == found.told["ragu_beda"] == 1, "twins are never sure"


@pytest.mark.django_db
def test_five_people_train_no_model(cast: Cast) -> None:
    stage.ready(cast)
    with pytest.raises(Refused) as refused:
        train_of_programme(ON)
    assert refused.value.code == "data_kurang_untuk_belajar"
    assert not LinkageModel.objects.exists()

"""Heirs by the order of the law from a family card: spouse and children first, only adults receive, no guessing."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.basics.refusal import Refused
from lopo.claims import actions
from lopo.claims.family import OnCard, propose
from lopo.claims.models import Heir, Paper
from lopo.law.heirs import ORDER_SOURCE
from lopo.people.models import Death
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build

ON = date(2026, 1, 5)


def person(
    relation: str, sex: str = "L", born: str = "1980-01-01", *, mother: str = "", alive: bool = True, name: str = ""
) -> OnCard:
    name = name or f"{relation}-{born}"
    return OnCard(f"{relation}{sex}{born}", name, sex, date.fromisoformat(born), relation, mother, alive)


HEAD, WIFE = person("KEPALA KELUARGA"), person("ISTRI", "P", "1985-05-05")
MOTHER, FATHER = person("ORANG TUA", "P", "1950-01-01"), person("ORANG TUA", "L", "1948-01-01")
GROWN, YOUNG = person("ANAK", "L", "2000-01-01"), person("ANAK", "P", "2012-01-01")


@pytest.mark.parametrize(
    ("dead", "card", "code", "members", "receiver"),
    [
        (HEAD, (HEAD, WIFE, GROWN, MOTHER), "pasangan_anak", {WIFE.nik, GROWN.nik}, WIFE.nik),
        (WIFE, (HEAD, WIFE, YOUNG), "pasangan_anak", {HEAD.nik, YOUNG.nik}, HEAD.nik),
        (HEAD, (HEAD, YOUNG, GROWN), "pasangan_anak", {GROWN.nik, YOUNG.nik}, GROWN.nik),
        (HEAD, (HEAD, MOTHER), "garis_lurus", {MOTHER.nik}, MOTHER.nik),
        (GROWN, (HEAD, WIFE, GROWN, YOUNG), "garis_lurus", {HEAD.nik, WIFE.nik}, HEAD.nik),
        (GROWN, (GROWN, person("ANAK", "P", "1999-01-01")), "saudara_kandung", {"ANAKP1999-01-01"}, "ANAKP1999-01-01"),
        (HEAD, (HEAD, person("MERTUA", "P", "1955-01-01")), "mertua", {"MERTUAP1955-01-01"}, "MERTUAP1955-01-01"),
        (WIFE, (WIFE, MOTHER), "mertua", {MOTHER.nik}, MOTHER.nik),
        (MOTHER, (HEAD, WIFE, MOTHER, FATHER), "pasangan_anak", {HEAD.nik, FATHER.nik}, FATHER.nik),
        (person("MERTUA", "P"), (HEAD, WIFE, person("MERTUA", "P")), "pasangan_anak", {WIFE.nik}, WIFE.nik),
    ],
)
def test_the_order_of_the_law(
    dead: OnCard, card: tuple[OnCard, ...], code: str, members: set[str], receiver: str
) -> None:
    found = propose(dead, card, adult_age=18, on=ON)
    assert (found.entitled.code, {one.nik for one in found.members}) == (code, members)
    assert found.receiver is not None
    assert (found.receiver.nik, found.open_question) == (receiver, "")


def test_the_dead_do_not_inherit() -> None:
    found = propose(HEAD, (HEAD, person("ISTRI", "P", alive=False), MOTHER), adult_age=18, on=ON)
    assert found.entitled.code == "garis_lurus"


def test_minors_alone_leave_the_receiver_open_until_the_day_they_are_of_age() -> None:
    child = person("ANAK", "L", "2008-01-06")
    found = propose(HEAD, (HEAD, child), adult_age=18, on=ON)
    assert (found.receiver, len(found.members)) == (None, 1)
    assert "wali" in found.open_question
    assert propose(HEAD, (HEAD, child), adult_age=18, on=date(2026, 1, 6)).receiver == child


def test_nobody_on_the_card_says_so() -> None:
    found = propose(HEAD, (HEAD,), adult_age=18, on=ON)
    assert (found.entitled.funeral_only, found.receiver) == (True, None)
    assert "Tidak ada ahli waris" in found.open_question


def test_a_grandchild_may_be_the_child_of_the_dead_and_is_not_guessed() -> None:
    grandchild = person("CUCU", "L", "2020-01-01")
    son = propose(GROWN, (HEAD, GROWN, grandchild), adult_age=18, on=ON)
    assert (son.receiver, son.unclear) == (None, (grandchild,))
    assert "tidak menjelaskan hubungan" in son.open_question


def test_the_mothers_name_tells_whose_child_a_grandchild_is() -> None:
    daughter = person("ANAK", "P", "1998-01-01", name="Maria  Tote")
    own, other = (person("CUCU", "L", "2004-01-01", mother=name) for name in ("MARIA TOTE", "Ina Bere"))
    found = propose(daughter, (HEAD, daughter, own), adult_age=18, on=ON)
    assert (found.entitled.code, found.receiver) == ("pasangan_anak", own)
    found = propose(daughter, (HEAD, daughter, other), adult_age=18, on=ON)
    assert (found.entitled.code, found.receiver) == ("garis_lurus", HEAD)


def test_a_relation_the_card_does_not_know_is_left_open() -> None:
    lodger = person("FAMILI LAIN")
    found = propose(lodger, (HEAD, WIFE, lodger), adult_age=18, on=ON)
    assert (found.receiver, len(found.unclear)) == (None, 2)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


def opened(stage: Stage, *card: tuple[str, str, date]) -> int:
    member = stage.member("Yohanes Tote")
    if card:
        stage.card(member, *card)
    hit = stage.hit(member, date(2025, 11, 1))
    return actions.open_cases_from_deaths(by=stage.cast.bpjs, on=READ, hits=[hit]).cases[0]


def test_heirs_are_written_with_the_article_and_the_spouse_brings_the_marriage_book(stage: Stage) -> None:
    case_id = opened(stage, ("ISTRI", "P", date(1992, 3, 1)), ("ANAK", "L", date(2015, 3, 1)))
    found = actions.propose_heirs(by=stage.cast.dinas, on=READ, case_id=case_id)
    assert (found.code, found.members, found.open_question) == ("pasangan_anak", 2, "")
    rows = Heir.objects.filter(case_id=case_id).order_by("-receives").values_list("relation", "receives", "article")
    assert list(rows) == [("suami_istri", True, ORDER_SOURCE), ("anak", False, ORDER_SOURCE)]
    assert Paper.objects.filter(case_id=case_id, code="buku_nikah", received_on=None).exists()
    actions.propose_heirs(by=stage.cast.dinas, on=READ, case_id=case_id)
    assert Heir.objects.filter(case_id=case_id).count() == 2


def test_a_dead_spouse_is_seen_in_the_register(stage: Stage) -> None:
    case_id = opened(stage, ("ISTRI", "P", date(1992, 3, 1)), ("ORANG TUA", "P", date(1960, 1, 1)))
    wife = actions.propose_heirs(by=stage.cast.bpjs, on=READ, case_id=case_id).receiver_nik
    Death.objects.create(
        snapshot=stage.deaths, nik=wife, name="ISTRI 1", certificate="X", died_on=date(2025, 11, 3), born=None
    )
    assert actions.propose_heirs(by=stage.cast.bpjs, on=READ, case_id=case_id).code == "garis_lurus"


def test_minors_only_keeps_the_case_open_until_a_guardian_is_named(stage: Stage) -> None:
    case_id = opened(stage, ("ANAK", "L", date(2015, 3, 1)))
    found = actions.propose_heirs(by=stage.cast.bpjs, on=READ, case_id=case_id)
    assert (found.receiver_nik, stage.case(case_id).state) == ("", "dibuka")
    stage.papers(case_id)
    with pytest.raises(Refused, match="Belum ada penerima"):
        stage.decide(case_id)
    guardian = actions.Receiver("5371041203700001", "Ama Tote", "wali", date(1970, 1, 1), "penetapan pengadilan")
    actions.name_receiver(by=stage.cast.bpjs, on=READ, case_id=case_id, receiver=guardian)
    assert stage.decide(case_id).amount == 42_000_000


def test_an_unknown_family_and_an_unknown_relation_are_refused(stage: Stage) -> None:
    case_id = opened(stage)
    with pytest.raises(Refused, match="tidak memuat keluarga"):
        actions.propose_heirs(by=stage.cast.bpjs, on=READ, case_id=case_id)
    stranger = actions.Receiver("5371041234560001", "X", "tetangga", None, "")
    with pytest.raises(Refused, match="tidak dikenal"):
        actions.name_receiver(by=stage.cast.bpjs, on=READ, case_id=case_id, receiver=stranger)


def test_the_dead_and_a_wrong_nik_cannot_receive(stage: Stage) -> None:
    case_id = opened(stage, ("ANAK", "L", date(2015, 3, 1)))
    dead = stage.case(case_id).person
    for nik, sentence in ((dead.nik, "Almarhum"), ("537104123456000", "16 angka")):
        with pytest.raises(Refused, match=sentence):
            receiver = actions.Receiver(nik, dead.name, "lain", None, "")
            actions.name_receiver(by=stage.cast.bpjs, on=READ, case_id=case_id, receiver=receiver)


def test_the_living_have_no_heirs(stage: Stage) -> None:
    case_id = stage.accident(stage.member("A"), date(2025, 10, 7))
    with pytest.raises(Refused, match="bila peserta meninggal"):
        actions.propose_heirs(by=stage.cast.bpjs, on=READ, case_id=case_id)

"""Stated criteria after the decile: each orders as it says, ties go by the hash, and the decree says which it used."""

from __future__ import annotations

import hashlib
from datetime import date

import ibis
import pytest

from lopo.basics.refusal import Refused
from lopo.jobs.papers.decree import decree_data
from lopo.jobs.papers.make_decree import decree_paper
from lopo.people.models import Person, Resident
from lopo.targeting import actions, queries
from lopo.targeting.actions import Split
from lopo.targeting.batch.rank import ORDERS_BY, rank, with_family
from lopo.targeting.models import DecreeName, Programme, Verdict
from lopo.targeting.queries.choices import accepted_by_kecamatan, groups_of
from lopo.targeting.quotas import Rule, quotas_of
from lopo.targeting.ranking import CRITERIA, checked, words_of
from tests.cast import Cast
from tests.rooms import pile

ALAK = "53.71.01"
NUMBER = "400.9/9"


def order(cast: Cast, programme: int, *ranking: str) -> list[int]:
    """The persons of one kecamatan in the order of a draft, which is taken back again."""
    made = actions.draft_decree(
        by=cast.dinas, on=pile.DAY, programme_id=programme, number=NUMBER, title="Penetapan",
        split=Split(Rule.CALON, ranking=ranking),
    )  # fmt: skip
    names = DecreeName.objects.filter(decree_id=made.decree_id, kecamatan_code=ALAK).order_by("rank")
    found = list(names.values_list("person_id", flat=True))
    actions.withdraw_decree(by=cast.dinas, on=pile.DAY, decree_id=made.decree_id)
    return found


@pytest.fixture
def ready(cast: Cast) -> tuple[int, list[Person]]:
    """Twelve accepted of one decile; the six of one kecamatan in the order of the hash."""
    programme = pile.ready(cast, many=12, places=6)
    Verdict.objects.update(decile=2)
    there = list(Person.objects.filter(area_code__startswith=ALAK))
    there.sort(key=lambda one: hashlib.sha256((NUMBER + one.nik).encode()).hexdigest())
    return programme, there


@pytest.mark.django_db
def test_without_criteria_the_hash_decides_alone(cast: Cast, ready: tuple[int, list[Person]]) -> None:
    programme, there = ready
    assert order(cast, programme) == [one.id for one in there]


@pytest.mark.django_db
def test_each_criterion_orders_as_it_says_and_ties_go_by_the_hash(cast: Cast, ready: tuple[int, list[Person]]) -> None:
    programme, there = ready
    woman, parent, old = there[5], there[4], there[3]
    Person.objects.filter(pk=woman.pk).update(sex="P")
    assert order(cast, programme, "perempuan") == [woman.id, *(one.id for one in there[:5])]
    assert order(cast, programme, "perempuan_kepala_keluarga")[0] == woman.id
    Resident.objects.filter(nik=woman.nik).update(relation="ISTRI")
    assert order(cast, programme, "perempuan_kepala_keluarga")[0] == there[0].id, "she heads no family"
    Person.objects.filter(pk=old.pk).update(born=date(1960, 1, 1))
    assert order(cast, programme, "umur")[0] == old.id
    assert order(cast, programme, "perempuan", "umur")[:2] == [woman.id, old.id]
    Person.objects.filter(pk=parent.pk).update(no_kk="5371040101019999")
    one = Resident.objects.get(nik=parent.nik)
    Resident.objects.filter(pk=one.pk).update(no_kk="5371040101019999")
    Resident.objects.create(
        snapshot_id=one.snapshot_id, nik="5371040101200001", name="Anak", no_kk="5371040101019999", sex="L",
        born=date(2015, 1, 1), relation="ANAK", area_code=one.area_code,
    )  # fmt: skip
    assert order(cast, programme, "anak")[0] == parent.id
    Verdict.objects.filter(person_id=there[0].pk).update(decile=1)
    assert order(cast, programme, "anak")[0] == there[0].id, "the decile comes first in any case"


@pytest.mark.django_db
def test_the_decree_and_the_simulator_say_the_criteria(cast: Cast, ready: tuple[int, list[Person]]) -> None:
    programme, there = ready
    Person.objects.filter(pk__in=[one.pk for one in there[3:]]).update(sex="P")
    split = Split(Rule.CALON, ranking=("perempuan", "umur"))
    made = actions.draft_decree(
        by=cast.dinas, on=pile.DAY, programme_id=programme, number=NUMBER, title="Penetapan", split=split
    )
    found = queries.decree(made.decree_id)
    assert found is not None
    assert found.ranking == ("perempuan", "umur")
    paper = decree_paper(by=cast.dinas, on=pile.DAY, decree_id=made.decree_id)
    assert decree_data(paper)["ranking"] == "perempuan, lalu lebih tua" == words_of(found.ranking)
    quotas = quotas_of(accepted_by_kecamatan(programme), 6, Rule.CALON)
    women = {
        ranking: next(
            one.chosen[0]
            for one in groups_of(programme, [quotas], ranking)
            if (one.dimension, one.value) == ("jenis_kelamin", "P")
        )
        for ranking in ((), ("perempuan",))
    }
    assert women["perempuan",] == 3 >= women[()]


@pytest.mark.django_db
@pytest.mark.parametrize(("ranking", "code"), [(("kaya",), "urutan_tidak_dikenal"), (("umur", "umur"), "urutan_ganda")])
def test_an_order_that_nobody_knows_is_refused(cast: Cast, ranking: tuple[str, ...], code: str) -> None:
    programme = pile.ready(cast)
    with pytest.raises(Refused) as said:
        order(cast, programme, *ranking)
    assert said.value.code == code
    assert checked(tuple(CRITERIA)) == tuple(CRITERIA)


@pytest.mark.django_db
def test_a_table_of_any_engine_is_ranked_as_the_decree_is(cast: Cast, ready: tuple[int, list[Person]]) -> None:
    """The same people with families and ages, drawn by the database for a decree and by an expression for millions."""
    programme, there = ready
    for place, one in enumerate(there):
        kk = f"53710401010{place % 2}9999"
        given = {"sex": "PL"[place % 2], "born": date(1980 + place % 3, 1, 1), "no_kk": kk}
        Person.objects.filter(pk=one.pk).update(**given)
        relation = " kepala keluarga" if place in (0, 2, 5) else "ISTRI"
        Resident.objects.filter(nik=one.nik).update(no_kk=kk, relation=relation)
    young = Resident.objects.get(nik=there[1].nik)
    for number, born in enumerate((date(2015, 1, 1), date(2007, 6, 1), date(2007, 6, 2))):
        Resident.objects.create(
            snapshot_id=young.snapshot_id, nik=f"537104010120000{number}", name="Anak", no_kk=young.no_kk, sex="L",
            born=born, relation="ANAK", area_code=young.area_code,
        )  # fmt: skip
    people = Person.objects.filter(area_code__startswith=ALAK)
    accepted = ibis.memtable(
        [{"nik_matched": p.nik, "kecamatan": ALAK, "desil": 2, "sex": p.sex, "born": p.born, "no_kk": p.no_kk}
         for p in people]
    )  # fmt: skip
    register = ibis.memtable(list(Resident.objects.values("nik", "no_kk", "relation", "born")))
    day = Programme.objects.get(pk=programme).registration_day
    numbers = dict(people.values_list("nik", "id"))
    table = with_family(accepted, register, day)
    for ranking in ((), *((code,) for code in CRITERIA), tuple(CRITERIA), tuple(reversed(CRITERIA))):
        rows = rank(table, 6, NUMBER, ranking).order_by("rank").to_pyarrow().to_pylist()
        assert [numbers[row["nik_matched"]] for row in rows] == order(cast, programme, *ranking), ranking
    assert tuple(ORDERS_BY) == tuple(CRITERIA)

"""One equals many on Spark too: for every edition and every target the answers of the scalar rules."""

from collections.abc import Iterator
from datetime import date

import ibis
import pyarrow as pa
import pytest

from lopo.jobs.engine import Engine, open_engine
from lopo.law import LAW
from lopo.law.decision import Answer
from lopo.law.editions import EditionLaw
from lopo.law.errors import CaseError
from lopo.law.tables import FAULTS
from tests.law.people import rows
from tests.spark_stage import require_spark

pytestmark = pytest.mark.spark
ROWS = 120
TYPES = {int: "int64", bool: "boolean", date: "date", str: "string"}
Row = dict[str, Answer | None]


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    require_spark()
    with open_engine("spark") as engine:
        yield engine


def one(law: EditionLaw, target: str, row: Row) -> Answer | None:
    needed = [fact.name for fact in law.plan((target,)).facts]
    try:
        return LAW.decide(target, {name: row[name] for name in needed}, law.edition.first).values[target]
    except CaseError:
        return None


def as_rows(law: EditionLaw, people: list[Row]) -> pa.Table:
    columns = {
        name: pa.array([row[name] for row in people], ibis.dtype(TYPES[fact.kind]).to_pyarrow())
        for name, fact in law.facts.items()
    }
    return pa.table(columns | {"nomor": pa.array(range(len(people)), pa.int64())})


@pytest.mark.parametrize("law", LAW.laws, ids=[str(law.edition.first) for law in LAW.laws])
def test_one_equals_many_on_spark(law: EditionLaw, spark: Engine) -> None:
    people = rows(law, 90210, ROWS)
    targets = sorted(law.rules)
    answers = LAW.compute(targets, spark.table(as_rows(law, people)), law.edition.first, reasons="alasan")
    many = spark.rows(answers.order_by("nomor")).to_pylist()
    assert len(many) == ROWS
    for row, found in zip(people, many, strict=True):
        assert {target: found[target] for target in targets} == {target: one(law, target, row) for target in targets}


def test_mixed_days_give_the_same_answers_and_faults_on_spark_and_duckdb(spark: Engine) -> None:
    law = LAW.laws[-1]
    people = as_rows(law, rows(law, 5, 200))
    firsts = [one.edition.first for one in LAW.laws]
    days = [None, date(2015, 6, 30), *firsts]
    mixed = people.append_column("hari", pa.array([days[n % len(days)] for n in range(200)], pa.date32()))
    targets = ["jkk_meninggal_total", "jkm_total"]
    with open_engine() as duckdb:
        told = [
            engine.rows(LAW.compute_by_day(targets, engine.table(mixed), "hari").order_by("nomor"))
            for engine in (spark, duckdb)
        ]
    assert told[0].to_pylist() == told[1].to_pylist()
    assert {"belum_ada_hukum"} < set(told[0][FAULTS].to_pylist())

"""One equals many on PostgreSQL too: the SQL that Ibis writes for it gives what the scalar rules give."""

from datetime import date

import ibis
import pytest
from django.db import connection

from lopo.law import LAW
from lopo.law.decision import Answer
from lopo.law.editions import EditionLaw
from lopo.law.errors import CaseError
from tests.law.people import rows

TYPES = {int: ("int64", "bigint"), bool: ("boolean", "boolean"), date: ("date", "date"), str: ("string", "text")}


def one(law: EditionLaw, target: str, row: dict[str, Answer | None]) -> Answer | None:
    needed = [fact.name for fact in law.plan((target,)).facts]
    try:
        return LAW.decide(target, {name: row[name] for name in needed}, law.edition.first).values[target]
    except CaseError:
        return None


@pytest.mark.django_db
@pytest.mark.parametrize("law", LAW.laws, ids=[str(law.edition.first) for law in LAW.laws])
def test_one_equals_many_on_postgresql(law: EditionLaw) -> None:
    people = rows(law, 5371, 150)
    targets = sorted(law.rules)
    table = ibis.table({name: TYPES[fact.kind][0] for name, fact in law.facts.items()} | {"id": "int64"}, name="kasus")
    answers = LAW.compute(targets, table, law.edition.first, reasons="alasan").order_by("id").select(targets)
    columns = ", ".join(f"{name} {TYPES[fact.kind][1]}" for name, fact in law.facts.items())
    with connection.cursor() as cursor:
        cursor.execute(f"create temporary table kasus ({columns}, id bigint) on commit drop")
        marks = ", ".join(["%s"] * (len(law.facts) + 1))
        cursor.executemany(f"insert into kasus values ({marks})", [(*row.values(), n) for n, row in enumerate(people)])
        cursor.execute(str(ibis.to_sql(answers, dialect="postgres")))
        many = cursor.fetchall()
    for row, found in zip(people, many, strict=True):
        assert dict(zip(targets, found, strict=True)) == {target: one(law, target, row) for target in targets}

"""Who a doubtful row may be: the persons that resemble it most, with how they agree and what the law would ask."""

from datetime import date

import ibis
import ibis.expr.types as ir

from lopo.law import LAW
from lopo.people.batch.likelihood import REGISTER_MODEL, probable
from lopo.people.batch.linkage_model import Model
from lopo.people.batch.match import POINTS, SETTLED, Keep, keep_lazy, scored
from lopo.people.batch.pairs import candidate_pairs, compared, further_pairs
from lopo.targeting.batch.screen import TARGETS, ProgrammeRules, Screened, with_facts, with_person

MOST = 9
"""So many persons are shown for a row at most: as many as there are number keys."""

LEVELS = (*POINTS, "same_kk", "other_kk", "same_place", "other_sex", "match_probability", "steps")
"""How a row and a person agree: the levels and marks of `compared`, and how likely it is with its steps."""

LIKENESS_COLUMNS = (
    "row_id", "nik", "place", "name", "sex", "born", "kk", "area_code", "stands_in", "match_score", "desil_keluarga",
    *LEVELS,
)  # fmt: skip
"""Columns of the answer besides the facts: the person as the register has him, and LEVELS.

`place` counts from 1, the likeliest first. `row_id` is file#sheet#line as in the screening.
"""


def fact_names(on: date) -> tuple[str, ...]:
    """Give the facts that the law of the day asks for about a row."""
    return tuple(fact.name for fact in LAW.law_on(on).plan(TARGETS).facts)


def likenesses(  # noqa: PLR0917 - the run, its two frames, how to store, which rows, and the model that weighs
    screened: Screened,
    programme: ProgrammeRules,
    on: date,
    keep: Keep = keep_lazy,
    verdict: str = "perlu_cek",
    model: Model = REGISTER_MODEL,
) -> ir.Table:
    """Give at most MOST persons (LIKENESS_COLUMNS, `fact_names`) for each row of that verdict; some rows have none.

    Who is SETTLED points or more behind the best is none. The facts are those of the row as if it were that person, for
    the law to judge. They take the row to be nobody's twin: whether another row names the same person is known only
    when the person is chosen.
    """
    said = screened.verdicts
    doubtful = said.filter(said.verdict == verdict)
    doubtful = doubtful.select(row_id=doubtful.file.concat("#", doubtful.sheet, "#", doubtful.line.cast("string")))
    rows = keep(screened.rows.semi_join(doubtful, "row_id"))
    persons = screened.checked.persons
    met = keep(candidate_pairs(rows, persons).union(further_pairs(rows, persons), distinct=True))
    pairs = probable(scored(compared(met, rows, persons)), persons, model)
    pairs = pairs.filter(pairs.match_score > 0)
    order = ibis.window(group_by="row_id", order_by=[ibis.desc("match_weight"), ibis.desc("match_score"), "nik"])
    first = pairs.match_score.max().over(ibis.window(group_by="row_id"))
    ranked = pairs.mutate(place=ibis.row_number().over(order) + 1, behind=first - pairs.match_score)
    near = ranked.filter((ranked.place <= MOST) & (ranked.behind < SETTLED)).select(
        "row_id", "nik", "place", "match_score", *LEVELS
    )
    return _as_if(rows, keep(near), screened, programme, on)


def named(screened: Screened, nik: str, programme: ProgrammeRules, on: date, model: Model = REGISTER_MODEL) -> ir.Table:
    """Give the rows of a run beside one person whom an officer names, in the shape of `likenesses` (place 1).

    No points are asked for: an officer may know what no comparison shows. Empty where no register has that number.
    """
    rows, persons = screened.rows, screened.checked.persons
    one = persons.filter(persons.nik == nik)
    pairs = rows.select("row_id").cross_join(one.select("nik"))
    told = probable(scored(compared(pairs, rows, one)), persons, model)
    near = told.mutate(place=ibis.literal(1)).select("row_id", "nik", "place", "match_score", *LEVELS)
    return _as_if(rows, near, screened, programme, on)


def _as_if(rows: ir.Table, near: ir.Table, screened: Screened, programme: ProgrammeRules, on: date) -> ir.Table:
    """Give rows beside persons with the facts of each row as if it were that person."""
    judged = with_person(rows, near.rename(nik_found="nik"), screened.checked).filter(lambda t: t.nik_found.notnull())
    alone = judged.mutate(kembar_dalam=ibis.literal(False), kembar_antar=ibis.literal(False))
    facts = with_facts(alone, programme, on)
    person = facts.drop("name", "sex", "born", "kk").rename(
        nik="p_nik", name="p_name", sex="p_sex", born="p_born", kk="p_kk", area_code="p_kode_kelurahan",
        stands_in="p_stands_in",
    )  # fmt: skip
    return person.select(*LIKENESS_COLUMNS, *fact_names(on))

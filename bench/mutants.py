"""A mutation check of the law: each rule, number and function is changed a little, and something must notice.

A mutant of a rule or a number is the whole law with one change: an operator, a constant, a branch, a rounding, a day,
a number of YAML, a condition after which a reason is silent. It is killed when the law refuses to be built or changes
on another day, when a YAML case of tests/law/cases comes out otherwise, or when a row of the tables of brackets or body
parts does; a clock also by the tests of the clocks. A mutant of a plain function (heirs, clocks, cover, groups, typed
cases) is killed when a test of these fails.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.mutation.of_functions import checks, checks_of, function_mutants, killed_function, noticed  # noqa: E402
from bench.mutation.of_law import Mutant, number_mutants, rule_mutants  # noqa: E402
from lopo.law import deadlines  # noqa: E402
from lopo.law.engine import Law  # noqa: E402
from lopo.law.errors import CaseError, LawDefect  # noqa: E402
from tests.law import test_deadlines  # noqa: E402
from tests.law.test_body_parts import DAYS, PARTS  # noqa: E402
from tests.law.test_brackets import BRACKETS  # noqa: E402
from tests.law.test_engine import ALL_DAYS  # noqa: E402

GOAL = 0.95
QUICK = 20
"""With --quick every so many mutants one."""
WHY = "\n## Why they live\n"
"""What a person writes below the list stays when the list is made again."""
Case = Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """What became of a mutant: where and what it changed, and what noticed it (empty: nothing)."""

    kind: str
    place: str
    change: str
    by: str


def read_cases() -> list[Case]:
    """All YAML cases of the law."""
    folder = ROOT / "tests" / "law" / "cases"
    return [case for path in sorted(folder.glob("*.yaml")) for case in yaml.safe_load(path.read_text())]


def killed(mutant: Mutant, cases: list[Case]) -> str:
    """What noticed the mutant; empty when nothing did."""
    try:
        law = mutant.build()
    except LawDefect:
        return "refused"
    try:
        if tuple(one.first for one in law.editions()) != ALL_DAYS:
            return "days"
        if any(not as_expected(law, case) for case in cases):
            return "cases"
        if not tables_hold(law):
            return "tables"
        return "" if clocks_hold(law, mutant.place) else "clocks"
    except (CaseError, LookupError, AttributeError, TypeError, ValueError):
        return "cases"


def as_expected(law: Law, case: Case) -> bool:
    decision = law.decide(list(case["expect"]), case["facts"], case["day"])
    if dict(decision.values) != case["expect"]:
        return False
    return "reasons" not in case or sorted(one.code for one in decision.reasons) == sorted(case["reasons"])


def tables_hold(law: Law) -> bool:
    targets = ("dasar_manfaat_jkk", "iuran_jkk", "iuran_per_bulan")
    for lowest, highest, *expected in BRACKETS:
        for income in (lowest, min(highest + 999, 10**10)):
            found = law.decide(targets, {"penghasilan": income}, date(2025, 7, 1)).values
            if list(found.values()) != expected:
                return False
    facts = [{"bagian_tubuh": part, "jumlah_cedera": 1} for part in PARTS]
    return all(
        law.decide("cacat_cedera", fact, day).amount("cacat_cedera") == PARTS[str(fact["bagian_tubuh"])]  # type: ignore[arg-type]
        for day in DAYS
        for fact in facts
    )


def clocks_hold(law: Law, place: str) -> bool:
    """Whether the clocks still tell the time of their tests; only a number of deadlines.yaml can change that."""
    if not place.startswith("deadlines.yaml"):
        return True
    before, deadlines.LAW = deadlines.LAW, law
    deadlines.contribution_due.cache_clear()
    try:
        return not noticed(list(checks_of(test_deadlines)))
    finally:
        deadlines.LAW = before
        deadlines.contribution_due.cache_clear()


def results(step: int) -> list[Result]:
    """Every so many mutants, and what noticed each."""
    cases, passing = read_cases(), checks()
    of_law = [*rule_mutants(), *number_mutants()][::step]
    of_functions = list(function_mutants())[::step]
    found = [Result("law", one.place, one.change, killed(one, cases)) for one in of_law]
    found += [Result("function", one.place, one.change, killed_function(one, passing)) for one in of_functions]
    return found


def say(figure: str, number: float, unit: str, goal: float) -> None:
    """One figure that should not be below its goal."""
    ok = number >= goal
    print(json.dumps({"bench": "mutants", "figure": figure, "value": number, "unit": unit, "goal": goal, "ok": ok}))


def share_killed(found: list[Result]) -> float:
    return round(1 - sum(not one.by for one in found) / len(found), 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"every {QUICK}th mutant")
    parser.add_argument("--survivors", type=Path, help="write the list of survivors as Markdown")
    chosen = parser.parse_args()
    start = perf_counter()
    found = results(QUICK if chosen.quick else 1)
    say("mutants", len(found), "", 0)
    say("killed", share_killed(found), "share", GOAL)
    say("killed, of the functions alone", share_killed([one for one in found if one.kind == "function"]), "share", GOAL)
    for who, count in Counter(one.by for one in found if one.by).items():
        say(f"killed by: {who}", count, "mutants", 0)
    say("time", round(perf_counter() - start, 1), "s", 0)
    survivors = [one for one in found if not one.by]
    if chosen.survivors:
        _, mark, why = chosen.survivors.read_text().partition(WHY) if chosen.survivors.exists() else ("", "", "")
        chosen.survivors.write_text(as_markdown(len(found), survivors) + mark + why)
    sys.exit(0 if share_killed(found) >= GOAL else 1)


def as_markdown(total: int, survivors: list[Result]) -> str:
    rows = "".join(f"| {one.place} | `{one.change.replace('|', '/')}` |\n" for one in survivors)
    return (
        "# Mutants of the law that nothing noticed\n\n"
        "Made by `bench/mutants.py --survivors docs/law-mutants.md`. Each row is one small change of a rule, a number "
        f"or a function after which no case, table or test came out otherwise: {len(survivors)} of {total}.\n\n"
        f"| where | change |\n|---|---|\n{rows}"
    )


if __name__ == "__main__":
    main()

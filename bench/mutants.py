"""A mutation check of the law: each rule and each number is changed a little, and some case must notice.

Each mutant is the whole law with one change: an operator, a constant, a branch, a rounding, a day or a number of YAML.
It is killed when the law refuses to be built or changes on another day, when a YAML case of tests/law/cases comes out
otherwise, or when a row of the tables of brackets or body parts does. Rules of
lopo/law/local.py are proved elsewhere (tests/rooms).
"""

import argparse
import ast
import copy
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lopo.law import LAW  # noqa: E402
from lopo.law.book import Book, Rule  # noqa: E402
from lopo.law.engine import Law  # noqa: E402
from lopo.law.errors import CaseError, LawDefect  # noqa: E402
from lopo.law.parameters import Entries, Parameter, Tiers, Value, Version  # noqa: E402
from tests.law.test_body_parts import DAYS, PARTS  # noqa: E402
from tests.law.test_brackets import BRACKETS  # noqa: E402
from tests.law.test_engine import CHANGE_DAYS, change_days  # noqa: E402

GOAL = 0.95
WHY = "\n## Why they live\n"
"""What a person writes below the list stays when the list is made again."""
LOCAL = "lopo.law.local"
DAY = timedelta(days=1)
Case = Mapping[str, Any]

COMPARISONS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
ARITHMETIC: Mapping[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add}
WORDS = {"min": "max", "max": "min"}
ROUNDINGS = {"half_up": "floor", "floor": "ceiling", "ceiling": "floor"}


@dataclass(frozen=True)
class Mutant:
    """One small change: where, what, and how to build the law that has it."""

    place: str
    change: str
    build: Callable[[], Law]


def read_cases() -> list[Case]:
    """All YAML cases of the law."""
    folder = ROOT / "tests" / "law" / "cases"
    return [case for path in sorted(folder.glob("*.yaml")) for case in yaml.safe_load(path.read_text())]


def changed_expressions(expression: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """The expression with one node changed, for every node that can be, and in words what was changed."""
    for place, node in enumerate(ast.walk(expression)):
        for change in changes_of(node):
            other = copy.deepcopy(expression)
            found = list(ast.walk(other))[place]
            before = ast.unparse(found)
            after = change(found)
            whole = after if place == 0 else put(other, found, after)
            yield f"{before}  ->  {ast.unparse(after)}", whole


def put(tree: ast.expr, old: ast.AST, new: ast.expr) -> ast.expr:
    """The tree with the new node in the place of the old one."""

    class Putting(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is old else self.generic_visit(node)

    found: ast.expr = Putting().visit(tree)
    return found


def changes_of(node: ast.AST) -> list[Callable[[Any], ast.expr]]:
    """What can be done to the node, each giving the new node."""
    match node:
        case ast.Compare():
            found = [swapped(place, COMPARISONS[type(how)]()) for place, how in enumerate(node.ops)]
            return [*found, lambda _: ast.Constant(True), lambda _: ast.Constant(False)]
        case ast.BoolOp():
            other = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
            left_out = [without(place) for place in range(len(node.values))]
            return [lambda n: ast.BoolOp(other, n.values), *left_out]
        case ast.UnaryOp():
            return [lambda n: n.operand]
        case ast.BinOp() if type(node.op) in ARITHMETIC:
            return [lambda n: ast.BinOp(n.left, ARITHMETIC[type(n.op)](), n.right)]
        case ast.IfExp():
            return [lambda n: n.body, lambda n: n.orelse, lambda n: ast.IfExp(n.test, n.orelse, n.body)]
        case ast.Constant() if type(node.value) is int:
            return [lambda n: ast.Constant(n.value + 1), lambda n: ast.Constant(n.value - 1)]
        case ast.Constant() if isinstance(node.value, str):
            return [lambda n: ast.Constant(ROUNDINGS.get(n.value, "kode_lain"))]
        case ast.Call() if isinstance(node.func, ast.Name) and node.func.id in WORDS:
            return [
                lambda n: ast.Call(ast.Name(WORDS[n.func.id], ast.Load()), n.args, []),
                lambda n: n.args[0],
                lambda n: n.args[1],
            ]
    return []


def swapped(place: int, how: ast.cmpop) -> Callable[[Any], ast.expr]:
    return lambda n: ast.Compare(n.left, [how if at == place else old for at, old in enumerate(n.ops)], n.comparators)


def without(place: int) -> Callable[[Any], ast.expr]:
    def left(node: Any) -> ast.expr:  # noqa: ANN401 - a node of any kind
        rest = [value for at, value in enumerate(node.values) if at != place]
        return rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)

    return left


def with_rule(old: Rule, new: Rule) -> Law:
    rules = [new if rule is old else rule for rule in LAW.book.rules]
    return Law(Book(LAW.book.facts, rules), LAW.parameters, LAW.instruments, LAW.english)


def with_expression(rule: Rule, expression: ast.expr) -> Law:
    """The law whose rule says something else."""
    arguments = ast.arguments([], [ast.arg(name) for name, _ in rule.arguments], None, [], [], None, [])
    tree = ast.fix_missing_locations(ast.Expression(ast.Lambda(arguments, copy.deepcopy(expression))))
    function = eval(compile(tree, rule.place, "eval"), rule.function.__globals__)  # noqa: S307 - our own tree
    return with_rule(rule, replace(rule, function=function, expression=expression))


def rule_mutants() -> Iterator[Mutant]:
    for rule in LAW.book.rules:
        if rule.room == LOCAL:
            continue
        place = f"{rule.room.rsplit('.', 1)[1]}.{rule.function.__name__}"
        for said, expression in changed_expressions(rule.expression):
            yield Mutant(place, said, lambda rule=rule, expression=expression: with_expression(rule, expression))  # type: ignore[misc]
        if rule.kind == "bool" and isinstance(rule.expression, ast.Name | ast.Call | ast.Constant):
            negated = ast.UnaryOp(ast.Not(), rule.expression)
            yield Mutant(place, "negated", lambda rule=rule, negated=negated: with_expression(rule, negated))  # type: ignore[misc]
        for name in ("starts", "ends"):
            day = getattr(rule, name)
            for step in (DAY, -DAY) if day else ():
                moved = replace(rule, **{name: day + step})
                yield Mutant(place, f"{name} {day + step}", lambda rule=rule, moved=moved: with_rule(rule, moved))  # type: ignore[misc]
        if rule.reason:
            other = replace(rule, reason=replace(rule.reason, when=not rule.reason.when))
            yield Mutant(place, "reason turned", lambda rule=rule, other=other: with_rule(rule, other))  # type: ignore[misc]


def other_values(value: Value) -> Iterator[tuple[str, Value]]:
    """The value with one number moved by one."""
    for step in (1, -1):
        match value:
            case date():
                yield f"{value + step * DAY}", value + step * DAY
            case int():
                yield f"{value + step}", value + step
            case Tiers():
                for place in range(len(value.values)):
                    if place:
                        yield (
                            f"bound {value.bounds[place]} {step:+}",
                            Tiers(moved(value.bounds, place, step), value.values),
                        )
                    yield f"row {value.bounds[place]} {step:+}", Tiers(value.bounds, moved(value.values, place, step))
            case Entries():
                for code, number in value.values.items():
                    yield f"{code} {step:+}", Entries({**value.values, code: number + step})


def moved(numbers: tuple[int, ...], place: int, step: int) -> tuple[int, ...]:
    return (*numbers[:place], numbers[place] + step, *numbers[place + 1 :])


def number_mutants() -> Iterator[Mutant]:
    used = {name for rule in LAW.book.rules if rule.room != LOCAL for name, _ in rule.arguments}
    first_law = LAW.laws[0].edition.first
    for name in sorted(used & set(LAW.parameters)):
        parameter = LAW.parameters[name]
        for place, version in enumerate(parameter.versions):
            here = f"{version.place} {name} from {version.first}"
            for said, value in other_values(version.value):
                yield number_mutant(here, said, parameter, place, replace(version, value=value))
            for step in (DAY, -DAY):
                if version.first + step >= first_law:
                    yield number_mutant(
                        here,
                        f"from {version.first + step}",
                        parameter,
                        place,
                        replace(version, first=version.first + step),
                    )


def number_mutant(place: str, said: str, parameter: Parameter, at: int, version: Version) -> Mutant:
    """The law with another version; the one before it ends the day before it begins."""
    versions = [*parameter.versions[:at], version, *parameter.versions[at + 1 :]]
    if at:
        versions[at - 1] = replace(versions[at - 1], last=version.first - DAY)
    other = replace(parameter, versions=tuple(versions))
    return Mutant(place, said, lambda: Law(LAW.book, {**LAW.parameters, parameter.name: other}, LAW.instruments))


def killed(build: Callable[[], Law], cases: list[Case]) -> str:
    """What noticed the mutant; empty when nothing did."""
    try:
        law = build()
    except LawDefect:
        return "refused"
    try:
        if change_days(law) != list(CHANGE_DAYS):
            return "days"
        if any(not as_expected(law, case) for case in cases):
            return "cases"
        return "" if tables_hold(law) else "tables"
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
        law.decide("cacat_cedera", fact, day).amount("cacat_cedera") == PARTS[str(fact["bagian_tubuh"])]
        for day in DAYS
        for fact in facts
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every fifth mutant")
    parser.add_argument("--survivors", type=Path, help="write the list of survivors as Markdown")
    chosen = parser.parse_args()
    cases, start = read_cases(), perf_counter()
    mutants = [*rule_mutants(), *number_mutants()][:: 5 if chosen.quick else 1]
    found = [(mutant, killed(mutant.build, cases)) for mutant in mutants]
    survivors = [mutant for mutant, by in found if not by]
    share = 1 - len(survivors) / len(found)
    by = Counter(by for _, by in found if by)
    figures = [("mutants", len(found), "", 0), ("killed", round(share, 4), "share", GOAL)]
    figures += [(f"killed by: {who}", count, "mutants", 0) for who, count in by.items()]
    figures.append(("time", round(perf_counter() - start, 1), "s", 0))
    for figure, number, unit, goal in figures:
        ok = number >= goal
        print(json.dumps({"bench": "mutants", "figure": figure, "value": number, "unit": unit, "goal": goal, "ok": ok}))
    if chosen.survivors:
        _, mark, why = chosen.survivors.read_text().partition(WHY) if chosen.survivors.exists() else ("", "", "")
        chosen.survivors.write_text(as_markdown(len(found), survivors) + mark + why)
    sys.exit(0 if share >= GOAL else 1)


def as_markdown(total: int, survivors: list[Mutant]) -> str:
    rows = "".join(f"| {one.place} | `{one.change.replace('|', '/')}` |\n" for one in survivors)
    return (
        "# Mutants of the law that nothing noticed\n\n"
        "Made by `bench/mutants.py --survivors docs/law-mutants.md`. Each row is one small change of a rule or number "
        f"after which no YAML case and no table came out otherwise: {len(survivors)} of {total}.\n\n"
        f"| where | change |\n|---|---|\n{rows}"
    )


if __name__ == "__main__":
    main()

"""What a rule may be made of: its syntax tree is checked against a whitelist and its kinds are worked out."""

import ast
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lopo.law.errors import LawDefect
from lopo.law.parameters import Entries, Tiers
from lopo.law.vocabulary import TABLE_ROUNDINGS, WORDS

Place = Callable[[ast.AST], str]
KINDS: Mapping[object, str] = {
    int: "int",
    bool: "bool",
    date: "date",
    str: "text",
    Tiers: "tiers",
    Entries: "entries",
    int | None: "int?",
    bool | None: "bool?",
    date | None: "date?",
    str | None: "text?",
}
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod)
_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule that passed: its arguments with their kinds, the kind of its answer, and its one expression.

    divisors are the arguments that are divided by (with the line), so that the book can see that they are parameters
    that are never zero.
    """

    tree: ast.FunctionDef
    arguments: tuple[tuple[str, str], ...]
    kind: str
    expression: ast.expr
    divisors: tuple[tuple[str, int], ...]


def check(tree: ast.FunctionDef, function: Callable[..., object], place: Place) -> Checked:
    """The checked rule; LawDefect with file and line for anything that is not on the whitelist."""
    kinds = _argument_kinds(tree, function, place)
    result = _annotation(typing.get_type_hints(function).get("return"), tree, place)
    expression = _as_expression(tree.body[1:] if ast.get_docstring(tree) else tree.body, tree, place)
    checker = _Checker(kinds, vars(function).get("__wrapped__", function).__globals__, place)
    found = checker.kind(expression, frozenset())
    if found != result:
        raise LawDefect(place(tree), f"{tree.name} says it gives {result} but its expression gives {found}")
    unused = [name for name in kinds if name not in checker.used]
    if unused:
        raise LawDefect(place(tree), f"{tree.name} never uses {', '.join(unused)}")
    return Checked(tree, tuple(kinds.items()), result, expression, tuple(checker.divisors))


def _argument_kinds(tree: ast.FunctionDef, function: Callable[..., object], place: Place) -> dict[str, str]:
    given = tree.args
    if given.vararg or given.kwarg or given.kwonlyargs or given.posonlyargs or given.defaults:
        raise LawDefect(place(tree), f"{tree.name}: only plain arguments without defaults are allowed")
    hints = typing.get_type_hints(function)
    return {argument.arg: _annotation(hints.get(argument.arg), argument, place) for argument in given.args}


def _annotation(hint: object, node: ast.AST, place: Place) -> str:
    kind = KINDS.get(hint)
    if kind is None:
        raise LawDefect(place(node), f"annotation {hint!r} is none of int, bool, date, str, Tiers, Entries")
    return kind


def _as_expression(body: Sequence[ast.stmt], owner: ast.AST, place: Place) -> ast.expr:
    """if/return chains as one conditional expression; anything else is refused."""
    if not body:
        raise LawDefect(place(owner), "a path ends without return")
    first, *rest = body
    if isinstance(first, ast.Return) and first.value is not None:
        if rest:
            raise LawDefect(place(rest[0]), "unreachable after return")
        return first.value
    if isinstance(first, ast.If):
        if first.orelse and rest:
            raise LawDefect(place(rest[0]), "both branches return, so nothing may follow")
        then = _as_expression(first.body, first, place)
        other = _as_expression(first.orelse or rest, first, place)
        return ast.copy_location(ast.IfExp(test=first.test, body=then, orelse=other), first)
    raise LawDefect(place(first), f"{type(first).__name__.lower()} is not allowed in a rule")


class _Checker:
    """Works out the kind of each expression and refuses what is not allowed; remembers what was used."""

    def __init__(self, kinds: Mapping[str, str], names: Mapping[str, object], place: Place) -> None:
        self.kinds = kinds
        self.names = names
        self.place = place
        self.used: set[str] = set()
        self.divisors: list[tuple[str, int]] = []

    def kind(self, node: ast.expr, sure: frozenset[str]) -> str:
        """The kind of the expression; `sure` are the optional facts known to be known here."""
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise LawDefect(self.place(node), f"{type(node).__name__} is not allowed in a rule")
        return str(method(node, sure))

    def _want(self, node: ast.expr, sure: frozenset[str], *wanted: str) -> str:
        found = self.kind(node, sure)
        if found not in wanted:
            raise LawDefect(self.place(node), f"{' or '.join(wanted)} expected in {ast.unparse(node)!r}, not {found}")
        return found

    def _name(self, node: ast.Name, sure: frozenset[str]) -> str:
        if node.id not in self.kinds:
            raise LawDefect(self.place(node), f"foreign name {node.id!r}: a rule sees only its arguments")
        self.used.add(node.id)
        kind = self.kinds[node.id]
        if kind.endswith("?"):
            if node.id not in sure:
                raise LawDefect(self.place(node), f"{node.id} may be unknown: ask known({node.id}) first")
            return kind[:-1]
        return kind

    def _constant(self, node: ast.Constant, sure: frozenset[str]) -> str:
        for kind, name in ((bool, "bool"), (int, "int"), (str, "text")):
            if type(node.value) is kind:
                return name
        raise LawDefect(self.place(node), f"{type(node.value).__name__} {node.value!r} is not allowed in a rule")

    def _ifexp(self, node: ast.IfExp, sure: frozenset[str]) -> str:
        self._want(node.test, sure, "bool")
        then = self.kind(node.body, sure | _known_when(node.test, True))
        other = self.kind(node.orelse, sure | _known_when(node.test, False))
        if then != other:
            raise LawDefect(self.place(node), f"one branch gives {then}, the other {other}")
        return then

    def _boolop(self, node: ast.BoolOp, sure: frozenset[str]) -> str:
        for value in node.values:
            self._want(value, sure, "bool")
            sure |= _known_when(value, isinstance(node.op, ast.And))
        return "bool"

    def _unaryop(self, node: ast.UnaryOp, sure: frozenset[str]) -> str:
        if isinstance(node.op, ast.Not):
            return self._want(node.operand, sure, "bool")
        if isinstance(node.op, ast.USub):
            return self._want(node.operand, sure, "int")
        raise LawDefect(self.place(node), f"{type(node.op).__name__} is not allowed in a rule")

    def _binop(self, node: ast.BinOp, sure: frozenset[str]) -> str:
        if isinstance(node.op, ast.Div):
            raise LawDefect(self.place(node), "/ is not allowed: name the rounding with portion(), or use //")
        if not isinstance(node.op, _ARITHMETIC):
            raise LawDefect(self.place(node), f"{type(node.op).__name__} is not allowed in a rule")
        self._want(node.left, sure, "int")
        self._want(node.right, sure, "int")
        if isinstance(node.op, ast.FloorDiv | ast.Mod):
            self._divisor(node.right)
        return "int"

    def _divisor(self, node: ast.expr) -> None:
        """A divisor is a positive constant, or a product of constants and parameters that are never below 1."""
        for part in _factors(node):
            if isinstance(part, ast.Name):
                self.divisors.append((part.id, part.lineno))
            elif not (isinstance(part, ast.Constant) and type(part.value) is int and part.value > 0):
                raise LawDefect(self.place(node), "divide only by positive constants or parameters")

    def _compare(self, node: ast.Compare, sure: frozenset[str]) -> str:
        sides = [node.left, *node.comparators]
        kinds = {self.kind(side, sure) for side in sides}
        if len(kinds) != 1:
            raise LawDefect(self.place(node), f"cannot compare {' with '.join(sorted(kinds))}")
        kind = kinds.pop()
        for operator in node.ops:
            ordered = isinstance(operator, _ORDER) and kind in ("int", "date")
            equal = isinstance(operator, ast.Eq | ast.NotEq) and kind in ("int", "date", "text")
            if not (ordered or equal):
                raise LawDefect(self.place(node), f"{type(operator).__name__} is not allowed between {kind}")
        return "bool"

    def _call(self, node: ast.Call, sure: frozenset[str]) -> str:
        name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
        word = WORDS.get(name)
        meant = self.names.get(name, min if name == "min" else max if name == "max" else None)
        if word is None or meant is not word.function:
            raise LawDefect(self.place(node), f"foreign call {name}(): known are {', '.join(sorted(WORDS))}")
        if node.keywords or len(node.args) != len(word.arguments):
            raise LawDefect(self.place(node), f"{name}() takes {len(word.arguments)} plain arguments")
        kinds = [self._argument(n, kind, sure) for n, kind in zip(node.args, word.arguments, strict=True)]
        if "same" in word.arguments and (len(set(kinds)) != 1 or kinds[0] not in ("int", "date")):
            raise LawDefect(self.place(node), f"{name}() needs numbers or days of one kind")
        return kinds[0] if word.result == "same" else word.result

    def _argument(self, node: ast.expr, wanted: str, sure: frozenset[str]) -> str:
        if wanted == "same":
            return self.kind(node, sure)
        if wanted == "any":
            if not (isinstance(node, ast.Name) and self.kinds.get(node.id, "").endswith("?")):
                raise LawDefect(self.place(node), "known() asks about an optional fact only")
            self.used.add(node.id)
            return "any"
        if wanted == "rounding":
            if not (isinstance(node, ast.Constant) and node.value in tuple(TABLE_ROUNDINGS)):
                raise LawDefect(self.place(node), f"name a rounding: {', '.join(TABLE_ROUNDINGS)}")
            return "rounding"
        if wanted == "divisor":
            self._divisor(node)
            return self._want(node, sure, "int")
        return self._want(node, sure, wanted)


def _factors(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*_factors(node.left), *_factors(node.right)]
    return [node]


def _known_when(test: ast.expr, outcome: bool) -> frozenset[str]:
    """The optional facts that are certainly known when the test comes out so."""
    if isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id == "known":
        return frozenset(n.id for n in test.args if isinstance(n, ast.Name)) if outcome else frozenset()
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _known_when(test.operand, not outcome)
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) == outcome:
        return frozenset().union(*(_known_when(value, outcome) for value in test.values))
    return frozenset()

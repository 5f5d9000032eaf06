"""Small changes of an expression, one at a time: an operator, a constant, a branch, a rounding."""

import ast
import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

COMPARISONS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
ARITHMETIC: Mapping[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add}
WORDS = {"min": "max", "max": "min", "any": "all", "all": "any"}
ROUNDINGS = {"half_up": "floor", "floor": "ceiling", "ceiling": "floor"}


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
        case ast.Constant():
            return _of_constants(node.value)
        case ast.Call() if isinstance(node.func, ast.Name) and node.func.id in WORDS:
            return _of_calls(node)
    return []


def _of_constants(value: object) -> list[Callable[[Any], ast.expr]]:
    if isinstance(value, bool):
        return [lambda n: ast.Constant(not n.value)]
    if isinstance(value, int):
        return [lambda n: ast.Constant(n.value + 1), lambda n: ast.Constant(n.value - 1)]
    return [lambda n: ast.Constant(ROUNDINGS.get(n.value, "kode_lain"))] if isinstance(value, str) else []


def _of_calls(node: ast.Call) -> list[Callable[[Any], ast.expr]]:
    def other_word(n: Any) -> ast.expr:  # noqa: ANN401 - a call
        return ast.Call(ast.Name(WORDS[n.func.id], ast.Load()), n.args, n.keywords)

    return [other_word, *((lambda n: n.args[0], lambda n: n.args[1]) if len(node.args) == 2 else ())]


def swapped(place: int, how: ast.cmpop) -> Callable[[Any], ast.expr]:
    return lambda n: ast.Compare(n.left, [how if at == place else old for at, old in enumerate(n.ops)], n.comparators)


def without(place: int) -> Callable[[Any], ast.expr]:
    def left(node: Any) -> ast.expr:  # noqa: ANN401 - a node of any kind
        rest = [value for at, value in enumerate(node.values) if at != place]
        return rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)

    return left

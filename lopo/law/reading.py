"""A rule read aloud: its formula in plain Indonesian or English words, for a lawyer who reads no code."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from lopo.law.book import Rule
from lopo.law.wording import ENGLISH, INDONESIAN, phrases

_WORDS = {
    INDONESIAN: {
        "and": " dan ", "or": " atau ", "not": "tidak benar bahwa {}", "if": "{} bila {}, selain itu {}",
        "yes": "ya", "no": "tidak",
        "+": "{} + {}", "-": "{} − {}", "*": "{} × {}", "//": "{} ÷ {} (dibulatkan ke bawah)", "%": "sisa {} ÷ {}",
        "==": "{} = {}", "!=": "{} bukan {}",
        "<": "{} kurang dari {}", "<=": "{} paling banyak {}", ">": "{} lebih dari {}", ">=": "{} paling sedikit {}",
        "date<": "{} sebelum {}", "date<=": "{} paling lambat {}", "date>": "{} sesudah {}",
        "date>=": "{} paling awal {}",
        "min": "yang terkecil dari {} dan {}", "max": "yang terbesar dari {} dan {}",
        "portion": "{} ÷ {}, dibulatkan {}", "half_up": "ke bilangan terdekat", "floor": "ke bawah",
        "ceiling": "ke atas", "tier": "baris tabel {} untuk {}", "entry": "nilai daftar {} untuk {}",
        "days_between": "banyaknya hari dari {} sampai {}", "months_after": "{1} bulan sesudah {0}",
        "age": "umur dalam tahun penuh dari {} pada {}", "known": "{} diketahui",
    },
    ENGLISH: {
        "and": " and ", "or": " or ", "not": "it is not so that {}", "if": "{} if {}, otherwise {}",
        "yes": "yes", "no": "no",
        "+": "{} + {}", "-": "{} − {}", "*": "{} × {}", "//": "{} ÷ {} (rounded down)", "%": "remainder of {} ÷ {}",
        "==": "{} = {}", "!=": "{} is not {}",
        "<": "{} less than {}", "<=": "{} at most {}", ">": "{} more than {}", ">=": "{} at least {}",
        "date<": "{} before {}", "date<=": "{} no later than {}", "date>": "{} after {}",
        "date>=": "{} no earlier than {}",
        "min": "the lesser of {} and {}", "max": "the greater of {} and {}",
        "portion": "{} ÷ {}, rounded {}", "half_up": "to the nearest", "floor": "down",
        "ceiling": "up", "tier": "the row of the table {} for {}", "entry": "the value of the list {} for {}",
        "days_between": "days from {} to {}", "months_after": "{1} months after {0}",
        "age": "age in full years of {} on {}", "known": "{} is known",
    },
}  # fmt: skip
_SIGNS: Mapping[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_LONG_CALLS = ("min", "max", "portion", "tier", "entry", "days_between", "age")
"""Calls that are put in brackets inside of another expression."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One way through a rule: under which condition (empty for what holds otherwise or always), and what it gives."""

    when: str
    gives: str


def read_aloud(rule: Rule, named: Mapping[str, str], language: str = INDONESIAN) -> tuple[Branch, ...]:
    """The rule as its branches from the first to the last, each in words.

    `named` says each argument of the rule, such as `“Santunan sekaligus JKM” (Rp 20.000.000)`, and codes that have
    words of their own; others say their name. Unspoken for a language that the law room does not speak.
    """
    phrases(language)
    reader = _Reader(dict(rule.arguments), named, _WORDS[language])
    branches: list[Branch] = []
    node = rule.expression
    while isinstance(node, ast.IfExp):
        branches.append(Branch(reader.said(node.test), reader.said(node.body)))
        node = node.orelse
    return (*branches, Branch("", reader.said(node)))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Says expressions in one language."""

    kinds: Mapping[str, str]
    named: Mapping[str, str]
    words: Mapping[str, str]

    def said(self, node: ast.expr) -> str:
        """The expression in words."""
        match node:
            case ast.Name():
                return self.named.get(node.id, node.id)
            case ast.Constant():
                return self._constant(node.value)
            case ast.IfExp():
                return self._fill("if", node.body, node.test, node.orelse)
            case ast.UnaryOp(op=ast.Not()):
                return self._fill("not", node.operand)
            case ast.UnaryOp():
                return f"−{self._inner(node.operand)}"
            case ast.BinOp():
                return self._reckoned(node)
            case ast.BoolOp():
                joint = self.words["and" if isinstance(node.op, ast.And) else "or"]
                return joint.join(self._inner(value) for value in node.values)
            case ast.Compare():
                return self._compared(node)
            case ast.Call():
                return self._called(node)
        raise TypeError(f"a rule knows no {type(node).__name__}")

    def _inner(self, node: ast.expr) -> str:
        """The expression as a part of another: in brackets where it has several parts of its own."""
        text = self.said(node)
        parted = isinstance(node, ast.BinOp | ast.BoolOp | ast.IfExp) or self._calls(node, *_LONG_CALLS)
        return f"({text})" if parted else text

    @staticmethod
    def _calls(node: ast.expr, *names: str) -> bool:
        return isinstance(node, ast.Call) and ast.unparse(node.func) in names

    def _reckoned(self, node: ast.BinOp) -> str:
        """A sum of several parts, or a product, needs no brackets on its left."""
        same = isinstance(node.left, ast.BinOp) and type(node.left.op) is type(node.op)
        left = self.said(node.left) if same and isinstance(node.op, ast.Add | ast.Mult) else self._inner(node.left)
        return self.words[_SIGNS[type(node.op)]].format(left, self._inner(node.right))

    def _fill(self, phrase: str, *parts: ast.expr) -> str:
        return self.words[phrase].format(*(self._inner(part) for part in parts))

    def _constant(self, value: object) -> str:
        if isinstance(value, bool):
            return self.words["yes" if value else "no"]
        if isinstance(value, int):
            return f"{value:,}".replace(",", ".")
        return self.named.get(str(value), str(value).replace("_", " "))

    def _compared(self, node: ast.Compare) -> str:
        """A chain such as first <= day <= last is said as two comparisons."""
        sides = [node.left, *node.comparators]
        steps = zip(sides, node.ops, sides[1:], strict=False)
        return self.words["and"].join(self._fill(self._sign(one, sign, two), one, two) for one, sign, two in steps)

    def _sign(self, one: ast.expr, sign: ast.cmpop, two: ast.expr) -> str:
        name = _SIGNS[type(sign)]
        return f"date{name}" if name[0] in "<>" and (self._is_day(one) or self._is_day(two)) else name

    def _is_day(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return self.kinds.get(node.id, "").startswith("date")
        return self._calls(node, "months_after")

    def _called(self, node: ast.Call) -> str:
        name = ast.unparse(node.func)
        if name != "portion":
            return self._fill(name, *node.args)
        amount, by, over, rounding = node.args
        how = self.words[str(ast.literal_eval(rounding))]
        product = self._reckoned(ast.BinOp(amount, ast.Mult(), by))
        return self.words[name].format(product, self._inner(over), how)

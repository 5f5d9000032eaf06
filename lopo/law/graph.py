"""The rules behind a target as a drawing: facts and numbers to the left, the target to the right, as SVG text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from lopo.law.decision import FACT, PARAMETER, RULE, value_text
from lopo.law.editions import EditionLaw, Plan
from lopo.law.engine import Law
from lopo.law.wording import ENGLISH, INDONESIAN, phrases

WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 250, 44, 70, 14, 16
LETTERS = 33
"""How many letters of a label fit into a box."""
SWEEPS = 4
_FILLS = {FACT: "#e8f1fb", PARAMETER: "#fdf3d8", RULE: "#ffffff"}


@dataclass(frozen=True, slots=True)
class Node:
    """A box: name, kind, two lines of text, whether its text was read in the law, and what it rests on."""

    name: str
    kind: str
    label: str
    detail: str
    sure: bool
    inputs: tuple[str, ...]


def svg(law: Law, target: str, on: date, language: str = INDONESIAN) -> str:
    """The graph of the target by the law of the day; UnknownTarget or NoLawYet when there is none.

    Boxes of rules and numbers that were not read in the text itself have a dashed frame. Every box has a title with
    its name, so that a screen reader can tell it.
    """
    phrases(language)
    edition = law.law_on(on)
    nodes = _nodes(law, edition, edition.plan((target,)), language)
    columns = _ordered(_columns(nodes), nodes)
    tallest = max(len(column) for column in columns)
    width = 2 * MARGIN + len(columns) * (WIDTH + GAP_X) - GAP_X
    height = 2 * MARGIN + tallest * (HEIGHT + GAP_Y) - GAP_Y
    places = {
        name: _corner(x, y, tallest - len(column)) for x, column in enumerate(columns) for y, name in enumerate(column)
    }
    lines = [_edge(places[name], places[node.name]) for node in nodes.values() for name in node.inputs]
    boxes = [_box(node, places[node.name]) for node in nodes.values()]
    title = escape(f"{nodes[target].label} ({on.isoformat()})")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" font-family="sans-serif" font-size="12">',
            f"<title>{title}</title>",
            *lines,
            *boxes,
            "</svg>",
            "",
        ]
    )


def _nodes(law: Law, edition: EditionLaw, plan: Plan, language: str) -> dict[str, Node]:
    """All boxes by name, each after those that it rests on."""

    def caption(name: str, label: str) -> str:
        return label if language == INDONESIAN else law.english.get(name, label)

    word = "fact" if language == ENGLISH else FACT
    nodes = {fact.name: Node(fact.name, FACT, caption(fact.name, fact.label), word, True, ()) for fact in plan.facts}
    for name in plan.parameters:
        parameter, version = edition.parameters[name]
        detail = value_text(version.value, parameter.unit, language)
        sure = version.status == "read"
        nodes[name] = Node(name, PARAMETER, caption(name, parameter.label), detail, sure, ())
    for rule in plan.rules:
        inputs = tuple(name for name, _ in rule.arguments)
        label = caption(rule.name, rule.label)
        nodes[rule.name] = Node(rule.name, RULE, label, rule.source, rule.status == "read", inputs)
    return nodes


def _columns(nodes: Mapping[str, Node]) -> list[list[str]]:
    """Names by depth: a box stands to the right of all that it rests on, facts and numbers just before their user."""
    depth: dict[str, int] = {}
    for node in nodes.values():
        depth[node.name] = 1 + max((depth[name] for name in node.inputs), default=-1)
    for leaf in (node.name for node in nodes.values() if not node.inputs):
        depth[leaf] = min(depth[node.name] for node in nodes.values() if leaf in node.inputs) - 1
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for name, at in depth.items():
        columns[at].append(name)
    return columns


def _ordered(columns: list[list[str]], nodes: Mapping[str, Node]) -> list[list[str]]:
    """The columns with boxes near their neighbours (median heuristic), the same for the same law."""
    users = {name: [node.name for node in nodes.values() if name in node.inputs] for name in nodes}
    for sweep in range(SWEEPS):
        row = {name: place for column in columns for place, name in enumerate(column)}
        for column in columns if sweep % 2 == 0 else reversed(columns):
            column.sort(key=lambda name: (_median([row[near] for near in (*nodes[name].inputs, *users[name])]), name))
            row.update({name: place for place, name in enumerate(column)})
    return columns


def _median(rows: list[int]) -> int:
    return sorted(rows)[len(rows) // 2] if rows else 0


def _corner(x: int, y: int, free: int) -> tuple[int, int]:
    """Where a box begins; a column with free places stands in the middle."""
    return MARGIN + x * (WIDTH + GAP_X), MARGIN + (2 * y + free) * (HEIGHT + GAP_Y) // 2


def _edge(start: tuple[int, int], end: tuple[int, int]) -> str:
    x1, y1 = start[0] + WIDTH, start[1] + HEIGHT // 2
    x2, y2 = end[0], end[1] + HEIGHT // 2
    bend = GAP_X // 2
    return f'<path d="M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}" fill="none" stroke="#8a94a0"/>'


def _box(node: Node, corner: tuple[int, int]) -> str:
    x, y = corner
    frame = "" if node.sure else ' stroke-dasharray="4 3"'
    return (
        f"<g><title>{escape(f'{node.name}: {node.label} ({node.detail})')}</title>"
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="{_FILLS[node.kind]}" '
        f'stroke="#33475b"{frame}/>'
        f'<text x="{x + 8}" y="{y + 18}" font-weight="600">{escape(_short(node.label))}</text>'
        f'<text x="{x + 8}" y="{y + 34}" fill="#555f6b">{escape(_short(node.detail))}</text></g>'
    )


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"

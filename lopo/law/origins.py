"""Why an answer differs from the one that was kept: the numbers and rules at which the two traces part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lopo.law.decision import FACT, PARAMETER, RULE, Decision, Step, plain, table_digest
from lopo.law.parameters import Entries, Tiers

Kept = Mapping[str, Any]
"""A step as it stands in a decision's JSON."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A number (`parameter`), a rule (`aturan`) or a fact that is other now; before and after are texts.

    before is empty for what is new, after for what is gone; source and status are those of today, or the old ones for
    what is gone.
    """

    kind: str
    name: str
    label: str
    before: str
    after: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """One step as it was kept and as it is now; one of them may be missing."""

    old: Kept | None
    new: Step | None

    @property
    def inputs(self) -> tuple[str, ...]:
        before = tuple(self.old["inputs"]) if self.old else ()
        return tuple(dict.fromkeys((*before, *(self.new.inputs if self.new else ()))))

    @property
    def kind(self) -> str:
        return self.new.kind if self.new else str(self.old["kind"]) if self.old else ""

    @property
    def differs(self) -> bool:
        if self.old is None or self.new is None:
            return True
        if isinstance(self.new.value, Tiers | Entries):
            digest = self.old.get("digest")
            same_text: bool = self.old["text"] == self.new.text()
            return not same_text if digest is None else bool(digest != table_digest(self.new.value))
        return bool(self.old["value"] != plain(self.new.value))

    @property
    def asks_others(self) -> bool:
        """Whether the step rests on other names than before."""
        return self.old is not None and self.new is not None and set(self.old["inputs"]) != set(self.new.inputs)


def origins(kept: Iterable[Kept], new: Decision, names: Iterable[str]) -> tuple[Origin, ...]:
    """From the named answers down along what differs, to the numbers, rules and facts where the difference begins.

    A rule is an origin when all that it rests on is as it was, or when it rests on other things now; a step that
    only passes a difference on is none. A name that neither trace has, and one that does not differ, gives nothing.
    """
    old = {str(step["name"]): step for step in kept}
    now = {step.name: step for step in new.steps}
    pairs = {name: _Pair(old.get(name), now.get(name)) for name in (*now, *old)}
    waiting, seen = list(names), set[str]()
    found: list[Origin] = []
    while waiting:
        name = waiting.pop(0)
        if name in seen or name not in pairs or not pairs[name].differs:
            continue
        seen.add(name)
        pair = pairs[name]
        below = [one for one in pair.inputs if pairs[one].differs and pairs[one].old and pairs[one].new]
        if pair.kind in {PARAMETER, FACT} or not below or pair.asks_others:
            found.append(_origin(name, pair))
        waiting.extend(below)
    return tuple(sorted(found, key=lambda one: (PARAMETER, RULE, FACT).index(one.kind)))


def _origin(name: str, pair: _Pair) -> Origin:
    before = str(pair.old["text"]) if pair.old else ""
    if pair.new is not None:
        step = pair.new
        return Origin(step.kind, name, step.label, before, step.text(), step.source, step.status)
    gone = pair.old or {}
    return Origin(gone["kind"], name, gone["label"], before, "", gone["source"], gone["status"])

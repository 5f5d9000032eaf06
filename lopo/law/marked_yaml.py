"""YAML whose every value remembers its file and line, so that a defect of the law text can be pointed at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from lopo.law.errors import LawDefect

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
"""The days that can be meant; another is a slip of the pen."""
_CONSTRUCTOR = yaml.constructor.SafeConstructor()


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a YAML file with the place where it stands."""

    node: yaml.Node
    place: str
    file: str

    def _child(self, node: yaml.Node) -> "Entry":
        return Entry(node, f"{self.file}:{node.start_mark.line + 1}", self.file)

    def mapping(self) -> dict[str, "Entry"]:
        """The named values; LawDefect when it is no mapping or a name stands twice."""
        if not isinstance(self.node, yaml.MappingNode):
            raise LawDefect(self.place, "names with values expected")
        found: dict[str, Entry] = {}
        for key, value in self.node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise LawDefect(self._child(key).place, "a plain name expected")
            name = str(key.value)
            if name in found:
                raise LawDefect(self._child(key).place, f"{name!r} stands twice")
            found[name] = self._child(value)
        return found

    def sequence(self) -> tuple["Entry", ...]:
        """The listed values; LawDefect when it is no list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise LawDefect(self.place, "a list expected")
        return tuple(self._child(node) for node in self.node.value)

    def only(self, names: Collection[str]) -> None:
        """LawDefect at the first name that is not among the given ones (a typing mistake)."""
        for name, value in self.mapping().items():
            if name not in names:
                raise LawDefect(value.place, f"unknown name {name!r}; known: {', '.join(sorted(names))}")

    def need(self, name: str) -> "Entry":
        """The value of that name; LawDefect when there is none."""
        found = self.mapping().get(name)
        if found is None:
            raise LawDefect(self.place, f"{name!r} is missing")
        return found

    def scalar(self) -> object:
        """The plain value as YAML reads it: text, whole number, bool or day."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise LawDefect(self.place, "a single value expected")
        try:
            value: object = _CONSTRUCTOR.construct_object(self.node)
        except (ValueError, yaml.YAMLError) as error:
            raise LawDefect(self.place, f"not a value: {self.node.value[:80]!r}") from error
        return value

    def text(self) -> str:
        """The value as text that is not empty."""
        value = self.scalar()
        if not isinstance(value, str) or not value.strip():
            raise LawDefect(self.place, f"text expected, not {value!r}")
        return " ".join(value.split())

    def number(self) -> int:
        """The value as a whole number."""
        value = self.scalar()
        if type(value) is not int:
            raise LawDefect(self.place, f"whole number expected, not {value!r}")
        return value

    def day(self) -> date:
        """The value as a day."""
        value = self.scalar()
        if type(value) is not date:
            raise LawDefect(self.place, f"a day such as 2015-07-01 expected, not {value!r}")
        if not FIRST_DAY <= value <= LAST_DAY:
            raise LawDefect(self.place, f"{value} lies outside of {FIRST_DAY} to {LAST_DAY}")
        return value

    def one_of(self, allowed: Collection[str]) -> str:
        """The value as one of the allowed words."""
        value = self.text()
        if value not in allowed:
            raise LawDefect(self.place, f"{value!r} is not one of {', '.join(allowed)}")
        return value


def read_marked(path: Path) -> Entry:
    """The top value of the file; LawDefect with the line when it is no YAML, no UTF-8, too deep or empty."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LawDefect(f"{path.name}:{line}", f"not YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise LawDefect(f"{path.name}:1", f"not YAML: {str(error).splitlines()[0]}") from error
    if node is None:
        raise LawDefect(f"{path.name}:1", "the file is empty")
    return Entry(node, f"{path.name}:{node.start_mark.line + 1}", path.name)

"""A reform of the law as a small YAML file of other numbers: the same engine runs law and reform side by side."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import ibis.expr.types as ir

from lopo.law.engine import Law, Targets
from lopo.law.errors import LawDefect
from lopo.law.marked_yaml import Entry, read_marked
from lopo.law.parameters import Parameter, Version, read_value, value_defect
from lopo.law.sources import Citation, Instrument

_FIELDS = {"name", "title", "changes"}
_CHANGE_FIELDS = {"from", "until", "value", "note"}
REFORMED = "_usulan"
"""What follows the name of a target in a table where law and reform stand side by side."""


@dataclass(frozen=True, slots=True)
class Change:
    """Another value of one parameter from a day on; until None means for good."""

    parameter: str
    version: Version


@dataclass(frozen=True, slots=True)
class Reform:
    """A named proposal: which numbers would be others, and from when."""

    name: str
    title: str
    changes: tuple[Change, ...]

    def applied_to(self, law: Law) -> Law:
        """The law with the other numbers, every one of them marked as assumed and as coming from the proposal."""
        parameters = dict(law.parameters)
        for change in self.changes:
            parameters[change.parameter] = _changed(parameters[change.parameter], change.version)
        first = min(change.version.first for change in self.changes)
        proposal = Instrument(self.name, self.title, None, first, (), "", "assumed", "a proposal, not law")
        return Law(law.book, parameters, {**law.instruments, self.name: proposal}, law.english)


def read_reform(path: Path, law: Law) -> Reform:
    """The reform in the file; LawDefect with file and line for what the law does not know or its ranges forbid.

    name: Usulan masa tunggu satu bulan
    title: What if the waiting period were one month
    changes:
      masa_tunggu_jkm_bulan: {from: 2025-01-01, value: 1}
    """
    entry = read_marked(path)
    entry.only(_FIELDS)
    name = entry.need("name").text()
    if name in law.instruments:
        raise LawDefect(entry.need("name").place, f"{name!r} is already the name of an instrument")
    changes = entry.need("changes")
    found = tuple(_change(key, item, name, law.parameters) for key, item in changes.mapping().items())
    if not found:
        raise LawDefect(changes.place, "no change is given")
    return Reform(name, entry.need("title").text(), found)


def _change(key: str, entry: Entry, name: str, parameters: Mapping[str, Parameter]) -> Change:
    parameter = parameters.get(key)
    if parameter is None:
        raise LawDefect(entry.place, f"unknown parameter {key!r}")
    entry.only(_CHANGE_FIELDS)
    fields = entry.mapping()
    value = read_value(entry.need("value"), parameter.kind)
    defect = value_defect(parameter, value)
    if defect:
        raise LawDefect(fields["value"].place, defect)
    last = fields["until"].day() if "until" in fields else None
    first = entry.need("from").day()
    if last is not None and last < first:
        raise LawDefect(fields["until"].place, "until lies before from")
    note = fields["note"].text() if "note" in fields else ""
    return Change(key, Version(first, last, value, (Citation(name, ""),), "assumed", note, entry.place))


def _changed(parameter: Parameter, version: Version) -> Parameter:
    """The parameter with the version laid over it: what it covers gives way, before and after it nothing changes."""
    kept: list[Version] = [version]
    for old in parameter.versions:
        if old.first < version.first:
            before = version.first - timedelta(days=1)
            kept.append(replace(old, last=before if old.last is None else min(old.last, before)))
        if version.last is not None and (old.last is None or old.last > version.last):
            kept.append(replace(old, first=max(old.first, version.last + timedelta(days=1))))
    return replace(parameter, versions=tuple(sorted(kept, key=lambda one: one.first)))


def side_by_side(laws: tuple[Law, Law], targets: Targets, table: ir.Table, on: date) -> ir.Table:
    """The table with each target by the law and, as `<target>_usulan`, by the reform, for all rows on one day.

    `alasan_kosong` says why a row has no answer; the reform asks for the same facts as the law.
    """
    names = (targets,) if isinstance(targets, str) else tuple(targets)
    law, reformed = laws
    judged = _renamed(reformed.compute(names, table, on), names)
    return law.compute(names, judged, on)


def _renamed(table: ir.Table, names: Collection[str]) -> ir.Table:
    return table.drop("alasan_kosong").rename({f"{name}{REFORMED}": name for name in names})

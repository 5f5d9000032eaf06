"""The numbers of the law by day: read from parameters/*.yaml, each with unit, range, article, status and first day."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from lopo.law.errors import LawDefect
from lopo.law.marked_yaml import Entry, read_marked
from lopo.law.sources import STATUSES, Citation, Instrument, cite

UNITS = {
    "Rp", "persen", "permil", "per 100.000", "hari", "hari kerja", "jam", "bulan", "tahun", "kali", "orang", "tanggal",
    "desil", "tingkat",
}  # fmt: skip
KINDS = ("number", "day", "tiers", "entries")
_FIELDS = {"label", "unit", "kind", "range", "days"}
_DAY_FIELDS = {"from", "until", "value", "source", "status", "note"}


@dataclass(frozen=True, slots=True)
class Tiers:
    """A ladder of values: each lower bound begins a row, and the highest row whose bound is reached counts."""

    bounds: tuple[int, ...]
    values: tuple[int, ...]

    def at(self, number: int) -> int:
        """The value of the highest row whose lower bound is not above the number."""
        place = bisect_right(self.bounds, number) - 1
        if place < 0:
            raise LookupError(f"{number} lies below the first row {self.bounds[0]}")
        return self.values[place]


@dataclass(frozen=True, slots=True)
class Entries:
    """A table of values by code, such as a body part and its percentage."""

    values: Mapping[str, int]

    def at(self, code: str) -> int:
        """The value of the code; KeyError when the table has no such code."""
        return self.values[code]


Value = int | date | Tiers | Entries


@dataclass(frozen=True, slots=True)
class Version:
    """What a parameter was from one day until another, and who says so."""

    first: date
    last: date | None
    value: Value
    citations: tuple[Citation, ...]
    status: str
    note: str
    place: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the law through time."""

    name: str
    label: str
    unit: str
    kind: str
    lowest: int | None
    highest: int | None
    versions: tuple[Version, ...]
    place: str

    def on(self, day: date) -> Version | None:
        """The version in force on the day, or None."""
        for version in self.versions:
            if version.first <= day and (version.last is None or day <= version.last):
                return version
        return None


def read_parameters(folder: Path, instruments: Mapping[str, Instrument]) -> dict[str, Parameter]:
    """All parameters of the folder's YAML files by name; LawDefect with file and line when something is wrong."""
    parameters: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, entry in read_marked(path).mapping().items():
            if name in parameters:
                raise LawDefect(entry.place, f"parameter {name!r} also stands at {parameters[name].place}")
            parameters[name] = _parameter(name, entry, instruments)
    return parameters


def _parameter(name: str, entry: Entry, instruments: Mapping[str, Instrument]) -> Parameter:
    entry.only(_FIELDS)
    kind = entry.mapping()["kind"].one_of(KINDS) if "kind" in entry.mapping() else "number"
    lowest, highest = _range(entry, kind)
    versions = _versions(entry.need("days"), kind, instruments)
    found = Parameter(
        name=name,
        label=entry.need("label").text(),
        unit=entry.need("unit").one_of(sorted(UNITS)),
        kind=kind,
        lowest=lowest,
        highest=highest,
        versions=versions,
        place=entry.place,
    )
    if (found.unit == "tanggal") != (kind == "day"):
        raise LawDefect(entry.need("unit").place, f"unit {found.unit!r} does not fit kind {kind!r}")
    _check_range(found)
    return found


def _range(entry: Entry, kind: str) -> tuple[int | None, int | None]:
    if kind == "day":
        return None, None
    ends = [item.number() for item in entry.need("range").sequence()]
    if len(ends) != 2 or ends[0] > ends[1]:
        raise LawDefect(entry.need("range").place, "range must be [lowest, highest]")
    return ends[0], ends[1]


def _check_range(parameter: Parameter) -> None:
    for version in parameter.versions:
        defect = value_defect(parameter, version.value)
        if defect:
            raise LawDefect(version.place, defect)


def value_defect(parameter: Parameter, value: Value) -> str:
    """What is wrong with the value by the parameter's range; empty when nothing is."""
    if parameter.lowest is None or parameter.highest is None:
        return ""
    wrong = [number for number in numbers_in(value) if not parameter.lowest <= number <= parameter.highest]
    return f"{wrong[0]} lies outside of the range [{parameter.lowest}, {parameter.highest}]" if wrong else ""


def numbers_in(value: Value) -> tuple[int, ...]:
    """All whole numbers that the value can yield."""
    if isinstance(value, Tiers):
        return value.values
    if isinstance(value, Entries):
        return tuple(value.values.values())
    return (value,) if isinstance(value, int) else ()


def _versions(entry: Entry, kind: str, instruments: Mapping[str, Instrument]) -> tuple[Version, ...]:
    items = entry.sequence()
    if not items:
        raise LawDefect(entry.place, "no day is given")
    given = [_version(item, kind, instruments) for item in items]
    closed: list[Version] = []
    for version, following in zip(given, [*given[1:], None], strict=True):
        last = version.last
        if following is not None:
            if following.first <= version.first or (last is not None and following.first <= last):
                raise LawDefect(following.place, f"days overlap: {following.first} does not follow {version.first}")
            last = last or following.first - timedelta(days=1)
        closed.append(
            Version(version.first, last, version.value, version.citations, version.status, version.note, version.place)
        )
    return tuple(closed)


def _version(entry: Entry, kind: str, instruments: Mapping[str, Instrument]) -> Version:
    entry.only(_DAY_FIELDS)
    fields = entry.mapping()
    first = entry.need("from").day()
    last = fields["until"].day() if "until" in fields else None
    if last is not None and last < first:
        raise LawDefect(fields["until"].place, "until lies before from")
    source = entry.need("source")
    return Version(
        first=first,
        last=last,
        value=read_value(entry.need("value"), kind),
        citations=cite(source.text(), instruments, source.place),
        status=entry.need("status").one_of(STATUSES),
        note=fields["note"].text() if "note" in fields else "",
        place=entry.place,
    )


def read_value(entry: Entry, kind: str) -> Value:
    """The value of that kind (number, day, tiers, entries); LawDefect with file and line when it is none."""
    if kind == "number":
        return entry.number()
    if kind == "day":
        return entry.day()
    rows = entry.mapping()
    if not rows:
        raise LawDefect(entry.place, "the table is empty")
    if kind == "entries":
        return Entries({code: row.number() for code, row in rows.items()})
    bounds = tuple(_bound(key, row) for key, row in rows.items())
    if list(bounds) != sorted(set(bounds)):
        raise LawDefect(entry.place, "the lower bounds must rise")
    return Tiers(bounds, tuple(row.number() for row in rows.values()))


def _bound(key: str, row: Entry) -> int:
    digits = key.replace("_", "")
    if not digits.isdecimal():
        raise LawDefect(row.place, f"lower bound {key!r} is no whole number")
    return int(digits)

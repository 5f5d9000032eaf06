"""The instruments of the law: read from sources.yaml, cited by rules and parameters."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lopo.law.errors import LawDefect
from lopo.law.marked_yaml import Entry, read_marked

_FIELDS = {"title", "set", "in_force", "changed_by", "repealed_by", "status", "note"}
STATUSES = ("read", "reported", "assumed")
"""read: the text itself was read; reported: others say so; assumed: our own reading, to be confirmed by a lawyer."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One law, regulation or decree: its short name, title, days, and what changed it."""

    name: str
    title: str
    set_on: date | None
    in_force: date
    changed_by: tuple[str, ...]
    repealed_by: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Citation:
    """An instrument and the article in it: PP 44/2015, Pasal 42."""

    instrument: str
    article: str

    def __str__(self) -> str:
        return f"{self.instrument} {self.article}".strip()


def read_instruments(path: Path) -> dict[str, Instrument]:
    """The instruments in the file by their short name; LawDefect with file and line when something is wrong."""
    instruments = {name: _instrument(name, entry) for name, entry in read_marked(path).mapping().items()}
    for name, entry in read_marked(path).mapping().items():
        for other in (*instruments[name].changed_by, instruments[name].repealed_by):
            if other and other not in instruments:
                raise LawDefect(entry.place, f"unknown instrument {other!r}")
    return instruments


def _instrument(name: str, entry: Entry) -> Instrument:
    fields = entry.mapping()
    entry.only(_FIELDS)
    changed = fields["changed_by"].sequence() if "changed_by" in fields else ()
    return Instrument(
        name=name,
        title=entry.need("title").text(),
        set_on=fields["set"].day() if "set" in fields else None,
        in_force=entry.need("in_force").day(),
        changed_by=tuple(item.text() for item in changed),
        repealed_by=fields["repealed_by"].text() if "repealed_by" in fields else "",
        status=entry.need("status").one_of(STATUSES),
        note=fields["note"].text() if "note" in fields else "",
    )


def read_english(path: Path, names: Collection[str]) -> dict[str, str]:
    """Labels in English by the name of a fact, a parameter or a rule; none without the file.

    LawDefect with file and line for a name that the law does not know.
    """
    if not path.exists():
        return {}
    found = read_marked(path)
    found.only(names)
    return {name: entry.text() for name, entry in found.mapping().items()}


def cite(text: str, instruments: Mapping[str, Instrument], place: str) -> tuple[Citation, ...]:
    """`PP 44/2015 Pasal 34; PP 82/2019 Lampiran III` as citations; LawDefect for an instrument that is not listed."""
    return tuple(_citation(part.strip(), instruments, place) for part in text.split(";"))


def _citation(text: str, instruments: Mapping[str, Instrument], place: str) -> Citation:
    found = [name for name in instruments if text == name or text.startswith(name + " ")]
    if not found:
        raise LawDefect(place, f"unknown instrument in source {text!r}")
    name = max(found, key=len)
    return Citation(name, text[len(name) :].strip())

"""The law over arrays in memory, for simulation: the same trees as in tables, in blocks of whole numbers by numpy."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from lopo.law.array_words import Array, Block, text_numbers, worked_out
from lopo.law.book import Fact
from lopo.law.editions import EditionLaw, Plan
from lopo.law.engine import Law, Targets
from lopo.law.errors import MissingFact, NoLawYet, OutOfRange, UnknownTarget, WrongType
from lopo.law.marked_yaml import FIRST_DAY, LAST_DAY
from lopo.law.together import Run, Together, by_day, on_one_day

ROWS, WORKERS = 16_384, 2
"""Rows in a block, few enough to stay in the cache of a core; and how many blocks are worked out at once."""
_FIRST, _LAST = (np.datetime64(day, "D").view(np.int64) for day in (FIRST_DAY, LAST_DAY))
_KINDS = {int: "iu", bool: "b", str: "iuU", date: "M"}
Columns = Mapping[str, npt.NDArray[np.generic]]


@dataclass(frozen=True)
class Simulated:
    """For each target whole numbers or yes and no, where it is known, and why a row lacks an answer (else None).

    Days are counted from 1970-01-01; a text is its number in `texts`. Where `known` is false the value means nothing.
    """

    values: Mapping[str, Array]
    known: Mapping[str, Array]
    faults: npt.NDArray[np.object_]
    texts: Mapping[str, int]


@dataclass(frozen=True)
class _Given:
    """The facts as arrays that rules can read, and the day of each row.

    Only facts that are unknown somewhere stand in unknown, only those that are unsound somewhere in sound.
    """

    law: Together
    texts: Mapping[str, int]
    values: Mapping[str, Array]
    unknown: Mapping[str, Array]
    sound: Mapping[str, Array]
    day: Array | None
    no_day: Array | None


def simulate(law: Law, targets: Targets, columns: Columns, on: date | str) -> Simulated:
    """The targets for all rows, by the law of one day or by each row's own day in the column of that name.

    Facts are arrays of their own names: whole numbers, bool, datetime64, and text or the numbers of texts; what is
    masked (numpy.ma) or NaT is unknown. MissingFact, WrongType and UnknownTarget as in Law.compute_by_day.
    """
    names = (targets,) if isinstance(targets, str) else tuple(targets)
    together = _law(law, names, on)
    given = _given(together, columns, on if isinstance(on, str) else None)
    rows = len(next(iter(columns.values())))
    kinds = {target: _kind(together, target) for target in names}
    values = {target: np.zeros(rows, dtype=bool if kinds[target] == "bool" else np.int64) for target in names}
    known = {target: np.zeros(rows, dtype=bool) for target in names}

    def work(start: int) -> None:
        part = slice(start, min(start + ROWS, rows))
        block = _block(given, part)
        for layer in together.layers:
            for name, runs in layer.items():
                block.values[name] = worked_out(runs, block)
        for target in names:
            values[target][part] = block.values[target]
            known[target][part] = _known(given, target, part)

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(0, rows, ROWS)))
    return Simulated(values, known, _faults(given, rows), given.texts)


def _law(law: Law, names: tuple[str, ...], on: date | str) -> Together:
    if not isinstance(on, str):
        edition = law.law_on(on)
        return on_one_day(edition, edition.plan(names))
    laws = [edition for edition in law.laws if all(name in edition.rules for name in names)]
    if not laws:
        raise UnknownTarget(f"no edition has all of {', '.join(names)}", *names)
    return by_day([(edition, edition.plan(names)) for edition in laws])


def _kind(law: Together, target: str) -> str:
    return next(run.what.rule.kind for layer in law.layers for run in layer.get(target, ()) if run.what)


def _given(law: Together, columns: Columns, day: str | None) -> _Given:
    wanted = [*(fact.name for fact in law.facts), *([day] if day else [])]
    absent = [name for name in wanted if name not in columns]
    if absent or not columns:
        raise MissingFact(f"there is no array {', '.join(absent)}", *absent)
    if day and columns[day].dtype.kind != "M":
        raise WrongType(f"array {day} must be days, not {columns[day].dtype}", day)
    texts = text_numbers(law)
    values, unknown, sound = {}, {}, {}
    for fact in law.facts:
        values[fact.name], missing = _plain(fact, columns[fact.name], texts)
        if missing.any():
            unknown[fact.name] = missing
        inside = _inside(law, fact, values[fact.name], columns[day] if day else None, texts)
        if missing.any() or not inside.all():
            safe = fact.minimum if fact.kind is int else 0
            inside = inside & ~missing
            values[fact.name] = np.where(inside, values[fact.name], safe).astype(values[fact.name].dtype)
            sound[fact.name] = inside | missing if fact.optional else inside
    days = columns[day].astype("M8[D]") if day else None
    no_day = np.isnat(days) | np.ma.getmaskarray(columns[day]) if days is not None and day else None
    return _Given(law, texts, values, unknown, sound, None if days is None else _numbers(days), no_day)


def _numbers(days: npt.NDArray[np.generic]) -> Array:
    return np.ma.getdata(days).astype("M8[D]").view(np.int64)


def _plain(fact: Fact, column: npt.NDArray[np.generic], texts: Mapping[str, int]) -> tuple[Array, Array]:
    """The array as the rules read it, and where it is unknown."""
    if column.dtype.kind not in _KINDS[fact.kind] or (column.dtype.kind == "u" and column.dtype.itemsize == 8):
        raise WrongType(f"array {fact.name} must be {fact.kind_name}, not {column.dtype}", fact.name)
    data, missing = np.ma.getdata(column), np.atleast_1d(np.ma.getmask(column))
    if data.dtype.kind == "M":
        return _numbers(data), missing | np.isnat(data)
    if data.dtype.kind == "U":
        names = np.array(list(texts))
        place = np.searchsorted(names, data).clip(max=len(names) - 1)
        return np.where(names[place] == data, place, -1).astype(np.int64), missing
    return data if fact.kind is bool else data.astype(np.int64, copy=False), missing


def _inside(
    law: Together, fact: Fact, column: Array, day: npt.NDArray[np.generic] | None, texts: Mapping[str, int]
) -> Array:
    """Whether the value is in range or one of the codes of its day."""
    if fact.kind is bool:
        return np.ones(1, dtype=bool)
    if fact.kind is not str:
        low, high = (fact.minimum, fact.maximum) if fact.kind is int else (_FIRST, _LAST)
        within = len(column) > 0 and low <= column.min() and column.max() <= high
        return np.ones(1, dtype=bool) if within else (column >= low) & (column <= high)

    def codes(edition: EditionLaw, _: Plan) -> frozenset[str]:
        return edition.choices(fact)

    runs = law.runs(codes)
    found = [np.isin(column, [texts[code] for code in run.what]) for run in runs]
    days = None if day is None else _numbers(day)
    return _chosen(runs, found, days)


def _chosen(runs: Sequence[Run[frozenset[str]]], found: Sequence[Array], day: Array | None) -> Array:
    answer = found[0]
    for run, other in zip(runs[1:], found[1:], strict=True):
        answer = np.where(day >= np.datetime64(run.first, "D").view(np.int64), other, answer)  # type: ignore[operator]
    return answer


def _block(given: _Given, part: slice) -> Block:
    values = {name: column[part] for name, column in given.values.items()}
    known = dict.fromkeys(values, np.ones(1, dtype=bool)) | {
        name: ~column[part] for name, column in given.unknown.items()
    }
    return Block(values, known, None if given.day is None else given.day[part], given.texts)


def _days(runs: Sequence[Run[bool]], day: Array) -> Array:
    """Whether it is so on the day of each row."""
    answer = np.full(len(day), runs[0].what)
    for run in runs[1:]:
        answer[day >= np.datetime64(run.first, "D").view(np.int64)] = run.what
    return answer


def _known(given: _Given, target: str, part: slice) -> Array:
    """Where there is law and all that the target needs is sound."""
    runs = given.law.needs(target)
    answer = _all_sound(given, runs[0].what, part)
    for run in runs[1:]:
        since = given.day[part] >= np.datetime64(run.first, "D").view(np.int64)  # type: ignore[index]
        answer = np.where(since, _all_sound(given, run.what, part), answer)
    return answer & _lawful(given, part)


def _all_sound(given: _Given, names: Sequence[str], part: slice) -> Array:
    found = [given.sound[name][part] for name in names if name in given.sound]
    return np.asarray(np.logical_and.reduce(found)) if found else np.ones(1, dtype=bool)


def _lawful(given: _Given, part: slice) -> Array:
    if given.day is None or given.no_day is None:
        return np.ones(1, dtype=bool)
    return _days(given.law.lawful, given.day[part]) & ~given.no_day[part]


def _faults(given: _Given, rows: int) -> npt.NDArray[np.object_]:
    """The words for what is unsound, in the order of the facts, only where there is something to say."""
    faults = np.empty(rows, dtype=object)
    for fact in given.law.facts:
        if fact.name not in given.sound:
            continue
        wrong = ~given.sound[fact.name]
        if given.day is not None:
            wrong &= _days(_needed(given.law, fact), given.day)
        missing = given.unknown.get(fact.name, np.zeros(1, dtype=bool))
        for code, where in ((MissingFact.code, wrong & missing), (OutOfRange.code, wrong & ~missing)):
            for row in np.flatnonzero(where):
                faults[row] = f"{faults[row]} {code}:{fact.name}" if faults[row] else f"{code}:{fact.name}"
    if given.day is not None:
        faults[~_lawful(given, slice(None))] = NoLawYet.code
    return faults


def _needed(law: Together, fact: Fact) -> tuple[Run[bool], ...]:
    return law.runs(lambda _, plan: fact in plan.facts)

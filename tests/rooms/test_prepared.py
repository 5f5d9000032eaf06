"""Registers are made ready once for a day and the registers in force, and give the same verdicts as when made anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from lopo.jobs import prepared
from lopo.jobs.engine import Engine, open_engine
from lopo.jobs.screening import registers_in_force
from lopo.targeting.batch.registers import Registers
from lopo.targeting.models import Verdict
from tests.cast import Cast
from tests.rooms import doubt_stage, pile

TOLD = ("row_id", "verdict", "reasons", "nik_matched", "same_as_id", "area_code", "decile", "evidence")


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    prepared.forget()
    yield
    prepared.forget()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days for which registers were made ready since."""
    asked: list[date] = []
    made = prepared.prepare

    def noted(*given: object) -> object:
        asked.append(given[1])  # type: ignore[arg-type]
        return made(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(prepared, "prepare", noted)
    return asked


def told(screening_id: int) -> list[tuple[object, ...]]:
    return list(Verdict.objects.filter(screening_id=screening_id).order_by("row_id").values_list(*TOLD))


def test_a_second_screening_takes_what_is_held_and_gives_the_same_verdicts(cast: Cast, opened: list[date]) -> None:
    programme = doubt_stage.ready(cast)
    assert len(opened) == 1
    held = doubt_stage.screen(cast, programme)
    assert len(opened) == 1
    prepared.forget()
    anew = doubt_stage.screen(cast, programme)
    assert len(opened) == 2
    assert told(held.screening_id) == told(anew.screening_id) != []


def test_other_registers_and_another_day_are_made_ready_anew(cast: Cast, opened: list[date]) -> None:
    pile.registers(cast, pile.neighbours(6))
    more = pile.neighbours(9)
    with open_engine() as engine:
        assert _niks(engine, pile.DAY) == _niks(engine, pile.DAY)
        _niks(engine, pile.REGISTERED)
        assert opened == [pile.DAY, pile.REGISTERED]
        pile.registers_more(cast, more)
        assert _niks(engine, pile.REGISTERED) == {one.nik for one in more}
    assert opened == [pile.DAY, pile.REGISTERED, pile.REGISTERED]


def test_what_changes_meanwhile_or_is_too_much_is_never_held(
    cast: Cast, opened: list[date], monkeypatch: pytest.MonkeyPatch
) -> None:
    pile.registers(cast, pile.neighbours(6))

    def changing(engine: Engine) -> Registers:
        found = registers_in_force(engine)
        pile.registers_more(cast, pile.neighbours(9))
        return found

    with open_engine() as engine:
        prepared.checked_registers(engine, pile.DAY, changing)
        _niks(engine, pile.DAY)
        prepared.forget()
        monkeypatch.setattr(prepared, "MOST", 8)
        _niks(engine, pile.DAY)
        _niks(engine, pile.DAY)
    assert len(opened) == 4


def _niks(engine: Engine, on: date) -> set[str]:
    return set(engine.rows(prepared.checked_registers(engine, on, registers_in_force).persons)["nik"].to_pylist())

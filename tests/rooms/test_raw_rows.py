"""What is kept of a row is what came, whatever its cells hold: the quick way to JSON and the careful one agree."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from lopo.people.loading import storable
from lopo.targeting.actions.lists import row_values
from lopo.targeting.batch.lists import Fields, ParsedList, ParsedSheet, Row

CELLS = st.lists(st.text(), max_size=6).map(tuple)


@given(cells=CELLS, nik=st.text(), name=st.text(), number=st.booleans())
@example(cells=(), nik="", name="", number=False)
@example(cells=('","', "\\"), nik='"', name="O'Neil \\u0000 \x00", number=False)
@example(cells=("\ud800", "\x00", "\x1f\x7f"), nik="\udfff", name="\u200e", number=True)
def test_a_row_is_kept_as_it_came(cells: tuple[str, ...], nik: str, name: str, number: bool) -> None:
    row = Row(3, "calon", cells, Fields(nik=nik, nama=name, nik_from_number=number))
    parsed = ParsedList("a.csv", "0" * 64, (ParsedSheet("", 1, (), (row,)),))
    [(_, _, line, kind, raw, nik_kept, name_kept, fields)] = row_values(7, parsed)
    assert (line, kind, nik_kept, name_kept) == (3, "calon", storable(nik, 64), storable(name, 200))
    assert json.loads(str(raw)) == [storable(cell) for cell in cells]
    said = {"nik": storable(nik), "nik_from_number": number, "nama": storable(name)}
    assert json.loads(str(fields)) == {key: value for key, value in said.items() if value}
    str(raw).encode()
    assert "\\u0000" not in str(raw).replace("\\\\", "")


@given(text=st.text(), longest=st.integers(min_value=1, max_value=5))
def test_what_is_stored_holds_nothing_that_the_database_refuses(text: str, longest: int) -> None:
    kept = storable(text, longest)
    assert "\x00" not in kept
    assert len(kept) <= longest
    kept.encode()
    if text.isprintable():
        assert kept == text[:longest]

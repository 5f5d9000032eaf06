"""The DuckDB engine: what it writes to disk is its own, and gone when it is closed."""

from __future__ import annotations

from pathlib import Path

import ibis

from lopo.jobs.engine import open_engine


def test_two_engines_spill_into_folders_of_their_own_that_are_gone_at_the_end() -> None:
    with open_engine() as one, open_engine() as two:
        folders = [
            Path(str(engine.backend.raw_sql("select current_setting('temp_directory')").fetchone()[0]))
            for engine in (one, two)
        ]
        assert len(set(folders)) == 2
        assert all(folder.is_dir() for folder in folders)
    assert not any(folder.exists() for folder in folders)


def test_a_step_is_dropped_once_nothing_speaks_of_it_and_not_before() -> None:
    with open_engine() as engine:
        first = engine.keep(ibis.memtable({"a": [1, 2]}))
        second = first.mutate(b=first.a + 1)
        name = first.op().name
        del first
        third = engine.keep(second.filter(second.b > 2))
        assert name in engine.backend.list_tables()
        del second
        assert engine.rows(third)["a"].to_pylist() == [2]
        assert name not in engine.backend.list_tables()
        assert engine.rows(third.mutate(c=third.a * 2))["c"].to_pylist() == [4]

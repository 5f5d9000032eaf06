"""The DuckDB engine: what it writes to disk is its own, and gone when it is closed."""

from __future__ import annotations

from pathlib import Path

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

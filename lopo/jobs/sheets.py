"""Opening the files of a pile of lists: bytes to sheets, whatever the encoding, with errors as values."""

from pathlib import Path

from lopo.targeting.batch.lists import ParsedList


def parse_list(name: str, content: bytes) -> ParsedList:
    """Open and understand one file; never raises for bad content, see ParsedList.problems."""
    raise NotImplementedError


def read_lists(folder: Path) -> tuple[ParsedList, ...]:
    """All files under `folder` (xlsx, xls, ods, csv; posix names relative to it, sorted)."""
    raise NotImplementedError

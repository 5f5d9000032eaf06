"""From lists that were read to the one table of candidates that the screening works on."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from lopo.targeting.batch.lists import Fields, ParsedList, ParsedSheet, Row
from lopo.targeting.batch.screen import CANDIDATE_COLUMNS

_OF_FIELDS = tuple(name for name in CANDIDATE_COLUMNS if name in Fields._fields)
_KINDS = {"string": pa.string(), "int64": pa.int64(), "boolean": pa.bool_()}
SCHEMA = pa.schema([(name, _KINDS[kind]) for name, kind in CANDIDATE_COLUMNS.items()])


def candidate_table(lists: Iterable[ParsedList]) -> pa.Table:
    """All candidate rows of the lists with CANDIDATE_COLUMNS, in the order of the lists."""
    columns: dict[str, list[object]] = {name: [] for name in CANDIDATE_COLUMNS}
    for file, sheet, row, fields in _candidates(lists):
        columns["file"].append(file)
        columns["sheet"].append(sheet.sheet)
        columns["line"].append(row.line)
        columns["kelurahan_hint"].append(sheet.kelurahan_hint)
        for name in _OF_FIELDS:
            columns[name].append(getattr(fields, name))
    return pa.table(columns, schema=SCHEMA)


def _candidates(lists: Iterable[ParsedList]) -> Iterator[tuple[str, ParsedSheet, Row, Fields]]:
    for one in lists:
        for sheet in one.sheets:
            for row in sheet.rows:
                if row.fields is not None:
                    yield one.file, sheet, row, row.fields

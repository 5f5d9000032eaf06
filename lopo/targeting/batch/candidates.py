"""From lists that were read to the one table of candidates that the screening works on."""

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from lopo.targeting.batch.lists import Fields, ParsedList, ParsedSheet
from lopo.targeting.batch.screen import CANDIDATE_COLUMNS

_OF_FIELDS = tuple(name for name in CANDIDATE_COLUMNS if name in Fields._fields)
_KINDS = {"string": pa.string(), "int64": pa.int64(), "boolean": pa.bool_()}
SCHEMA = pa.schema([(name, _KINDS[kind]) for name, kind in CANDIDATE_COLUMNS.items()])


TOGETHER = 100_000
"""So many candidates, or a few more, are one part."""


def candidate_table(lists: Iterable[ParsedList]) -> pa.Table:
    """All candidate rows of the lists with CANDIDATE_COLUMNS, in the order of the lists.

    `lists` may be read while they are taken: of each only its candidates stay.
    """
    return pa.concat_tables([SCHEMA.empty_table(), *candidate_parts(lists)])


def candidate_parts(lists: Iterable[ParsedList]) -> Iterator[pa.Table]:
    """The same in parts of about TOGETHER rows: of lists without end no more than one part is held."""
    held: list[pa.Table] = []
    for one in lists:
        held.extend(_of_sheet(one.file, sheet) for sheet in one.sheets)
        if sum(table.num_rows for table in held) >= TOGETHER:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _of_sheet(file: str, sheet: ParsedSheet) -> pa.Table:
    """The candidates of one sheet."""
    found = [(row.line, row.fields) for row in sheet.rows if row.fields is not None]
    cells = dict(zip(Fields._fields, zip(*(fields for _line, fields in found), strict=True), strict=False))
    same = {"file": file, "sheet": sheet.sheet, "kelurahan_hint": sheet.kelurahan_hint}
    columns: dict[str, Sequence[object]] = {
        "line": [line for line, _fields in found],
        **{name: [text] * len(found) for name, text in same.items()},
        **{name: cells.get(name, ()) for name in _OF_FIELDS},
    }
    return pa.table({name: columns[name] for name in CANDIDATE_COLUMNS}, schema=SCHEMA)

"""Receives proposal lists: the file as it came, every row with its raw cells, and what the reader understood."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.db import connection, transaction

from lopo.basics.refusal import Impossible, Refused
from lopo.people.loading import copy_in, refresh_statistics, send_bytes, storable
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import areas_where, require
from lopo.targeting.batch.lists import Fields, ParsedList, ParsedSheet, Row
from lopo.targeting.models import Programme, ProposalList, SourceFile
from lopo.targeting.senders import Sender, sender_of

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_PARTED: Final = '","'  # between the cells of a row that need no escaping
_KEYS: Final = tuple(f'"{name}":"' for name in Fields._fields)
_MOST_PROBLEMS: Final = 500  # kept beside the list; every broken row keeps its own reason as well
_MOST_COLUMNS: Final = 300  # columns without a meaning that are kept by name; their cells are kept with every row
_MANY_ROWS: Final = 10_000
_KEEP: Final = """
INSERT INTO targeting_sourcefile (sha256, name, content, size, received_by_id) VALUES (%s, %s, %b, %s, %s)
ON CONFLICT DO NOTHING
"""
ROW_COLUMNS: Final = ("list_id", "sheet", "line", "kind", "raw", "nik_given", "name", "fields")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A list that has come: for which programme, its file name, its bytes, how it was read, who sent it.

    Without `sender` the path of the file and its title say who it was.
    """

    programme_id: int
    file: str
    content: bytes
    parsed: ParsedList
    sender: Sender | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A list that is kept, with its counts (rows = candidates + unreadable + other); `new` False: it was known."""

    list_id: int
    file: str
    new: bool
    rows: int
    candidates: int
    unreadable: int
    other: int
    problems: int


def keep_source(*, by: Officer, on: date, name: str, content: bytes) -> str:
    """Keep a file that was sent in, before it is read; give its sha256. Needs `lists.receive`. Refused: no bytes."""
    require(by, "lists.receive", on=on)
    if not content:
        raise Refused("berkas_kosong", f"Berkas {name} kosong; tidak ada yang disimpan.")
    with transaction.atomic():
        digest = keep_file(by, name, content)
        deed = Deed(
            "keep_source", "targeting.source", digest, after={"name": storable(name, 300), "size": len(content)}
        )
        record(by=by, on=on, deed=deed)
    return digest


def receive_list(*, by: Officer, on: date, arrival: Arrival) -> Received:
    """Keep a list with all its rows; needs `lists.receive` in the sender's area. All or nothing, in one transaction.

    The same file again for the same programme changes nothing and gives the list that is there (`new` False).
    Refused: a file of which nothing could be read, a programme that is not there, a sender of another area.
    """
    if not arrival.parsed.sheets:
        problem = arrival.parsed.problems[0]
        raise Refused(problem.code, f"{arrival.file}: {problem.sentence}")
    digest = hashlib.sha256(arrival.content).hexdigest()
    if digest != arrival.parsed.sha256:
        raise Impossible(f"{arrival.file} was read from other bytes than those that came")
    programme = Programme.objects.filter(pk=arrival.programme_id).first()
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    sender = arrival.sender or _sender(by, on, arrival, programme)
    require(by, "lists.receive", on=on, area_code=sender.area_code)
    with transaction.atomic():
        one_at_a_time(programme.id, digest)
        known = ProposalList.objects.filter(programme=programme, source_id=digest, in_force=True).first()
        if known is not None:
            return told(known, new=False)
        keep_file(by, arrival.file, arrival.content)
        made = _store(_make_list(on, programme, sender, arrival), arrival)
        done = told(made, new=True)
        after = {"programme": programme.code, "sender": sender.name, **asdict(done)}
        record(by=by, on=on, deed=Deed("receive_list", "targeting.list", made.id, after=after))
    return done


def store_list(on: date, arrival: Arrival, old: ProposalList) -> ProposalList:
    """Store a list in the caller's transaction that reads the file of an old one again, for the same sender."""
    made = _make_list(on, old.programme, Sender(old.sender_kind, old.sender, old.area_code), arrival, old)
    return _store(made, arrival)


def _store(made: ProposalList, arrival: Arrival) -> ProposalList:
    stored = copy_in("targeting_proposalrow", ROW_COLUMNS, row_values(made.id, arrival.parsed))
    _check_count(made, stored)
    if stored > _MANY_ROWS:
        refresh_statistics("targeting_proposalrow")
    return made


def _sender(by: Officer, on: date, arrival: Arrival, programme: Programme) -> Sender:
    """Who the path and the sheet say it was; where they name no area, an officer of one kelurahan sends for it."""
    hint = next((sheet.kelurahan_hint for sheet in arrival.parsed.sheets if sheet.kelurahan_hint), "")
    said = sender_of(arrival.file, hint=hint, area_code=programme.area_code)
    own = areas_where(by.id, "lists.receive", on=on)
    if said.area_code == programme.area_code and len(own) == 1 and own[0].startswith(f"{programme.area_code}."):
        return sender_of(f"{said.kind}/{arrival.file}", hint=own[0], area_code=own[0])
    return said


def one_at_a_time(programme_id: int, thing: str) -> None:
    """Let one transaction at a time receive this file (or change this thing) for this programme."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"list:{programme_id}:{thing}"])


def keep_file(by: Officer, name: str, content: bytes) -> str:
    """Keep the bytes of a file in the caller's transaction and give their sha256."""
    digest = hashlib.sha256(content).hexdigest()
    if not SourceFile.objects.filter(pk=digest).exists():
        send_bytes(_KEEP, [digest, storable(name, 300), content, len(content), by.id])
    return digest


def _make_list(
    on: date, programme: Programme, sender: Sender, arrival: Arrival, reads_again: ProposalList | None = None
) -> ProposalList:
    parsed = arrival.parsed
    candidates, unreadable = parsed.count("calon"), parsed.count("rusak")
    total = sum(len(sheet.rows) for sheet in parsed.sheets)
    return ProposalList.objects.create(
        programme=programme,
        source_id=parsed.sha256,
        file=storable(arrival.file, 300),
        sender_kind=sender.kind,
        sender=storable(sender.name, 200),
        area_code=sender.area_code,
        received_on=on,
        understood=[_understood(sheet) for sheet in parsed.sheets],
        problems=problems_kept(parsed),
        rows_read=total,
        candidates=candidates,
        unreadable=unreadable,
        other_rows=total - candidates - unreadable,
        reads_again=reads_again,
    )


def _understood(sheet: ParsedSheet) -> dict[str, Any]:
    """What the reader understood of one sheet, for the page that shows it."""
    kinds: dict[str, int] = {}
    for row in sheet.rows:
        kinds[row.kind] = kinds.get(row.kind, 0) + 1
    return {
        "sheet": storable(sheet.sheet, 100),
        "header_line": sheet.header_line,
        "layout": storable(sheet.layout),
        "title": storable(sheet.title),
        "kelurahan": sheet.kelurahan_hint,
        "columns": [
            {"header": storable(column.header), "meanings": list(column.meanings), "position": column.position}
            for column in sheet.columns
            if column.meanings or column.position < _MOST_COLUMNS
        ],
        "unplaced": [storable(column.header) for column in sheet.unplaced[:_MOST_COLUMNS]],
        "kinds": kinds,
        "reading": sheet.reading_id,
    }


def problems_kept(parsed: ParsedList) -> list[dict[str, Any]]:
    """The problems of a list, the broken rows among them only up to a number; how many more there are is said."""
    found = [
        {"code": p.code, "sentence": storable(p.sentence), "sheet": storable(p.sheet), "line": p.line,
         "column": storable(p.column or "")}
        for p in parsed.problems[:_MOST_PROBLEMS]
    ]  # fmt: skip
    if (more := len(parsed.problems) - len(found)) > 0:
        sentence = f"Masih ada {more} masalah lain; lihat baris yang tidak terbaca."
        found.append({"code": "masalah_lain", "sentence": sentence, "sheet": "", "line": None, "column": ""})
    return found


def row_values(list_id: int, parsed: ParsedList) -> Iterator[tuple[object, ...]]:
    """Give the rows of a list as tuples in the order of ROW_COLUMNS."""
    for sheet in parsed.sheets:
        name = storable(sheet.sheet, 100)
        for row in sheet.rows:
            line, kind, cells, said, _ = row
            raw = f'["{_PARTED.join(cells)}"]' if cells and _is_plain("".join(cells)) else _json(cells)
            nik, person = (storable(said.nik, 64), storable(said.nama, 200)) if said else ("", "")
            yield list_id, name, line, kind, raw, nik, person, _fields_json(row)


def _is_plain(text: str) -> bool:
    """Whether text stands in JSON as it is: no quote, no backslash, no control sign, no half of a pair."""
    return '"' not in text and "\\" not in text and text.isprintable()


def _fields_json(row: Row) -> str:
    """The JSON of the cells by meaning that are not empty; of a broken row why it is broken."""
    said = row.fields
    if said is None:
        return _json({"alasan": row.reason}) if row.reason else "{}"
    if said.nik_from_number or not _is_plain("".join(filter(None, said))):  # type: ignore[arg-type]  # all are text
        return _json({name: value for name, value in zip(Fields._fields, said, strict=True) if value})
    return "{" + ",".join([f'{key}{value}"' for key, value in zip(_KEYS, said, strict=True) if value]) + "}"


def _json(value: object) -> str:
    """The JSON of a row, with what the database cannot hold replaced."""
    text = _ENCODE(value)
    if "\\u0000" not in text and (text.isascii() or _is_sound(text)):
        return text
    return _ENCODE(_storable(value))


def _is_sound(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _storable(value: object) -> object:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _storable(held) for key, held in value.items()}
    return [_storable(held) for held in value] if isinstance(value, tuple) else value


def _check_count(made: ProposalList, stored: int) -> None:
    if stored != made.rows_read:
        raise Impossible(f"list {made.file}: {made.rows_read} rows read, {stored} stored")


def told(made: ProposalList, *, new: bool) -> Received:
    """Give what came of a list."""
    return Received(
        made.id, made.file, new, made.rows_read, made.candidates, made.unreadable, made.other_rows, len(made.problems)
    )  # fmt: skip

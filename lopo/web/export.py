"""Shows a table, or hands it out as a file when a reason is given; the diary keeps who took what and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lopo.basics import tables
from lopo.basics.refusal import Refused
from lopo.staff import actions as staff
from lopo.web import cells
from lopo.web.door import Visitor
from lopo.web.table import Ask, Column, Filter, Kind, Table, ask
from lopo.web.words import mark_of

Build = Callable[[Ask], Table[Any]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHORTEST_REASON = 5
_KINDS = {"money": tables.Kind.MONEY, "number": tables.Kind.NUMBER, "date": tables.Kind.DATE}


def show(
    request: HttpRequest,
    who: Visitor,
    build: Build,
    template: str,
    context: Mapping[str, Any],
    *,
    filters: Sequence[Filter] = (),
) -> HttpResponse:
    """Draw the page of a table; only the table where htmx asks for it; a file where an export is asked for."""
    asked = ask(request, filters)
    if request.method == "POST" and "ekspor" in request.POST:
        return _hand_out(request, who, replace(build(replace(asked, all_rows=True)), sight=who.may_in))
    table = _offered(who, replace(build(asked), sight=who.may_in))
    part = request.headers.get("HX-Target") == table.name
    return render(request, "parts/table.html" if part else template, {"table": table, **context})


def _offered(who: Visitor, table: Table[Any]) -> Table[Any]:
    """Give the table without the button of its file for who may not take it."""
    return table if who.may(table.export_needs) else replace(table, export=False)


def _hand_out(request: HttpRequest, who: Visitor, table: Table[Any]) -> HttpResponse:
    """Write who takes which persons and why into the diary, then give them. Refused without a reason or the right."""
    reason = " ".join(request.POST.get("alasan", "").split())[:200]
    if not who.may(table.export_needs) or not table.export:
        raise Refused("tidak_berwenang", _("Anda tidak berwenang mengunduh tabel."), "table.export")
    if len(reason) < _SHORTEST_REASON:
        raise Refused("alasan_kosong", _("Tulis untuk apa tabel ini diunduh; alasan dicatat di buku catatan."))
    kind = "csv" if request.POST["ekspor"] == "csv" else "xlsx"
    after = {"alasan": reason, "bentuk": kind, "baris": len(table.page.rows), "saringan": dict(table.ask.chosen)}
    after["cari"] = table.ask.search
    persons = tuple(found for found in map(table.person, table.page.rows) if found is not None)
    taken = staff.Taken(table.name, kind, reason, len(table.page.rows), persons, after)
    staff.note_export(by=who.officer, on=who.on, taken=taken)
    return _file(table, kind, f"{table.name}-{who.on.isoformat()}.{kind}")


def public_file(table: Table[Any], kind: str, on: date) -> HttpResponse:
    """Give a table that knows of no person to anybody, so without a reason and without a row in the diary."""
    form = "csv" if kind == "csv" else "xlsx"
    return _file(table, form, f"{table.name}-{on.isoformat()}.{form}")


def _file(table: Table[Any], kind: str, name: str) -> HttpResponse:
    columns = [tables.Column(str(one.title), _kind(one)) for one in table.columns]
    rows = _rows(table)
    content = (
        b"".join(tables.table_csv(columns, rows))
        if kind == "csv"
        else tables.table_xlsx(str(table.caption), columns, rows)
    )
    return file_answer(name, "text/csv; charset=utf-8" if kind == "csv" else XLSX, content)


def file_answer(name: str, media_type: str, content: bytes, *, inline: bool = False) -> HttpResponse:
    """Give bytes as a file to keep (or to look at, where the browser can show it)."""
    answer = HttpResponse(content, content_type=media_type)
    way = "inline" if inline else "attachment"
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in name)
    answer.headers["Content-Disposition"] = f'{way}; filename="{safe}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _kind(column: Column[Any]) -> tables.Kind:
    """Give the kind of a column in a file; a personal one is text, since parts of it may be hidden."""
    return tables.Kind.TEXT if column.secret else _KINDS.get(column.kind, tables.Kind.TEXT)


def _rows(table: Table[Any]) -> Iterator[list[tables.Cell]]:
    for row in table.page.rows:
        yield [_plain(table, column, row) for column in table.columns]


def _plain(table: Table[Any], column: Column[Any], row: object) -> tables.Cell:
    value = column.value(row)
    if value is None:
        return None
    if column.secret:
        hidden = table.hidden(column, row, value, given_reason=True)
        return (value.isoformat() if isinstance(value, date) else str(value)) if hidden is None else hidden
    if column.kind in _KINDS:
        return value if isinstance(value, int | date) else None
    return _text(column.kind, value)


def _text(kind: Kind, value: object) -> str:
    match kind:
        case "badge":
            return str(mark_of(str(value)).word) if value else ""
        case "badges" if isinstance(value, Sequence):
            return ", ".join(str(mark_of(str(code)).word) for code in value)
        case "month" if isinstance(value, date):
            return cells.month_text(value)
        case _:
            return cells.plain(value)

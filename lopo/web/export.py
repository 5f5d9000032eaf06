"""Shows a table, or hands it out as a file when a reason is given; the diary keeps who took what and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
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
        return _hand_out(request, who, build(replace(asked, all_rows=True)))
    table = build(asked)
    part = request.headers.get("HX-Target") == table.name
    return render(request, "parts/table.html" if part else template, {"table": table, **context})


def _hand_out(request: HttpRequest, who: Visitor, table: Table[Any]) -> HttpResponse:
    """Write who takes the rows and why into the diary, then give them. Refused without a reason or the right."""
    reason = " ".join(request.POST.get("alasan", "").split())[:200]
    if not who.may("table.export") or not table.export:
        raise Refused("tidak_berwenang", _("Anda tidak berwenang mengunduh tabel."), "table.export")
    if len(reason) < _SHORTEST_REASON:
        raise Refused("alasan_kosong", _("Tulis untuk apa tabel ini diunduh; alasan dicatat di buku catatan."))
    kind = "csv" if request.POST["ekspor"] == "csv" else "xlsx"
    after = {"alasan": reason, "bentuk": kind, "baris": len(table.page.rows), "saringan": dict(table.ask.chosen)}
    after["cari"] = table.ask.search
    with transaction.atomic():
        staff.record(by=who.officer, on=who.on, deed=staff.Deed("export", "table", table.name, after=after))
    name = f"{table.name}-{who.on.isoformat()}.{kind}"
    return _file(table, kind, name, whole_nik=who.may("people.see_nik"))


def public_file(table: Table[Any], kind: str, on: date) -> HttpResponse:
    """Give a table that knows of no person to anybody, so without a reason and without a row in the diary."""
    form = "csv" if kind == "csv" else "xlsx"
    return _file(table, form, f"{table.name}-{on.isoformat()}.{form}", whole_nik=False)


def _file(table: Table[Any], kind: str, name: str, *, whole_nik: bool) -> HttpResponse:
    columns = [tables.Column(str(one.title), _KINDS.get(one.kind, tables.Kind.TEXT)) for one in table.columns]
    rows = _rows(table, whole_nik=whole_nik)
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


def _rows(table: Table[Any], *, whole_nik: bool) -> Iterator[list[tables.Cell]]:
    for row in table.page.rows:
        yield [_plain(column, row, whole_nik=whole_nik) for column in table.columns]


def _plain(column: Column[Any], row: object, *, whole_nik: bool) -> tables.Cell:
    value = column.value(row)
    if value is None:
        return None
    if column.kind in _KINDS:
        return value if isinstance(value, int | date) else None
    return _text(column.kind, value, whole_nik=whole_nik)


def _text(kind: Kind, value: object, *, whole_nik: bool) -> str:
    match kind:
        case "nik":
            return str(value) if whole_nik else cells.masked(str(value))
        case "badge":
            return str(mark_of(str(value)).word) if value else ""
        case "badges" if isinstance(value, Sequence):
            return ", ".join(str(mark_of(str(code)).word) for code in value)
        case "month" if isinstance(value, date):
            return cells.month_text(value)
        case _:
            return cells.plain(value)

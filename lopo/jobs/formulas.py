"""Finds the formulas of an xlsx that were saved without their value: their text is kept, nobody works them out."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import unescape

from xlsxwriter.utility import xl_cell_to_rowcol

_FORMULA = re.compile(rb"<c\b([^>]*)>\s*<f\b([^>]*?)(?:/>|>([^<]*)</f>)\s*(?:<v\s*/>|(<v\b[^>]*>)([^<]*)</v>)?\s*</c>")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3}\d{1,7})["']""")
_TEXT = re.compile(rb"""\bt=["']str["']""")
_SHARED = re.compile(rb"""\bsi=["'](\d+)["']""")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_NAMES = {"&quot;": '"', "&apos;": "'"}
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def formulas_without_value(content: bytes) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """Give, by the name of a sheet, the formulas without a stored value: row and column from 0, and `=` with the text.

    A formula whose value is an empty text has one: it stays empty. Nothing for a file that is no xlsx.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if not {_BOOK, _RELATIONS} <= names:
            return {}
        parts = _parts(archive.read(_BOOK), archive.read(_RELATIONS))
        return {title: found for title, part in parts.items() if part in names and (found := _of(archive.read(part)))}


def _parts(book: bytes, relations: bytes) -> dict[str, str]:
    """The file of each sheet by the sheet's name."""
    targets = {_said(one, "Id"): _said(one, "Target") for one in _RELATION.findall(relations)}
    sheets = ((_said(one, "name"), targets.get(_said(one, r"\w+:id"), "")) for one in _SHEET.findall(book))
    return {title: posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") for title, target in sheets}


def _said(tag: bytes, name: str) -> str:
    found = re.search(rf"""\s{name}=["']([^"']*)["']""".encode(), tag)
    return _plain(found[1]) if found else ""


def _of(sheet: bytes) -> dict[tuple[int, int], str]:
    if b"<f" not in sheet:
        return {}
    shared: dict[bytes, bytes] = {}
    found: dict[tuple[int, int], str] = {}
    for cell, about, own, value, stored in _FORMULA.findall(sheet):
        group, place = _SHARED.search(about), _PLACE.search(cell)
        text = shared.setdefault(group[1], own) if group else own
        if place is not None and not stored and not (value and _TEXT.search(cell)):
            found[xl_cell_to_rowcol(place[1].decode())] = "=" + _plain(text)
    return found


def _plain(text: bytes) -> str:
    return unescape(text.decode("utf-8", errors="replace"), _NAMES)

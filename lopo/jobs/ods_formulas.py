"""Finds the formulas of an ods that were saved without their value: their text is kept, nobody works them out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

_CONTENT: Final = "content.xml"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MARK: Final = b":formula="
_SAFE: Final[dict[str, Any]] = {"no_network": True, "load_dtd": False, "resolve_entities": False, "recover": True}


def formulas_of_ods(content: bytes) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """Give, by the name of a sheet, the formulas without a stored value: row and column from 0, and `=` with the text.

    Nothing for a file that is no ods, or one that cannot be read: whoever reads its cells says so.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _CONTENT not in archive.namelist():
            return {}
        body = archive.read(_CONTENT)
    if _MARK not in body:
        return {}
    try:
        return _by_sheet(body)
    except etree.XMLSyntaxError:
        return {}


def _by_sheet(body: bytes) -> dict[str, dict[tuple[int, int], str]]:
    found: dict[str, dict[tuple[int, int], str]] = {}
    row = 0
    here: dict[tuple[int, int], str] = {}
    for _, element in etree.iterparse(io.BytesIO(body), tag=(f"{_TABLE}table-row", f"{_TABLE}table"), **_SAFE):
        if element.tag == f"{_TABLE}table":
            if here:
                found[element.get(f"{_TABLE}name", "")] = here
            row, here = 0, {}
        else:
            here |= {(row, column): text for column, text in _in_row(element)}
            row += int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        element.clear(keep_tail=False)
    return found


def _in_row(row: Any) -> list[tuple[int, str]]:  # noqa: ANN401 - lxml brings no types
    """The columns of a row whose formula has no value, with its text; a repeated one at its first place."""
    found, column = [], 0
    for cell in row.iterchildren(*_CELLS):
        formula = cell.get(f"{_TABLE}formula")
        if formula is not None and cell.get(f"{_OFFICE}value-type") is None:
            found.append((column, "=" + formula.partition("=")[2]))
        column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
    return found

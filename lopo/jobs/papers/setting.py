"""Sets a template and its data as PDF (or as picture, to look at), with our own fonts and nothing from the machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import typst

from lopo.basics.refusal import Impossible, Refused

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
LARGEST_MARK = 400_000
"""Bytes that the mark of an office may have."""
LONG = 100_000
"""Characters of data from which on a paper is long."""
KEPT_SETTINGS = 10

_MARKS = {b"\x89PNG": "png", b"<svg": "svg", b"<?xml": "svg"}


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues a paper. `mark` is the office's own mark as SVG or PNG, empty leaves its place free.

    government: `Pemerintah Kota Kupang`; authority: who signs, `Wali Kota Kupang`; unit: the office that answers
    questions; place: where papers are dated; address and contact: one line each, as letters show them.
    """

    government: str
    authority: str
    unit: str
    place: str
    address: str = ""
    contact: str = ""
    mark: bytes = b""

    def data(self) -> dict[str, Any]:
        """The office as a template reads it; Refused for a mark that is no SVG or PNG or is too large."""
        texts = {
            name: getattr(self, name) for name in ("government", "authority", "unit", "place", "address", "contact")
        }
        return {**texts, "mark": _mark_data(self.mark)}


def _mark_data(mark: bytes) -> dict[str, Any] | None:
    if not mark:
        return None
    form = next((form for start, form in _MARKS.items() if mark.lstrip().startswith(start)), None)
    if form is None or len(mark) > LARGEST_MARK:
        raise Refused("lambang_tidak_sah", "Lambang harus berupa berkas SVG atau PNG, paling besar 400 kB.")
    return {"form": form, "bytes": list(mark)}


def set_pdf(template: str, data: Mapping[str, Any], *, on: date, tagged: bool = False) -> bytes:
    """The template filled with the data as PDF/A-2b, dated on the day: the same data gives the same bytes.

    tagged adds the structure that a screen reader follows; for thousands of rows it takes ten times the space, so the
    long papers go without. Impossible when the template and the data do not fit each other.
    """
    return _set(template, data, on=on, form="pdf", tagged=tagged)


def set_picture(template: str, data: Mapping[str, Any], *, on: date, ppi: int) -> bytes:
    """The first page as PNG at so many dots an inch, for tests and previews."""
    return _set(template, data, on=on, form="png", ppi=ppi)


def _set(
    template: str,
    data: Mapping[str, Any],
    *,
    on: date,
    form: Literal["pdf", "png"],
    ppi: int | None = None,
    tagged: bool = False,
) -> bytes:
    content = json.dumps({**data, "today": [on.year, on.month, on.day]}, ensure_ascii=False)
    compiler = typst.Compiler(root=str(FOLDER), font_paths=[str(FONTS)], ignore_system_fonts=True)
    try:
        made = compiler.compile(
            str(FOLDER / f"{template}.typ"),
            format=form,
            ppi=ppi,
            sys_inputs={"data": content},
            pdf_standards=["a-2b"] if form == "pdf" else [],
            pdf_tags=tagged,
        )
    except typst.TypstError as error:
        raise Impossible(f"template {template}: {error}") from error
    if len(content) > LONG:
        _forget()
    first = made[0] if isinstance(made, list) else made
    if first is None:
        raise Impossible(f"template {template} gave no page")
    return bytes(first)


def _forget() -> None:
    """Let the typesetter drop what it remembers of a long paper.

    It keeps the work of its last ten settings for quick changes, which for cards is a gigabyte; ten empty pages push it
    out, and printing any number of batches then stays at 240 MB.
    """
    compiler = typst.Compiler(root=str(FOLDER), ignore_system_fonts=True)
    for _ in range(KEPT_SETTINGS + 1):
        compiler.compile(b"", format="pdf")


def masked_nik(digits: str) -> str:
    """The first and last four digits: 5371••••••••0017. Anything that is not 16 digits is hidden whole."""
    return f"{digits[:4]}••••••••{digits[-4:]}" if len(digits) == 16 else "•" * len(digits)

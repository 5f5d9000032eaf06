"""The sheets that are signed at a handover, as PDF: one kelurahan a page, with a place to sign and for a witness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lopo.basics.calendar import date_long
from lopo.jobs.papers.setting import Office, set_pdf, set_picture


@dataclass(frozen=True, slots=True)
class SignPage:
    """One page: its number, its kelurahan, and name and card number of each line."""

    page: int
    kelurahan: str
    lines: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class SignEvent:
    """The event at which the sheets are signed."""

    office: Office
    programme: str
    name: str
    place: str
    on: date


def signature_pdf(pages: Sequence[SignPage], event: SignEvent) -> bytes:
    """Give the sheets as PDF, in the order of their pages."""
    return set_pdf("signature_sheet", _data(pages, event), on=event.on)


def signature_picture(pages: Sequence[SignPage], event: SignEvent, *, ppi: int = 100) -> bytes:
    """Give the first sheet as PNG, to look at."""
    return set_picture("signature_sheet", _data(pages, event), on=event.on, ppi=ppi)


def _data(pages: Sequence[SignPage], event: SignEvent) -> dict[str, Any]:
    return {
        "office": event.office.data(),
        "programme": event.programme,
        "event": event.name,
        "place": event.place,
        "dated": date_long(event.on),
        "pages": [
            {
                "page": one.page,
                "kelurahan": one.kelurahan,
                "lines": [{"number": number, "name": name, "kpj": kpj} for number, name, kpj in one.lines],
            }
            for one in pages
        ],
    }

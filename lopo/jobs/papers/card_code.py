"""What the QR of a member card says: the member number (KPJ) with two check digits.

`LOPO/1/25071234567/42`: our name, the form of the text, the KPJ, the check. Where the office has a public address the
text is that of the member's own page, `https://.../perlindungan-saya#25071234567-42`: any phone opens it, and what
stands behind `#` never leaves the phone. The check (ISO 7064, MOD 97-10, as in an IBAN) finds a number that was typed
or read wrongly; it does not prove that the card is genuine. The text carries no name and no NIK: what it stands for is
looked up by those who may.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

import zxingcpp

from lopo.basics.refusal import Refused

OWN_PAGE = "/perlindungan-saya"
_FORM = re.compile(rf"(?:LOPO/1/|https?://[^\s#]+{OWN_PAGE}#)([0-9]{{11}})[/-]([0-9]{{2}})")
_KPJ = re.compile(r"[0-9]{11}")


def check_digits(kpj: str) -> str:
    """The two digits that make the number with them give 1 when divided by 97."""
    return f"{98 - int(kpj) * 100 % 97:02d}"


def card_text(kpj: str, address: str = "") -> str:
    """The text of the QR, with the member's own page where a public address is given.

    Refused for anything that is not eleven digits.
    """
    if not _KPJ.fullmatch(kpj):
        raise Refused("kpj_tidak_sah", f"Nomor peserta {kpj!r} tidak terdiri dari 11 angka.")
    if address:
        return f"{address.rstrip('/')}{OWN_PAGE}#{kpj}-{check_digits(kpj)}"
    return f"LOPO/1/{kpj}/{check_digits(kpj)}"


def kpj_of(text: str) -> str:
    """The KPJ in a text that was read from a card; Refused when it is none of ours or its check does not agree."""
    found = _FORM.fullmatch(text.strip())
    if found is None or check_digits(found[1]) != found[2]:
        raise Refused("kode_kartu_tidak_sah", "Kode ini bukan kode kartu peserta, atau terbaca tidak lengkap.")
    return found[1]


def qr_path(text: str) -> tuple[int, str]:
    """The QR as its size in modules and one SVG path of its dark modules; a quarter of it may be lost (level Q)."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    image: Any = symbol.to_image(add_quiet_zones=False)
    pixels: Any = memoryview(image)
    rows: list[list[int]] = pixels.tolist()
    return len(rows), "".join(_runs(y, row) for y, row in enumerate(rows))


def _runs(y: int, row: list[int]) -> str:
    """The dark stretches of one row as SVG rectangles, one module high."""
    parts: list[str] = []
    x = 0
    for dark, stretch in groupby(pixel == 0 for pixel in row):
        length = len(tuple(stretch))
        if dark:
            parts.append(f"M{x} {y}h{length}v1H{x}z")
        x += length
    return "".join(parts)

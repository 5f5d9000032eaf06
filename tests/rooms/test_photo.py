"""Photos are written anew and PDFs are opened: what is no photo, too large or broken is named."""

from __future__ import annotations

import base64
import io

import pypdfium2 as pdfium
import pytest
from PIL import Image

from lopo.basics.photo import JPEG, PDF, clean_file, page_picture
from lopo.basics.refusal import Refused


def photo(kind: str = "JPEG", size: tuple[int, int] = (120, 80)) -> bytes:
    picture, out = Image.new("RGB", size, "red"), io.BytesIO()
    exif = picture.getexif()
    exif[0x0112], exif[0x010E] = 6, "rumah di Oebufu"
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def pdf(pages: int = 2) -> bytes:
    document, out = pdfium.PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        document.new_page(200, 300)
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_upright_and_tells_nothing_but_its_picture(kind: str) -> None:
    kept = clean_file(photo(kind))
    with Image.open(io.BytesIO(kept.content)) as again:
        assert (kept.media_type, again.format, again.size) == (JPEG, "JPEG", (80, 120))
        assert not again.getexif()
    assert b"Oebufu" not in kept.content


def test_a_large_photo_is_made_smaller() -> None:
    with Image.open(io.BytesIO(clean_file(photo(size=(4800, 100))).content)) as again:
        assert max(again.size) == 2400


def test_a_pdf_stays_as_it_came_and_each_page_is_drawn() -> None:
    content = pdf(3)
    kept = clean_file(content)
    assert (kept.media_type, kept.content, kept.pages) == (PDF, content, 3)
    with Image.open(io.BytesIO(page_picture(content, 3))) as page:
        assert page.format == "JPEG"
    with pytest.raises(Refused, match="Halaman ini tidak ada"):
        page_picture(content, 4)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "berkas_kosong"),
        (b"%PDF-1.7 tidak ada isinya", "pdf_rusak"),
        (b"GIF89a", "bukan_foto"),
        (b"<svg onload='x'>", "bukan_foto"),
        (photo()[:200], "bukan_foto"),
        (b"\xff\xd8\xff" + b"x" * (10 * 2**20), "berkas_terlalu_besar"),
        (pdf(61), "pdf_terlalu_panjang"),
    ],
)
def test_what_cannot_be_kept_is_named(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as problem:
        clean_file(content)
    assert problem.value.code == code


def test_a_picture_that_would_fill_the_memory_is_not_opened() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(Refused) as problem:
        clean_file(out.getvalue())
    assert problem.value.code in ("bukan_foto", "foto_terlalu_besar")


HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAA"
    "AAAERAAAIAAQAAAAAB4gABAAAAAAAAABgAAgAAAAAB+gABAAAAAAAAADAAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVp"
    "bmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGE"
    "ABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkA"
    "AAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAIAAAAAEAAAAAAAAAAv///+AAAAACAAAAEH"
    "BpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAUG1kYXQAAAAUKAGvBBj4ynHX"
    "//MhH5+AuGHSEecAAAAGRXhpZgAATU0AKgAAAAgAAQEPAAIAAAALAAAAGgAAAABLYW1lcmEgVWppAAA="
)
"""A red picture of 64 by 32 pixels as an iPhone stores photos, with the maker "Kamera Uji" in its Exif."""


def test_a_photo_of_an_iphone_becomes_a_plain_jpeg() -> None:
    assert b"Kamera Uji" in HEIC
    kept = clean_file(HEIC)
    with Image.open(io.BytesIO(kept.content)) as again:
        assert (again.format, again.size, dict(again.getexif())) == ("JPEG", (64, 32), {})
        red, green, blue = again.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    assert red > 150 > green + blue
    assert b"Kamera" not in kept.content


@pytest.mark.parametrize("content", [HEIC[:60], HEIC[:400], HEIC[:480] + b"\0" * 74])
def test_a_broken_one_says_how_to_send_it_otherwise(content: bytes) -> None:
    with pytest.raises(Refused, match="kirim ulang sebagai JPG"):
        clean_file(content)

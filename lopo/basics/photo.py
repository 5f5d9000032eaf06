"""Photos and PDFs that people send: a photo is written anew, a PDF is opened to count its pages; nothing is believed.

A photo leaves as a plain JPEG turned the right way up: its place, its camera and whatever hides behind the picture stay
behind. What says that it is a photo or a PDF and is none is refused by name.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Final

import pypdfium2 as pdfium
from pi_heif import register_heif_opener
from PIL import Image, ImageOps, UnidentifiedImageError

from lopo.basics.refusal import Refused

JPEG, PDF = "image/jpeg", "application/pdf"
MOST_BYTES: Final = 10 * 2**20
"""How large a paper may be that somebody hands in, photographed or as PDF, at every desk."""
MOST_PAGES: Final = 60
_LONGEST_SIDE: Final = 2400
_MOST_PIXELS: Final = 60_000_000
_QUALITY: Final = 85
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
_SCREEN_WIDTH: Final = 1400

register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)  # Pillow then opens what iPhones take


@dataclass(frozen=True, slots=True)
class CleanFile:
    """What is kept of a file that came: its media type, its bytes, how many pages it has."""

    media_type: str
    content: bytes
    pages: int


def clean_file(content: bytes, *, most_bytes: int = MOST_BYTES) -> CleanFile:
    """Give a photo written anew or a PDF as it came.

    Refused: nothing at all, more than `most_bytes`, neither photo nor PDF, a photo that is no photo or is too large to
    open, a PDF that is broken, locked, or has too many pages.
    """
    if not content:
        raise Refused("berkas_kosong", "Berkas ini kosong; pilih foto atau PDF lain.")
    if len(content) > most_bytes:
        raise Refused(
            "berkas_terlalu_besar", f"Berkas lebih besar dari {most_bytes // 2**20} MB; kirim yang lebih kecil."
        )
    if content.startswith(b"%PDF"):
        return CleanFile(PDF, content, _page_count(content))
    return CleanFile(JPEG, clean_photo(content), 1)


def clean_photo(content: bytes) -> bytes:
    """Give the photo as a new JPEG, upright, at most 2,400 pixels long, without anything but its picture."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=_FORMATS) as photo:
                if photo.width * photo.height > _MOST_PIXELS:
                    raise Refused("foto_terlalu_besar", "Foto ini terlalu besar untuk dibuka; kirim foto biasa.")
                upright = ImageOps.exif_transpose(photo).convert("RGB")
        except Refused:
            raise
        except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
            raise _no_photo() from problem
        except (OSError, SyntaxError, ValueError, EOFError) as problem:  # what Pillow says of broken pictures
            raise _no_photo() from problem
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    return _jpeg(plain)


def page_picture(content: bytes, page: int) -> bytes:
    """Draw one page (1 = the first) of a PDF as JPEG. Refused: a page that it does not have."""
    document = _opened(content)
    try:
        if not 1 <= page <= len(document):
            raise Refused("halaman_tidak_ada", "Halaman ini tidak ada.")
        found = document[page - 1]
        scale = min(4.0, _SCREEN_WIDTH / max(found.get_width(), 1.0))
        return _jpeg(found.render(scale=scale).to_pil().convert("RGB"))
    finally:
        document.close()


def _page_count(content: bytes) -> int:
    document = _opened(content)
    try:
        pages = len(document)
    finally:
        document.close()
    if not 1 <= pages <= MOST_PAGES:
        raise Refused("pdf_terlalu_panjang", f"PDF ini punya {pages} halaman; kirim paling banyak {MOST_PAGES}.")
    return pages


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as problem:
        raise Refused("pdf_rusak", "PDF ini rusak atau terkunci kata sandi; kirim PDF lain atau foto.") from problem


def _no_photo() -> Refused:
    return Refused(
        "bukan_foto",
        "Berkas ini bukan foto (JPG, PNG, WebP, HEIC) atau PDF yang dapat dibuka; kirim ulang sebagai JPG.",
    )


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()

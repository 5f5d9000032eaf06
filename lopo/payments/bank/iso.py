"""ISO 20022 messages: which ones are known, and reading one safely, part by part, while it is held against its XSD.

The XSDs are read from two packages that carry them (`pain001`, `camt053`); nothing of those packages is run.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, Final

from lxml import etree

from lopo.basics.refusal import Refused

Element = Any
"""One element, as lxml gives it; lxml brings no types."""
Writer = Any
"""An open `etree.xmlfile`."""
Texts = Callable[[Element, str], str]
"""Reads the text at a path of tag names (`Refs/EndToEndId`), empty where there is none."""
PAIN_001: Final = "pain.001.001.09"
PAIN_002: Final = ("pain.002.001.12", "pain.002.001.14", "pain.002.001.15")
CAMT_053: Final = tuple(f"camt.053.001.{number:02d}" for number in range(8, 15))
NEWEST_WRITTEN: Final = {"pain.002": PAIN_002[0], "camt.053": CAMT_053[0]}
LARGEST: Final = 256 * 1024 * 1024
"""Bytes of the largest message that is read: a statement of a quarter of a million entries."""

_URN: Final = "urn:iso:std:iso:20022:tech:xsd:"
_FOLDERS: Final = {
    "pain.001": ("pain001", "pain001/templates/{0}/{0}.xsd"),
    "pain.002": ("pain001", "pain001/pain002/schemas/{0}.xsd"),
    "camt.053": ("camt053", "camt053/xsd/{0}.xsd"),
}


def namespace(message: str) -> str:
    """The XML namespace of a message, as `pain.001.001.09`."""
    return f"{_URN}{message}"


@cache
def schema(message: str) -> etree.XMLSchema:
    """The XSD of a message, compiled once."""
    package, path = _FOLDERS[message[:8]]
    return etree.XMLSchema(etree.parse(Path(str(distribution(package).locate_file(path.format(message))))))


def message_of(content: bytes) -> str:
    """Which message this is, as `pain.002.001.12`.

    Refused: what is no XML, too large, brings a document type (which entities need), or is a message not known here.
    """
    if len(content) > LARGEST:
        raise Refused("pesan_bank_terlalu_besar", f"Berkas ini lebih dari {LARGEST // 1024**2} MB; minta per hari.")
    root = _root(content)
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused("pesan_bank_berbahaya", "Berkas XML ini membawa DOCTYPE; pesan bank tidak memilikinya.")
    found = etree.QName(root)
    message = (found.namespace or "").removeprefix(_URN)
    if found.localname != "Document" or message not in (PAIN_001, *PAIN_002, *CAMT_053):
        known = f"{PAIN_001}, {', '.join(PAIN_002)}, {CAMT_053[0]} sampai {CAMT_053[-1]}"
        raise Refused("pesan_bank_tidak_dikenal", f"Ini bukan pesan ISO 20022 yang dikenal ({known}).")
    return message


_SAFE: Final[dict[str, Any]] = {"no_network": True, "load_dtd": False, "dtd_validation": False, "huge_tree": False}


def _root(content: bytes) -> Element:
    """The first element, with no entity read."""
    try:
        for _, root in etree.iterparse(io.BytesIO(content), events=("start",), resolve_entities=False, **_SAFE):
            return root
    except etree.XMLSyntaxError as problem:
        raise _broken(problem) from problem
    raise Refused("pesan_bank_tidak_sah", "Berkas ini kosong.")


def parts(content: bytes, message: str, names: frozenset[str]) -> Iterator[tuple[str, Element]]:
    """Give the named elements of a message one by one, each whole, then emptied; the whole is held against its XSD.

    Refused: another message than the one named, XML that is broken or not valid, with its line. Nothing may be kept of
    what was given before the last element: an error may stand at the very end. No entity is read: a message with a
    document type is refused before (lxml forgets errors when it is told both of a schema and of no entities).
    """
    if message_of(content) != message:
        raise Refused("pesan_bank_tidak_dikenal", f"Ini bukan pesan {message}.")
    tags = [f"{{{namespace(message)}}}{name}" for name in names]
    try:
        found = etree.iterparse(io.BytesIO(content), events=("end",), tag=tags, schema=schema(message), **_SAFE)
        for _, element in found:
            yield etree.QName(element).localname, element
            element.clear()
    except etree.XMLSyntaxError as problem:
        raise _broken(problem) from problem


def _broken(problem: etree.XMLSyntaxError) -> Refused:
    where = f", baris {problem.lineno}" if problem.lineno else ""
    said = str(problem.msg).replace(_URN, "")[:300]
    return Refused("pesan_bank_tidak_sah", f"Berkas ini bukan pesan bank yang sah{where}: {said}")


def reader(message: str) -> Texts:
    """Give a function that reads texts of this message."""
    prefix = f"{{{namespace(message)}}}"

    @cache
    def whole(path: str) -> str:
        return "/".join(prefix + name for name in path.split("/"))

    def text(element: Element, path: str) -> str:
        return (element.findtext(whole(path)) or "").strip()

    return text


def finder(message: str) -> Callable[[Element, str], list[Element]]:
    """Give a function that finds all elements at a path of tag names."""
    prefix = f"{{{namespace(message)}}}"

    def find(element: Element, path: str) -> list[Element]:
        return list(element.iterfind("/".join(prefix + name for name in path.split("/"))))

    return find


Tree = Sequence[tuple[str, Any]]
"""Elements in order: a name (`Amt Ccy=IDR` with one attribute) and a text, or the elements inside."""


def write(xml: Writer, tree: Tree) -> None:
    """Write elements into an open `etree.xmlfile`."""
    for name, inside in tree:
        tag, _, attribute = name.partition(" ")
        with xml.element(tag, dict([attribute.split("=")]) if attribute else None):
            if isinstance(inside, str):
                xml.write(inside)
            else:
                write(xml, inside)


def written(message: str, root: str, body: Callable[[Writer], None]) -> bytes:
    """A whole message: the document, its root element, and what `body` writes into it, line by line."""
    out = io.BytesIO()
    with etree.xmlfile(out, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("Document", nsmap={None: namespace(message)}), xml.element(root):
            body(xml)
    return out.getvalue()

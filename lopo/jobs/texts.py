"""Tables as plain text: bytes to lines whatever their encoding, lines to cells whatever parts them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from lopo.jobs.opening import Unreadable
from lopo.targeting.batch.lists import Sheet

_LONGEST_QUOTED = 5  # lines that one quoted csv field may run over before its first line is taken for broken
_NO_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}
_CONTROL_TO_SPACE = dict.fromkeys(_NO_CONTROL, " ")
_LOOKED_AT = 4000  # characters at the start that show whether bytes are text
_RAREST_CONTROL = 100  # text may hold one stray control character in so many; bytes of pictures hold far more
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SIGNS = ";\t,|"

csv.field_size_limit(1 << 27)  # a cell is kept as it came, however long


def text_sheet(name: str, content: bytes) -> Sheet:
    """The one sheet of a csv or tsv; `lines` are the line numbers of the text.

    Raises Unreadable when the bytes are no text, or no line has a sign that parts columns.
    """
    text = decoded(content)
    delimiter = _delimiter(text)
    if '"' in text:
        pairs = list(_records(text, delimiter))
        return Sheet(name, "", tuple(line for line, _ in pairs), tuple(tuple(cells) for _, cells in pairs))
    rows = tuple(map(tuple, csv.reader(_lines(text), delimiter=delimiter)))
    return Sheet(name, "", tuple(range(1, len(rows) + 1)), rows)


def decoded(content: bytes) -> str:
    """Text in the encoding that its mark says, else UTF-8; each line that is no UTF-8 is read as Windows-1252.

    Raises Unreadable when the bytes are no text.
    """
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "")
    if not encoding and content[:2000].count(0) > len(content[:2000]) // 3:
        encoding = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        wide = encoding.startswith("utf-16")
        text = content.decode(encoding, errors="replace") if wide else _line_by_line(content)
    start = text[:_LOOKED_AT]
    if sum(1 for char in start if ord(char) in _NO_CONTROL) * _RAREST_CONTROL > len(start):
        raise Unreadable("bukan_lembar_kerja", "Berkas bukan lembar kerja dan bukan teks CSV.")
    return text.translate(_CONTROL_TO_SPACE) if any(chr(code) in text for code in _NO_CONTROL) else text


def _line_by_line(content: bytes) -> str:
    """Each line in its own encoding: a file that was put together from two may hold both."""
    return "\n".join(_line(line) for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n"))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _lines(text: str) -> list[str]:
    """The lines as a person counts them: only line ends part them, no exotic separators within a cell."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines


def _delimiter(text: str) -> str:
    """The sign that parts the columns: of `;`, tab, `,` and `|` the one that most lines have most often.

    Raises Unreadable when no line has any of them.
    """
    lines = [line for line in _lines(text[:20_000])[:30] if line.strip()]
    weight = {sign: sorted(line.count(sign) for line in lines)[len(lines) // 2] for sign in _SIGNS}
    if not any(weight.values()):
        weight = {sign: max((line.count(sign) for line in lines), default=0) for sign in _SIGNS}
    if not any(weight.values()):
        raise Unreadable("bukan_lembar_kerja", "Teks tanpa kolom: tidak ada pemisah `;`, tab atau `,`.")
    return max(weight, key=lambda sign: weight[sign])


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Pairs of first line and cells; a quote that is never closed spoils its own line only."""
    lines = _lines(text)
    at = 0
    while at < len(lines):
        if '"' not in lines[at]:
            yield at + 1, lines[at].split(delimiter) if lines[at] else []
            at += 1
            continue
        take = 1
        while "\n".join(lines[at : at + take]).count('"') % 2 and take < _LONGEST_QUOTED:
            take += 1
        whole = "\n".join(lines[at : at + take])
        if whole.count('"') % 2:
            take, whole = 1, lines[at].replace('"', "")
        yield at + 1, next(csv.reader(io.StringIO(whole), delimiter=delimiter), [])
        at += take

"""One cell as text: numbers without a point, dates as ISO, marks that nobody sees left away."""

from datetime import date, datetime, timedelta

from lopo.targeting.batch.lists import Cell

_EXCEL_DAY_ZERO = date(1899, 12, 30)  # day 0 of the 1900 date system as Excel counts from March 1900 on
_EXCEL_DAYS = range(3_000, 60_000)  # 1908 to 2064: a number in a birth column within it is a date without its format
_UNSEEN = dict.fromkeys(
    (
        0xAD,
        0x61C,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        *range(0x2066, 0x206A),
        0xFEFF,
    )
)


def cell_text(cell: Cell) -> str:
    """A raw cell as text: whole numbers without point, dates as ISO, None as ''."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def cell_texts(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    """All cells of a row as text."""
    try:
        return tuple(map(str.strip, cells))  # type: ignore[arg-type]  # a csv row, and most rows of a workbook
    except TypeError:
        return tuple([cell_text(cell) for cell in cells])


def birth_text(cell: Cell) -> str:
    """A birth cell as text; a bare number in Excel's range of days becomes the ISO date it stands for."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and int(cell) in _EXCEL_DAYS:
        return (_EXCEL_DAY_ZERO + timedelta(days=int(cell))).isoformat()
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell_text(cell)


def visible(text: str) -> str:
    """The text without signs that no reader sees: marks of writing direction, soft hyphens, spaces without width."""
    return text if text.isascii() else text.translate(_UNSEEN).strip()

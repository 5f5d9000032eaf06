"""Phone numbers as people write them, brought to one form that begins with 0."""

import re

NEXT_NUMBER = r"\s*([/,;]|ATAU|DAN|&).*$"
"""Where a second number begins in the same cell; the first one counts."""
EMPTY_DECIMALS = r"\.0+$"
"""What a spreadsheet adds when it took the number for a sum."""
COUNTRY = "^(0062|62)0*"
ROUNDED = r"[0-9]E[+]?[0-9]"
"""A number that a spreadsheet has rounded (8.12E+10): its last digits are lost."""
SHORTEST, LONGEST = 8, 14


def plain_phone(text: str) -> str:
    """The number without signs beginning with 0: +62 812-3456-7890 becomes 081234567890; '' where none can be read."""
    first = re.sub(EMPTY_DECIMALS, "", re.sub(NEXT_NUMBER, "", text.upper(), count=1))
    number = re.sub("^8", "08", re.sub(COUNTRY, "0", re.sub("[^0-9]", "", first)))
    fits = SHORTEST <= len(number) <= LONGEST and not re.search(ROUNDED, first)
    return number if fits else ""

"""How papers are named and kept: once, since the same bytes about the same thing are not kept again."""

from __future__ import annotations

import re

from lopo.staff.actions import keep_once

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
__all__ = ["PDF", "XLSX", "file_name", "keep_once"]


def file_name(*parts: str) -> str:
    """The parts as a file name without spaces or slashes: `SK-400.9-KEP-2025`."""
    plain = (re.sub(r"[^A-Za-z0-9.]+", "-", part).strip("-.") for part in parts)
    return "-".join(part for part in plain if part)

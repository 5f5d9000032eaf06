"""Finds which of many known texts stand in others, in one pass over each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

SHORTEST = 8
"""A shorter text may stand in another by chance, and is never looked for."""


class Sought:
    """Texts that must stand nowhere, kept by their beginning."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for text in texts:
            if len(text) >= SHORTEST:
                self._by_beginning[text[:SHORTEST]].append(text)

    def __len__(self) -> int:
        return sum(map(len, self._by_beginning.values()))

    def first_in(self, text: str) -> str | None:
        """Give the first that stands anywhere in this text."""
        known = self._by_beginning
        for start in range(len(text) - SHORTEST + 1):
            for one in known.get(text[start : start + SHORTEST], ()):
                if text.startswith(one, start):
                    return one
        return None

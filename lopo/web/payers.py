"""The names and initials of those who pay."""

from __future__ import annotations


class Payers:
    """Looks up payers by their code."""

    def name(self, code: str) -> str:
        """Give the name of a payer."""
        return code.replace("-", " ").replace("_", " ").capitalize()

    def initial(self, code: str) -> str:
        """Give the letters that stand in a cell of the strip."""
        return code[:1].upper()

"""The three ways in which something does not happen: refused, unavailable, impossible."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class Refused(Exception):
    """A rule says no. `code` is for machines, `sentence` is Indonesian for the person, `article` names the rule.

    Not frozen: Python itself writes the traceback into an exception that passes a context manager.
    """

    code: str
    sentence: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.sentence} ({self.article})" if self.article else self.sentence


class Unavailable(RuntimeError):
    """An outside system failed; the work is kept and tried again, with a limit."""


class Impossible(AssertionError):
    """Something that the program rules out has happened: stop, and keep what is stored as it is."""

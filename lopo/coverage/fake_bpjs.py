"""A branch office of BPJS Ketenagakerjaan for stories and tests: it answers our template as the real one would."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date

from lopo.coverage.bpjs import ACCEPTED, ISSUED, REFUSED, AnswerRow, Proposed, read_template, write_answer


class FakeBpjs:
    """Takes everybody but the people it is told to refuse; numbers are 11 digits made from the NIK, never twice.

    `refusals` says which NIK is refused and why. The numbers remember their owners as long as the object lives.
    """

    def __init__(self, refusals: Mapping[str, str]) -> None:
        self.refusals = dict(refusals)
        self.owners: dict[str, str] = {}

    def verify(self, template: bytes) -> bytes:
        """Answer who is taken and who is refused, in the order of the template, without numbers."""
        return self._answer(template, lambda one: AnswerRow(0, one.nik, ACCEPTED))

    def issue(self, template: bytes, *, on: date) -> bytes:
        """Answer with the numbers of those taken, issued on the day."""
        return self._answer(template, lambda one: AnswerRow(0, one.nik, ISSUED, self.number_of(one.nik, on), on))

    def number_of(self, nik: str, on: date) -> str:
        """Give the number of a person: the two digits of the year of issue and nine made from the NIK."""
        start = int.from_bytes(hashlib.sha256(nik.encode()).digest()[:8]) % 10**9
        numbers = (f"{on.year % 100:02d}{(start + step) % 10**9:09d}" for step in range(10**9))
        number = next(one for one in numbers if self.owners.get(one, nik) == nik)
        self.owners[number] = nik
        return number

    def _answer(self, template: bytes, taken: Callable[[Proposed], AnswerRow]) -> bytes:
        people = read_template(template)
        rows = [
            AnswerRow(0, one.nik, REFUSED, reason=self.refusals[one.nik]) if one.nik in self.refusals else taken(one)
            for one in people
        ]
        return write_answer(rows, {one.nik: one.name for one in people})

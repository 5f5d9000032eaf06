"""How a form takes a refusal of a rule, and the questions that several forms ask."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from django.forms import BaseForm, DateField, DateInput

from lopo.basics.refusal import Refused
from lopo.web.refusals import NOT_ALLOWED, sentence_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_PAPER_KINDS = {b"%PDF": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


def media_type(head: bytes) -> str | None:
    """Give what kind of file begins with these bytes, None for one that we do not keep."""
    return next((kind for mark, kind in _PAPER_KINDS.items() if head.startswith(mark)), None)


class refused_by:  # noqa: N801 - read as a word: with refused_by(form)
    """Puts a refusal of the block above the form, so that what was typed stays; a deed of other duties goes on."""

    def __init__(self, form: BaseForm) -> None:
        self.form = form

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Take over a refusal; anything else goes on."""
        if not isinstance(problem, Refused) or problem.code == NOT_ALLOWED:
            return False
        self.form.add_error(None, str(Refused(problem.code, sentence_of(problem), problem.article)))
        return True


class DayField(DateField):
    """A day, asked with the browser's calendar."""

    def __init__(self, *, label: str | _StrPromise, required: bool = True, help_text: str | _StrPromise = "") -> None:
        widget = DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=required, help_text=help_text, widget=widget)

"""How a form takes a refusal of a rule: its sentence above the form, what was typed is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from lopo.basics.refusal import Refused
from lopo.web.refusals import NOT_ALLOWED


@contextmanager
def refused_by(form: BaseForm) -> Iterator[None]:
    """Put a refusal of the block on the form; a deed of other duties still becomes page 403."""
    try:
        yield
    except Refused as refusal:
        if refusal.code == NOT_ALLOWED:
            raise
        form.add_error(None, str(refusal))

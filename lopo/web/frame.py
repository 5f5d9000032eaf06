"""What every page needs around it."""

from __future__ import annotations

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    """Give the context of the frame of a page."""
    return {}

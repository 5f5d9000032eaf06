"""The first page: how the programme stands, and what needs somebody now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lopo.web.door import Visitor, desk
from lopo.web.works import ANYBODY


@desk(*ANYBODY)
def home(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the programme in figures, the story in six steps and the list of what needs attention."""
    return render(request, "home.html", {})

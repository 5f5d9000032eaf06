"""The public page of the benefits that were paid: by kelurahan, without names, open to anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lopo.insight.queries.council import FEWEST
from lopo.insight.queries.published import published as paid_until
from lopo.web.door import Visitor, open_to_all, today
from lopo.web.frame import area_name


@open_to_all
def published(request: HttpRequest, _who: Visitor | None) -> HttpResponse:
    """Show how many claims were paid in which kelurahan, and how much."""
    told = paid_until(on=today())
    lines = [(", ".join(area_name(area) for area in one.areas), one) for one in told.paid]
    return render(request, "published.html", {"told": told, "lines": lines, "fewest": FEWEST})

"""The page on which the decisions of all complete cases are proposed at once, in the background."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lopo.claims.queries.ready import ready_counts
from lopo.web.door import Visitor, desk
from lopo.web.works import Job, begin


@desk("decision.make")
def propose_many(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Say how many cases are complete; propose what the law says of all of them."""
    ready = ready_counts(who.areas("decision.make"))
    total = sum(one.cases for one in ready)
    if request.method == "POST" and total:
        return begin(who, Job("lopo.propose_decisions", _("Mengusulkan keputusan %(n)d kasus") % {"n": total}, {}))
    return render(request, "case_many.html", {"ready": ready, "total": total, "tab": "cases"})

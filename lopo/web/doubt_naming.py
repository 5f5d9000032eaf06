"""Naming a person whom the desk did not show: found in the population register and put beside the row."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lopo.people.queries import residents_found
from lopo.targeting.actions.naming import check_naming
from lopo.targeting.queries import doubts as queries
from lopo.web.door import Visitor, desk
from lopo.web.frame import area_name
from lopo.web.works import Job, begin


@dataclass(frozen=True)
class Found:
    """One resident as the search shows him: enough to know him again, the number masked."""

    nik: str
    nik_end: str
    name: str
    born_year: str
    area: str


def found_persons(who: Visitor, search: str) -> tuple[Found, ...]:
    """Give the residents of the visitor's areas whom the search means, at most nine."""
    if not search:
        return ()
    return tuple(
        Found(one.nik, one.nik[-4:], one.name, str(one.born.year) if one.born else "",
              area_name(one.area_code) if one.area_code else "")
        for one in residents_found(search, who.areas("doubt.settle"))
    )  # fmt: skip


@desk("doubt.settle")
@require_POST
def name(request: HttpRequest, who: Visitor, row_id: int) -> HttpResponse:
    """Put the chosen resident beside the row; what the registers say of him is worked out in the background."""
    search, place, end = (request.POST.get(field, "") for field in ("siapa", "ke", "akhir"))
    found = queries.doubt(row_id, who.areas("doubt.settle"))
    shown = found_persons(who, search)
    chosen = next((one for n, one in enumerate(shown, 1) if str(n) == place and one.nik_end == end), None)
    if found is None or chosen is None:
        raise Http404
    check_naming(by=who.officer, on=who.on, row_id=row_id, nik=chosen.nik)
    title = _("Menambahkan calon untuk %(name)s") % {"name": found.fields.get("nama") or "–"}
    return begin(who, Job("lopo.name_person", title, {"row_id": row_id, "nik": chosen.nik}))

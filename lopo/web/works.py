"""The desk of long work: what runs, how far it is, what came out; and the papers that were made."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from lopo.staff import actions, queries
from lopo.staff.roles import PERMISSIONS
from lopo.web.door import Visitor, desk
from lopo.web.export import file_answer

ANYBODY = tuple(sorted(PERMISSIONS))
_HTMX_STOP = 286
_OVER = ("selesai", "gagal")


@dataclass(frozen=True)
class Job:
    """What to queue: the task of the night shift, what to call it on the page, and what it needs to know."""

    task: str
    title: str
    arguments: Mapping[str, Any]


def begin(who: Visitor, job: Job) -> HttpResponseRedirect:
    """Queue long work and go to the page that follows it."""
    arguments = {**job.arguments, "on": who.on.isoformat()}
    work_id = actions.begin_work(
        by=who.officer, kind=job.task.removeprefix("lopo."), title=job.title, arguments=arguments
    )
    app.configure_task(job.task).defer(work_id=str(work_id))
    return HttpResponseRedirect(reverse("kerja", args=[work_id]))


def left_text(work: queries.WorkRow, moment: datetime) -> str:
    """Say about how long the work still takes, empty while nothing can be said."""
    if work.started_at is None or not 0 < work.done < work.total:
        return ""
    gone = int((moment - work.started_at).total_seconds())
    seconds = gone * (work.total - work.done) // work.done
    if seconds < 60:
        return _("kurang dari satu menit lagi")
    return _("kira-kira %(minutes)d menit lagi") % {"minutes": -(-seconds // 60)}


@desk(*ANYBODY)
def works(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the latest long work of the office."""
    return render(request, "works.html", {"works": queries.work_latest(limit=50)})


@desk(*ANYBODY)
def work(request: HttpRequest, who: Visitor, work_id: uuid.UUID) -> HttpResponse:
    """Show how far one piece of work is; htmx asks again every second until it is over."""
    row = queries.work(work_id)
    if row is None:
        raise Http404
    over = row.state in _OVER
    context = {"work": row, "over": over, "left": left_text(row, now()), "results": results(row)}
    if request.headers.get("HX-Request"):
        return render(request, "parts/work.html", context, status=_HTMX_STOP if over else 200)
    return render(request, "work.html", context)


def results(row: queries.WorkRow) -> list[tuple[str, str]]:
    """Give what came out, as pairs of a word and a value; numbers and texts only."""
    shown = [(key.replace("_", " "), value) for key, value in (row.result or {}).items()]
    return [(key, str(value)) for key, value in shown if isinstance(value, int | str) and key not in ("on", "href")]


@desk(*ANYBODY)
def paper(request: HttpRequest, who: Visitor, paper_id: uuid.UUID) -> HttpResponse:
    """Give one kept paper; PDFs open in the browser, the rest is a file to keep."""
    found = queries.paper_content(paper_id)
    if found is None:
        raise Http404
    name, media_type, content = found
    return file_answer(name, media_type, content, inline=media_type == "application/pdf")

"""The desk of long work: what runs, how far it is, what came out; and the papers that were made."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from lopo.claims import queries as claims
from lopo.coverage import queries as coverage
from lopo.coverage.queries.sheets import sheet_head
from lopo.people import queries as people
from lopo.staff import actions, queries
from lopo.staff.roles import OFFICE
from lopo.targeting import queries as targeting
from lopo.targeting.queries.amendments import amendment
from lopo.targeting.queries.appeals import appeal
from lopo.targeting.queries.calls import sender_within
from lopo.web import privacy
from lopo.web.cells import number_text
from lopo.web.door import Visitor, desk
from lopo.web.export import file_answer
from lopo.web.whole_nik import look

ANYBODY = tuple(sorted(OFFICE))
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
    kind = job.task.removeprefix("lopo.")
    with transaction.atomic():  # the row and the job stand together, or a kill between them leaves work nobody does
        work_id = actions.begin_work(by=who.officer, kind=kind, title=job.title, arguments=arguments)
        app.configure_task(job.task).defer(work_id=str(work_id))
    return HttpResponseRedirect(reverse("kerja", args=[work_id]))


def _outcome(row: queries.WorkRow, over: bool) -> dict[str, Any]:
    done = over and row.state != "gagal"
    papers = (row.result or {}).get("papers", []) if done else []
    told = (row.result or {}) if done else {}
    more = {"not_received": told.get("not_received", []), "waits": told.get("waits", "")}
    more["left_over"] = told.get("left_over", [])
    return {"after": where_to(row) if done else "", "papers": papers, **more}


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
    context = {"work": row, "over": over, "left": left_text(row, now()), "results": results(row), **_outcome(row, over)}
    if request.headers.get("HX-Request"):
        return render(request, "parts/work.html", context, status=_HTMX_STOP if over else 200)
    return render(request, "work.html", context)


RESULT_WORDS: dict[str, str | Promise] = {
    "rows": gettext_lazy("baris"),
    "lists": gettext_lazy("daftar"),
    "oddities": gettext_lazy("keanehan"),
    "candidates": gettext_lazy("calon"),
    "corrected": gettext_lazy("baris dibetulkan"),
    "unreadable": gettext_lazy("tak terbaca"),
    "diterima": gettext_lazy("diterima"),
    "perlu_cek": gettext_lazy("perlu dicek"),
    "ditolak": gettext_lazy("ditolak"),
    "chosen": gettext_lazy("mendapat tempat"),
    "waiting": gettext_lazy("cadangan"),
    "leaving": gettext_lazy("keluar"),
    "entering": gettext_lazy("masuk"),
    "cards": gettext_lazy("kartu"),
    "letters": gettext_lazy("surat"),
    "sheets": gettext_lazy("lembar hasil"),
    "hits": gettext_lazy("cocok dengan akta kematian"),
    "opened": gettext_lazy("kasus dibuka"),
    "doubtful": gettext_lazy("meragukan"),
    "accounts": gettext_lazy("rekening dibuka"),
    "receipts": gettext_lazy("bukti bayar dicatat"),
    "known": gettext_lazy("sudah tercatat"),
    "proposed": gettext_lazy("keputusan diusulkan"),
    "granted": gettext_lazy("di antaranya dikabulkan"),
    "approved": gettext_lazy("keputusan disetujui"),
    "left": gettext_lazy("belum dapat diputus"),
    "parked": gettext_lazy("baris disisihkan"),
    "removed": gettext_lazy("dihapus atau dikosongkan"),
    "not_covered": gettext_lazy("di luar masa perlindungan"),
}
_PAGES = {
    "screen_programme": "baris_semua",
    "load_register": "register",
    "train_linkage": "model_pencocokan",
    "make_cards": "belum_menerima",
    "watch_deaths": "temuan",
    "make_error_sheets": "daftar",
    "forget": "masa_simpan",
    "read_accounts": "rekening",
    "read_receipts": "bukti_bayar",
    "propose_decisions": "klaim",
    "approve_decisions": "kasus_setujui_banyak",
}


def where_to(row: queries.WorkRow) -> str:
    """Give the page on which the outcome is seen, empty where the papers are all there is."""
    if row.kind in ("receive_list", "read_again") and row.result:
        return reverse("daftar_isi", args=[row.result["list_id"]]) if "list_id" in row.result else reverse("daftar")
    if row.kind == "name_person" and row.result:
        return reverse("ragu_baris", args=[row.result["row_id"]])
    if row.kind == "load_poverty" and row.result:
        return reverse("miskin_isi", args=[row.result["edition_id"]])
    return reverse(_PAGES[row.kind]) if row.kind in _PAGES else ""


def results(row: queries.WorkRow) -> list[tuple[str, str]]:
    """Give what came out, as pairs of a word and a count."""
    told = row.result or {}
    return [(str(word), number_text(told[key])) for key, word in RESULT_WORDS.items() if type(told.get(key)) is int]


@desk("people.read")
def paper(request: HttpRequest, who: Visitor, paper_id: uuid.UUID) -> HttpResponse:
    """Give one kept paper to who may see the thing it is about; PDFs open in the browser, the rest is a file to keep.

    A paper about something that this desk does not know, or that lies outside the visitor's area, is not there. Papers
    name people with their addresses, so they need the right to see those; each is a look.
    """
    about = queries.paper_about(paper_id)
    if about is None or not _may_see(who, *about):
        raise Http404
    found = queries.paper_content(paper_id)
    if found is None:
        raise Http404
    name, media_type, content = found
    look(request, who, about, who.home_area)
    return file_answer(name, media_type, content, inline=media_type == "application/pdf")


def _may_see(who: Visitor, subject: str, subject_id: str) -> bool:
    """Say whether the visitor may see a thing by the permission of its desk, in the area where it lies."""
    if subject == "claims.case":
        place = claims.case_area(int(subject_id))
        return place is not None and _both(who, "case.read", place.area_code)
    if subject in ("people.person", "coverage.membership"):
        return _of_person(who, subject, int(subject_id))
    if subject == "targeting.list":
        found = targeting.list_detail(int(subject_id), who.areas("lists.read"))
        return found is not None and privacy.may_have_sheet(who, found.row.area_code)
    if subject == "targeting.decree":
        decree = targeting.decree(int(subject_id))
        return decree is not None and _in_programme(who, "decree.read", decree.programme_id)
    if subject == "targeting.amendment":
        change = amendment(int(subject_id))
        return change is not None and _both(who, "decree.read", change.area_code)
    if subject == "targeting.calledsender":
        return sender_within(int(subject_id), who.areas("lists.read"))
    if subject == "targeting.appeal":
        return appeal(int(subject_id), _both_areas(who)) is not None
    if subject == "targeting.row":
        return targeting.row_detail(int(subject_id), _both_areas(who)) is not None
    return _of_programme(who, subject, subject_id)


def _of_programme(who: Visitor, subject: str, subject_id: str) -> bool:
    """Say whether the visitor may see what was written of a whole programme, or for one of its events."""
    if subject == "coverage.handover":
        event = sheet_head(int(subject_id))
        return event is not None and _both(who, "coverage.handover", event.programme_area)
    if subject == "insight.council":
        programme = targeting.programme_row(int(subject_id))
        return programme is not None and who.may_in("bill.read", programme.area_code)
    return subject == "targeting.programme" and _in_programme(who, "coverage.read", int(subject_id))


def _of_person(who: Visitor, subject: str, subject_id: int) -> bool:
    """Say whether the visitor may see what was written for one person: all his data, or his card and his cover."""
    member = coverage.membership(subject_id, on=who.on) if subject == "coverage.membership" else None
    person_id = member.person_id if member is not None else subject_id
    person = people.person(person_id) if subject == "people.person" or member is not None else None
    right = "coverage.read" if subject == "coverage.membership" else "people.own_data"
    return person is not None and _both(who, right, person.area_code)


def _both_areas(who: Visitor) -> tuple[str, ...]:
    """Give the areas in which the visitor reads lists and sees what papers tell of people."""
    return tuple(area for area in who.areas("lists.read") if who.may_in("people.see_contact", area))


def _in_programme(who: Visitor, permission: str, programme_id: int) -> bool:
    programme = targeting.programme_row(programme_id)
    return programme is not None and _both(who, permission, programme.area_code)


def _both(who: Visitor, permission: str, area_code: str) -> bool:
    """Say whether the visitor holds the permission of the desk there, and the one for what papers tell of people."""
    return who.may_in(permission, area_code) and who.may_in("people.see_contact", area_code)

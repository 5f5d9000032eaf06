"""The page on which the proposals of other officers are approved together, after a sample was read in full."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused
from lopo.claims.actions import Checked, check_sample
from lopo.claims.queries.approvals import Waiting, WaitingRow, decisions_in_full, waiting_for
from lopo.claims.sampling import MISSED_ONE_IN, WRONG_ONE_IN, mark_of_list, sample_of
from lopo.web import areas
from lopo.web.cases import Shown, shown
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_line
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table, ask
from lopo.web.words import mark_of
from lopo.web.works import Job, begin

_ALONE = "satu"
KIND = Filter(
    "jenis",
    _("Jenis"),
    tuple(Choice(code, mark_of(code).word) for code in ("jkm", "jkk", "beasiswa_jkm", "beasiswa_jkk")),
)
SHOWN = Filter("tampil", _("Yang ditampilkan"), (Choice(_ALONE, _("dilihat satu per satu")),))
_COLUMNS: tuple[Column[WaitingRow], ...] = (
    Column(
        _("Kasus"), lambda row: row.name, link=lambda row: reverse("kasus", args=[row.case_id]),
        minor=lambda row: row.case_code,
    ),
    Column(_("Jenis"), lambda row: row.kind, "badge"),
    Column(_("Jumlah"), lambda row: row.amount, "money"),
    Column(_("Kelurahan"), lambda row: area_line(row.area_code)),
    Column(_("Diusulkan oleh"), lambda row: row.made_by),
    Column(_("Sejak"), lambda row: row.made_on, "date"),
)  # fmt: skip
_WHY: Column[WaitingRow] = Column(_("Dilihat satu per satu karena"), lambda row: row.alone, "badges")


@dataclass(frozen=True)
class Read:
    """One proposal of the sample as the page shows it: the row of its case and the decision with all its steps."""

    row: WaitingRow
    decision: Shown


@desk("decision.approve")
def approve_many(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show what may be approved together, its sample in full, and what is looked at one by one; approve the list."""
    mine = who.areas("decision.approve")
    filters = (SHOWN, KIND, areas.kecamatan_filter(mine))
    asked = ask(request, filters)
    found = waiting_for(who.officer.id, mine, kind=asked.get("jenis"), within=asked.get(areas.KECAMATAN))
    if request.method == "POST" and "ekspor" not in request.POST:
        return _approve(request, who, found)

    def build(wanted: Ask) -> Table[WaitingRow]:
        apart = wanted.get("tampil") == _ALONE
        rows, columns = (found.alone, (*_COLUMNS, _WHY)) if apart else (found.together, _COLUMNS)
        empty = Empty(
            _("Tidak ada usul di sini"),
            _("Usul keputusan dibuat petugas BPJS pada halaman kasus yang berkasnya lengkap."),
            reverse("klaim"), _("Buka daftar kasus"),
        )  # fmt: skip
        return Table(
            "usul-menunggu", _("Usul yang menunggu"), columns, _page(rows, wanted.asked), empty, wanted, filters,
            export=True,
        )  # fmt: skip

    context = {
        "waiting": found,
        "sample": () if asked.get("tampil") == _ALONE else _sample(found, who.officer.id),
        "mark": mark_of_list([one.id for one in found.together]),
        "wrong_one_in": WRONG_ONE_IN,
        "missed_one_in": MISSED_ONE_IN,
        "alone_href": asked.href(tampil=_ALONE),
        "tab": "cases",
    }
    return show(request, who, build, "case_approve_many.html", context, filters=filters)


def _page(rows: tuple[WaitingRow, ...], asked: Asked) -> Page[WaitingRow]:
    """Cut one page out of rows that were all read, since all are looked at for signs."""
    first = (asked.number - 1) * asked.size
    return Page(rows[first : first + asked.size] if asked.size else rows, len(rows), asked)


def _sample(found: Waiting, reader_id: int) -> tuple[Read, ...]:
    rows = {one.id: one for one in found.together}
    drawn = sample_of(rows.keys(), reader_id)
    return tuple(Read(rows[one.id], shown(one)) for one in decisions_in_full(drawn))


def _approve(request: HttpRequest, who: Visitor, found: Waiting) -> HttpResponse:
    """Queue the approval of the list that was shown. Refused: another list than the one shown, an unread sample."""
    ids = [one.id for one in found.together]
    if request.POST.get("daftar") != mark_of_list(ids):
        raise Refused(
            "daftar_berubah", "Daftar usul berubah sejak halaman dibuka; muat ulang lalu baca contohnya lagi."
        )
    read = _uuids(request.POST.getlist("dibaca"))
    check_sample(by=who.officer, checked=Checked(frozenset(ids), read))
    title = ngettext("Menyetujui %(n)d keputusan", "Menyetujui %(n)d keputusan", len(ids)) % {"n": len(ids)}
    arguments = {"ids": [str(one) for one in ids], "read": sorted(str(one) for one in read)}
    return begin(who, Job("lopo.approve_decisions", title, arguments))


def _uuids(texts: list[str]) -> frozenset[uuid.UUID]:
    """Read the ids of ticked boxes; what is none is left out, and so the sample counts as unread."""
    found = set()
    for text in texts:
        try:
            found.add(uuid.UUID(text))
        except ValueError:
            continue
    return frozenset(found)

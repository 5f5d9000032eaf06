"""The page of the audit of proposers: what each sender's names turned out to be, and where somebody should look."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lopo.claims.queries.flags import CLUSTER, CLUSTER_DAYS
from lopo.insight.queries.proposers import ENOUGH, TIMES, Proposer, proposers
from lopo.web import cells
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_line
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table, ask, whole
from lopo.web.words import SENDERS

KIND = Filter("jenis", _("Jenis"), tuple(Choice(code, word) for code, word in SENDERS.items()))
LOOK = Filter("tanda", _("Tanda"), (Choice("ada", _("perlu dilihat")),))


def _signs(row: Proposer) -> tuple[str, ...]:
    found = (("pengusul_menyolok", row.stands_out), ("pengusul_kematian", row.cluster))
    return tuple(code for code, there in found if there)


_COLUMNS: tuple[Column[Proposer], ...] = (
    Column(
        _("Pengusul"),
        lambda row: row.sender,
        link=lambda row: f"{reverse('daftar')}?{urlencode({'cari': row.sender})}",
        minor=lambda row: area_line(row.area_code),
    ),
    Column(_("Tanda"), _signs, "badges"),
    Column(_("Nama"), lambda row: row.names, "number"),
    Column(_("Diterima"), lambda row: row.accepted, "number"),
    Column(_("Perlu dicek"), lambda row: row.doubtful, "number"),
    Column(_("Ditolak"), lambda row: row.refused, "number", minor=lambda row: cells.permil(row.refused_permil)),
    Column(_("Sudah meninggal"), lambda row: row.dead, "number"),
    Column(_("Ganda sendiri"), lambda row: row.twice, "number"),
    Column(_("Ada di daftar lain"), lambda row: row.elsewhere, "number"),
    Column(_("Pindah"), lambda row: row.away, "number"),
    Column(_("Pegawai atau aparat"), lambda row: row.employed, "number"),
)
_OF_CASES: tuple[Column[Proposer], ...] = (
    Column(_("Bernomor"), lambda row: row.members, "number"),
    Column(_("Segera meninggal"), lambda row: row.soon, "number"),
)


@desk("lists.read")
def audit(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the senders with their rates; deaths are for those who may read cases."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    filters = (KIND, LOOK)
    cases = who.may("case.read")
    chosen = ask(request, filters)
    found = [
        one
        for one in proposers(programme.id, who.areas("lists.read"))
        if chosen.get("jenis") in ("", one.kind)
        and (not chosen.get("tanda") or one.stands_out or (cases and one.cluster))
        and chosen.search.lower() in one.sender.lower()
    ]
    empty = Empty(
        _("Tidak ada pengusul"), _("Unggah daftar usulan dan periksa; barulah tiap pengusul dapat dibandingkan."),
        reverse("daftar"), _("Daftar usulan"),
    )  # fmt: skip

    def build(asked: Ask) -> Table[Proposer]:
        columns = (*_COLUMNS, *_OF_CASES) if cases else _COLUMNS
        caption, hint = _("Pengusul"), _("nama pengusul …")
        return Table("pengusul", caption, columns, whole(found), empty, asked, filters, hint, export=True)

    context = {"programme": programme, "cases": cases, "least": ENOUGH, "times": TIMES}
    context |= {"deaths": CLUSTER, "days": CLUSTER_DAYS}
    return show(request, who, build, "proposers.html", context, filters=filters)

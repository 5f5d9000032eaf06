"""The table of money that is held because it is disputed who inherits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lopo.payments.queries.held import HeldRow, held_shares
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_line
from lopo.web.table import Ask, Column, Empty, Table
from lopo.web.treasury import part


@desk("payment.read")
def held(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List what objections hold, the oldest first, with whose turn it is."""
    every = held_shares(who.areas("payment.read"))
    columns: tuple[Column[HeldRow], ...] = (
        Column(_("Kasus"), lambda row: row.case_code, link=lambda row: reverse("kasus", args=[row.case_id]),
               minor=lambda row: area_line(row.area_code)),
        Column(_("Bagian"), lambda row: row.heir or str(_("semua ahli waris")), personal="name"),
        Column(_("Yang berkeberatan"), lambda row: row.said_by),
        Column(_("Ditahan"), lambda row: row.amount, "money"),
        Column(_("Sejak"), lambda row: row.since, "date"),
        Column(_("Hari"), lambda row: (who.on - row.since).days, "number"),
        Column(_("Langkah berikutnya"),
               lambda row: "langkah_ditahan" if row.found_right_on else "langkah_sengketa", "badge"),
    )  # fmt: skip

    def build(asked: Ask) -> Table[HeldRow]:
        rows = [row for row in every if asked.search.lower() in f"{row.case_code} {row.heir} {row.said_by}".lower()]
        empty = Empty(
            _("Tidak ada yang ditahan"),
            _("Bila ada yang berkeberatan tentang siapa ahli warisnya, bagian itu tampak di sini sampai selesai."),
            reverse("pembayaran"), _("Lihat perintah bayar"),
        )  # fmt: skip
        return Table("ditahan", _("Yang ditahan"), columns, part(rows, asked.asked), empty, asked,
                     search=_("kode kasus atau nama …"), export=True)  # fmt: skip

    context = {"amount": sum(row.counted for row in every), "count": len(every)}
    return show(request, who, build, "held.html", context)

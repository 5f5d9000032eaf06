"""The desk of persons: search, and one page that tells everything of one person in the order of time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lopo.people import queries
from lopo.people.queries import PersonFilter, PersonRow
from lopo.web import areas
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_line
from lopo.web.table import Ask, Column, Empty, Table

COLUMNS: tuple[Column[PersonRow], ...] = (
    Column(_("Nama"), lambda row: row.name, sort="name", link=lambda row: reverse("seseorang", args=[row.id])),
    Column(_("NIK"), lambda row: row.nik, "nik"),
    Column(_("Lahir"), lambda row: row.born, "date", sort="born"),
    Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
    Column(_("Pekerjaan"), lambda row: row.occupation),
)


@desk("people.read")
def people(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Search persons by name or by the beginning of a NIK."""
    mine = who.areas("people.read")
    filters = (areas.kecamatan_filter(mine),)

    def build(asked: Ask) -> Table[PersonRow]:
        wanted = PersonFilter(mine, asked.search, asked.get(areas.KECAMATAN))
        empty = Empty(
            _("Tidak ada orang yang cocok"),
            _("Periksa ejaan, atau cari dengan awal NIK. Hanya orang di wilayah tugas Anda yang tampak."),
        )
        page = queries.persons_page(wanted, asked.asked)
        return Table("orang", _("Orang"), COLUMNS, page, empty, asked, filters, _("nama, atau awal NIK …"), export=True)

    return show(request, who, build, "people.html", {}, filters=filters)

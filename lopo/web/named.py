"""Who is named in a decree and has no number: since when, where it is stuck, why BPJS refused, and what to do next."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.coverage import actions, queries
from lopo.coverage.queries import NamedFilter, NamedRow
from lopo.web import areas
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_line
from lopo.web.members import name_and_way
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table

STAGE = Filter(
    "tahap",
    _("Tahap"),
    (
        Choice("belum_dikirim", _("belum dikirim ke BPJS")),
        Choice("diusulkan", _("menunggu jawaban BPJS")),
        Choice("diterima", _("diterima BPJS, menunggu iuran pertama")),
        Choice("ditolak", _("ditolak BPJS, menunggu pengganti")),
    ),
)
_NEXT: dict[str, str | Promise] = {
    "belum_dikirim": _("Kirim ke BPJS dari halaman keputusan"),
    "diusulkan": _("Minta jawaban BPJS, lalu baca berkasnya"),
    "diterima": _("Bayar iuran pertama; nomor terbit satu hari kerja sesudahnya"),
}
_REFUSED: tuple[tuple[tuple[str, ...], str | Promise], ...] = (
    (("aktif", "segmen", "pu"), _("Tanyakan ke pemberi kerjanya; bila benar bekerja di sana, ganti dari cadangan")),
    (("meninggal",), _("Periksa akta kematian; ganti dari cadangan")),
    (("umur", "usia"), _("Cocokkan tanggal lahir dengan KTP; bila benar, ganti dari cadangan")),
    (("nik", "dukcapil", "valid", "padan"), _("Betulkan NIK di Dukcapil, lalu kirim lagi")),
    (("nama", "lahir", "hp", "email"), _("Betulkan datanya sesuai KTP, lalu kirim lagi")),
)
_OTHER = _("Baca alasannya: betulkan lalu kirim lagi, atau ganti dari cadangan")


def next_step(stage: str, reason: str) -> str:
    """Give what to do next about somebody at a stage; for the refused it follows the words of BPJS's reason."""
    if stage in _NEXT:
        return str(_NEXT[stage])
    words = set("".join(letter if letter.isalnum() else " " for letter in reason.lower()).split())
    return str(next((step for keys, step in _REFUSED if words & set(keys)), _OTHER))


def _way_on(who: Visitor, row: NamedRow) -> str:
    """Give the page on which the next step is taken; nothing for who may not take it."""
    pages = {
        "belum_dikirim": ("decree.read", reverse("keputusan_isi", args=[row.decree_id])),
        "diusulkan": ("coverage.read", reverse("peserta_bpjs")),
        "diterima": ("bill.read", reverse("iuran")),
        "ditolak": ("decree.draft", reverse("usul_keluar_baru", args=[row.person_id])),
    }
    permission, page = pages[row.stage]
    return page if who.may(permission) else ""


def _columns(who: Visitor) -> tuple[Column[NamedRow], ...]:
    name, way = name_and_way(who)
    return (
        Column(_("Nama"), name, sort="name", link=way),
        Column(_("NIK"), lambda row: row.nik, "nik", sort="nik"),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
        Column(_("Tahap"), lambda row: row.stage, "badge", sort="stage"),
        Column(_("Disebut sejak"), lambda row: row.named_on, "date", sort="named_on"),
        Column(_("Hari"), lambda row: row.days, "number"),
        Column(_("Alasan BPJS"), lambda row: row.reject_reason),
        Column(
            _("Langkah berikut"),
            lambda row: next_step(row.stage, row.reject_reason),
            link=lambda row: _way_on(who, row),
        ),
    )


@desk("coverage.read")
def named(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List who is named in a set decree and has no number, for how long, where it is stuck, and what to do next."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    mine = who.areas("coverage.read")
    filters = (STAGE, areas.kecamatan_filter(mine))

    def build(asked: Ask) -> Table[NamedRow]:
        wanted = NamedFilter(mine, programme.id, asked.search, asked.get(areas.KECAMATAN), asked.get("tahap"))
        page = queries.named_page(wanted, asked.asked, on=who.on)
        empty = Empty(
            _("Semua yang disebut sudah bernomor"), _("Tidak ada yang tertahan antara keputusan dan nomor peserta.")
        )
        search, caption = _("nama atau NIK …"), _("Belum bernomor")
        return Table("belum-bernomor", caption, _columns(who), page, empty, asked, filters, search, export=True)

    reasons = queries.reject_reasons(programme.id, on=who.on, areas=mine)
    context = {"programme": programme, "tab": "named", "may_send": who.may_in("coverage.send", programme.area_code)}
    context |= {"reasons": [(one, next_step("ditolak", one.reason)) for one in reasons]}
    return show(request, who, build, "named.html", context, filters=filters)


@desk("coverage.send")
@require_POST
def send_again(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Send those again whom BPJS refused with one reason, after what was wrong is corrected."""
    programme = programme_shown(request, who)
    if programme is None:
        raise Http404
    reason, corrected = request.POST.get("alasan_bpjs", ""), request.POST.get("pembetulan", "")
    done = actions.submit_again(
        by=who.officer, on=who.on, programme_id=programme.id, reason=reason, corrected=corrected
    )
    told = gettext("%(n)d nama dikirim ke BPJS dalam berkas %(file)s.") % {"n": done.people, "file": done.file}
    messages.success(request, told)
    return redirect("peserta_menunggu")

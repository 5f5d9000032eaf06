"""The list of tasks of the treasury, and the payers side by side: who has still to do what, and who has not paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lopo.basics.page import Asked, Page
from lopo.financing.queries.alarms import Step
from lopo.financing.queries.codes import code_tasks
from lopo.financing.queries.receipts import receipt_tasks
from lopo.financing.queries.standings import PayerStanding, Standing, payer_standings
from lopo.financing.queries.tasks import NEEDS, Task, Work, tasks
from lopo.web.cells import day_text, month_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.programme_forms import PAYER_KINDS
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table

Row = TypeVar("Row")
WORK: Final[dict[Work, Promise]] = {
    Work.ANGGARAN: _("Tetapkan anggaran"),
    Work.TAGIHAN: _("Terbitkan tagihan"),
    Work.SPP: _("Catat SPP"),
    Work.SPM: _("Terbitkan SPM"),
    Work.SP2D: _("Ajukan SP2D"),
    Work.SETUJU: _("Setujui SP2D"),
    Work.KODE: _("Perbarui kode iuran"),
    Work.BUKTI: _("Minta bukti bayar BPJS"),
}
WHO: Final[dict[str, Promise]] = {
    "budget.set": _("bendahara"),
    "bill.make": _("petugas dinas"),
    "bill.pay": _("bendahara"),
    "bill.approve": _("pejabat penyetuju"),
}
STEPS: Final[dict[Step, Promise]] = {
    Step.HALF_MONTH: _("lewat setengah bulan: pejabat penyetuju perlu tahu"),
    Step.SECOND_MONTH: _("bulan kedua lewat: pimpinan perlu turun tangan"),
    Step.LAST_DAYS: _("hak gugur dalam beberapa hari"),
    Step.LAPSED: _("hak sudah gugur"),
}
WHOSE: Final = Filter("siapa", _("Siapa"), (Choice("saya", _("tugas saya")),))
WHEN: Final = Filter(
    "kapan", _("Kapan"),
    (
        Choice("tugas_tempo", _("lewat jatuh tempo")),
        Choice("tugas_rencana", _("lewat rencana")),
        Choice("tugas_pekan", _("pekan ini")),
        Choice("tugas_nanti", _("nanti")),
    ),
)  # fmt: skip
KIND: Final = Filter("jenis", _("Jenis"), tuple(Choice(code, title) for code, title in PAYER_KINDS))
STANDING: Final = Filter(
    "keadaan", _("Keadaan"),
    (
        Choice(f"bayar_{Standing.TERLAMBAT}", _("belum membayar")),
        Choice(f"bayar_{Standing.BERJALAN}", _("belum jatuh tempo")),
        Choice(f"bayar_{Standing.LUNAS}", _("lunas")),
        Choice(f"bayar_{Standing.BELUM}", _("belum ditagih")),
    ),
)  # fmt: skip
_SOON: Final = timedelta(days=7)


@desk("bill.read")
def treasury(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List what is open, the late first, with whose turn it is and by which day."""
    every = _every(who.areas("bill.read"), who.on)
    columns: tuple[Column[Task], ...] = (
        Column(_("Tugas"), lambda row: str(WORK[row.work]), link=_place, minor=_whose),
        Column(_("Pembayar"), _payers, minor=lambda row: row.programme_name),
        Column(_("Bulan"), lambda row: row.month.first_day, "month"),
        Column(_("Orang"), lambda row: row.people or None, "number"),
        Column(_("Jumlah"), lambda row: row.amount, "money"),
        Column(_("Kerjakan sebelum"), lambda row: row.by_day, "date", minor=_due),
        Column(_("Keadaan"), lambda row: when(row, who), "badge", minor=lambda row: str(STEPS.get(row.step, ""))),
    )
    filters = (WHOSE, WHEN, KIND)

    def build(asked: Ask) -> Table[Task]:
        rows = [row for row in every if _wanted(row, asked, who)]
        empty = Empty(
            _("Tidak ada tugas"),
            _("Semua bulan sampai hari ini sudah ditagih dan dibayar, atau belum ada program yang berjalan."),
            reverse("pembayar_iuran"), _("Lihat semua pembayar"),
        )  # fmt: skip
        search = _("pembayar atau program …")
        page = part(rows, asked.asked)
        return Table("tugas-bendahara", _("Tugas"), columns, page, empty, asked, filters, search, export=True)

    mine = [row for row in every if who.may_in(NEEDS[row.work], row.area_code)]
    context = {
        "late": sum(_overdue(row, who) for row in every),
        "mine": len(mine),
        "open": len(every),
        "pressing": [row for row in every if row.step >= Step.LAST_DAYS][:1],
    }
    return show(request, who, build, "treasury.html", context, filters=filters)


def _every(areas: tuple[str, ...], on: date) -> tuple[Task, ...]:
    """Give the tasks of the months and those of what BPJS gives, the earliest day first."""
    found = (*tasks(areas=areas, on=on), *code_tasks(areas=areas, on=on), *receipt_tasks(areas=areas, on=on))
    return tuple(sorted(found, key=lambda one: (one.by_day, one.month)))


@desk("bill.read")
def payers(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the payers side by side, those longest behind first."""
    every = payer_standings(areas=who.areas("bill.read"), on=who.on)
    kinds = dict(PAYER_KINDS)
    columns: tuple[Column[PayerStanding], ...] = (
        Column(_("Pembayar"), lambda row: row.name, minor=lambda row: str(kinds.get(row.kind, row.kind)),
               link=lambda row: f"{reverse('tugas')}?{urlencode({'cari': row.name})}"),
        Column(_("Keadaan"), lambda row: f"bayar_{row.standing}", "badge"),
        Column(_("Bulan belum dibayar"), _months, minor=lambda row: _days(row.days_late)),
        Column(_("Belum dibayar"), lambda row: row.owed, "money"),
        Column(_("Sudah dibayar"), lambda row: row.paid, "money"),
        Column(_("Bulan lunas"), lambda row: row.months_paid, "number"),
        Column(_("Orang"), lambda row: row.people, "number"),
    )  # fmt: skip
    filters = (STANDING, KIND)

    def build(asked: Ask) -> Table[PayerStanding]:
        rows = [
            row
            for row in every
            if asked.get("keadaan") in ("", f"bayar_{row.standing}")
            and asked.get("jenis") in ("", row.kind)
            and asked.search.lower() in row.name.lower()
        ]
        empty = Empty(_("Tidak ada pembayar"), _("Pembayar muncul di sini setelah anggarannya ditetapkan."))
        page = part(rows, asked.asked)
        return Table("pembayar-iuran", _("Pembayar"), columns, page, empty, asked, filters, _("nama …"), export=True)

    late = [row for row in every if row.standing is Standing.TERLAMBAT]
    context = {"every": len(every), "late": len(late), "owed": sum(row.owed for row in late)}
    return show(request, who, build, "payer_standings.html", context, filters=filters)


def part(rows: Sequence[Row], asked: Asked) -> Page[Row]:
    """Cut the page that is asked for out of rows that are all there."""
    start = (asked.number - 1) * asked.size
    return Page(tuple(rows[start : start + asked.size] if asked.size else rows), len(rows), asked)


def when(row: Task, who: Visitor) -> str:
    """Say how a task stands in time: the month is late, the plan is late, this week, later."""
    if _overdue(row, who):
        return "tugas_tempo"
    if row.by_day < who.on:
        return "tugas_rencana"
    return "tugas_pekan" if row.by_day - who.on <= _SOON else "tugas_nanti"


def _overdue(row: Task, who: Visitor) -> bool:
    """Say whether a month or a code is past its day; a receipt that is missing makes no paid month overdue."""
    return row.work is not Work.BUKTI and row.due_on < who.on


def _wanted(row: Task, asked: Ask, who: Visitor) -> bool:
    said = f"{_payers(row)} {row.programme_name}".lower()
    return (
        all(word in said for word in asked.search.lower().split())
        and asked.get("kapan") in ("", when(row, who))
        and (not asked.get("jenis") or any(one.kind == asked.get("jenis") for one in row.payers))
        and (not asked.get("siapa") or who.may_in(NEEDS[row.work], row.area_code))
    )


def _place(row: Task) -> str:
    """Where the task is done."""
    if row.bill_id is not None:
        return reverse("tagihan", args=[row.bill_id])
    return f"{reverse('iuran')}?program={row.programme_code}"


def _payers(row: Task) -> str:
    return gettext(" atau ").join(one.name for one in row.payers) or gettext("belum ada pembayar")


def _whose(row: Task) -> str:
    """Who does it, and of which code it is."""
    return f"{WHO[NEEDS[row.work]]} · {row.code}" if row.code else str(WHO[NEEDS[row.work]])


def _due(row: Task) -> str:
    if row.work is Work.KODE:
        return gettext("kode berlaku sampai %(day)s") % {"day": day_text(row.due_on)}
    if row.work is Work.BUKTI:
        return gettext("ditanyakan lagi %(day)s") % {"day": day_text(row.due_on)}
    if row.lapses_after is not None and row.step > Step.NONE:
        return gettext("hak gugur sesudah %(day)s") % {"day": day_text(row.lapses_after)}
    return gettext("jatuh tempo %(day)s") % {"day": day_text(row.due_on)}


def _months(row: PayerStanding) -> str:
    """The late months; where there are many, the first and how many more."""
    first = ", ".join(month_text(month.first_day) for month in row.late[:2])
    more = len(row.late) - 2
    return first + (gettext(" dan %(n)d bulan lagi") % {"n": more} if more > 0 else "")


def _days(days: int) -> str:
    return gettext("%(n)d hari lewat") % {"n": days} if days else ""

"""Bank statements: what moved, how much of it is explained from end to end, and lines that two officers explain."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lopo.payments import actions, queries
from lopo.payments.queries import Candidate, LineFilter, LineRow, StatementRow
from lopo.payments.queries.recoveries import RecoveryRow, open_recoveries
from lopo.staff import queries as staff
from lopo.web.cells import day_text, money
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import refused_by
from lopo.web.refusals import said
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table, whole

STATE: Final = Filter(
    "keadaan",
    _("Keadaan"),
    (
        Choice("belum_dikenali", _("belum dikenali")),
        Choice("diusulkan", _("penjelasan menunggu persetujuan")),
        Choice("dijelaskan", _("dijelaskan oleh dua orang")),
        Choice("cocok", _("cocok dengan perintah bayar")),
    ),
)
DIRECTION: Final = Filter("arah", _("Arah"), (Choice("keluar", _("uang keluar")), Choice("masuk", _("uang masuk"))))
NO_ORDER: Final = "bukan"
_CLAIM: Final = "piutang:"


def rupiah_and_sen(amount: Decimal) -> str:
    """An amount of a bank, which may have sen: `Rp 1.250` or `Rp 1.250,25`."""
    whole_rupiah = int(amount)
    sen = abs(int((amount - whole_rupiah) * 100))
    return f"{money(whole_rupiah)},{sen:02d}" if sen else money(whole_rupiah)


LINES: Final[tuple[Column[LineRow], ...]] = (
    Column(_("Tanggal"), lambda row: row.on, "date", sort="on", link=lambda row: reverse("baris_koran", args=[row.id])),
    Column(_("Arah"), lambda row: gettext("uang keluar") if row.debit else gettext("uang masuk")),
    Column(_("Jumlah"), lambda row: rupiah_and_sen(row.amount), "line", sort="amount"),
    Column(_("Keterangan bank"), lambda row: row.text or row.reference, minor=lambda row: row.statement),
    Column(_("Keadaan"), lambda row: f"koran_{row.state}", "badge", sort="state"),
    Column(_("Mengapa"), lambda row: row.note or said(row.why)),
    Column(_("Kasus"), lambda row: row.case_code or "", "line"),
)
STATEMENTS: Final[tuple[Column[StatementRow], ...]] = (
    Column(_("Nomor"), lambda row: row.number),
    Column(_("Tanggal"), lambda row: row.on, "date"),
    Column(_("Saldo awal"), lambda row: rupiah_and_sen(row.opening), "line"),
    Column(_("Saldo akhir"), lambda row: rupiah_and_sen(row.closing), "line"),
    Column(_("Baris"), lambda row: row.count, "number"),
    Column(_("Belum dikenali"), lambda row: row.unknown, "number"),
    Column(
        _("Dibaca oleh"),
        lambda row: row.read_by or gettext("program, dari folder bank"),
        minor=lambda row: day_text(row.read_on),
    ),
)


class Given(forms.Form):
    """A message of the bank with one or more statements."""

    koran = forms.FileField(
        label=_("Rekening koran dari bank (camt.053)"),
        widget=forms.FileInput(attrs={"accept": ".xml"}),
        help_text=_("Berkas yang sama boleh dikirim lagi; tidak ada yang dibukukan dua kali."),
    )


@desk("payment.read")
def statements(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show what the statements moved and what nobody knows; read a new one where that is the visitor's duty."""
    posted = request.method == "POST" and "ekspor" not in request.POST
    form = Given(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        with refused_by(form):
            content = form.cleaned_data["koran"].read()
            _tell(request, actions.read_statement(by=who.officer, on=who.on, content=content))
            return redirect("rekening_koran")
    filters = (STATE, DIRECTION)

    def build(asked: Ask) -> Table[LineRow]:
        wanted = LineFilter(asked.get("keadaan"), asked.get("arah"), asked.search)
        page = queries.lines_page(wanted, asked.asked)
        empty = Empty(
            _("Belum ada baris rekening koran"),
            _("Minta berkas camt.053 dari bank, lalu baca di sini; uang yang keluar dan kembali langsung dicocokkan."),
        )
        search = _("keterangan atau nomor bank …")
        caption = _("Baris rekening koran")
        return Table("baris-koran", caption, LINES, page, empty, asked, filters, search, export=True)

    return show(request, who, build, "statements.html", _context(who, form), filters=filters)


def _tell(request: HttpRequest, done: actions.Read) -> None:
    if done.again:
        messages.info(request, gettext("Rekening koran ini sudah dibaca sebelumnya; tidak ada yang berubah."))
        return
    told = {"lines": done.lines, "paid": done.paid, "returned": done.returned, "unknown": done.unknown}
    said = _(
        "%(lines)d baris dibaca: %(paid)d pembayaran dipastikan, %(returned)d uang kembali, %(unknown)d belum dikenali."
    )
    messages.success(request, said % told)


def _context(who: Visitor, form: Given) -> dict[str, Any]:
    rows, told = queries.statements(), queries.explained()
    empty = Empty(_("Belum ada rekening koran"), _("Bank mengirimnya setiap hari kerja."))
    return {
        "told": told,
        "share": _share(told.permille),
        "sums": {name: rupiah_and_sen(getattr(told, name)) for name in ("moved", "known", "unseen", "unknown", "book")},
        "gaps": [(row, rupiah_and_sen(row.gap)) for row in rows if row.gap is not None],
        "statements": Table("rekening-koran", _("Rekening koran"), STATEMENTS, whole(rows), empty),
        "form": form,
        "may_read": who.may("payment.make"),
    }


def _share(permille: int | None) -> str:
    return "" if permille is None else f"{permille // 10},{permille % 10} %"


class Explain(forms.Form):
    """What a line is: one of the orders that it may be, or no payment of ours."""

    perintah = forms.ChoiceField(label=_("Uang apa ini?"), widget=forms.RadioSelect)
    catatan = forms.CharField(
        label=_("Dari mana Anda mengetahuinya?"), max_length=200, help_text=_("Sebut bukti yang dapat dilihat lagi.")
    )

    def __init__(self, data: Any, found: tuple[Candidate, ...], claims: tuple[RecoveryRow, ...]) -> None:  # noqa: ANN401
        super().__init__(data)
        choices = [(str(one.id), f"{one.case_code}, {one.component.replace('_', ' ')}, {one.holder_name}")
                   for one in found]  # fmt: skip
        choices += [
            (f"{_CLAIM}{one.id}", gettext("pengembalian: %(holder)s, %(code)s, sisa %(left)s")
             % {"holder": one.holder_name, "code": one.case_code, "left": money(one.left)})
            for one in claims
        ]  # fmt: skip
        self.fields["perintah"] = forms.ChoiceField(
            label=_("Uang apa ini?"), widget=forms.RadioSelect,
            choices=[*choices, (NO_ORDER, _("bukan pembayaran kita: biaya, bunga, atau urusan lain"))],
        )  # fmt: skip


@desk("payment.read")
def statement_line(request: HttpRequest, who: Visitor, line_id: int) -> HttpResponse:
    """Show one line; one officer says what it is, another agrees or sends it back."""
    row = queries.line(line_id)
    explaining = row.state == "belum_dikenali" and who.may("payment.make")
    found = queries.candidates(line_id) if explaining else ()
    pays_back = explaining and not row.debit and row.amount == int(row.amount)
    claims = open_recoveries(int(row.amount)) if pays_back else ()
    form = Explain(request.POST if request.method == "POST" and explaining else None, found, claims)
    if request.method == "POST" and not explaining:
        return _answered(request, who, line_id)
    if form.is_valid():
        with refused_by(form):
            return _explained(request, who, line_id, form.cleaned_data)
    context = {
        "row": row,
        "state": f"koran_{row.state}",
        "amount": rupiah_and_sen(row.amount),
        "form": form,
        "explaining": explaining,
        "deciding": row.state == "diusulkan" and who.may("payment.approve"),
        "diary": [(one, deed_text(one.action)) for one in staff.diary_of("payments.statement_line", str(line_id))],
    }
    return render(request, "statement_line.html", context)


def _explained(request: HttpRequest, who: Visitor, line_id: int, given: dict[str, Any]) -> HttpResponse:
    chosen = given["perintah"]
    claim = uuid.UUID(chosen.removeprefix(_CLAIM)) if chosen.startswith(_CLAIM) else None
    order = None if chosen == NO_ORDER or claim else uuid.UUID(chosen)
    actions.explain_line(
        by=who.officer, on=who.on, line_id=line_id, order_id=order, note=given["catatan"], recovery_id=claim
    )  # fmt: skip
    messages.success(request, gettext("Penjelasan diusulkan; pejabat lain memeriksanya."))
    return redirect("baris_koran", line_id)


def _answered(request: HttpRequest, who: Visitor, line_id: int) -> HttpResponse:
    if "setuju" in request.POST:
        actions.agree_line(by=who.officer, on=who.on, line_id=line_id)
        messages.success(request, gettext("Baris ini dijelaskan oleh dua orang."))
    else:
        actions.refuse_line(by=who.officer, on=who.on, line_id=line_id, why=request.POST.get("alasan", ""))
        messages.success(request, gettext("Usul dikembalikan; baris ini menunggu penjelasan lagi."))
    return redirect("baris_koran", line_id)

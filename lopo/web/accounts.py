"""The desk of accounts: who is without one, files that ask the bank for many, its answers, and names to look at."""

from __future__ import annotations

import uuid
from typing import Any, Final, Protocol

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.refusal import Refused
from lopo.payments import bank
from lopo.payments.actions.openings import Wanted, ask_accounts, check_opening
from lopo.payments.queries import openings as queries
from lopo.payments.queries.openings import BatchRow, OpeningFilter, OpeningRow
from lopo.staff.actions import Paper, keep_once
from lopo.web.cells import masked
from lopo.web.door import Visitor, desk
from lopo.web.export import file_answer, show
from lopo.web.forms import refused_by
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table, whole
from lopo.web.whole_nik import look
from lopo.web.works import Job, begin

_LARGEST: Final = 50 * 2**20
STATE: Final = Filter(
    "keadaan",
    _("Keadaan"),
    (
        Choice("perlu_cek", _("nama perlu dicek")),
        Choice("diminta", _("menunggu bank")),
        Choice("dibuka", _("dibuka")),
        Choice("ditolak", _("ditolak")),
    ),
)


def _alike(row: OpeningRow) -> str:
    return "" if row.likeness is None else gettext("mirip %(n)d dari 100") % {"n": row.likeness}


COLUMNS: Final[tuple[Column[OpeningRow], ...]] = (
    Column(
        _("Nama"),
        lambda row: row.holder_name,
        sort="holder_name",
        link=lambda row: reverse("rekening_periksa", args=[row.id]),
        minor=lambda row: gettext("ahli waris") if row.kind == "ahli_waris" else "",
    ),
    Column(_("NIK"), lambda row: row.holder_nik, "nik"),
    Column(_("Keadaan"), lambda row: f"rekening_{row.state}", "badge", sort="state"),
    Column(_("Nama di bank"), lambda row: row.bank_name, minor=_alike, sort="likeness"),
    Column(_("Rekening"), lambda row: masked(row.number)),
    Column(_("Catatan"), lambda row: row.note),
    Column(_("Diminta"), lambda row: row.asked_on, "date"),
)
BATCHES: Final[tuple[Column[BatchRow], ...]] = (
    Column(_("Nama berkas"), lambda row: row.name, minor=lambda row: row.made_by),
    Column(_("Tanggal"), lambda row: row.made_on, "date"),
    Column(_("Diminta"), lambda row: row.count, "number"),
    Column(_("Menunggu bank"), lambda row: row.waiting, "number"),
    Column(_("Dibuka"), lambda row: row.opened, "number"),
    Column(_("Perlu dicek"), lambda row: row.to_check, "number"),
    Column(_("Ditolak"), lambda row: row.refused, "number"),
    Column(_("Baris disisihkan"), lambda row: len(row.parked), "number"),
)


class File(Protocol):
    """A file as a form gives it."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """Give its bytes."""


class Answered(forms.Form):
    """The bank's answer to one of our files."""

    jawaban = forms.FileField(
        label=_("Jawaban bank"),
        widget=forms.FileInput(attrs={"accept": ".csv"}),
        help_text=_("Berkas yang sama boleh dikirim lagi; tidak ada yang dicatat dua kali."),
    )


class Looked(forms.Form):
    """Whether the holder is our person, and how that was found out."""

    alasan = forms.CharField(label=_("Bagaimana diperiksa"), max_length=200)


@desk("payment.read")
def accounts(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the accounts asked of the bank; read an answer where that is the visitor's duty."""
    posted = request.method == "POST" and "ekspor" not in request.POST
    form = Answered(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        with refused_by(form):
            return _read(who, form.cleaned_data["jawaban"])

    def build(asked: Ask) -> Table[OpeningRow]:
        wanted = OpeningFilter(who.areas("payment.read"), asked.get("keadaan"), asked.search)
        page = queries.openings_page(wanted, asked.asked)
        empty = Empty(_("Belum ada rekening yang diminta"), _("Minta rekening bagi peserta yang belum punya."))
        caption = _("Rekening yang diminta")
        return Table("rekening", caption, COLUMNS, page, empty, asked, (STATE,), _("nama pemilik …"), export=True)

    return show(request, who, build, "accounts.html", _context(request, who, form), filters=(STATE,))


def _read(who: Visitor, file: File) -> HttpResponse:
    """Keep the file with its batch and queue its reading. Refused: too large, or an answer to no file of ours."""
    if (file.size or 0) > _LARGEST:
        raise Refused("berkas_terlalu_besar", gettext("Berkas ini lebih dari 50 MB."))
    content = file.read()
    answer = bank.read_opening_answer(content)
    batch_id = queries.batch_named(answer.file)
    if batch_id is None:
        raise Refused(
            "jawaban_berkas_lain",
            gettext("Jawaban ini untuk berkas yang tidak dikenal: %(file)s.") % {"file": answer.file},
        )
    paper = Paper("jawaban_rekening", "payments.account_batch", batch_id, str(file.name)[:200], "text/csv", content)
    kept = keep_once(by=who.officer, on=who.on, paper=paper)
    title = gettext("Membaca jawaban bank untuk %(file)s") % {"file": answer.file}
    return begin(who, Job("lopo.read_accounts", title, {"batch_id": str(batch_id), "paper_id": str(kept)}))


def _context(request: HttpRequest, who: Visitor, form: Answered) -> dict[str, Any]:
    programme = programme_shown(request, who)
    batches, counts = queries.account_batches(), queries.opening_counts()
    empty = Empty(_("Belum ada berkas"), _("Berkas permintaan dikirim ke bank, lalu jawabannya dibaca di sini."))
    return {
        "programme": programme,
        "without": queries.without_account(programme.id) if programme else 0,
        "counts": {one: counts.get(one, 0) for one in ("diminta", "perlu_cek", "dibuka", "ditolak")},
        "batches": batches,
        "files": Table("berkas-rekening", _("Berkas permintaan"), BATCHES, whole(batches), empty, Ask()),
        "parked": [(row.name, line) for row in batches for line in row.parked],
        "may_make": who.may("payment.make"),
        "form": form,
    }


@desk("payment.make")
@require_POST
def ask(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Put everybody without an account into one file for the bank."""
    heirs, programme = request.POST.get("siapa") == "ahli_waris", programme_shown(request, who)
    if programme is None and not heirs:
        raise Http404
    wanted = Wanted(None if heirs or programme is None else programme.id, again="lagi" in request.POST)
    ask_accounts(by=who.officer, on=who.on, wanted=wanted)
    messages.success(request, gettext("Berkas permintaan tersusun; unduh lalu kirim ke bank."))
    return redirect("rekening")


@desk("payment.make")
@require_POST
def download(request: HttpRequest, who: Visitor, batch_id: uuid.UUID) -> HttpResponse:
    """Give the file as it goes to the bank."""
    found = queries.batch_content(batch_id)
    if found is None:
        raise Http404
    look(request, who, ("payments.account_batch", batch_id), who.home_area)
    return file_answer(found[0], "text/csv; charset=utf-8", found[1])


@desk("payment.read")
def check(request: HttpRequest, who: Visitor, opening_id: int) -> HttpResponse:
    """Show one account asked for; where the bank has another name, an officer who did not read it decides."""
    row = queries.opening(opening_id, who.areas("payment.read"))
    if row is None:
        raise Http404
    form = Looked(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_by(form):
            same = request.POST.get("putusan") == "sama"
            check_opening(by=who.officer, on=who.on, opening_id=opening_id, same=same, why=form.cleaned_data["alasan"])
            messages.success(request, gettext("Rekening dicatat.") if same else gettext("Rekening ditolak."))
            return redirect("rekening")
    decides = row.state == "perlu_cek" and who.may("payment.approve") and row.answered_by_id != who.officer.id
    context = {"row": row, "state": f"rekening_{row.state}", "form": form, "decides": decides, "alike": _alike(row),
               "account": masked(row.number)}  # fmt: skip
    return render(request, "account_check.html", context, status=422 if form.errors else 200)

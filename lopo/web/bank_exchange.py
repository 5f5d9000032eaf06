"""The desk of what goes to the bank and comes from it by the program: outgoing with tries, incoming with its result."""

from __future__ import annotations

import uuid
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.refusal import Refused
from lopo.payments.actions.arrivals import read_arrival_again
from lopo.payments.actions.deliveries import retry_delivery
from lopo.payments.bank import bank_folder
from lopo.payments.queries import deliveries as queries
from lopo.payments.queries.deliveries import ArrivalRow, ByState, DeliveryRow
from lopo.web.cells import moment_text, number_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.refusals import sentence_of
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.words import mark_of

_GOING: Final = ("menunggu", "dikirim", "terkirim", "menyerah")
_COMING: Final = ("datang", "dibaca", "disisihkan", "ulang")
GOING: Final = Filter("keadaan", _("Keadaan"), tuple(Choice(one, mark_of(f"kirim_{one}").word) for one in _GOING))
COMING: Final = Filter("keadaan", _("Keadaan"), tuple(Choice(one, mark_of(f"masuk_{one}").word) for one in _COMING))
_KINDS: Final = {
    "jawaban": _("jawaban atas perintah bayar"),
    "koran": _("rekening koran"),
    "rekening": _("jawaban permintaan rekening"),
}
_COUNTS: Final = {
    "lines": _("baris"),
    "paid": _("terbayar"),
    "failed": _("gagal"),
    "returned": _("uang kembali"),
    "unknown": _("belum dikenali"),
    "opened": _("rekening dibuka"),
    "to_check": _("nama perlu dicek"),
    "refused": _("ditolak"),
    "parked": _("baris disisihkan"),
    "pending": _("masih di bank"),
}


def _moment(moment: object) -> str:
    return moment_text(moment) if moment else ""  # type: ignore[arg-type]


def _brought(row: ArrivalRow) -> str:
    """What a file brought, counted, or why it is put aside."""
    if row.why:
        return sentence_of(Refused("disisihkan", row.why))
    return ", ".join(f"{number_text(row.told[name])} {word}" for name, word in _COUNTS.items() if row.told.get(name))


OUTGOING: Final[tuple[Column[DeliveryRow], ...]] = (
    Column(
        _("Nama berkas"), lambda row: row.name, sort="name", link=lambda row: reverse("berkas_bank", args=[row.file_id])
    ),
    Column(_("Perintah"), lambda row: row.count, "number"),
    Column(_("Jumlah"), lambda row: row.total, "money"),
    Column(_("Keadaan"), lambda row: f"kirim_{row.state}", "badge", sort="state"),
    Column(_("Percobaan"), lambda row: row.attempts, "number"),
    Column(_("Kesalahan terakhir"), lambda row: row.last_error),
    Column(_("Dicoba lagi"), lambda row: _moment(row.next_at)),
    Column(_("Sampai di folder bank"), lambda row: _moment(row.sent_at), sort="made_at"),
)
INCOMING: Final[tuple[Column[ArrivalRow], ...]] = (
    Column(_("Nama berkas"), lambda row: row.name, sort="name"),
    Column(_("Isi"), lambda row: str(_KINDS.get(row.kind, ""))),
    Column(_("Keadaan"), lambda row: f"masuk_{row.state}", "badge", sort="state"),
    Column(_("Hasil atau alasan"), _brought),
    Column(_("Ditemukan"), lambda row: _moment(row.seen_at), sort="seen_at"),
    Column(_("Dibaca"), lambda row: _moment(row.read_at)),
)


def _nothing_yet(words: object) -> Empty:
    """What to do next: where no folder is set, that is to set one."""
    if bank_folder() is None:
        said = _(
            "Atur LOPO_BANK_FOLDER ke folder bersama bank; sampai itu petugas mengunduh dan membaca berkas sendiri."
        )
        return Empty(_("Folder bank belum diatur"), said)
    return Empty(_("Belum ada berkas yang cocok"), str(words))


@desk("payment.read")
def outgoing(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the files that the program carries to the bank, with a way to try again."""

    def build(asked: Ask) -> Table[DeliveryRow]:
        page = queries.deliveries_page(ByState(asked.get("keadaan"), asked.search), asked.asked)
        empty = _nothing_yet(_("Berkas bank yang dikirim pejabat muncul di sini dan diantar dalam satu menit."))
        caption, search = _("Berkas ke bank"), _("nama berkas …")
        return Table("kiriman-bank", caption, OUTGOING, page, empty, asked, (GOING,), search, export=True)

    stuck = queries.stuck_deliveries() if who.may("payment.send") else ()
    context = {"tab": "out", "stuck": stuck, "no_folder": bank_folder() is None}
    return show(request, who, build, "bank_exchange.html", context, filters=(GOING,))


@desk("payment.read")
def incoming(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the files that the program found in the bank's folder, with a way to read one again."""

    def build(asked: Ask) -> Table[ArrivalRow]:
        page = queries.arrivals_page(ByState(asked.get("keadaan"), asked.search), asked.asked)
        empty = _nothing_yet(_("Jawaban dan rekening koran yang ditaruh bank di folder dibaca dengan sendirinya."))
        caption, search = _("Berkas dari bank"), _("nama berkas …")
        return Table("kiriman-dari-bank", caption, INCOMING, page, empty, asked, (COMING,), search, export=True)

    aside = queries.set_aside() if who.may("payment.make") else ()
    context = {
        "tab": "in",
        "aside": [(row, _brought(row)) for row in aside],
        "no_folder": bank_folder() is None,
    }
    return show(request, who, build, "bank_exchange.html", context, filters=(COMING,))


@desk("payment.send")
@require_POST
def retry(request: HttpRequest, who: Visitor, delivery_id: uuid.UUID) -> HttpResponse:
    """Carry a file again that did not get there."""
    retry_delivery(by=who.officer, on=who.on, delivery_id=delivery_id)
    messages.success(request, gettext("Berkas diantar lagi dalam satu menit."))
    return redirect("kiriman_bank")


@desk("payment.make")
@require_POST
def read_again(request: HttpRequest, who: Visitor, arrival_id: int) -> HttpResponse:
    """Have a file read again that was put aside."""
    read_arrival_again(by=who.officer, on=who.on, arrival_id=arrival_id)
    messages.success(request, gettext("Berkas dibaca lagi dalam satu menit."))
    return redirect("kiriman_dari_bank")

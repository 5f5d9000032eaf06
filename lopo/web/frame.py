"""What every page needs around it: the desks of the visitor, the day, the breadcrumb of areas."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lopo.basics.area import KECAMATAN, KELURAHAN, KOTA_KUPANG, kecamatan_of
from lopo.web.door import Visitor, visitor
from lopo.web.programmes import chooser_drawn


@dataclass(frozen=True)
class Desk:
    """One place to work: the name of its page, its title, its icon, and who may enter (one of the permissions)."""

    page: str
    title: str | Promise
    icon: str
    permissions: tuple[str, ...] = ()


DESKS = (
    Desk("beranda", _("Beranda"), "home"),
    Desk("program", _("Program"), "lopo", ("decree.read",)),
    Desk("daftar", _("Daftar"), "list", ("lists.read",)),
    Desk("register", _("Register"), "save", ("lists.read",)),
    Desk("ragu", _("Meja ragu"), "search", ("doubt.settle", "doubt.check")),
    Desk("orang", _("Orang"), "people", ("people.read",)),
    Desk("keputusan", _("Keputusan"), "stamp", ("decree.read",)),
    Desk("peserta", _("Peserta"), "card", ("coverage.read",)),
    Desk("iuran", _("Iuran"), "coins", ("bill.read",)),
    Desk("klaim", _("Klaim"), "claim", ("case.read",)),
    Desk("pembayaran", _("Pembayaran"), "bank", ("payment.read",)),
    Desk("sisi_pembayar", _("Yang kami bayar"), "coins", ("payer.read",)),
    Desk("laporan", _("Laporan"), "file", ("bill.read",)),
    Desk("hukum", _("Hukum"), "law"),
    Desk("pekerjaan", _("Pekerjaan"), "clock", ("lists.screen", "decree.draft", "lists.receive", "coverage.send")),
    Desk("catatan", _("Buku catatan"), "book", ("diary.read",)),
    Desk("petugas", _("Petugas"), "people", ("officer.read",)),
)
_BAR = ("beranda", "sisi_pembayar", "daftar", "orang", "klaim", "iuran", "keputusan", "petugas")
_BAR_PLACES = 4


@dataclass(frozen=True)
class Place:
    """One desk as the rail shows it to this visitor."""

    title: str
    icon: str
    href: str
    here: bool


@dataclass(frozen=True)
class Crumb:
    """One area on the way down to where the page is, and the page about it (empty for the last)."""

    title: str
    href: str = ""


_NAMES = {"53": "Nusa Tenggara Timur", KOTA_KUPANG: "Kota Kupang"} | {a.code: a.name for a in KECAMATAN + KELURAHAN}


def area_name(code: str) -> str:
    """Give the name of an area; the code itself where we do not know its name."""
    return _NAMES.get(code, code)


def area_line(code: str) -> str:
    """Give `Oebufu, Oebobo` for a kelurahan, the name alone for a wider area."""
    return f"{area_name(code)}, {area_name(kecamatan_of(code))}" if code.count(".") == 3 else area_name(code)


def crumbs(code: str) -> tuple[Crumb, ...]:
    """Give the way from the city (or province) down to an area: Kota Kupang > Oebobo > Oebufu."""
    parts = code.split(".") if code else []
    ways = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
    shown = ways if len(ways) == 1 else ways[1:]
    return tuple(Crumb(area_name(way)) for way in shown)


def desks_of(who: Visitor, path: str) -> tuple[Place, ...]:
    """Give the desks that the visitor may enter; the one that the page belongs to is marked."""
    seen = [one for one in DESKS if not one.permissions or any(who.may(name) for name in one.permissions)]
    places = [(str(one.title), one.icon, reverse(one.page)) for one in seen]
    return tuple(Place(title, icon, href, _is_here(path, href)) for title, icon, href in places)


def _is_here(path: str, href: str) -> bool:
    return path == href if href == "/" else path.startswith(href)


def frame(request: HttpRequest) -> dict[str, object]:
    """Give the context of the frame of a page; nothing of it for who is not signed in."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    context: dict[str, object] = {"language": language, "languages": settings.LANGUAGES, "demo_day": ""}
    who = visitor(request) if hasattr(request, "user") else None
    if who is None:
        return context
    places = desks_of(who, request.path)
    first = {reverse(one.page) for one in DESKS if one.page in _BAR}
    bar = tuple(place for place in places if place.href in first)[:_BAR_PLACES]
    return context | {
        "who": who,
        "desks": places,
        "bar": bar,
        "bar_rest": tuple(place for place in places if place not in bar),
        "demo_day": who.on if settings.LOPO_TODAY else "",
        "home_crumbs": crumbs(who.home_area),
        "chooser": chooser_drawn(request),
    }

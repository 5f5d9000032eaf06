"""The filters by area: those of the kecamatan and kelurahan that the visitor may see."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from lopo.basics.area import KECAMATAN as ALL_KECAMATAN
from lopo.basics.area import KELURAHAN as ALL_KELURAHAN
from lopo.staff.queries import within
from lopo.web.table import Choice, Filter

KECAMATAN = "kecamatan"
KELURAHAN = "kelurahan"


def kecamatan_filter(areas: Iterable[str]) -> Filter:
    """Give the question for a kecamatan; without choices for who sees only one kelurahan."""
    mine = tuple(areas)
    seen = tuple(Choice(area.code, area.name) for area in ALL_KECAMATAN if within(area.code, mine))
    return Filter(KECAMATAN, _("Kecamatan"), seen)


def kelurahan_filter(areas: Iterable[str]) -> Filter:
    """Give the question for a kelurahan."""
    mine = tuple(areas)
    seen = sorted((area.name, area.code) for area in ALL_KELURAHAN if within(area.code, mine))
    return Filter(KELURAHAN, _("Kelurahan"), tuple(Choice(code, name) for name, code in seen))

"""Which office issues the papers of an area: its names as Indonesian government writes them."""

from __future__ import annotations

from django.conf import settings

from lopo.basics.refusal import Refused
from lopo.jobs.papers.setting import Office
from lopo.people import queries as people

REPORT_TO = "telepon 175 (BPJS Ketenagakerjaan) atau kantor kelurahan"
"""Where a member reports an accident. Source: LAW.md 6.2 for the number 175."""


def public_address() -> str:
    """The first public address of Lopo, '' on a private machine."""
    return next(iter(settings.CSRF_TRUSTED_ORIGINS), "")


def office_of(area_code: str, *, mark: bytes = b"") -> Office:
    """The office of the province (`53`) or of the city or regency (`53.71`) in which the area lies. One query.

    Refused where the area is not known.
    """
    code = area_code[:5]
    names = {area.code: area.name for area in people.areas() if area.code in {code, code[:2]}}
    if code not in names:
        raise Refused("wilayah_tidak_dikenal", f"Wilayah {area_code} tidak dikenal; muat daftar wilayah lebih dahulu.")
    name = names[code]
    if len(code) == len("53"):
        return Office(
            f"Pemerintah Provinsi {name}",
            f"Gubernur {name}",
            f"Dinas Tenaga Kerja Provinsi {name}",
            _seat(name),
            mark=mark,
        )
    kind, _, place = name.partition(" ")
    authority = {"Kota": f"Wali Kota {place}", "Kabupaten": f"Bupati {place}"}.get(kind)
    if authority is None:
        raise Refused("wilayah_tidak_dikenal", f"Wilayah {name} bukan kota, kabupaten, atau provinsi.")
    return Office(f"Pemerintah {name}", authority, f"Dinas Tenaga Kerja {name}", place, mark=mark)


def _seat(province: str) -> str:
    """Where a province dates its papers; Refused for one whose seat has not been written down."""
    seats = {"Nusa Tenggara Timur": "Kupang"}
    if province not in seats:
        raise Refused("kedudukan_tidak_dikenal", f"Tempat kedudukan Provinsi {province} belum dicatat.")
    return seats[province]

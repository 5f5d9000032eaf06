"""Makes a programme: what a payer promises, for whom, where and for which months."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from lopo.basics.refusal import Refused
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.models import Programme


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """A programme to make; months are first days, `monthly_income` is the base in whole rupiah a month."""

    code: str
    name: str
    area_code: str
    first_month: date
    last_month: date
    registration_day: date
    legal_basis: str
    places: int
    max_decile: int
    monthly_income: int


def create_programme(*, by: Officer, on: date, programme: NewProgramme) -> int:
    """Make a programme and give its id; needs `decree.draft` in its area. The same again gives the one that is there.

    Refused: the code stands for another programme; months out of order or no first days; no legal basis.
    """
    require(by, "decree.draft", on=on, area_code=programme.area_code)
    _check(programme)
    with transaction.atomic():
        made, new = Programme.objects.get_or_create(
            code=programme.code, defaults={key: value for key, value in asdict(programme).items() if key != "code"}
        )
        if not new:
            return _same(made, programme)
        after = {key: str(value) for key, value in asdict(programme).items()}
        record(by=by, on=on, deed=Deed("create_programme", "targeting.programme", made.id, after=after))
    return made.id


def _check(programme: NewProgramme) -> None:
    if programme.first_month.day != 1 or programme.last_month.day != 1 or programme.last_month < programme.first_month:
        raise Refused("bulan_tidak_urut", "Bulan pertama dan terakhir harus tanggal 1 dan berurutan.")
    if not programme.legal_basis.strip():
        raise Refused("dasar_hukum_kosong", "Program perlu dasar hukum sebelum daftar diterima.")
    if programme.places < 0 or programme.monthly_income <= 0 or not 1 <= programme.max_decile <= 10:
        raise Refused("angka_tidak_sah", "Jumlah tempat, dasar penghasilan atau batas desil tidak sah.")


def _same(made: Programme, programme: NewProgramme) -> int:
    if any(getattr(made, key) != value for key, value in asdict(programme).items()):
        raise Refused("kode_sudah_dipakai", f"Kode {programme.code} sudah dipakai program lain.")
    return made.id

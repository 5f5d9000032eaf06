"""Keeps how many poor people live in each kecamatan, year by year, and says which numbers are in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction

from lopo.basics.area import KECAMATAN, KOTA_KUPANG
from lopo.basics.refusal import Refused
from lopo.people.models import PovertyEdition
from lopo.people.registers import RegisterColumn, RegisterLayout
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require

POVERTY: Final = RegisterLayout(
    "miskin", "Penduduk miskin", "people_povertyedition",
    (
        RegisterColumn("kecamatan", "area", names=("nama_kecamatan", "kode_kecamatan", "kode_wilayah", "wilayah")),
        RegisterColumn("tahun", "year", names=("per_tahun", "tahun_data")),
        RegisterColumn("penduduk_miskin", "people", names=("jumlah_penduduk_miskin", "jumlah_miskin", "orang_miskin")),
        RegisterColumn("sumber", "source", names=("sumber_data", "asal")),
    ),
)  # fmt: skip
"""The table that an office sends: one row for each kecamatan."""
SUBJECT: Final = "people.povertyedition"
_EVERY: Final = frozenset(one.code for one in KECAMATAN)
_YEARS: Final = range(2000, 2101)
_ROW: Final = (
    "id", "area_code", "year", "people", "source", "file", "made_by__full_name", "made_on", "active",
    "used_by__full_name", "used_on", "former_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PovertyNumbers:
    """What one file says: the year, who says so, and the poor people by the code of the kecamatan."""

    year: int
    source: str
    people: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the numbers: whence, who loaded it, who put it in force and what was so before it."""

    id: int
    area_code: str
    year: int
    people: Mapping[str, int]
    source: str
    file: str
    made_by: str
    made_on: date
    active: bool
    used_by: str
    used_on: date | None
    former_id: int | None

    @property
    def total(self) -> int:
        """The poor people of the whole city."""
        return sum(self.people.values())

    @property
    def words(self) -> str:
        """How a decree names it: source, year, number of the edition."""
        return f"{self.source}, tahun {self.year} (edisi {self.id})"


def poverty_editions() -> tuple[Edition, ...]:
    """Give every edition, the latest year first. One query."""
    return tuple(map(_edition, PovertyEdition.objects.order_by("-year", "-id").values_list(*_ROW)))


def poverty_in_force(area_code: str) -> Edition | None:
    """Give the numbers in force for an area or the city that it lies in, None where there are none. One query."""
    parts = area_code.split(".")
    around = [".".join(parts[:many]) for many in range(1, len(parts) + 1)]
    found = PovertyEdition.objects.filter(active=True, area_code__in=around).order_by("-area_code")
    return next(iter(map(_edition, found.values_list(*_ROW)[:1])), None)


def keep_poverty(*, by: Officer, on: date, numbers: PovertyNumbers, file: str, sha256: str) -> int:
    """Keep the numbers of a file as an edition that is not in force yet; needs `registers.load`. Gives its id.

    Refused: no source, a year that cannot be, a kecamatan that is missing or not of the city, a number below 0, or a
    file that was kept before.
    """
    require(by, "registers.load", on=on, area_code=KOTA_KUPANG)
    if not numbers.source.strip() or numbers.year not in _YEARS or numbers.year > on.year:
        raise Refused("angka_miskin_tanpa_sumber", "Tulis sumber dan tahun angkanya; tahunnya tidak boleh di depan.")
    if set(numbers.people) != _EVERY or min(numbers.people.values()) < 0:
        raise Refused("angka_miskin_tidak_lengkap", "Berkas harus memuat setiap kecamatan satu kali, tanpa yang lain.")
    try:
        with transaction.atomic():
            made = PovertyEdition.objects.create(
                area_code=KOTA_KUPANG, year=numbers.year, people=dict(numbers.people), file=file[:200], sha256=sha256,
                source=numbers.source.strip()[:200], made_by=by, made_on=on,
            )  # fmt: skip
            after = {"year": made.year, "source": made.source, "people": sum(numbers.people.values())}
            record(by=by, on=on, deed=Deed("keep_poverty", SUBJECT, made.id, after=after))
    except IntegrityError as problem:
        raise Refused("angka_miskin_sudah_ada", "Berkas ini sudah pernah dimuat; lihat di daftar edisi.") from problem
    return made.id


def use_poverty(*, by: Officer, on: date, edition_id: int) -> None:
    """Put an edition in force in place of the one before it; needs `registers.load`. Decrees keep what they rest on.

    Refused: no such edition, or one that is in force already.
    """
    with transaction.atomic():
        chosen, now = _locked(by, on, edition_id)
        if chosen.active:
            raise Refused("angka_miskin_sudah_berlaku", "Edisi ini sudah berlaku; muat ulang halaman.")
        PovertyEdition.objects.filter(active=True, area_code=chosen.area_code).update(active=False)
        PovertyEdition.objects.filter(pk=chosen.id).update(
            active=True, used_by=by, used_on=on, former_id=now.id if now else None
        )
        before = {"edition": now.id, "year": now.year} if now else None
        record(by=by, on=on, deed=Deed("use_poverty", SUBJECT, chosen.id, before=before, after={"year": chosen.year}))


def former_poverty(*, by: Officer, on: date, edition_id: int) -> None:
    """Take the edition in force out of force and put back what was before it (DTSEN, where nothing was).

    Needs `registers.load`. Refused: it is not in force any more.
    """
    with transaction.atomic():
        now, _ = _locked(by, on, edition_id)
        if not now.active:
            raise Refused("angka_miskin_tidak_berlaku", "Edisi ini tidak berlaku lagi; muat ulang halaman.")
        PovertyEdition.objects.filter(pk=now.id).update(active=False)
        if now.former_id is not None:
            PovertyEdition.objects.filter(pk=now.former_id).update(active=True)
        after = {"edition": now.former_id}
        record(by=by, on=on, deed=Deed("former_poverty", SUBJECT, now.id, before={"year": now.year}, after=after))


def _locked(by: Officer, on: date, edition_id: int) -> tuple[PovertyEdition, PovertyEdition | None]:
    """Give an edition and the one in force, all of the city locked in one order."""
    every = {one.id: one for one in PovertyEdition.objects.select_for_update().order_by("id")}
    chosen = every.get(edition_id)
    if chosen is None:
        raise Refused("angka_miskin_tidak_ada", "Edisi angka penduduk miskin ini tidak ada.")
    require(by, "registers.load", on=on, area_code=chosen.area_code)
    return chosen, next((one for one in every.values() if one.active and one.area_code == chosen.area_code), None)


def _edition(row: tuple[Any, ...]) -> Edition:
    *head, used_by, used_on, former = row
    values: tuple[Any, ...] = (*head, used_by or "", used_on, former)
    return Edition(*values)

"""Makes a programme, changes it, gives it its legal basis, and lets a second officer approve it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from lopo.basics.refusal import Refused
from lopo.staff.actions import Deed, Paper, keep_paper, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.criteria import Criteria, written
from lopo.targeting.models import Decree, Programme

_SUBJECT: Final = "targeting.programme"
_SHORTEST: Final = 5
_WORDS: Final = {
    "area_code": "wilayah",
    "first_month": "bulan pertama",
    "last_month": "bulan terakhir",
    "registration_day": "hari pendaftaran",
    "places": "jumlah tempat",
    "max_decile": "batas desil",
    "monthly_income": "dasar upah",
    "criteria": "kriteria",
}
"""What a set decree rests on, by the words of the refusal."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis: the rule with its number, the day it is dated, the last day on which it holds (None: no end)."""

    text: str
    dated: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """A programme to make; months are first days, `monthly_income` is the base in whole rupiah a month.

    Without a `basis` it may be prepared, but no bill is made for it.
    """

    code: str
    name: str
    area_code: str
    first_month: date
    last_month: date
    registration_day: date
    places: int
    criteria: Criteria
    monthly_income: int
    basis: Basis | None = None


def create_programme(*, by: Officer, on: date, programme: NewProgramme) -> int:
    """Make a programme as a draft and give its id; needs `decree.draft` in its area. The same again gives the same.

    Refused: the code stands for another programme; months out of order or no first days; criteria nobody understands.
    """
    require(by, "decree.draft", on=on, area_code=programme.area_code)
    given = _columns(programme) | _basis_columns(programme.basis)
    with transaction.atomic():
        made, new = Programme.objects.get_or_create(code=programme.code, defaults=given | {"made_by": by})
        if not new:
            if any(getattr(made, key) != value for key, value in given.items()):
                raise Refused("kode_sudah_dipakai", f"Kode {programme.code} sudah dipakai program lain.")
            return made.id
        record(by=by, on=on, deed=Deed("create_programme", _SUBJECT, made.id, after=_told(given)))
    return made.id


def change_programme(*, by: Officer, on: date, programme_id: int, programme: NewProgramme) -> bool:
    """Change a programme and say whether it waits for approval again; needs `decree.draft` in both areas.

    The code and the legal basis stay (see `give_basis`). A change of more than the name takes an approval back; changed
    criteria get the next version. Refused: closed; or a decree is set and the change is of what it rests on.
    """
    given = _columns(programme)
    with transaction.atomic():
        now = _locked(programme_id)
        for area in {now.area_code, programme.area_code}:
            require(by, "decree.draft", on=on, area_code=area)
        changed = {key: value for key, value in given.items() if getattr(now, key) != value}
        if not changed:
            return now.state == Programme.State.KONSEP
        if set(changed) - {"name"} and Decree.objects.filter(programme=now, state=Decree.State.DITETAPKAN).exists():
            words = ", ".join(word for key, word in _WORDS.items() if key in changed)
            raise Refused(
                "keputusan_sudah_ditetapkan",
                f"Keputusan program ini sudah ditetapkan: {words} tidak dapat diubah lagi.",
            )
        before = {key: getattr(now, key) for key in changed}
        extra: dict[str, Any] = {"criteria_version": now.criteria_version + 1} if "criteria" in changed else {}
        if set(changed) - {"name"}:
            draft = {"state": Programme.State.KONSEP, "approved_by": None, "approved_on": None, "made_by": by}
            extra |= draft
        Programme.objects.filter(pk=now.pk).update(**changed, **extra)
        deed = Deed("change_programme", _SUBJECT, now.id, before=_told(before), after=_told(changed))
        record(by=by, on=on, deed=deed)
    return "state" in extra or now.state == Programme.State.KONSEP


def give_basis(*, by: Officer, on: date, programme_id: int, basis: Basis, paper: Paper | None = None) -> None:
    """Write down the rule that the programme rests on, with its paper; needs `decree.draft` there. At any time.

    The former basis stays in the diary. Refused: no number, a last day before the first, a closed programme.
    """
    with transaction.atomic():
        now = _locked(programme_id)
        require(by, "decree.draft", on=on, area_code=now.area_code)
        given = _basis_columns(basis)
        before = {key: getattr(now, key) for key in given}
        if before == given and paper is None:
            return
        Programme.objects.filter(pk=now.pk).update(**given)
        kept = keep_paper(by=by, on=on, paper=paper) if paper is not None else None
        after = _told(given) | ({"paper": str(kept)} if kept else {})
        record(by=by, on=on, deed=Deed("give_basis", _SUBJECT, now.id, before=_told(before), after=after))


def approve_programme(*, by: Officer, on: date, programme_id: int) -> None:
    """Let a drafted programme begin; needs `decree.approve` there. Refused: not a draft, or its own maker."""
    with transaction.atomic():
        now = _locked(programme_id)
        require(by, "decree.approve", on=on, area_code=now.area_code)
        if now.made_by_id == by.id:
            raise Refused("pembuat_bukan_penyetuju", "Yang menyusun program tidak dapat menyetujuinya.")
        draft = Programme.objects.filter(pk=now.pk, state=Programme.State.KONSEP)
        if not draft.update(state=Programme.State.BERJALAN, approved_by=by, approved_on=on):
            raise Refused("bukan_konsep", "Program ini bukan konsep lagi; muat ulang halaman.")
        record(by=by, on=on, deed=Deed("approve_programme", _SUBJECT, now.id, after={"state": "berjalan"}))


def _locked(programme_id: int) -> Programme:
    """Give the programme locked. Refused: there is none, or it is closed."""
    now = Programme.objects.select_for_update().filter(pk=programme_id).first()
    if now is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    if now.state == Programme.State.DITUTUP:
        raise Refused("program_ditutup", "Program ini sudah ditutup.")
    return now


def _columns(programme: NewProgramme) -> dict[str, Any]:
    """Give what is stored of a programme besides its code and basis. Refused: what cannot be meant."""
    if programme.first_month.day != 1 or programme.last_month.day != 1 or programme.last_month < programme.first_month:
        raise Refused("bulan_tidak_urut", "Bulan pertama dan terakhir harus tanggal 1 dan berurutan.")
    if programme.places < 0 or programme.monthly_income <= 0:
        raise Refused("angka_tidak_sah", "Jumlah tempat atau dasar penghasilan tidak sah.")
    if not programme.name.strip():
        raise Refused("nama_kosong", "Program perlu nama.")
    return {
        "name": programme.name.strip(), "area_code": programme.area_code, "first_month": programme.first_month,
        "last_month": programme.last_month, "registration_day": programme.registration_day,
        "places": programme.places, "max_decile": programme.criteria.ranks_to,
        "monthly_income": programme.monthly_income, "criteria": written(programme.criteria),
    }  # fmt: skip


def _basis_columns(basis: Basis | None) -> dict[str, Any]:
    if basis is None:
        return {"legal_basis": "", "basis_dated": None, "basis_until": None}
    if len(basis.text.strip()) < _SHORTEST:
        raise Refused("dasar_hukum_kosong", "Tulis peraturan yang menjadi dasar hukum beserta nomornya.")
    if basis.until is not None and basis.until < basis.dated:
        raise Refused("dasar_hukum_tidak_urut", "Dasar hukum tidak dapat berakhir sebelum tanggalnya.")
    return {"legal_basis": basis.text.strip(), "basis_dated": basis.dated, "basis_until": basis.until}


def _told(given: dict[str, Any]) -> dict[str, Any]:
    return {key: value if isinstance(value, dict) else str(value) for key, value in given.items()}

"""Appoints officers: one proposes a duty, another confirms or turns it down, and it can be taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction

from lopo.basics.refusal import Refused
from lopo.staff import queries
from lopo.staff.actions import Deed, record
from lopo.staff.models import Duty, Officer
from lopo.staff.roles import ROLES

_USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
_AREA: Final = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
_SHORTEST: Final = 5


@dataclass(frozen=True, slots=True)
class DutyGiven:
    """A duty to give: under which name the officer signs in, the full name, the role, and the area it holds in.

    The role of a payer needs the payer's code, no other role has one. `until` is its last day, None without end.
    """

    username: str
    full_name: str
    role: str
    area_code: str
    payer_code: str = ""
    until: date | None = None


def appoint(*, by: Officer | None, on: date, duty: DutyGiven) -> int:
    """Propose a duty for an officer, who is made if new and without a password; give its id. Needs `officer.appoint`.

    It counts once somebody else has confirmed it; given by the machine itself (`by` is None) it counts at once.
    Refused: an unknown role or area, a name to sign in that cannot be one, a payer where none belongs or none where one
    does, a day that is over, a duty for oneself, one that is there already, or a role that does not go with another.
    """
    _refuse_wrong(duty, on)
    if by is not None:
        queries.require(by, "officer.appoint", on=on, area_code=duty.area_code)
        if by.username == duty.username:
            raise _own_duty()
    with transaction.atomic():
        officer = _officer(duty)
        Officer.objects.select_for_update().get(pk=officer.pk)
        _refuse_together(officer, duty, on)
        alone = {} if by is not None else {"confirmed_on": on}
        made = Duty.objects.create(
            officer=officer, role=duty.role, area_code=duty.area_code, payer_code=duty.payer_code, since=on,
            until=duty.until, proposed_by=by, **alone,
        )  # fmt: skip
        after = {"duty": made.id, "role": duty.role, "area": duty.area_code, "payer": duty.payer_code}
        record(by=by, on=on, deed=Deed("appoint", "staff.officer", officer.id, after=after))
    return made.id


def _refuse_wrong(duty: DutyGiven, on: date) -> None:
    if duty.role not in ROLES:
        raise Refused("peran_tidak_dikenal", f"Peran {duty.role} tidak dikenal.")
    if not _AREA.fullmatch(duty.area_code):
        raise Refused("wilayah_tidak_dikenal", f"Kode wilayah {duty.area_code} tidak dikenal. Contoh: 53.71.04.1009.")
    if not _USERNAME.fullmatch(duty.username) or not duty.full_name.strip():
        raise Refused(
            "nama_pengguna_salah",
            "Petugas perlu nama lengkap, dan nama pengguna dari tiga huruf kecil, angka, titik atau garis ke atas.",
        )
    if (duty.role == "pembayar") != bool(duty.payer_code):
        raise Refused("pembayar_tidak_sesuai", "Hanya petugas pembayar bertugas untuk satu pembayar, dan harus satu.")
    if duty.until is not None and duty.until < on:
        raise Refused("tugas_sudah_lewat", "Hari terakhir tugas tidak boleh sebelum hari ini.")


def _officer(duty: DutyGiven) -> Officer:
    given = {"full_name": " ".join(duty.full_name.split()), "password": make_password(None)}
    return Officer.objects.get_or_create(username=duty.username, defaults=given)[0]


def _refuse_together(officer: Officer, duty: DutyGiven, on: date) -> None:
    """Refuse what does not go with a duty that the officer holds, or that is proposed for that officer."""
    open_ones = Duty.objects.filter(officer=officer, revoked_on__isnull=True).exclude(until__lt=on)
    there = tuple(open_ones.values_list("role", "area_code", "payer_code"))
    if (duty.role, duty.area_code, duty.payer_code) in there:
        raise Refused("tugas_sudah_ada", f"{officer.full_name} sudah bertugas atau diusulkan untuk itu di sana.")
    for code in sorted({role for role, _area, _payer in there}):
        if code in ROLES[duty.role].incompatible or duty.role in ROLES[code].incompatible:
            raise Refused(
                "peran_bertentangan",
                f"{officer.full_name} sudah menjadi {ROLES[code].title}; yang membuat tidak boleh juga yang "
                "menyetujui.",
            )


def confirm_duty(*, by: Officer, on: date, duty_id: int) -> None:
    """Confirm a duty that somebody else proposed for somebody else: from now on it counts. Needs `officer.confirm`.

    Refused: no such duty, one that is confirmed or taken back already, or that oneself proposed or would hold.
    """
    with transaction.atomic():
        duty = _locked(duty_id)
        queries.require(by, "officer.confirm", on=on, area_code=duty.area_code)
        if by.id in (duty.proposed_by_id, duty.officer_id):
            raise _own_duty()
        if duty.confirmed_on is not None:
            raise Refused("tugas_sudah_berlaku", "Tugas ini sudah disahkan; muat ulang halaman ini.")
        Duty.objects.filter(pk=duty.pk).update(confirmed_by=by, confirmed_on=on, since=max(on, duty.since))
        after = {"duty": duty.id, "role": duty.role, "area": duty.area_code, "payer": duty.payer_code}
        record(by=by, on=on, deed=Deed("confirm_duty", "staff.officer", duty.officer_id, after=after))


def revoke_duty(*, by: Officer, on: date, duty_id: int, reason: str) -> None:
    """Take a duty back at once, or turn down one that is proposed. Needs `officer.appoint` or `officer.confirm` there.

    Refused: no such duty, one taken back already, no reason, or a duty of oneself.
    """
    why = " ".join(reason.split())[:200]
    with transaction.atomic():
        duty = _locked(duty_id)
        allowed = "officer.confirm" if duty.confirmed_on is None else "officer.appoint"
        queries.require(by, allowed, on=on, area_code=duty.area_code)
        if by.id == duty.officer_id:
            raise _own_duty()
        if len(why) < _SHORTEST:
            raise Refused("alasan_kosong", "Tulis mengapa tugas ini dicabut.")
        Duty.objects.filter(pk=duty.pk).update(revoked_on=on, revoked_why=why)
        before = {"duty": duty.id, "role": duty.role, "area": duty.area_code, "payer": duty.payer_code}
        deed = Deed("revoke_duty", "staff.officer", duty.officer_id, before=before, after={"reason": why})
        record(by=by, on=on, deed=deed)


def _own_duty() -> Refused:
    return Refused("tugas_sendiri", "Tugas sendiri diusulkan dan disahkan oleh orang lain.")


def _locked(duty_id: int) -> Duty:
    """Give a duty that is not taken back, locked."""
    duty = Duty.objects.select_for_update().filter(pk=duty_id, revoked_on__isnull=True).first()
    if duty is None:
        raise Refused("tugas_tidak_ada", "Tugas ini tidak ada atau sudah dicabut; muat ulang halaman ini.")
    return duty


def let_choose_password(*, by: Officer, on: date, officer_id: int) -> str:
    """Give the mark by which an officer chooses a password once, without knowing the old one. Needs `officer.appoint`.

    It is made of what the officer's row says now, so that it ends with the next password, the next entry, or after
    the days of the setting `PASSWORD_RESET_TIMEOUT`. Refused: no such officer, oneself, or none within one's areas.
    """
    officer = Officer.objects.filter(pk=officer_id, is_active=True).first()
    mine = queries.areas_where(by.id, "officer.appoint", on=on)
    areas = Duty.objects.filter(officer_id=officer_id, revoked_on__isnull=True).values_list("area_code", flat=True)
    theirs = tuple(areas)
    if officer is None or by.id == officer_id or not theirs or not all(queries.within(one, mine) for one in theirs):
        raise Refused("petugas_bukan_wilayahnya", "Petugas ini tidak bertugas di dalam wilayah Anda.")
    with transaction.atomic():
        record(by=by, on=on, deed=Deed("let_choose_password", "staff.officer", officer.id))
    return default_token_generator.make_token(officer)


def officer_of_mark(officer_id: int, mark: str) -> Officer | None:
    """Give the officer whose password may be chosen by this mark, None where the mark is not or no longer good."""
    found = Officer.objects.filter(pk=officer_id, is_active=True).first()
    return found if found is not None and default_token_generator.check_token(found, mark) else None

"""Takes a written power of heirs for one of them: written down, seen by a second officer, revoked while it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction

from lopo.basics.refusal import Refused
from lopo.claims.actions.start import ask_paper
from lopo.claims.actions.working import open_case
from lopo.claims.checklist import SURAT_KUASA
from lopo.claims.models import Case, Heir, PaperFile, Power, PowerGiver
from lopo.claims.queries.relatives import dead_among
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

State = Power.State
_LIVE: Final = (State.DICATAT, State.BERLAKU)
NEW_DIVISION: Final = "Bagian ahli waris dibagi ulang."
"""Why a power ends when the heirs who gave it are named anew."""


@dataclass(frozen=True, slots=True)
class PowerGiven:
    """What the paper says: who receives for whom, its number with who witnessed it, and the day it was written."""

    representative_id: int
    giver_ids: tuple[int, ...]
    paper: str
    written_on: date


def record_power(*, by: Officer, on: date, case_id: int, power: PowerGiven) -> int:
    """Write a power of heirs down; needs `case.work`. It changes nothing until a second officer has seen its page.

    Refused: a case that is not granted, no paper, a day before the death or after today, somebody who receives no
    share, a minor (that share goes to the guardian alone), somebody who is dead, or a second power beside a first.
    """
    if not power.paper.strip():
        raise Refused("kuasa_kosong", "Tulis nomor surat kuasa dan siapa yang mengesahkannya.")
    with transaction.atomic():
        case = open_case(by, on, case_id)
        if case.state != Case.State.DIKABULKAN or case.died_on is None:
            raise Refused("kuasa_belum_dikabulkan", "Surat kuasa dicatat setelah santunannya dikabulkan.")
        if not case.died_on <= power.written_on <= on:
            raise Refused("kuasa_hari", "Tanggal surat kuasa harus antara hari meninggal dan hari ini.")
        _check_heirs(case, power)
        made = _insert(by, on, case, power)
        ask_paper(case, SURAT_KUASA, received_on=on)
        after = {"power": made.id, "representative": power.representative_id, "givers": sorted(power.giver_ids)}
        record(by=by, on=on, deed=Deed("record_power", "claims.case", case_id, after=after))
    return made.id


def _check_heirs(case: Case, power: PowerGiven) -> None:
    named = {power.representative_id, *power.giver_ids}
    if not power.giver_ids or power.representative_id in power.giver_ids:
        raise Refused("kuasa_pemberi", "Pilih siapa yang memberi kuasa; yang menerima kuasa tidak memberinya sendiri.")
    heirs = Heir.objects.filter(case=case, receives=True, pk__in=named)
    if len(heirs) != len(named):
        raise Refused(
            "kuasa_bukan_penerima",
            "Kuasa hanya antara ahli waris yang menerima bagian; catat dahulu pembagiannya.",
        )
    for heir in heirs:
        if heir.guardian_nik:
            raise Refused(
                "kuasa_belum_dewasa", f"{heir.name} belum dewasa: bagiannya masuk ke rekening wali, tanpa surat kuasa."
            )
    _check_alive([heir.nik for heir in heirs])


def _check_alive(niks: Sequence[str]) -> None:
    if dead_among(niks):
        raise Refused("kuasa_meninggal", "Salah satu dari mereka sudah meninggal; kuasanya tidak berlaku.")


def _insert(by: Officer, on: date, case: Case, power: PowerGiven) -> Power:
    try:
        with transaction.atomic():
            made = Power.objects.create(
                case=case, representative_id=power.representative_id, paper=power.paper.strip()[:200],
                written_on=power.written_on, made_by=by, made_on=on,
            )  # fmt: skip
    except IntegrityError as problem:
        raise Refused("kuasa_sudah_ada", "Kasus ini sudah punya surat kuasa; cabut dahulu yang lama.") from problem
    PowerGiver.objects.bulk_create(PowerGiver(power=made, heir_id=heir) for heir in sorted(set(power.giver_ids)))
    return made


def answer_power(*, by: Officer, on: date, power_id: int, accepted: bool, why: str = "") -> None:
    """Put a power in force, or refuse it with a reason; needs `decision.approve`.

    Refused: by who wrote it down, one that was answered or revoked, no page of it in the file, somebody of them dead.
    """
    if not accepted and not why.strip():
        raise Refused("kuasa_alasan", "Tulis mengapa surat kuasa ini ditolak atau dicabut.")
    with transaction.atomic():
        power = _power(by, on, power_id, "decision.approve")
        if power.made_by_id == by.id:
            raise Refused("kuasa_sendiri", "Yang mencatat surat kuasa tidak memeriksanya sendiri.")
        if accepted:
            _check_seen(power)
        state = State.BERLAKU if accepted else State.DITOLAK
        changed = Power.objects.filter(pk=power_id, state=State.DICATAT).update(
            state=state, checked_by=by, checked_on=on, why="" if accepted else why.strip()[:300]
        )
        if not changed:
            raise Refused("kuasa_sudah_dijawab", "Surat kuasa ini sudah dijawab atau dicabut; muat ulang.")
        after = {"power": power_id, "accepted": accepted}
        record(by=by, on=on, deed=Deed("answer_power", "claims.case", power.case_id, after=after))


def _check_seen(power: Power) -> None:
    """Refuse a power of which no page was sent since it was written down, or whose people are no longer alive."""
    pages = PaperFile.objects.filter(
        paper__case_id=power.case_id, paper__code=SURAT_KUASA.code, made_at__gte=power.made_at
    )
    if not pages.exists():
        raise Refused("kuasa_tanpa_berkas", "Foto atau PDF surat kuasa belum diunggah; unggah dahulu di bagian Berkas.")
    _check_alive([power.representative.nik, *power.givers.values_list("heir__nik", flat=True)])


def revoke_power(*, by: Officer, on: date, power_id: int, why: str) -> None:
    """Note that the heirs revoked a power; needs `case.work`.

    What no file for the bank holds yet goes to each heir again; what was sent stays with the representative. Refused:
    no reason, one that is not in force.
    """
    if not why.strip():
        raise Refused("kuasa_alasan", "Tulis mengapa surat kuasa ini ditolak atau dicabut.")
    with transaction.atomic():
        power = _power(by, on, power_id, "case.work")
        if not end_powers(power.case, by, on, why):
            raise Refused("kuasa_sudah_dijawab", "Surat kuasa ini sudah dijawab atau dicabut; muat ulang.")
        record(by=by, on=on, deed=Deed("revoke_power", "claims.case", power.case_id, after={"power": power_id}))


def end_powers(case: Case, by: Officer, on: date, why: str) -> int:
    """End the power of a case in the caller's transaction; give how many there were: one or none."""
    return Power.objects.filter(case=case, state__in=_LIVE).update(
        state=State.DICABUT, ended_by=by, ended_on=on, why=why.strip()[:300]
    )


def _power(by: Officer, on: date, power_id: int, permission: str) -> Power:
    power = Power.objects.select_for_update(of=("self",)).select_related("case__person", "representative").filter(
        pk=power_id
    ).first()  # fmt: skip
    if power is None:
        raise Refused("kuasa_tidak_ada", "Surat kuasa ini tidak ada.")
    staff.require(by, permission, on=on, area_code=power.case.person.area_code)
    return power

"""Approves many proposals of other officers at once, after a sample of them was read in full; flagged ones stay."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from lopo.basics.refusal import Impossible, Refused
from lopo.claims.actions.deciding import approval, book_debts
from lopo.claims.actions.deciding_many import Waits
from lopo.claims.models import Case, Decision
from lopo.claims.queries.approvals import DISPUTED, OWN, REFUSAL, SIGNED, SIMILAR, waiting_among
from lopo.claims.sampling import sample_of
from lopo.staff import queries as staff
from lopo.staff.actions import record_all
from lopo.staff.models import Officer

WHY_ALONE: Final = {
    OWN: Refused("usul_sendiri", "Anda sendiri yang mengusulkannya; pejabat lain menyetujuinya."),
    REFUSAL: Refused(
        "penolakan_sendiri", "Hukum menolak; penolakan dibaca satu per satu sebelum keluarga menerimanya."
    ),
    SIMILAR: Refused("kasus_serupa", "Ada kasus serupa; periksa dahulu pada halaman kasusnya."),
    SIGNED: Refused("tanda_belum_dilihat", "Kasus ini bertanda; tulis hasil melihatnya pada halaman kasusnya."),
    DISPUTED: Refused("keberatan_menunggu", "Ada keberatan yang belum dijawab; jawab dahulu pada halaman kasusnya."),
}
_GONE: Final = Refused("sudah_diputus", "Usul keputusan ini sudah diputus oleh orang lain.")


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole list that is to be approved, and which proposals of it were read in full."""

    ids: frozenset[uuid.UUID]
    read: frozenset[uuid.UUID]


@dataclass(frozen=True, slots=True)
class ApprovedMany:
    """How many decisions stand now, what they grant in rupiah, and which were left with the sentence that says why."""

    approved: int
    amount: int
    left: tuple[Waits, ...]


def check_sample(*, by: Officer, checked: Checked) -> None:
    """Refuse a list of which the sample was not read, or an empty one."""
    if not checked.ids:
        raise Refused("tidak_ada_usul", "Tidak ada usul yang dapat disetujui bersama; muat ulang halaman.")
    unread = set(sample_of(checked.ids, by.id)) - checked.read
    if unread:
        raise Refused("contoh_belum_dibaca", f"Contoh yang belum dinyatakan dibaca: {len(unread)}. Baca semuanya.")


def approve_decisions(*, by: Officer, on: date, checked: Checked, decision_ids: Collection[uuid.UUID]) -> ApprovedMany:
    """Approve some of a list whose sample was read; needs `decision.approve` in the area of each.

    All or nothing in the database for those named. What another answered meanwhile, what the approver proposed, what
    the law refuses, and what has a similar case, a sign or an open objection is left as it was and named.
    """
    if not checked.ids.issuperset(decision_ids):
        raise Impossible("only what stood on the checked list is approved with it")
    areas = staff.areas_where(by.id, "decision.approve", on=on)
    if not areas:
        staff.require(by, "decision.approve", on=on)
    check_sample(by=by, checked=checked)
    with transaction.atomic():
        waiting = waiting_among(by.id, areas, decision_ids)
        approved = _approve(by, on, [one.id for one in waiting.together], checked)
        left = [Waits(one.case_id, one.case_code, WHY_ALONE[one.alone[0]].sentence) for one in waiting.alone]
        left += _gone(set(decision_ids) - {one.id for one in (*waiting.together, *waiting.alone)}, areas)
    return ApprovedMany(len(approved), sum(one.amount for one in approved), tuple(left))


def _approve(by: Officer, on: date, ids: Sequence[uuid.UUID], checked: Checked) -> list[Decision]:
    """Set, book and note those that were found and locked."""
    decisions = list(Decision.objects.select_related("case").filter(pk__in=ids).order_by("id"))
    changed = Decision.objects.filter(pk__in=ids, state=Decision.State.USUL).update(
        state=Decision.State.DISETUJUI, approved_by=by, approved_on=on
    )
    cases = Case.objects.filter(pk__in=[one.case_id for one in decisions], state=Case.State.DIUSULKAN)
    if not changed == len(decisions) == cases.update(state=Case.State.DIKABULKAN):
        raise Impossible(f"{changed} of {len(decisions)} decisions changed")
    book_debts(decisions, on)
    record_all(by=by, on=on, deeds=[approval(one, _how(one, checked)) for one in decisions])
    return decisions


def _how(one: Decision, checked: Checked) -> dict[str, Any]:
    """For the diary: with how many it was approved, and whether it was among those that were read in full."""
    return {"together": len(checked.ids), "read": one.id in checked.read}


def _gone(ids: Collection[uuid.UUID], areas: Collection[str]) -> list[Waits]:
    """Name those that no longer wait; of another area nothing is said."""
    rows = Decision.objects.filter(pk__in=ids).order_by("id")
    told = rows.values_list("case_id", "case__code", "case__person__area_code")
    return [Waits(case_id, code, _GONE.sentence) for case_id, code, area in told if staff.within(area, areas)]

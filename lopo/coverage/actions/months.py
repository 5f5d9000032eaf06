"""Writes the months that are paid, on which cover rests, and ends a membership."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from lopo.basics.calendar import Month
from lopo.basics.refusal import Impossible, Refused
from lopo.coverage.models import Membership
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment for one month of many members: who paid, on which day, and the bill it belongs to.

    `memberships` is a query that gives their ids, which stay in the database, and `people` how many they must be.
    """

    month: Month
    payer_code: str
    paid_on: date
    reference: uuid.UUID
    memberships: QuerySet[Any, Any]
    people: int


_CONFIRM = """
INSERT INTO coverage_paidmonth (person_id, month, membership_id, payer_code, paid_on, reference)
{payments} ORDER BY 1
"""
_PAYMENT = """
SELECT m.person_id, %s::date, m.id, %s, %s::date, %s::uuid FROM coverage_membership m
 WHERE m.id IN ({members})
"""


def confirm_months(*, on: date, payments: Sequence[Payment]) -> int:
    """Write that months of members are paid; give how many. A part of the payer's action, in its transaction.

    All payments go in by one statement, so that the line of a person is written once for all its months. Permission and
    diary row are those of the action that pays. Refused: a month of a person that is paid already (the key of the
    table says so too), a payment after `on`, or nobody at all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise Impossible("paid months must be written in the transaction of the payment")
    if any(one.paid_on > on for one in payments):
        raise Refused("bayar_di_masa_depan", "Hari pembayaran tidak boleh sesudah hari pencatatan.")
    if not payments or not all(one.people for one in payments):
        raise Refused("peserta_tidak_ada", "Pembayaran ini menyebut peserta yang tidak ada.")
    parts: list[str] = []
    given: list[Any] = []
    for one in payments:
        members, values = one.memberships.query.sql_with_params()
        parts.append(_PAYMENT.format(members=members))
        given += [one.month.first_day, one.payer_code, one.paid_on, one.reference, *values]
    months = ", ".join(one.month.text() for one in payments)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_CONFIRM.format(payments=" UNION ALL ".join(parts)), given)
            count = int(cursor.rowcount)
    except IntegrityError as problem:
        raise Refused(
            "bulan_sudah_dibayar",
            f"Iuran {months} untuk sebagian orang ini sudah dibayar. "
            "Satu bulan seorang peserta hanya boleh dibayar satu kali.",
        ) from problem
    if count != sum(one.people for one in payments):
        raise Refused("peserta_tidak_ada", "Pembayaran ini menyebut peserta yang tidak ada.")
    return count


_KEEP_TAKEN = """
INSERT INTO coverage_takenmonth (person_id, month, membership_id, payer_code, paid_on, reference, taken_on, reason)
SELECT person_id, month, membership_id, payer_code, paid_on, reference, %(on)s, %(reason)s
  FROM coverage_paidmonth WHERE reference = %(reference)s ORDER BY person_id
"""


def take_back_months(*, on: date, reference: uuid.UUID, reason: str) -> int:
    """Take back the months that a payment covered; give how many. A part of the payer's reversal, in its transaction.

    Each is kept as it stood (`TakenMonth`). Refused: no month of the payment, or something that rests on one of them:
    a member number that was issued on it, or a case (which a later room's constraint says).
    """
    if not transaction.get_connection().in_atomic_block:
        raise Impossible("paid months must be taken back in the transaction of the reversal")
    given: dict[str, Any] = {"on": on, "reference": reference, "reason": reason.strip()[:200]}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_KEEP_TAKEN, given)
            count = int(cursor.rowcount)
            cursor.execute("DELETE FROM coverage_paidmonth WHERE reference = %(reference)s", given)
    except IntegrityError as problem:
        raise Refused(
            "bulan_dipakai",
            "Bulan yang dibayar ini sudah menjadi dasar nomor peserta atau kasus klaim sebagian orang, jadi tidak "
            "dapat ditarik kembali.",
        ) from problem
    if not count:
        raise Refused("bulan_tidak_ada", "Pembayaran ini tidak menanggung bulan siapa pun.")
    return count


def end_membership(*, by: Officer, on: date, membership_id: int, ended_on: date, reason: str) -> None:
    """End a membership from a day on (died, moved, left the list). Needs `coverage.send` in the person's area.

    Later months are not billed any more; what was paid stays. Refused: no reason, a day after `on`, or a membership
    that has ended or was refused already.
    """
    membership = Membership.objects.filter(pk=membership_id).select_related("person").first()
    if membership is None:
        raise Refused("peserta_tidak_ada", "Kepesertaan ini tidak ada.")
    require(by, "coverage.send", on=on, area_code=membership.person.area_code)
    if not reason.strip():
        raise Refused("alasan_kosong", "Tulis alasan mengapa kepesertaan ini berakhir.")
    if not membership.submitted_on <= ended_on <= on:
        raise Refused("hari_akhir_salah", "Hari berakhir harus antara hari pengajuan dan hari ini.")
    with transaction.atomic():
        changed = (
            Membership.objects.filter(pk=membership_id)
            .exclude(state__in=[Membership.State.BERAKHIR, Membership.State.DITOLAK])
            .update(state=Membership.State.BERAKHIR, ended_on=ended_on, end_reason=reason.strip()[:100])
        )
        if not changed:
            raise Refused("sudah_berakhir", "Kepesertaan ini sudah berakhir atau sudah ditolak BPJS.")
        before = {"state": membership.state}
        after = {"state": "berakhir", "ended_on": str(ended_on), "reason": reason.strip()[:100]}
        deed = Deed("end_membership", "coverage.membership", membership_id, before=before, after=after)
        record(by=by, on=on, deed=deed)

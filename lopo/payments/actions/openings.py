"""Asks the bank for accounts, many at once, and takes its answers: opened, to be looked at, refused, or parked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Count

from lopo.basics.refusal import Refused
from lopo.payments import bank
from lopo.payments.batch.holders import SAME
from lopo.payments.models import AccountAnswer, AccountBatch, AccountOpening
from lopo.people.loading import copy_in
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

_SHORTEST: Final = 5
_WITHOUT: Final = """
       AND NOT EXISTS (SELECT FROM payments_passbook b WHERE b.holder_nik = w.nik)
       AND NOT EXISTS (SELECT FROM payments_accountopening o WHERE o.holder_nik = w.nik
                          AND (o.state IN ('diminta', 'perlu_cek') OR o.state = 'ditolak' AND NOT %(again)s))
"""
_WORKERS: Final = """
    SELECT 'pekerja' AS kind, p.id AS person_id, p.name, p.nik FROM coverage_membership m
      JOIN people_person p ON p.id = m.person_id WHERE m.programme_id = %(programme)s AND m.state = 'terdaftar'
"""
_HEIRS: Final = """
    SELECT DISTINCT ON (c.value ->> 'to') 'ahli_waris' AS kind, NULL::bigint AS person_id,
           CASE WHEN h.nik = c.value ->> 'to' THEN h.name ELSE h.guardian_name END AS name, c.value ->> 'to' AS nik
      FROM claims_decision d CROSS JOIN LATERAL jsonb_array_elements(d.components) AS c
      JOIN claims_heir h ON h.case_id = d.case_id AND c.value ->> 'to' IN (h.nik, h.guardian_nik)
     WHERE d.state = 'disetujui' AND d.granted AND c.value ->> 'payee' = 'ahli_waris' ORDER BY c.value ->> 'to', h.id
"""
_ASK: Final = f"""
INSERT INTO payments_accountopening (batch_id, kind, person_id, holder_name, holder_nik, state, number, bank_name, note)
SELECT %(batch)s, w.kind, w.person_id, w.name, w.nik, 'diminta', '', '', ''
  FROM ({{whose}}) AS w WHERE w.nik <> '' {_WITHOUT} ORDER BY w.nik
"""  # noqa: S608 - our own statements, put together
_ASKED: Final = """
SELECT o.id, o.holder_nik, o.holder_name, coalesce(p.born::text, '') FROM payments_accountopening o
  LEFT JOIN people_person p ON p.id = o.person_id WHERE o.batch_id = %s ORDER BY o.id
"""
_STAGE: Final = """
CREATE TEMP TABLE payments_told (line int, id bigint, number text, holder text, note text, likeness int) ON COMMIT DROP
"""
_TOLD: Final = ("line", "id", "number", "holder", "note", "likeness")
_JUDGE: Final = """
CREATE TEMP TABLE payments_judged ON COMMIT DROP AS
SELECT t.*, CASE
         WHEN o.id IS NULL THEN 'permintaan ini tidak dikenal'
         WHEN o.batch_id <> %(batch)s THEN 'permintaan ini ada di berkas lain'
         WHEN o.state <> 'diminta' AND o.number = t.number THEN 'tahu'
         WHEN o.state <> 'diminta' THEN 'permintaan ini sudah dijawab lain'
         WHEN t.number = '' THEN ''
         WHEN EXISTS (SELECT FROM payments_passbook b WHERE b.number = t.number AND b.bank_bic = %(bic)s)
           OR EXISTS (SELECT FROM payments_accountopening n
                       WHERE n.number = t.number AND n.state IN ('perlu_cek', 'dibuka'))
           THEN 'nomor rekening ini sudah tercatat atas nama orang lain'
         WHEN EXISTS (SELECT FROM payments_passbook b WHERE b.holder_nik = o.holder_nik)
           THEN 'pemilik ini sudah punya rekening'
         ELSE '' END AS why
  FROM payments_told t LEFT JOIN payments_accountopening o ON o.id = t.id
"""
_TAKE: Final = """
UPDATE payments_accountopening o
   SET state = CASE WHEN j.number = '' THEN 'ditolak' WHEN j.likeness >= %(same)s THEN 'dibuka' ELSE 'perlu_cek' END,
       number = j.number, bank_name = j.holder, note = j.note, likeness = j.likeness, answer_id = %(answer)s,
       answered_by_id = %(by)s
  FROM payments_judged j WHERE j.id = o.id AND j.why = ''
"""
_PASSBOOKS: Final = """
INSERT INTO payments_passbook (kind, person_id, holder_name, holder_nik, bank_bic, number, opened_on)
SELECT kind, person_id, holder_name, holder_nik, %(bic)s, number, %(on)s FROM payments_accountopening
"""
_OPEN: Final = f"{_PASSBOOKS} WHERE answer_id = %(answer)s AND state = 'dibuka' ORDER BY id"
_OPEN_ONE: Final = f"{_PASSBOOKS} WHERE id = %(id)s ON CONFLICT DO NOTHING"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose accounts are asked for: of a programme's members with a number, or of the heirs of approved decisions.

    `again` asks once more for those whom the bank refused before.
    """

    programme_id: int | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What an answer brought: accounts opened, to be looked at, refused; lines parked; `again` = read before."""

    opened: int
    to_check: int
    refused: int
    parked: int
    again: bool = False


def ask_accounts(*, by: Officer, on: date, wanted: Wanted) -> uuid.UUID:
    """Put everybody who has no account into one file for the bank and give the id of the batch; needs `payment.make`.

    Who has an account, or waits for one, is left out. Refused: nobody is without.
    """
    staff.require(by, "payment.make", on=on)
    batch_id = uuid.uuid4()
    name = f"rekening-{on.isoformat()}-{batch_id.hex[:8]}.csv"
    with transaction.atomic():
        batch = AccountBatch.objects.create(
            id=batch_id, name=name, made_on=on, count=1, sha256="", content=b"", made_by=by
        )
        given = {"batch": batch_id, "programme": wanted.programme_id, "again": wanted.again}
        whose = _HEIRS if wanted.programme_id is None else _WORKERS
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payments_accountopening'))")
            cursor.execute(_ASK.format(whose=whose), given)
            cursor.execute(_ASKED, [batch_id])
            lines = [bank.Asked(*row) for row in cursor.fetchall()]
        if not lines:
            raise Refused("semua_punya_rekening", "Tidak ada yang masih perlu dibukakan rekening.")
        content = bank.write_openings(name, on, lines)
        batch.count, batch.content, batch.sha256 = len(lines), content, bank.sha256(content)
        batch.save(update_fields=["count", "content", "sha256"])
        after = {"name": name, "count": len(lines)}
        record(by=by, on=on, deed=Deed("ask_accounts", "payments.account_batch", batch_id, after=after))
    return batch_id


def take_account_answer(
    *, by: Officer | None, on: date, batch_id: uuid.UUID, content: bytes, likeness: Mapping[int, int]
) -> Taken:
    """Take the bank's answer to a batch; needs `payment.make`. Whole or not at all; the same answer changes nothing.

    `likeness` says by our number of the request how like the bank's name of the holder is to ours (see
    `batch.holders`): an equal name opens the account, any other, or none said, waits for another officer. Parked with
    the reason: a broken or repeated line, a request that is unknown, of another file or answered otherwise before, an
    account that is somebody else's. By nobody where the program found it in the bank's folder. Refused: no such batch,
    a file that answers another one.
    """
    if by is not None:
        staff.require(by, "payment.make", on=on)
    answer, sha = bank.read_opening_answer(content), bank.sha256(content)
    with transaction.atomic():
        batch = AccountBatch.objects.select_for_update().defer("content").filter(pk=batch_id).first()
        if batch is None or batch.name != answer.file:
            raise Refused("jawaban_berkas_lain", f"Jawaban ini untuk berkas {answer.file}, bukan berkas ini.")
        known = AccountAnswer.objects.filter(batch=batch, sha256=sha).first()
        if known is not None:
            return Taken(known.opened, known.to_check, known.refused, len(known.parked), again=True)
        kept = AccountAnswer.objects.create(
            batch=batch, sha256=sha, opened=0, to_check=0, refused=0, read_on=on, read_by=by
        )
        told: dict[str, Any] = {"batch": batch_id, "bic": bank.BANK_NTT, "answer": kept.id, "on": on,
                                "by": by.id if by else None, "same": SAME}  # fmt: skip
        parked = [*map(asdict, answer.parked), *_book(answer, likeness, told)]
        taken = _counted(kept, parked)
        record(by=by, on=on, deed=Deed("take_account_answer", "payments.account_batch", batch_id, after=asdict(taken)))
    return taken


def _book(answer: bank.OpeningAnswer, likeness: Mapping[int, int], told: dict[str, Any]) -> list[dict[str, Any]]:
    """Book what can be booked and give what is parked: line, text, why."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payments_accountopening'))")
        cursor.execute(_STAGE)
        copy_in("payments_told", _TOLD, (
            (one.line, one.id, one.number, one.holder, one.note, likeness.get(one.id, 0) if one.number else None)
            for one in answer.lines
        ))  # fmt: skip
        cursor.execute(_JUDGE, told)
        cursor.execute(_TAKE, told)
        cursor.execute(_OPEN, told)
        cursor.execute("SELECT line, id, number, why FROM payments_judged WHERE why NOT IN ('', 'tahu') ORDER BY line")
        parked = [{"line": line, "text": f"{asked};{number}", "why": why} for line, asked, number, why in cursor]
        cursor.execute("DROP TABLE payments_told, payments_judged")
    return parked


def _counted(kept: AccountAnswer, parked: list[dict[str, Any]]) -> Taken:
    states = AccountOpening.objects.filter(answer=kept).order_by().values_list("state").annotate(n=Count("id"))
    found = dict(states)
    kept.opened, kept.to_check, kept.refused = (found.get(one, 0) for one in ("dibuka", "perlu_cek", "ditolak"))
    kept.parked = parked
    kept.save(update_fields=["opened", "to_check", "refused", "parked"])
    return Taken(kept.opened, kept.to_check, kept.refused, len(parked))


def check_opening(*, by: Officer, on: date, opening_id: int, same: bool, why: str) -> None:
    """Say whether an account under another name is our person's; needs `payment.approve`, never who read the answer.

    The same person makes it a passbook, another one refuses it; both with a reason in words. Refused: no reason, the
    one who read the answer, a request that does not wait for this, an account that is used by now.
    """
    staff.require(by, "payment.approve", on=on)
    reason = " ".join(why.split())[:200]
    if len(reason) < _SHORTEST:
        raise Refused("alasan_kosong", "Tulis bagaimana pemilik rekening ini diperiksa.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payments_accountopening'))")
        one = AccountOpening.objects.select_for_update().filter(pk=opening_id, state="perlu_cek").first()
        if one is None or one.answer_id is None:
            raise Refused("rekening_sudah_diperiksa", "Rekening ini tidak menunggu pemeriksaan; muat ulang halaman.")
        if one.answered_by_id == by.id:
            raise Refused("pembaca_bukan_pemeriksa", "Yang membaca jawaban bank tidak memeriksa namanya.")
        state = AccountOpening.State.DIBUKA if same else AccountOpening.State.DITOLAK
        AccountOpening.objects.filter(pk=one.pk).update(state=state, checked_by=by, note=reason)
        if same:
            cursor.execute(_OPEN_ONE, {"bic": bank.BANK_NTT, "on": on, "id": one.pk})
            if not cursor.rowcount:
                raise Refused("rekening_dipakai", "Nomor atau pemilik ini sudah tercatat dengan rekening lain.")
        after = {"state": state.value, "why": reason}
        record(by=by, on=on, deed=Deed("check_opening", "payments.account_batch", one.batch_id, after=after))

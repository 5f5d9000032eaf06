"""Writes who pays, and the budget lines with their legal basis."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from lopo.basics.money import rupiah, rupiah_text
from lopo.basics.refusal import Refused
from lopo.financing.models import Budget, Payer
from lopo.ledger.actions import Posting, credit, debit, open_accounts, post
from lopo.ledger.queries import statement
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.models import Decree, Programme

_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class PayerGiven:
    """A payer to write down: a short code, the name, the initial for the month strip, the kind (`Payer.Kind`)."""

    code: str
    name: str
    initial: str
    kind: str


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A budget line: the payer, the programme, the year, the line, its legal basis, and its amount in rupiah.

    `reason` says why the amount of a line that is there already becomes another.
    """

    payer_code: str
    programme_id: int
    year: int
    line: str
    legal_basis: str
    amount: int
    reason: str = ""


def add_payer(*, by: Officer, on: date, payer: PayerGiven) -> str:
    """Write down a payer and give its code; the same payer again changes nothing. Needs `budget.set`.

    Refused: an unknown kind, an empty name or initial, or a code that stands for another payer.
    """
    require(by, "budget.set", on=on)
    if payer.kind not in Payer.Kind.values or not payer.name.strip() or not 1 <= len(payer.initial) <= 3:
        raise Refused("pembayar_tidak_lengkap", "Pembayar perlu nama, singkatan satu sampai tiga huruf, dan jenisnya.")
    given = {"name": payer.name.strip(), "initial": payer.initial, "kind": payer.kind}
    with transaction.atomic():
        kept, new = Payer.objects.get_or_create(code=payer.code, defaults=given)
        if not new and {name: getattr(kept, name) for name in given} != given:
            raise Refused("kode_dipakai", f"Kode {payer.code} sudah dipakai pembayar lain: {kept.name}.")
        if new:
            record(by=by, on=on, deed=Deed("add_payer", "financing.payer", payer.code, after=given))
    return payer.code


def set_budget(*, by: Officer, on: date, line: BudgetLine) -> int:
    """Set or change the budget line of a payer for a programme and year; give its id. Needs `budget.set` there.

    The difference goes into the book (debit `anggaran`, credit `pagu`; a cut the other way round). The same line again
    changes nothing. Refused: no legal basis (LAW.md P22), no positive amount, less than is committed already, a closed
    programme, or another amount without a reason once the programme has a set decree.
    """
    programme = Programme.objects.filter(pk=line.programme_id).first()
    if programme is None or not Payer.objects.filter(pk=line.payer_code).exists():
        raise Refused("anggaran_tidak_lengkap", "Program atau pembayar ini tidak ada.")
    require(by, "budget.set", on=on, area_code=programme.area_code)
    if not line.legal_basis.strip() or not line.line.strip():
        raise Refused(
            "dasar_hukum_kosong", "Anggaran perlu mata anggaran dan dasar hukum (Perda, Pergub, Perwali, atau DPA)."
        )
    if programme.state == Programme.State.DITUTUP:
        raise Refused("program_ditutup", f"Program {programme.name} sudah ditutup.")
    if rupiah(line.amount) <= 0:
        raise Refused("anggaran_kosong", "Jumlah anggaran harus lebih dari nol.")
    with transaction.atomic():
        budget = _locked(line)
        before = {"amount": budget.amount, "legal_basis": budget.legal_basis, "line": budget.line}
        after = {"amount": line.amount, "legal_basis": line.legal_basis.strip(), "line": line.line.strip()}
        if before == after:
            return budget.id
        reason = " ".join(line.reason.split())[:200]
        if budget.amount not in {0, line.amount} and len(reason) < _SHORTEST and _decreed(programme):
            raise Refused("alasan_kosong", "Keputusan sudah ditetapkan: tulis mengapa anggaran ini diubah.")
        _change(budget, after, line)
        _enter(budget, on, line, line.amount - budget.amount)
        after |= {"reason": reason} if reason else {}
        record(by=by, on=on, deed=Deed("set_budget", "financing.budget", budget.id, before=before, after=after))
    return budget.id


def _decreed(programme: Programme) -> bool:
    return Decree.objects.filter(programme=programme, state=Decree.State.DITETAPKAN).exists()


def _locked(line: BudgetLine) -> Budget:
    """Give the budget line locked; a new one is made with nothing in it."""
    Budget.objects.bulk_create(
        [
            Budget(
                payer_id=line.payer_code, programme_id=line.programme_id, year=line.year, line="-", legal_basis="-",
                amount=0,
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return Budget.objects.select_for_update().get(
        payer_id=line.payer_code, programme_id=line.programme_id, year=line.year
    )


def _change(budget: Budget, after: dict[str, object], line: BudgetLine) -> None:
    try:
        with transaction.atomic():
            Budget.objects.filter(pk=budget.pk).update(**after)
    except IntegrityError as problem:
        raise Refused(
            "anggaran_kurang_dari_ikatan",
            f"Anggaran tidak boleh kurang dari yang sudah ditagihkan, yaitu {rupiah_text(budget.committed)}.",
        ) from problem


def _enter(budget: Budget, on: date, line: BudgetLine, difference: int) -> None:
    """Post the change of the amount; the n-th change of a line has the n-th id made from the line."""
    if difference == 0:
        return
    reference = f"budget:{budget.id}"
    changes = len({one.memo for one in statement(reference=reference)})
    have, cap = f"anggaran:{line.payer_code}:{line.year}", f"pagu:{line.payer_code}:{line.year}"
    open_accounts({have: f"Anggaran {line.payer_code} {line.year}", cap: f"Pagu {line.payer_code} {line.year}"})
    up = (debit(have, difference), credit(cap, difference)) if difference > 0 else ()
    down = (debit(cap, -difference), credit(have, -difference)) if difference < 0 else ()
    memo = f"Anggaran iuran {line.year}, perubahan {changes}"
    post([Posting(uuid.uuid5(uuid.NAMESPACE_OID, f"{reference}:{changes}"), on, memo, reference, up or down)])

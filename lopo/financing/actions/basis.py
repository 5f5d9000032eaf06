"""The gate before every bill: an approved programme, and a legal basis that holds on the day (LAW.md P22)."""

from __future__ import annotations

from datetime import date

from lopo.basics.refusal import Refused
from lopo.targeting.models import Programme
from lopo.targeting.queries.programmes import basis_state

BY_BASIS = "legal basis in force"
"""What the database says of a bill that the gate would not have let through."""


def require_basis(programme: Programme, on: date) -> None:
    """Refuse a bill for a programme that is not running, or whose legal basis lacks, is of later, or has run out.

    The sentence says what is missing and who brings it. The database refuses the same for whoever goes round this.
    """
    if programme.state == Programme.State.KONSEP:
        raise Refused("program_belum_disetujui", f"Program {programme.name} belum disetujui pejabat lain.")
    if programme.state == Programme.State.DITUTUP:
        raise Refused("program_ditutup", f"Program {programme.name} sudah ditutup: {programme.closed_why}.")
    state = basis_state(programme.legal_basis, programme.basis_dated, programme.basis_until, on)
    if state == "tidak_ada":
        raise Refused(
            "dasar_hukum_belum_ada",
            f"Program {programme.name} belum mempunyai dasar hukum. Tagihan terbit setelah nomor dan tanggal "
            "peraturannya (Perda, Pergub, Perwali, atau surat keputusan pembayar) dicatat pada halaman program.",
        )
    if state == "belum_berlaku":
        raise Refused(
            "dasar_hukum_belum_berlaku", f"{programme.legal_basis} baru berlaku {programme.basis_dated:%d-%m-%Y}."
        )
    if state == "habis":
        raise Refused(
            "dasar_hukum_habis",
            f"{programme.legal_basis} berlaku sampai {programme.basis_until:%d-%m-%Y}; catat peraturan penggantinya.",
        )

"""The roles: what each is for, what it may do, and which two never meet in one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# What can be done. The word before the dot is the room, the word after it the deed.
PERMISSIONS: Final = frozenset(
    {
        "lists.receive", "lists.screen", "lists.read", "doubt.settle", "doubt.check",
        "people.read", "people.see_nik", "people.see_contact", "people.see_birth", "people.own_data", "registers.load",
        "decree.draft", "decree.approve", "decree.read",
        "coverage.send", "coverage.answer", "coverage.handover", "coverage.read",
        "budget.set", "bill.make", "bill.pay", "bill.approve", "bill.read",
        "case.report", "case.work", "case.read", "decision.make", "decision.approve",
        "payment.make", "payment.approve", "payment.send", "payment.read", "payment.see_account",
        "table.export", "diary.read", "looks.read", "retention.run",
        "officer.read", "officer.appoint", "officer.confirm",
        "payer.read", "payer.order", "payer.export",
    }
)  # fmt: skip
OFFICE: Final = frozenset(one for one in PERMISSIONS if not one.startswith("payer."))
"""What is done for the programmes; the rest is done by a payer, for what it pays itself and nothing else."""

_SEES: Final = frozenset({"people.see_nik", "people.see_contact", "people.see_birth"})
_READS: Final = frozenset({"lists.read", "people.read", "decree.read", "coverage.read", "bill.read", "case.read"})


@dataclass(frozen=True)
class Role:
    """One role. `incompatible` lists the codes that the same officer may not hold at the same time."""

    code: str
    title: str
    sentence: str
    may: frozenset[str]
    incompatible: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a permission that nobody declared."""
        if unknown := self.may - PERMISSIONS:
            raise ValueError(f"role {self.code} names unknown permissions {sorted(unknown)}")


KELURAHAN: Final = Role(
    "kelurahan",
    "Petugas kelurahan",
    "Mengirim daftar usulan, melihat hasilnya, dan melaporkan kejadian di wilayahnya.",
    frozenset({"lists.receive", "lists.read", "people.read", "coverage.read", "case.report", "case.read",
               "coverage.handover", "doubt.settle", "table.export", "people.see_contact", "people.see_birth"}),
)  # fmt: skip
KANTOR: Final = Role(
    "kantor",
    "Petugas dinas",
    "Memeriksa daftar, menyusun keputusan, mendaftarkan peserta, dan mengurus klaim.",
    _READS | _SEES
    | {"lists.receive", "lists.screen", "doubt.settle", "doubt.check", "registers.load", "people.own_data",
       "looks.read", "decree.draft", "coverage.send", "coverage.handover", "bill.make", "case.report", "case.work",
       "table.export", "payment.read"},
    frozenset({"penyetuju"}),
)  # fmt: skip
BPJS: Final = Role(
    "bpjs",
    "Petugas BPJS Ketenagakerjaan",
    "Menjawab pendaftaran dengan nomor peserta dan menetapkan usul keputusan klaim.",
    _READS | _SEES
    | {"coverage.answer", "case.report", "case.work", "decision.make", "payment.make", "payment.read",
       "payment.see_account", "table.export"},
    frozenset({"penyetuju"}),
)  # fmt: skip
KEUANGAN: Final = Role(
    "keuangan",
    "Bendahara",
    "Menyusun anggaran dan membayar tagihan iuran dengan SP2D.",
    _READS | {"budget.set", "bill.pay", "payment.read", "table.export"},
    frozenset({"penyetuju"}),
)
PENYETUJU: Final = Role(
    "penyetuju",
    "Pejabat penyetuju",
    "Memeriksa dan menyetujui pekerjaan orang lain: keputusan, SP2D, klaim, dan pembayaran.",
    _READS | _SEES
    | {"doubt.check", "decree.approve", "bill.approve", "decision.approve", "payment.approve", "payment.send",
       "payment.read", "payment.see_account", "diary.read", "looks.read", "retention.run", "table.export",
       "officer.read", "officer.confirm"},
    frozenset({"kantor", "bpjs", "keuangan", "kelurahan"}),
)  # fmt: skip
PIMPINAN: Final = Role(
    "pimpinan",
    "Pimpinan",
    "Melihat seluruh program dan buku catatan, tanpa mengubah apa pun.",
    _READS | {"payment.read", "diary.read", "looks.read", "officer.read", "table.export"},
)
PEMIRSA: Final = Role(
    "pemirsa",
    "Pemirsa",
    "Melihat angka program dan hasil daftar, tanpa data pribadi yang lengkap.",
    frozenset({"lists.read", "decree.read", "coverage.read", "bill.read"}),
)
PENGELOLA: Final = Role(
    "pengelola",
    "Pengelola petugas",
    "Mengusulkan siapa bertugas sebagai apa dan di mana; orang lain yang mengesahkannya.",
    frozenset({"officer.read", "officer.appoint", "officer.confirm"}),
    frozenset({"kelurahan", "kantor", "bpjs", "keuangan", "penyetuju", "pembayar"}),
)
PEMBAYAR: Final = Role(
    "pembayar",
    "Petugas pembayar",
    "Melihat pekerja yang iurannya dibayar lembaganya, dan mengajukan pembayaran tagihannya.",
    frozenset({"payer.read", "payer.order", "payer.export"}),
    frozenset({"penyetuju", "pengelola"}),
)

ROLES: Final[dict[str, Role]] = {
    role.code: role for role in (KELURAHAN, KANTOR, BPJS, KEUANGAN, PENYETUJU, PIMPINAN, PEMIRSA, PENGELOLA, PEMBAYAR)
}

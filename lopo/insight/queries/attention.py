"""Reads what needs somebody now: each thing with its count, a sentence, the page to go to and who may act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, JSONArray, JSONObject

from lopo.basics.calendar import Month
from lopo.claims.models import Case, DeathHit, Decision
from lopo.claims.queries.case_table import overdue
from lopo.claims.queries.disputes import to_settle
from lopo.coverage.models import Membership
from lopo.coverage.queries import ARREARS
from lopo.insight.queries.programme import Standing
from lopo.payments.models import BankFile, Order
from lopo.people.models import Snapshot
from lopo.people.paging import in_areas
from lopo.people.registers import LAYOUTS
from lopo.staff.models import Diary
from lopo.staff.queries import within
from lopo.targeting.models import (
    Appeal,
    CalledSender,
    Decree,
    DecreeName,
    Departure,
    Programme,
    ProposalList,
    Screening,
    Verdict,
)

CHOSEN: Final = (DecreeName.Status.DITETAPKAN, DecreeName.Status.PENGGANTI)
NUMBERED: Final = (Membership.State.TERDAFTAR, Membership.State.BERAKHIR)
TAKEN: Final = (Membership.State.DITERIMA, *NUMBERED)


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing that needs somebody: `words` is the sentence with `%(count)s`, `link` the name of the page to go to.

    `urgent` things are late or cost a family its right; the others wait. `permission` is what the officer needs who is
    to act on it (or to read it, where nobody acts).
    """

    code: str
    count: int
    words: str
    link: str
    permission: str
    urgent: bool

    @property
    def sentence(self) -> str:
        """The sentence with its count in it."""
        return self.words % {"count": self.count}


@dataclass(frozen=True, slots=True)
class _Now:
    """How the programme stands, and what was counted beside it in one query."""

    standing: Standing
    counted: dict[str, int]

    @property
    def unbilled(self) -> int:
        """Months of the programme up to this one for which there are members and no bill."""
        states, programme = self.standing.members.states, self.standing.programme.programme
        if not any(states[state] for state in TAKEN):
            return 0
        last = min(Month.of(programme.last_month), Month.of(self.standing.on))
        return sum(
            1 for month in Month.of(programme.first_month).through(last) if month not in self.standing.bills.months
        )

    @property
    def without_number(self) -> int:
        """Names in set decrees, chosen or numbered (a name can be dropped after its number), less the numbered."""
        return self.counted["named"] - sum(self.standing.members.states[state] for state in NUMBERED)

    @property
    def running_out(self) -> int:
        """Members whose last month of the programme has begun or is over: nobody is named to pay what comes next."""
        last = Month.of(self.standing.programme.programme.last_month)
        return self.standing.members.states[Membership.State.TERDAFTAR] if Month.of(self.standing.on) >= last else 0

    @property
    def in_arrears(self) -> int:
        """Members whose months are unpaid."""
        return sum(self.standing.cover[state] for state in ARREARS)


def _counted(standing: Standing, areas: tuple[str, ...]) -> dict[str, int]:
    """Count, in one query, what the standing does not tell."""
    pk, on, place = standing.programme.programme.id, standing.on, standing.programme.programme.area_code
    everywhere = within(place, areas)
    names = DecreeName.objects.filter(
        Q() if everywhere else in_areas("area_code", areas),
        decree__programme_id=pk, decree__state="ditetapkan", decree__approved_on__lte=on,
    )  # fmt: skip
    numbered = Membership.objects.filter(decree_name=OuterRef("pk"), state__in=NUMBERED)
    members = {"membership__programme_id": pk}
    cases = Case.objects.filter(in_areas("person__area_code", areas), **members)
    decisions = Decision.objects.filter(case__in=cases)
    orders = Order.objects.filter(decision__case__in=cases)
    rows: dict[str, QuerySet[Any]] = {
        "to_check": Verdict.objects.filter(
            Q() if everywhere else in_areas("row__list__area_code", areas),
            screening__programme_id=pk, screening__current=True, verdict=Verdict.Kind.PERLU_CEK,
        ),
        "registers": _registers_not_used(pk),
        "appeals": Appeal.objects.filter(
            in_areas("area_code", areas), state=Appeal.State.DIAJUKAN, due_on__lte=on, screening__programme_id=pk
        ),
        "silent": _silent(pk, areas, on),
        "leaving": Departure.objects.filter(
            in_areas("decree_name__area_code", areas), state=Departure.State.DIUSULKAN, line__isnull=True,
            decree_name__decree__programme_id=pk,
        ),
        "drafts": Decree.objects.filter(programme_id=pk, state=Decree.State.KONSEP),
        "named": names.filter(Q(status__in=CHOSEN) | Q(Exists(numbered))),
        "late_cases": cases.filter(overdue(on)),
        "held": cases.filter(Exists(to_settle(OuterRef("pk"))), state=Case.State.DIKABULKAN),
        "doubtful": DeathHit.objects.filter(
            in_areas("membership__person__area_code", areas), outcome=DeathHit.Outcome.RAGU, **members
        ),
        "proposed": decisions.filter(state=Decision.State.USUL),
        "unordered": decisions.filter(
            ~Exists(Order.objects.filter(decision=OuterRef("pk"))), state=Decision.State.DISETUJUI, granted=True
        ),
        "unsent": orders.filter(state=Order.State.SIAP),
        "failed": orders.filter(state=Order.State.GAGAL),
        "files": BankFile.objects.filter(
            Exists(Order.objects.filter(file=OuterRef("pk"), decision__case__membership__programme_id=pk)),
            state=BankFile.State.DISIAPKAN,
        ) if everywhere else BankFile.objects.none(),
    }  # fmt: skip
    counts = {name: _count(found) for name, found in rows.items()}
    counts["differing"] = _differing() if everywhere else Coalesce(Value(0), Value(0))
    row = Programme.objects.filter(pk=pk).values_list(*counts.values()).get()
    return {name: int(value) for name, value in zip(counts, row, strict=True)}


def _silent(programme_id: int, areas: tuple[str, ...], on: date) -> QuerySet[CalledSender]:
    """The senders who were called, whose day is over, and who sent nothing."""
    sent = ProposalList.objects.filter(
        Q(sender_kind="kelurahan", area_code=OuterRef("area_code"))
        | ~Q(sender_kind="kelurahan") & Q(sender__iexact=OuterRef("sender")),
        programme_id=programme_id, in_force=True, sender_kind=OuterRef("kind"),
        received_on__gte=OuterRef("call__opens_on"), received_on__lte=on,
    )  # fmt: skip
    return CalledSender.objects.filter(
        ~Exists(sent), in_areas("area_code", areas), call__programme_id=programme_id, call__closed_on__isnull=True,
        call__due_on__lt=on,
    )  # fmt: skip


def _registers_not_used(programme_id: int) -> QuerySet[Snapshot]:
    """The registers in force that the screening in force did not use; none before the first screening."""
    current = Screening.objects.filter(programme_id=programme_id, current=True)
    used = current.filter(snapshots__contains=JSONArray(JSONObject(id=OuterRef("pk"))))
    return Snapshot.objects.filter(Exists(current), ~Exists(used), current=True, kind__in=LAYOUTS)


def _count(rows: QuerySet[Any]) -> Coalesce:
    """The number of rows as a part of another query; 0 for none."""
    counted = rows.order_by().annotate(_all=Value(1)).values("_all").annotate(_n=Count("pk")).values("_n")
    return Coalesce(Subquery(counted), Value(0))


def _differing() -> Coalesce:
    """How many decisions the last replay found to come out otherwise by the law as it is now; 0 before the first."""
    noted = Diary.objects.filter(action="replay_decisions").order_by("-id")
    number = noted.annotate(_n=Cast(KT("after__differing"), IntegerField())).values("_n")
    return Coalesce(Subquery(number[:1]), Value(0))


# Code, sentence, page, permission, urgent, count; in the order of the story, the urgent ones are shown first.
_THINGS: Final[tuple[tuple[str, str, str, str, bool, Callable[[_Now], int]], ...]] = (
    ("daftar_bermasalah", "%(count)s daftar memuat hal yang tidak terbaca", "daftar", "lists.read", False,
     lambda now: now.standing.programme.lists_with_problems),
    ("belum_diperiksa", "%(count)s baris usulan belum diperiksa", "daftar", "lists.screen", False,
     lambda now: now.standing.programme.unscreened),
    ("register_baru", "%(count)s register baru, daftar belum diperiksa ulang", "register", "lists.screen", False,
     lambda now: now.counted["registers"]),
    ("perlu_cek", "%(count)s baris usulan perlu dicek ke kelurahan", "baris_semua", "lists.read", False,
     lambda now: now.counted["to_check"]),
    ("keberatan_jatuh_tempo", "%(count)s keberatan harus diputus hari ini atau sudah lewat", "keberatan",
     "doubt.check", True, lambda now: now.counted["appeals"]),
    ("pengusul_diam", "%(count)s pengusul lewat batas dan belum mengirim nama", "panggilan", "lists.receive", False,
     lambda now: now.counted["silent"]),
    ("perlu_diganti", "%(count)s nama dalam keputusan perlu diganti", "pengganti", "decree.draft", False,
     lambda now: now.counted["leaving"]),
    ("keputusan_konsep", "%(count)s konsep keputusan menunggu persetujuan", "keputusan", "decree.approve", False,
     lambda now: now.counted["drafts"]),
    ("tanpa_nomor", "%(count)s orang sudah ditetapkan tetapi belum bernomor", "peserta_menunggu", "coverage.read",
     True, lambda now: now.without_number),
    ("belum_ditagih", "%(count)s bulan program belum ditagihkan", "iuran", "bill.make", False,
     lambda now: now.unbilled),
    ("tagihan_lewat", "%(count)s tagihan iuran lewat jatuh tempo", "iuran", "bill.read", True,
     lambda now: now.standing.bills.overdue),
    ("iuran_genting", "%(count)s tagihan lewat 15 hari: pimpinan perlu turun tangan", "kalender", "bill.approve", True,
     lambda now: now.standing.bills.pressing),
    ("iuran_hampir_gugur", "%(count)s tagihan membuat hak gugur dalam beberapa hari, atau sudah", "kalender",
     "bill.read", True, lambda now: now.standing.bills.lapsing),
    ("tagihan_jatuh_tempo", "%(count)s tagihan iuran menunggu SP2D", "iuran", "bill.pay", False,
     lambda now: now.standing.bills.due),
    ("sp2d_menunggu", "%(count)s SP2D menunggu persetujuan", "iuran", "bill.approve", False,
     lambda now: now.standing.bills.ordered),
    ("menunggak", "%(count)s peserta menunggak: haknya berkurang atau gugur", "tunggakan", "coverage.read", True,
     lambda now: now.in_arrears),
    ("program_berakhir", "%(count)s peserta tidak punya pembayar setelah bulan terakhir program", "peserta",
     "coverage.read", True, lambda now: now.running_out),
    ("bagian_ditahan", "%(count)s kasus menahan uang ahli waris", "ditahan", "case.work", True,
     lambda now: now.counted["held"]),
    ("kasus_lewat", "%(count)s kasus lewat tenggat", "klaim", "case.read", True,
     lambda now: now.counted["late_cases"]),
    ("kasus_terbuka", "%(count)s kasus belum diputus", "klaim", "case.read", False,
     lambda now: now.standing.claims.still_open),
    ("kematian_ragu", "%(count)s kematian mungkin peserta, perlu dicek", "klaim", "case.work", False,
     lambda now: now.counted["doubtful"]),
    ("keputusan_klaim", "%(count)s usul keputusan klaim menunggu persetujuan", "klaim", "decision.approve", False,
     lambda now: now.counted["proposed"]),
    ("keputusan_lain", "%(count)s keputusan klaim akan lain menurut hukum sekarang", "klaim", "decision.approve", False,
     lambda now: now.counted["differing"]),
    ("keputusan_belum_dibayar", "%(count)s keputusan klaim disetujui tetapi belum ada perintah bayar", "pembayaran",
     "payment.make", True, lambda now: now.counted["unordered"]),
    ("perintah_siap", "%(count)s perintah bayar belum dikirim ke bank", "pembayaran", "payment.read", False,
     lambda now: now.counted["unsent"]),
    ("perintah_gagal", "%(count)s pembayaran ditolak bank, rekening perlu diperbaiki", "pembayaran", "payment.make",
     True, lambda now: now.counted["failed"]),
    ("berkas_bank", "%(count)s berkas bank menunggu persetujuan", "pembayaran", "payment.approve", False,
     lambda now: now.counted["files"]),
    ("kartu_belum", "%(count)s peserta belum menerima kartu", "belum_menerima", "coverage.read", False,
     lambda now: now.standing.members.without_card),
    ("buku_belum", "%(count)s peserta belum menerima buku tabungan", "belum_menerima", "coverage.read", False,
     lambda now: now.standing.members.without_passbook),
)  # fmt: skip


def attention(standing: Standing, *, areas: tuple[str, ...]) -> tuple[Attention, ...]:
    """Give what needs somebody on the day of the standing, the urgent first, nothing of count zero. One query.

    `areas` are those the standing was read for; without any there is nothing.
    """
    if not areas:
        return ()
    now = _Now(standing, _counted(standing, areas))
    found = (
        Attention(code, count(now), words, link, permission, urgent)
        for code, words, link, permission, urgent, count in _THINGS
    )
    return tuple(sorted((one for one in found if one.count > 0), key=lambda one: not one.urgent))

"""Reads what needs somebody now: each thing with its count, a sentence, the page to go to and who may act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, Sum

from lopo.basics.calendar import Month
from lopo.claims.models import Case, DeathHit, Decision
from lopo.claims.queries.cases import overdue
from lopo.coverage.models import Membership
from lopo.coverage.queries import ARREARS, MemberCounts, cover_counts, member_counts
from lopo.financing.models import Bill
from lopo.payments.models import BankFile, Order
from lopo.people.paging import in_areas
from lopo.staff.queries import within
from lopo.targeting.models import Decree, DecreeName, Programme, ProposalList, Screening, Verdict

CHOSEN: Final = (DecreeName.Status.DITETAPKAN, DecreeName.Status.PENGGANTI)
NUMBERED: Final = (Membership.State.TERDAFTAR, Membership.State.BERAKHIR)


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
class _Asked:
    """Of which programme, on which day, within which areas; `everywhere` when the areas hold the whole programme."""

    programme_id: int
    first: Month
    last: Month
    on: date
    areas: tuple[str, ...]
    everywhere: bool
    cover: dict[str, int]
    members: MemberCounts
    bills: tuple[tuple[Month, str, date], ...]

    def here(self, column: str) -> Q:
        """The condition that an area code lies within the areas; nothing to check where they hold everything."""
        return Q() if self.everywhere else in_areas(column, self.areas)


def _bills(programme_id: int) -> tuple[tuple[Month, str, date], ...]:
    """Month, state and due day of each bill that is not cancelled; they are few."""
    rows = Bill.objects.filter(programme_id=programme_id).exclude(state=Bill.State.BATAL)
    return tuple((Month.of(month), state, due) for month, state, due in rows.values_list("month", "state", "due_on"))


def _problem_lists(asked: _Asked) -> int:
    lists = ProposalList.objects.filter(in_areas("area_code", asked.areas), programme_id=asked.programme_id)
    return lists.exclude(problems=[]).count()


def _unscreened(asked: _Asked) -> int:
    candidates = ProposalList.objects.filter(programme_id=asked.programme_id).aggregate(n=Sum("candidates", default=0))
    counts = Screening.objects.filter(programme_id=asked.programme_id, current=True).values_list("counts", flat=True)
    return int(candidates["n"]) - sum(int(one.get("rows", 0)) for one in counts)


def _to_check(asked: _Asked) -> int:
    return Verdict.objects.filter(
        in_areas("row__list__area_code", asked.areas) if not asked.everywhere else Q(),
        screening__programme_id=asked.programme_id, screening__current=True, verdict=Verdict.Kind.PERLU_CEK,
    ).count()  # fmt: skip


def _drafts(asked: _Asked) -> int:
    return Decree.objects.filter(programme_id=asked.programme_id, state=Decree.State.KONSEP).count()


def _without_number(asked: _Asked) -> int:
    """Chosen names in set decrees less those who have had a number, but for numbers whose name was dropped since."""
    numbered = Membership.objects.filter(decree_name=OuterRef("pk"), state__in=NUMBERED)
    names = DecreeName.objects.filter(
        asked.here("area_code"), decree__programme_id=asked.programme_id, decree__state="ditetapkan",
        decree__approved_on__lte=asked.on,
    ).aggregate(
        chosen=Count("id", filter=Q(status__in=CHOSEN)),
        dropped=Count("id", filter=Q(~Q(status__in=CHOSEN), Exists(numbered))),
    )  # fmt: skip
    return int(names["chosen"]) - sum(asked.members.states[state] for state in NUMBERED) + int(names["dropped"])


def _unbilled(asked: _Asked) -> int:
    """Months of the programme up to this one for which there are members and no bill."""
    if not Membership.objects.filter(programme_id=asked.programme_id, accepted_on__lte=asked.on).exists():
        return 0
    have = {month for month, _, _ in asked.bills}
    return sum(1 for month in asked.first.through(min(asked.last, Month.of(asked.on))) if month not in have)


def _due(asked: _Asked) -> int:
    return sum(1 for _, state, due in asked.bills if state == Bill.State.TERBIT and due >= asked.on)


def _late(asked: _Asked) -> int:
    return sum(1 for _, state, due in asked.bills if state != Bill.State.DIBAYAR and due < asked.on)


def _ordered(asked: _Asked) -> int:
    return sum(1 for _, state, _ in asked.bills if state == Bill.State.DIAJUKAN)


def _arrears(asked: _Asked) -> int:
    return sum(asked.cover[state] for state in ARREARS)


def _late_cases(asked: _Asked) -> int:
    return Case.objects.filter(
        in_areas("person__area_code", asked.areas), overdue(asked.on), membership__programme_id=asked.programme_id
    ).count()


def _doubtful_deaths(asked: _Asked) -> int:
    return DeathHit.objects.filter(
        in_areas("membership__person__area_code", asked.areas),
        membership__programme_id=asked.programme_id,
        outcome=DeathHit.Outcome.RAGU,
    ).count()


def _decisions(asked: _Asked) -> int:
    return Decision.objects.filter(
        in_areas("case__person__area_code", asked.areas),
        case__membership__programme_id=asked.programme_id,
        state=Decision.State.USUL,
    ).count()


def _unordered(asked: _Asked) -> int:
    """Approved decisions that grant money and for which no order was made."""
    return Decision.objects.filter(
        in_areas("case__person__area_code", asked.areas),
        ~Exists(Order.objects.filter(decision=OuterRef("pk"))),
        case__membership__programme_id=asked.programme_id,
        state=Decision.State.DISETUJUI,
        granted=True,
    ).count()


def _orders(asked: _Asked, state: str) -> int:
    return Order.objects.filter(
        in_areas("decision__case__person__area_code", asked.areas),
        decision__case__membership__programme_id=asked.programme_id,
        state=state,
    ).count()


def _unsent(asked: _Asked) -> int:
    return _orders(asked, Order.State.SIAP)


def _failed(asked: _Asked) -> int:
    return _orders(asked, Order.State.GAGAL)


def _files(asked: _Asked) -> int:
    files = BankFile.objects.filter(
        state=BankFile.State.DISIAPKAN, orders__decision__case__membership__programme_id=asked.programme_id
    )
    return files.distinct().count() if asked.everywhere else 0


def _cards(asked: _Asked) -> int:
    return asked.members.without_card


def _passbooks(asked: _Asked) -> int:
    return asked.members.without_passbook


# Code, sentence, page, permission, urgent, count; in the order of the story, the urgent ones are shown first.
_THINGS: Final[tuple[tuple[str, str, str, str, bool, Callable[[_Asked], int]], ...]] = (
    ("daftar_bermasalah", "%(count)s daftar memuat hal yang tidak terbaca", "daftar", "lists.read", False,
     _problem_lists),
    ("belum_diperiksa", "%(count)s baris usulan belum diperiksa", "daftar", "lists.screen", False, _unscreened),
    ("perlu_cek", "%(count)s baris usulan perlu dicek ke kelurahan", "baris_semua", "lists.read", False, _to_check),
    ("keputusan_konsep", "%(count)s konsep keputusan menunggu persetujuan", "keputusan", "decree.approve", False,
     _drafts),
    ("tanpa_nomor", "%(count)s orang sudah ditetapkan tetapi belum bernomor", "peserta_menunggu", "coverage.read",
     True, _without_number),
    ("belum_ditagih", "%(count)s bulan program belum ditagihkan", "iuran", "bill.make", False, _unbilled),
    ("tagihan_lewat", "%(count)s tagihan iuran lewat jatuh tempo", "iuran", "bill.read", True, _late),
    ("tagihan_jatuh_tempo", "%(count)s tagihan iuran menunggu SP2D", "iuran", "bill.pay", False, _due),
    ("sp2d_menunggu", "%(count)s SP2D menunggu persetujuan", "iuran", "bill.approve", False, _ordered),
    ("menunggak", "%(count)s peserta menunggak: haknya berkurang atau gugur", "tunggakan", "coverage.read", True,
     _arrears),
    ("kasus_lewat", "%(count)s kasus lewat tenggat", "klaim", "case.read", True, _late_cases),
    ("kematian_ragu", "%(count)s kematian mungkin peserta, perlu dicek", "klaim", "case.work", False,
     _doubtful_deaths),
    ("keputusan_klaim", "%(count)s usul keputusan klaim menunggu persetujuan", "klaim", "decision.approve", False,
     _decisions),
    ("keputusan_belum_dibayar", "%(count)s keputusan klaim disetujui tetapi belum ada perintah bayar", "pembayaran",
     "payment.make", True, _unordered),
    ("perintah_siap", "%(count)s perintah bayar belum dikirim ke bank", "pembayaran", "payment.read", False, _unsent),
    ("perintah_gagal", "%(count)s pembayaran ditolak bank, rekening perlu diperbaiki", "pembayaran", "payment.make",
     True, _failed),
    ("berkas_bank", "%(count)s berkas bank menunggu persetujuan", "pembayaran", "payment.approve", False, _files),
    ("kartu_belum", "%(count)s peserta belum menerima kartu", "belum_menerima", "coverage.read", False, _cards),
    ("buku_belum", "%(count)s peserta belum menerima buku tabungan", "belum_menerima", "coverage.read", False,
     _passbooks),
)  # fmt: skip


def attention(
    programme_id: int,
    *,
    on: date,
    areas: tuple[str, ...],
    cover: dict[str, int] | None = None,
    members: MemberCounts | None = None,
) -> tuple[Attention, ...]:
    """Give what needs somebody in a programme, the urgent first, nothing of count zero.

    About one query a thing, at most 19 in all; `cover` and `members` are the counts of `coverage.queries` for the same
    day and areas, counted here when they are not given. No areas: nothing.
    """
    row = Programme.objects.filter(pk=programme_id).values_list("area_code", "first_month", "last_month").first()
    if row is None or not areas:
        return ()
    place, first, last = row
    asked = _Asked(
        programme_id, Month.of(first), Month.of(last), on, areas, within(place, areas),
        cover if cover is not None else cover_counts(programme_id, on=on, areas=areas),
        members if members is not None else member_counts(programme_id, areas=areas),
        _bills(programme_id),
    )  # fmt: skip
    found = (
        Attention(code, count(asked), words, link, permission, urgent)
        for code, words, link, permission, urgent, count in _THINGS
    )
    return tuple(sorted((one for one in found if one.count > 0), key=lambda one: not one.urgent))

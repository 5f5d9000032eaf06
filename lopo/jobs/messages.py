"""Makes messages of what the diary still has to send, in simple words, and sends them; the clock runs it."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from lopo.basics.calendar import date_text
from lopo.basics.refusal import Refused, Unavailable
from lopo.claims import queries as claims
from lopo.claims.queries.corrections import correction_case
from lopo.claims.queries.first_reports import who_agreed
from lopo.jobs.papers.correction_letters import make_correction_letters
from lopo.jobs.papers.make_letters import make_letter
from lopo.jobs.papers.make_replies import make_appeal_letter, make_call_letter
from lopo.staff import outbox
from lopo.staff.gateway import CHAT, EMAIL, Gateway, NotTaken, Parcel
from lopo.staff.outbox import NewMessage
from lopo.staff.outbox_queries import Unsent, emails, unsent
from lopo.staff.queries import DutyRow, holders, nearest
from lopo.targeting.queries.appeals import appeal
from lopo.targeting.queries.calls import SenderRow, call

_LOG = logging.getLogger(__name__)
LETTER: Final = "surat"
_MOST_ROWS: Final = 500
_MOST_SENT: Final = 200
_FOOT: Final = "\n\nPesan ini dikirim Lopo. Masuk ke Lopo untuk mengerjakannya; jangan membalas pesan ini."
_CASE_NEWS: Final = {
    "keluarga": "Laporan Anda sudah menjadi kasus {code}. Petugas akan datang; siapkan KTP dan kartu keluarga.",
    "keputusan_kabul": "Kasus {code} dikabulkan. Suratnya diantar petugas; uangnya dikirim lewat bank.",
    "keputusan_tolak": "Kasus {code} sudah diputuskan. Suratnya diantar petugas, dengan alasan dan cara berkeberatan.",
}
_CLOCKS: Final = {
    "kunjungan": "keluarga dikunjungi", "kesimpulan": "kecelakaan kerja disimpulkan", "pembayaran": "hak dibayar",
}  # fmt: skip
_ANY_NEWS: Final = "Ada kabar tentang kasus {code}. Petugas menghubungi keluarga."
"""What somebody who agreed to messages is told: the code and what comes next, never a name or an amount."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one run did."""

    planned: int
    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class _Around:
    """What planning looks up once for all rows: who holds which duty, and which ways out are set up."""

    duties: tuple[tuple[str, DutyRow], ...]
    ways: frozenset[str]


def send_messages(*, on: date, at: datetime, ways: Mapping[str, Gateway]) -> Told:
    """Plan what is new, settle what a killed sender left behind, send what is due."""
    planned = plan_all(on=on, at=at, ways=ways)
    settle_all(at=at, ways=ways)
    sent, failed = send_due(at=at, ways=ways)
    return Told(planned, sent, failed)


def plan_all(*, on: date, at: datetime, ways: Mapping[str, Gateway]) -> int:
    """Put the messages of the diary rows that wait into the outbox; give how many. A second run plans nothing twice."""
    rows = unsent(limit=_MOST_ROWS)
    around = _Around(holders(on=on) if rows else (), frozenset(ways))
    return sum(_plan(row, at, around) for row in rows)


def _plan(row: Unsent, at: datetime, around: _Around) -> int:
    """Plan one row. One that cannot be planned holds up no other: it is logged, stays unsent and is tried again."""
    try:
        return outbox.plan_messages(on=row.on, at=at, diary_id=row.id, messages=_messages(row, around))
    except Exception:
        _LOG.exception("the messages of diary row %s could not be planned", row.id)
        return 0


def settle_all(*, at: datetime, ways: Mapping[str, Gateway]) -> None:
    """Ask each way out what became of the messages whose sender was killed. E-mail goes again under the same id."""
    for message_id, channel in outbox.silent_messages(at=at):
        way = ways.get(channel)
        arrived = way.known(message_id) if way else None
        outbox.settle_silent(at=at, message_id=message_id, arrived=arrived, again=channel == EMAIL)


def send_due(*, at: datetime, ways: Mapping[str, Gateway]) -> tuple[int, int]:
    """Send what is due, one by one, each marked before and noted after; give how many went and how many did not."""
    sent = failed = 0
    for _ in range(_MOST_SENT):
        one = outbox.take_message(at=at, channels=tuple(ways))
        if one is None:
            break
        try:
            ways[one.channel].send(Parcel(one.id, one.address, one.title, one.words))
        except (Unavailable, NotTaken) as problem:
            gone = isinstance(problem, NotTaken)
            outbox.note_failed(at=at, message_id=one.id, problem=str(problem), for_good=gone)
            failed += 1
        else:
            outbox.note_sent(at=at, message_id=one.id)
            sent += 1
    return sent, failed


def _messages(row: Unsent, around: _Around) -> list[NewMessage]:
    """Give all messages of one diary row, in an order that is always the same."""
    return [one for key, plan in _PLANS.items() if key in row.send for one in plan(row, row.send[key], around)]


def _to_officers(
    row: Unsent, usernames: Sequence[str], told: tuple[str, str, str], around: _Around
) -> list[NewMessage]:
    """One e-mail to each officer; `told` is template, title and words. Who gave no address shows as such."""
    template, title, words = told
    addresses = emails(usernames)
    return [
        NewMessage(
            channel=EMAIL, template=template, subject=row.subject, subject_id=row.subject_id,
            area_code=_home(name, around), receiver=name, address=addresses.get(name, ""), title=title,
            words=words + _FOOT,
        )
        for name in sorted(usernames)
    ]  # fmt: skip


def _home(username: str, around: _Around) -> str:
    """The widest area of an officer: who sees that desk sees the message."""
    return min((duty.area_code for name, duty in around.duties if name == username), key=len, default="53")


def _alarm(row: Unsent, given: Mapping[str, Any], around: _Around) -> list[NewMessage]:
    return _to_officers(
        row, given["to"], ("iuran_terlambat", given.get("title", "Iuran belum dibayar"), given["words"]), around
    )


def _reminder(row: Unsent, given: Mapping[str, Any], around: _Around) -> list[NewMessage]:
    return _to_officers(row, given["to"], ("usulan_ditunggu", "Usulan nama ditunggu", given["words"]), around)


def _call(row: Unsent, given: Mapping[str, Any], around: _Around) -> list[NewMessage]:
    """A call for names: by e-mail to the kelurahan's own officers, as a letter to bring to every other sender."""
    found = call(given["id"], on=row.on)
    if found is None or found.closed_on is not None:
        return []
    messages: list[NewMessage] = []
    for sender in found.senders:
        own = tuple(duty for duty in around.duties if duty[1].area_code == sender.area_code)
        to = nearest(sender.area_code, "lists.receive", own) if sender.kind == "kelurahan" else ()
        words = (
            f"{sender.sender} diminta mengusulkan paling banyak {sender.places} nama untuk {found.title}, paling "
            f"lambat {date_text(sender.due_on)}. {found.text} Unggah daftarnya di meja Daftar."
        )
        told = ("usulan_dibuka", "Usulan nama pekerja rentan dibuka", words)
        messages += _to_officers(row, to, told, around) if to else [_call_letter(row, sender)]
    return messages


def _call_letter(row: Unsent, sender: SenderRow) -> NewMessage:
    paper, problem = None, "" if row.by else "tidak ada petugas yang menulis surat ini"
    try:
        if row.by is not None:
            paper = make_call_letter(by=row.by, on=row.on, sender_id=sender.id)
    except Refused as refusal:
        problem = refusal.sentence
    return NewMessage(
        channel=LETTER, template="usulan_dibuka", subject="targeting.calledsender", subject_id=str(sender.id),
        area_code=sender.area_code, receiver=sender.sender, paper=paper, problem=problem,
    )  # fmt: skip


def _visits(row: Unsent, given: Sequence[Mapping[str, Any]], around: _Around) -> list[NewMessage]:
    messages: list[NewMessage] = []
    for visit in given:
        due = date_text(date.fromisoformat(visit["due_on"]))
        place = claims.case_head(visit["case"])
        words = f"Kunjungi keluarga pada kasus {place.code if place else visit['case']} paling lambat {due}."
        to = nearest(visit["area"], "case.report", around.duties)
        messages += _to_officers(row, to, ("kunjungan", "Keluarga menunggu kunjungan", words), around)
    return messages


def _reminders(row: Unsent, given: Sequence[Mapping[str, Any]], around: _Around) -> list[NewMessage]:
    """A clock of a case: to who holds it, else to those who could; once it is long over, to those who decide too."""
    place = claims.case_head(int(row.subject_id))
    if place is None:
        return []
    messages: list[NewMessage] = []
    for one in given:
        due = date_text(date.fromisoformat(one["due_on"]))
        words = f"Kasus {place.code}: {_CLOCKS.get(one['clock'], one['clock'])} paling lambat {due}."
        to = (one["to"],) if one["to"] else nearest(place.area_code, "case.work", around.duties)
        if one["step"] == "naikkan":
            to = tuple({*to, *nearest(place.area_code, "decision.approve", around.duties)})
        messages += _to_officers(
            row, to, ("pengingat_kasus", "Waktu kasus hampir habis atau sudah lewat", words), around
        )
    return messages


def _handed(row: Unsent, given: Sequence[Mapping[str, Any]], around: _Around) -> list[NewMessage]:
    """Who holds cases now is told which and why; who held them before, that they are no longer his."""
    messages: list[NewMessage] = []
    for one in given:
        codes, note = ", ".join(one["codes"]), f" Catatan: {one['note']}" if one["note"] else ""
        title = "Kasus diserahkan kepada Anda" if one["new"] else "Kasus Anda kini dipegang petugas lain"
        words = f"{title}: {codes}.{note}"
        messages += _to_officers(row, (one["to"],), ("serah_kasus", title, words), around)
    return messages


def _first_report(row: Unsent, given: Mapping[str, Any], around: _Around) -> list[NewMessage]:
    what = "kecelakaan" if given["kind"] == "JKK" else "kematian"
    words = f"Laporan {what} {given['code']} baru masuk. Cari orangnya di meja Klaim, Laporan masuk."
    to = nearest(given["area"], "case.report", around.duties)
    return _to_officers(row, to, ("laporan_masuk", "Laporan baru masuk", words), around)


def _letters(row: Unsent, given: Sequence[Mapping[str, Any]], around: _Around) -> list[NewMessage]:
    """The letter of each case on paper; and a short message to whoever reported it and agreed to messages."""
    messages: list[NewMessage] = []
    for letter in given:
        place = claims.case_head(letter["case"])
        if place is None:
            continue
        messages += _case_letters(row, letter["template"], place)
        if CHAT in around.ways:
            messages += [_news(letter["template"], place, phone) for phone in who_agreed(place.id)]
    return messages


def _case_letters(row: Unsent, template: str, place: claims.CaseHead) -> list[NewMessage]:
    """One letter, or one for each of the heirs who share."""
    return _kept(row, template, place, lambda *, by: make_letter(by=by, on=row.on, case_id=place.id).letters)


def _kept(
    row: Unsent, template: str, place: claims.CaseHead, make: Callable[..., Sequence[uuid.UUID]]
) -> list[NewMessage]:
    """A message for each paper that was made about a case; where none could be made, one that says why."""
    papers: Sequence[uuid.UUID | None] = (None,)
    problem = "" if row.by else "tidak ada petugas yang menulis surat ini"
    try:
        if row.by is not None:
            papers = make(by=row.by)
    except Refused as refusal:
        problem = refusal.sentence
    return [
        NewMessage(
            channel=LETTER, template=template, subject="claims.case", subject_id=str(place.id),
            area_code=place.area_code, receiver="keluarga", paper=paper, problem=problem,
        )
        for paper in papers
    ]  # fmt: skip


def _news(template: str, place: claims.CaseHead, phone: str) -> NewMessage:
    words = _CASE_NEWS.get(template, _ANY_NEWS).format(code=place.code)
    return NewMessage(
        channel=CHAT, template=template, subject="claims.case", subject_id=str(place.id), area_code=place.area_code,
        receiver="pelapor", address=phone, title="Kabar kasus", words=words,
    )  # fmt: skip


def _appeal(row: Unsent, given: Mapping[str, Any], _: _Around) -> list[NewMessage]:
    paper, problem = None, "" if row.by else "tidak ada petugas yang menulis surat ini"
    try:
        if row.by is not None:
            paper = make_appeal_letter(by=row.by, on=row.on, appeal_id=given["appeal"])
    except Refused as refusal:
        problem = refusal.sentence
    found = appeal(given["appeal"], ("53",))
    return [
        NewMessage(
            channel=LETTER, template="keberatan", subject="targeting.appeal", subject_id=str(given["appeal"]),
            area_code=found.area_code if found else "53", receiver=given["to"], paper=paper, problem=problem,
        )
    ]  # fmt: skip


def _corrections(row: Unsent, given: Sequence[str], _: _Around) -> list[NewMessage]:
    """A letter to each from whom an approved correction took something back."""
    messages: list[NewMessage] = []
    for one in given:
        correction_id = uuid.UUID(one)
        place = claims.case_head(correction_case(correction_id) or 0)
        if place is not None:
            make = partial(make_correction_letters, on=row.on, correction_id=correction_id)
            messages += _kept(row, "koreksi", place, make)
    return messages


_Plan = Callable[[Unsent, Any, _Around], list[NewMessage]]
_PLANS: Final[dict[str, _Plan]] = {
    "alarm": _alarm, "call": _call, "reminder": _reminder, "letters": _letters, "visits": _visits,
    "reminders": _reminders, "first_report": _first_report, "letter": _appeal, "handed": _handed,
    "corrections": _corrections,
}  # fmt: skip

"""Takes first reports from anybody, once each; the desk makes a case of them or says why they are not for us."""

from __future__ import annotations

import base64
import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.utils.timezone import localtime

from lopo.basics.area import KOTA_KUPANG, find_kelurahan
from lopo.basics.phone import plain_phone
from lopo.basics.photo import clean_photo
from lopo.basics.refusal import Refused
from lopo.claims.actions.reports import Opened, Report, check_days, first_report_due, report_case
from lopo.claims.models import FirstReport
from lopo.coverage.models import MemberNumber
from lopo.people.models import Person
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.attempts import Door, Knock, tried
from lopo.staff.models import Officer

SUBJECT: Final = "claims.firstreport"
MOST_PHOTO_BYTES: Final = 8 * 2**20
DOOR: Final = Door("lapor", 1000, 1000, 1000, 40)
"""Whoever reports is never wrong; only floods from one address are stopped (many phones of a kelurahan share one)."""
_SHORTEST_REASON: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstTold:
    """What somebody tells: `id` is made on the phone; `source` is who reports; `area_code` is '' where nobody knows."""

    id: uuid.UUID
    kind: str
    teller: str
    source: str
    name: str
    event_on: date
    place: str
    story: str
    nik: str = ""
    kpj: str = ""
    phone: str = ""
    may_message: bool = False
    area_code: str = ""
    event_at: time | None = None
    died_on: date | None = None
    photo: bytes = b""


def receive_first_report(*, on: date, at: datetime, origin: str, told: FirstTold) -> uuid.UUID:
    """Keep a first report, known person or not; the same id again is the same report. Gives its id.

    Nobody is signed in, so the diary names no officer. Refused: a day to come or days in the wrong order, nobody named,
    a photo that is none or too large, or too many reports from one address in an hour.
    """
    if FirstReport.objects.filter(pk=told.id).exists():
        return told.id
    check_days(_report(told, "", at), on)
    if not (told.name.strip() or told.nik or told.kpj):
        raise Refused("tanpa_orang", "Tulis nama orangnya, NIK, atau nomor kartunya; salah satu cukup.")
    photo = checked_photo(told.photo)
    tried(door=DOOR, knock=Knock(str(told.id), origin, at), answer=lambda: _kept(told, photo, on, at))
    return told.id


def attach_first_report(*, by: Officer, on: date, report_id: uuid.UUID, person_id: int) -> Opened:
    """Say whose report this is: its case is opened, or the case of the same event gets it. Needs `case.report` in both.

    The clock keeps the moment at which the report came. Refused: a report that has a case, or somebody who is in no
    programme.
    """
    with transaction.atomic():
        found = _settled_by(by, on, report_id, "case.report")
        if found.state == FirstReport.State.TERHUBUNG:
            raise Refused("laporan_sudah_diurus", "Laporan ini sudah diurus; muat ulang halaman.")
        person = Person.objects.filter(pk=person_id).first()
        if person is None:
            raise Refused("orang_tidak_ada", "Orang ini tidak ada.")
        opened = report_case(by=by, on=on, report=_report(_told(found), person.nik, localtime(found.received_at)))
        _settle(found, FirstReport.State.TERHUBUNG, by, on, case_id=opened.case_id)
        after = {"code": found.code, "case": opened.code}
        record(by=by, on=on, deed=Deed("attach_first_report", SUBJECT, report_id, after=after))
    return opened


def dismiss_first_report(*, by: Officer, on: date, report_id: uuid.UUID, why: str) -> None:
    """Say why a report is not for this programme; it stays, and may still be attached. Needs `case.work` there.

    Refused: without a reason, or a report that was settled already.
    """
    if len(why.strip()) < _SHORTEST_REASON:
        raise Refused("alasan_kosong", "Tulis mengapa laporan ini bukan untuk program ini.")
    with transaction.atomic():
        found = _settled_by(by, on, report_id, "case.work")
        if found.state != FirstReport.State.BARU:
            raise Refused("laporan_sudah_diurus", "Laporan ini sudah diurus; muat ulang halaman.")
        _settle(found, FirstReport.State.BUKAN, by, on, why=why.strip()[:200])
        record(by=by, on=on, deed=Deed("dismiss_first_report", SUBJECT, report_id, after={"code": found.code}))


def checked_photo(content: bytes) -> bytes | None:
    """Give a photo written anew, None where there is none. Refused: larger than 8 MB, or no photo."""
    if not content:
        return None
    if len(content) > MOST_PHOTO_BYTES:
        raise Refused("foto_terlalu_besar", "Foto lebih besar dari 8 MB; kirim yang lebih kecil atau tanpa foto.")
    return clean_photo(content)


def report_code(report_id: uuid.UUID) -> str:
    """The code on the receipt, made of the id: `L-7KQ2-M9XD`. It opens nothing; the desk finds the report by it."""
    letters = base64.b32encode(hashlib.sha256(report_id.bytes).digest()).decode()[:8]
    return f"L-{letters[:4]}-{letters[4:]}"


def _kept(told: FirstTold, photo: bytes | None, on: date, at: datetime) -> FirstReport:
    """Insert the report, or give the one that came a moment ago under the same id; with its diary row."""
    known = FirstReport.objects.filter(pk=told.id).first()
    if known is not None:
        return known
    kept = FirstReport.objects.create(
        id=told.id, code=report_code(told.id), kind=told.kind, teller=told.teller, source=told.source[:100],
        phone=plain_phone(told.phone), may_message=told.may_message and bool(plain_phone(told.phone)),
        name=told.name.strip()[:200], nik=told.nik[:16], kpj=told.kpj[:11], area_code=_area(told),
        event_on=told.event_on, event_at=told.event_at, died_on=told.died_on, place=told.place[:200],
        story=told.story[:2000], photo=photo, received_on=on, received_at=at,
        due_at=first_report_due(_report(told, "", at)) if told.kind == "JKK" else None,
    )  # fmt: skip
    after = {"code": kept.code, "kind": kept.kind}
    send = {"first_report": {"code": kept.code, "kind": kept.kind, "area": kept.area_code}}
    record(by=None, on=on, deed=Deed("first_report", SUBJECT, kept.id, after=after, send=send))
    return kept


def _area(told: FirstTold) -> str:
    """Where the person lives if the numbers are known, else the kelurahan that was named, else the city."""
    known = Person.objects.filter(nik=told.nik).first() if told.nik else None
    if known is None and told.kpj:
        number = MemberNumber.objects.filter(kpj=told.kpj).select_related("person").first()
        known = number.person if number else None
    return known.area_code if known else find_kelurahan(told.area_code) or KOTA_KUPANG


def _told(found: FirstReport) -> FirstTold:
    return FirstTold(
        id=found.id, kind=found.kind, teller=found.teller, source=found.source, name=found.name,
        event_on=found.event_on, place=found.place, story=found.story, event_at=found.event_at, died_on=found.died_on,
    )  # fmt: skip


def _report(told: FirstTold, nik: str, at: datetime) -> Report:
    """The report as the desk takes it; the hour of the accident is local time."""
    happened = datetime.combine(told.event_on, told.event_at, at.tzinfo) if told.event_at else None
    story = f"{told.place}. {told.story}" if told.place else told.story
    return Report(nik, told.kind, told.event_on, told.died_on, at, happened, told.source, story)


def _settled_by(by: Officer, on: date, report_id: uuid.UUID, permission: str) -> FirstReport:
    """The report, locked, where the officer may settle it."""
    found = FirstReport.objects.select_for_update().filter(pk=report_id).first()
    if found is None:
        raise Refused("laporan_tidak_ada", "Laporan ini tidak ada.")
    staff.require(by, permission, on=on, area_code=found.area_code)
    return found


def _settle(
    found: FirstReport, state: str, by: Officer, on: date, *, case_id: int | None = None, why: str = ""
) -> None:
    FirstReport.objects.filter(pk=found.pk, state=found.state).update(
        state=state, case_id=case_id, why=why, settled_by=by, settled_on=on
    )

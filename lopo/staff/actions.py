"""Writes the diary, keeps papers and passwords, and moves long work forward."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models.functions import Now

from lopo.basics.refusal import Impossible, Refused
from lopo.staff import queries
from lopo.staff.models import DataRequest, Diary, Document, Export, Look, Officer, Work

Json = Mapping[str, Any]
MOST_PERSONS_NAMED = 50_000
"""Of a larger file only how many persons and their hash are kept: what it held follows from its table and filters."""
ANSWER_DAYS = 3
"""Days within which a request about one's own data is answered (UU 27/2022 Pasal 30-32: 3 x 24 hours; not read)."""
_SHORTEST = 5


@dataclass(frozen=True)
class Deed:
    """One line for the diary: the action, the thing it was done to, the thing before and after, what to send."""

    action: str
    subject: str
    subject_id: str | int | uuid.UUID
    before: Json | None = None
    after: Json | None = None
    send: Json | None = None


def record(*, by: Officer | None, on: date, deed: Deed) -> int:
    """Write one diary row inside the transaction of the change that it tells of; give its id."""
    if not transaction.get_connection().in_atomic_block:
        raise Impossible("a diary row must stand in the transaction of the change it tells of")
    row = Diary.objects.create(
        by=by,
        on=on,
        action=deed.action,
        subject=deed.subject,
        subject_id=str(deed.subject_id),
        before=deed.before,
        after=deed.after,
        send=deed.send,
    )
    return row.id


def record_all(*, by: Officer | None, on: date, deeds: Iterable[Deed]) -> None:
    """Write the diary rows of several deeds of one kind inside the transaction of their change. One query."""
    if not transaction.get_connection().in_atomic_block:
        raise Impossible("a diary row must stand in the transaction of the change it tells of")
    Diary.objects.bulk_create(
        Diary(
            by=by, on=on, action=one.action, subject=one.subject, subject_id=str(one.subject_id), before=one.before,
            after=one.after, send=one.send,
        )
        for one in deeds
    )  # fmt: skip


def set_password(*, by: Officer | None, on: date, officer: Officer, password: str) -> None:
    """Set the password of an officer; the diary says that it was set, never what it is."""
    with transaction.atomic():
        Officer.objects.filter(pk=officer.pk).update(password=make_password(password))
        record(by=by, on=on, deed=Deed("set_password", "staff.officer", officer.id))


@dataclass(frozen=True)
class Paper:
    """A paper to keep: its kind, the thing it is about, its file name, media type and bytes."""

    kind: str
    subject: str
    subject_id: str | int | uuid.UUID
    name: str
    media_type: str
    content: bytes


def keep_paper(*, by: Officer | None, on: date, paper: Paper) -> uuid.UUID:
    """Keep a paper that was made, note it in the diary, and give the id under which it is fetched."""
    digest = hashlib.sha256(paper.content).hexdigest()
    with transaction.atomic():
        kept = Document.objects.create(
            kind=paper.kind,
            subject=paper.subject,
            subject_id=str(paper.subject_id),
            name=paper.name,
            media_type=paper.media_type,
            sha256=digest,
            content=paper.content,
            made_on=on,
            by=by,
        )
        after = {"document": str(kept.id), "kind": paper.kind, "sha256": digest}
        record(by=by, on=on, deed=Deed("keep_paper", paper.subject, paper.subject_id, after=after))
    return kept.id


def keep_once(*, by: Officer | None, on: date, paper: Paper) -> uuid.UUID:
    """Give the id under which a paper is kept; where the very same bytes are kept already, the id of those."""
    digest = hashlib.sha256(paper.content).hexdigest()
    for kept in queries.papers_of(paper.subject, str(paper.subject_id)):
        if kept.sha256 == digest and kept.kind == paper.kind:
            return kept.id
    return keep_paper(by=by, on=on, paper=paper)


def begin_work(*, by: Officer | None, kind: str, title: str, arguments: Json, total: int = 0) -> uuid.UUID:
    """Note a long piece of work that is about to be queued; give its id for the page that follows it."""
    return Work.objects.create(by=by, kind=kind, title=title, arguments=dict(arguments), total=total).id


def start_work(work_id: uuid.UUID) -> None:
    """Mark the work as running (again, after a restart: it begins from the start, its action being all or nothing)."""
    Work.objects.filter(pk=work_id).exclude(state=Work.State.DONE).update(
        state=Work.State.RUNNING, started_at=Now(), done=0, error=""
    )


def move_work(work_id: uuid.UUID, *, done: int, total: int, step: str) -> None:
    """Say how far the work is."""
    Work.objects.filter(pk=work_id).update(done=done, total=total, step=step)


def finish_work(work_id: uuid.UUID, *, result: Json) -> None:
    """Mark the work as done with what came out."""
    Work.objects.filter(pk=work_id).update(state=Work.State.DONE, result=dict(result), finished_at=Now(), step="")


def fail_work(work_id: uuid.UUID, *, error: str) -> None:
    """Mark the work as failed with a sentence that says what to do."""
    Work.objects.filter(pk=work_id).update(state=Work.State.FAILED, error=error, finished_at=Now())


@dataclass(frozen=True)
class Seen:
    """A look at a full record: on which page, at what thing, of which person (None where it tells of many or none).

    `area_code` is where the person lives; `outside` that this is no area of the officer's; `reason` stands where whole
    numbers were shown.
    """

    page: str
    subject: str
    subject_id: str | int | uuid.UUID
    person: int | None = None
    area_code: str = ""
    outside: bool = False
    reason: str = ""


def note_look(*, by: Officer, on: date, at: datetime, seen: Seen) -> None:
    """Note that an officer looked at a full record: at most one row an hour, page and thing; one insert.

    A look at whole numbers (with its reason) is always a row of its own. A look changes nothing, so the row is itself
    the diary of it.
    """
    row = Look(
        by=by,
        on=on,
        at=at,
        hour=at.replace(minute=0, second=0, microsecond=0),
        page=seen.page,
        subject=seen.subject,
        subject_id=str(seen.subject_id),
        person=seen.person,
        area_code=seen.area_code,
        outside=seen.outside,
        whole=bool(seen.reason),
        reason=seen.reason[:200],
    )
    Look.objects.bulk_create([row], ignore_conflicts=True)


@dataclass(frozen=True)
class Taken:
    """A table that leaves as a file: its name, the form, why, how many rows, the persons in it, what the diary says."""

    table: str
    form: str
    reason: str
    rows: int
    persons: tuple[int, ...]
    after: Json


def note_export(*, by: Officer, on: date, taken: Taken) -> None:
    """Note who took which persons as a file and why, and write it into the diary.

    The persons are kept by number up to `MOST_PERSONS_NAMED`; above that only their count and hash.
    """
    persons = sorted(set(taken.persons))
    digest = hashlib.sha256(",".join(map(str, persons)).encode()).hexdigest()
    with transaction.atomic():
        Export.objects.create(
            by=by,
            on=on,
            table=taken.table[:40],
            form=taken.form,
            reason=taken.reason[:200],
            rows=taken.rows,
            people=len(persons),
            digest=digest,
            persons=persons if len(persons) <= MOST_PERSONS_NAMED else None,
        )
        after = {**taken.after, "orang": len(persons), "sidik": digest}
        record(by=by, on=on, deed=Deed("export", "table", taken.table, after=after))


@dataclass(frozen=True)
class Asked:
    """What a person asks about his own data: a copy or a correction, who came and how that was checked, the words."""

    person: int
    kind: str
    asked_by: str
    text: str


def note_request(*, by: Officer, on: date, area_code: str, asked: Asked) -> int:
    """Note a request about one's own data; needs `people.own_data` where the person lives. Gives its id.

    Refused: an unknown kind, or without saying who asked, or a correction without words.
    """
    queries.require(by, "people.own_data", on=on, area_code=area_code)
    if asked.kind not in DataRequest.Kind.values:
        raise Refused("permintaan_tidak_dikenal", "Pilih salinan atau pembetulan.")
    if len(asked.asked_by) < _SHORTEST or (asked.kind == DataRequest.Kind.PEMBETULAN and len(asked.text) < _SHORTEST):
        raise Refused("permintaan_kosong", "Tulis siapa yang meminta, bagaimana dikenali, dan apa yang diminta.")
    with transaction.atomic():
        made = DataRequest.objects.create(
            person=asked.person,
            kind=asked.kind,
            asked_by=asked.asked_by[:200],
            text=asked.text[:500],
            made_by=by,
            made_on=on,
            due_on=on + timedelta(days=ANSWER_DAYS),
        )
        after = {"permintaan": made.id, "jenis": asked.kind}
        record(by=by, on=on, deed=Deed("note_request", "people.person", asked.person, after=after))
    return made.id


def answer_request(*, by: Officer, on: date, request_id: int, person: int, area_code: str, answer: str) -> None:
    """Answer a request that is open; needs `people.own_data` where the person lives. Refused: no words, or answered."""
    queries.require(by, "people.own_data", on=on, area_code=area_code)
    if len(answer) < _SHORTEST:
        raise Refused("jawaban_kosong", "Tulis apa yang sudah dilakukan atau mengapa tidak dapat.")
    with transaction.atomic():
        found = DataRequest.objects.filter(pk=request_id, person=person, state=DataRequest.State.DICATAT)
        state = DataRequest.State.DIJAWAB
        if not found.update(state=state, answer=answer[:500], answered_by=by, answered_on=on):
            raise Refused("sudah_dijawab", "Permintaan ini sudah dijawab; muat ulang halaman.")
        deed = Deed("answer_request", "people.person", person, after={"permintaan": request_id})
        record(by=by, on=on, deed=deed)

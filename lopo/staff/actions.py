"""Writes the diary, appoints officers, and moves long work forward."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models.functions import Now

from lopo.basics.refusal import Impossible, Refused
from lopo.staff import queries
from lopo.staff.models import Diary, Document, Duty, Officer, Work
from lopo.staff.roles import ROLES

Json = Mapping[str, Any]


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


def appoint(*, by: Officer | None, on: date, username: str, full_name: str, role: str, area_code: str) -> Officer:
    """Give an officer (made if new, without a password) one role in one area.

    Refused: an unknown role, or a role that does not go with one that the officer holds that day.
    """
    if role not in ROLES:
        raise Refused("peran_tidak_dikenal", f"Peran {role} tidak dikenal.")
    with transaction.atomic():
        officer, _ = Officer.objects.get_or_create(
            username=username, defaults={"full_name": full_name, "password": make_password(None)}
        )
        held = {duty.role for duty in queries.duties_of(officer.id, on=on)}
        for code in sorted(held):
            if code in ROLES[role].incompatible or role in ROLES[code].incompatible:
                raise Refused(
                    "peran_bertentangan",
                    f"{full_name} sudah menjadi {ROLES[code].title}; yang membuat tidak boleh juga yang menyetujui.",
                )
        Duty.objects.get_or_create(officer=officer, role=role, area_code=area_code, since=on)
        record(by=by, on=on, deed=Deed("appoint", "staff.officer", officer.id, after={"role": role, "area": area_code}))
    return officer


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

"""Reads who may do what and where, and what was done."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from lopo.basics.refusal import Refused
from lopo.staff.models import Diary, Document, Duty, Officer, Work
from lopo.staff.roles import ROLES


@dataclass(frozen=True)
class DutyRow:
    """One role in one area; with a payer's code, for that payer alone."""

    role: str
    area_code: str
    payer_code: str = ""

    def may(self, permission: str) -> bool:
        """Say whether the role has the permission; a role that is unknown has none."""
        return self.role in ROLES and permission in ROLES[self.role].may


@dataclass(frozen=True)
class DiaryRow:
    """One deed as a page shows it."""

    at: datetime
    by: str
    on: date
    action: str
    subject: str
    subject_id: str
    after: dict[str, Any] | None


@dataclass(frozen=True)
class WorkRow:
    """One long piece of work as a page shows it."""

    id: uuid.UUID
    kind: str
    title: str
    step: str
    done: int
    total: int
    state: str
    error: str
    result: dict[str, Any] | None
    created_at: datetime
    started_at: datetime | None


def held(on: date) -> Q:
    """Give the condition that a duty is held on a day: begun, confirmed, neither over nor taken back. No query."""
    open_end = Q(until__isnull=True) | Q(until__gte=on)
    kept = Q(revoked_on__isnull=True) | Q(revoked_on__gt=on)
    return Q(since__lte=on, confirmed_on__lte=on) & open_end & kept


def duties_of(officer_id: int, *, on: date) -> tuple[DutyRow, ...]:
    """Give the duties that an officer holds on a day. One query."""
    rows = Duty.objects.filter(held(on), officer_id=officer_id).order_by("role", "area_code", "payer_code")
    return tuple(DutyRow(*row) for row in rows.values_list("role", "area_code", "payer_code"))


def holders(*, on: date) -> tuple[tuple[str, DutyRow], ...]:
    """Give every duty that is held on a day with the name under which its officer signs in. One query."""
    rows = Duty.objects.filter(held(on), officer__is_active=True)
    columns = ("officer__username", "role", "area_code", "payer_code")
    return tuple((row[0], DutyRow(*row[1:])) for row in rows.order_by(*columns).values_list(*columns))


def areas_where(officer_id: int, permission: str, *, on: date) -> tuple[str, ...]:
    """Give the area codes within which the officer has the permission that day; empty means nowhere. One query."""
    return tuple(duty.area_code for duty in duties_of(officer_id, on=on) if duty.may(permission))


def payers_where(officer_id: int, permission: str, *, on: date) -> tuple[str, ...]:
    """Give the codes of the payers for whom the officer has the permission that day. One query."""
    return tuple(one.payer_code for one in duties_of(officer_id, on=on) if one.payer_code and one.may(permission))


@dataclass(frozen=True)
class Colleague:
    """An officer who holds a permission: how he signs in, what he is called, and in which areas he holds it."""

    username: str
    name: str
    areas: tuple[str, ...]


def colleagues(permission: str, *, on: date) -> tuple[Colleague, ...]:
    """Give who holds a permission anywhere on a day, by name. One query."""
    rows = Duty.objects.filter(held(on), officer__is_active=True)
    found: dict[tuple[str, str], list[str]] = {}
    columns = ("officer__full_name", "officer__username", "role", "area_code")
    for name, username, role, area in rows.order_by(*columns).values_list(*columns):
        if DutyRow(role, area).may(permission):
            found.setdefault((username, name or username), []).append(area)
    return tuple(Colleague(username, name, tuple(areas)) for (username, name), areas in found.items())


def within(area_code: str, areas: Iterable[str]) -> bool:
    """Say whether an area lies in one of the given ones (`53.71.04.1009` lies in `53.71`, not in `53.7`)."""
    return any(area_code == area or area_code.startswith(f"{area}.") for area in areas)


def nearest(area_code: str, permission: str, duties: Iterable[tuple[str, DutyRow]]) -> tuple[str, ...]:
    """Give who holds a permission nearest to an area: those of the kelurahan before those of the city. No query."""
    near = [(name, one) for name, one in duties if one.may(permission) and within(area_code, (one.area_code,))]
    longest = max((len(one.area_code) for _, one in near), default=0)
    return tuple(sorted({name for name, one in near if len(one.area_code) == longest}))


def require(officer: Officer, permission: str, *, on: date, area_code: str | None = None) -> None:
    """Refuse what the officer may not do that day (in that area, where one is given). One query."""
    areas = areas_where(officer.id, permission, on=on)
    if not areas or (area_code is not None and not within(area_code, areas)):
        raise Refused("tidak_berwenang", "Anda tidak berwenang melakukan ini di wilayah tersebut.", permission)


def has_officer(username: str) -> bool:
    """Say whether somebody signs in under this name. One query."""
    return Officer.objects.filter(username=username).exists()


def officer(username: str) -> Officer:
    """Give the officer who signs in under this name. Refused where there is none. One query."""
    found = Officer.objects.filter(username=username).first()
    if found is None:
        raise Refused("petugas_tidak_ada", f"Petugas {username} tidak ada.")
    return found


def diary_of(subject: str, subject_id: str, *, limit: int = 100) -> tuple[DiaryRow, ...]:
    """Give the latest deeds done to one thing, newest first. One query."""
    rows = Diary.objects.filter(subject=subject, subject_id=subject_id).select_related("by").order_by("-id")[:limit]
    return tuple(_diary_row(row) for row in rows)


def diary_latest(*, limit: int = 100) -> tuple[DiaryRow, ...]:
    """Give the latest deeds of all. One query."""
    return tuple(_diary_row(row) for row in Diary.objects.select_related("by").order_by("-id")[:limit])


def _diary_row(row: Diary) -> DiaryRow:
    by = (row.by.full_name or row.by.username) if row.by else "sistem"
    return DiaryRow(row.at, by, row.on, row.action, row.subject, row.subject_id, row.after)


def work(work_id: uuid.UUID) -> WorkRow | None:
    """Give one long piece of work, or None. One query."""
    return next((_work_row(row) for row in Work.objects.filter(pk=work_id)), None)


@dataclass(frozen=True)
class WorkOrder:
    """What a long piece of work was asked to do, and for whom."""

    id: uuid.UUID
    kind: str
    arguments: dict[str, Any]
    by: Officer
    state: str


def work_order(work_id: uuid.UUID) -> WorkOrder:
    """Give the order of one long piece of work. Refused where there is none or where nobody asked for it. One query."""
    row = Work.objects.select_related("by").filter(pk=work_id).first()
    if row is None or row.by is None:
        raise Refused("pekerjaan_tidak_ada", "Pekerjaan ini tidak ada.")
    return WorkOrder(row.id, row.kind, row.arguments, row.by, row.state)


def work_latest(*, limit: int = 20) -> tuple[WorkRow, ...]:
    """Give the latest long work, newest first. One query."""
    return tuple(_work_row(row) for row in Work.objects.order_by("-created_at")[:limit])


def _work_row(row: Work) -> WorkRow:
    return WorkRow(
        row.id, row.kind, row.title, row.step, row.done, row.total, row.state, row.error, row.result, row.created_at,
        row.started_at,
    )  # fmt: skip


@dataclass(frozen=True)
class PaperRow:
    """One kept paper without its bytes."""

    id: uuid.UUID
    kind: str
    name: str
    media_type: str
    sha256: str
    made_on: date


def papers_of(subject: str, subject_id: str) -> tuple[PaperRow, ...]:
    """Give the papers kept about one thing, newest first. One query."""
    rows = Document.objects.filter(subject=subject, subject_id=subject_id).order_by("-made_at")
    return tuple(PaperRow(*row) for row in rows.values_list("id", "kind", "name", "media_type", "sha256", "made_on"))


def paper_about(paper_id: uuid.UUID) -> tuple[str, str] | None:
    """Give the kind of thing and the id of the thing that a kept paper is about, or None. One query."""
    return Document.objects.filter(pk=paper_id).values_list("subject", "subject_id").first()


def paper_content(paper_id: uuid.UUID) -> tuple[str, str, bytes] | None:
    """Give file name, media type and bytes of one kept paper, or None. One query."""
    row = Document.objects.filter(pk=paper_id).values_list("name", "media_type", "content").first()
    return None if row is None else (row[0], row[1], bytes(row[2]))


# The doors never import models; here they find the type of the officer whom they act for.
__all__ = [
    "Colleague", "DiaryRow", "DutyRow", "Officer", "PaperRow", "WorkOrder", "WorkRow", "areas_where", "colleagues",
    "diary_latest", "diary_of", "duties_of", "has_officer", "held", "holders", "nearest", "officer", "paper_about",
    "paper_content", "papers_of", "payers_where", "require", "within", "work", "work_latest", "work_order",
]  # fmt: skip

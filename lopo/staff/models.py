"""Officers, their duties, the diary of what they did, and the long work that runs for them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns


class Officer(AbstractUser):
    """Somebody who signs in. What the officer may do stands in the duties, never in groups or flags."""

    id: int
    full_name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="id")

    columns: ClassVar = Columns(
        kept="id username is_active is_staff is_superuser date_joined last_login language",
        masked="full_name first_name last_name email",
        dropped="password",
    )


class Duty(models.Model):
    """One role of one officer within one area (`53`, `53.71`, `53.71.04` or `53.71.04.1009`), from a day on."""

    id: int
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(max_length=20)
    area_code = models.CharField(max_length=13)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    columns: ClassVar = Columns(kept="id officer role area_code since until")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["officer", "role", "area_code", "since"], name="duty_once"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="duty_days"),
        ]


class Diary(models.Model):
    """One deed: who did what to which thing, with the thing before and after. Rows are never changed or removed.

    `send` holds what must still go out (letter, message, file): the diary is the outbox too.
    """

    id: int
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    send = models.JSONField(null=True)
    sent_at = models.DateTimeField(null=True)

    columns: ClassVar = Columns(kept="id at by on action subject subject_id sent_at", dropped="before after send")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "subject_id", "id"], name="diary_subject"),
            models.Index(fields=["id"], name="diary_unsent", condition=Q(send__isnull=False, sent_at__isnull=True)),
        ]


class Work(models.Model):
    """One long piece of work with its progress, so that a page can be left and come back to."""

    class State(models.TextChoices):
        """Where the work stands."""

        WAITING = "menunggu", "menunggu"
        RUNNING = "berjalan", "berjalan"
        DONE = "selesai", "selesai"
        FAILED = "gagal", "gagal"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    step = models.CharField(max_length=200, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    error = models.TextField(blank=True)
    result = models.JSONField(null=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    columns: ClassVar = Columns(
        kept="id kind title step done total state by created_at started_at finished_at",
        dropped="arguments error result",
    )


class Document(models.Model):
    """A paper that was made (decree, cards, letter, export), kept so that it can be fetched again as it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")

    columns: ClassVar = Columns(
        kept="id kind subject subject_id name media_type sha256 made_on made_at by", dropped="content"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "subject_id", "kind"], name="document_subject")]


def columns_of(model: type[models.Model]) -> dict[str, Any]:
    """Give the declared treatment of each column of a table of ours, `{}` where nothing is declared."""
    declared = getattr(model, "columns", None)
    return dict(declared.treatment) if isinstance(declared, Columns) else {}

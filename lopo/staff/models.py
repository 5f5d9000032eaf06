"""Officers, their duties, the diary of what they did, and the long work that runs for them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns
from lopo.staff.post_models import Attempt, Message

__all__ = [
    "Attempt", "DataRequest", "Diary", "Document", "Duty", "Export", "Look", "Message", "Officer", "Work", "columns_of",
]  # fmt: skip


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
    """One role of one officer within one area (`53`, `53.71`, `53.71.04` or `53.71.04.1009`), from a day on.

    It counts once another officer has confirmed it, up to the day on which it is taken back. With a payer's code it is
    a duty for that payer alone (no key: the room of payers lies above); only the role of a payer has one.
    """

    id: int
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(max_length=20)
    area_code = models.CharField(max_length=13)
    payer_code = models.CharField(max_length=40, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)
    revoked_why = models.CharField(max_length=200, blank=True)

    columns: ClassVar = Columns(
        kept="id officer role area_code payer_code since until proposed_by confirmed_by confirmed_on revoked_on",
        dropped="revoked_why",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer", "role", "area_code", "payer_code", "since"], condition=Q(revoked_on__isnull=True),
                name="duty_once",
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="duty_days"),
            models.CheckConstraint(
                condition=Q(role="pembayar") & ~Q(payer_code="") | ~Q(role="pembayar") & Q(payer_code=""),
                name="duty_payer_of_payers_alone",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True) | Q(confirmed_by__isnull=True)
                | ~Q(proposed_by=F("confirmed_by")),
                name="duty_by_two",
            ),
        ]  # fmt: skip


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


class Look(models.Model):
    """One look at the full record of one person (or of a thing that tells of one): at most one an hour, page and thing.

    `person` is the person's number (no key: the room of persons lies above). `outside` says that the person lived
    outside the officer's areas, `whole` that whole numbers were shown, then always with its own row. Never changed;
    removed by the rule of retention alone.
    """

    id: int
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    hour = models.DateTimeField()
    page = models.CharField(max_length=30)
    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    person = models.BigIntegerField(null=True)
    area_code = models.CharField(max_length=13, blank=True)
    outside = models.BooleanField(default=False)
    whole = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)

    columns: ClassVar = Columns(
        kept="id by on at hour page subject subject_id person area_code outside whole", dropped="reason"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["by", "hour", "subject", "subject_id", "page"],
                condition=Q(whole=False),
                name="look_once_an_hour",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "id"], name="look_person"),
            models.Index(fields=["on", "by"], name="look_day"),
        ]


class Export(models.Model):
    """One table that left as a file: who took it, why, how many persons, and which, as far as they are not too many."""

    id: int
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())
    table = models.CharField(max_length=40)
    form = models.CharField(max_length=10)
    reason = models.CharField(max_length=200)
    rows = models.IntegerField()
    people = models.IntegerField()
    digest = models.CharField(max_length=64)
    persons = ArrayField(models.BigIntegerField(), null=True)

    columns: ClassVar = Columns(kept="id by on at table form rows people digest", dropped="reason persons")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["on", "by"], name="export_day")]


class DataRequest(models.Model):
    """What a person asked about his own data: a copy, or a correction. Noted by one officer and answered in time."""

    class Kind(models.TextChoices):
        """What was asked."""

        SALINAN = "salinan", "salinan data"
        PEMBETULAN = "pembetulan", "pembetulan data"

    class State(models.TextChoices):
        """Noted, or answered."""

        DICATAT = "dicatat", "dicatat"
        DIJAWAB = "dijawab", "dijawab"

    id: int
    person = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    asked_by = models.CharField(max_length=200)
    text = models.CharField(max_length=500)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DICATAT)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)

    columns: ClassVar = Columns(
        kept="id person kind made_by made_on due_on state answered_by answered_on", dropped="asked_by text answer"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="dicatat", answered_by__isnull=True, answered_on__isnull=True)
                | Q(state="dijawab", answered_by__isnull=False, answered_on__isnull=False),
                name="request_state_and_answer",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "id"], name="request_person")]


def columns_of(model: type[models.Model]) -> dict[str, Any]:
    """Give the declared treatment of each column of a table of ours, `{}` where nothing is declared."""
    declared = getattr(model, "columns", None)
    return dict(declared.treatment) if isinstance(declared, Columns) else {}

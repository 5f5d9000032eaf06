"""What a case was granted too much: a correction downwards, proposed by one officer and approved by another."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns


class Correction(models.Model):
    """The parts of which earlier decisions of a case gave more than the law gives, frozen as the law answered.

    Each of `components` names its code, label, article, what was granted (`before`), what the law gives (`after`), how
    much `less` that is, and who was to be paid (`payee`, `to`). The earlier decisions stay as they were frozen.
    """

    class State(models.TextChoices):
        """Proposed by one person; approved or sent back by another."""

        USUL = "usul", "usul"
        DISETUJUI = "disetujui", "disetujui"
        DIKEMBALIKAN = "dikembalikan", "dikembalikan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey("claims.Case", on_delete=models.PROTECT, related_name="corrections")
    amount = models.BigIntegerField()
    components = models.JSONField()
    trace = models.JSONField()
    edition = models.CharField(max_length=30)
    law_hash = models.CharField(max_length=64)
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=State.choices, default=State.USUL)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)

    columns: ClassVar = Columns(
        kept="id case amount components edition law_hash state made_by made_on made_at approved_by approved_on",
        dropped="trace why",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="usul"), name="correction_one_proposed"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="correction_takes_something"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")),
                name="correction_maker_not_checker",
            ),
            models.CheckConstraint(
                condition=Q(state="usul", approved_by__isnull=True)
                | Q(state__in=["disetujui", "dikembalikan"], approved_by__isnull=False),
                name="correction_answered_by_somebody",
            ),
        ]

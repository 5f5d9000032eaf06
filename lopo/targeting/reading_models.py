"""How an officer said that the sheets of a sender are to be read, kept so that nobody is asked twice."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns


class SheetReading(models.Model):
    """The meaning of each column of a sheet, by what recognises the sheet: its header's words, or its width.

    A reading is never changed: a later one for the same sender and sheet takes its place.
    """

    id: int
    sender_kind = models.CharField(max_length=20)
    sender = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    columns_read = models.JSONField(default=list)
    skipped = models.BooleanField(default=False)
    current = models.BooleanField(default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())

    columns: ClassVar = Columns(
        kept="id sender_kind sender fingerprint columns_read skipped current made_by made_on made_at"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sender_kind", "sender", "fingerprint"], condition=Q(current=True), name="reading_one_current"
            ),
        ]

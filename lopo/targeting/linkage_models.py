"""The office's own models of linkage, drafted, in force or replaced, and which model each screening went by."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns


class LinkageModel(models.Model):
    """One trained model as JSON, with how it was measured. One at most is in force; `former` was so before it.

    Where none is in force, the model that comes with the program is.
    """

    id: int
    name = models.CharField(max_length=100)
    body = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    trained_on = models.DateField()
    measured = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    active = models.BooleanField(default=False)
    activated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    activated_on = models.DateField(null=True)
    former = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    columns: ClassVar = Columns(
        kept="id name sha256 trained_on measured made_by made_at active activated_by activated_on former",
        dropped="body",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["active"], condition=Q(active=True), name="linkage_one_active"),
            models.CheckConstraint(
                condition=Q(activated_by__isnull=True) | ~Q(activated_by=F("made_by")),
                name="linkage_maker_not_checker",
            ),
            models.CheckConstraint(
                condition=Q(active=False) | Q(activated_by__isnull=False, activated_on__isnull=False),
                name="linkage_active_by_somebody",
            ),
        ]


class ScreeningModel(models.Model):
    """The model by which a screening said how likely each doubtful row is whom."""

    screening = models.OneToOneField(
        "targeting.Screening", on_delete=models.PROTECT, primary_key=True, related_name="linkage"
    )
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)

    columns: ClassVar = Columns(kept="screening name sha256")

"""Appeals against a refusal: who appeals and why, until when it must be decided, and what another officer decided."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns
from lopo.staff.models import Document


class Appeal(models.Model):
    """One appeal against the verdict on a row, for stated reasons of it; what was decided stands for ever.

    `content` is what the row says of its person, so that the decision holds in later screenings too, and for the same
    row when it is sent again. `refused_by` ran the screening that refused; who decides is neither that officer nor the
    one who entered the appeal.
    """

    class Side(models.TextChoices):
        """Who appeals."""

        PENGIRIM = "pengirim", "pengirim daftar"
        ORANG = "orang", "orangnya sendiri"

    class State(models.TextChoices):
        """Waiting, or how it ended."""

        DIAJUKAN = "diajukan", "diajukan"
        DIKABULKAN = "dikabulkan", "dikabulkan"
        DITOLAK = "ditolak", "ditolak"
        DICABUT = "dicabut", "dicabut"

    id: int
    row = models.ForeignKey("targeting.ProposalRow", on_delete=models.PROTECT, related_name="appeals")
    screening = models.ForeignKey("targeting.Screening", on_delete=models.PROTECT, related_name="appeals")
    content = models.CharField(max_length=64)
    area_code = models.CharField(max_length=13)
    reasons = ArrayField(models.CharField(max_length=30))
    side = models.CharField(max_length=8, choices=Side.choices)
    asked_by = models.CharField(max_length=200)
    ground = models.CharField(max_length=1000)
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    refused_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    in_time = models.BooleanField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DIAJUKAN)
    decile = models.SmallIntegerField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    next_step = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)

    columns: ClassVar = Columns(
        kept="id row screening content area_code reasons side paper refused_by refused_on made_by made_on made_at"
        " in_time due_on state decile decided_by decided_on",
        dropped="asked_by ground answer next_step",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["row"], condition=Q(state="diajukan"), name="appeal_one_open"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | (~Q(decided_by=F("made_by")) & ~Q(decided_by=F("refused_by"))),
                name="appeal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["diajukan", "dicabut"], decided_by__isnull=True, decided_on__isnull=True)
                | (
                    Q(state__in=["dikabulkan", "ditolak"], decided_by__isnull=False, decided_on__isnull=False)
                    & ~Q(answer="")
                ),
                name="appeal_state_and_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state="ditolak") | ~Q(next_step=""), name="appeal_refusal_says_what_next"
            ),
            models.CheckConstraint(condition=~Q(reasons=[]) & ~Q(ground=""), name="appeal_says_against_what_and_why"),
            models.CheckConstraint(
                condition=Q(decile__isnull=True) | Q(state="dikabulkan", decile__range=(1, 10)), name="appeal_decile"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="appeal_queue"),
            models.Index(fields=["content"], condition=Q(state="dikabulkan"), name="appeal_content"),
        ]

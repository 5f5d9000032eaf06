"""The end of a programme before its time: one officer proposes it with a reason, another lets it happen."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lopo.basics.privacy import Columns


class Closing(models.Model):
    """A proposal to close a programme. A trigger of the programme lets it be closed by an approved one alone."""

    class State(models.TextChoices):
        """Waiting for the other officer, approved by him, or taken back by either."""

        DIUSULKAN = "diusulkan", "diusulkan"
        DISETUJUI = "disetujui", "disetujui"
        DITARIK = "ditarik", "ditarik"

    id: int
    programme = models.ForeignKey("targeting.Programme", on_delete=models.PROTECT, related_name="closings")
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DIUSULKAN)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
    why = models.CharField(max_length=200, blank=True)

    columns: ClassVar = Columns(
        kept="id programme reason state proposed_by proposed_on ended_by ended_on why",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme"], condition=~Q(state="ditarik"), name="closing_one_standing"),
            models.CheckConstraint(condition=~Q(reason=""), name="closing_has_reason"),
            models.CheckConstraint(
                condition=~Q(state="disetujui") | ~Q(ended_by=F("proposed_by")), name="closing_maker_not_checker"
            ),
            models.CheckConstraint(
                condition=Q(state="diusulkan", ended_by__isnull=True, ended_on__isnull=True, why="")
                | Q(state="disetujui", ended_by__isnull=False, ended_on__isnull=False, why="")
                | Q(state="ditarik", ended_by__isnull=False, ended_on__isnull=False) & ~Q(why=""),
                name="closing_state_and_end",
            ),
        ]

"""A written power (surat kuasa) by which heirs let one of them receive their shares."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns


class Power(models.Model):
    """One power: who receives for the others (`givers`), by which paper. What was decided stays each heir's own.

    It is in force once a second officer has seen the page of it, until it is revoked. Whatever is not in a file for
    the bank by then goes to the heirs themselves again.
    """

    class State(models.TextChoices):
        """Written down by one officer; in force or refused by another; revoked by the heirs, or divided anew."""

        DICATAT = "dicatat", "dicatat"
        BERLAKU = "berlaku", "berlaku"
        DITOLAK = "ditolak", "ditolak"
        DICABUT = "dicabut", "dicabut"

    id: int
    case = models.ForeignKey("claims.Case", on_delete=models.PROTECT, related_name="powers")
    representative = models.ForeignKey("claims.Heir", on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=200)
    written_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DICATAT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
    why = models.CharField(max_length=300, blank=True)

    columns: ClassVar = Columns(
        kept="id case representative written_on state made_by made_on made_at checked_by checked_on ended_by ended_on",
        dropped="paper why",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["dicatat", "berlaku"]), name="power_one_a_case"
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")), name="power_another_checks"
            ),
            models.CheckConstraint(
                condition=Q(state="dicatat", checked_by__isnull=True, ended_by__isnull=True)
                | Q(state__in=["berlaku", "ditolak"], checked_by__isnull=False, ended_by__isnull=True)
                | Q(state="dicabut", ended_by__isnull=False, ended_on__isnull=False),
                name="power_of_its_state",
            ),
        ]


class PowerGiver(models.Model):
    """One heir who gave the power: this one's share goes to the representative's account."""

    id: int
    power = models.ForeignKey(Power, on_delete=models.PROTECT, related_name="givers")
    heir = models.ForeignKey("claims.Heir", on_delete=models.PROTECT, related_name="+")

    columns: ClassVar = Columns(kept="id power heir")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["power", "heir"], name="power_giver_once")]

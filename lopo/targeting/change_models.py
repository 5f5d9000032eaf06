"""How a set decree changes: who should leave it and why, and the amendment that lets others take their places."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lopo.basics.privacy import Columns
from lopo.people.models import Snapshot


class Departure(models.Model):
    """One name of a set decree that should leave it: found by the clock in a register, or told by an officer.

    An amendment takes it up, or an officer dismisses it with a reason; what was ended so never changes.
    """

    class Reason(models.TextChoices):
        """Why somebody leaves."""

        MENINGGAL = "meninggal", "meninggal"
        PINDAH = "pindah", "pindah"
        PEKERJA_PU = "pekerja_pu", "bekerja sebagai penerima upah"
        DITOLAK_BPJS = "ditolak_bpjs", "tidak dapat didaftarkan"
        DIMINTA = "diminta", "mengundurkan diri"

    class State(models.TextChoices):
        """Waiting, dismissed, or set by an amendment."""

        DIUSULKAN = "diusulkan", "diusulkan"
        DITEPIS = "ditepis", "ditepis"
        DITETAPKAN = "ditetapkan", "ditetapkan"

    id: int
    decree_name = models.ForeignKey("targeting.DecreeName", on_delete=models.PROTECT, related_name="departures")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    gone_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    found_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DIUSULKAN)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    dismissed_on = models.DateField(null=True)
    why = models.CharField(max_length=300, blank=True)

    columns: ClassVar = Columns(
        kept="id decree_name reason gone_on snapshot found_on made_by state dismissed_by dismissed_on",
        dropped="note why",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decree_name"], condition=~Q(state="ditepis"), name="departure_one_standing"
            ),
            models.CheckConstraint(
                condition=Q(state="ditepis", dismissed_by__isnull=False, dismissed_on__isnull=False) & ~Q(why="")
                | ~Q(state="ditepis") & Q(dismissed_by__isnull=True, dismissed_on__isnull=True, why=""),
                name="departure_dismissed_with_reason",
            ),
            models.CheckConstraint(condition=Q(gone_on__lte=F("found_on")), name="departure_days_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "found_on"], name="departure_state")]


class Amendment(models.Model):
    """A decree that changes a set decree: who leaves, who enters from the waiting list, from which month on.

    Drafted by one officer and set by another; once set it is frozen with its lines, like the decree itself.
    """

    class State(models.TextChoices):
        """Draft, or set."""

        KONSEP = "konsep", "konsep"
        DITETAPKAN = "ditetapkan", "ditetapkan"

    id: int
    decree = models.ForeignKey("targeting.Decree", on_delete=models.PROTECT, related_name="amendments")
    number = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    dated = models.DateField()
    from_month = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.KONSEP)
    annex_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)

    columns: ClassVar = Columns(
        kept="id decree number title dated from_month state annex_hash made_by approved_by approved_on"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decree"], condition=Q(state="konsep"), name="amendment_one_draft"),
            models.CheckConstraint(condition=Q(from_month__day=1), name="amendment_whole_month"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="amendment_maker_not_checker"
            ),
            models.CheckConstraint(
                condition=Q(state="konsep", approved_by__isnull=True, approved_on__isnull=True)
                | Q(state="ditetapkan", approved_by__isnull=False, approved_on__isnull=False),
                name="amendment_state_and_approval",
            ),
        ]


class AmendmentLine(models.Model):
    """One who leaves by an amendment, and the one from the waiting list who takes the place (none where nobody waits).

    `moved_up` says that the place was taken before the amendment, as BPJS had refused the name.
    """

    id: int
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="lines")
    departure = models.OneToOneField(Departure, on_delete=models.PROTECT, related_name="line")
    entrant = models.OneToOneField(
        "targeting.DecreeName", on_delete=models.PROTECT, null=True, related_name="entered_by"
    )
    moved_up = models.BooleanField(default=False)

    columns: ClassVar = Columns(kept="id amendment departure entrant moved_up")

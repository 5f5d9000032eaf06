"""What moves a case on beside its papers: disputes about a decision or an heir, and reminders that went out."""

from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q, When
from django.db.models.functions import Least

from lopo.basics.privacy import Columns

NEXT_DAY: Final = models.Case(
    When(
        state__in=["dibuka", "lengkap", "diusulkan"],
        then=Least(
            models.Case(When(visited_on__isnull=True, then="visit_due_on")),
            models.Case(When(kind="JKK", concluded_on__isnull=True, then="conclude_due_on")),
            "pay_due_on",
        ),
    ),
    output_field=models.DateField(),
)
"""The nearest day of the clocks of a case that still run (visit, conclusion, payment); none once it has ended."""


class Dispute(models.Model):
    """One objection to how a case was decided or to who inherits; answered once, by another than who decided.

    With an `heir` it is about the share of this one alone: the other shares go on. An objection to who inherits that
    was found right after the case was granted holds the money until it is settled: paid as it stood after all, or
    divided anew by a correction that two officers made.
    """

    class About(models.TextChoices):
        """What is disputed (PP 44/2015 Pasal 45), or who inherits."""

        JUMLAH = "jumlah", "jumlah manfaat"
        CACAT = "persen_cacat", "persen cacat"
        PENYEBAB = "sebab", "kecelakaan kerja atau bukan"
        WARIS = "ahli_waris", "siapa ahli warisnya"

    class State(models.TextChoices):
        """Open, upheld or not upheld."""

        DIAJUKAN = "diajukan", "diajukan"
        DIBENARKAN = "dibenarkan", "dibenarkan"
        TIDAK_DIBENARKAN = "tidak_dibenarkan", "tidak dibenarkan"

    id: int
    case = models.ForeignKey("claims.Case", on_delete=models.PROTECT, related_name="disputes")
    about = models.CharField(max_length=14, choices=About.choices)
    heir = models.ForeignKey("claims.Heir", on_delete=models.PROTECT, null=True, related_name="disputes")
    said_by = models.CharField(max_length=200)
    text = models.CharField(max_length=1000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.DIAJUKAN)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_how = models.CharField(max_length=300, blank=True)

    columns: ClassVar = Columns(
        kept="id case about heir made_by made_on state answered_by answered_on settled_on settled_by",
        dropped="said_by text answer settled_how",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "about", "heir"],
                condition=Q(state="diajukan"),
                name="dispute_one_open",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(heir__isnull=True) | Q(about="ahli_waris"), name="dispute_of_an_heir"),
            models.CheckConstraint(
                condition=Q(state="diajukan", answered_by__isnull=True, answered_on__isnull=True)
                | (~Q(state="diajukan") & Q(answered_by__isnull=False, answered_on__isnull=False) & ~Q(answer="")),
                name="dispute_state_and_answer",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("made_by")), name="dispute_another_answers"
            ),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, settled_by__isnull=True, settled_how="")
                | Q(settled_on__isnull=False, settled_by__isnull=False, about="ahli_waris", state="dibenarkan")
                & ~Q(settled_how=""),
                name="dispute_settled_whole",
            ),
        ]


class Reminder(models.Model):
    """One reminder of one clock of one case: to its owner before the day, to those above after it. Once each."""

    class Step(models.TextChoices):
        """Who is told."""

        INGATKAN = "ingatkan", "mengingatkan pemegang kasus"
        NAIKKAN = "naikkan", "memberi tahu atasan"

    id: int
    case = models.ForeignKey("claims.Case", on_delete=models.PROTECT, related_name="reminders")
    clock = models.CharField(max_length=20)
    due_on = models.DateField()
    step = models.CharField(max_length=10, choices=Step.choices)
    on = models.DateField()

    columns: ClassVar = Columns(kept="id case clock due_on step on")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "clock", "due_on", "step"], name="reminder_once")
        ]

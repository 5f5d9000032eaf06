"""A programme: what a payer promises, for whom, where, which months, by which criteria and on which legal basis."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value

from lopo.basics.privacy import Columns


class Programme(models.Model):
    """What is promised. It begins when a second officer approves it; once a decree is set, what it rests on stands.

    `criteria` is read by `targeting.criteria` alone; `max_decile` is what they say of the decile, 10 where nothing, for
    ranking by SQL. Without a legal basis that is in force no bill is made (a trigger of financing sees to it).
    """

    class State(models.TextChoices):
        """Being written, approved, or at its end."""

        KONSEP = "konsep", "konsep"
        BERJALAN = "berjalan", "berjalan"
        DITUTUP = "ditutup", "ditutup"

    id: int
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    area_code = models.CharField(max_length=13)
    first_month = models.DateField()
    last_month = models.DateField()
    registration_day = models.DateField()
    legal_basis = models.CharField(max_length=200, blank=True)
    basis_dated = models.DateField(null=True)
    basis_until = models.DateField(null=True)
    places = models.IntegerField()
    max_decile = models.SmallIntegerField()
    monthly_income = models.BigIntegerField()
    criteria = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    criteria_version = models.IntegerField(default=1, db_default=1)
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.KONSEP, db_default=Value(State.KONSEP.value)
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_why = models.CharField(max_length=200, blank=True, default="", db_default="")

    columns: ClassVar = Columns(
        kept="id code name area_code first_month last_month registration_day legal_basis basis_dated basis_until places"
        " max_decile monthly_income criteria criteria_version state made_by approved_by approved_on closed_on"
        " closed_why"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_month__gte=F("first_month")), name="programme_months_in_order"),
            models.CheckConstraint(condition=Q(first_month__day=1, last_month__day=1), name="programme_whole_months"),
            models.CheckConstraint(condition=Q(places__gte=0, max_decile__range=(0, 10)), name="programme_bounds"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="programme_maker_not_checker"
            ),
            models.CheckConstraint(
                condition=Q(state="konsep", approved_by__isnull=True, approved_on__isnull=True)
                | (
                    Q(state__in=["berjalan", "ditutup"], approved_on__isnull=False)
                    & (Q(approved_by__isnull=False) | Q(made_by__isnull=True))
                ),
                name="programme_state_and_approval",
            ),
            models.CheckConstraint(
                condition=Q(state="ditutup", closed_on__isnull=False) & ~Q(closed_why="")
                | ~Q(state="ditutup") & Q(closed_on__isnull=True, closed_why=""),
                name="programme_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(basis_until__isnull=True) | Q(basis_until__gte=F("basis_dated")),
                name="programme_basis_days_in_order",
            ),
        ]

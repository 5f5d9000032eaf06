"""What a correction takes back of one order's money: not paid at all, or asked back from who got it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lopo.basics.privacy import Columns
from lopo.claims.models import Correction, Decision


class Recovery(models.Model):
    """So much of one component of a decision that a correction takes back.

    `ditahan` was never paid: its order is made smaller, or not made. `piutang` was paid already: it is asked back from
    the holder of the account, repaid by lines of the bank statement, or given up by two officers, and never taken from
    another benefit.
    """

    class Kind(models.TextChoices):
        """Before the payment, or after it."""

        DITAHAN = "ditahan", "ditahan sebelum dibayar"
        PIUTANG = "piutang", "diminta kembali"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="recoveries")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="recoveries")
    component = models.CharField(max_length=80)
    passbook = models.ForeignKey("payments.Passbook", on_delete=models.PROTECT, null=True, related_name="recoveries")
    amount = models.BigIntegerField()
    repaid = models.BigIntegerField(default=0, db_default=0)
    given_up = models.BigIntegerField(default=0, db_default=0)
    made_on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_why = models.CharField(max_length=300, blank=True)
    given_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    given_up_on = models.DateField(null=True)

    columns: ClassVar = Columns(
        kept="id kind correction decision component passbook amount repaid given_up made_on asked_by given_up_by"
        " given_up_on",
        dropped="asked_why",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["correction", "decision", "component"], name="recovery_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, repaid__gte=0, given_up__gte=0, repaid__lte=F("amount") - F("given_up")),
                name="recovery_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(kind="ditahan", repaid=0, given_up=0, passbook__isnull=True)
                | Q(kind="piutang", passbook__isnull=False),
                name="recovery_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(given_up=0, given_up_by__isnull=True)
                | (Q(given_up__gt=0, given_up_by__isnull=False, asked_by__isnull=False)
                   & ~Q(given_up_by=F("asked_by"))),
                name="recovery_given_up_by_two",
            ),
        ]  # fmt: skip

"""Accounts, entries and their legs: two sides, amounts positive, never changed, never removed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns


class Account(models.Model):
    """One account of the book, named by a code such as `anggaran:pemprov-ntt:2025`."""

    code = models.CharField(max_length=120, primary_key=True)
    name = models.CharField(max_length=200)

    columns: ClassVar = Columns(kept="code name")


class Entry(models.Model):
    """One event in money. The caller brings the id, so that a retry writes nothing twice.

    `on` is the day it counts for, `recorded_at` the moment it was written.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    memo = models.CharField(max_length=200)
    reference = models.CharField(max_length=80)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")

    columns: ClassVar = Columns(kept="id on recorded_at memo reference reverses")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["reference"], name="entry_reference")]


class Leg(models.Model):
    """One side of an entry: debit (`D`) or credit (`K`) of whole rupiah."""

    id: int
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="legs")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="legs")
    side = models.CharField(max_length=1, choices=[("D", "debit"), ("K", "kredit")])
    amount = models.BigIntegerField()

    columns: ClassVar = Columns(kept="id entry account side amount")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="leg_amount_positive"),
            models.CheckConstraint(condition=Q(side__in=["D", "K"]), name="leg_side_known"),
        ]

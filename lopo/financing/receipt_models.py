"""Receipts of BPJS (bukti bayar): which bills each is for, from which file it came, and the rows nobody could place."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from lopo.basics.privacy import Columns


class ReceiptFile(models.Model):
    """One file of receipts as it was read; the same bytes are one file."""

    id: int
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    read_on = models.DateField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    columns: ClassVar = Columns(kept="id name sha256 read_on read_by")


class BpjsReceipt(models.Model):
    """The receipt of BPJS for one paid bill or several: its number, its day and its sum in rupiah.

    Its sum is that of its bills, which a trigger holds. Withdrawn, it stays on record and counts no more.
    """

    id: int
    number = models.CharField(max_length=60)
    dated = models.DateField()
    amount = models.BigIntegerField()
    written_on = models.DateField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(ReceiptFile, on_delete=models.PROTECT, null=True, related_name="receipts")
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.CharField(max_length=200, blank=True, default="", db_default="")

    columns: ClassVar = Columns(
        kept="id number dated amount written_on written_by file withdrawn_on withdrawn_by withdrawn_why"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number"], condition=Q(withdrawn_on__isnull=True), name="bpjs_receipt_number_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(number=""), name="bpjs_receipt_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | (Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")),
                name="bpjs_receipt_withdrawn_with_reason",
            ),
        ]


class ReceiptBill(models.Model):
    """That a receipt is for a bill. A bill has one receipt that counts."""

    id: int
    receipt = models.ForeignKey(BpjsReceipt, on_delete=models.PROTECT, related_name="bills")
    bill = models.ForeignKey("financing.Bill", on_delete=models.PROTECT, related_name="receipts")
    counts = models.BooleanField(default=True, db_default=True)

    columns: ClassVar = Columns(kept="id receipt bill counts")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bill"], condition=Q(counts=True), name="bill_one_receipt"),
        ]


class ParkedReceipt(models.Model):
    """A row of a file that could not be placed, as it was written, with the cell and the reason.

    Settled when the same row was recorded later on, or when an officer set it aside with a reason.
    """

    id: int
    file = models.ForeignKey(ReceiptFile, on_delete=models.PROTECT, related_name="parked")
    line = models.IntegerField()
    cell = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    number = models.CharField(max_length=60)
    dated = models.CharField(max_length=40)
    amount = models.CharField(max_length=40)
    why = models.CharField(max_length=300)
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_how = models.CharField(max_length=200, blank=True, default="", db_default="")

    columns: ClassVar = Columns(kept="id file line cell code number dated amount why settled_on settled_by settled_how")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "line"], name="parked_receipt_once"),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, settled_by__isnull=True, settled_how="")
                | (Q(settled_on__isnull=False, settled_by__isnull=False) & ~Q(settled_how="")),
                name="parked_receipt_settled_with_reason",
            ),
        ]

"""Statements of the paying account, and what each movement on them was."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lopo.basics.privacy import Columns


class BankStatement(models.Model):
    """One statement of the paying account as the bank sent it (camt.053); balances in rupiah, sen as the bank has them.

    Its bytes are kept; a message that holds several statements gives each of them the same fingerprint.
    `read_by` nobody = the program found it in the bank's folder.
    """

    id: int
    account = models.CharField(max_length=34)
    number = models.CharField(max_length=35)
    on = models.DateField()
    opening = models.DecimalField(max_digits=20, decimal_places=2)
    closing = models.DecimalField(max_digits=20, decimal_places=2)
    count = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    read_on = models.DateField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    columns: ClassVar = Columns(
        kept="id account number on opening closing count sha256 read_on read_by", dropped="content"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "number"], name="bank_statement_once"),
        ]


class StatementLine(models.Model):
    """One movement on a statement, and the order it paid or brought back.

    A line that is not known waits (`belum_dikenali`) with the reason until one officer proposes what it is and another
    agrees: an order, or no payment of ours (a fee, interest, another matter) with a note.
    """

    class State(models.TextChoices):
        """How far the line is explained."""

        COCOK = "cocok", "cocok dengan perintah bayar"
        BELUM_DIKENALI = "belum_dikenali", "belum dikenali"
        DIUSULKAN = "diusulkan", "penjelasan diusulkan"
        DIJELASKAN = "dijelaskan", "dijelaskan oleh dua orang"

    id: int
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    place = models.IntegerField()
    on = models.DateField()
    debit = models.BooleanField()
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    end_to_end = models.CharField(max_length=35, blank=True)
    reference = models.CharField(max_length=35, blank=True)
    text = models.CharField(max_length=140, blank=True)
    order = models.ForeignKey("payments.Order", on_delete=models.PROTECT, null=True, related_name="statement_lines")
    attempt = models.SmallIntegerField(null=True)
    state = models.CharField(max_length=14, choices=State.choices)
    why = models.CharField(max_length=200, blank=True)
    proposed_order = models.ForeignKey("payments.Order", on_delete=models.PROTECT, null=True, related_name="+")
    proposed_recovery = models.ForeignKey("payments.Recovery", on_delete=models.PROTECT, null=True, related_name="+")
    recovery = models.ForeignKey("payments.Recovery", on_delete=models.PROTECT, null=True, related_name="lines")
    proposed_note = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(null=True)

    columns: ClassVar = Columns(
        kept="id statement place on debit amount end_to_end reference order attempt state why proposed_order"
        " proposed_recovery recovery proposed_by settled_by settled_on",
        dropped="text proposed_note",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "place"], name="statement_line_once"),
            models.UniqueConstraint(
                fields=["order", "attempt", "debit"], condition=Q(order__isnull=False), name="statement_line_one_move"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="statement_line_positive"),
            models.CheckConstraint(
                condition=Q(order__isnull=True, attempt__isnull=True)
                | Q(order__isnull=False, attempt__isnull=False, state__in=["cocok", "dijelaskan"]),
                name="statement_line_order_known",
            ),
            models.CheckConstraint(
                condition=Q(recovery__isnull=True) | Q(order__isnull=True, debit=False, state="dijelaskan"),
                name="statement_line_recovery_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="dijelaskan")
                | (Q(settled_by__isnull=False, settled_on__isnull=False) & ~Q(settled_by=F("proposed_by"))),
                name="statement_line_by_two",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "on"], name="statement_line_state")]

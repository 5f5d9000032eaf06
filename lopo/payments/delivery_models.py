"""Files on their way to the bank by the program, and files of the bank that were found in its folder."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns


class BankDelivery(models.Model):
    """One sent file on its way into the bank's folder: marked before it goes, noted after.

    `next_at` empty while it waits = at once.
    """

    class State(models.TextChoices):
        """Waiting; on its way (set before it is handed over); lies in the folder; given up until somebody tries."""

        MENUNGGU = "menunggu", "menunggu"
        DIKIRIM = "dikirim", "sedang dikirim"
        TERKIRIM = "terkirim", "terkirim"
        MENYERAH = "menyerah", "gagal"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    file = models.OneToOneField("payments.BankFile", on_delete=models.PROTECT, related_name="delivery")
    state = models.CharField(max_length=8, choices=State.choices, default=State.MENUNGGU)
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(db_default=Now())
    begun_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    columns: ClassVar = Columns(kept="id file state attempts next_at last_error made_at begun_at sent_at")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="terkirim", sent_at__isnull=False) | ~Q(state="terkirim") & Q(sent_at__isnull=True),
                name="bank_delivery_sent_with_moment",
            ),
        ]


class BankArrival(models.Model):
    """One file found in the bank's folder. It is read once, known again by the fingerprint of its bytes.

    The bytes stay here only while it is put aside, so that it can be read again.
    """

    class State(models.TextChoices):
        """Seen, perhaps still being written; read; put aside with the reason; to be read again."""

        DATANG = "datang", "baru datang"
        DIBACA = "dibaca", "dibaca"
        DISISIHKAN = "disisihkan", "disisihkan"
        ULANG = "ulang", "dibaca lagi"

    id: int
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    changed = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DATANG)
    kind = models.CharField(max_length=8, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True)
    why = models.CharField(max_length=300, blank=True)
    told = models.JSONField(default=dict)
    seen_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    columns: ClassVar = Columns(
        kept="id name size changed state kind sha256 told seen_at read_at", dropped="content why"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], condition=Q(state="datang"), name="bank_arrival_seen_once"),
            models.UniqueConstraint(fields=["sha256"], condition=~Q(state="datang"), name="bank_arrival_read_once"),
            models.CheckConstraint(
                condition=Q(state="datang", read_at__isnull=True) | ~Q(state="datang") & ~Q(sha256=""),
                name="bank_arrival_read_with_fingerprint",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["disisihkan", "ulang"], content__isnull=False)
                | Q(state__in=["datang", "dibaca"], content__isnull=True),
                name="bank_arrival_kept_while_aside",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-seen_at"], name="bank_arrival_seen")]

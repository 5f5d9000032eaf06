"""What leaves the house, message by message, and how often somebody outside has tried a door without an account."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns


class Message(models.Model):
    """One message of one diary row to one receiver. Its id is made before anything is sent and goes with it.

    `address` is where it goes, `words` what it says; the rule of retention `pesan` removes the row when it is over.
    """

    class Channel(models.TextChoices):
        """How it goes."""

        SURAT = "surat", "surat"
        SUREL = "surel", "surel (e-mail)"
        WA = "wa", "WhatsApp"

    class State(models.TextChoices):
        """Waiting; on its way (set before it is handed over); gone; at the receiver; unknown; given up; no way."""

        MENUNGGU = "menunggu", "menunggu"
        DIKIRIM = "dikirim", "sedang dikirim"
        TERKIRIM = "terkirim", "terkirim"
        DIANTAR = "diantar", "siap diantar"
        RAGU = "ragu", "tidak pasti"
        MENYERAH = "menyerah", "gagal"
        TANPA_ALAMAT = "tanpa_alamat", "tanpa alamat"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    diary = models.ForeignKey("staff.Diary", on_delete=models.PROTECT, related_name="+")
    place = models.SmallIntegerField()
    channel = models.CharField(max_length=6, choices=Channel.choices)
    template = models.CharField(max_length=30)
    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    area_code = models.CharField(max_length=13)
    receiver = models.CharField(max_length=60)
    address = models.CharField(max_length=254, blank=True)
    title = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=2000, blank=True)
    paper = models.ForeignKey("staff.Document", on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.MENUNGGU)
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    begun_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    columns: ClassVar = Columns(
        kept="id diary place channel template subject subject_id area_code receiver paper state attempts next_at"
        " last_error on made_at begun_at sent_at by",
        masked="address",
        dropped="title words",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["diary", "place"], name="message_once"),
            models.CheckConstraint(
                condition=~Q(state="terkirim") | Q(sent_at__isnull=False), name="message_sent_with_moment"
            ),
            models.CheckConstraint(condition=~Q(state="tanpa_alamat") | Q(address=""), name="message_without_address"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="message_due", condition=Q(state__in=["menunggu", "dikirim"])),
            models.Index(fields=["state", "on"], name="message_state"),
        ]


class Attempt(models.Model):
    """One try at a door that is open without an account: which door, at what thing, from where; marks, never values."""

    id: int
    door = models.CharField(max_length=20)
    thing_mark = models.CharField(max_length=64)
    origin_mark = models.CharField(max_length=64)
    at = models.DateTimeField()
    good = models.BooleanField()

    columns: ClassVar = Columns(kept="id door thing_mark origin_mark at good")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["door", "thing_mark", "at"], name="attempt_thing"),
            models.Index(fields=["door", "origin_mark", "at"], name="attempt_origin"),
        ]

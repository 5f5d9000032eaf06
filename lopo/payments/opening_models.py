"""Accounts asked of the bank many at once, and what it answered to each."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lopo.basics.privacy import Columns
from lopo.people.models import Person


class AccountBatch(models.Model):
    """One file that asks the bank to open accounts, with its declared count; the bytes are kept as they went out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=100, unique=True)
    made_on = models.DateField()
    count = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    columns: ClassVar = Columns(kept="id name made_on count sha256 made_by", dropped="content")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(count__gt=0), name="account_batch_not_empty"),
        ]


class AccountAnswer(models.Model):
    """One answer of the bank to one batch, how many lines were new in it, and those that could not be used.

    Its bytes are a kept paper of the batch, or a file of the bank's folder (then `read_by` is nobody).
    """

    id: int
    batch = models.ForeignKey(AccountBatch, on_delete=models.PROTECT, related_name="answers")
    sha256 = models.CharField(max_length=64)
    opened = models.IntegerField()
    to_check = models.IntegerField()
    refused = models.IntegerField()
    parked = models.JSONField(default=list)
    read_on = models.DateField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    columns: ClassVar = Columns(kept="id batch sha256 opened to_check refused read_on read_by", dropped="parked")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "sha256"], name="account_answer_once")]


class AccountOpening(models.Model):
    """One account asked of the bank: whose, and how far it is. Its number stands here until it is a passbook.

    Where the bank knows the holder under another name than we do, an officer who did not read the answer decides
    whether both are the same person.
    """

    class State(models.TextChoices):
        """Asked; opened under another name, to be looked at; a passbook; refused by the bank or by us."""

        DIMINTA = "diminta", "diminta"
        PERLU_CEK = "perlu_cek", "perlu dicek"
        DIBUKA = "dibuka", "dibuka"
        DITOLAK = "ditolak", "ditolak"

    id: int
    batch = models.ForeignKey(AccountBatch, on_delete=models.PROTECT, related_name="openings")
    kind = models.CharField(max_length=12, choices=[("pekerja", "pekerja"), ("ahli_waris", "ahli waris")])
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    holder_name = models.CharField(max_length=200)
    holder_nik = models.CharField(max_length=16)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DIMINTA)
    number = models.CharField(max_length=34, blank=True, default="")
    bank_name = models.CharField(max_length=200, blank=True, default="")
    likeness = models.SmallIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")
    answer = models.ForeignKey(AccountAnswer, on_delete=models.PROTECT, null=True, related_name="openings")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    columns: ClassVar = Columns(
        kept="id batch kind person state likeness answer checked_by answered_by",
        masked="holder_name holder_nik number bank_name",
        dropped="note",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder_nik"], condition=Q(state__in=["diminta", "perlu_cek"]), name="opening_one_waiting"
            ),
            models.UniqueConstraint(
                fields=["number"], condition=Q(state__in=["perlu_cek", "dibuka"]), name="opening_number_once"
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("answered_by")),
                name="opening_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="diminta", number="", answer__isnull=True)
                | Q(state__in=["perlu_cek", "dibuka"], answer__isnull=False) & ~Q(number="")
                | Q(state="ditolak", answer__isnull=False) & ~Q(note=""),
                name="opening_state_and_answer",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="opening_state")]

"""Accounts that money goes to, the orders that send it, and the files handed to the bank."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Upper

from lopo.basics.privacy import Columns
from lopo.claims.models import Decision
from lopo.payments.delivery_models import BankArrival, BankDelivery
from lopo.payments.opening_models import AccountAnswer, AccountBatch, AccountOpening
from lopo.payments.recovery_models import Recovery
from lopo.payments.statement_models import BankStatement, StatementLine
from lopo.people.models import Person

__all__ = [
    "AccountAnswer", "AccountBatch", "AccountOpening", "BankAnswer", "BankArrival", "BankDelivery", "BankFile",
    "BankStatement", "Order", "Passbook", "Recovery", "StatementLine",
]  # fmt: skip


class Passbook(models.Model):
    """One bank account: a worker's, an heir's, or a hospital's. Numbers are text, as the bank writes them."""

    class Kind(models.TextChoices):
        """Whose it is."""

        PEKERJA = "pekerja", "pekerja"
        AHLI_WARIS = "ahli_waris", "ahli waris"
        RUMAH_SAKIT = "rumah_sakit", "rumah sakit"

    id: int
    kind = models.CharField(max_length=12, choices=Kind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="passbooks")
    holder_name = models.CharField(max_length=200)
    holder_nik = models.CharField(max_length=16, blank=True)
    bank_bic = models.CharField(max_length=11)
    number = models.CharField(max_length=34)
    opened_on = models.DateField()

    columns: ClassVar = Columns(kept="id kind person bank_bic opened_on", masked="holder_name holder_nik number")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bank_bic", "number"], name="passbook_once"),
            models.UniqueConstraint(fields=["person"], condition=Q(kind="pekerja"), name="passbook_one_a_worker"),
            models.UniqueConstraint(fields=["holder_nik"], condition=Q(kind="ahli_waris"), name="passbook_one_an_heir"),
            models.UniqueConstraint(
                Upper("holder_name"), condition=Q(kind="rumah_sakit"), name="passbook_one_a_hospital"
            ),
            models.CheckConstraint(
                condition=(Q(kind="pekerja") & Q(person__isnull=False) & ~Q(holder_nik=""))
                | (Q(kind="ahli_waris") & ~Q(holder_nik=""))
                | Q(kind="rumah_sakit", person__isnull=True),
                name="passbook_has_its_holder",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["holder_nik"], name="passbook_holder")]


class BankFile(models.Model):
    """One file of orders for the bank with its declared count and sum: prepared, approved by another, sent."""

    class State(models.TextChoices):
        """How far the file is."""

        DISIAPKAN = "disiapkan", "disiapkan"
        DISETUJUI = "disetujui", "disetujui"
        TERKIRIM = "terkirim", "terkirim"
        DIKONFIRMASI = "dikonfirmasi", "dikonfirmasi"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=100, unique=True)
    made_on = models.DateField()
    count = models.IntegerField()
    total = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DISIAPKAN)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)

    columns: ClassVar = Columns(
        kept="id name made_on count total sha256 state made_by approved_by sent_on confirmed_on", dropped="content"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(count__gt=0, total__gt=0), name="bank_file_not_empty"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="bank_file_maker_not_checker"
            ),
            models.CheckConstraint(
                condition=Q(state="disiapkan") | Q(approved_by__isnull=False), name="bank_file_approved_before_sent"
            ),
        ]


class Order(models.Model):
    """One amount of one approved decision to one account. The id is ours and made before anything is sent.

    `attempt` is 1, and one more each time the order is made ready again after a failure or a return.
    """

    class State(models.TextChoices):
        """Made, in a file, sent, paid, failed, paid and come back, or cancelled by a correction before it was sent."""

        SIAP = "siap", "siap"
        TERKIRIM = "terkirim", "terkirim"
        TERBAYAR = "terbayar", "terbayar"
        GAGAL = "gagal", "gagal"
        KEMBALI = "kembali", "uang kembali"
        BATAL = "batal", "batal karena koreksi"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="orders")
    component = models.CharField(max_length=80)
    passbook = models.ForeignKey(Passbook, on_delete=models.PROTECT, related_name="orders")
    amount = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.SIAP)
    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, null=True, related_name="orders")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    bank_note = models.CharField(max_length=200, blank=True)
    attempt = models.SmallIntegerField(default=1, db_default=1)

    columns: ClassVar = Columns(
        kept="id decision component passbook amount state file made_by made_on made_at bank_note attempt"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "component"], condition=~Q(state="batal"), name="order_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="order_positive"),
        ]


class BankAnswer(models.Model):
    """One answer of the bank to one file: what it paid, what failed, and the lines that could not be placed.

    `read_by` nobody = the program found it in the bank's folder.
    """

    id: int
    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="answers")
    read_on = models.DateField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    paid = models.IntegerField()
    failed = models.IntegerField()
    parked = models.JSONField(default=list)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    columns: ClassVar = Columns(kept="id file read_on sha256 paid failed read_by", dropped="content parked")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "sha256"], name="bank_answer_once")]

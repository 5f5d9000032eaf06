"""Memberships with their numbers, the months that are paid, and the papers handed over."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns
from lopo.coverage.sheet_models import HandoverSheet, SheetLine
from lopo.people.models import Person
from lopo.targeting.models import DecreeName, Programme

__all__ = [
    "Card", "Exchange", "Handover", "HandoverSheet", "MemberNumber", "MemberTally", "Membership", "PaidHistory",
    "PaidMonth", "Receipt", "ReceiptReversal", "SheetLine", "TakenMonth",
]  # fmt: skip


class PaidHistory(models.Model):
    """One pattern of paid months, written `2025-07=2025-07-14 2025-08=2025-08-13`: the month and the day it was paid.

    Thousands of members share a pattern, so that the law is asked once for each pattern and not once for each member.
    A trigger keeps the pattern of a person's memberships in step with the paid months; no action writes here.
    """

    id: int
    months = models.TextField(unique=True)

    columns: ClassVar = Columns(kept="id months")


class MemberNumber(models.Model):
    """The one number (KPJ) that BPJS has given a person, for ever, whichever programmes pay.

    A membership shows the number of its person: triggers write it there, and a constraint holds it to this table.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="member_number")
    kpj = models.CharField(max_length=11, unique=True)
    issued_on = models.DateField()
    membership = models.ForeignKey("Membership", on_delete=models.PROTECT, related_name="+", db_index=False)

    columns: ClassVar = Columns(kept="person issued_on membership", masked="kpj")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kpj__regex=r"^[0-9]{11}$"), name="member_number_11_digits")
        ]


class Membership(models.Model):
    """One person's place in a programme, from the sending to BPJS to its end.

    What BPJS knows is one member with one number and one line of months, whoever pays: number, day of the number and
    history are those of the person, the same in all memberships of the person.
    """

    class State(models.TextChoices):
        """Sent to BPJS, taken by BPJS and waiting for the first payment, numbered, refused by BPJS, ended."""

        DIUSULKAN = "diusulkan", "diusulkan"
        DITERIMA = "diterima", "diterima BPJS, menunggu iuran pertama"
        TERDAFTAR = "terdaftar", "terdaftar"
        DITOLAK = "ditolak", "ditolak BPJS"
        BERAKHIR = "berakhir", "berakhir"

    id: int
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships", db_index=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="memberships")
    decree_name = models.OneToOneField(DecreeName, on_delete=models.PROTECT, related_name="membership")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DIUSULKAN)
    submitted_on = models.DateField()
    accepted_on = models.DateField(null=True)
    # Kept by triggers: the number of the person, even while BPJS still weighs this programme, and all the paid months.
    kpj = models.CharField(max_length=11, null=True, db_index=True)
    number_issued_on = models.DateField(null=True)
    reject_reason = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=100, blank=True)
    # That the pattern is there is held by the key of the tally of the membership, once for all who share it.
    history = models.ForeignKey(
        PaidHistory, on_delete=models.PROTECT, null=True, related_name="memberships", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    # Kept by triggers: where the person lives, and what was received.
    area_code = models.CharField(max_length=13, blank=True)
    has_card = models.BooleanField(default=False)
    has_passbook = models.BooleanField(default=False)

    columns: ClassVar = Columns(
        kept="id person programme decree_name state submitted_on accepted_on number_issued_on reject_reason ended_on"
        " end_reason history area_code has_card has_passbook",
        masked="kpj",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "programme"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(kpj__isnull=True, number_issued_on__isnull=True)
                | Q(kpj__isnull=False, number_issued_on__isnull=False),
                name="membership_number_with_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="terdaftar") | Q(kpj__isnull=False), name="membership_has_number"
            ),
            models.CheckConstraint(
                condition=Q(state="berakhir", ended_on__isnull=False)
                | (~Q(state="berakhir") & Q(ended_on__isnull=True)),
                name="membership_end_with_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="ditolak") | ~Q(reject_reason=""), name="membership_refusal_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(kpj__isnull=True) | Q(kpj__regex=r"^[0-9]{11}$"), name="membership_kpj_11_digits"
            ),
        ]


class MemberTally(models.Model):
    """How many members share a programme, kelurahan, state, pattern, days, and what they received.

    Kept by triggers from the memberships, so that the first page counts a few hundred rows and not a hundred thousand
    members. No action writes here.
    """

    key = models.TextField(primary_key=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="tallies")
    area_code = models.CharField(max_length=13)
    state = models.CharField(max_length=10)
    history = models.ForeignKey(PaidHistory, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    number_issued_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    has_card = models.BooleanField()
    has_passbook = models.BooleanField()
    members = models.BigIntegerField()

    columns: ClassVar = Columns(
        kept="key programme area_code state history number_issued_on ended_on has_card has_passbook members"
    )

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(members__gte=0), name="tally_not_negative")]


class Exchange(models.Model):
    """One file to or from BPJS Ketenagakerjaan: what was sent, what came back."""

    id: int
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="exchanges")
    direction = models.CharField(max_length=6, choices=[("kirim", "kirim"), ("jawab", "jawab")])
    file = models.CharField(max_length=200)
    on = models.DateField()
    rows = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    outcome = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    columns: ClassVar = Columns(kept="id programme direction file on rows sha256 by", dropped="content outcome")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "direction", "sha256"], name="exchange_once")
        ]


class PaidMonth(models.Model):
    """One month of one person that is paid. The key forbids that two payers pay for the same month.

    That person and membership are there and belong together is checked by one trigger for all rows of a statement,
    since a million checks of keys one by one would cost more than the payment itself.
    """

    pk = models.CompositePrimaryKey("person_id", "month")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="paid_months", db_index=False, db_constraint=False
    )
    month = models.DateField()
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="paid_months", db_index=False, db_constraint=False
    )
    payer_code = models.CharField(max_length=40)
    paid_on = models.DateField()
    reference = models.UUIDField()

    columns: ClassVar = Columns(kept="person month membership payer_code paid_on reference")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(month__day=1), name="paid_month_whole")]


class TakenMonth(models.Model):
    """A month that had been counted as paid and was taken back, as it stood, with the day and the reason."""

    id: int
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    payer_code = models.CharField(max_length=40)
    paid_on = models.DateField()
    reference = models.UUIDField()
    taken_on = models.DateField()
    reason = models.CharField(max_length=200)

    columns: ClassVar = Columns(kept="id person month membership payer_code paid_on reference taken_on reason")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "month", "reference"], name="month_taken_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="month_taken_with_reason"),
        ]


class Card(models.Model):
    """One printed member card; a later edition says why the one before is no longer used."""

    id: int
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="cards")
    printed_on = models.DateField()
    edition = models.SmallIntegerField(default=1)
    reason = models.CharField(max_length=20, blank=True, default="", db_default="")

    columns: ClassVar = Columns(kept="id membership printed_on edition reason")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "edition"], name="card_edition_once"),
            models.CheckConstraint(condition=Q(edition=1) | ~Q(reason=""), name="card_again_with_reason"),
        ]


class Handover(models.Model):
    """One event at which cards and passbooks are handed over."""

    id: int
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="handovers")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    on = models.DateField()
    # Whose members are invited: their cards are printed as one batch. Empty for all of the programme.
    area_code = models.CharField(max_length=13, blank=True, default="", db_default="")

    columns: ClassVar = Columns(kept="id programme name place on area_code")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "name", "on"], name="handover_once")]


class Receipt(models.Model):
    """That one member has received one thing: who took it, how it was attested, who wrote it down.

    `turn` is 1, and one more for each receipt of the same thing that was taken back before.
    """

    class Item(models.TextChoices):
        """What is handed over."""

        KARTU = "kartu", "kartu peserta"
        BUKU_TABUNGAN = "buku_tabungan", "buku tabungan"

    id: int
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="receipts")
    item = models.CharField(max_length=15, choices=Item.choices)
    turn = models.SmallIntegerField(default=1, db_default=1)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, null=True, related_name="receipts")
    received_on = models.DateField()
    received_by = models.CharField(max_length=200)
    attested = models.CharField(max_length=20)
    witness = models.CharField(max_length=200, blank=True, default="", db_default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    columns: ClassVar = Columns(
        kept="id membership item turn handover received_on attested recorded_by recorded_at",
        masked="received_by witness",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "item", "turn"], name="receipt_once"),
            models.CheckConstraint(condition=~Q(attested="saksi") | ~Q(witness=""), name="receipt_witness_named"),
        ]


class ReceiptReversal(models.Model):
    """That a receipt no longer counts: it was wrong, or the thing was lost or damaged. The receipt itself stays."""

    class Kind(models.TextChoices):
        """Written down wrongly, lost, damaged, or with a wrong text on it."""

        SALAH_CATAT = "salah_catat", "salah catat"
        HILANG = "hilang", "hilang"
        RUSAK = "barang_rusak", "rusak"
        SALAH_CETAK = "salah_cetak", "salah cetak"

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, primary_key=True, related_name="reversal")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    reason = models.CharField(max_length=200)
    reversed_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    columns: ClassVar = Columns(kept="receipt kind reversed_on by", dropped="reason")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="receipt_reversal_with_reason")]

"""Who pays, out of which budget line, for which month, and by which order."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lopo.basics.privacy import Columns
from lopo.coverage.models import Membership
from lopo.financing.receipt_models import BpjsReceipt, ParkedReceipt, ReceiptBill, ReceiptFile
from lopo.people.models import Person
from lopo.targeting.models import Programme

__all__ = [
    "Bill", "BillLine", "BillPaper", "BillingCode", "BpjsReceipt", "Budget", "ParkedReceipt", "Payer", "ReceiptBill",
    "ReceiptFile", "Reversal", "Sp2d",
]  # fmt: skip


class Payer(models.Model):
    """Somebody who pays contributions: a government, a village, a company, a church, the worker."""

    class Kind(models.TextChoices):
        """The kinds; the first four pay out of APBN or APBD, which decides on the relief of PP 50/2025."""

        APBD_PROVINSI = "apbd_provinsi", "APBD provinsi"
        APBD_KOTA = "apbd_kota", "APBD kota/kabupaten"
        DANA_DESA = "dana_desa", "Dana desa"
        APBN = "apbn", "APBN"
        PERUSAHAAN = "perusahaan", "Perusahaan (CSR)"
        GEREJA = "gereja", "Gereja"
        MASJID = "masjid", "Masjid"
        DONATUR = "donatur", "Donatur"
        MANDIRI = "mandiri", "Mandiri"

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=200)
    initial = models.CharField(max_length=3)
    kind = models.CharField(max_length=15, choices=Kind.choices)

    columns: ClassVar = Columns(kept="code name initial kind")


class Budget(models.Model):
    """One budget line of a payer for a programme and year. It can never be committed beyond its amount."""

    id: int
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="budgets")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="budgets")
    year = models.SmallIntegerField()
    line = models.CharField(max_length=60)
    legal_basis = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    committed = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)

    columns: ClassVar = Columns(kept="id payer programme year line legal_basis amount committed paid")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payer", "programme", "year"], name="budget_once"),
            models.CheckConstraint(
                condition=Q(paid__gte=0, committed__gte=F("paid"), amount__gte=F("committed")),
                name="budget_not_overspent",
            ),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="budget_has_legal_basis"),
        ]


class BillingCode(models.Model):
    """One code of BPJS (kode iuran) for bills of a programme: of one month, or of several asked for at once.

    BPJS takes money under a code up to its `last_day` (unknown for codes that were noted without it). A code that
    takes the place of another says so by `renews`; the older one stays, with the bills that were paid by it.
    """

    code = models.CharField(max_length=40, primary_key=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="+")
    first_month = models.DateField()
    last_month = models.DateField()
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    last_day = models.DateField(null=True)
    renews = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="renewed_by")

    columns: ClassVar = Columns(kept="code programme payer first_month last_month made_on made_by last_day renews")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_month__day=1, last_month__day=1, last_month__gte=F("first_month")) & ~Q(code=""),
                name="billing_code_of_months",
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("made_on")), name="billing_code_not_over"
            ),
        ]


class Sp2d(models.Model):
    """One order of the treasury (SP2D) for one bill or several: asked for by one person, approved by another.

    Its sum is that of the bills that name it, which a trigger holds at the end of each transaction.
    """

    id: int
    number = models.CharField(max_length=60, unique=True)
    dated = models.DateField()
    amount = models.BigIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)

    columns: ClassVar = Columns(kept="id number dated amount made_by approved_by approved_on")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="sp2d_maker_not_checker"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="sp2d_positive"),
        ]


class Bill(models.Model):
    """The contributions of one month of one programme, due on the 15th.

    A month may have several bills of one payer: a later one for people who came after the first (`part` above 0), one
    for each `sector` of work where the price differs by it, and the two into which a bill is divided when the money
    does not reach for all its people.
    """

    class State(models.TextChoices):
        """Made, ordered by one person, paid on approval by another; cancelled, divided, or paid and taken back."""

        TERBIT = "terbit", "terbit"
        DIAJUKAN = "diajukan", "SP2D diajukan"
        DIBAYAR = "dibayar", "dibayar"
        BATAL = "batal", "batal"
        DIBALIK = "dibalik", "dibayar lalu dibalik"
        DIBAGI = "dibagi", "dibagi dua"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="bills")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="bills")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="bills")
    month = models.DateField()
    issued_on = models.DateField()
    due_on = models.DateField()
    people = models.IntegerField()
    amount = models.BigIntegerField()
    per_person = models.BigIntegerField()
    law_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.TERBIT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    part = models.SmallIntegerField(default=0, db_default=0)
    divided_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    code = models.ForeignKey(BillingCode, on_delete=models.PROTECT, null=True, related_name="bills")
    sp2d = models.ForeignKey(Sp2d, on_delete=models.PROTECT, null=True, related_name="bills")
    sector = models.CharField(max_length=12, blank=True, default="", db_default="")

    columns: ClassVar = Columns(
        kept="id programme payer budget month issued_on due_on people amount per_person law_hash state made_by part"
        " divided_from code sp2d sector"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "payer", "month", "part"], name="bill_once",
                condition=~Q(state__in=["batal", "dibalik", "dibagi"]),
            ),
            models.CheckConstraint(
                condition=Q(people__gt=0, amount=F("people") * F("per_person"), month__day=1), name="bill_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["terbit", "batal", "dibagi"], sp2d__isnull=True)
                | Q(state__in=["diajukan", "dibayar", "dibalik"], sp2d__isnull=False),
                name="bill_ordered_by_sp2d",
            ),
        ]  # fmt: skip


class BillLine(models.Model):
    """One person's month in a bill. No second payer can bill the same month of the same person.

    The months stand together in that index, so that a month is added at its end; for one person PostgreSQL skips from
    month to month (from version 18 on; older ones read more of it).

    That bill, person and membership are there and belong together is checked by one trigger for a whole statement.
    """

    pk = models.CompositePrimaryKey("bill_id", "person_id")
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="lines", db_index=False, db_constraint=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="bill_lines", db_index=False, db_constraint=False
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="bill_lines", db_index=False, db_constraint=False
    )
    month = models.DateField()
    amount = models.BigIntegerField()
    cancelled = models.BooleanField(default=False)

    columns: ClassVar = Columns(kept="bill person membership month amount cancelled")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["month", "person"], condition=Q(cancelled=False), name="bill_line_one_payer_a_month"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="bill_line_positive"),
        ]


class BillPaper(models.Model):
    """A paper on the way from a bill to its SP2D: the request (SPP) and the order to pay (SPM), by two officers."""

    class Kind(models.TextChoices):
        """The papers before the SP2D, in their order."""

        SPP = "spp", "SPP"
        SPM = "spm", "SPM"

    id: int
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=3, choices=Kind.choices)
    number = models.CharField(max_length=60)
    dated = models.DateField()
    written_on = models.DateField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    columns: ClassVar = Columns(kept="id bill kind number dated written_on written_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bill", "kind"], name="bill_paper_once"),
            models.CheckConstraint(condition=~Q(number=""), name="bill_paper_numbered"),
        ]


class Reversal(models.Model):
    """That a bill was paid by mistake and is taken back as a whole: asked for by one officer, approved by another."""

    bill = models.OneToOneField(Bill, on_delete=models.PROTECT, primary_key=True, related_name="reversal")
    reason = models.CharField(max_length=200)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)

    columns: ClassVar = Columns(kept="bill reason asked_on asked_by approved_by approved_on")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")), name="reversal_maker_not_checker"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reversal_with_reason"),
        ]

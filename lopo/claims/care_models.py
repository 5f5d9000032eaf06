"""The lines of a hospital's invoice: what was done on which day for which diagnosis, and whether it belongs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lopo.basics.privacy import Columns


class CareLine(models.Model):
    """One line of one invoice in whole rupiah. Care is judged for belonging; care at home and aids have caps by law.

    `icd10` is the diagnosis that the line treats; `doctor_note` says that a doctor ordered it in writing.
    """

    class What(models.TextChoices):
        """What was done: care without a ceiling, or one of those that the law caps."""

        PERAWATAN = "perawatan", "perawatan dan tindakan"
        OBAT = "obat", "obat dan bahan"
        PENUNJANG = "penunjang", "pemeriksaan penunjang"
        RUMAH = "perawatan_rumah", "perawatan di rumah"
        GIGI = "gigi_tiruan", "gigi tiruan"
        DENGAR = "alat_bantu_dengar", "alat bantu dengar"
        KACAMATA = "kacamata", "kacamata"
        PROTESE = "protese", "protese atau ortese"

    id: int
    invoice = models.ForeignKey("claims.Invoice", on_delete=models.PROTECT, related_name="lines")
    what = models.CharField(max_length=20, choices=What.choices)
    on = models.DateField()
    icd10 = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    doctor_note = models.BooleanField(default=False)
    reference_price = models.BigIntegerField(default=0)
    belongs = models.BooleanField(default=True)
    why_not = models.CharField(max_length=200, blank=True)

    columns: ClassVar = Columns(
        kept="id invoice what on amount doctor_note reference_price belongs", dropped="icd10 why_not"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "what", "on", "icd10", "amount"], name="care_line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0, reference_price__gte=0), name="care_line_positive"),
            models.CheckConstraint(condition=Q(belongs=True) | ~Q(why_not=""), name="care_line_why_not"),
        ]

"""The sector of work as an office states it: of a work as it is written, or of one person."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from lopo.basics.privacy import Columns


class Sector(models.TextChoices):
    """The two sectors that PP 50/2025 tells apart."""

    TRANSPORTASI = "transportasi", "angkutan"
    LAINNYA = "lainnya", "bidang lain"


class WorkSector(models.Model):
    """The sector of a work as it is written (`person.occupation`, in capitals), where an office states it."""

    id: int
    occupation = models.CharField(max_length=100, unique=True)
    sector = models.CharField(max_length=12, choices=Sector.choices)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stated_on = models.DateField()

    columns: ClassVar = Columns(kept="id occupation sector stated_by stated_on")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(occupation=""), name="work_sector_of_a_work"),
            models.CheckConstraint(condition=Q(sector__in=Sector.values), name="work_sector_known"),
        ]


class PersonSector(models.Model):
    """The sector of one person, where an office states it: it goes before the sector of the written work."""

    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, primary_key=True, related_name="stated")
    sector = models.CharField(max_length=12, choices=Sector.choices)
    reason = models.CharField(max_length=200)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stated_on = models.DateField()

    columns: ClassVar = Columns(kept="person sector stated_by stated_on", dropped="reason")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sector__in=Sector.values), name="person_sector_known"),
        ]

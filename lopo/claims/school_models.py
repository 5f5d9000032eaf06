"""The children of a dead or disabled member who go to school, and each year for which a scholarship was asked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lopo.basics.privacy import Columns


class Child(models.Model):
    """One child whom the family names for a scholarship; `place` 1 is the first that it names."""

    id: int
    case = models.ForeignKey("claims.Case", on_delete=models.PROTECT, related_name="children")
    place = models.SmallIntegerField()
    nik = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    born = models.DateField()
    named_on = models.DateField()

    columns: ClassVar = Columns(kept="id case place named_on", masked="nik name born")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "place"], name="child_place"),
            models.UniqueConstraint(fields=["case", "nik"], name="child_once"),
            models.CheckConstraint(condition=Q(place__gt=0), name="child_place_positive"),
        ]


class SchoolYear(models.Model):
    """One school year of one child with its certificate; `year` 2026 is the school year 2026/2027."""

    id: int
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="years")
    year = models.SmallIntegerField()
    level = models.CharField(max_length=20)
    certificate = models.CharField(max_length=120)
    married = models.BooleanField(default=False)
    works = models.BooleanField(default=False)
    asked_on = models.DateField()

    columns: ClassVar = Columns(kept="id child year level asked_on", dropped="certificate married works")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["child", "year"], name="school_year_once"),
            models.CheckConstraint(condition=~Q(certificate=""), name="school_year_with_certificate"),
        ]

"""The files of a paper as they came: photos written anew and PDFs, each with its pages and what the scan said."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns


class PaperFile(models.Model):
    """One file of one paper, in the order in which they came. A file that cannot be read stays, marked as such.

    `scanned` says what the scan for malware found: clean, or that no scanner was there.
    """

    class Scan(models.TextChoices):
        """What is kept was clean, or was not looked at since no scanner is set up."""

        BERSIH = "bersih", "bersih"
        TANPA = "tanpa", "tanpa pemindai"

    id: int
    paper = models.ForeignKey("claims.Paper", on_delete=models.PROTECT, related_name="files")
    place = models.SmallIntegerField()
    media_type = models.CharField(max_length=20)
    pages = models.SmallIntegerField()
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    scanned = models.CharField(max_length=10, choices=Scan.choices)
    readable = models.BooleanField(default=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())

    columns: ClassVar = Columns(
        kept="id paper place media_type pages size sha256 scanned readable sent_by sent_on made_at", dropped="content"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "place"], name="paper_file_place"),
            models.UniqueConstraint(fields=["paper", "sha256"], name="paper_file_once"),
            models.CheckConstraint(condition=Q(pages__gt=0, size__gt=0, place__gt=0), name="paper_file_not_empty"),
        ]

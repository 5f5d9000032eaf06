"""Sheets to sign at a handover: who stands on which page and line, as they were printed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lopo.basics.privacy import Columns


class HandoverSheet(models.Model):
    """One printing of the sheets of an event; its pages never change, so that paper and screen stay the same."""

    id: int
    handover = models.ForeignKey("coverage.Handover", on_delete=models.PROTECT, related_name="sheets")
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    columns: ClassVar = Columns(kept="id handover made_on made_by")


class SheetLine(models.Model):
    """One member on a page of a sheet. A page holds people of one kelurahan."""

    id: int
    sheet = models.ForeignKey(HandoverSheet, on_delete=models.PROTECT, related_name="lines")
    page = models.IntegerField()
    line = models.SmallIntegerField()
    membership = models.ForeignKey("coverage.Membership", on_delete=models.PROTECT, related_name="+")

    columns: ClassVar = Columns(kept="id sheet page line membership")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "page", "line"], name="sheet_line_once"),
            models.UniqueConstraint(fields=["sheet", "membership"], name="sheet_member_once"),
        ]

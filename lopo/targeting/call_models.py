"""A call for names: until when, and how many each sender is asked for."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lopo.basics.privacy import Columns


class Call(models.Model):
    """One call of a programme for names, with its first and last day. What comes later is kept, and told as late."""

    id: int
    programme = models.ForeignKey("targeting.Programme", on_delete=models.PROTECT, related_name="calls")
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=2000, blank=True)
    opens_on = models.DateField()
    due_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(null=True)

    columns: ClassVar = Columns(
        kept="id programme title opens_on due_on made_by made_on closed_by closed_on", dropped="text"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_on__gte=F("opens_on")), name="call_days_in_order"),
            models.UniqueConstraint(fields=["programme", "title"], name="call_once"),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True, closed_on__isnull=True)
                | Q(closed_by__isnull=False, closed_on__isnull=False),
                name="call_closed_by_somebody",
            ),
        ]


class CalledSender(models.Model):
    """One sender who is asked by a call, and for how many names."""

    id: int
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="senders")
    kind = models.CharField(max_length=20)
    sender = models.CharField(max_length=200)
    area_code = models.CharField(max_length=13)
    places = models.IntegerField()

    columns: ClassVar = Columns(kept="id call kind sender area_code places")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "kind", "sender"], name="called_sender_once"),
            models.CheckConstraint(condition=Q(places__gt=0), name="called_sender_for_some"),
        ]

"""What anybody may report without an account: an accident or a death, kept until the desk knows whose it is."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from lopo.basics.privacy import Columns


class FirstReport(models.Model):
    """One first report as it came. Its id is made on the phone that sends it, so that the same report is kept once.

    `source` is who reports. The hours of the law run from `received_at` on paper: nothing is waited for.
    """

    class Teller(models.TextChoices):
        """Who reports."""

        PEKERJA = "pekerja", "pekerja sendiri"
        KELUARGA = "keluarga", "keluarga"
        KELURAHAN = "kelurahan", "RT, RW atau kelurahan"
        IBADAH = "ibadah", "gereja atau masjid"
        RUMAH_SAKIT = "rumah_sakit", "rumah sakit atau klinik"
        LAIN = "lain", "orang lain"

    class State(models.TextChoices):
        """Not looked at yet, joined to a case, or not for us."""

        BARU = "baru", "baru"
        TERHUBUNG = "terhubung", "menjadi kasus"
        BUKAN = "bukan", "bukan untuk program ini"

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=3, choices=[("JKM", "kematian"), ("JKK", "kecelakaan")])
    teller = models.CharField(max_length=12, choices=Teller.choices)
    source = models.CharField(max_length=100)
    phone = models.CharField(max_length=20, blank=True)
    may_message = models.BooleanField(default=False)
    name = models.CharField(max_length=200)
    nik = models.CharField(max_length=16, blank=True)
    kpj = models.CharField(max_length=11, blank=True)
    area_code = models.CharField(max_length=13)
    event_on = models.DateField()
    event_at = models.TimeField(null=True)
    died_on = models.DateField(null=True)
    place = models.CharField(max_length=200)
    story = models.CharField(max_length=2000)
    photo = models.BinaryField(null=True)
    received_on = models.DateField()
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.BARU)
    case = models.ForeignKey("claims.Case", on_delete=models.PROTECT, null=True, related_name="first_reports")
    why = models.CharField(max_length=200, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(null=True)

    columns: ClassVar = Columns(
        kept="id code kind teller may_message area_code received_on received_at due_at state case settled_by"
        " settled_on",
        masked="source phone name nik kpj",
        dropped="event_on event_at died_on place story photo why",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="baru", case__isnull=True, settled_by__isnull=True, settled_on__isnull=True)
                | Q(state="terhubung", case__isnull=False, settled_by__isnull=False, settled_on__isnull=False)
                | (
                    Q(state="bukan", case__isnull=True, settled_by__isnull=False, settled_on__isnull=False) & ~Q(why="")
                ),
                name="first_report_settled",
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(died_on__gte=models.F("event_on")),
                name="first_report_days_in_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "received_at"], name="first_report_state"),
        ]

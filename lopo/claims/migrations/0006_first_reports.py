"""First reports that anybody may send without an account."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of first reports."""

    dependencies: ClassVar = [
        ("claims", "0005_work_of_cases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="FirstReport",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=12, unique=True)),
                ("kind", models.CharField(choices=[("JKM", "kematian"), ("JKK", "kecelakaan")], max_length=3)),
                (
                    "teller",
                    models.CharField(
                        choices=[
                            ("pekerja", "pekerja sendiri"),
                            ("keluarga", "keluarga"),
                            ("kelurahan", "RT, RW atau kelurahan"),
                            ("ibadah", "gereja atau masjid"),
                            ("rumah_sakit", "rumah sakit atau klinik"),
                            ("lain", "orang lain"),
                        ],
                        max_length=12,
                    ),
                ),
                ("source", models.CharField(max_length=100)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("may_message", models.BooleanField(default=False)),
                ("name", models.CharField(max_length=200)),
                ("nik", models.CharField(blank=True, max_length=16)),
                ("kpj", models.CharField(blank=True, max_length=11)),
                ("area_code", models.CharField(max_length=13)),
                ("event_on", models.DateField()),
                ("event_at", models.TimeField(null=True)),
                ("died_on", models.DateField(null=True)),
                ("place", models.CharField(max_length=200)),
                ("story", models.CharField(max_length=2000)),
                ("photo", models.BinaryField(null=True)),
                ("received_on", models.DateField()),
                ("received_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("baru", "baru"),
                            ("terhubung", "menjadi kasus"),
                            ("bukan", "bukan untuk program ini"),
                        ],
                        default="baru",
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200)),
                ("settled_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_reports",
                        to="claims.case",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "received_at"], name="first_report_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("case__isnull", True),
                                ("settled_by__isnull", True),
                                ("settled_on__isnull", True),
                                ("state", "baru"),
                            ),
                            models.Q(
                                ("case__isnull", False),
                                ("settled_by__isnull", False),
                                ("settled_on__isnull", False),
                                ("state", "terhubung"),
                            ),
                            models.Q(
                                ("case__isnull", True),
                                ("settled_by__isnull", False),
                                ("settled_on__isnull", False),
                                ("state", "bukan"),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="first_report_settled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("died_on__isnull", True), ("died_on__gte", models.F("event_on")), _connector="OR"
                        ),
                        name="first_report_days_in_order",
                    ),
                ],
            },
        ),
    ]

"""Files on their way to the bank's folder, and files of the bank that the program found and read by itself."""

import uuid
from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Deliveries, arrivals, and readings by nobody."""

    dependencies: ClassVar = [
        ("payments", "0006_passbook_holder"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="accountanswer",
            name="read_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="bankanswer",
            name="read_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="bankstatement",
            name="read_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="BankArrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("size", models.BigIntegerField()),
                ("changed", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("datang", "baru datang"),
                            ("dibaca", "dibaca"),
                            ("disisihkan", "disisihkan"),
                            ("ulang", "dibaca lagi"),
                        ],
                        default="datang",
                        max_length=10,
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=8)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("content", models.BinaryField(null=True)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("told", models.JSONField(default=dict)),
                ("seen_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["-seen_at"], name="bank_arrival_seen")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "datang")), fields=("name",), name="bank_arrival_seen_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "datang"), _negated=True),
                        fields=("sha256",),
                        name="bank_arrival_read_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at__isnull", True), ("state", "datang")),
                            models.Q(
                                models.Q(("state", "datang"), _negated=True), models.Q(("sha256", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="bank_arrival_read_with_fingerprint",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content__isnull", False), ("state__in", ["disisihkan", "ulang"])),
                            models.Q(("content__isnull", True), ("state__in", ["datang", "dibaca"])),
                            _connector="OR",
                        ),
                        name="bank_arrival_kept_while_aside",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankDelivery",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("menunggu", "menunggu"),
                            ("dikirim", "sedang dikirim"),
                            ("terkirim", "terkirim"),
                            ("menyerah", "gagal"),
                        ],
                        default="menunggu",
                        max_length=8,
                    ),
                ),
                ("attempts", models.SmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("begun_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="delivery", to="payments.bankfile"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "terkirim")),
                            models.Q(models.Q(("state", "terkirim"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="bank_delivery_sent_with_moment",
                    )
                ],
            },
        ),
    ]

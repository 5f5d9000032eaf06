"""Messages that leave the house, and tries at the doors that are open without an account."""

import uuid
from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables of messages and of tries at open doors."""

    dependencies: ClassVar = [
        ("staff", "0003_looks"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("door", models.CharField(max_length=20)),
                ("thing_mark", models.CharField(max_length=64)),
                ("origin_mark", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("good", models.BooleanField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["door", "thing_mark", "at"], name="attempt_thing"),
                    models.Index(fields=["door", "origin_mark", "at"], name="attempt_origin"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("place", models.SmallIntegerField()),
                (
                    "channel",
                    models.CharField(
                        choices=[("surat", "surat"), ("surel", "surel (e-mail)"), ("wa", "WhatsApp")], max_length=6
                    ),
                ),
                ("template", models.CharField(max_length=30)),
                ("subject", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=64)),
                ("area_code", models.CharField(max_length=13)),
                ("receiver", models.CharField(max_length=60)),
                ("address", models.CharField(blank=True, max_length=254)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("words", models.CharField(blank=True, max_length=2000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("menunggu", "menunggu"),
                            ("dikirim", "sedang dikirim"),
                            ("terkirim", "terkirim"),
                            ("diantar", "siap diantar"),
                            ("ragu", "tidak pasti"),
                            ("menyerah", "gagal"),
                            ("tanpa_alamat", "tanpa alamat"),
                        ],
                        default="menunggu",
                        max_length=12,
                    ),
                ),
                ("attempts", models.SmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=200)),
                ("on", models.DateField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("begun_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "diary",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.diary"),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="staff.document"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["menunggu", "dikirim"])),
                        fields=["next_at"],
                        name="message_due",
                    ),
                    models.Index(fields=["state", "on"], name="message_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("diary", "place"), name="message_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "terkirim"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="message_sent_with_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "tanpa_alamat"), _negated=True), ("address", ""), _connector="OR"
                        ),
                        name="message_without_address",
                    ),
                ],
            },
        ),
    ]

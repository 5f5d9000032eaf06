"""Accounts asked of the bank many at once."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Batches, answers, and one row for each account asked for."""

    dependencies: ClassVar = [
        ("payments", "0004_statements_frozen"),
        ("people", "0009_poverty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="AccountBatch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100, unique=True)),
                ("made_on", models.DateField()),
                ("count", models.IntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccountAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("opened", models.IntegerField()),
                ("to_check", models.IntegerField()),
                ("refused", models.IntegerField()),
                ("parked", models.JSONField(default=list)),
                ("read_on", models.DateField()),
                (
                    "read_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="payments.accountbatch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccountOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("pekerja", "pekerja"), ("ahli_waris", "ahli waris")], max_length=12),
                ),
                ("holder_name", models.CharField(max_length=200)),
                ("holder_nik", models.CharField(max_length=16)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("diminta", "diminta"),
                            ("perlu_cek", "perlu dicek"),
                            ("dibuka", "dibuka"),
                            ("ditolak", "ditolak"),
                        ],
                        default="diminta",
                        max_length=9,
                    ),
                ),
                ("number", models.CharField(blank=True, default="", max_length=34)),
                ("bank_name", models.CharField(blank=True, default="", max_length=200)),
                ("likeness", models.SmallIntegerField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="payments.accountanswer",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="openings", to="payments.accountbatch"
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="accountbatch",
            constraint=models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="account_batch_not_empty"),
        ),
        migrations.AddConstraint(
            model_name="accountanswer",
            constraint=models.UniqueConstraint(fields=("batch", "sha256"), name="account_answer_once"),
        ),
        migrations.AddIndex(
            model_name="accountopening",
            index=models.Index(fields=["state", "id"], name="opening_state"),
        ),
        migrations.AddConstraint(
            model_name="accountopening",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["diminta", "perlu_cek"])),
                fields=("holder_nik",),
                name="opening_one_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountopening",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["perlu_cek", "dibuka"])),
                fields=("number",),
                name="opening_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountopening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_by__isnull", True),
                    models.Q(("checked_by", models.F("answered_by")), _negated=True),
                    _connector="OR",
                ),
                name="opening_checked_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountopening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__isnull", True), ("number", ""), ("state", "diminta")),
                    models.Q(
                        ("answer__isnull", False),
                        ("state__in", ["perlu_cek", "dibuka"]),
                        models.Q(("number", ""), _negated=True),
                    ),
                    models.Q(("answer__isnull", False), ("state", "ditolak"), models.Q(("note", ""), _negated=True)),
                    _connector="OR",
                ),
                name="opening_state_and_answer",
            ),
        ),
    ]

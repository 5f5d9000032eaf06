"""How a set decree changes; and by what else its names were ranked."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Three tables, and one column of the decree."""

    dependencies: ClassVar = [
        ("people", "0005_registers"),
        ("targeting", "0010_quota_rule"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="decree",
            name="ranking",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("dated", models.DateField()),
                ("from_month", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("konsep", "konsep"), ("ditetapkan", "ditetapkan")], default="konsep", max_length=12
                    ),
                ),
                ("annex_hash", models.CharField(max_length=64)),
                ("approved_on", models.DateField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to="targeting.decree"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("meninggal", "meninggal"),
                            ("pindah", "pindah"),
                            ("pekerja_pu", "bekerja sebagai penerima upah"),
                            ("ditolak_bpjs", "tidak dapat didaftarkan"),
                            ("diminta", "mengundurkan diri"),
                        ],
                        max_length=12,
                    ),
                ),
                ("gone_on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=300)),
                ("found_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("diusulkan", "diusulkan"), ("ditepis", "ditepis"), ("ditetapkan", "ditetapkan")],
                        default="diusulkan",
                        max_length=10,
                    ),
                ),
                ("dismissed_on", models.DateField(null=True)),
                ("why", models.CharField(blank=True, max_length=300)),
                (
                    "decree_name",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to="targeting.decreename",
                    ),
                ),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.snapshot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AmendmentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moved_up", models.BooleanField(default=False)),
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="targeting.amendment"
                    ),
                ),
                (
                    "entrant",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entered_by",
                        to="targeting.decreename",
                    ),
                ),
                (
                    "departure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="line", to="targeting.departure"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "konsep")), fields=("decree",), name="amendment_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(condition=models.Q(("from_month__day", 1)), name="amendment_whole_month"),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="amendment_maker_not_checker",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by__isnull", True), ("approved_on__isnull", True), ("state", "konsep")),
                    models.Q(("approved_by__isnull", False), ("approved_on__isnull", False), ("state", "ditetapkan")),
                    _connector="OR",
                ),
                name="amendment_state_and_approval",
            ),
        ),
        migrations.AddIndex(
            model_name="departure",
            index=models.Index(fields=["state", "found_on"], name="departure_state"),
        ),
        migrations.AddConstraint(
            model_name="departure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ditepis"), _negated=True),
                fields=("decree_name",),
                name="departure_one_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="departure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("dismissed_by__isnull", False),
                        ("dismissed_on__isnull", False),
                        ("state", "ditepis"),
                        models.Q(("why", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "ditepis"), _negated=True),
                        ("dismissed_by__isnull", True),
                        ("dismissed_on__isnull", True),
                        ("why", ""),
                    ),
                    _connector="OR",
                ),
                name="departure_dismissed_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="departure",
            constraint=models.CheckConstraint(
                condition=models.Q(("gone_on__lte", models.F("found_on"))), name="departure_days_in_order"
            ),
        ),
    ]

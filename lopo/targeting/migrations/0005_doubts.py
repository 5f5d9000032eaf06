"""Tables of the desk for the doubtful: likenesses, settlings, labels."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Likenesses, settlings, labels."""

    dependencies: ClassVar = [
        ("targeting", "0004_name_status"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Settling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.CharField(max_length=64)),
                ("area_code", models.CharField(max_length=13)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("sama", "orang ini"),
                            ("beda", "bukan salah satu"),
                            ("tunda", "ditunda"),
                            ("buka", "dibuka lagi"),
                        ],
                        max_length=5,
                    ),
                ),
                ("nik", models.CharField(blank=True, max_length=16)),
                ("decile", models.SmallIntegerField(null=True)),
                ("entry_other", models.BooleanField(default=False)),
                (
                    "seen",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ktp", "KTP atau fotonya"),
                            ("kk", "kartu keluarga"),
                            ("temu", "bertemu orangnya"),
                            ("data", "data di layar saja"),
                        ],
                        max_length=5,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300)),
                ("made_on", models.DateField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("diusulkan", "diusulkan"),
                            ("dibatalkan", "dibatalkan"),
                            ("dikembalikan", "dikembalikan"),
                            ("ditetapkan", "ditetapkan"),
                            ("ditunda", "ditunda"),
                        ],
                        default="diusulkan",
                        max_length=12,
                    ),
                ),
                ("checked_on", models.DateField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlings",
                        to="targeting.proposalrow",
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="settlings", to="targeting.screening"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Label",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.CharField(max_length=64)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("nik", models.CharField(max_length=16)),
                (
                    "answer",
                    models.CharField(
                        choices=[("sama", "sama"), ("beda", "beda"), ("tidak_tahu", "tidak tahu")], max_length=10
                    ),
                ),
                ("decile", models.SmallIntegerField(null=True)),
                ("entry_other", models.BooleanField(default=False)),
                ("on", models.DateField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "settling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="labels", to="targeting.settling"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.SmallIntegerField()),
                ("nik", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=200)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("born", models.DateField(null=True)),
                ("no_kk", models.CharField(blank=True, max_length=16)),
                ("area_code", models.CharField(blank=True, max_length=13)),
                ("stands_in", models.CharField(max_length=20)),
                ("score", models.IntegerField()),
                ("levels", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=dict)),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="likenesses",
                        to="targeting.proposalrow",
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="likenesses", to="targeting.screening"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("screening", "row", "place"), name="likeness_place_once"),
                    models.UniqueConstraint(fields=("screening", "row", "nik"), name="likeness_person_once"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="settling",
            index=models.Index(fields=["screening", "state"], name="settling_queue"),
        ),
        migrations.AddConstraint(
            model_name="settling",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "diusulkan")), fields=("row",), name="settling_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="settling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_by__isnull", True),
                    models.Q(("checked_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="settling_maker_not_checker",
            ),
        ),
        migrations.AddConstraint(
            model_name="settling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("checked_by__isnull", False),
                        ("checked_on__isnull", False),
                        ("state__in", ["ditetapkan", "dikembalikan"]),
                    ),
                    models.Q(
                        ("checked_by__isnull", True),
                        ("checked_on__isnull", True),
                        ("state__in", ["diusulkan", "dibatalkan", "ditunda"]),
                    ),
                    _connector="OR",
                ),
                name="settling_state_and_check",
            ),
        ),
        migrations.AddConstraint(
            model_name="settling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "sama"), ("nik__regex", "^[1-9][0-9]{15}$")),
                    models.Q(models.Q(("answer", "sama"), _negated=True), ("nik", "")),
                    _connector="OR",
                ),
                name="settling_names_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="settling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decile__isnull", True), models.Q(("answer", "sama"), ("decile__range", (1, 10))), _connector="OR"
                ),
                name="settling_decile",
            ),
        ),
        migrations.AddIndex(
            model_name="label",
            index=models.Index(fields=["content", "nik", "-id"], name="label_pair"),
        ),
        migrations.AddIndex(
            model_name="label",
            index=models.Index(fields=["name"], name="label_name"),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.CheckConstraint(
                condition=models.Q(("checked_by", models.F("made_by")), _negated=True), name="label_maker_not_checker"
            ),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.UniqueConstraint(fields=("settling", "nik"), name="label_once"),
        ),
    ]

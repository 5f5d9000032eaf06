"""The numbers of poor people by kecamatan, by edition; one is in force."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies: ClassVar = [
        ("people", "0008_merge_chains"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="PovertyEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_code", models.CharField(max_length=13)),
                ("year", models.SmallIntegerField()),
                ("people", models.JSONField()),
                ("source", models.CharField(max_length=200)),
                ("file", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("made_on", models.DateField()),
                ("active", models.BooleanField(default=False)),
                ("used_on", models.DateField(null=True)),
                (
                    "former",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.povertyedition",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("active", True)), fields=("area_code",), name="poverty_one_active"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("active", False),
                            models.Q(("used_by__isnull", False), ("used_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="poverty_active_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("source", ""), _negated=True), ("year__range", (2000, 2100))),
                        name="poverty_says_whence",
                    ),
                ],
            },
        ),
    ]

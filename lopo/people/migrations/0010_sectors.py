"""The sector of work as an office states it, of a written work or of one person."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_SECTOR = models.CharField(choices=[("transportasi", "angkutan"), ("lainnya", "bidang lain")], max_length=12)
_BY = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": settings.AUTH_USER_MODEL}


class Migration(migrations.Migration):
    """Two tables."""

    dependencies: ClassVar = [
        ("people", "0009_poverty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="WorkSector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("occupation", models.CharField(max_length=100, unique=True)),
                ("sector", _SECTOR.clone()),
                ("stated_on", models.DateField()),
                ("stated_by", models.ForeignKey(**_BY)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=~models.Q(occupation=""), name="work_sector_of_a_work"),
                    models.CheckConstraint(
                        condition=models.Q(sector__in=["transportasi", "lainnya"]), name="work_sector_known"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="PersonSector",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="stated",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("sector", _SECTOR.clone()),
                ("reason", models.CharField(max_length=200)),
                ("stated_on", models.DateField()),
                ("stated_by", models.ForeignKey(**_BY)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(sector__in=["transportasi", "lainnya"]), name="person_sector_known"
                    )
                ]
            },
        ),
    ]

"""The sheets that are signed at a handover."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """Two tables."""

    dependencies: ClassVar = [
        ("coverage", "0011_paid_twice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="HandoverSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_on", models.DateField()),
                ("handover", models.ForeignKey(on_delete=_PROTECT, related_name="sheets", to="coverage.handover")),
                ("made_by", models.ForeignKey(on_delete=_PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="SheetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.IntegerField()),
                ("line", models.SmallIntegerField()),
                ("membership", models.ForeignKey(on_delete=_PROTECT, related_name="+", to="coverage.membership")),
                ("sheet", models.ForeignKey(on_delete=_PROTECT, related_name="lines", to="coverage.handoversheet")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "page", "line"), name="sheet_line_once"),
                    models.UniqueConstraint(fields=("sheet", "membership"), name="sheet_member_once"),
                ]
            },
        ),
    ]

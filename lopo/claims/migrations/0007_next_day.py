"""The nearest day by which something must happen in a case, kept with it so that a desk sorts by it at once."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.models import When
from django.db.models.functions import Least

NEXT_DAY = models.Case(
    When(
        state__in=["dibuka", "lengkap", "diusulkan"],
        then=Least(
            models.Case(When(visited_on__isnull=True, then="visit_due_on")),
            models.Case(When(kind="JKK", concluded_on__isnull=True, then="conclude_due_on")),
            "pay_due_on",
        ),
    ),
    output_field=models.DateField(),
)


class Migration(migrations.Migration):
    """A column that the database works out by itself, and an index on it."""

    dependencies: ClassVar = [("claims", "0006_first_reports")]
    operations: ClassVar = [
        migrations.AddField(
            "case",
            "due_on",
            models.GeneratedField(expression=NEXT_DAY, output_field=models.DateField(null=True), db_persist=True),
        ),
        migrations.AddIndex("case", models.Index(fields=["due_on", "id"], name="case_due")),
    ]

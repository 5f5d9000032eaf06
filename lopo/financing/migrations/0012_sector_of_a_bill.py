"""A bill says of which sector of work its people are, where that changes the price (PP 50/2025)."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies: ClassVar = [("financing", "0011_bills_checked_once"), ("people", "0010_sectors")]
    operations: ClassVar = [
        migrations.AddField(
            "bill", "sector", models.CharField(blank=True, db_default="", default="", max_length=12),
        ),
    ]  # fmt: skip

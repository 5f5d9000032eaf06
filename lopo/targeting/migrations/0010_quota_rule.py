"""A decree keeps the rule that shared its places, and who says how many poor people live where."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Until now places were always shared by accepted candidates."""

    dependencies: ClassVar = [("targeting", "0009_forgetting")]
    operations: ClassVar = [
        migrations.AddField(
            "decree", "quota_rule", models.CharField(max_length=10, default="calon", db_default="calon")
        ),
        migrations.AddField(
            "decree", "quota_source", models.CharField(max_length=300, blank=True, default="", db_default="")
        ),
        migrations.AddConstraint(
            "decree",
            models.CheckConstraint(
                condition=Q(quota_rule__in=["sama", "calon"], quota_source="")
                | (Q(quota_rule__in=["miskin", "campuran"]) & ~Q(quota_source="")),
                name="decree_rule_and_source",
            ),
        ),
    ]

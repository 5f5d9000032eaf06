"""Several heirs share with guardians, one share can be disputed alone, and a part may have lost its function only."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Parts, guardians and the agreement of heirs; a dispute of one share; the percent of a lost function."""

    dependencies: ClassVar = [
        ("claims", "0007_next_day"),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="dispute",
            name="dispute_one_open",
        ),
        migrations.RemoveConstraint(
            model_name="heir",
            name="heir_one_receiver",
        ),
        migrations.AddField(
            model_name="dispute",
            name="heir",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="claims.heir"
            ),
        ),
        migrations.AddField(
            model_name="heir",
            name="agreement",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AddField(
            model_name="heir",
            name="guardian_name",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AddField(
            model_name="heir",
            name="guardian_nik",
            field=models.CharField(blank=True, db_default="", max_length=16),
        ),
        migrations.AddField(
            model_name="heir",
            name="parts",
            field=models.BigIntegerField(db_default=1),
        ),
        migrations.AddField(
            model_name="injury",
            name="lost_function",
            field=models.SmallIntegerField(db_default=0),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "diajukan")),
                fields=("case", "about", "heir"),
                name="dispute_one_open",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("heir__isnull", True), ("about", "ahli_waris"), _connector="OR"),
                name="dispute_of_an_heir",
            ),
        ),
        migrations.AddConstraint(
            model_name="heir",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agreement", ""), ("receives", True)),
                fields=("case",),
                name="heir_one_without_agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="heir",
            constraint=models.CheckConstraint(condition=models.Q(("parts__gt", 0)), name="heir_parts"),
        ),
        migrations.AddConstraint(
            model_name="heir",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("guardian_name", ""), ("guardian_nik", "")),
                    models.Q(
                        models.Q(("guardian_nik", ""), _negated=True),
                        models.Q(("guardian_name", ""), _negated=True),
                        models.Q(("guardian_nik", models.F("nik")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="heir_guardian_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="injury",
            constraint=models.CheckConstraint(
                condition=models.Q(("lost_function__gte", 0), ("lost_function__lte", 100)), name="injury_lost_function"
            ),
        ),
    ]

"""One number for a person, for ever: a table of numbers of which the memberships show theirs."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One number for a person."""

    dependencies: ClassVar = [("coverage", "0003_same_person"), ("people", "0004_pairs_kept")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="MemberNumber",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True,
                        related_name="member_number", serialize=False, to="people.person",
                    ),
                ),
                ("kpj", models.CharField(max_length=11, unique=True)),
                ("issued_on", models.DateField()),
                (
                    "membership",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to="coverage.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kpj__regex", "^[0-9]{11}$")), name="member_number_11_digits"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="membership", name="membership_number_only_when_registered"),
        migrations.AlterField(
            model_name="membership",
            name="kpj",
            field=models.CharField(db_index=True, max_length=11, null=True),
        ),
    ]  # fmt: skip

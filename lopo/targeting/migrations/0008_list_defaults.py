"""A list is in force and has no replaced rows unless told otherwise, for the database as well."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Defaults of a list in the database."""

    dependencies: ClassVar = [
        ("targeting", "0007_readings"),
    ]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="proposallist",
            name="in_force",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AlterField(
            model_name="proposallist",
            name="replaced",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name="proposallist",
            name="replaced_unreadable",
            field=models.IntegerField(db_default=0, default=0),
        ),
    ]

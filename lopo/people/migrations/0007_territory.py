"""A register may speak of one area alone: the newest is in force territory by territory."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Snapshot.territory, and the two constraints with it."""

    dependencies: ClassVar = [("people", "0006_words")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="snapshot",
            name="territory",
            field=models.CharField(blank=True, db_default="", default="", max_length=13),
        ),
        migrations.RemoveConstraint(model_name="snapshot", name="snapshot_one_current"),
        migrations.RemoveConstraint(model_name="snapshot", name="snapshot_once"),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)), fields=("kind", "part", "territory"), name="snapshot_one_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(fields=("kind", "part", "territory", "sha256"), name="snapshot_once"),
        ),
    ]

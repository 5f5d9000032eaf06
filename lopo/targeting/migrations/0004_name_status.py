"""The names of a decree are counted by their status from an index alone."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index over decree and status."""

    dependencies: ClassVar = [("targeting", "0003_search")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="decreename",
            index=models.Index(fields=["decree", "status"], name="decree_name_status"),
        )
    ]

"""An account is found by its holder, whosever it is."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The index of holders."""

    dependencies: ClassVar = [("payments", "0005_openings")]
    operations: ClassVar = [
        migrations.AddIndex(model_name="passbook", index=models.Index(fields=["holder_nik"], name="passbook_holder")),
    ]

"""An objection to who inherits that was found right is settled: by whom, when and by which paper."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

BEFORE = """
UPDATE claims_dispute SET settled_on = answered_on, settled_by_id = answered_by_id,
       settled_how = 'dijawab sebelum bagiannya ditahan'
 WHERE about = 'ahli_waris' AND state = 'dibenarkan' AND heir_id IS NULL
"""
"""Until now such an objection held nothing once it was answered."""


class Migration(migrations.Migration):
    """Three columns of an objection and what must stand together."""

    dependencies: ClassVar = [
        ("claims", "0010_corrections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.AddField("dispute", "settled_on", models.DateField(null=True)),
        migrations.AddField(
            "dispute",
            "settled_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            "dispute", "settled_how", models.CharField(blank=True, default="", max_length=300), preserve_default=False
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "dispute",
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, settled_by__isnull=True, settled_how="")
                | Q(settled_on__isnull=False, settled_by__isnull=False, about="ahli_waris", state="dibenarkan")
                & ~Q(settled_how=""),
                name="dispute_settled_whole",
            ),
        ),
    ]

"""A duty counts once another officer has confirmed it, may be taken back, and may be for one payer alone."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

CONFIRM = "UPDATE staff_duty SET confirmed_on = since"


class Migration(migrations.Migration):
    """Columns of confirming, taking back and of the payer; duties that are there count on."""

    dependencies: ClassVar = [("staff", "0004_post")]

    operations: ClassVar = [
        migrations.AddField("duty", "payer_code", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField(
            "duty",
            "proposed_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            "duty",
            "confirmed_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField("duty", "confirmed_on", models.DateField(null=True)),
        migrations.AddField("duty", "revoked_on", models.DateField(null=True)),
        migrations.AddField(
            "duty", "revoked_why", models.CharField(blank=True, default="", max_length=200), preserve_default=False
        ),
        migrations.RunSQL(CONFIRM, migrations.RunSQL.noop),
        migrations.RemoveConstraint("duty", "duty_once"),
        migrations.AddConstraint(
            "duty",
            models.UniqueConstraint(
                fields=["officer", "role", "area_code", "payer_code", "since"],
                condition=Q(revoked_on__isnull=True),
                name="duty_once",
            ),
        ),
        migrations.AddConstraint(
            "duty",
            models.CheckConstraint(
                condition=(Q(role="pembayar") & ~Q(payer_code="")) | (~Q(role="pembayar") & Q(payer_code="")),
                name="duty_payer_of_payers_alone",
            ),
        ),
        migrations.AddConstraint(
            "duty",
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True)
                | Q(confirmed_by__isnull=True)
                | ~Q(proposed_by=F("confirmed_by")),
                name="duty_by_two",
            ),
        ),
    ]

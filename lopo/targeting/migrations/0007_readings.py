"""How officers said that sheets are to be read; rows that replace rows, lists read again or corrected."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Readings of sheets, rows that replace rows, lists read again or corrected."""

    dependencies: ClassVar = [
        ("targeting", "0006_doubts_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SheetReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender_kind", models.CharField(max_length=20)),
                ("sender", models.CharField(max_length=200)),
                ("fingerprint", models.CharField(max_length=64)),
                ("columns_read", models.JSONField(default=list)),
                ("skipped", models.BooleanField(default=False)),
                ("current", models.BooleanField(default=True)),
                ("made_on", models.DateField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="proposallist",
            name="list_once",
        ),
        migrations.AddField(
            model_name="proposallist",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="targeting.proposallist",
            ),
        ),
        migrations.AddField(
            model_name="proposallist",
            name="in_force",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="proposallist",
            name="reads_again",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="read_again_as",
                to="targeting.proposallist",
            ),
        ),
        migrations.AddField(
            model_name="proposallist",
            name="replaced",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="proposallist",
            name="replaced_unreadable",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="proposalrow",
            name="replaces",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="newer",
                to="targeting.proposalrow",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposallist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("in_force", True)), fields=("programme", "source"), name="list_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposallist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaced__gte", 0),
                    ("replaced__lte", models.F("candidates")),
                    ("replaced_unreadable__gte", 0),
                    ("replaced_unreadable__lte", models.F("unreadable")),
                ),
                name="list_replaced_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces__isnull", False)), fields=("replaces",), name="row_replaced_once"
            ),
        ),
        migrations.AddField(
            model_name="sheetreading",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetreading",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)),
                fields=("sender_kind", "sender", "fingerprint"),
                name="reading_one_current",
            ),
        ),
    ]

"""Two numbers of one person: which of them speaks for both, and who decided it."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Person.same_as and PersonPair."""

    dependencies: ClassVar = [
        ("people", "0002_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="PersonPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(choices=[("sama", "orang yang sama"), ("beda", "dua orang")], max_length=5),
                ),
                ("why", models.CharField(max_length=300)),
                ("made_on", models.DateField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("diusulkan", "diusulkan"),
                            ("dibatalkan", "dibatalkan"),
                            ("dikembalikan", "dikembalikan"),
                            ("ditetapkan", "ditetapkan"),
                        ],
                        default="diusulkan",
                        max_length=12,
                    ),
                ),
                ("checked_on", models.DateField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="same_as",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="others",
                to="people.person",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("same_as__isnull", False)), fields=["same_as"], name="person_same_as"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("same_as", models.F("id")), _negated=True), name="person_not_same_as_itself"
            ),
        ),
        migrations.AddField(
            model_name="personpair",
            name="checked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="personpair",
            name="gone",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pairs_gone", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="personpair",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pairs_kept", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="personpair",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="personpair",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "diusulkan")), fields=("gone",), name="pair_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="personpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("gone", models.F("kept")), _negated=True), name="pair_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="personpair",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_by__isnull", True),
                    models.Q(("checked_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="pair_maker_not_checker",
            ),
        ),
        migrations.AddConstraint(
            model_name="personpair",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("checked_by__isnull", False),
                        ("checked_on__isnull", False),
                        ("state__in", ["ditetapkan", "dikembalikan"]),
                    ),
                    models.Q(
                        ("checked_by__isnull", True),
                        ("checked_on__isnull", True),
                        ("state__in", ["diusulkan", "dibatalkan"]),
                    ),
                    _connector="OR",
                ),
                name="pair_state_and_check",
            ),
        ),
    ]

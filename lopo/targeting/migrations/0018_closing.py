"""A programme is closed by two: what one proposes the other approves, and the database lets nothing else close it."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_KEPT = """
CREATE FUNCTION targeting_closed_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM targeting_closing c WHERE c.programme_id = NEW.id AND c.state = 'disetujui') THEN
        RAISE EXCEPTION 'programme % has no approved closing', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER targeting_programme_closed_by_two BEFORE UPDATE OF state ON targeting_programme
    FOR EACH ROW WHEN (NEW.state = 'ditutup' AND OLD.state <> 'ditutup') EXECUTE FUNCTION targeting_closed_by_two();
"""
_NOT_KEPT = """
DROP TRIGGER targeting_programme_closed_by_two ON targeting_programme;
DROP FUNCTION targeting_closed_by_two();
"""


class Migration(migrations.Migration):
    """The table of closings, and the trigger that asks for an approved one."""

    dependencies: ClassVar = [
        ("targeting", "0017_rows_forgotten_fast"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("diusulkan", "diusulkan"), ("disetujui", "disetujui"), ("ditarik", "ditarik")],
                        default="diusulkan",
                        max_length=9,
                    ),
                ),
                ("proposed_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closings", to="targeting.programme"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "ditarik"), _negated=True),
                        fields=("programme",),
                        name="closing_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="closing_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "disetujui"), _negated=True),
                            models.Q(("ended_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="closing_maker_not_checker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_by__isnull", True),
                                ("ended_on__isnull", True),
                                ("state", "diusulkan"),
                                ("why", ""),
                            ),
                            models.Q(
                                ("ended_by__isnull", False),
                                ("ended_on__isnull", False),
                                ("state", "disetujui"),
                                ("why", ""),
                            ),
                            models.Q(
                                ("ended_by__isnull", False),
                                ("ended_on__isnull", False),
                                ("state", "ditarik"),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="closing_state_and_end",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_KEPT, _NOT_KEPT),
    ]

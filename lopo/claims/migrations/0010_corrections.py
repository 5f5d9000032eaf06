"""Corrections downwards, frozen once they are made."""

import uuid
from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

FREEZE = """
CREATE FUNCTION claims_freeze_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'usul'
        AND to_jsonb(NEW) - 'state' - 'approved_by_id' - 'approved_on'
          = to_jsonb(OLD) - 'state' - 'approved_by_id' - 'approved_on' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'correction % is frozen: % refused', OLD.id, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER claims_correction_frozen BEFORE UPDATE OR DELETE ON claims_correction
    FOR EACH ROW EXECUTE FUNCTION claims_freeze_correction();
"""
MELT = """
DROP TRIGGER claims_correction_frozen ON claims_correction;
DROP FUNCTION claims_freeze_correction();
"""
_PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """One table and what freezes it."""

    dependencies: ClassVar = [
        ("claims", "0009_whole_decisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("amount", models.BigIntegerField()),
                ("components", models.JSONField()),
                ("trace", models.JSONField()),
                ("edition", models.CharField(max_length=30)),
                ("law_hash", models.CharField(max_length=64)),
                ("why", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("usul", "usul"), ("disetujui", "disetujui"), ("dikembalikan", "dikembalikan")],
                        default="usul",
                        max_length=12,
                    ),
                ),
                ("made_on", models.DateField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("approved_on", models.DateField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(null=True, on_delete=_PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("case", models.ForeignKey(on_delete=_PROTECT, related_name="corrections", to="claims.case")),
                ("made_by", models.ForeignKey(on_delete=_PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "usul")), fields=("case",), name="correction_one_proposed"
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="correction_takes_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="correction_maker_not_checker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved_by__isnull", True), ("state", "usul"))
                        | models.Q(("approved_by__isnull", False), ("state__in", ["disetujui", "dikembalikan"])),
                        name="correction_answered_by_somebody",
                    ),
                ]
            },
        ),
        migrations.RunSQL(FREEZE, MELT),
    ]

"""A billing code has a last day and may be renewed: an open bill goes over to another code, a paid one never does."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

_FREEZE = """
CREATE OR REPLACE FUNCTION financing_freeze_bill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'state' - 'sp2d_id' - 'code_id' = to_jsonb(OLD) - 'state' - 'sp2d_id' - 'code_id'
        AND (NEW.code_id IS NOT DISTINCT FROM OLD.code_id AND (OLD.state, NEW.state)
                IN (('terbit', 'diajukan'), ('diajukan', 'terbit'), ('diajukan', 'dibayar'), ('terbit', 'batal'),
                    ('dibayar', 'dibalik'), ('terbit', 'dibagi'))
             OR NEW.code_id IS NOT NULL AND NEW.state = OLD.state AND NEW.state IN ('terbit', 'diajukan'))
        AND (NEW.sp2d_id IS NOT DISTINCT FROM OLD.sp2d_id OR 'terbit' IN (OLD.state, NEW.state)
                AND NEW.state <> OLD.state) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'bill % is % and frozen: % refused', OLD.id, OLD.state, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    """Two columns, and what may change of a bill. There is no way back: a renewed code has no place in older tables."""

    dependencies: ClassVar = [("financing", "0012_sector_of_a_bill")]
    operations: ClassVar = [
        migrations.AddField("billingcode", "last_day", models.DateField(null=True)),
        migrations.AddField(
            "billingcode", "renews",
            models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="renewed_by",
                to="financing.billingcode",
            ),
        ),
        migrations.AddConstraint(
            "billingcode",
            models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True), ("last_day__gte", models.F("made_on")), _connector="OR"
                ),
                name="billing_code_not_over",
            ),
        ),
        migrations.RunSQL(_FREEZE),
    ]  # fmt: skip

"""A bill that was paid by mistake is taken back as a whole, asked for by one officer and approved by another."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_FREEZE = """
CREATE OR REPLACE FUNCTION financing_freeze_bill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state'
        AND (OLD.state, NEW.state) IN (('terbit', 'diajukan'), ('diajukan', 'terbit'), ('diajukan', 'dibayar'),
                                       ('terbit', 'batal'){more}) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'bill % is % and frozen: % refused', OLD.id, OLD.state, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""
FORWARD = (
    _FREEZE.replace("{more}", ", ('dibayar', 'dibalik')")
    + """
CREATE FUNCTION financing_freeze_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.approved_by_id IS NULL THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'the reversal of bill % is approved: % refused', OLD.bill_id, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER financing_reversal_frozen BEFORE UPDATE OR DELETE ON financing_reversal
    FOR EACH ROW EXECUTE FUNCTION financing_freeze_reversal();
"""
)
BACKWARD = """
DROP TRIGGER financing_reversal_frozen ON financing_reversal;
DROP FUNCTION financing_freeze_reversal();
""" + _FREEZE.replace("{more}", "")


class Migration(migrations.Migration):
    """A bill that was paid by mistake is taken back as a whole."""

    dependencies: ClassVar = [
        ("financing", "0003_same_person"),
        ("coverage", "0006_taken_months"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="bill",
            name="state",
            field=models.CharField(
                choices=[
                    ("terbit", "terbit"), ("diajukan", "SP2D diajukan"), ("dibayar", "dibayar"), ("batal", "batal"),
                    ("dibalik", "dibayar lalu dibalik"),
                ],
                default="terbit", max_length=10,
            ),
        ),
        migrations.RemoveConstraint(model_name="bill", name="bill_once"),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["batal", "dibalik"]), _negated=True),
                fields=("programme", "payer", "month"), name="bill_once",
            ),
        ),
        migrations.CreateModel(
            name="Reversal",
            fields=[
                (
                    "bill",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="reversal",
                        serialize=False, to="financing.bill",
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("asked_on", models.DateField()),
                ("approved_on", models.DateField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="reversal_maker_not_checker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="reversal_with_reason"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]  # fmt: skip

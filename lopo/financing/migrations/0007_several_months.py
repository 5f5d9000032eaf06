"""One SP2D for several months, bills in two parts where the money is short, and the papers before an SP2D."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_FREEZE = """
CREATE OR REPLACE FUNCTION financing_freeze_bill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'state' - 'sp2d_id' = to_jsonb(OLD) - 'state' - 'sp2d_id'
        AND (OLD.state, NEW.state) IN (('terbit', 'diajukan'), ('diajukan', 'terbit'), ('diajukan', 'dibayar'),
                                       ('terbit', 'batal'), ('dibayar', 'dibalik'), ('terbit', 'dibagi'))
        AND (NEW.sp2d_id IS NOT DISTINCT FROM OLD.sp2d_id OR 'terbit' IN (OLD.state, NEW.state)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'bill % is % and frozen: % refused', OLD.id, OLD.state, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""
MOVE = """
ALTER TABLE financing_bill DISABLE TRIGGER financing_bill_frozen;
UPDATE financing_bill b SET sp2d_id = s.id FROM financing_sp2d s WHERE s.bill_id = b.id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE financing_bill ENABLE TRIGGER financing_bill_frozen;
"""
KEPT = """
-- The sum of an SP2D is that of its bills, at the end of every transaction.
CREATE FUNCTION financing_check_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM financing_sp2d s
                WHERE s.id IN (NEW.sp2d_id, OLD.sp2d_id)
                  AND s.amount <> (SELECT coalesce(sum(b.amount), 0) FROM financing_bill b WHERE b.sp2d_id = s.id)) THEN
        RAISE EXCEPTION 'the sum of an SP2D is not that of its bills'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sp2d_sums_its_bills';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER financing_order_checked AFTER UPDATE OF sp2d_id ON financing_bill
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION financing_check_order();
-- What the two parts of a bill ask for is what the bill asked for.
CREATE FUNCTION financing_check_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM financing_bill w
                 LEFT JOIN financing_bill p ON p.divided_from_id = w.id
                WHERE w.id = coalesce(NEW.divided_from_id, NEW.id) AND w.state = 'dibagi'
                GROUP BY w.people, w.amount
               HAVING (w.people, w.amount) IS DISTINCT FROM (sum(p.people), sum(p.amount))) THEN
        RAISE EXCEPTION 'the parts of a bill do not sum up to it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'parts_sum_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER financing_parts_checked AFTER INSERT OR UPDATE OF state ON financing_bill
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.divided_from_id IS NOT NULL OR NEW.state = 'dibagi') EXECUTE FUNCTION financing_check_parts();
-- A paper is corrected only while its bill is open.
CREATE FUNCTION financing_keep_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.bill_id, NEW.kind) = (OLD.bill_id, OLD.kind)
        AND EXISTS (SELECT 1 FROM financing_bill WHERE id = OLD.bill_id AND state = 'terbit') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the papers of a bill are kept: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER financing_paper_kept BEFORE UPDATE OR DELETE ON financing_billpaper
    FOR EACH ROW EXECUTE FUNCTION financing_keep_paper();
"""
_USER = settings.AUTH_USER_MODEL
_PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """One SP2D for several bills. There is no way back: an order of two bills has no place in the older tables."""

    dependencies: ClassVar = [
        ("financing", "0006_lines_checked"),
        ("coverage", "0008_lines_in_turn"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="BillingCode",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("first_month", models.DateField()),
                ("last_month", models.DateField()),
                ("made_on", models.DateField()),
                ("made_by", models.ForeignKey(on_delete=_PROTECT, related_name="+", to=_USER)),
                ("payer", models.ForeignKey(on_delete=_PROTECT, related_name="+", to="financing.payer")),
                ("programme", models.ForeignKey(on_delete=_PROTECT, related_name="+", to="targeting.programme")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_month__day", 1), ("last_month__day", 1),
                            ("last_month__gte", models.F("first_month")), models.Q(("code", ""), _negated=True),
                        ),
                        name="billing_code_of_months",
                    )
                ]
            },
        ),
        migrations.AddField(
            "bill", "divided_from",
            models.ForeignKey(null=True, on_delete=_PROTECT, related_name="parts", to="financing.bill"),
        ),
        migrations.AddField("bill", "part", models.SmallIntegerField(db_default=0, default=0)),
        migrations.AddField(
            "bill", "code",
            models.ForeignKey(null=True, on_delete=_PROTECT, related_name="bills", to="financing.billingcode"),
        ),
        migrations.AlterField(
            "sp2d", "bill", models.OneToOneField(on_delete=_PROTECT, related_name="+", to="financing.bill")
        ),
        migrations.AddField(
            "bill", "sp2d",
            models.ForeignKey(null=True, on_delete=_PROTECT, related_name="bills", to="financing.sp2d"),
        ),
        migrations.AlterField(
            "bill", "state",
            models.CharField(
                choices=[
                    ("terbit", "terbit"), ("diajukan", "SP2D diajukan"), ("dibayar", "dibayar"), ("batal", "batal"),
                    ("dibalik", "dibayar lalu dibalik"), ("dibagi", "dibagi dua"),
                ],
                default="terbit", max_length=10,
            ),
        ),
        migrations.RunSQL(MOVE),
        migrations.RemoveField("sp2d", "bill"),
        migrations.RemoveConstraint("bill", "bill_once"),
        migrations.AddConstraint(
            "bill",
            models.UniqueConstraint(
                condition=models.Q(("state__in", ["batal", "dibalik", "dibagi"]), _negated=True),
                fields=("programme", "payer", "month", "part"), name="bill_once",
            ),
        ),
        migrations.AddConstraint(
            "bill",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sp2d__isnull", True), ("state__in", ["terbit", "batal", "dibagi"])),
                    models.Q(("sp2d__isnull", False), ("state__in", ["diajukan", "dibayar", "dibalik"])),
                    _connector="OR",
                ),
                name="bill_ordered_by_sp2d",
            ),
        ),
        migrations.CreateModel(
            name="BillPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("spp", "SPP"), ("spm", "SPM")], max_length=3)),
                ("number", models.CharField(max_length=60)),
                ("dated", models.DateField()),
                ("written_on", models.DateField()),
                ("bill", models.ForeignKey(on_delete=_PROTECT, related_name="papers", to="financing.bill")),
                ("written_by", models.ForeignKey(on_delete=_PROTECT, related_name="+", to=_USER)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("bill", "kind"), name="bill_paper_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="bill_paper_numbered"
                    ),
                ]
            },
        ),
        migrations.RunSQL(_FREEZE), migrations.RunSQL(KEPT),
    ]  # fmt: skip

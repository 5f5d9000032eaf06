"""Receipts of BPJS for paid bills, the files they came in, and the rows of those that could not be placed."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
-- The sum of a receipt that counts is that of its bills, and they are paid: at the end of every transaction.
CREATE FUNCTION financing_check_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM financing_bpjsreceipt r
                WHERE r.id = NEW.id AND r.withdrawn_on IS NULL
                  AND r.amount <> (SELECT coalesce(sum(b.amount), 0) FROM financing_receiptbill l
                                     JOIN financing_bill b ON b.id = l.bill_id
                                    WHERE l.receipt_id = r.id AND l.counts AND b.state = 'dibayar')) THEN
        RAISE EXCEPTION 'the sum of a receipt is not that of its paid bills'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'receipt_sums_its_bills';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER financing_receipt_checked AFTER INSERT OR UPDATE ON financing_bpjsreceipt
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION financing_check_receipt();
-- A bill that has a receipt stays paid.
CREATE FUNCTION financing_keep_receipted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM financing_receiptbill WHERE bill_id = OLD.id AND counts) THEN
        RAISE EXCEPTION 'bill % has a receipt of BPJS', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bill_with_receipt_stays_paid';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER financing_receipted_kept BEFORE UPDATE OF state ON financing_bill
    FOR EACH ROW WHEN (OLD.state = 'dibayar') EXECUTE FUNCTION financing_keep_receipted();
-- Receipts and their bills never go; they are withdrawn, once.
CREATE FUNCTION financing_keep_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'financing_bpjsreceipt'
        AND to_jsonb(OLD) ->> 'withdrawn_on' IS NULL
        AND to_jsonb(NEW) - 'withdrawn_on' - 'withdrawn_by_id' - 'withdrawn_why'
          = to_jsonb(OLD) - 'withdrawn_on' - 'withdrawn_by_id' - 'withdrawn_why' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'financing_receiptbill'
        AND to_jsonb(OLD) - 'counts' = to_jsonb(NEW) - 'counts' AND to_jsonb(OLD) -> 'counts' = 'true' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'receipts of BPJS are kept: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER financing_receipt_kept BEFORE UPDATE OR DELETE ON financing_bpjsreceipt
    FOR EACH ROW EXECUTE FUNCTION financing_keep_receipt();
CREATE TRIGGER financing_receiptbill_kept BEFORE UPDATE OR DELETE ON financing_receiptbill
    FOR EACH ROW EXECUTE FUNCTION financing_keep_receipt();
"""
GONE = """
DROP TRIGGER financing_receiptbill_kept ON financing_receiptbill;
DROP TRIGGER financing_receipt_kept ON financing_bpjsreceipt;
DROP FUNCTION financing_keep_receipt();
DROP TRIGGER financing_receipted_kept ON financing_bill;
DROP FUNCTION financing_keep_receipted();
DROP TRIGGER financing_receipt_checked ON financing_bpjsreceipt;
DROP FUNCTION financing_check_receipt();
"""
_USER = settings.AUTH_USER_MODEL
_PROTECT = django.db.models.deletion.PROTECT


def _complete(day: str, officer: str, reason: str) -> models.Q:
    """All three are there, or none of them."""
    none = models.Q(*sorted([(f"{officer}__isnull", True), (f"{day}__isnull", True), (reason, "")]))
    told = models.Q((reason, ""), _negated=True)
    return models.Q(none, models.Q((f"{officer}__isnull", False), (f"{day}__isnull", False), told), _connector="OR")


class Migration(migrations.Migration):
    """Four tables, and what the database holds of them."""

    dependencies: ClassVar = [
        ("financing", "0013_code_last_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ReceiptFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("read_on", models.DateField()),
                ("read_by", models.ForeignKey(on_delete=_PROTECT, related_name="+", to=_USER)),
            ],
        ),
        migrations.CreateModel(
            name="BpjsReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60)),
                ("dated", models.DateField()),
                ("amount", models.BigIntegerField()),
                ("written_on", models.DateField()),
                ("written_by", models.ForeignKey(on_delete=_PROTECT, related_name="+", to=_USER)),
                ("file", models.ForeignKey(null=True, on_delete=_PROTECT, related_name="receipts",
                                           to="financing.receiptfile")),
                ("withdrawn_on", models.DateField(null=True)),
                ("withdrawn_by", models.ForeignKey(null=True, on_delete=_PROTECT, related_name="+", to=_USER)),
                ("withdrawn_why", models.CharField(blank=True, db_default="", default="", max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on__isnull", True)), fields=("number",),
                        name="bpjs_receipt_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)) & ~models.Q(("number", "")),
                        name="bpjs_receipt_says_something",
                    ),
                    models.CheckConstraint(
                        condition=_complete("withdrawn_on", "withdrawn_by", "withdrawn_why"),
                        name="bpjs_receipt_withdrawn_with_reason",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ReceiptBill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("receipt", models.ForeignKey(on_delete=_PROTECT, related_name="bills", to="financing.bpjsreceipt")),
                ("bill", models.ForeignKey(on_delete=_PROTECT, related_name="receipts", to="financing.bill")),
                ("counts", models.BooleanField(db_default=True, default=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("counts", True)), fields=("bill",), name="bill_one_receipt"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="ParkedReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.ForeignKey(on_delete=_PROTECT, related_name="parked", to="financing.receiptfile")),
                ("line", models.IntegerField()),
                ("cell", models.CharField(max_length=20)),
                ("code", models.CharField(max_length=60)),
                ("number", models.CharField(max_length=60)),
                ("dated", models.CharField(max_length=40)),
                ("amount", models.CharField(max_length=40)),
                ("why", models.CharField(max_length=300)),
                ("settled_on", models.DateField(null=True)),
                ("settled_by", models.ForeignKey(null=True, on_delete=_PROTECT, related_name="+", to=_USER)),
                ("settled_how", models.CharField(blank=True, db_default="", default="", max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("file", "line"), name="parked_receipt_once"),
                    models.CheckConstraint(
                        condition=_complete("settled_on", "settled_by", "settled_how"),
                        name="parked_receipt_settled_with_reason",
                    ),
                ]
            },
        ),
        migrations.RunSQL(KEPT, GONE),
    ]  # fmt: skip

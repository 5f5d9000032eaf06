"""A receipt is corrected by a reversal, a lost card is printed again, and a try to see one's own cover is counted."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER coverage_reversal_kept BEFORE UPDATE OR DELETE ON coverage_receiptreversal
    FOR EACH ROW EXECUTE FUNCTION coverage_refuse_change();

-- A thing is received again only after every receipt before was taken back.
CREATE FUNCTION coverage_check_turns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM inserted i
                WHERE i.turn < 1 OR (i.turn > 1 AND i.turn - 1 <> (
                      SELECT count(*) FROM coverage_receipt r JOIN coverage_receiptreversal v ON v.receipt_id = r.id
                       WHERE r.membership_id = i.membership_id AND r.item = i.item))) THEN
        RAISE EXCEPTION 'a receipt that counts stands before this one'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'receipt_in_turn';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_receipts_in_turn AFTER INSERT ON coverage_receipt
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION coverage_check_turns();

-- Only one receipt of a thing counts, so its reversal leaves the member without the thing.
CREATE FUNCTION coverage_follow_reversals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE coverage_membership m
       SET has_card = m.has_card AND NOT r.card, has_passbook = m.has_passbook AND NOT r.passbook
      FROM (SELECT c.membership_id, bool_or(c.item = 'kartu') AS card, bool_or(c.item = 'buku_tabungan') AS passbook
              FROM inserted i JOIN coverage_receipt c ON c.id = i.receipt_id GROUP BY c.membership_id) r
     WHERE m.id = r.membership_id;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_reversals_follow AFTER INSERT ON coverage_receiptreversal
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION coverage_follow_reversals();
"""
BACKWARD = """
DROP TRIGGER coverage_reversals_follow ON coverage_receiptreversal;
DROP FUNCTION coverage_follow_reversals();
DROP TRIGGER coverage_receipts_in_turn ON coverage_receipt;
DROP FUNCTION coverage_check_turns();
DROP TRIGGER coverage_reversal_kept ON coverage_receiptreversal;
"""


class Migration(migrations.Migration):
    """Receipts with turns and reversals, cards with reasons, tries to see one's own cover."""

    dependencies: ClassVar = [
        ("coverage", "0008_lines_in_turn"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ReceiptReversal",
            fields=[
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="reversal",
                        serialize=False,
                        to="coverage.receipt",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("salah_catat", "salah catat"),
                            ("hilang", "hilang"),
                            ("barang_rusak", "rusak"),
                            ("salah_cetak", "salah cetak"),
                        ],
                        max_length=15,
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("reversed_on", models.DateField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="receipt",
            name="receipt_once",
        ),
        migrations.AddField(
            model_name="card",
            name="reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="handover",
            name="area_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=13),
        ),
        migrations.AddField(
            model_name="receipt",
            name="turn",
            field=models.SmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="receipt",
            name="witness",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(("edition", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="card_again_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(fields=("membership", "item", "turn"), name="receipt_once"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attested", "saksi"), _negated=True),
                    models.Q(("witness", ""), _negated=True),
                    _connector="OR",
                ),
                name="receipt_witness_named",
            ),
        ),
        migrations.AddField(
            model_name="receiptreversal",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="receiptreversal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="receipt_reversal_with_reason"
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

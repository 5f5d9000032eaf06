"""What corrections take back: orders that are cancelled before they are sent, and money that is asked back."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CHECK_ORDER = """
CREATE OR REPLACE FUNCTION payments_check_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state = 'siap' AND NEW.attempt = 1 AND EXISTS (
            SELECT 1 FROM claims_decision d, jsonb_array_elements(d.components) c
             WHERE d.id = NEW.decision_id AND d.state = 'disetujui' AND d.granted AND c ->> 'code' = NEW.component
               AND NEW.amount = (c ->> 'amount')::bigint - coalesce((SELECT sum(r.amount) FROM payments_recovery r
                    WHERE r.decision_id = d.id AND r.component = NEW.component), 0)) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'order %: no approved decision says this amount', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'state' - 'file_id' - 'bank_note' - 'passbook_id' - 'attempt'
          = to_jsonb(OLD) - 'state' - 'file_id' - 'bank_note' - 'passbook_id' - 'attempt'
        AND (NEW.passbook_id = OLD.passbook_id OR OLD.state IN ('gagal', 'kembali'))
        AND ((OLD.state, NEW.state) IN (('siap', 'siap'), ('siap', 'terkirim'), ('terkirim', 'terbayar'),
                                       ('terkirim', 'gagal'), ('gagal', 'siap'), ('gagal', 'terbayar'),
                                       ('terbayar', 'kembali'), ('kembali', 'siap'), ('gagal', 'batal'),
                                       ('kembali', 'batal'))
             OR (OLD.state, NEW.state) = ('siap', 'batal') AND OLD.file_id IS NULL)
        AND NEW.attempt = OLD.attempt + (OLD.state <> 'siap' AND NEW.state = 'siap')::int
        AND (OLD.file_id IS NULL OR NEW.file_id = OLD.file_id OR OLD.state IN ('gagal', 'kembali')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'order %: % from % refused', OLD.id, TG_OP, OLD.state USING ERRCODE = 'restrict_violation';
END $$;
"""
KEEP = """
CREATE FUNCTION payments_keep_recovery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.repaid >= OLD.repaid AND NEW.given_up >= OLD.given_up
        AND to_jsonb(NEW) - 'repaid' - 'given_up' - 'asked_by_id' - 'asked_why' - 'given_up_by_id' - 'given_up_on'
          = to_jsonb(OLD) - 'repaid' - 'given_up' - 'asked_by_id' - 'asked_why' - 'given_up_by_id' - 'given_up_on' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'recovery %: % refused', OLD.id, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payments_recovery_kept BEFORE UPDATE OR DELETE ON payments_recovery
    FOR EACH ROW EXECUTE FUNCTION payments_keep_recovery();
"""
DROP = """
DROP TRIGGER payments_recovery_kept ON payments_recovery;
DROP FUNCTION payments_keep_recovery();
"""
_PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """One table, a state of an order, and a line of a statement that pays back."""

    dependencies: ClassVar = [
        ("claims", "0010_corrections"),
        ("payments", "0007_delivery"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("ditahan", "ditahan sebelum dibayar"), ("piutang", "diminta kembali")], max_length=8
                    ),
                ),
                ("component", models.CharField(max_length=80)),
                ("amount", models.BigIntegerField()),
                ("repaid", models.BigIntegerField(db_default=0, default=0)),
                ("given_up", models.BigIntegerField(db_default=0, default=0)),
                ("made_on", models.DateField()),
                ("asked_why", models.CharField(blank=True, max_length=300)),
                ("given_up_on", models.DateField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(null=True, on_delete=_PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "correction",
                    models.ForeignKey(on_delete=_PROTECT, related_name="recoveries", to="claims.correction"),
                ),
                ("decision", models.ForeignKey(on_delete=_PROTECT, related_name="recoveries", to="claims.decision")),
                (
                    "given_up_by",
                    models.ForeignKey(null=True, on_delete=_PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "passbook",
                    models.ForeignKey(null=True, on_delete=_PROTECT, related_name="recoveries", to="payments.passbook"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("correction", "decision", "component"), name="recovery_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gt", 0),
                            ("given_up__gte", 0),
                            ("repaid__gte", 0),
                            ("repaid__lte", models.F("amount") - models.F("given_up")),
                        ),
                        name="recovery_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_up", 0), ("kind", "ditahan"), ("passbook__isnull", True), ("repaid", 0)
                        )
                        | models.Q(("kind", "piutang"), ("passbook__isnull", False)),
                        name="recovery_of_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("given_up", 0), ("given_up_by__isnull", True))
                        | (
                            models.Q(("asked_by__isnull", False), ("given_up__gt", 0), ("given_up_by__isnull", False))
                            & ~models.Q(given_up_by=models.F("asked_by"))
                        ),
                        name="recovery_given_up_by_two",
                    ),
                ]
            },
        ),
        migrations.RunSQL(KEEP, DROP),
        migrations.AlterField(
            "order",
            "state",
            models.CharField(
                choices=[
                    ("siap", "siap"),
                    ("terkirim", "terkirim"),
                    ("terbayar", "terbayar"),
                    ("gagal", "gagal"),
                    ("kembali", "uang kembali"),
                    ("batal", "batal karena koreksi"),
                ],
                default="siap",
                max_length=10,
            ),
        ),
        migrations.RemoveConstraint("order", "order_once"),
        migrations.AddConstraint(
            "order",
            models.UniqueConstraint(
                condition=~models.Q(state="batal"), fields=("decision", "component"), name="order_once"
            ),
        ),
        migrations.RunSQL(CHECK_ORDER, migrations.RunSQL.noop),
        migrations.AddField(
            "statementline",
            "proposed_recovery",
            models.ForeignKey(null=True, on_delete=_PROTECT, related_name="+", to="payments.recovery"),
        ),
        migrations.AddField(
            "statementline",
            "recovery",
            models.ForeignKey(null=True, on_delete=_PROTECT, related_name="lines", to="payments.recovery"),
        ),
        migrations.AddConstraint(
            "statementline",
            models.CheckConstraint(
                condition=models.Q(("recovery__isnull", True))
                | models.Q(("debit", False), ("order__isnull", True), ("state", "dijelaskan")),
                name="statement_line_recovery_known",
            ),
        ),
    ]

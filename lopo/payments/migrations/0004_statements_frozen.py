"""A paid order may come back and be tried again; what a bank statement says never changes."""

from typing import ClassVar

from django.db import migrations

CHECK_ORDER = """
CREATE OR REPLACE FUNCTION payments_check_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state = 'siap' AND NEW.attempt = 1 AND EXISTS (
            SELECT 1 FROM claims_decision d, jsonb_array_elements(d.components) c
             WHERE d.id = NEW.decision_id AND d.state = 'disetujui' AND d.granted
               AND c ->> 'code' = NEW.component AND (c ->> 'amount')::bigint = NEW.amount) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'order %: no approved decision says this amount', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'state' - 'file_id' - 'bank_note' - 'passbook_id' - 'attempt'
          = to_jsonb(OLD) - 'state' - 'file_id' - 'bank_note' - 'passbook_id' - 'attempt'
        AND (NEW.passbook_id = OLD.passbook_id OR OLD.state IN ('gagal', 'kembali'))
        AND (OLD.state, NEW.state) IN (('siap', 'siap'), ('siap', 'terkirim'), ('terkirim', 'terbayar'),
                                       ('terkirim', 'gagal'), ('gagal', 'siap'), ('gagal', 'terbayar'),
                                       ('terbayar', 'kembali'), ('kembali', 'siap'))
        AND NEW.attempt = OLD.attempt + (OLD.state <> 'siap' AND NEW.state = 'siap')::int
        AND (OLD.file_id IS NULL OR NEW.file_id = OLD.file_id OR OLD.state IN ('gagal', 'kembali')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'order %: % from % refused', OLD.id, TG_OP, OLD.state USING ERRCODE = 'restrict_violation';
END $$;
"""
FREEZE = """
CREATE FUNCTION payments_keep_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a bank statement is kept as it came: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payments_statement_kept BEFORE UPDATE OR DELETE ON payments_bankstatement
    FOR EACH STATEMENT EXECUTE FUNCTION payments_keep_statement();

CREATE FUNCTION payments_check_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.statement_id, NEW.place, NEW."on", NEW.debit, NEW.amount, NEW.end_to_end, NEW.reference, NEW.text)
          = (OLD.statement_id, OLD.place, OLD."on", OLD.debit, OLD.amount, OLD.end_to_end, OLD.reference, OLD.text)
        AND (OLD.state, NEW.state) IN (('belum_dikenali', 'diusulkan'), ('diusulkan', 'belum_dikenali'),
                                       ('diusulkan', 'dijelaskan')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'line % of a bank statement: % from % refused', OLD.id, TG_OP, OLD.state
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payments_line_checked BEFORE UPDATE OR DELETE ON payments_statementline
    FOR EACH ROW EXECUTE FUNCTION payments_check_line();
"""
UNFREEZE = """
DROP TRIGGER payments_line_checked ON payments_statementline;
DROP FUNCTION payments_check_line();
DROP TRIGGER payments_statement_kept ON payments_bankstatement;
DROP FUNCTION payments_keep_statement();
"""


class Migration(migrations.Migration):
    """The order's way back, and statements that are kept as they came."""

    dependencies: ClassVar = [("payments", "0003_statements")]
    operations: ClassVar = [
        migrations.RunSQL(CHECK_ORDER, migrations.RunSQL.noop),
        migrations.RunSQL(FREEZE, UNFREEZE),
    ]

"""An order is what an approved decision says and never changes its amount; a bank file never changes its content."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION payments_check_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state = 'siap' AND EXISTS (
            SELECT 1 FROM claims_decision d, jsonb_array_elements(d.components) c
             WHERE d.id = NEW.decision_id AND d.state = 'disetujui' AND d.granted
               AND c ->> 'code' = NEW.component AND (c ->> 'amount')::bigint = NEW.amount) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'order %: no approved decision says this amount', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'state' - 'file_id' - 'bank_note' - 'passbook_id'
          = to_jsonb(OLD) - 'state' - 'file_id' - 'bank_note' - 'passbook_id'
        AND (NEW.passbook_id = OLD.passbook_id OR OLD.state = 'gagal')
        AND (OLD.state, NEW.state) IN (('siap', 'siap'), ('siap', 'terkirim'), ('terkirim', 'terbayar'),
                                       ('terkirim', 'gagal'), ('gagal', 'siap'))
        AND (OLD.file_id IS NULL OR NEW.file_id = OLD.file_id OR OLD.state = 'gagal') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'order %: % from % refused', OLD.id, TG_OP, OLD.state USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payments_order_checked BEFORE INSERT OR UPDATE OR DELETE ON payments_order
    FOR EACH ROW EXECUTE FUNCTION payments_check_order();

CREATE FUNCTION payments_freeze_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'state' - 'approved_by_id' - 'sent_on' - 'confirmed_on'
          = to_jsonb(OLD) - 'state' - 'approved_by_id' - 'sent_on' - 'confirmed_on'
        AND (OLD.state, NEW.state) IN (('disiapkan', 'disetujui'), ('disetujui', 'terkirim'),
                                       ('terkirim', 'dikonfirmasi')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'bank file %: % refused', OLD.id, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payments_file_frozen BEFORE UPDATE OR DELETE ON payments_bankfile
    FOR EACH ROW EXECUTE FUNCTION payments_freeze_file();

CREATE FUNCTION payments_keep_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an answer of the bank is kept as it came: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payments_answer_kept BEFORE UPDATE OR DELETE ON payments_bankanswer
    FOR EACH ROW EXECUTE FUNCTION payments_keep_answer();
"""

BACKWARD = """
DROP TRIGGER payments_answer_kept ON payments_bankanswer;
DROP FUNCTION payments_keep_answer();
DROP TRIGGER payments_file_frozen ON payments_bankfile;
DROP FUNCTION payments_freeze_file();
DROP TRIGGER payments_order_checked ON payments_order;
DROP FUNCTION payments_check_order();
"""


class Migration(migrations.Migration):
    """An order is what an approved decision says; a bank file and the bank's answers never change their content."""

    dependencies: ClassVar = [("payments", "0001_tables"), ("claims", "0002_frozen")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

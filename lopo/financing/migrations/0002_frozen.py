"""A bill never changes but for its state, its lines never go, and a bill that is paid or cancelled stays so."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION financing_freeze_bill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state'
        AND (OLD.state, NEW.state) IN (('terbit', 'diajukan'), ('diajukan', 'terbit'), ('diajukan', 'dibayar'),
                                       ('terbit', 'batal')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'bill % is % and frozen: % refused', OLD.id, OLD.state, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER financing_bill_frozen BEFORE UPDATE OR DELETE ON financing_bill
    FOR EACH ROW EXECUTE FUNCTION financing_freeze_bill();

CREATE FUNCTION financing_freeze_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.cancelled AND NOT OLD.cancelled
        AND to_jsonb(NEW) - 'cancelled' = to_jsonb(OLD) - 'cancelled' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the lines of a bill are kept: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER financing_line_frozen BEFORE UPDATE OR DELETE ON financing_billline
    FOR EACH ROW EXECUTE FUNCTION financing_freeze_line();
"""

BACKWARD = """
DROP TRIGGER financing_line_frozen ON financing_billline;
DROP FUNCTION financing_freeze_line();
DROP TRIGGER financing_bill_frozen ON financing_bill;
DROP FUNCTION financing_freeze_bill();
"""


class Migration(migrations.Migration):
    """A bill never changes but for its state, and its lines never go."""

    dependencies: ClassVar = [("financing", "0001_tables")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

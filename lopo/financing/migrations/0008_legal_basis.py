"""No bill without a programme that runs and a legal basis that holds on its day (LAW.md P22)."""

from typing import ClassVar

from django.db import migrations

# A bill that another was divided into was let through with it. The lock lets no programme be closed in between.
FORWARD = """
CREATE FUNCTION financing_check_basis() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM targeting_programme WHERE id IN (SELECT programme_id FROM inserted) ORDER BY id FOR SHARE;
    IF EXISTS (SELECT FROM inserted i JOIN targeting_programme p ON p.id = i.programme_id
                WHERE i.divided_from_id IS NULL
                  AND (p.state <> 'berjalan' OR p.legal_basis = '' OR p.basis_dated > i.issued_on
                       OR p.basis_until < i.issued_on)) THEN
        RAISE EXCEPTION 'a bill needs a programme that runs and a legal basis in force'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bill_has_legal_basis';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER financing_bill_on_basis AFTER INSERT ON financing_bill
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION financing_check_basis();
"""
BACKWARD = """
DROP TRIGGER financing_bill_on_basis ON financing_bill;
DROP FUNCTION financing_check_basis();
"""


class Migration(migrations.Migration):
    """One trigger for a whole statement."""

    dependencies: ClassVar = [("financing", "0007_several_months"), ("targeting", "0014_programmes")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

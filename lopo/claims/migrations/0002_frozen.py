"""A decision is frozen once it is made; letters of incapacity of one case never overlap; cases are numbered."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE claims_incapacity ADD CONSTRAINT incapacity_no_overlap
    EXCLUDE USING gist (case_id WITH =, daterange(first_day, last_day, '[]') WITH &&);
CREATE SEQUENCE claims_case_number;
CREATE FUNCTION claims_freeze_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'usul'
        AND to_jsonb(NEW) - 'state' - 'approved_by_id' - 'approved_on'
          = to_jsonb(OLD) - 'state' - 'approved_by_id' - 'approved_on' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'decision % is frozen: % refused', OLD.id, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER claims_decision_frozen BEFORE UPDATE OR DELETE ON claims_decision
    FOR EACH ROW EXECUTE FUNCTION claims_freeze_decision();
"""

BACKWARD = """
DROP TRIGGER claims_decision_frozen ON claims_decision;
DROP FUNCTION claims_freeze_decision();
DROP SEQUENCE claims_case_number;
ALTER TABLE claims_incapacity DROP CONSTRAINT incapacity_no_overlap;
"""


class Migration(migrations.Migration):
    """A decision is frozen once it is made; letters of incapacity of one case never overlap."""

    dependencies: ClassVar = [("claims", "0001_tables")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

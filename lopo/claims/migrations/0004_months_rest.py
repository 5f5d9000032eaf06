"""A month that a case rests on is not taken back: the case was judged, or will be, by what was paid."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION claims_keep_months() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM gone g JOIN claims_case c ON c.person_id = g.person_id AND c.event_on >= g.month) THEN
        RAISE EXCEPTION 'a case rests on a month that was to be taken back'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'case_rests_on_month';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER claims_months_kept AFTER DELETE ON coverage_paidmonth
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION claims_keep_months();
"""
BACKWARD = """
DROP TRIGGER claims_months_kept ON coverage_paidmonth;
DROP FUNCTION claims_keep_months();
"""


class Migration(migrations.Migration):
    """A month that a case rests on is not taken back."""

    dependencies: ClassVar = [("claims", "0003_same_person"), ("coverage", "0006_taken_months")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

"""That the lines of a statement name bills of their month is asked once for each bill, not once for each line."""

from typing import ClassVar

from django.db import migrations

_CHECK = """
CREATE OR REPLACE FUNCTION financing_check_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM coverage_keep_members();
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT bill_id, month FROM inserted) i
                WHERE NOT EXISTS (SELECT 1 FROM financing_bill b WHERE b.id = i.bill_id AND b.month = i.month))
        OR (SELECT count(*) FROM inserted)
            <> (SELECT count(*) FROM inserted i
                  JOIN coverage_membership m ON m.id = i.membership_id AND m.person_id = i.person_id) THEN
        RAISE EXCEPTION 'a line names a bill of another month, or a membership that is not of its person'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """A million lines of one bill are met with their members in one pass instead of a million look-ups."""

    dependencies: ClassVar = [("financing", "0010_paid_twice")]
    operations: ClassVar = [migrations.RunSQL(_CHECK, migrations.RunSQL.noop)]

"""That the lines of a bill name memberships is checked by one joining of the statement, and locks no row."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION financing_check_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM coverage_keep_members();
    IF (SELECT count(*) FROM inserted)
        <> (SELECT count(*) FROM inserted i
              JOIN coverage_membership m ON m.id = i.membership_id AND m.person_id = i.person_id
              JOIN financing_bill b ON b.id = i.bill_id AND b.month = i.month) THEN
        RAISE EXCEPTION 'a line names a bill of another month, or a membership that is not of its person'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """The lines of a statement are checked by one joining."""

    dependencies: ClassVar = [("financing", "0005_whole_statements"), ("coverage", "0008_lines_in_turn")]
    operations: ClassVar = [migrations.RunSQL(FORWARD)]

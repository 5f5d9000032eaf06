"""That a paid month names a membership of its person is checked once for a statement, not once for a row."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION coverage_check_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM coverage_membership
      WHERE id IN (SELECT membership_id FROM inserted) ORDER BY id FOR KEY SHARE;
    IF EXISTS (SELECT 1 FROM inserted i LEFT JOIN coverage_membership m
                        ON m.id = i.membership_id AND m.person_id = i.person_id WHERE m.id IS NULL) THEN
        RAISE EXCEPTION 'a paid month names a membership that is not there or not of its person'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_a_whole_checked AFTER INSERT ON coverage_paidmonth
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION coverage_check_whole();
CREATE FUNCTION coverage_keep_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM coverage_paidmonth WHERE membership_id = OLD.id) THEN
        RAISE EXCEPTION 'membership % is named in coverage_paidmonth: % refused', OLD.id, TG_OP
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER coverage_member_kept BEFORE DELETE OR UPDATE OF id, person_id ON coverage_membership
    FOR EACH ROW EXECUTE FUNCTION coverage_keep_member();
"""
BACKWARD = """
DROP TRIGGER coverage_member_kept ON coverage_membership;
DROP FUNCTION coverage_keep_member();
DROP TRIGGER coverage_a_whole_checked ON coverage_paidmonth;
DROP FUNCTION coverage_check_whole();
"""


class Migration(migrations.Migration):
    """A paid month names a membership of its person."""

    dependencies: ClassVar = [("coverage", "0006_taken_months")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="paidmonth", name="person",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT,
                related_name="paid_months", to="people.person",
            ),
        ),
        migrations.AlterField(
            model_name="paidmonth", name="membership",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.PROTECT,
                related_name="paid_months", to="coverage.membership",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]  # fmt: skip

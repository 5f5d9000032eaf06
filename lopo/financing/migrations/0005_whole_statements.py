"""That a line names its bill and a membership of its person is checked once for a statement, not once for a row."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION financing_check_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM coverage_membership
      WHERE id IN (SELECT membership_id FROM inserted) ORDER BY id FOR KEY SHARE;
    IF EXISTS (SELECT 1 FROM inserted i
                 LEFT JOIN coverage_membership m ON m.id = i.membership_id AND m.person_id = i.person_id
                 LEFT JOIN financing_bill b ON b.id = i.bill_id AND b.month = i.month
                WHERE m.id IS NULL OR b.id IS NULL) THEN
        RAISE EXCEPTION 'a line names a bill of another month, or a membership that is not of its person'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER financing_a_whole_checked AFTER INSERT ON financing_billline
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION financing_check_whole();
CREATE FUNCTION financing_keep_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM financing_billline WHERE membership_id = OLD.id) THEN
        RAISE EXCEPTION 'membership % is named in financing_billline: % refused', OLD.id, TG_OP
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER financing_member_kept BEFORE DELETE OR UPDATE OF id, person_id ON coverage_membership
    FOR EACH ROW EXECUTE FUNCTION financing_keep_member();
"""
BACKWARD = """
DROP TRIGGER financing_member_kept ON coverage_membership;
DROP FUNCTION financing_keep_member();
DROP TRIGGER financing_a_whole_checked ON financing_billline;
DROP FUNCTION financing_check_whole();
"""


class Migration(migrations.Migration):
    """A line names its bill and a membership of its person."""

    dependencies: ClassVar = [("financing", "0004_reversals"), ("coverage", "0007_whole_statements")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="billline", name="bill",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT,
                related_name="lines", to="financing.bill",
            ),
        ),
        migrations.AlterField(
            model_name="billline", name="person",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT,
                related_name="bill_lines", to="people.person",
            ),
        ),
        migrations.AlterField(
            model_name="billline", name="membership",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT,
                related_name="bill_lines", to="coverage.membership",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]  # fmt: skip

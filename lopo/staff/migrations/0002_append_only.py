"""The diary is append-only; a sent message only gains its moment of sending."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION diary_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.send IS NOT NULL AND OLD.sent_at IS NULL
        AND to_jsonb(NEW) - 'sent_at' = to_jsonb(OLD) - 'sent_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the diary is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER staff_diary_append_only BEFORE UPDATE OR DELETE ON staff_diary
    FOR EACH ROW EXECUTE FUNCTION diary_refuse_change();
"""

BACKWARD = """
DROP TRIGGER staff_diary_append_only ON staff_diary;
DROP FUNCTION diary_refuse_change();
"""


class Migration(migrations.Migration):
    """The diary is append-only; a sent message only gains its moment of sending."""

    dependencies: ClassVar = [("staff", "0001_tables")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

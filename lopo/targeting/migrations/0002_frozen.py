"""Source rows are kept for ever, and a decree that is set is frozen with the names of its annex."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION targeting_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is kept as it came: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER targeting_row_kept BEFORE UPDATE OR DELETE ON targeting_proposalrow
    FOR EACH ROW EXECUTE FUNCTION targeting_refuse_change();
CREATE TRIGGER targeting_source_kept BEFORE UPDATE OR DELETE ON targeting_sourcefile
    FOR EACH ROW EXECUTE FUNCTION targeting_refuse_change();
CREATE FUNCTION targeting_freeze_decree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'ditetapkan' THEN
        RAISE EXCEPTION 'decree % is set and frozen: % refused', OLD.number, TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER targeting_decree_frozen BEFORE UPDATE OR DELETE ON targeting_decree
    FOR EACH ROW EXECUTE FUNCTION targeting_freeze_decree();
CREATE FUNCTION targeting_freeze_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM targeting_decree WHERE id = OLD.decree_id AND state = 'ditetapkan') THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'status' - 'replaces_id' = to_jsonb(OLD) - 'status' - 'replaces_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the annex of a set decree is frozen: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER targeting_name_frozen BEFORE UPDATE OR DELETE ON targeting_decreename
    FOR EACH ROW EXECUTE FUNCTION targeting_freeze_name();
"""

BACKWARD = """
DROP TRIGGER targeting_name_frozen ON targeting_decreename;
DROP FUNCTION targeting_freeze_name();
DROP TRIGGER targeting_decree_frozen ON targeting_decree;
DROP FUNCTION targeting_freeze_decree();
DROP TRIGGER targeting_source_kept ON targeting_sourcefile;
DROP TRIGGER targeting_row_kept ON targeting_proposalrow;
DROP FUNCTION targeting_refuse_change();
"""


class Migration(migrations.Migration):
    """Source rows are kept for ever, and a decree that is set is frozen with the names of its annex."""

    dependencies: ClassVar = [("targeting", "0001_tables")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

"""Whether a row that changes is only blanked is asked by comparing records, which is faster than their JSON."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION targeting_refuse_row_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held bigint := OLD.id;
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('lopo.retention', true) = 'on' THEN
        OLD.raw := '[]'; OLD.fields := '{}'; OLD.nik_given := ''; OLD.name := '';
        IF NEW IS NOT DISTINCT FROM OLD AND NOT EXISTS (
            SELECT FROM targeting_decreename n JOIN targeting_verdict v ON v.id = n.verdict_id WHERE v.row_id = held
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is kept as it came: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER targeting_row_kept ON targeting_proposalrow;
CREATE TRIGGER targeting_row_kept BEFORE UPDATE OR DELETE ON targeting_proposalrow
    FOR EACH ROW EXECUTE FUNCTION targeting_refuse_row_change();
"""
BACKWARD = """
DROP TRIGGER targeting_row_kept ON targeting_proposalrow;
CREATE TRIGGER targeting_row_kept BEFORE UPDATE OR DELETE ON targeting_proposalrow
    FOR EACH ROW EXECUTE FUNCTION targeting_refuse_change();
DROP FUNCTION targeting_refuse_row_change();
"""


class Migration(migrations.Migration):
    """A function of its own for the rows of lists."""

    dependencies: ClassVar = [("targeting", "0016_forgotten")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

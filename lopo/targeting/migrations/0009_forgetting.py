"""What lists said of people may be blanked by the rule of retention, never what a decree rests on."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION targeting_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    blanked jsonb;
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('lopo.retention', true) = 'on' THEN
        IF TG_TABLE_NAME = 'targeting_sourcefile' THEN
            blanked := to_jsonb(OLD) || jsonb_build_object('content', to_jsonb(''::bytea));
            IF to_jsonb(NEW) = blanked THEN
                RETURN NEW;
            END IF;
        ELSIF TG_TABLE_NAME = 'targeting_proposalrow' THEN
            blanked := to_jsonb(OLD) || '{"raw": [], "fields": {}, "nik_given": "", "name": ""}'::jsonb;
            IF to_jsonb(NEW) = blanked AND NOT EXISTS (
                SELECT FROM targeting_decreename n JOIN targeting_verdict v ON v.id = n.verdict_id
                 WHERE v.row_id = OLD.id
            ) THEN
                RETURN NEW;
            END IF;
        END IF;
    END IF;
    RAISE EXCEPTION '% is kept as it came: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION targeting_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is kept as it came: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    """What lists said of people may be blanked by the rule of retention, never what a decree rests on."""

    dependencies: ClassVar = [("targeting", "0008_list_defaults")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

"""What was answered about a doubtful row never changes, a label stays for ever; the content of a row is one text."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
-- What a row says of its person, as one digest: rows of the same content are the same question. A row that says too
-- little to be somebody in particular is a question of its own; without a NIK the place belongs to the question too.
CREATE FUNCTION targeting_content(row_id bigint, fields jsonb, area_code text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN coalesce(fields ->> 'nama', '') = '' OR concat(regexp_replace(coalesce(fields ->> 'nik', ''),
                     '[^0-9]', '', 'g'), fields ->> 'tgl_lahir', fields ->> 'no_kk') = ''
        THEN 'baris:' || row_id
        ELSE encode(sha256(convert_to(concat_ws('|', regexp_replace(coalesce(fields ->> 'nik', ''),
             '[^0-9]', '', 'g'), fields ->> 'nama', coalesce(fields ->> 'tgl_lahir', ''),
             coalesce(fields ->> 'no_kk', ''), coalesce(fields ->> 'jenis_kelamin', ''),
             coalesce(fields ->> 'nama_ibu', ''), CASE WHEN coalesce(fields ->> 'nik', '') = ''
                  THEN concat_ws('|', fields ->> 'kelurahan', area_code) ELSE '' END), 'UTF8')), 'hex') END
$$;
CREATE FUNCTION targeting_keep_settling() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'diusulkan' AND NEW.state IN ('dibatalkan', 'dikembalikan', 'ditetapkan')
        AND to_jsonb(NEW) - 'state' - 'checked_by_id' - 'checked_on' - 'note'
          = to_jsonb(OLD) - 'state' - 'checked_by_id' - 'checked_on' - 'note' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'settling % is % and kept: % refused', OLD.id, OLD.state, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER targeting_settling_kept BEFORE UPDATE OR DELETE ON targeting_settling
    FOR EACH ROW EXECUTE FUNCTION targeting_keep_settling();
CREATE TRIGGER targeting_label_kept BEFORE UPDATE OR DELETE ON targeting_label
    FOR EACH ROW EXECUTE FUNCTION targeting_refuse_change();
"""
BACKWARD = """
DROP TRIGGER targeting_label_kept ON targeting_label;
DROP TRIGGER targeting_settling_kept ON targeting_settling;
DROP FUNCTION targeting_keep_settling();
DROP FUNCTION targeting_content(bigint, jsonb, text);
"""


class Migration(migrations.Migration):
    """What was answered about a doubtful row never changes, a label stays for ever."""

    dependencies: ClassVar = [("targeting", "0005_doubts")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

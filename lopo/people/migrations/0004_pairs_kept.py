"""A merge needs two officers and one level; answers about two persons are kept; every room can ask who is the same."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
-- Each person beside every other number of the same person; empty for nearly everybody.
CREATE VIEW people_same AS
SELECT id AS person_id, same_as_id AS other_id FROM people_person WHERE same_as_id IS NOT NULL
UNION ALL SELECT same_as_id, id FROM people_person WHERE same_as_id IS NOT NULL
UNION ALL SELECT one.id, two.id FROM people_person one JOIN people_person two ON two.same_as_id = one.same_as_id
           WHERE one.same_as_id IS NOT NULL AND two.same_as_id IS NOT NULL AND two.id <> one.id;

CREATE FUNCTION people_keep_pair() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'diusulkan' AND NEW.state IN ('dibatalkan', 'dikembalikan', 'ditetapkan')
        AND to_jsonb(NEW) - 'state' - 'checked_by_id' - 'checked_on'
          = to_jsonb(OLD) - 'state' - 'checked_by_id' - 'checked_on' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'pair % is % and kept: % refused', OLD.id, OLD.state, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER people_pair_kept BEFORE UPDATE OR DELETE ON people_personpair
    FOR EACH ROW EXECUTE FUNCTION people_keep_pair();

CREATE FUNCTION people_check_same() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said text;
BEGIN
    IF NEW.same_as_id IS NOT NULL AND OLD.same_as_id IS NOT NULL THEN
        RAISE EXCEPTION 'person % is merged already', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM people_person WHERE same_as_id = NEW.id)
        OR EXISTS (SELECT 1 FROM people_person WHERE id = NEW.same_as_id AND same_as_id IS NOT NULL) THEN
        RAISE EXCEPTION 'a merge has one level: % into %', NEW.id, NEW.same_as_id USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT answer INTO said FROM people_personpair
     WHERE gone_id = NEW.id AND kept_id = coalesce(NEW.same_as_id, OLD.same_as_id) AND state = 'ditetapkan'
     ORDER BY id DESC LIMIT 1;
    IF said IS DISTINCT FROM (CASE WHEN NEW.same_as_id IS NULL THEN 'beda' ELSE 'sama' END) THEN
        RAISE EXCEPTION 'no two officers have said so of person %', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER people_same_checked BEFORE UPDATE OF same_as_id ON people_person
    FOR EACH ROW WHEN (OLD.same_as_id IS DISTINCT FROM NEW.same_as_id) EXECUTE FUNCTION people_check_same();
"""
BACKWARD = """
DROP TRIGGER people_same_checked ON people_person;
DROP FUNCTION people_check_same();
DROP TRIGGER people_pair_kept ON people_personpair;
DROP FUNCTION people_keep_pair();
DROP VIEW people_same;
"""


class Migration(migrations.Migration):
    """A merge needs two officers and one level; what was answered about two persons is kept."""

    dependencies: ClassVar = [("people", "0003_pairs")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

"""A merged number may carry others: each points to the root, and what two officers said of each pair stays a link."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
-- The links that hold: of each pair, the newest answer of two officers, where it is `sama`.
CREATE VIEW people_link AS
SELECT p.gone_id, p.kept_id FROM people_personpair p
 WHERE p.state = 'ditetapkan' AND p.answer = 'sama'
   AND NOT EXISTS (SELECT FROM people_personpair n WHERE n.gone_id = p.gone_id AND n.kept_id = p.kept_id
                                                     AND n.state = 'ditetapkan' AND n.id > p.id);

-- A number and all that were merged into it, step by step.
CREATE FUNCTION people_below(start bigint) RETURNS TABLE (id bigint) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE below AS (
        SELECT start AS id UNION SELECT l.gone_id FROM people_link l JOIN below b ON l.kept_id = b.id)
    SELECT b.id FROM below b
$$;
-- The number that speaks for this one: the last on the way up, itself where it was merged into none.
CREATE FUNCTION people_root(start bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH RECURSIVE above AS (
        SELECT start AS id UNION SELECT l.kept_id FROM people_link l JOIN above a ON l.gone_id = a.id)
    SELECT a.id FROM above a WHERE NOT EXISTS (SELECT FROM people_link l WHERE l.gone_id = a.id)
$$;

CREATE OR REPLACE FUNCTION people_keep_pair() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'diusulkan' OR NEW.state NOT IN ('dibatalkan', 'dikembalikan', 'ditetapkan')
        OR to_jsonb(NEW) - 'state' - 'checked_by_id' - 'checked_on'
        <> to_jsonb(OLD) - 'state' - 'checked_by_id' - 'checked_on' THEN
        RAISE EXCEPTION 'pair % is % and kept: % refused', OLD.id, OLD.state, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'ditetapkan' AND NEW.answer = 'sama' AND (
        EXISTS (SELECT FROM people_link WHERE gone_id = NEW.gone_id)
        OR EXISTS (SELECT FROM people_below(NEW.gone_id) b WHERE b.id = NEW.kept_id)) THEN
        RAISE EXCEPTION 'person % has a number above it already, or would stand above itself', NEW.gone_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- A number points to its root and so do all below it, as two officers said and not otherwise.
DROP TRIGGER people_same_checked ON people_person;
CREATE OR REPLACE FUNCTION people_check_same() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    root bigint := people_root(NEW.id);
BEGIN
    IF coalesce(NEW.same_as_id, NEW.id) IS DISTINCT FROM root THEN
        RAISE EXCEPTION 'no two officers have said so of person %', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM people_below(NEW.id) b JOIN people_person p ON p.id = b.id
                WHERE coalesce(p.same_as_id, p.id) <> root) THEN
        RAISE EXCEPTION 'what was merged into person % must follow it', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER people_same_checked AFTER UPDATE OF same_as_id ON people_person
    FOR EACH ROW WHEN (OLD.same_as_id IS DISTINCT FROM NEW.same_as_id) EXECUTE FUNCTION people_check_same();
"""


class Migration(migrations.Migration):
    """Chains of merges. There is no way back: a chain that is there could not be kept."""

    dependencies: ClassVar = [("people", "0007_territory")]
    operations: ClassVar = [migrations.RunSQL(FORWARD)]

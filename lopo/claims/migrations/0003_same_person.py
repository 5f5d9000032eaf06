"""A person dies once, under whichever of the person's numbers the case was opened."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION claims_check_same() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people_same s
                 JOIN claims_case a ON a.person_id = s.person_id AND a.died_on IS NOT NULL AND a.state <> 'ditutup'
                 JOIN claims_case b ON b.person_id = s.other_id AND b.died_on IS NOT NULL AND b.state <> 'ditutup'
                WHERE s.person_id = NEW.id) THEN
        RAISE EXCEPTION 'Kedua nomor orang ini punya kasus kematian; tutup salah satunya lebih dahulu.'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'same_person_one_death';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER claims_same_checked AFTER UPDATE OF same_as_id ON people_person
    FOR EACH ROW WHEN (NEW.same_as_id IS NOT NULL) EXECUTE FUNCTION claims_check_same();
CREATE FUNCTION claims_check_death() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people_same s JOIN claims_case b ON b.person_id = s.other_id
                WHERE s.person_id = NEW.person_id AND b.died_on IS NOT NULL AND b.state <> 'ditutup') THEN
        RAISE EXCEPTION 'Kematian orang ini sudah punya kasus dengan nomornya yang lain.'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'same_person_one_death';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER claims_death_same_checked AFTER INSERT OR UPDATE OF died_on, state ON claims_case
    FOR EACH ROW WHEN (NEW.died_on IS NOT NULL AND NEW.state <> 'ditutup') EXECUTE FUNCTION claims_check_death();
"""
BACKWARD = """
DROP TRIGGER claims_death_same_checked ON claims_case;
DROP FUNCTION claims_check_death();
DROP TRIGGER claims_same_checked ON people_person;
DROP FUNCTION claims_check_same();
"""


class Migration(migrations.Migration):
    """A person dies once, under whichever number."""

    dependencies: ClassVar = [("claims", "0002_frozen"), ("people", "0004_pairs_kept")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

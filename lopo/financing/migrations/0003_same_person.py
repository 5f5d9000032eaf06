"""No two bills ask for the same month of one person, under whichever of the person's numbers."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION financing_check_same() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people_same s
                 JOIN financing_billline a ON a.person_id = s.person_id AND NOT a.cancelled
                 JOIN financing_billline b ON b.person_id = s.other_id AND b.month = a.month AND NOT b.cancelled
                WHERE s.person_id = NEW.id) THEN
        RAISE EXCEPTION 'Kedua nomor orang ini ditagih untuk bulan yang sama; batalkan salah satunya lebih dahulu.'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'same_person_one_bill_a_month';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER financing_same_checked AFTER UPDATE OF same_as_id ON people_person
    FOR EACH ROW WHEN (NEW.same_as_id IS NOT NULL) EXECUTE FUNCTION financing_check_same();
CREATE FUNCTION financing_check_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_person WHERE same_as_id IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT 1 FROM people_same s JOIN inserted i ON i.person_id = s.person_id
                 JOIN financing_billline b ON b.person_id = s.other_id AND b.month = i.month AND NOT b.cancelled) THEN
        RAISE EXCEPTION 'Orang ini sudah ditagih untuk bulan itu dengan nomornya yang lain.'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'same_person_one_bill_a_month';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER financing_line_same_checked AFTER INSERT ON financing_billline
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION financing_check_line();
"""
BACKWARD = """
DROP TRIGGER financing_line_same_checked ON financing_billline;
DROP FUNCTION financing_check_line();
DROP TRIGGER financing_same_checked ON people_person;
DROP FUNCTION financing_check_same();
"""


class Migration(migrations.Migration):
    """One bill for a month of a person under whichever number."""

    dependencies: ClassVar = [("financing", "0002_frozen"), ("people", "0004_pairs_kept")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

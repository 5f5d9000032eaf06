"""Two numbers of one person have one payer a month and one membership that runs, however they came together."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
-- When two numbers come together.
CREATE FUNCTION coverage_check_same() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people_same s JOIN coverage_paidmonth a ON a.person_id = s.person_id
                 JOIN coverage_paidmonth b ON b.person_id = s.other_id AND b.month = a.month
                WHERE s.person_id = NEW.id) THEN
        RAISE EXCEPTION 'Kedua nomor orang ini punya bulan yang sama-sama dibayar; satu bulan hanya satu pembayar.'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'same_person_one_payer_a_month';
    END IF;
    IF EXISTS (SELECT 1 FROM people_same s
                 JOIN coverage_membership a ON a.person_id = s.person_id AND a.ended_on IS NULL AND a.state <> 'ditolak'
                 JOIN coverage_membership b ON b.person_id = s.other_id AND b.ended_on IS NULL AND b.state <> 'ditolak'
                WHERE s.person_id = NEW.id) THEN
        RAISE EXCEPTION 'Kedua nomor orang ini punya kepesertaan yang berjalan; akhiri salah satunya lebih dahulu.'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'same_person_one_membership';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_same_checked AFTER UPDATE OF same_as_id ON people_person
    FOR EACH ROW WHEN (NEW.same_as_id IS NOT NULL) EXECUTE FUNCTION coverage_check_same();

-- And ever after: what is paid or begun for one number is for all.
CREATE FUNCTION coverage_check_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_person WHERE same_as_id IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT 1 FROM people_same s JOIN inserted i ON i.person_id = s.person_id
                 JOIN coverage_paidmonth m ON m.person_id = s.other_id AND m.month = i.month) THEN
        RAISE EXCEPTION 'Orang ini sudah dibayar untuk bulan itu dengan nomornya yang lain.'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'same_person_one_payer_a_month';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_month_same_checked AFTER INSERT ON coverage_paidmonth
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION coverage_check_month();
CREATE FUNCTION coverage_check_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_person WHERE same_as_id IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT 1 FROM people_same s JOIN inserted i ON i.person_id = s.person_id
                 JOIN coverage_membership m
                   ON m.person_id = s.other_id AND m.ended_on IS NULL AND m.state <> 'ditolak') THEN
        RAISE EXCEPTION 'Orang ini sudah peserta dengan nomornya yang lain.'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'same_person_one_membership';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_member_same_checked AFTER INSERT ON coverage_membership
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION coverage_check_member();
"""
BACKWARD = """
DROP TRIGGER coverage_member_same_checked ON coverage_membership;
DROP FUNCTION coverage_check_member();
DROP TRIGGER coverage_month_same_checked ON coverage_paidmonth;
DROP FUNCTION coverage_check_month();
DROP TRIGGER coverage_same_checked ON people_person;
DROP FUNCTION coverage_check_same();
"""


class Migration(migrations.Migration):
    """A month of a person has one payer under whichever number."""

    dependencies: ClassVar = [("coverage", "0002_kept"), ("people", "0004_pairs_kept")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

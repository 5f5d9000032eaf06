"""Two numbers that were both paid for a month may be merged: what was paid twice is told and asked back."""

from typing import ClassVar

from django.db import migrations

# Whatever is paid after the merge is still refused at its own table (0003); two memberships that run are a conflict.
FORWARD = """
CREATE OR REPLACE FUNCTION coverage_check_same() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people_same s
                 JOIN coverage_membership a ON a.person_id = s.person_id AND a.ended_on IS NULL AND a.state <> 'ditolak'
                 JOIN coverage_membership b ON b.person_id = s.other_id AND b.ended_on IS NULL AND b.state <> 'ditolak'
                WHERE s.person_id = NEW.id) THEN
        RAISE EXCEPTION 'Kedua nomor orang ini punya kepesertaan yang berjalan; akhiri salah satunya lebih dahulu.'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'same_person_one_membership';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """There is no way back: a merge with months paid twice could not be kept."""

    dependencies: ClassVar = [("coverage", "0010_lines_unlocked")]
    operations: ClassVar = [migrations.RunSQL(FORWARD)]

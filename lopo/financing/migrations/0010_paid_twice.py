"""Two numbers whose bills of a month are both paid may be merged: only a month still to be paid is a conflict."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION financing_check_same() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people_same s
                 JOIN financing_billline a ON a.person_id = s.person_id AND NOT a.cancelled
                 JOIN financing_billline b ON b.person_id = s.other_id AND b.month = a.month AND NOT b.cancelled
                WHERE s.person_id = NEW.id
                  AND EXISTS (SELECT FROM financing_bill d WHERE d.id IN (a.bill_id, b.bill_id)
                                                             AND d.state <> 'dibayar')) THEN
        RAISE EXCEPTION 'Kedua nomor orang ini ditagih untuk bulan yang sama; batalkan salah satunya lebih dahulu.'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'same_person_one_bill_a_month';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """There is no way back: a merge with months paid twice could not be kept."""

    dependencies: ClassVar = [("financing", "0009_months_first"), ("coverage", "0011_paid_twice")]
    operations: ClassVar = [migrations.RunSQL(FORWARD)]

"""A month that was paid by mistake can be taken back: it is kept as it stood, and only where nothing rests on it."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER coverage_taken_month_kept BEFORE UPDATE OR DELETE ON coverage_takenmonth
    FOR EACH ROW EXECUTE FUNCTION coverage_refuse_change();
CREATE FUNCTION coverage_keep_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM coverage_takenmonth
                                     WHERE person_id = OLD.person_id AND month = OLD.month
                                       AND reference = OLD.reference) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER coverage_paid_month_kept ON coverage_paidmonth;
CREATE TRIGGER coverage_paid_month_kept BEFORE UPDATE OR DELETE ON coverage_paidmonth
    FOR EACH ROW EXECUTE FUNCTION coverage_keep_month();

CREATE FUNCTION coverage_follow_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM coverage_membership
      WHERE person_id IN (SELECT person_id FROM gone) ORDER BY id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM gone g JOIN coverage_membernumber k ON k.person_id = g.person_id
                WHERE NOT EXISTS (SELECT 1 FROM coverage_paidmonth p
                                   WHERE p.person_id = g.person_id AND p.paid_on <= k.issued_on)) THEN
        RAISE EXCEPTION 'the number of a person rests on a month that was to be taken back'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'number_rests_on_month';
    END IF;
    CREATE TEMP TABLE coverage_left ON COMMIT DROP AS
    SELECT g.person_id,
           (SELECT string_agg(to_char(p.month, 'YYYY-MM') || '=' || to_char(p.paid_on, 'YYYY-MM-DD'), ' '
                              ORDER BY p.month)
              FROM coverage_paidmonth p WHERE p.person_id = g.person_id) AS months
      FROM (SELECT DISTINCT person_id FROM gone) g;
    INSERT INTO coverage_paidhistory (months) SELECT DISTINCT months FROM coverage_left WHERE months IS NOT NULL
     ORDER BY months ON CONFLICT (months) DO NOTHING;
    UPDATE coverage_membership m SET history_id = h.id
      FROM coverage_left l LEFT JOIN coverage_paidhistory h ON h.months = l.months WHERE m.person_id = l.person_id;
    DROP TABLE coverage_left;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_history_taken AFTER DELETE ON coverage_paidmonth
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION coverage_follow_taken();
"""
BACKWARD = """
DROP TRIGGER coverage_history_taken ON coverage_paidmonth;
DROP FUNCTION coverage_follow_taken();
DROP TRIGGER coverage_paid_month_kept ON coverage_paidmonth;
CREATE TRIGGER coverage_paid_month_kept BEFORE UPDATE OR DELETE ON coverage_paidmonth
    FOR EACH ROW EXECUTE FUNCTION coverage_refuse_change();
DROP FUNCTION coverage_keep_month();
DROP TRIGGER coverage_taken_month_kept ON coverage_takenmonth;
"""


class Migration(migrations.Migration):
    """A month that was paid by mistake can be taken back."""

    dependencies: ClassVar = [("coverage", "0005_one_line")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="TakenMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("payer_code", models.CharField(max_length=40)),
                ("paid_on", models.DateField()),
                ("reference", models.UUIDField()),
                ("taken_on", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                (
                    "membership",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to="coverage.membership",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "month", "reference"), name="month_taken_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="month_taken_with_reason"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]  # fmt: skip

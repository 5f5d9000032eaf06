"""Paid months are never changed, the pattern of a membership follows them, and a number follows the first payment."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION coverage_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'paid months are append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER coverage_paid_month_kept BEFORE UPDATE OR DELETE ON coverage_paidmonth
    FOR EACH ROW EXECUTE FUNCTION coverage_refuse_change();

-- The memberships are locked first; the second statement then sees what another payment has just added.
CREATE FUNCTION coverage_follow_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM coverage_membership
      WHERE id IN (SELECT membership_id FROM inserted) ORDER BY id FOR UPDATE;
    CREATE TEMP TABLE coverage_moves ON COMMIT DROP AS
    WITH added AS (
        SELECT membership_id,
               array_agg(to_char(month, 'YYYY-MM') || '=' || to_char(paid_on, 'YYYY-MM-DD') ORDER BY month) AS months
          FROM inserted GROUP BY membership_id
    ), each AS (
        SELECT a.membership_id, m.history_id, a.months
          FROM added a JOIN coverage_membership m ON m.id = a.membership_id
    ), kinds AS (
        SELECT k.history_id, k.months,
               (SELECT string_agg(token, ' ' ORDER BY token)
                  FROM unnest(coalesce(string_to_array(h.months, ' '), '{}') || k.months) AS token) AS whole
          FROM (SELECT DISTINCT history_id, months FROM each) k
          LEFT JOIN coverage_paidhistory h ON h.id = k.history_id
    )
    SELECT e.membership_id, k.whole
      FROM each e JOIN kinds k ON k.months = e.months AND k.history_id IS NOT DISTINCT FROM e.history_id;
    INSERT INTO coverage_paidhistory (months) SELECT DISTINCT whole FROM coverage_moves ORDER BY whole
        ON CONFLICT (months) DO NOTHING;
    UPDATE coverage_membership m SET history_id = h.id
      FROM coverage_moves v JOIN coverage_paidhistory h ON h.months = v.whole WHERE m.id = v.membership_id;
    DROP TABLE coverage_moves;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_history_follows AFTER INSERT ON coverage_paidmonth
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION coverage_follow_history();

CREATE FUNCTION coverage_number_after_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM coverage_paidmonth
                    WHERE membership_id = NEW.id AND paid_on <= NEW.number_issued_on) THEN
        RAISE EXCEPTION 'membership % has a number although no month was paid by then (PP 44/2015 Pasal 11)', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER membership_number_after_payment
    AFTER INSERT OR UPDATE OF kpj, number_issued_on ON coverage_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kpj IS NOT NULL)
    EXECUTE FUNCTION coverage_number_after_payment();
"""

BACKWARD = """
DROP TRIGGER membership_number_after_payment ON coverage_membership;
DROP FUNCTION coverage_number_after_payment();
DROP TRIGGER coverage_history_follows ON coverage_paidmonth;
DROP FUNCTION coverage_follow_history();
DROP TRIGGER coverage_paid_month_kept ON coverage_paidmonth;
DROP FUNCTION coverage_refuse_change();
"""


class Migration(migrations.Migration):
    """Paid months are never changed, the pattern follows them, and a number follows the first payment."""

    dependencies: ClassVar = [("coverage", "0001_tables")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

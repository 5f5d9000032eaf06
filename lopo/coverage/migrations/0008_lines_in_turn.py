"""Whoever changes the line of a member does so in turn, so that no payment locks a million rows one by one."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

HOLD = """
-- Two rows of the old and the new state of a membership stand on one page, so that a month changes no index.
ALTER TABLE coverage_membership SET (fillfactor = 45);

-- The line of paid months of a person: who changes it waits here for the one before, and then sees what that one did.
CREATE FUNCTION coverage_hold_lines() RETURNS void LANGUAGE sql AS
    $$ SELECT pg_advisory_xact_lock(hashtextextended('lines of cover', 0)) $$;
-- A statement names memberships that no other statement may take away meanwhile, and the other way round.
CREATE FUNCTION coverage_keep_members() RETURNS void LANGUAGE sql AS
    $$ SELECT pg_advisory_xact_lock_shared(hashtextextended('memberships that go', 0)) $$;
CREATE FUNCTION coverage_wait_to_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM coverage_hold_lines();
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_a_turn BEFORE UPDATE ON coverage_membership
    FOR EACH STATEMENT EXECUTE FUNCTION coverage_wait_to_change();
CREATE FUNCTION coverage_wait_to_remove() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('memberships that go', 0));
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_a_removal BEFORE DELETE OR UPDATE OF id, person_id ON coverage_membership
    FOR EACH STATEMENT EXECUTE FUNCTION coverage_wait_to_remove();
CREATE OR REPLACE FUNCTION coverage_keep_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM coverage_paidmonth WHERE person_id = OLD.person_id AND membership_id = OLD.id) THEN
        RAISE EXCEPTION 'membership % is named in coverage_paidmonth: % refused', OLD.id, TG_OP
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
"""
_WHOLE = """
CREATE OR REPLACE FUNCTION coverage_check_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM coverage_keep_members();
    IF (SELECT count(*) FROM inserted) <> (SELECT count(*) FROM inserted i JOIN coverage_membership m
                                             ON m.id = i.membership_id AND m.person_id = i.person_id) THEN
        RAISE EXCEPTION 'a paid month names a membership that is not there or not of its person'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
"""
_FOLLOW = """
CREATE FUNCTION coverage_with_months(months text, added text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(token, ' ' ORDER BY token)
      FROM string_to_table(concat_ws(' ', months, added), ' ') AS token
$$;

-- Most statements pay one month on one day: then what is added is the same for all, and nobody is looked at alone.
CREATE OR REPLACE FUNCTION coverage_follow_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kinds bigint;
    token text;
BEGIN
    PERFORM coverage_hold_lines();
    SELECT count(*), min(to_char(month, 'YYYY-MM') || '=' || to_char(paid_on, 'YYYY-MM-DD')) INTO kinds, token
      FROM (SELECT DISTINCT month, paid_on FROM inserted) AS days;
    IF kinds = 0 THEN
        RETURN NULL;
    END IF;
    IF kinds = 1 THEN
        CREATE TEMP TABLE coverage_moves ON COMMIT DROP AS
        SELECT k.history_id, token AS added, coverage_with_months(h.months, token) AS whole
          FROM (SELECT DISTINCT m.history_id FROM inserted i JOIN coverage_membership m ON m.person_id = i.person_id) k
          LEFT JOIN coverage_paidhistory h ON h.id = k.history_id;
    ELSE
        CREATE TEMP TABLE coverage_added ON COMMIT DROP AS
        SELECT person_id, string_agg(to_char(month, 'YYYY-MM') || '=' || to_char(paid_on, 'YYYY-MM-DD'), ' '
                                     ORDER BY month) AS added
          FROM inserted GROUP BY person_id;
        CREATE TEMP TABLE coverage_moves ON COMMIT DROP AS
        SELECT k.history_id, k.added, coverage_with_months(h.months, k.added) AS whole
          FROM (SELECT DISTINCT m.history_id, a.added
                  FROM coverage_added a JOIN coverage_membership m ON m.person_id = a.person_id) k
          LEFT JOIN coverage_paidhistory h ON h.id = k.history_id;
    END IF;
    INSERT INTO coverage_paidhistory (months) SELECT DISTINCT whole FROM coverage_moves ORDER BY whole
        ON CONFLICT (months) DO NOTHING;
    ALTER TABLE coverage_moves ADD COLUMN next_id bigint;
    UPDATE coverage_moves v SET next_id = h.id FROM coverage_paidhistory h WHERE h.months = v.whole;
    IF kinds = 1 THEN
        UPDATE coverage_membership m SET history_id = v.next_id
          FROM inserted i, coverage_moves v
         WHERE m.person_id = i.person_id AND coalesce(v.history_id, 0) = coalesce(m.history_id, 0);
    ELSE
        UPDATE coverage_membership m SET history_id = v.next_id
          FROM coverage_added a JOIN coverage_moves v ON v.added = a.added
         WHERE m.person_id = a.person_id AND coalesce(v.history_id, 0) = coalesce(m.history_id, 0);
        DROP TABLE coverage_added;
    END IF;
    DROP TABLE coverage_moves;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION coverage_take_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO coverage_membernumber (person_id, kpj, issued_on, membership_id)
    SELECT DISTINCT ON (person_id) person_id, kpj, number_issued_on, id
      FROM newer WHERE kpj IS NOT NULL ORDER BY person_id, id ON CONFLICT (person_id) DO NOTHING;
    IF NOT EXISTS (SELECT 1 FROM newer n JOIN coverage_membership o ON o.person_id = n.person_id AND o.id <> n.id) THEN
        RETURN NULL;
    END IF;
    PERFORM coverage_hold_lines();
    UPDATE coverage_membership m SET history_id = s.history_id, kpj = s.kpj, number_issued_on = s.issued_on
      FROM (SELECT DISTINCT ON (n.id) n.id, o.history_id, k.kpj, k.issued_on
              FROM newer n JOIN coverage_membership o ON o.person_id = n.person_id AND o.id <> n.id
              LEFT JOIN coverage_membernumber k ON k.person_id = n.person_id ORDER BY n.id, o.id) s
     WHERE m.id = s.id
       AND (m.history_id, m.kpj, m.number_issued_on) IS DISTINCT FROM (s.history_id, s.kpj, s.issued_on);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION coverage_show_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM coverage_hold_lines();
    UPDATE coverage_membership m SET kpj = i.kpj, number_issued_on = i.issued_on
      FROM inserted i WHERE m.person_id = i.person_id AND m.id <> i.membership_id AND m.kpj IS NULL;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION coverage_follow_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM coverage_hold_lines();
    IF EXISTS (SELECT 1 FROM gone g JOIN coverage_membernumber k ON k.person_id = g.person_id
                WHERE NOT EXISTS (SELECT 1 FROM coverage_paidmonth p
                                   WHERE p.person_id = g.person_id AND p.paid_on <= k.issued_on)) THEN
        RAISE EXCEPTION 'the number of a person rests on a month that was to be taken back'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'number_rests_on_month';
    END IF;
    CREATE TEMP TABLE coverage_left ON COMMIT DROP AS
    SELECT g.person_id,
           string_agg(to_char(p.month, 'YYYY-MM') || '=' || to_char(p.paid_on, 'YYYY-MM-DD'), ' '
                      ORDER BY p.month) AS months
      FROM (SELECT DISTINCT person_id FROM gone) g LEFT JOIN coverage_paidmonth p ON p.person_id = g.person_id
     GROUP BY g.person_id;
    INSERT INTO coverage_paidhistory (months) SELECT DISTINCT months FROM coverage_left WHERE months IS NOT NULL
     ORDER BY months ON CONFLICT (months) DO NOTHING;
    UPDATE coverage_membership m SET history_id = h.id
      FROM coverage_left l LEFT JOIN coverage_paidhistory h ON h.months = l.months WHERE m.person_id = l.person_id;
    DROP TABLE coverage_left;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """Lines of cover are changed in turn. There is no way back: the rows would be locked twice or not at all."""

    dependencies: ClassVar = [("coverage", "0007_whole_statements")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="paidmonth", name="membership",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT,
                related_name="paid_months", to="coverage.membership",
            ),
        ),
        migrations.AlterField(
            model_name="membership", name="history",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships", to="coverage.paidhistory",
            ),
        ),
        migrations.RunSQL(HOLD + _WHOLE + _FOLLOW),
    ]  # fmt: skip

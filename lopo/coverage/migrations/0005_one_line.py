"""One line of cover for a person: each membership shows the number and all paid months of its person, whoever pays.

There is no way back: which programme had seen which of a person's months alone is not a fact about the person.
"""

from typing import ClassVar

from django.db import migrations

LINE = """
CREATE TRIGGER coverage_number_kept BEFORE UPDATE OR DELETE ON coverage_membernumber
    FOR EACH ROW EXECUTE FUNCTION coverage_refuse_change();

-- The memberships are locked first; the second statement then sees what another payment has just added.
CREATE OR REPLACE FUNCTION coverage_follow_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM coverage_membership
      WHERE person_id IN (SELECT person_id FROM inserted) ORDER BY id FOR UPDATE;
    CREATE TEMP TABLE coverage_moves ON COMMIT DROP AS
    WITH added AS (
        SELECT person_id,
               array_agg(to_char(month, 'YYYY-MM') || '=' || to_char(paid_on, 'YYYY-MM-DD') ORDER BY month) AS months
          FROM inserted GROUP BY person_id
    ), each AS (
        SELECT m.id, m.history_id, a.months FROM added a JOIN coverage_membership m ON m.person_id = a.person_id
    ), kinds AS (
        SELECT k.history_id, k.months,
               (SELECT string_agg(token, ' ' ORDER BY token)
                  FROM unnest(coalesce(string_to_array(h.months, ' '), '{}') || k.months) AS token) AS whole
          FROM (SELECT DISTINCT history_id, months FROM each) k
          LEFT JOIN coverage_paidhistory h ON h.id = k.history_id
    )
    SELECT e.id, k.whole
      FROM each e JOIN kinds k ON k.months = e.months AND k.history_id IS NOT DISTINCT FROM e.history_id;
    INSERT INTO coverage_paidhistory (months) SELECT DISTINCT whole FROM coverage_moves ORDER BY whole
        ON CONFLICT (months) DO NOTHING;
    UPDATE coverage_membership m SET history_id = h.id
      FROM coverage_moves v JOIN coverage_paidhistory h ON h.months = v.whole WHERE m.id = v.id;
    DROP TABLE coverage_moves;
    RETURN NULL;
END $$;

-- A membership that begins takes over the line of its person. The other memberships are locked first, so that no
-- payment and no number of that moment is missed.
CREATE FUNCTION coverage_take_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO coverage_membernumber (person_id, kpj, issued_on, membership_id)
    SELECT DISTINCT ON (person_id) person_id, kpj, number_issued_on, id
      FROM newer WHERE kpj IS NOT NULL ORDER BY person_id, id ON CONFLICT (person_id) DO NOTHING;
    IF NOT EXISTS (SELECT 1 FROM newer n JOIN coverage_membership o ON o.person_id = n.person_id AND o.id <> n.id) THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM coverage_membership
      WHERE person_id IN (SELECT person_id FROM newer) ORDER BY id FOR UPDATE;
    UPDATE coverage_membership m SET history_id = s.history_id, kpj = s.kpj, number_issued_on = s.issued_on
      FROM (SELECT DISTINCT ON (n.id) n.id, o.history_id, k.kpj, k.issued_on
              FROM newer n JOIN coverage_membership o ON o.person_id = n.person_id AND o.id <> n.id
              LEFT JOIN coverage_membernumber k ON k.person_id = n.person_id ORDER BY n.id, o.id) s
     WHERE m.id = s.id
       AND (m.history_id, m.kpj, m.number_issued_on) IS DISTINCT FROM (s.history_id, s.kpj, s.issued_on);
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_line_taken AFTER INSERT ON coverage_membership
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION coverage_take_line();

-- A new number is shown by all other memberships of its person.
CREATE FUNCTION coverage_show_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM coverage_membership
      WHERE person_id IN (SELECT person_id FROM inserted) ORDER BY id FOR UPDATE;
    UPDATE coverage_membership m SET kpj = i.kpj, number_issued_on = i.issued_on
      FROM inserted i WHERE m.person_id = i.person_id AND m.id <> i.membership_id AND m.kpj IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_number_shown AFTER INSERT ON coverage_membernumber
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION coverage_show_number();

CREATE OR REPLACE FUNCTION coverage_number_after_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM coverage_paidmonth
                    WHERE person_id = NEW.person_id AND paid_on <= NEW.number_issued_on) THEN
        RAISE EXCEPTION 'membership % has a number although no month was paid by then (PP 44/2015 Pasal 11)', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM coverage_membernumber
                    WHERE person_id = NEW.person_id AND kpj = NEW.kpj AND issued_on = NEW.number_issued_on) THEN
        RAISE EXCEPTION 'membership % shows a number that is not the one of its person', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_number_of_the_person';
    END IF;
    IF NEW.state IN ('diusulkan', 'diterima', 'ditolak')
        AND EXISTS (SELECT 1 FROM coverage_membernumber WHERE person_id = NEW.person_id AND membership_id = NEW.id) THEN
        RAISE EXCEPTION 'membership % has got a number and is not registered', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_number_only_when_registered';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER membership_number_after_payment ON coverage_membership;
CREATE CONSTRAINT TRIGGER membership_number_after_payment
    AFTER INSERT OR UPDATE OF kpj, number_issued_on, state ON coverage_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kpj IS NOT NULL)
    EXECUTE FUNCTION coverage_number_after_payment();
"""
# What is there already: the earliest number of a person is the number, and the months of the person are one line.
SETTLE = """
INSERT INTO coverage_membernumber (person_id, kpj, issued_on, membership_id)
SELECT DISTINCT ON (person_id) person_id, kpj, number_issued_on, id
  FROM coverage_membership WHERE kpj IS NOT NULL ORDER BY person_id, number_issued_on, id;
CREATE TEMP TABLE coverage_lines ON COMMIT DROP AS
SELECT p.person_id, string_agg(to_char(p.month, 'YYYY-MM') || '=' || to_char(p.paid_on, 'YYYY-MM-DD'), ' '
                               ORDER BY p.month) AS months
  FROM coverage_paidmonth p
 WHERE p.person_id IN (SELECT person_id FROM coverage_membership GROUP BY person_id HAVING count(*) > 1)
 GROUP BY p.person_id;
INSERT INTO coverage_paidhistory (months) SELECT DISTINCT months FROM coverage_lines ORDER BY months
    ON CONFLICT (months) DO NOTHING;
UPDATE coverage_membership m SET history_id = h.id
  FROM coverage_lines l JOIN coverage_paidhistory h ON h.months = l.months
 WHERE m.person_id = l.person_id AND m.history_id IS DISTINCT FROM h.id;
UPDATE coverage_membership m SET kpj = k.kpj, number_issued_on = k.issued_on
  FROM coverage_membernumber k
 WHERE k.person_id = m.person_id AND (m.kpj, m.number_issued_on) IS DISTINCT FROM (k.kpj, k.issued_on);
"""


class Migration(migrations.Migration):
    """One line of cover for a person."""

    dependencies: ClassVar = [("coverage", "0004_numbers")]
    operations: ClassVar = [migrations.RunSQL(LINE + SETTLE)]

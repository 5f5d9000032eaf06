"""Paid months and receipts are never changed; patterns and tallies follow them; a number follows the first payment."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
-- Room beside each membership, so that a paid month or a receipt changes the row in place and no index.
ALTER TABLE coverage_membership SET (fillfactor = 60);

CREATE FUNCTION coverage_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
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

-- Where the person lives and what was received stand with the membership, so that a tally needs nothing else.
CREATE FUNCTION coverage_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT area_code INTO NEW.area_code FROM people_person WHERE id = NEW.person_id;
    RETURN NEW;
END $$;
CREATE TRIGGER coverage_membership_place BEFORE INSERT ON coverage_membership
    FOR EACH ROW WHEN (NEW.area_code = '') EXECUTE FUNCTION coverage_place();
CREATE FUNCTION coverage_follow_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE coverage_membership SET area_code = NEW.area_code WHERE person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_person_moves AFTER UPDATE OF area_code ON people_person
    FOR EACH ROW WHEN (OLD.area_code <> NEW.area_code) EXECUTE FUNCTION coverage_follow_person();
CREATE FUNCTION coverage_follow_receipts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE coverage_membership m
       SET has_card = m.has_card OR r.card, has_passbook = m.has_passbook OR r.passbook
      FROM (SELECT membership_id, bool_or(item = 'kartu') AS card, bool_or(item = 'buku_tabungan') AS passbook
              FROM inserted GROUP BY membership_id) r
     WHERE m.id = r.membership_id;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_receipts_follow AFTER INSERT ON coverage_receipt
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION coverage_follow_receipts();
CREATE TRIGGER coverage_receipt_kept BEFORE UPDATE OR DELETE ON coverage_receipt
    FOR EACH ROW EXECUTE FUNCTION coverage_refuse_change();

CREATE FUNCTION coverage_take_steps() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO coverage_membertally (key, programme_id, area_code, state, history_id, number_issued_on, ended_on,
                                      has_card, has_passbook, members)
    SELECT key, programme_id, area_code, state, history_id, number_issued_on, ended_on, has_card, has_passbook, 0
      FROM coverage_steps ORDER BY key ON CONFLICT (key) DO NOTHING;
    PERFORM 1 FROM coverage_membertally WHERE key IN (SELECT key FROM coverage_steps) ORDER BY key FOR UPDATE;
    UPDATE coverage_membertally t SET members = t.members + s.step FROM coverage_steps s WHERE t.key = s.key;
    DROP TABLE coverage_steps;
END $$;
"""
_COLUMNS = "programme_id, area_code, state, history_id, number_issued_on, ended_on, has_card, has_passbook"
_COUNT = """
CREATE FUNCTION coverage_count_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMP TABLE coverage_steps ON COMMIT DROP AS
    SELECT concat_ws('|', programme_id, area_code, state, coalesce(history_id, 0), has_card, has_passbook,
                     coalesce(number_issued_on::text, '-'), coalesce(ended_on::text, '-')) AS key,
           {columns}, sum(step) AS step
      FROM ({changes}) AS changes GROUP BY {columns} HAVING sum(step) <> 0;
    PERFORM coverage_take_steps();
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_count_{name} AFTER {deed} ON coverage_membership
    REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION coverage_count_{name}();
"""
_NEWER = f"SELECT {_COLUMNS}, 1 AS step FROM newer"  # noqa: S608 - names of our own columns
_OLDER = f"SELECT {_COLUMNS}, -1 AS step FROM older"  # noqa: S608
_DEEDS = (
    ("new", "INSERT", "NEW TABLE AS newer", _NEWER),
    ("changed", "UPDATE", "OLD TABLE AS older NEW TABLE AS newer", f"{_NEWER} UNION ALL {_OLDER}"),
    ("gone", "DELETE", "OLD TABLE AS older", _OLDER),
)
COUNTING = "".join(
    _COUNT.format(name=name, deed=deed, tables=tables, changes=changes, columns=_COLUMNS)
    for name, deed, tables, changes in _DEEDS
)

BACKWARD = """
ALTER TABLE coverage_membership RESET (fillfactor);
DROP TRIGGER coverage_count_gone ON coverage_membership;
DROP TRIGGER coverage_count_changed ON coverage_membership;
DROP TRIGGER coverage_count_new ON coverage_membership;
DROP FUNCTION coverage_count_gone();
DROP FUNCTION coverage_count_changed();
DROP FUNCTION coverage_count_new();
DROP FUNCTION coverage_take_steps();
DROP TRIGGER coverage_receipt_kept ON coverage_receipt;
DROP TRIGGER coverage_receipts_follow ON coverage_receipt;
DROP FUNCTION coverage_follow_receipts();
DROP TRIGGER coverage_person_moves ON people_person;
DROP FUNCTION coverage_follow_person();
DROP TRIGGER coverage_membership_place ON coverage_membership;
DROP FUNCTION coverage_place();
DROP TRIGGER membership_number_after_payment ON coverage_membership;
DROP FUNCTION coverage_number_after_payment();
DROP TRIGGER coverage_history_follows ON coverage_paidmonth;
DROP FUNCTION coverage_follow_history();
DROP TRIGGER coverage_paid_month_kept ON coverage_paidmonth;
DROP FUNCTION coverage_refuse_change();
"""


class Migration(migrations.Migration):
    """Paid months and receipts are never changed; patterns and tallies follow them."""

    dependencies: ClassVar = [("coverage", "0001_tables")]
    operations: ClassVar = [migrations.RunSQL(FORWARD + COUNTING, BACKWARD)]

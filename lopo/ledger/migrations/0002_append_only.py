"""Legs balance when the transaction ends, and nothing in the book is changed or removed."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_leg_append_only BEFORE UPDATE OR DELETE ON ledger_leg
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE FUNCTION ledger_check_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
    legs integer;
    difference numeric;
BEGIN
    SELECT count(*), coalesce(sum(CASE side WHEN 'D' THEN amount ELSE -amount END), 0)
      INTO legs, difference FROM ledger_leg WHERE entry_id = entry;
    IF legs < 2 OR difference <> 0 THEN
        RAISE EXCEPTION 'entry %: % legs differ by %', entry, legs, difference USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_leg_balance AFTER INSERT ON ledger_leg
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_balance('entry_id');
CREATE CONSTRAINT TRIGGER ledger_entry_balance AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_balance('id');
"""

BACKWARD = """
DROP TRIGGER ledger_entry_balance ON ledger_entry;
DROP TRIGGER ledger_leg_balance ON ledger_leg;
DROP FUNCTION ledger_check_balance();
DROP TRIGGER ledger_leg_append_only ON ledger_leg;
DROP TRIGGER ledger_entry_append_only ON ledger_entry;
DROP FUNCTION ledger_refuse_change();
"""


class Migration(migrations.Migration):
    """Legs balance when the transaction ends, and nothing in the book is changed or removed."""

    dependencies: ClassVar = [("ledger", "0001_tables")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

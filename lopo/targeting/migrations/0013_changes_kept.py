"""An amendment that is set is frozen; a departure that was ended and an appeal that was decided stand."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION targeting_refuse_kept(what text, told text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% % is kept as it was: change refused', what, told USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION targeting_freeze_amendment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM targeting_refuse_kept('amendment', number) FROM was WHERE state = 'ditetapkan';
    RETURN NULL;
END $$;
CREATE TRIGGER targeting_amendment_frozen AFTER UPDATE ON targeting_amendment
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION targeting_freeze_amendment();
CREATE TRIGGER targeting_amendment_not_removed AFTER DELETE ON targeting_amendment
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION targeting_freeze_amendment();

CREATE FUNCTION targeting_freeze_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM targeting_refuse_kept('a line of amendment', a.number)
       FROM lines l JOIN targeting_amendment a ON a.id = l.amendment_id WHERE a.state = 'ditetapkan';
    RETURN NULL;
END $$;
CREATE TRIGGER targeting_line_not_added AFTER INSERT ON targeting_amendmentline
    REFERENCING NEW TABLE AS lines FOR EACH STATEMENT EXECUTE FUNCTION targeting_freeze_line();
CREATE TRIGGER targeting_line_frozen AFTER UPDATE ON targeting_amendmentline
    REFERENCING OLD TABLE AS lines FOR EACH STATEMENT EXECUTE FUNCTION targeting_freeze_line();
CREATE TRIGGER targeting_line_not_removed AFTER DELETE ON targeting_amendmentline
    REFERENCING OLD TABLE AS lines FOR EACH STATEMENT EXECUTE FUNCTION targeting_freeze_line();

-- What may change in an open departure is how it ends; in an open appeal what was decided.
CREATE FUNCTION targeting_keep_departure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ends text[] := ARRAY['state', 'dismissed_by_id', 'dismissed_on', 'why'];
BEGIN
    PERFORM targeting_refuse_kept('departure', w.id::text) FROM was w JOIN now n USING (id)
      WHERE w.state <> 'diusulkan' OR to_jsonb(w) - ends <> to_jsonb(n) - ends;
    RETURN NULL;
END $$;
CREATE TRIGGER targeting_departure_kept AFTER UPDATE ON targeting_departure
    REFERENCING OLD TABLE AS was NEW TABLE AS now FOR EACH STATEMENT EXECUTE FUNCTION targeting_keep_departure();
CREATE FUNCTION targeting_refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM targeting_refuse_kept(TG_TABLE_NAME, id::text) FROM was;
    RETURN NULL;
END $$;
CREATE TRIGGER targeting_departure_not_removed AFTER DELETE ON targeting_departure
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION targeting_refuse_removal();

CREATE FUNCTION targeting_keep_appeal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ends text[] := ARRAY['state', 'decided_by_id', 'decided_on', 'answer', 'next_step', 'decile', 'reasons'];
BEGIN
    PERFORM targeting_refuse_kept('appeal', w.id::text) FROM was w JOIN now n USING (id)
      WHERE w.state <> 'diajukan' OR to_jsonb(w) - ends <> to_jsonb(n) - ends OR NOT n.reasons <@ w.reasons;
    RETURN NULL;
END $$;
CREATE TRIGGER targeting_appeal_kept AFTER UPDATE ON targeting_appeal
    REFERENCING OLD TABLE AS was NEW TABLE AS now FOR EACH STATEMENT EXECUTE FUNCTION targeting_keep_appeal();
CREATE TRIGGER targeting_appeal_not_removed AFTER DELETE ON targeting_appeal
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION targeting_refuse_removal();
"""
BACKWARD = """
DROP TRIGGER targeting_appeal_not_removed ON targeting_appeal;
DROP TRIGGER targeting_appeal_kept ON targeting_appeal;
DROP FUNCTION targeting_keep_appeal();
DROP TRIGGER targeting_departure_not_removed ON targeting_departure;
DROP FUNCTION targeting_refuse_removal();
DROP TRIGGER targeting_departure_kept ON targeting_departure;
DROP FUNCTION targeting_keep_departure();
DROP TRIGGER targeting_line_not_removed ON targeting_amendmentline;
DROP TRIGGER targeting_line_frozen ON targeting_amendmentline;
DROP TRIGGER targeting_line_not_added ON targeting_amendmentline;
DROP FUNCTION targeting_freeze_line();
DROP TRIGGER targeting_amendment_not_removed ON targeting_amendment;
DROP TRIGGER targeting_amendment_frozen ON targeting_amendment;
DROP FUNCTION targeting_freeze_amendment();
DROP FUNCTION targeting_refuse_kept(text, text);
"""


class Migration(migrations.Migration):
    """What was set, ended or decided does not change."""

    dependencies: ClassVar = [("targeting", "0012_calls")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

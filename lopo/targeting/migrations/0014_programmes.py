"""Programmes are drafted, approved and closed; their criteria and the days of their legal basis are kept."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What stands already was made before anybody had to approve it, by the criteria that all programmes had then.
_RULES = """
UPDATE targeting_programme
   SET state = 'berjalan', approved_on = registration_day,
       criteria = jsonb_build_object('version', 1, 'rules', jsonb_build_object(
           'bukan_penduduk', '{}'::jsonb, 'sudah_aktif_pu', '{}'::jsonb, 'asn_tni_polri', '{}'::jsonb,
           'di_luar_desil', jsonb_build_object('desil_program', max_decile)))
"""

# The decile that SQL ranks by is the one that the criteria say; what a set decree rests on stands.
_KEPT = """
ALTER TABLE targeting_programme ADD CONSTRAINT programme_decile_of_criteria CHECK (
    criteria = '{}' OR max_decile = coalesce((criteria #>> '{rules,di_luar_desil,desil_program}')::int, 10));
CREATE FUNCTION targeting_keep_programme() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stands text[] := ARRAY['area_code', 'registration_day', 'criteria', 'max_decile', 'monthly_income'];
        changed text;
BEGIN
    SELECT n.code INTO changed
      FROM was w JOIN now n USING (id)
     WHERE EXISTS (SELECT FROM unnest(stands) AS s WHERE to_jsonb(w) -> s IS DISTINCT FROM to_jsonb(n) -> s)
       AND EXISTS (SELECT FROM targeting_decree d WHERE d.programme_id = n.id AND d.state = 'ditetapkan') LIMIT 1;
    IF changed IS NOT NULL THEN
        RAISE EXCEPTION 'programme % has a set decree: what it rests on stands', changed
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER targeting_programme_stands AFTER UPDATE ON targeting_programme
    REFERENCING OLD TABLE AS was NEW TABLE AS now FOR EACH STATEMENT EXECUTE FUNCTION targeting_keep_programme();
"""
_NOT_KEPT = """
DROP TRIGGER targeting_programme_stands ON targeting_programme;
DROP FUNCTION targeting_keep_programme();
ALTER TABLE targeting_programme DROP CONSTRAINT programme_decile_of_criteria;
"""


class Migration(migrations.Migration):
    """Fields, what stood before, constraints, and the trigger that keeps what a decree rests on."""

    dependencies: ClassVar = [
        ("targeting", "0013_changes_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="programme",
            name="approved_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="approved_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="programme",
            name="basis_dated",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="programme",
            name="basis_until",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="programme",
            name="closed_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="programme",
            name="closed_why",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="programme",
            name="criteria",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name="programme",
            name="criteria_version",
            field=models.IntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="programme",
            name="made_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="state",
            field=models.CharField(
                choices=[("konsep", "konsep"), ("berjalan", "berjalan"), ("ditutup", "ditutup")],
                db_default=models.Value("konsep"),
                default="konsep",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="screening",
            name="criteria",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name="screening",
            name="criteria_hash",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AlterField(
            model_name="programme",
            name="legal_basis",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="decreename",
            name="decile",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.RunSQL(_RULES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="programme_maker_not_checker",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by__isnull", True), ("approved_on__isnull", True), ("state", "konsep")),
                    models.Q(
                        ("approved_on__isnull", False),
                        ("state__in", ["berjalan", "ditutup"]),
                        models.Q(("approved_by__isnull", False), ("made_by__isnull", True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="programme_state_and_approval",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_on__isnull", False), ("state", "ditutup"), models.Q(("closed_why", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("state", "ditutup"), _negated=True), ("closed_on__isnull", True), ("closed_why", "")
                    ),
                    _connector="OR",
                ),
                name="programme_closed_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("basis_until__isnull", True), ("basis_until__gte", models.F("basis_dated")), _connector="OR"
                ),
                name="programme_basis_days_in_order",
            ),
        ),
        migrations.RunSQL(_KEPT, _NOT_KEPT),
    ]

"""Written powers of heirs, frozen but for their check and their end, and who receives a share because of one."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

FREEZE = """
CREATE FUNCTION claims_freeze_power() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'claims_power' AND TG_OP = 'UPDATE' AND OLD.state IN ('dicatat', 'berlaku')
        AND to_jsonb(NEW) - '{state,checked_by_id,checked_on,ended_by_id,ended_on,why}'::text[]
          = to_jsonb(OLD) - '{state,checked_by_id,checked_on,ended_by_id,ended_on,why}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% % is frozen: % refused', TG_TABLE_NAME, OLD.id, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER claims_power_frozen BEFORE UPDATE OR DELETE ON claims_power
    FOR EACH ROW EXECUTE FUNCTION claims_freeze_power();
CREATE TRIGGER claims_powergiver_frozen BEFORE UPDATE OR DELETE ON claims_powergiver
    FOR EACH ROW EXECUTE FUNCTION claims_freeze_power();
CREATE FUNCTION claims_represented_by(of_case bigint, code text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT r.nik FROM claims_power p JOIN claims_powergiver g ON g.power_id = p.id
      JOIN claims_heir r ON r.id = p.representative_id
     WHERE p.case_id = of_case AND p.state = 'berlaku' AND code LIKE '%:waris-' || g.heir_id
$$;
COMMENT ON FUNCTION claims_represented_by IS
    'The NIK of who receives the share of an heir by a written power in force, null where there is none.';
"""
MELT = """
DROP FUNCTION claims_represented_by(bigint, text);
DROP TRIGGER claims_powergiver_frozen ON claims_powergiver;
DROP TRIGGER claims_power_frozen ON claims_power;
DROP FUNCTION claims_freeze_power();
"""
_PROTECT = django.db.models.deletion.PROTECT
_OFFICER = settings.AUTH_USER_MODEL


def _officer() -> models.ForeignKey:
    return models.ForeignKey(null=True, on_delete=_PROTECT, related_name="+", to=_OFFICER)


class Migration(migrations.Migration):
    """Two tables, what freezes them, and one function that orders ask."""

    dependencies: ClassVar = [
        ("claims", "0011_settled_shares"),
        migrations.swappable_dependency(_OFFICER),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Power",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paper", models.CharField(max_length=200)),
                ("written_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("dicatat", "dicatat"),
                            ("berlaku", "berlaku"),
                            ("ditolak", "ditolak"),
                            ("dicabut", "dicabut"),
                        ],
                        default="dicatat",
                        max_length=8,
                    ),
                ),
                ("made_on", models.DateField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("checked_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("case", models.ForeignKey(on_delete=_PROTECT, related_name="powers", to="claims.case")),
                ("checked_by", _officer()),
                ("ended_by", _officer()),
                ("made_by", models.ForeignKey(on_delete=_PROTECT, related_name="+", to=_OFFICER)),
                ("representative", models.ForeignKey(on_delete=_PROTECT, related_name="+", to="claims.heir")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(state__in=["dicatat", "berlaku"]), fields=("case",), name="power_one_a_case"
                    ),
                    models.CheckConstraint(
                        condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")),
                        name="power_another_checks",
                    ),
                    models.CheckConstraint(
                        condition=Q(state="dicatat", checked_by__isnull=True, ended_by__isnull=True)
                        | Q(state__in=["berlaku", "ditolak"], checked_by__isnull=False, ended_by__isnull=True)
                        | Q(state="dicabut", ended_by__isnull=False, ended_on__isnull=False),
                        name="power_of_its_state",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="PowerGiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("heir", models.ForeignKey(on_delete=_PROTECT, related_name="+", to="claims.heir")),
                ("power", models.ForeignKey(on_delete=_PROTECT, related_name="givers", to="claims.power")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("power", "heir"), name="power_giver_once")],
            },
        ),
        migrations.RunSQL(FREEZE, MELT),
    ]

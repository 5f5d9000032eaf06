"""The office's own models of linkage, kept as they were trained, and which model each screening went by."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

_SOMEBODY = settings.AUTH_USER_MODEL

# A model is kept as it was trained: what may change is whether it is in force, since when, by whom, and after which.
_KEPT = """
CREATE FUNCTION targeting_keep_linkage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := ARRAY['active', 'activated_by_id', 'activated_on', 'former_id'];
BEGIN
    PERFORM targeting_refuse_kept('model', w.name) FROM was w LEFT JOIN now n USING (id)
      WHERE n.id IS NULL OR to_jsonb(w) - moves <> to_jsonb(n) - moves;
    RETURN NULL;
END $$;
CREATE TRIGGER targeting_linkage_kept AFTER UPDATE ON targeting_linkagemodel
    REFERENCING OLD TABLE AS was NEW TABLE AS now FOR EACH STATEMENT EXECUTE FUNCTION targeting_keep_linkage();
CREATE TRIGGER targeting_linkage_not_removed AFTER DELETE ON targeting_linkagemodel
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION targeting_refuse_removal();

CREATE FUNCTION targeting_keep_model_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM targeting_refuse_kept('the model of screening', screening_id::text) FROM was;
    RETURN NULL;
END $$;
CREATE TRIGGER targeting_model_used_kept AFTER UPDATE ON targeting_screeningmodel
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION targeting_keep_model_used();
"""
_LOOSE = """
DROP TRIGGER targeting_model_used_kept ON targeting_screeningmodel;
DROP FUNCTION targeting_keep_model_used();
DROP TRIGGER targeting_linkage_not_removed ON targeting_linkagemodel;
DROP TRIGGER targeting_linkage_kept ON targeting_linkagemodel;
DROP FUNCTION targeting_keep_linkage();
"""


def _officer(*, known: bool) -> "models.ForeignKey":
    return models.ForeignKey(
        null=not known, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=_SOMEBODY
    )


class Migration(migrations.Migration):
    """LinkageModel and ScreeningModel, with what may never change."""

    dependencies: ClassVar = [("targeting", "0014_programmes"), migrations.swappable_dependency(_SOMEBODY)]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ScreeningModel",
            fields=[
                (
                    "screening",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="linkage",
                        serialize=False,
                        to="targeting.screening",
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="LinkageModel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("body", models.TextField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("trained_on", models.DateField()),
                ("measured", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("active", models.BooleanField(default=False)),
                ("activated_on", models.DateField(null=True)),
                ("activated_by", _officer(known=False)),
                (
                    "former",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="targeting.linkagemodel",
                    ),
                ),
                ("made_by", _officer(known=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("active", True)), fields=("active",), name="linkage_one_active"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("activated_by__isnull", True),
                            models.Q(("activated_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="linkage_maker_not_checker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("active", False),
                            models.Q(("activated_by__isnull", False), ("activated_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="linkage_active_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_KEPT, _LOOSE),
    ]

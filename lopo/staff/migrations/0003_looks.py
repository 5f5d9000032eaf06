"""Looks at full records, tables that left as files, and what persons asked about their own data."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION staff_refuse_look_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('lopo.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is kept as it was noted: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER staff_look_kept BEFORE UPDATE OR DELETE ON staff_look
    FOR EACH ROW EXECUTE FUNCTION staff_refuse_look_change();
CREATE TRIGGER staff_export_kept BEFORE UPDATE OR DELETE ON staff_export
    FOR EACH ROW EXECUTE FUNCTION staff_refuse_look_change();
"""
BACKWARD = """
DROP TRIGGER staff_export_kept ON staff_export;
DROP TRIGGER staff_look_kept ON staff_look;
DROP FUNCTION staff_refuse_look_change();
"""


class Migration(migrations.Migration):
    """Looks, files and requests; a look and a file that left are removed by the rule of retention alone."""

    dependencies: ClassVar = [
        ("staff", "0002_append_only"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="DataRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("salinan", "salinan data"), ("pembetulan", "pembetulan data")], max_length=12
                    ),
                ),
                ("asked_by", models.CharField(max_length=200)),
                ("text", models.CharField(max_length=500)),
                ("made_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("dicatat", "dicatat"), ("dijawab", "dijawab")], default="dicatat", max_length=8
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_on", models.DateField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "id"], name="request_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_by__isnull", True), ("answered_on__isnull", True), ("state", "dicatat")
                            ),
                            models.Q(
                                ("answered_by__isnull", False), ("answered_on__isnull", False), ("state", "dijawab")
                            ),
                            _connector="OR",
                        ),
                        name="request_state_and_answer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("table", models.CharField(max_length=40)),
                ("form", models.CharField(max_length=10)),
                ("reason", models.CharField(max_length=200)),
                ("rows", models.IntegerField()),
                ("people", models.IntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "persons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), null=True, size=None
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["on", "by"], name="export_day")],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("hour", models.DateTimeField()),
                ("page", models.CharField(max_length=30)),
                ("subject", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=64)),
                ("person", models.BigIntegerField(null=True)),
                ("area_code", models.CharField(blank=True, max_length=13)),
                ("outside", models.BooleanField(default=False)),
                ("whole", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "id"], name="look_person"),
                    models.Index(fields=["on", "by"], name="look_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("whole", False)),
                        fields=("by", "hour", "subject", "subject_id", "page"),
                        name="look_once_an_hour",
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

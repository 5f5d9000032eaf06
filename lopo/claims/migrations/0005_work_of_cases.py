"""Files of papers, lines of invoices, children at school, disputes and reminders; owner and cause of a case."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


def _to(table: str, name: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=table)


class Migration(migrations.Migration):
    """What the work on a case needs."""

    dependencies: ClassVar = [
        ("claims", "0004_months_rest"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CareLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("perawatan", "perawatan dan tindakan"),
                            ("obat", "obat dan bahan"),
                            ("penunjang", "pemeriksaan penunjang"),
                            ("perawatan_rumah", "perawatan di rumah"),
                            ("gigi_tiruan", "gigi tiruan"),
                            ("alat_bantu_dengar", "alat bantu dengar"),
                            ("kacamata", "kacamata"),
                            ("protese", "protese atau ortese"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on", models.DateField()),
                ("icd10", models.CharField(max_length=8)),
                ("amount", models.BigIntegerField()),
                ("doctor_note", models.BooleanField(default=False)),
                ("reference_price", models.BigIntegerField(default=0)),
                ("belongs", models.BooleanField(default=True)),
                ("why_not", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Child",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.SmallIntegerField()),
                ("nik", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=200)),
                ("born", models.DateField()),
                ("named_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("jumlah", "jumlah manfaat"),
                            ("persen_cacat", "persen cacat"),
                            ("sebab", "kecelakaan kerja atau bukan"),
                            ("ahli_waris", "siapa ahli warisnya"),
                        ],
                        max_length=14,
                    ),
                ),
                ("said_by", models.CharField(max_length=200)),
                ("text", models.CharField(max_length=1000)),
                ("made_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("diajukan", "diajukan"),
                            ("dibenarkan", "dibenarkan"),
                            ("tidak_dibenarkan", "tidak dibenarkan"),
                        ],
                        default="diajukan",
                        max_length=16,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=1000)),
                ("answered_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PaperFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.SmallIntegerField()),
                ("media_type", models.CharField(max_length=20)),
                ("pages", models.SmallIntegerField()),
                ("size", models.IntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                (
                    "scanned",
                    models.CharField(choices=[("bersih", "bersih"), ("tanpa", "tanpa pemindai")], max_length=10),
                ),
                ("readable", models.BooleanField(default=True)),
                ("sent_on", models.DateField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clock", models.CharField(max_length=20)),
                ("due_on", models.DateField()),
                (
                    "step",
                    models.CharField(
                        choices=[("ingatkan", "mengingatkan pemegang kasus"), ("naikkan", "memberi tahu atasan")],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="SchoolYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.SmallIntegerField()),
                ("level", models.CharField(max_length=20)),
                ("certificate", models.CharField(max_length=120)),
                ("married", models.BooleanField(default=False)),
                ("works", models.BooleanField(default=False)),
                ("asked_on", models.DateField()),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="cause",
            field=models.CharField(
                choices=[("kecelakaan", "kecelakaan"), ("penyakit", "penyakit akibat kerja")],
                db_default="kecelakaan",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="guarantor",
            field=models.CharField(
                blank=True,
                choices=[("menunggu", "menunggu jawaban"), ("dijamin", "dijamin"), ("ditolak", "ditolak")],
                db_default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="icd10",
            field=models.CharField(blank=True, db_default="", max_length=8),
        ),
        migrations.AddField(
            model_name="case",
            name="owner",
            field=_to(settings.AUTH_USER_MODEL, "+", null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="return_advised_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="returned_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="total_disability",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name="case",
            name="work_ended_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="invoice",
            name="other_paid",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="paper",
            name="trouble",
            field=models.CharField(
                blank=True,
                choices=[("tak_terbaca", "tidak terbaca"), ("tidak_ada", "tidak ada")],
                db_default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="why",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause", "kecelakaan"), ("kind", "JKK"), _connector="OR"),
                name="case_disease_of_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_on__isnull", True), ("return_advised_on__isnull", False), _connector="OR"
                ),
                name="case_return_advised",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("other_paid__gte", 0), ("other_paid__lte", models.F("amount"))),
                name="invoice_other_paid",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("trouble", ""), ("why", "")),
                    models.Q(
                        models.Q(("trouble", ""), _negated=True),
                        models.Q(("why", ""), _negated=True),
                        ("received_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="paper_trouble_with_reason",
            ),
        ),
        migrations.AddField(
            model_name="careline",
            name="invoice",
            field=_to("claims.invoice", "lines"),
        ),
        migrations.AddField(
            model_name="child",
            name="case",
            field=_to("claims.case", "children"),
        ),
        migrations.AddField(
            model_name="dispute",
            name="answered_by",
            field=_to(settings.AUTH_USER_MODEL, "+", null=True),
        ),
        migrations.AddField(
            model_name="dispute",
            name="case",
            field=_to("claims.case", "disputes"),
        ),
        migrations.AddField(
            model_name="dispute",
            name="made_by",
            field=_to(settings.AUTH_USER_MODEL, "+"),
        ),
        migrations.AddField(
            model_name="paperfile",
            name="paper",
            field=_to("claims.paper", "files"),
        ),
        migrations.AddField(
            model_name="paperfile",
            name="sent_by",
            field=_to(settings.AUTH_USER_MODEL, "+", null=True),
        ),
        migrations.AddField(
            model_name="reminder",
            name="case",
            field=_to("claims.case", "reminders"),
        ),
        migrations.AddField(
            model_name="schoolyear",
            name="child",
            field=_to("claims.child", "years"),
        ),
        migrations.AddConstraint(
            model_name="careline",
            constraint=models.UniqueConstraint(
                fields=("invoice", "what", "on", "icd10", "amount"), name="care_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="careline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("reference_price__gte", 0)), name="care_line_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="careline",
            constraint=models.CheckConstraint(
                condition=models.Q(("belongs", True), models.Q(("why_not", ""), _negated=True), _connector="OR"),
                name="care_line_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.UniqueConstraint(fields=("case", "place"), name="child_place"),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.UniqueConstraint(fields=("case", "nik"), name="child_once"),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.CheckConstraint(condition=models.Q(("place__gt", 0)), name="child_place_positive"),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "diajukan")), fields=("case", "about"), name="dispute_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_by__isnull", True), ("answered_on__isnull", True), ("state", "diajukan")),
                    models.Q(
                        models.Q(("state", "diajukan"), _negated=True),
                        ("answered_by__isnull", False),
                        ("answered_on__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="dispute_state_and_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_by__isnull", True),
                    models.Q(("answered_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="dispute_another_answers",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperfile",
            constraint=models.UniqueConstraint(fields=("paper", "place"), name="paper_file_place"),
        ),
        migrations.AddConstraint(
            model_name="paperfile",
            constraint=models.UniqueConstraint(fields=("paper", "sha256"), name="paper_file_once"),
        ),
        migrations.AddConstraint(
            model_name="paperfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("pages__gt", 0), ("place__gt", 0), ("size__gt", 0)), name="paper_file_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("case", "clock", "due_on", "step"), name="reminder_once"),
        ),
        migrations.AddConstraint(
            model_name="schoolyear",
            constraint=models.UniqueConstraint(fields=("child", "year"), name="school_year_once"),
        ),
        migrations.AddConstraint(
            model_name="schoolyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("certificate", ""), _negated=True), name="school_year_with_certificate"
            ),
        ),
    ]

"""What is odd in a snapshot, registers that wait to be read, and who stands on decrees of other payers."""

import uuid
from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Snapshot.oddities, RegisterFile and DecreedElsewhere."""

    dependencies: ClassVar = [
        ("people", "0004_pairs_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="snapshot",
            name="oddities",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AlterField(
            model_name="snapshot",
            name="kind",
            field=models.CharField(
                choices=[
                    ("penduduk", "Penduduk dan keluarga"),
                    ("kematian", "Akta kematian"),
                    ("pindah", "Pindah"),
                    ("asn", "ASN, TNI, Polri"),
                    ("bpjs", "Peserta aktif BPJS Ketenagakerjaan"),
                    ("desil", "Desil DTSEN"),
                    ("sk", "SK pembayar lain"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="RegisterFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("sent_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DecreedElsewhere",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nik", models.CharField(blank=True, max_length=32)),
                ("name", models.CharField(max_length=200)),
                ("born", models.DateField(null=True)),
                ("payer", models.CharField(max_length=200)),
                ("number", models.CharField(max_length=100)),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.snapshot"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["nik"], name="decreedelsewhere_nik")],
            },
        ),
    ]

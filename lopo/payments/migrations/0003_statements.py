"""Statements of the paying account with every movement, and how often an order was tried."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Statements, their lines, and the attempt of an order."""

    dependencies: ClassVar = [
        ("payments", "0002_frozen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="order",
            name="attempt",
            field=models.SmallIntegerField(db_default=1, default=1),
        ),
        migrations.AlterField(
            model_name="order",
            name="state",
            field=models.CharField(
                choices=[
                    ("siap", "siap"),
                    ("terkirim", "terkirim"),
                    ("terbayar", "terbayar"),
                    ("gagal", "gagal"),
                    ("kembali", "uang kembali"),
                ],
                default="siap",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="BankStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=34)),
                ("number", models.CharField(max_length=35)),
                ("on", models.DateField()),
                ("opening", models.DecimalField(decimal_places=2, max_digits=20)),
                ("closing", models.DecimalField(decimal_places=2, max_digits=20)),
                ("count", models.IntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("read_on", models.DateField()),
                (
                    "read_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.IntegerField()),
                ("on", models.DateField()),
                ("debit", models.BooleanField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=20)),
                ("end_to_end", models.CharField(blank=True, max_length=35)),
                ("reference", models.CharField(blank=True, max_length=35)),
                ("text", models.CharField(blank=True, max_length=140)),
                ("attempt", models.SmallIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("cocok", "cocok dengan perintah bayar"),
                            ("belum_dikenali", "belum dikenali"),
                            ("diusulkan", "penjelasan diusulkan"),
                            ("dijelaskan", "dijelaskan oleh dua orang"),
                        ],
                        max_length=14,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200)),
                ("proposed_note", models.CharField(blank=True, max_length=200)),
                ("settled_on", models.DateField(null=True)),
                (
                    "order",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement_lines",
                        to="payments.order",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_order",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.order"
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="payments.bankstatement"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="bankstatement",
            constraint=models.UniqueConstraint(fields=("account", "number"), name="bank_statement_once"),
        ),
        migrations.AddIndex(
            model_name="statementline",
            index=models.Index(fields=["state", "on"], name="statement_line_state"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(fields=("statement", "place"), name="statement_line_once"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("order__isnull", False)),
                fields=("order", "attempt", "debit"),
                name="statement_line_one_move",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="statement_line_positive"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attempt__isnull", True), ("order__isnull", True)),
                    models.Q(
                        ("attempt__isnull", False), ("order__isnull", False), ("state__in", ["cocok", "dijelaskan"])
                    ),
                    _connector="OR",
                ),
                name="statement_line_order_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dijelaskan"), _negated=True),
                    models.Q(
                        ("settled_by__isnull", False),
                        ("settled_on__isnull", False),
                        models.Q(("settled_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="statement_line_by_two",
            ),
        ),
    ]

"""Rows of lists are found by any part of a name."""

from typing import ClassVar

from django.db import migrations

FORWARD = "CREATE INDEX row_name_part ON targeting_proposalrow USING gin (upper(name) gin_trgm_ops);"
BACKWARD = "DROP INDEX row_name_part;"


class Migration(migrations.Migration):
    """Rows of lists are found by any part of a name."""

    dependencies: ClassVar = [("targeting", "0002_frozen"), ("people", "0002_search")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

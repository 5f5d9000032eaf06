"""Names are found by any part of them, also among millions."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX person_name_part ON people_person USING gin (upper(name) gin_trgm_ops);
CREATE INDEX person_name_order ON people_person (name, id);
CREATE INDEX person_area_prefix ON people_person (area_code varchar_pattern_ops, name);
"""
BACKWARD = "DROP INDEX person_area_prefix; DROP INDEX person_name_order; DROP INDEX person_name_part;"


class Migration(migrations.Migration):
    """Names are found by any part of them, also among millions."""

    dependencies: ClassVar = [("people", "0001_tables")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

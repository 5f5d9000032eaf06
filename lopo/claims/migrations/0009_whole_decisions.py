"""The amounts of a decision make up its sum, whoever receives them: no share loses or wins a rupiah."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION claims_sum_of(components jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(sum((c ->> 'amount')::numeric), 0) FROM jsonb_array_elements(components) c
$$;
ALTER TABLE claims_decision ADD CONSTRAINT decision_sum_of_components CHECK (amount = claims_sum_of(components));
"""

BACKWARD = """
ALTER TABLE claims_decision DROP CONSTRAINT decision_sum_of_components;
DROP FUNCTION claims_sum_of(jsonb);
"""


class Migration(migrations.Migration):
    """The amounts of a decision make up its sum."""

    dependencies: ClassVar = [("claims", "0008_shares")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]

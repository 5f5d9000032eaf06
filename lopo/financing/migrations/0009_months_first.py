"""The months of a bill stand together in the index that forbids two payers, and no membership is locked by a check."""

from typing import ClassVar

from django.db import migrations, models

_KEPT = """
DROP TRIGGER financing_member_kept ON coverage_membership;
CREATE TRIGGER financing_member_kept {when} DELETE OR UPDATE OF id, person_id ON coverage_membership
    FOR EACH ROW EXECUTE FUNCTION financing_keep_member();
"""


class Migration(migrations.Migration):
    """A new month is written at the end of the index of one payer a month, and not into every page of it."""

    dependencies: ClassVar = [("financing", "0008_legal_basis"), ("coverage", "0010_lines_unlocked")]
    operations: ClassVar = [
        migrations.RemoveConstraint("billline", "bill_line_one_payer_a_month"),
        migrations.AddConstraint(
            "billline",
            models.UniqueConstraint(
                condition=models.Q(("cancelled", False)), fields=("month", "person"),
                name="bill_line_one_payer_a_month",
            ),
        ),
        migrations.RunSQL(_KEPT.format(when="AFTER"), _KEPT.format(when="BEFORE")),
    ]  # fmt: skip

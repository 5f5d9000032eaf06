"""That a membership stays named where it is named is checked after its row changed, so that no month locks a row."""

from typing import ClassVar

from django.db import migrations

_KEPT = """
DROP TRIGGER coverage_member_kept ON coverage_membership;
CREATE TRIGGER coverage_member_kept {when} DELETE OR UPDATE OF id, person_id ON coverage_membership
    FOR EACH ROW EXECUTE FUNCTION coverage_keep_member();
"""


class Migration(migrations.Migration):
    """A check before a row would lock and write down each row of an update, whichever columns it changes."""

    dependencies: ClassVar = [("coverage", "0009_handing_over")]
    operations: ClassVar = [migrations.RunSQL(_KEPT.format(when="AFTER"), _KEPT.format(when="BEFORE"))]

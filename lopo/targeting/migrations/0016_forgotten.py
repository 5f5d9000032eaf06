"""A list counts the candidates that were blanked since their time was over, so that they wait for no screening."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F, Q

COUNT = """
UPDATE targeting_proposallist l SET forgotten = c.n
  FROM (SELECT r.list_id, count(*) AS n FROM targeting_proposalrow r
         WHERE r.kind = 'calon' AND r.raw = '[]'::jsonb
           AND NOT EXISTS (SELECT FROM targeting_proposalrow n WHERE n.replaces_id = r.id)
         GROUP BY 1) c
 WHERE c.list_id = l.id AND c.n <= l.candidates - l.replaced;
"""


class Migration(migrations.Migration):
    """One column of a list, counted for what was blanked before, and its bounds."""

    dependencies: ClassVar = [("targeting", "0015_linkage")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="proposallist", name="forgotten", field=models.IntegerField(db_default=0, default=0)
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="proposallist",
            constraint=models.CheckConstraint(
                condition=Q(forgotten__gte=0, forgotten__lte=F("candidates") - F("replaced")),
                name="list_forgotten_within",
            ),
        ),
    ]

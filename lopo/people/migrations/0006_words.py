"""A person is found by how the words of the name begin, within an area, also among five million."""

from typing import ClassVar

from django.db import migrations, models

import lopo.people.words

# Of each word of a name, as it is written and without the signs inside it, the beginnings of 1 and of 3 to 6 letters; a
# whole beginning is read from the index at a fraction of what collecting all words with a prefix takes.
FUNCTION = """
CREATE FUNCTION people_words(name text, area text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(array_agg(left(word, size)) || ARRAY['@' || left(area, 8), '@' || left(area, 13)])
      FROM unnest(string_to_array(upper(name), ' ')
                  || string_to_array(translate(upper(name), '''-.,/()’', '        '), ' ')) word,
           unnest('{1,3,4,5,6}'::int[]) size
     WHERE length(word) >= size
$$;
"""
INDEX = "CREATE INDEX person_words ON people_person USING gin (words) WITH (fastupdate = off);"


class Migration(migrations.Migration):
    """A person is found by how the words of the name begin, within an area, also among five million."""

    dependencies: ClassVar = [("people", "0005_registers")]
    operations: ClassVar = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION people_words(text, text);"),
        migrations.AddField(
            "person",
            "words",
            models.GeneratedField(
                expression=models.Func(
                    models.F("name"),
                    models.F("area_code"),
                    function="people_words",
                    output_field=lopo.people.words.Words(),
                ),
                output_field=lopo.people.words.Words(),
                db_persist=True,
            ),
        ),
        migrations.RunSQL(INDEX, "DROP INDEX person_words;"),
    ]

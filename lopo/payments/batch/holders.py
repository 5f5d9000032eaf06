"""Whether the bank knows the holder of an account under the name that we know."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from lopo.people.batch.match import Keep, keep_lazy
from lopo.people.batch.names import name_key, normal_name, sorted_words

SAME = 100
"""The likeness of two spellings of one name; whatever is below it is for a person to look at."""


def likenesses(names: ir.Table, keep: Keep = keep_lazy) -> ir.Table:
    """Give `id` and `likeness` (int64, 0 to 100) for the names `ours` and `theirs` of each row.

    Titles, the order of the words and the spellings of NTT count for nothing: two ways to write one name give 100.
    Otherwise it is the share of letters that need no change, at most 99; a name without a letter is like none.
    """
    plain = keep(names.select("id", ours=normal_name(names.ours), theirs=normal_name(names.theirs)))
    folded = keep(plain.select("id", ours=name_key(plain.ours), theirs=name_key(plain.theirs)))
    keyed = keep(folded.select("id", ours=sorted_words(folded.ours), theirs=sorted_words(folded.theirs)))
    longest = ibis.greatest(keyed.ours.length(), keyed.theirs.length(), 1)
    share = (100 * (longest - keyed.ours.levenshtein(keyed.theirs)) // longest).clip(upper=SAME - 1)
    likeness = ibis.cases((keyed.ours == "", 0), (keyed.ours == keyed.theirs, SAME), else_=share)
    return keyed.select("id", likeness=likeness.cast("int64"))

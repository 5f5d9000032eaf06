"""Probabilistic linkage over any two tables, or within one: weights learned without labels, a probability a pair.

The model is Fellegi and Sunter's, worked out by Splink in a DuckDB of its own: how often a level of agreement is seen
in true pairs (expectation maximisation within blocks) against how often by chance (random pairs), weighed by how rare
the agreeing value is. `train` freezes it; `link` and `dedupe` use a frozen one and decide by what mistakes cost.
"""

import hashlib
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import splink
from splink import Linker
from splink.backends.duckdb import DuckDBAPI
from splink.internals.exceptions import EMTrainingException

from lopo.basics.refusal import Refused
from lopo.people.batch.linkage_costs import PERSONS, Costs, decided, shared
from lopo.people.batch.linkage_model import SELDOM_OTHER, SELDOM_TRUE, Model, weights_in
from lopo.people.batch.linkage_setup import Setup, rule

PAIR_COLUMNS = ("left_id", "right_id", "match_weight", "match_probability", "decision", "steps")
"""Columns of pairs: the keys as text, the weight of the pair alone, its probability, the decision, and why.

`decision` is pasti, ragu or bukan; `steps` is read by `waterfall`.
"""

_LEAST = -10.0
"""Pairs below this weight (one in a thousand) are not worth a row of the answer."""

_SEED = 1
_LEARN_PAIRS = 1_000_000
_ROUNDS = (25, 5, 2)


@dataclass(frozen=True, slots=True)
class Doubles:
    """Doubles in one table: `pairs` (PAIR_COLUMNS), and `clusters` (cluster_id, member_id), one row a record."""

    pairs: ir.Table
    clusters: ir.Table


def train(tables: Sequence[ir.Table], setup: Setup, on: date) -> Model:
    """Learn a model from one table (doubles) or two (a link), without labels; `on` is the day it is dated.

    Refused when the tables have too little to learn from.
    """
    rows = [_arrow(table) for table in tables]
    learned = _learned(rows, setup)
    return Model(
        setup=setup.name,
        version=setup.version,
        made_with=f"splink {splink.__version__}",
        trained_on=on,
        rows=tuple(one.num_rows for one in rows),
        data_hash=_hash(rows, setup.key),
        key=setup.key,
        prior=learned["probability_two_random_records_match"],
        words={one.name: one.words for one in setup.compares},
        weights=weights_in(learned),
        settings=learned,
    )


def _learned(rows: Sequence[pa.Table], setup: Setup) -> dict[str, Any]:
    """The settings of Splink with what it learned.

    Where true and other pairs are wholly apart, the share of a level runs to zero within a few rounds, which Splink
    takes for an error: then fewer rounds are tried.
    """
    for rounds in _ROUNDS:
        try:
            return _learned_in(rows, setup, rounds)
        except (ValueError, EMTrainingException) as error:
            failed = error
    raise Refused("data_kurang_untuk_belajar", "Datanya terlalu sedikit untuk melatih model pencocokan.") from failed


def _learned_in(rows: Sequence[pa.Table], setup: Setup, rounds: int) -> dict[str, Any]:
    settings = {**setup.settings(link=len(rows) == 2), "max_iterations": rounds}
    with _linker(rows, settings) as (linker, _):
        training = linker.training
        training.estimate_probability_two_random_records_match([rule(one) for one in setup.certain], setup.share)
        training.estimate_u_using_random_sampling(max_pairs=setup.sample, seed=_SEED)
        for one in setup.learn_in:
            training.estimate_parameters_using_expectation_maximisation(
                rule(one), estimate_without_term_frequencies=True, max_pairs=_LEARN_PAIRS, record_sample_proportion=1.0
            )
        return _frozen(linker.misc.save_model_to_json())


def link(left: ir.Table, right: ir.Table, model: Model, costs: Costs = PERSONS) -> ir.Table:
    """Pairs of two tables (PAIR_COLUMNS) of which each row is another person than the rest of its table.

    One-to-one: a row's candidates share its probability (and so do those of the person), so that two who are alike
    halve one another and neither is sure. No row is in two sure pairs.
    """
    with _linker([_arrow(left), _arrow(right)], model.settings) as (linker, backend):
        found = linker.inference.predict(threshold_match_weight=_LEAST, warning_mode="never")
        pairs = _told(backend.table(found.physical_name), model)
        return ibis.memtable(decided(shared(pairs), costs).select(*PAIR_COLUMNS).to_pyarrow())


def dedupe(table: ir.Table, model: Model, costs: Costs = PERSONS) -> Doubles:
    """Doubles within one table: pairs as decided, and clusters of the records that sure pairs hold together."""
    with _linker([_arrow(table)], model.settings) as (linker, backend):
        found = linker.inference.predict(threshold_match_weight=_LEAST, warning_mode="never")
        pairs = decided(_told(backend.table(found.physical_name), model), costs).select(*PAIR_COLUMNS).to_pyarrow()
        grouped = linker.clustering.cluster_pairwise_predictions_at_threshold(
            found, threshold_match_probability=costs.sure_from
        )
        members = backend.table(grouped.physical_name)
        clusters = members.select(
            cluster_id=members.cluster_id.cast("string"), member_id=members[model.key].cast("string")
        ).to_pyarrow()
    return Doubles(ibis.memtable(pairs), ibis.memtable(clusters))


def doubled(table: ir.Table, doubles: Doubles, key: str, over: Sequence[str]) -> ir.Table:
    """Clusters of more than one record: cluster_id, records, and the count of distinct values of each column `over`.

    With list, month and sender as `over` it tells who stands on several lists, in several months, from whom.
    """
    rows = table.mutate(member_id=table[key].cast("string")).inner_join(doubles.clusters, "member_id")
    counts = {f"{name}_count": rows[name].nunique() for name in over}
    groups = rows.group_by("cluster_id").aggregate(records=rows.count(), **counts)
    return groups.filter(groups.records > 1)


def _told(pairs: ir.Table, model: Model) -> ir.Table:
    """Splink's pairs in our columns, with the steps from the start to the weight."""
    steps: ir.StringValue = ibis.literal(f"awal::{model.start:.2f}:0.00")
    for name, weights in model.weights.items():
        weighed = [one.code for one in weights if one.weighed]
        codes = [(pairs[f"gamma_{name}"] == len(weighed) - 1 - n, code) for n, code in enumerate(weighed)]
        code = ibis.cases(*codes, else_="kosong")
        rarity = pairs[f"mw_tf_adj_{name}"] if f"mw_tf_adj_{name}" in pairs.columns else ibis.literal(0.0)
        steps = steps.concat(" ", name, ":", code, ":", _short(pairs[f"mw_{name}"]), ":", _short(rarity))
    left, right = f"{model.key}_l", f"{model.key}_r"
    return pairs.select(
        "match_weight", "match_probability", left_id=pairs[left].cast("string"), right_id=pairs[right].cast("string"),
        steps=steps,
    )  # fmt: skip


def _short(bits: ir.FloatingValue) -> ir.StringValue:
    """A weight as text with two decimals."""
    return bits.fill_null(0.0).round(2).cast("string")


@contextmanager
def _linker(rows: Sequence[pa.Table], settings: Mapping[str, Any]) -> Iterator[tuple[Linker, Any]]:
    """A linker over the rows in a DuckDB of its own, which is closed at the end."""
    with tempfile.TemporaryDirectory(prefix="lopo-linkage-", ignore_cleanup_errors=True) as spilled:
        backend = ibis.duckdb.connect(threads=2, temp_directory=spilled)
        try:
            api = DuckDBAPI(connection=backend.con)
            frames = [api.register(one, dataset_display_name=f"side_{n}") for n, one in enumerate(rows)]
            yield Linker(frames, dict(settings), log_level="ERROR"), backend
        finally:
            backend.disconnect()


def _arrow(table: ir.Table) -> pa.Table:
    return table.to_pyarrow().combine_chunks()


def _frozen(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings without what differs from run to run, with a number for every level that training never saw."""
    settings.pop("linker_uid", None)
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                for part, least in (("m_probability", SELDOM_TRUE), ("u_probability", SELDOM_OTHER)):
                    level[part] = max(round(level.get(part) or 0.0, 9), least)
    return settings


def _hash(rows: Sequence[pa.Table], key: str) -> str:
    """SHA-256 of the tables, whatever the order of their rows and columns."""
    digest = hashlib.sha256()
    for table in rows:
        one = table.select(sorted(table.column_names)).sort_by(key).combine_chunks()
        sink = io.BytesIO()
        with pa.ipc.new_stream(sink, one.schema) as stream:
            stream.write_table(one)
        digest.update(sink.getvalue())
    return digest.hexdigest()

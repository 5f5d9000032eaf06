"""How fast the law simulates in memory: ten rules over arrays, beside the same ten written for OpenFisca-core 46.

OpenFisca-core is AGPL and no part of this product: give the python of an environment that has it with --peer-python.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

TARGETS = ("iuran_per_bulan", "jkm_total")
EXACT = "stmb_penuh"
"""A benefit by days, rounded to the rupiah: what is told of exactness."""
LADDER = "lapisan_dasar_jkk"
TIMES = 2.0
WHOLE_NUMBERS = """
with kasus as (select range as nomor, range * 7919 % 30000000 as upah, range * 37 % 900 as hari from range($3)),
     tangga as (select unnest($1::bigint[]) as batas, unnest($2::bigint[]) as dasar)
select ((dasar * (least(hari, 360) + hari) * 50 * 2 + 3000) // 6000)::bigint as stmb
from kasus asof join tangga on upah >= batas order by nomor
"""


def facts(rows: int) -> dict[str, np.ndarray]:
    """So many made-up members, the same on both sides."""
    place = np.arange(rows, dtype=np.int64)
    return {
        "penghasilan": place * 7919 % 30_000_000,
        "nomor_terbit": place % 50 != 0,
        "bulan_kepesertaan": place * 31 % 24,
        "bulan_menunggak": place * 17 % 6,
        "tunggakan_lunas": place % 3 == 0,
        "kecelakaan_kerja": place % 9 == 0,
        "hari_stmb": place * 37 % 900,
    }


def ours(rows: int) -> dict[str, Any]:
    from datetime import date  # noqa: PLC0415 - the peer's environment has none of this

    from lopo.law import LAW  # noqa: PLC0415
    from lopo.law.arrays import simulate  # noqa: PLC0415

    given = facts(rows)
    simulate(LAW, TARGETS, {name: column[:10] for name, column in given.items()}, date(2025, 10, 20))
    start = process_time()
    found = simulate(LAW, TARGETS, given, date(2025, 10, 20))
    seconds = process_time() - start
    assert all(found.known[name].all() for name in TARGETS)
    exact = simulate(LAW, EXACT, given, date(2025, 10, 20)).values[EXACT]
    return {"seconds": seconds, "sums": [int(found.values[name].sum()) for name in TARGETS], "exact": exact}


def peer(rows: int, bounds: list[int], values: list[int], kept: str) -> dict[str, Any]:
    """The ten rules as OpenFisca variables: build of the simulation and calculation, in processor seconds.

    The benefit by days is worked out afterwards, and kept in a file of that name.
    """
    from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables  # noqa: PLC0415

    person = entities.Entity("person", "persons", "", "")
    system = taxbenefitsystems.TaxBenefitSystem([person])

    def variable(name: str, kind: type, formula: object = None) -> None:
        about = {"value_type": kind, "entity": person, "definition_period": periods.DateUnit.MONTH, "label": name}
        system.add_variable(type(name, (variables.Variable,), about | ({"formula": formula} if formula else {})))

    given = facts(rows)
    for name, column in given.items():
        variable(name, bool if column.dtype == bool else float)
    ladder, steps = np.array(bounds[1:]), np.array(values)
    money, yes = float, bool
    variable("dasar", money, lambda p, t: steps[np.searchsorted(ladder, p("penghasilan", t), side="right")])
    variable("iuran_jkk", money, lambda p, t: np.floor(p("dasar", t) * 0.01 + 0.5))
    variable("iuran_per_bulan", money, lambda p, t: p("iuran_jkk", t) + 6800)
    variable("tidak_gugur", yes, lambda p, t: p("bulan_menunggak", t) <= 3)
    variable(
        "berhak",
        yes,
        lambda p, t: p("nomor_terbit", t) * np.logical_not(p("kecelakaan_kerja", t)) * p("tidak_gugur", t),
    )
    variable("dibayar", yes, lambda p, t: (p("bulan_menunggak", t) == 0) + p("tunggakan_lunas", t))
    variable("lewat", yes, lambda p, t: p("bulan_kepesertaan", t) > 3)
    variable("penuh", yes, lambda p, t: p("berhak", t) * p("dibayar", t) * p("lewat", t))
    variable("santunan", money, lambda p, t: np.where(p("penuh", t), 20_000_000 + 24 * 500_000, 0))
    variable("jkm_total", money, lambda p, t: p("santunan", t) + np.where(p("berhak", t), 10_000_000, 0))
    variable("hari_dibayar", money, lambda p, t: np.minimum(p("hari_stmb", t), 360) + p("hari_stmb", t))
    variable(EXACT, money, lambda p, t: np.floor(p("dasar", t) / 60 * p("hari_dibayar", t) + 0.5))
    start = process_time()
    simulation = simulations.SimulationBuilder().build_default_simulation(system, count=rows)
    for name, column in given.items():
        simulation.set_input(name, "2025-10", column)
    found = [simulation.calculate(name, "2025-10") for name in TARGETS]
    seconds = process_time() - start
    np.save(kept, simulation.calculate(EXACT, "2025-10").astype(np.int64))
    return {"seconds": seconds, "sums": [int(column.astype(np.int64).sum()) for column in found]}


def say(figure: str, value: float, unit: str, goal: float, good: bool) -> None:
    print(json.dumps({"bench": "law_memory", "figure": figure, "value": round(value, 3), "unit": unit, "goal": goal,
                      "ok": good}))  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a million rows and no peer")
    parser.add_argument("--peer-python", default="", help="a python that has openfisca-core 46")
    parser.add_argument("--as-peer", default="", help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=10_000_000)
    given = parser.parse_args()
    if given.as_peer:
        print(json.dumps(peer(given.rows, *json.loads(given.as_peer))))
        return
    rows = 1_000_000 if given.quick else given.rows
    mine = ours(rows)
    seconds = mine["seconds"]
    say(f"contributions and JKM over {rows} rows in memory, processor time", seconds, "s", 0.4e-6 * rows,
        seconds <= 0.4e-6 * rows)  # fmt: skip
    if given.quick or not given.peer_python:
        print("law_memory: the peer OpenFisca-core was not run (see --peer-python)", file=sys.stderr)
        return
    import duckdb  # noqa: PLC0415

    from lopo.law import LAW  # noqa: PLC0415
    from lopo.law.parameters import Tiers  # noqa: PLC0415

    ladder = LAW.parameters[LADDER].versions[0].value
    assert isinstance(ladder, Tiers)
    with tempfile.TemporaryDirectory() as folder:
        kept = f"{folder}/kept.npy"
        about = json.dumps([ladder.bounds, ladder.values, kept])
        command = [given.peer_python, __file__, "--rows", str(rows), "--as-peer", about]
        theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        off = np.abs(np.load(kept) - mine["exact"])
    ratio = theirs["seconds"] / seconds
    say("rows a second beside OpenFisca-core, build and calculation", ratio, "times", TIMES, ratio >= TIMES)
    for mine_sum, their_sum in zip(mine["sums"], theirs["sums"], strict=True):
        assert abs(mine_sum - their_sum) * 1_000_000 <= mine_sum  # the same rules, but for the peer's float32
    table = duckdb.connect().execute(WHOLE_NUMBERS, [list(ladder.bounds), list(ladder.values), rows]).fetchnumpy()
    wrong = int((table["stmb"] != mine["exact"]).sum())
    say("rows of a benefit by days that are off from whole numbers in SQL", wrong, "rows", 0, wrong == 0)
    share = float((off > 0).mean() * 100)
    say("rows of the same that OpenFisca's float32 has otherwise", share, "%", 100, True)
    say("the most by which it is off", int(off.max()), "Rp", 1000, int(off.max()) <= 1000)


if __name__ == "__main__":
    main()

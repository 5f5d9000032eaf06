"""How fast the law decides: one case with its trace, a full accident, and ten million rows beside hand-written SQL."""

import argparse
import json
import resource
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import ibis
import ibis.expr.types as ir

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lopo.law import LAW, decide
from lopo.law.cases import CoverFacts, Injury, Invoice, JkkAccidentFacts, JkkFacts, JkmFacts, Trip
from lopo.law.marked_yaml import FIRST_DAY, LAST_DAY
from lopo.law.parameters import Tiers
from lopo.law.whole_cases import Aids, Child, HomeCare, LostFunction, WholeAccidentFacts, children

DAY = date(2025, 10, 20)
COVER = CoverFacts(nomor_terbit=True, bulan_kepesertaan=4, bulan_menunggak=0, tunggakan_lunas=True)
TARGETS = ("iuran_per_bulan", "jkm_total", "jkk_meninggal_total")
MICROSECONDS_A_DECISION, MICROSECONDS_A_WHOLE_CASE = 150, 1000
SECONDS_FOR_TEN_MILLION, TIMES_HAND_WRITTEN, MEGABYTES = 2.0, 1.5, 2000
RUNS = 5


def say(figure: str, value: float, unit: str, goal: float) -> None:
    """One figure that should not be above its goal."""
    told = {"bench": "law", "figure": figure, "value": round(value, 3), "unit": unit, "goal": goal, "ok": value <= goal}
    print(json.dumps(told))


def microseconds(work: Callable[[], object], times: int) -> float:
    """The median of so many runs, after a warm one."""
    work()
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken) * 1_000_000


def one_death() -> object:
    return decide("jkm_total", JkmFacts(COVER, kecelakaan_kerja=False).facts(), DAY)


def one_death_as_json() -> object:
    return decide("jkm_total", JkmFacts(COVER, kecelakaan_kerja=False).facts(), DAY).to_json()


def whole_accident() -> object:
    """An accident with 3 injuries, 5 invoices, 2 trips, care at home and aids, and 2 children: three decisions."""
    first = JkkAccidentFacts(
        event=JkkFacts(COVER, True, 1_000_000, DAY, DAY),
        closed_by_doctor=True,
        incapacity_days=45,
        injuries=tuple(
            Injury(part, 1, left_handed=False) for part in ("telunjuk_kanan", "ibu_jari_kaki", "daya_penciuman")
        ),
        trips=(Trip("laut", 350_000), Trip("darat", 100_000)),
        invoices=tuple(Invoice(amount * 1_000_000, belongs=True) for amount in range(1, 6)),
    )
    lost = (LostFunction(Injury("ibu_jari_kanan", 1, left_handed=False), 50),)
    home = (HomeCare(3_000_000, date(2025, 11, 5), date(2025, 11, 1), belongs=True),)
    whole = WholeAccidentFacts(first, True, lost, home, Aids(1_000_000, 0, 500_000, 0, 0)).gathered(DAY)
    named = tuple(Child(date(2015, 3, 10), False, False, "sd", 0, place) for place in (1, 2))
    facts = {**whole.facts, **children(named, DAY, DAY).facts}
    return decide(("jkk_kecelakaan_lengkap", "jkk_cacat_total_lengkap", "jkk_beasiswa_cacat_total"), facts, DAY)


def people(rows: int) -> ir.Table:
    """A table of so many made-up cases inside DuckDB, on days of all editions."""
    connection = ibis.duckdb.connect(threads=2, memory_limit="1600MB")
    connection.raw_sql(
        f"""create table kasus as select
            (range * 7919 % 3000000)::bigint as penghasilan, range % 50 <> 0 as nomor_terbit,
            (range * 31 % 24)::bigint as bulan_kepesertaan, (range * 17 % 6)::bigint as bulan_menunggak,
            range % 3 = 0 as tunggakan_lunas, range % 9 = 0 as kecelakaan_kerja,
            date '2015-07-01' + (range * 13 % 4200)::int as tanggal_kejadian,
            date '2015-12-01' + (range * 13 % 4200)::int + (range % 700)::int as tanggal_klaim,
            range % 4 <> 0 as dibayar_apbd, case when range % 5 = 0 then 'transportasi' else 'lainnya' end as sektor,
            date_trunc('month', date '2015-07-01' + (range * 13 % 4200)::int)::date as bulan_iuran
        from range({rows})"""
    )
    return connection.table("kasus")


def hand_written() -> str:
    """The same three answers as a person would write them in SQL, unknown and impossible facts included."""
    ladder = LAW.parameters["lapisan_dasar_jkk"].versions[0].value
    assert isinstance(ladder, Tiers)
    rows = " ".join(
        f"when penghasilan < {bound} then {base}"
        for bound, base in zip(ladder.bounds[1:], ladder.values[:-1], strict=True)
    )
    years = f"date '{FIRST_DAY}' and date '{LAST_DAY}'"
    return f"""
    with sah as (
      select *,
        case when penghasilan between 0 and 10000000000 then case {rows} else {ladder.values[-1]} end end as dasar,
        tanggal_kejadian >= date '2019-12-02' as baru,
        coalesce(nomor_terbit and not kecelakaan_kerja and bulan_menunggak <= 3, false) as jkm,
        nomor_terbit is not null and tunggakan_lunas is not null and kecelakaan_kerja is not null
          and bulan_menunggak between 0 and 1200 as lengkap
      from kasus where tanggal_kejadian between date '2015-07-01' and date '{LAST_DAY}'),
    jawaban as (
      select
        case when tanggal_kejadian between date '2020-08-01' and date '2021-01-31'
            then (dasar // 100 + 50) // 100 + 68
          when tanggal_kejadian < date '2026-01-01' then dasar // 100 + 6800
          when dibayar_apbd is null or sektor is null or sektor not in ('transportasi', 'lainnya')
            or coalesce(bulan_iuran not between {years}, true) then null
          when not dibayar_apbd and (case when sektor = 'transportasi'
              then bulan_iuran between date '2026-01-01' and date '2027-03-01'
              else bulan_iuran between date '2026-04-01' and date '2026-12-01' end)
          then (dasar // 100 + 1) // 2 + 3400
          else dasar // 100 + 6800 end as iuran_per_bulan,
        case when lengkap and (tanggal_kejadian < date '2025-01-01' or bulan_kepesertaan between 0 and 1200) then
          case when not jkm then 0 else case when baru then 10000000 else 3000000 end
            + case when (bulan_menunggak = 0 or tunggakan_lunas)
                and (tanggal_kejadian < date '2025-01-01' or bulan_kepesertaan > 3)
              then case when baru then 32000000 else 21000000 end else 0 end end end as jkm_total,
        case when lengkap and dasar is not null and tanggal_klaim between {years} then
          case when nomor_terbit and kecelakaan_kerja and bulan_menunggak <= 3
            and tanggal_klaim <= tanggal_kejadian + case when baru then interval 5 year else interval 2 year end
            and (bulan_menunggak = 0 or tunggakan_lunas)
          then case when baru then greatest(48 * dasar, 20000000) + 22000000
            else greatest(48 * dasar, 16200000) + 7800000 end
          else 0 end end as jkk_meninggal_total
      from sah)
    select {", ".join(f"sum({name})" for name in TARGETS)} from jawaban"""


def derived(table: ir.Table) -> str:
    """The SQL that comes out of the rules for the same three answers."""
    answers = LAW.compute_by_day(TARGETS, table, "tanggal_kejadian")
    return str(ibis.to_sql(answers.aggregate([answers[name].sum().name(name) for name in TARGETS])))


def many(rows: int) -> tuple[float, float, float]:
    """Seconds to write the SQL and to run it, and its processor time over that of the hand-written one.

    Both give the same, to the rupiah. Processor time is what both cores spend, so other work does not blur the ratio.
    """
    table = people(rows)
    connection = table.get_backend().con
    start = perf_counter()
    ours = derived(table)
    writing = perf_counter() - start
    taken: dict[str, list[float]] = {"ours": [], "hand": []}
    work: dict[str, list[float]] = {"ours": [], "hand": []}
    results = set()
    for _ in range(RUNS):  # in turns, so that what else the machine does falls on both
        for name, sql in (("ours", ours), ("hand", hand_written())):
            start, spent = perf_counter(), process_time()
            results.add(connection.execute(sql).fetchone())
            taken[name].append(perf_counter() - start)
            work[name].append(process_time() - spent)
    assert len(results) == 1
    assert all(total > 0 for total in results.pop())
    return writing, min(taken["ours"]), min(work["ours"]) / min(work["hand"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller numbers, under a minute")
    quick = parser.parse_args().quick
    times, rows = (500, 1_000_000) if quick else (5_000, 10_000_000)
    say("one decision with its trace", microseconds(one_death, times), "us", MICROSECONDS_A_DECISION)
    say(
        "one decision as JSON in two languages", microseconds(one_death_as_json, times), "us", MICROSECONDS_A_WHOLE_CASE
    )
    say(
        "a whole JKK case: 3 injuries, 5 invoices, 2 children",
        microseconds(whole_accident, times // 5),
        "us",
        MICROSECONDS_A_WHOLE_CASE,
    )
    writing, ours, ratio = many(rows)
    goal = SECONDS_FOR_TEN_MILLION * rows / 10_000_000
    say(f"three targets over {rows} rows of all editions", ours, "s", goal)
    say("its processor time beside hand-written SQL", ratio, "times", TIMES_HAND_WRITTEN)
    say("writing the SQL once for a set of targets", writing, "s", SECONDS_FOR_TEN_MILLION)
    say("most memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", MEGABYTES)


if __name__ == "__main__":
    main()

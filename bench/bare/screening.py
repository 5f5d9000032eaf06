"""The bare peer of the screening: Splink's own prediction and plain DuckDB joins over columns that are clean already.

`prepared` cleans the columns and names the blocks, outside the peer's time; `bare` is what is measured, in a process of
its own: the pairs of the same blocks weighed by the same comparisons of the same model, the best person of each row,
the registers joined by number, one csv. It reads no sheet, takes no entry without a number for anybody's, and gives no
reasons; so it does less than the screening.
"""

import argparse
import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow.parquet as pq
from splink import Linker, block_on
from splink.backends.duckdb import DuckDBAPI

from lopo.jobs.engine import open_engine, share_of_memory
from lopo.jobs.registers import open_registers
from lopo.jobs.sheets import each_list
from lopo.people.batch import pairs
from lopo.people.batch.likelihood import REGISTER_MODEL
from lopo.people.batch.pairs import PERSON_COLUMNS, ROW_COLUMNS
from lopo.targeting.batch.candidates import SCHEMA, candidate_parts
from lopo.targeting.batch.registers import prepare
from lopo.targeting.batch.screen import cleaned_rows

EVENTS = ("deaths", "moves", "civil_servants", "active_members", "deciles")
ANSWER = """
copy (
    with best as (
        select row_id_l as row_id, arg_max(row_id_r, match_weight) as nik, max(match_weight) as match_weight
        from {predicted} group by row_id_l
    ),
    deaths as (select nik, min(tgl_meninggal) as died from '{folder}/deaths.parquet' group by nik),
    moves as (select nik, min(tgl_pindah) as moved from '{folder}/moves.parquet' group by nik),
    servants as (select distinct nik from '{folder}/civil_servants.parquet'),
    members as (select nik, min(aktif_sejak) as since, max(segmen) as segment
                from '{folder}/active_members.parquet' group by nik),
    deciles as (select nik, min(try_cast(desil as bigint)) as decile from '{folder}/deciles.parquet' group by nik)
    select r.row_id, r.name, b.nik, b.match_weight, p.kode_kelurahan, d.died, m.moved, s.nik is not null as servant,
           a.since, a.segment, t.decile
    from '{folder}/rows.parquet' r
    left join best b on b.row_id = r.row_id
    left join '{folder}/persons.parquet' p on p.nik = b.nik
    left join deaths d on d.nik = b.nik left join moves m on m.nik = b.nik left join servants s on s.nik = b.nik
    left join members a on a.nik = b.nik left join deciles t on t.nik = b.nik
    order by r.row_id
) to '{folder}/bare.csv' (header)
"""


def prepared(lists: Path, registers: Path, on: date, folder: Path) -> int:
    """Write the clean columns as parquet, with one text for each block under which a row and a person meet.

    Gives how many pairs meet in all blocks together. Where a block is crowded its text says what is asked there too.
    """
    with open_engine(memory=share_of_memory()) as engine:
        tables = open_registers(registers, engine)
        for name in EVENTS:
            engine.backend.to_parquet(getattr(tables, name), folder / f"{name}.parquet")
        persons = prepare(tables, on, engine.keep).persons
        rows = engine.keep(cleaned_rows(engine.stream(SCHEMA, candidate_parts(each_list(lists))), on))
        left, right = _blocked(rows, persons)
        engine.backend.to_parquet(left, folder / "rows.parquet")
        engine.backend.to_parquet(right, folder / "persons.parquet")
        return int(pairs.candidate_pairs(rows, persons).count().execute())


def _blocked(rows: ir.Table, persons: ir.Table) -> tuple[ir.Table, ir.Table]:
    """Rows and persons in the columns of the model, with the keys of the blocks as b0, b1 ..."""
    left = rows.mutate(nik=rows.nik_whole).select(*dict.fromkeys((*ROW_COLUMNS, *PERSON_COLUMNS)))
    right = persons.mutate(
        row_id=persons.nik, nik_digits=persons.nik, nik_kind=ibis.literal("utuh"), nik_whole=persons.nik,
        nik_born=ibis.literal(""), nik_sex=ibis.literal(""), born_swapped=ibis.null("date"),
    ).select(*left.columns)  # fmt: skip
    for place, block in enumerate(pairs._blocks()):
        left = left.mutate(**{f"b{place}": _told(block.row(left))})
        right = right.mutate(**{f"b{place}": _told(block.person(right))})
        if not block.finer:
            continue
        sizes = right.group_by(key=f"b{place}").aggregate(size=right.count())
        crowded = sizes.filter(sizes.size > pairs.CROWD).select("key")
        left, right = (_finer(side, block, f"b{place}", crowded) for side in (left, right))
    return left, right


def _finer(table: ir.Table, block: pairs.Block, name: str, crowded: ir.Table) -> ir.Table:
    """Where a block is crowded, one text for each thing that may agree as well, under b7, b7_1 ..."""
    joined = table.left_join(crowded, [(name, "key")])
    more = [joined[name].concat("|", finer(joined).cast("string")) for finer in block.finer]
    first = {name: ibis.ifelse(joined.key.isnull(), joined[name], more[0])}
    return joined.mutate(**first, **{f"{name}_{n}": text for n, text in enumerate(more[1:], 1)}).drop("key")


def _texts(names: Sequence[str]) -> list[str]:
    """Which columns are the texts of blocks."""
    return [name for name in names if re.fullmatch(r"b[0-9]+(_[0-9]+)?", name)]


def _told(keys: list[ir.Value]) -> ir.StringValue:
    """All keys as one text, NULL where one of them is NULL."""
    texts = [key.cast("string") for key in keys]
    return texts[0].concat(*[part for text in texts[1:] for part in ("|", text)]) if texts[1:] else texts[0]


def bare(folder: Path) -> int:
    """Make the bare calls over a folder that `prepared` has written; gives how many pairs were weighed."""
    with open_engine(memory=share_of_memory()) as engine:
        con = engine.backend.con
        api = DuckDBAPI(connection=con)
        sides = []
        texts = _texts(pq.read_schema(folder / "rows.parquet").names)
        for name in ("rows", "persons"):
            con.execute(f"create temp table side_{name} as from '{folder}/{name}.parquet'")
            sides.append(api.register(f"side_{name}", dataset_display_name=f"side_{len(sides)}"))
        settings = {
            **REGISTER_MODEL.settings,
            "blocking_rules_to_generate_predictions": [block_on(name) for name in texts],
            "retain_matching_columns": False,
            "retain_intermediate_calculation_columns": False,
        }
        found = Linker(sides, settings, log_level="ERROR").inference.predict(warning_mode="never")
        count = con.execute(f"select count(*) from {found.physical_name}").fetchone()
        con.execute(ANSWER.format(predicted=found.physical_name, folder=folder))
    return int(count[0]) if count else 0


def main() -> None:
    """`prepare FOLDER LISTS REGISTERS DAY`, or `run FOLDER`: one JSON line."""
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("what", choices=("prepare", "run"))
    chosen.add_argument("folder", type=Path)
    chosen.add_argument("lists", type=Path, nargs="?")
    chosen.add_argument("registers", type=Path, nargs="?")
    chosen.add_argument("on", type=date.fromisoformat, nargs="?")
    call = chosen.parse_args()
    if call.what == "prepare":
        print(json.dumps({"pairs": prepared(call.lists, call.registers, call.on, call.folder)}))
    else:
        print(json.dumps({"pairs": bare(call.folder)}))


if __name__ == "__main__":
    main()

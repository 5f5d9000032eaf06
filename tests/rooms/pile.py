"""A small world for tests of targeting: registers with a few families, a list, a programme, a screening by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lopo.jobs.sheets import parse_list
from lopo.people import actions as people
from lopo.people.queries import snapshots
from lopo.people.registers import Provenance
from lopo.targeting import actions
from lopo.targeting.criteria import Criteria, written
from lopo.targeting.models import ProposalRow
from lopo.targeting.queries import programme_row
from tests.cast import Cast

DAY = date(2025, 6, 1)
REGISTERED = date(2025, 5, 31)
HEAD = "Nama Jemaat;KTP;Lahir;Kelurahan;Pekerjaan;Telepon"
PLACES = ("53.71.01.1001", "53.71.03.1010", "53.71.04.1009")


@dataclass(frozen=True)
class Neighbour:
    """One inhabitant that tests propose."""

    nik: str
    name: str
    area_code: str


def neighbours(many: int, *, first: int = 1) -> tuple[Neighbour, ...]:
    """Inhabitants spread over three kelurahan of three kecamatan, 3:2:1."""
    spread = (0, 0, 0, 1, 1, 2)
    return tuple(
        Neighbour(f"5371{n % 6 + 1:02d}010180{n:04d}", f"Tetangga {n}", PLACES[spread[n % 6]])
        for n in range(first, first + many)
    )


def registers(cast: Cast, people_there: Sequence[Neighbour]) -> tuple[int, ...]:
    """Put all six registers in force; give the ids of their snapshots."""
    return _load(cast, people_there, REGISTERED)


def registers_more(cast: Cast, people_there: Sequence[Neighbour]) -> None:
    """Put later registers of people and deciles in force that hold more people."""
    _load(cast, people_there, DAY)


def in_force() -> tuple[int, ...]:
    """The ids of the snapshots in force."""
    return tuple(one.id for one in snapshots(only_current=True))


def _load(cast: Cast, people_there: Sequence[Neighbour], as_of: date) -> tuple[int, ...]:
    rows: dict[str, list[tuple[object, ...]]] = {
        "penduduk": [
            ("5371040101010001", one.nik, one.name, "L", date(1980, 1, 1), "KEPALA KELUARGA", "Ibu", one.area_code, "1",
             "2") for one in people_there
        ],
        "kematian": [("KM-1", "", "Orang Lain", None, date(2024, 1, 1), "Alak")],
        "pindah": [("", "Orang Lain", date(2024, 1, 1), "Alor")],
        "asn": [("197001012000011001", "", "Orang Lain", "Pemkot")],
        "bpjs": [("1", "", "Orang Lain", None, "PU", None)],
        "desil": [("5371040101010001", one.nik, one.name, 1, None) for one in people_there],
    }  # fmt: skip
    made = []
    for kind, told in rows.items():
        digest = hashlib.sha256(repr(told).encode()).hexdigest()
        provenance = Provenance(kind, f"{kind}.csv", as_of, digest)
        made.append(people.load_register(by=cast.dinas, on=DAY, provenance=provenance, rows=told).snapshot_id)
    return tuple(made)


CRITERIA = Criteria(max_decile=4)
ASKED = written(CRITERIA)
BASIS = actions.Basis("Pergub 5/2025", date(2025, 1, 2))


def programme(cast: Cast, *, places: int = 4, code: str = "uji-2025", criteria: Criteria = CRITERIA) -> int:
    """A programme of the city with a few places, approved."""
    made = actions.create_programme(
        by=cast.dinas,
        on=DAY,
        programme=actions.NewProgramme(
            code, "Uji", "53.71", date(2025, 7, 1), date(2025, 12, 1), DAY, places, criteria, 1_000_000, BASIS
        ),
    )
    row = programme_row(made)
    if row is not None and row.state == "konsep":
        actions.approve_programme(by=cast.penyetuju, on=DAY, programme_id=made)
    return made


def csv_of(people_there: Sequence[Neighbour]) -> bytes:
    """A list as a parish sends it."""
    lines = [f"{one.name};{one.nik};01/01/1980;;Nelayan;0812{n:06d}" for n, one in enumerate(people_there)]
    return "\n".join((HEAD, *lines, "")).encode()


def arrival(programme_id: int, content: bytes, file: str = "gereja/gmit_labat.csv") -> actions.Arrival:
    """A list that has come and was read."""
    return actions.Arrival(programme_id, file, content, parse_list(file, content))


def verdict_rows(programme_id: int, verdict: str = "diterima") -> tuple[actions.ScreenedRow, ...]:
    """The same verdict for every candidate row, each settled by the NIK it gives."""
    area = {one.nik: one.area_code for one in neighbours(2000)}
    rows = ProposalRow.objects.filter(list__programme_id=programme_id, kind="calon").order_by("id")
    return tuple(
        actions.ScreenedRow(
            row_id=row.id, verdict=verdict, reasons=() if verdict == "diterima" else ("di_luar_desil",),
            nik_matched=row.nik_given, area_code=area[row.nik_given], decile=1 + row.line % 4, phone="0812",
            occupation="Nelayan", evidence={"match_kind": "sama"},
        )
        for row in rows
    )  # fmt: skip


def screened(cast: Cast, programme_id: int, snapshot_ids: tuple[int, ...]) -> actions.Recorded:
    """Accept everybody."""
    run = actions.ScreeningRun(programme_id, "h" * 64, snapshot_ids, verdict_rows(programme_id), ASKED)
    return actions.record_screening(by=cast.dinas, on=DAY, run=run)


def ready(cast: Cast, *, many: int = 12, places: int = 4) -> int:
    """A programme whose list of `many` accepted people is screened; give its id."""
    people.seed_areas(by=cast.dinas, on=DAY)
    there = neighbours(many)
    snapshot_ids = registers(cast, there)
    made = programme(cast, places=places)
    actions.receive_list(by=cast.dinas, on=DAY, arrival=arrival(made, csv_of(there)))
    screened(cast, made, snapshot_ids)
    return made

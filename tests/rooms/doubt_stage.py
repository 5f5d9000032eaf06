"""A small parish list with rows in doubt: two who fit alike, one without a decile, one nobody knows, one plain."""

from __future__ import annotations

import hashlib
from datetime import date

from lopo.jobs.screening import screen_programme
from lopo.people import actions as people
from lopo.people.registers import Provenance
from lopo.targeting import actions
from lopo.targeting.models import ProposalRow
from tests.cast import Cast
from tests.rooms import pile

OEBUFU = "53.71.04.1009"
NELSON, NAHOR, MERRY, OKTO = "5371042202900001", "5371042202900002", "5371045507730001", "5371040106800001"
DAUD = "5371041103800001"
RESIDENTS = (
    ("5371041806200002", NELSON, "Nelson Timo", "L", date(1990, 2, 22), "KEPALA KELUARGA", "Ibu Satu"),
    ("5371041806200003", NAHOR, "Nahor Timo", "L", date(1990, 2, 22), "KEPALA KELUARGA", "Ibu Dua"),
    ("5371041806200004", MERRY, "Merry Snae", "P", date(1973, 7, 15), "KEPALA KELUARGA", "Ibu Tiga"),
    ("5371041806200005", OKTO, "Okto Bria", "L", date(1980, 6, 1), "KEPALA KELUARGA", "Ibu Empat"),
    ("5371041806200006", DAUD, "Daud Mella", "L", date(1980, 3, 11), "KEPALA KELUARGA", "Ibu Lima"),
)
LISTED = (
    "N Timo;;22/02/1990;Oebufu;Porter;081211112222",
    f"Merry Snae;{MERRY};15/07/1973;Oebufu;Penjual ikan;",
    "Siapa Dia;;03/04/1961;Oebufu;Porter;",
    f"Okto Bria;{OKTO};01/06/1980;Oebufu;Ojek;",
)


def registers(cast: Cast, as_of: date = pile.REGISTERED, dead: str = "Orang Lain") -> None:
    """Put the six registers in force; Merry stands in DTSEN only under her family."""
    rows: dict[str, list[tuple[object, ...]]] = {
        "penduduk": [(*one, OEBUFU, "1", "2") for one in RESIDENTS],
        "kematian": [("KM-1", "", dead, date(1980, 3, 11), date(2025, 5, 1), "Oebufu")],
        "pindah": [("", "Orang Lain", date(2024, 1, 1), "Alor")],
        "asn": [("197001012000011001", "", "Orang Lain", "Pemkot")],
        "bpjs": [("1", "", "Orang Lain", None, "PU", None)],
        "desil": [(kk, nik, name, 2, None) for kk, nik, name, *_ in RESIDENTS if nik != MERRY],
    }  # fmt: skip
    for kind, told in rows.items():
        digest = hashlib.sha256(f"{as_of}{told!r}".encode()).hexdigest()
        made = Provenance(kind, f"{kind}.csv", as_of, digest)
        people.load_register(by=cast.dinas, on=pile.DAY, provenance=made, rows=told)


def receive(cast: Cast, programme_id: int, lines: tuple[str, ...], file: str = "gereja/gmit_labat.csv") -> None:
    """A parish list comes in."""
    content = "\n".join((pile.HEAD, *lines, "")).encode()
    actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=pile.arrival(programme_id, content, file))


def screen(cast: Cast, programme_id: int) -> actions.Recorded:
    """Screen the lists as the office does."""
    return screen_programme(by=cast.dinas, on=pile.DAY, programme_id=programme_id, progress=lambda *_: None)


def ready(cast: Cast) -> int:
    """A programme with the parish list screened; gives its id."""
    people.seed_areas(by=cast.dinas, on=pile.DAY)
    registers(cast)
    made = pile.programme(cast)
    receive(cast, made, LISTED)
    screen(cast, made)
    return made


def row(name: str) -> int:
    """The id of the newest row with this name."""
    return ProposalRow.objects.filter(name=name).latest("id").id

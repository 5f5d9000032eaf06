"""A small story for the pages: three lists of the demo, played by the demo's own chapters, and two cases by hand."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from lopo.basics.page import Asked
from lopo.claims import actions as claims
from lopo.claims import queries as claim_queries
from lopo.coverage import queries as coverage
from lopo.demo import choosing, claiming, show
from lopo.demo.stage import Stage
from lopo.staff import queries as staff

ROOT = Path(__file__).resolve().parents[2]
LISTS = ("kelurahan/53.71.04.1009_oebufu.xlsx", "kelurahan/53.71.06.1003_bonipoi.xlsx", "gereja/gmit_labat.csv")
TODAY = date(2026, 1, 15)
OEBUFU, BONIPOI = "53.71.04.1009", "53.71.06.1003"
PASSWORD = "lopo-demo-2025"
WITH_ALL_LISTS = (claiming.death_at_work, claiming.accident, claiming.decisions, claiming.payment)
"""Chapters about people who stand on lists that are left out here."""
CHAPTERS = tuple(chapter.play for chapter in show.CHAPTERS if chapter.play not in WITH_ALL_LISTS)


@dataclass(frozen=True)
class Story:
    """The ids that tests need."""

    programme_id: int
    decree_id: int
    oebufu_list: int
    member: coverage.MemberRow
    neighbour: coverage.MemberRow
    accident: int


def copy_lists(folder: Path) -> Path:
    """Copy the registers and the three lists into a folder."""
    shutil.copytree(ROOT / "demo/lists/acuan", folder / "acuan")
    for name in LISTS:
        (folder / "usulan" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "demo/lists/usulan" / name, folder / "usulan" / name)
    return folder


def play(folder: Path) -> Story:
    """Play the chapters, report an accident, and tell what is there."""
    stage = Stage(copy_lists(folder), lambda _done, _total, _step: None)
    for chapter in CHAPTERS:
        chapter(stage)
    here = choosing.found()
    member, neighbour = _member(here.programme_id, OEBUFU), _member(here.programme_id, BONIPOI)
    lists = choosing.targets.lists_page(choosing.targets.ListFilter(("53",), here.programme_id), Asked(size=0)).rows
    oebufu = next(row.id for row in lists if row.area_code == OEBUFU)
    return Story(here.programme_id, here.decree_id, oebufu, member, neighbour, _accident(member))


def _member(programme_id: int, area: str) -> coverage.MemberRow:
    wanted = coverage.MembersFilter((area,), programme_id, state="terdaftar")
    rows = coverage.members_page(wanted, Asked(size=0, sort="name"), on=TODAY).rows
    busy = {row.person_id for row in claim_queries.cases_page(claim_queries.CaseFilter(("53",)), Asked(size=0)).rows}
    return next(row for row in rows if row.person_id not in busy)


def _accident(member: coverage.MemberRow) -> int:
    told = claims.Report(
        nik=member.nik, kind="JKK", event_on=date(2025, 11, 20), died_on=None,
        reported_at=datetime(2025, 11, 21, 2, tzinfo=UTC), happened_at=None, source="istri", story="Jatuh dari perahu.",
    )  # fmt: skip
    return claims.report_case(by=staff.officer("dinas"), on=date(2025, 11, 21), report=told).case_id

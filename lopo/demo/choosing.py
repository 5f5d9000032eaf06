"""Act one, May and June 2025: officers, registers, lists, screening, and the decree that names the chosen."""

from __future__ import annotations

from dataclasses import dataclass

from lopo.basics.refusal import Impossible
from lopo.demo import stage as at
from lopo.demo.stage import Stage
from lopo.jobs.intake import Folder, receive_folder
from lopo.jobs.register_files import load_folder
from lopo.jobs.screening import screen_programme
from lopo.people.actions import seed_areas
from lopo.people.queries import snapshots
from lopo.staff import actions as staff_actions
from lopo.staff import queries as staff
from lopo.staff.appointing import DutyGiven, appoint
from lopo.targeting import actions as targeting
from lopo.targeting import queries as targets
from lopo.targeting.criteria import Criteria

REGISTERS = ("dukcapil_keluarga", "dukcapil_kematian", "dukcapil_pindah", "asn_tni_polri", "bpjs_aktif", "dtsen_desil")
NUMBER = "400.9.10/KEP/HK/2025"
TITLE = "Penetapan Penerima Bantuan Iuran Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan di Kota Kupang Tahun 2025"


@dataclass(frozen=True)
class Found:
    """Where the programme stands: its id and state, and its decree (0 while there is none)."""

    programme_id: int
    state: str
    decree_id: int
    decree_state: str


def found() -> Found:
    """Give the programme of the story with its decree. Impossible before the chapter that makes it."""
    state = targets.programme(at.PROGRAMME)
    if state is None:
        raise Impossible("the programme of the story is not there")
    return Found(state.programme.id, state.programme.state, state.decree_id or 0, state.decree_state)


def officers(stage: Stage) -> str:
    """Appoint one officer for each role, with a password that is printed."""
    new = 0
    for number, player in enumerate(at.PLAYERS):
        stage.tell(number, len(at.PLAYERS), player.full_name)
        if not staff.has_officer(player.username):
            given = DutyGiven(player.username, player.full_name, player.role, player.area_code, player.payer_code)
            appoint(by=None, on=at.APPOINTED, duty=given)
            officer = staff.officer(player.username)
            staff_actions.set_password(by=None, on=at.APPOINTED, officer=officer, password=at.PASSWORD)
            new += 1
    seed_areas(by=None, on=at.APPOINTED)
    return f"{len(at.PLAYERS)} petugas, {new} baru"


def registers(stage: Stage) -> str:
    """Load the six registers that proposals are checked against."""
    if len(snapshots(only_current=True)) < len(REGISTERS):
        load_folder(
            by=stage.player("dinas"),
            on=at.SCREENED,
            folder=stage.lists / "acuan",
            as_of=at.REGISTERS_AS_OF,
            progress=stage.tell,
            names=REGISTERS,
        )
    rows = sum(one.rows for one in snapshots(only_current=True))
    return f"{len(REGISTERS)} register, {at.count(rows)} baris"


def programme(stage: Stage) -> str:
    """Set up the programme of the province for the city."""
    if targets.programme(at.PROGRAMME) is None:
        targeting.create_programme(
            by=stage.player("provinsi"),
            on=at.APPOINTED,
            programme=targeting.NewProgramme(
                code=at.PROGRAMME,
                name="Pekerja Rentan Kota Kupang 2025",
                area_code=at.CITY,
                first_month=at.MONTHS[0].first_day,
                last_month=at.MONTHS[-1].first_day,
                registration_day=at.SCREENED,
                places=at.PLACES,
                criteria=Criteria(max_decile=4),
                monthly_income=1_000_000,
                basis=targeting.Basis(
                    "Peraturan Gubernur tentang jaminan sosial ketenagakerjaan (contoh demo)", at.BASIS_DATED
                ),
            ),
        )
    here = found()
    if here.state == "konsep":
        targeting.approve_programme(by=stage.player("penyetuju"), on=at.APPOINTED, programme_id=here.programme_id)
    return f"{at.count(at.PLACES)} tempat, Juli-Desember 2025"


def lists(stage: Stage) -> str:
    """Receive every list of kelurahan, churches, the mosque and the council member as it is."""
    here = Folder(found().programme_id, stage.lists / "usulan")
    got = receive_folder(by=stage.player("dinas"), on=at.SCREENED, folder=here, progress=stage.tell)
    bad = len(got.refused)
    return f"{len(got.received)} daftar ({got.new} baru), {at.count(got.candidates)} nama, {bad} berkas ditolak"


def screening(stage: Stage) -> str:
    """Check every proposed name against the registers."""
    programme_id = found().programme_id
    if targets.screening_in_force(programme_id) is None:
        screen_programme(by=stage.player("dinas"), on=at.SCREENED, programme_id=programme_id, progress=stage.tell)
    screened = targets.screening_in_force(programme_id)
    if screened is None:
        raise Impossible("the screening left nothing behind")
    return ", ".join(f"{at.count(rows)} {kind}" for kind, rows in sorted(screened.verdicts.items()))


def decree(stage: Stage) -> str:
    """Draft the decree within the quotas, and have another officer set it."""
    here = found()
    if not here.decree_id:
        targeting.draft_decree(
            by=stage.player("provinsi"), on=at.DRAFTED, programme_id=here.programme_id, number=NUMBER, title=TITLE
        )
    here = found()
    if here.decree_state == "konsep":
        targeting.approve_decree(by=stage.player("penyetuju"), on=at.DECREED, decree_id=here.decree_id)
    row = targets.decree(found().decree_id)
    if row is None:
        raise Impossible("the decree left nothing behind")
    return f"SK {row.number}: {at.count(row.chosen)} ditetapkan, {at.count(row.waiting)} cadangan"

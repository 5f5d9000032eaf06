"""Act two, June and July 2025: BPJS takes and numbers the chosen; who is refused gives the place to the next."""

from __future__ import annotations

import hashlib

from lopo.basics.page import Asked
from lopo.basics.refusal import Impossible
from lopo.coverage import actions as coverage
from lopo.coverage import queries as cover
from lopo.coverage.bpjs import read_template
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.demo import stage as at
from lopo.demo.choosing import Found, found
from lopo.demo.stage import Stage
from lopo.targeting import actions as targeting
from lopo.targeting import queries as targets

REFUSED_ONE_IN = 361
REASON = "NIK masih aktif sebagai peserta pada segmen lain"
ROUNDS = 5


def enrolment(stage: Stage) -> str:
    """Send the chosen to BPJS, read who is taken, move the waiting list up for the refused, and send those."""
    here = found()
    for number in range(ROUNDS):
        stage.tell(number, ROUNDS, f"pengajuan ke-{number + 1}")
        if number >= len(_sent(here)):
            if not _unsent(here):
                break
            coverage.submit_members(
                by=stage.player("dinas"), on=at.SENT, programme_id=here.programme_id, decree_id=here.decree_id
            )
        _answer(stage, here, number, "verifikasi")
        _move_up(stage, here)
    taken, refused = _members(here, "diterima") + enrolled(), _members(here, "ditolak")
    return f"{at.count(taken)} diterima BPJS, {refused} ditolak dan diganti dari daftar cadangan"


def numbers(stage: Stage) -> str:
    """Read the member numbers that BPJS issues after the first paid month: cover begins."""
    here = found()
    sent = len(_sent(here))
    for number in range(sent):
        stage.tell(number, sent, f"nomor peserta {number + 1}")
        _answer(stage, here, number, "nomor")
    return f"{at.count(enrolled())} nomor peserta terbit {at.NUMBERED:%d-%m-%Y}"


def enrolled() -> int:
    """How many people of the programme got a number, those who died since among them."""
    return _members(found(), "terdaftar") + _members(found(), "berakhir")


def alive() -> int:
    """How many members have a number and are not known to have died."""
    return _members(found(), "terdaftar")


def _refuses(nik: str) -> bool:
    """Say whether BPJS finds this person active elsewhere: about one in 361, always the same ones."""
    return int.from_bytes(hashlib.sha256(nik.encode()).digest()[:8]) % REFUSED_ONE_IN == 0


def _sent(here: Found) -> list[cover.ExchangeRow]:
    return sorted((one for one in cover.exchanges(here.programme_id) if one.direction == "kirim"), key=lambda o: o.id)


def _unsent(here: Found) -> int:
    return cover.named_counts(here.programme_id, on=at.ANSWERED, areas=(at.PROVINCE,)).get("belum_dikirim", 0)


def _answer(stage: Stage, here: Found, number: int, kind: str) -> None:
    """Let BPJS answer the file that was sent as number so (`verifikasi` or `nomor`), unless it has."""
    file = f"{kind}-{number + 1}.xlsx"
    if any(one.file == file for one in cover.exchanges(here.programme_id)):
        return
    template = cover.exchange_file(_sent(here)[number].id)
    if template is None:
        raise Impossible("a file that was sent is not kept")
    people = read_template(template.content)
    office = FakeBpjs({one.nik: REASON for one in people if _refuses(one.nik)})
    numbering = kind == "nomor"
    answer = office.issue(template.content, on=at.NUMBERED) if numbering else office.verify(template.content)
    coverage.read_answer(
        by=stage.player("bpjs"),
        on=at.NUMBERED if numbering else at.ANSWERED,
        programme_id=here.programme_id,
        file=file,
        content=answer,
    )


def _move_up(stage: Stage, here: Found) -> None:
    """Give the places of those whom BPJS refused to the next on the waiting list of their kecamatan."""
    refused = cover.members_page(
        cover.MembersFilter(areas=(at.PROVINCE,), programme_id=here.programme_id, state="ditolak"),
        Asked(size=0),
        on=at.ANSWERED,
    )
    gone = [row.person_id for row in refused.rows]
    still_named = set(targets.chosen_persons(here.decree_id))
    if leaving := [person for person in gone if person in still_named]:
        targeting.promote(by=stage.player("provinsi"), on=at.ANSWERED, decree_id=here.decree_id, gone=leaving)


def _members(here: Found, state: str) -> int:
    chosen = cover.MembersFilter(areas=(at.PROVINCE,), programme_id=here.programme_id, state=state)
    return cover.members_page(chosen, Asked(size=1), on=at.NUMBERED).total

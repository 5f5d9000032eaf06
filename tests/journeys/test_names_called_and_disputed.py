"""P1, P2, P15 (LAW.md 7): names that nobody took, people who moved and stayed on the list, villages that said nothing.

P1 - people moved away or worked in Malaysia stayed on the list while others were refused without a reason.
P2 - villages did not answer the call for names. P15 - 7,000 of 20,000 names were in by October.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from unittest.mock import patch

import pytest

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.financing.actions.amending import set_amendment
from lopo.jobs.papers.make_replies import appeal_letter, call_letter
from lopo.people import actions as people
from lopo.people.registers import Provenance
from lopo.staff.models import Diary
from lopo.targeting import actions, queries
from lopo.targeting.actions.amendments import NewAmendment, draft_amendment
from lopo.targeting.actions.appeals import NewAppeal, Ruling, decide_appeal, enter_appeal
from lopo.targeting.actions.calls import Called, NewCall, open_call, remind_senders
from lopo.targeting.actions.departures import propose_departures
from lopo.targeting.models import DecreeName, ProposalRow
from lopo.targeting.queries import amendments as changes
from lopo.targeting.queries.appeals import appeal
from lopo.targeting.queries.calls import CallRow, call
from tests.cast import Cast
from tests.rooms import pile

pytestmark = pytest.mark.django_db
SET, AUGUST = date(2025, 6, 20), date(2025, 8, 25)


def moved(cast: Cast, nik: str, name: str) -> None:
    """The register of moves of August, with one who went to Malaysia in July."""
    told = ((nik, name, date(2025, 7, 3), "Malaysia"),)
    digest = hashlib.sha256(repr(told).encode()).hexdigest()
    people.load_register(
        by=cast.dinas, on=AUGUST, provenance=Provenance("pindah", "pindah-agustus.csv", AUGUST, digest), rows=told
    )


def test_p1_who_moved_leaves_the_list_and_who_was_refused_is_heard(cast: Cast) -> None:
    people.seed_areas(by=cast.dinas, on=pile.DAY)
    there = pile.neighbours(12)
    snapshots = pile.registers(cast, there)
    programme = pile.programme(cast, places=6)
    actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=pile.arrival(programme, pile.csv_of(there)))
    wrong = ProposalRow.objects.filter(kind="calon").order_by("id").first()
    assert wrong is not None
    rows = tuple(
        actions.ScreenedRow(
            row_id=row.row_id, verdict="ditolak", reasons=("pindah",), nik_matched=row.nik_matched,
            area_code=row.area_code, decile=row.decile,
        )
        if row.row_id == wrong.id else row
        for row in pile.verdict_rows(programme)
    )  # fmt: skip
    with patch.object(pile, "verdict_rows", lambda _programme: rows):
        pile.screened(cast, programme, snapshots)

    # The refused one came back from Kalimantan: the kelurahan enters the appeal, another officer decides with a reason.
    told = NewAppeal(wrong.id, "orang", wrong.name, "Pulang sejak Maret; surat domisili lurah terlampir.")
    made = enter_appeal(by=cast.provinsi, on=date(2025, 6, 4), appeal=told)
    ruling = Ruling(upheld=True, answer="Surat domisili 1 Juni 2025 sah; ia tinggal di sini lagi.")
    assert decide_appeal(by=cast.penyetuju, on=date(2025, 6, 6), appeal_id=made, ruling=ruling) == "diterima"
    heard = appeal(made, ("53",))
    assert heard is not None
    letter = appeal_letter(heard)
    assert "dikabulkan" in letter.opening[0]
    assert ruling.answer in letter.opening

    drafted = actions.draft_decree(by=cast.dinas, on=SET, programme_id=programme, number="P1/1", title="Penetapan")
    assert (drafted.chosen, drafted.waiting) == (6, 6), "whoever was heard stands among the twelve"
    actions.approve_decree(by=cast.penyetuju, on=SET, decree_id=drafted.decree_id)

    # In August the register says that one of the chosen works in Malaysia: nobody has to notice it by himself.
    gone = DecreeName.objects.filter(decree_id=drafted.decree_id, status="ditetapkan").select_related("person")[0]
    moved(cast, gone.person.nik, gone.person.name)
    assert propose_departures(by=None, on=AUGUST) == 1
    (row,) = changes.departures_page(("53",), Asked(size=0), decree_id=drafted.decree_id, state="diusulkan").rows
    assert (row.person_id, row.reason, row.register) == (gone.person_id, "pindah", "pindah-agustus.csv")
    new = NewAmendment(drafted.decree_id, "P1/2", "Perubahan", Month(2025, 9))
    change = draft_amendment(by=cast.dinas, on=AUGUST, amendment=new)
    set_amendment(by=cast.penyetuju, on=AUGUST, amendment_id=change.amendment_id)
    (line,) = changes.changes(change.amendment_id)
    assert line.entrant_id is not None
    assert line.person_id == gone.person_id
    held = queries.chosen_persons(drafted.decree_id)
    assert gone.person_id not in held
    assert line.entrant_id in held
    assert len(held) == 6


def found(call_id: int, on: date) -> CallRow:
    row = call(call_id, on=on)
    assert row is not None
    return row


def test_p2_a_village_that_says_nothing_is_seen_and_those_who_can_act_are_told(cast: Cast) -> None:
    people.seed_areas(by=cast.dinas, on=pile.DAY)
    programme = pile.programme(cast)
    senders = (Called("kelurahan", "Kelurahan Oebufu", "53.71.04.1009", 30), Called("gereja", "GMIT Labat", "53.71", 3))
    due = date(2025, 6, 30)
    new = NewCall(programme, "Usulan Agustus", "Kirim nama.", pile.DAY, due, senders)
    made = open_call(by=cast.dinas, on=pile.DAY, call=new)
    content = pile.csv_of(pile.neighbours(3))
    actions.receive_list(by=cast.dinas, on=date(2025, 6, 9), arrival=pile.arrival(programme, content))
    nights = [remind_senders(by=None, on=pile.DAY + timedelta(days=day)) for day in range(60)]
    assert sum(nights) == 4, "a week before, on the day, three and ten days after, to the silent one alone"
    told = [row.send["reminder"]["to"] for row in Diary.objects.filter(action="remind_sender") if row.send]
    assert told[0] == ["lurah.oebufu"]
    assert "gubernur" in told[-1]
    late = due + timedelta(days=20)
    silent = next(one for one in found(made, late).senders if one.kind == "kelurahan")
    assert (silent.state(late), silent.days_late(late), silent.reminders) == ("diam", 20, 4)
    letter = call_letter(found(made, late), silent, late)
    assert "lewat 20 hari" in " ".join(letter.opening)
    assert ("Masih ditunggu", "30 nama") in letter.facts


def test_p15_the_shortfall_is_forecast_while_there_is_still_time(cast: Cast) -> None:
    people.seed_areas(by=cast.dinas, on=pile.DAY)
    programme = pile.programme(cast)
    opens, due = date(2025, 6, 1), date(2025, 12, 31)
    senders = (Called("gereja", "GMIT Labat", "53.71", 20),)
    made = open_call(by=cast.dinas, on=opens, call=NewCall(programme, "20 nama", "", opens, due, senders))
    content = pile.csv_of(pile.neighbours(7))
    actions.receive_list(by=cast.dinas, on=date(2025, 9, 30), arrival=pile.arrival(programme, content))
    october = date(2025, 10, 15)
    row = found(made, october)
    assert (row.received, row.planned, row.forecast(october)) == (7, 20, 10), "7 in 137 of 214 days"

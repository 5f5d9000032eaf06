"""A row that was blanked since its time is over asks for nothing more; a forgetting that is killed goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from datetime import date

import pytest
from django.db import connection

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.jobs import retention
from lopo.jobs.exports import make_error_sheets
from lopo.jobs.work import silent
from lopo.staff import queries as staff
from lopo.staff.forgetting import Order
from lopo.staff.retention import BY_CODE, last_kept
from lopo.targeting import actions, queries
from lopo.targeting.models import Programme, ProposalList, ProposalRow, Screening, Verdict
from lopo.targeting.queries import candidate_count
from lopo.targeting.queries.retention import overdue
from tests.cast import Cast
from tests.rooms import doubt_stage as stage

LONG_AFTER = date(2045, 1, 1)


def order(code: str, expected: int | None = None) -> Order:
    return Order(code, uuid.uuid4().hex, expected)


def test_blanked_rows_have_no_part_in_a_new_screening(cast: Cast) -> None:
    programme = stage.ready(cast)
    first = Screening.objects.get(current=True)
    assert last_kept(BY_CODE["baris_usulan"], LONG_AFTER) > stage.pile.DAY
    count = overdue(LONG_AFTER)["baris_usulan"]
    old = candidate_count(programme)
    retention.forget(by=cast.penyetuju, on=LONG_AFTER, order=order("baris_usulan", count))
    assert ProposalRow.objects.filter(raw=[], kind="calon").count() == old > 0
    assert candidate_count(programme) == 0
    stage.receive(cast, programme, stage.LISTED[::-1], "gereja/gmit_baru.csv")
    recorded = stage.screen(cast, programme)
    again = Verdict.objects.filter(screening_id=recorded.screening_id)
    assert not again.filter(row__raw=[]).exists()
    assert again.count() == candidate_count(programme) == old
    before = Verdict.objects.filter(screening=first)
    assert sorted(again.values_list("verdict", flat=True)) == sorted(before.values_list("verdict", flat=True))


def blank(cast: Cast) -> int:
    count = overdue(LONG_AFTER)["baris_usulan"]
    assert retention.forget(by=cast.penyetuju, on=LONG_AFTER, order=order("baris_usulan", count)) == count > 0
    return count


def listed(programme: int) -> list[queries.ListRow]:
    return list(queries.lists_page(queries.ListFilter(("53",), programme), Asked(size=0)).rows)


def test_a_blanked_list_waits_for_no_screening_and_for_no_correction(cast: Cast) -> None:
    programme = stage.ready(cast)
    blank(cast)
    stage.receive(cast, programme, stage.LISTED[::-1], "gereja/gmit_baru.csv")
    code = Programme.objects.get(pk=programme).code

    def waiting() -> list[int]:
        state = queries.programme(code)
        assert state is not None
        seen = queries.rows_page(queries.RowFilter(("53",), programme, verdict="belum"), Asked()).total
        return [state.unscreened, seen, sum(row.unscreened for row in listed(programme))]

    assert waiting() == [len(stage.LISTED)] * 3
    stage.screen(cast, programme)
    assert waiting() == [0, 0, 0]
    old, new = sorted(listed(programme), key=lambda row: row.id)
    assert (old.candidates, old.forgotten, old.empty, new.forgotten, new.empty) == (4, 4, True, 0, False)
    with pytest.raises(Refused, match="lewat masa simpan"):
        queries.error_sheet(old.id, ("53",), contact="")
    made = make_error_sheets(by=cast.dinas, on=stage.pile.DAY, programme_id=programme, progress=silent)
    assert (len(made.papers), made.not_screened) == (1, ())


def test_blanked_rows_of_a_list_do_not_go_out_with_the_others(cast: Cast) -> None:
    stage.ready(cast)
    one = ProposalList.objects.get()
    before = queries.error_sheet(one.id, ("53",), contact="")
    assert before is not None
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lopo.retention = 'on'")
        ProposalRow.objects.filter(name="Merry Snae").update(raw=[], fields={}, nik_given="", name="")
    after = queries.error_sheet(one.id, ("53",), contact="")
    assert after is not None
    assert [line.name for line in after.lines] == [line.name for line in before.lines if line.name != "Merry Snae"]


def test_blanked_while_a_screening_ran_is_asked_for_again(cast: Cast) -> None:
    programme = stage.ready(cast)
    ran = [actions.ScreenedRow(row.id, "ditolak", ("nik_kosong",)) for row in ProposalRow.objects.filter(kind="calon")]
    blank(cast)
    used = tuple(one["id"] for one in Screening.objects.get().snapshots)
    run = actions.ScreeningRun(programme, "h" * 64, used, ran, Programme.objects.get(pk=programme).criteria)
    with pytest.raises(Refused, match="selama pemeriksaan") as refused:
        actions.record_screening(by=cast.dinas, on=stage.pile.DAY, run=run)
    assert refused.value.code == "daftar_berubah"
    assert Screening.objects.count() == 1


_KILLED = """
import os, signal, sys, django
django.setup()
from datetime import date
from django.db import connection
from lopo.jobs import retention
from lopo.staff import forgetting
from lopo.staff.models import Officer
from lopo.targeting.actions import forgetting as room

forgetting.PART = 2
parts = []

def die(statements):
    run = kept(statements)
    def remove(before, most):
        gone = run(before, most)
        parts.append(gone)
        if len(parts) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return gone
    return remove

kept, room._run = room._run, die
order = forgetting.Order("baris_usulan", sys.argv[1], int(sys.argv[2]))
retention.forget(by=Officer.objects.get(username="penyetuju"), on=date.fromisoformat(sys.argv[3]), order=order)
"""


@pytest.mark.django_db(transaction=True)
def test_killed_between_two_parts_it_goes_on_and_ends_with_what_was_seen(cast: Cast) -> None:
    stage.ready(cast)
    count = overdue(LONG_AFTER)["baris_usulan"]
    wanted = order("baris_usulan", count)
    given = connection.settings_dict
    url = f"postgresql://{given['USER']}@/{given['NAME']}?host={given['HOST']}"
    command = [sys.executable, "-c", _KILLED, wanted.work, str(count), LONG_AFTER.isoformat()]
    surroundings = {**os.environ, "LOPO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lopo.settings"}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]
    assert ProposalRow.objects.filter(raw=[]).count() == 2  # the part before is whole, the one in hand is not begun
    assert ProposalList.objects.get().forgotten == ProposalRow.objects.filter(raw=[], kind="calon").count()
    with pytest.raises(Refused, match=f"kini {count - 2}, bukan {count}"):
        retention.forget(by=cast.penyetuju, on=LONG_AFTER, order=order("baris_usulan", count))
    assert retention.forget(by=cast.penyetuju, on=LONG_AFTER, order=wanted) == count
    assert ProposalRow.objects.exclude(raw=[]).count() == 0
    assert [(row.after or {})["jumlah"] for row in staff.diary_of("staff.retention", "baris_usulan")] == [count - 2, 2]
    assert retention.forget(by=cast.penyetuju, on=LONG_AFTER, order=wanted) == count

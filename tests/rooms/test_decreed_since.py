"""A decree is not set with people whom another programme's decree came to name after the screening."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from lopo.basics.refusal import Refused
from lopo.staff.appointing import DutyGiven, appoint
from lopo.staff.models import Officer
from lopo.staff.queries import officer
from lopo.targeting import actions
from lopo.targeting.models import Decree
from tests.cast import SINCE, Cast, appoint_all
from tests.rooms import pile

WHY = "ditanggung keputusan program lain"


def two_programmes(cast: Cast) -> tuple[int, int]:
    """Two programmes of the same months to which the same list was sent, both screened before any decree."""
    first = pile.ready(cast)
    second = pile.programme(cast, code="lain-2025")
    content = pile.csv_of(pile.neighbours(12))
    actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=pile.arrival(second, content))
    pile.screened(cast, second, pile.in_force())
    return first, second


def draft(cast: Cast, programme_id: int) -> int:
    number = f"SK {programme_id}/2025"
    return actions.draft_decree(
        by=cast.dinas, on=pile.DAY, programme_id=programme_id, number=number, title="Uji"
    ).decree_id


def set_it(by: Officer, decree_id: int) -> None:
    actions.approve_decree(by=by, on=pile.DAY, decree_id=decree_id)


@pytest.mark.django_db
def test_who_was_named_since_the_screening_stops_the_draft_and_the_setting(cast: Cast) -> None:
    first, second = two_programmes(cast)
    mine, other = draft(cast, first), draft(cast, second)
    set_it(cast.penyetuju, mine)
    with pytest.raises(Refused, match=WHY) as refused:
        set_it(cast.penyetuju, other)
    assert refused.value.code == "sudah_di_keputusan_lain"
    assert "4 nama" in refused.value.sentence
    assert Decree.objects.get(pk=other).state == "konsep"
    actions.withdraw_decree(by=cast.dinas, on=pile.DAY, decree_id=other)
    with pytest.raises(Refused, match=WHY):
        draft(cast, second)
    assert not Decree.objects.filter(programme_id=second).exists()


@pytest.mark.django_db
def test_months_left_over_stop_nothing(cast: Cast) -> None:
    first, second = two_programmes(cast)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE targeting_programme SET last_month = '2026-02-01' WHERE id = %s", [second])
    mine, other = draft(cast, first), draft(cast, second)
    set_it(cast.penyetuju, mine)
    set_it(cast.penyetuju, other)
    assert Decree.objects.filter(state="ditetapkan").count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_decrees_set_in_the_same_moment_one_waits_and_sees_the_other() -> None:
    cast = appoint_all()
    appoint(by=None, on=SINCE, duty=DutyGiven("penyetuju2", "Penyetuju Dua", "penyetuju", "53"))
    drafts = [draft(cast, one) for one in two_programmes(cast)]
    gate, ends = threading.Barrier(2), []

    def run(by: Officer, decree_id: int) -> None:
        try:
            gate.wait(timeout=10)
            set_it(by, decree_id)
            ends.append("ditetapkan")
        except Refused as refusal:
            ends.append(refusal.code)
        finally:
            connections.close_all()

    pairs = zip((cast.penyetuju, officer("penyetuju2")), drafts, strict=True)
    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=30)
    assert sorted(ends) == ["ditetapkan", "sudah_di_keputusan_lain"]

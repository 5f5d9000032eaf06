"""Calls for names: who sent how much, who is late or silent, what the pace promises, and reminders once a step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from lopo.basics.refusal import Refused
from lopo.insight import queries as insight
from lopo.jobs import messages
from lopo.people import actions as people
from lopo.staff.gateway import FakeGateway
from lopo.staff.models import Diary, Message
from lopo.targeting import actions, queries
from lopo.targeting.actions.calls import Called, NewCall, close_call, open_call, remind_senders
from lopo.targeting.models import ProposalList
from lopo.targeting.queries.calls import CallRow, call, calls
from tests.cast import Cast
from tests.rooms import pile

OPENS, DUE = pile.DAY, date(2025, 6, 20)
OEBUFU = Called("kelurahan", "Kelurahan Oebufu", "53.71.04.1009", 10)
LABAT = Called("gereja", "GMIT Labat", "53.71", 6)


def opened(cast: Cast, *senders: Called) -> tuple[int, int]:
    """A programme with a call; gives both ids."""
    people.seed_areas(by=cast.dinas, on=pile.DAY)
    programme = pile.programme(cast)
    given = NewCall(programme, "Usulan 2025", "Kirim nama pekerja rentan.", OPENS, DUE, senders or (OEBUFU, LABAT))
    return programme, open_call(by=cast.dinas, on=pile.DAY, call=given)


def names(cast: Cast, programme: int, many: int, on: date, *, first: int = 1) -> None:
    """The parish sends names on a day."""
    content = pile.csv_of(pile.neighbours(many, first=first))
    made = actions.receive_list(by=cast.dinas, on=on, arrival=pile.arrival(programme, content))
    assert ProposalList.objects.get(pk=made.list_id).sender == "GMIT Labat"


def found(call_id: int, on: date) -> CallRow:
    row = call(call_id, on=on)
    assert row is not None
    return row


@pytest.mark.django_db
def test_names_are_counted_by_sender_and_late_ones_are_kept(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme, called = opened(cast)
    names(cast, programme, 3, OPENS + timedelta(days=4))
    names(cast, programme, 2, DUE + timedelta(days=2), first=20)
    with django_assert_num_queries(3):
        before = found(called, DUE)
    after = found(called, DUE + timedelta(days=5))
    parish = next(one for one in before.senders if one.kind == "gereja")
    assert (parish.received, parish.late, parish.missing, parish.state(DUE)) == (3, 0, 3, "sebagian")
    parish = next(one for one in after.senders if one.kind == "gereja")
    assert (parish.received, parish.late, parish.lists, parish.last_on) == (5, 2, 2, date(2025, 6, 22))
    silent = next(one for one in after.senders if one.kind == "kelurahan")
    late = DUE + timedelta(days=5)
    assert (silent.state(late), silent.days_late(late), after.silent, after.late) == ("diam", 5, 1, 2)
    assert parish.state(late) == "kurang"
    assert (after.planned, after.received, parish.unjudged) == (16, 5, 5)
    assert [one.id for one in calls(programme, on=late)] == [called]
    assert call(called, on=late, areas=("53.71.04.1009",)).senders == (silent,)  # type: ignore[union-attr]


@pytest.mark.django_db
def test_the_verdicts_stand_beside_the_names(cast: Cast) -> None:
    programme, called = opened(cast)
    there = pile.neighbours(6)
    snapshots = pile.registers(cast, there)
    names(cast, programme, 6, OPENS)
    pile.screened(cast, programme, snapshots)
    parish = next(one for one in found(called, DUE).senders if one.kind == "gereja")
    assert (parish.accepted, parish.unjudged, parish.missing, parish.state(DUE)) == (6, 0, 0, "lengkap")


@pytest.mark.django_db
def test_reminders_go_out_once_a_step_and_climb(cast: Cast) -> None:
    programme, called = opened(cast)
    names(cast, programme, 6, OPENS)

    def night(days: int) -> int:
        return remind_senders(by=None, on=DUE + timedelta(days=days))

    assert [night(-12), night(-7), night(-7), night(-3)] == [0, 1, 0, 0], "the parish has sent all and hears nothing"
    assert [night(0), night(0), night(1)] == [1, 0, 0]
    assert [night(11), night(11), night(30)] == [1, 0, 0], "a step that was passed over is not told later"
    told = [row.send["reminder"] for row in Diary.objects.filter(action="remind_sender").order_by("id") if row.send]
    assert [one["step"] for one in told] == ["soon", "due", "escalated"]
    assert told[0]["to"] == ["lurah.oebufu"], "who is nearest can act"
    assert {"dinas", "gubernur", "penyetuju"} <= set(told[2]["to"])
    assert "10 dari 10 nama" in told[2]["words"]
    sender = next(one for one in found(called, DUE).senders if one.kind == "kelurahan")
    assert (sender.reminders, sender.step, sender.reminded_on) == (3, 4, date(2025, 7, 1))
    close_call(by=cast.dinas, on=DUE, call_id=called)


@pytest.mark.django_db
def test_a_closed_call_reminds_nobody(cast: Cast) -> None:
    _, called = opened(cast)
    close_call(by=cast.dinas, on=OPENS, call_id=called)
    assert remind_senders(by=None, on=DUE) == 0
    with pytest.raises(Refused) as said:
        close_call(by=cast.dinas, on=OPENS, call_id=called)
    assert said.value.code == "panggilan_sudah_ditutup"


@pytest.mark.django_db
def test_the_forecast_follows_the_pace(cast: Cast) -> None:
    programme, called = opened(cast)
    names(cast, programme, 5, OPENS + timedelta(days=4))
    row = found(called, OPENS + timedelta(days=4))
    assert row.forecast(OPENS + timedelta(days=4)) == 20, "5 names in 5 of 20 days"
    assert row.forecast(OPENS - timedelta(days=1)) == 5
    assert found(called, DUE).forecast(DUE) == 5, "on the last day it is what there is"


@pytest.mark.django_db
def test_what_stands_in_the_way_of_a_call(cast: Cast) -> None:
    programme, _ = opened(cast)

    def code(*senders: Called, title: str = "Lain", due: date = DUE, by: str = "dinas") -> str:
        given = NewCall(programme, title, "", OPENS, due, senders)
        deed: Callable[[], object] = lambda: open_call(by=getattr(cast, by), on=pile.DAY, call=given)  # noqa: E731
        with pytest.raises(Refused) as said:
            deed()
        return said.value.code

    assert code() == "pengirim_kosong"
    assert code(OEBUFU, title=" ") == "judul_kosong"
    assert code(OEBUFU, title="Usulan 2025") == "panggilan_sudah_ada"
    assert code(OEBUFU, due=date(2025, 5, 1)) == "hari_panggilan_salah"
    assert code(OEBUFU, OEBUFU) == "pengirim_ganda"
    assert code(Called("kelurahan", "Kupang Barat", "53.01.01.2001", 4)) == "pengirim_salah"
    assert code(Called("klub", "Klub", "53.71", 4)) == "pengirim_salah"
    assert code(OEBUFU, by="lurah") == "tidak_berwenang"


@pytest.mark.django_db
def test_the_first_page_tells_of_who_said_nothing(cast: Cast) -> None:
    programme, _ = opened(cast)
    row = queries.programme_row(programme)
    assert row is not None
    names(cast, programme, 2, DUE)

    def told(day: date) -> int:
        standing = insight.standing(row.code, on=day, areas=("53",))
        assert standing is not None
        found = {one.code: one.count for one in insight.attention(standing, areas=("53",))}
        return found.get("pengusul_diam", 0)

    assert (told(DUE), told(DUE + timedelta(days=1))) == (0, 1), "the parish has sent, the kelurahan has not"


@pytest.mark.django_db
def test_an_opened_call_reaches_the_kelurahan_by_e_mail_and_the_parish_by_a_letter_to_bring(cast: Cast) -> None:
    _, called = opened(cast)
    cast.lurah.email = "oebufu@contoh.test"
    cast.lurah.save()
    at = datetime(2025, 5, 31, 7, 30, tzinfo=UTC)
    way = FakeGateway()
    messages.send_messages(on=OPENS, at=at, ways={"surel": way})
    messages.send_messages(on=OPENS, at=at, ways={"surel": way})
    (mail,) = way.arrived
    assert mail.address == "oebufu@contoh.test"
    assert mail.words.startswith(
        "Kelurahan Oebufu diminta mengusulkan paling banyak 10 nama untuk Usulan 2025, paling lambat 20 Jun 2025. "
        "Kirim nama pekerja rentan. Unggah daftarnya"
    )
    letter = Message.objects.get(channel="surat")
    parish = next(one for one in found(called, OPENS).senders if one.kind == "gereja")
    assert (letter.receiver, letter.subject_id, letter.state) == ("GMIT Labat", str(parish.id), "diantar")
    assert letter.paper_id is not None

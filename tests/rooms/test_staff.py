"""Roles, scope and the diary."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from lopo.basics.refusal import Impossible, Refused
from lopo.staff import actions, queries
from lopo.staff.appointing import DutyGiven, appoint
from lopo.staff.models import Diary
from lopo.staff.roles import ROLES
from tests.cast import Cast

DAY = date(2025, 6, 1)


def test_every_incompatible_role_is_a_role_and_the_ban_holds_both_ways() -> None:
    for role in ROLES.values():
        for code in role.incompatible:
            assert code in ROLES
    assert not [r.code for r in ROLES.values() if r.code in r.incompatible]


def test_nobody_both_makes_and_approves_anything() -> None:
    makes = {"decree.draft", "bill.pay", "bill.make", "decision.make", "payment.make"}
    approves = {"decree.approve", "bill.approve", "decision.approve", "payment.approve"}
    assert [role.code for role in ROLES.values() if role.may & makes and role.may & approves] == []


def test_the_maker_role_and_the_checker_role_never_meet(cast: Cast) -> None:
    with pytest.raises(Refused, match="tidak boleh juga yang menyetujui"):
        appoint(by=None, on=DAY, duty=DutyGiven("dinas", "x", "penyetuju", "53.71"))


def test_an_unknown_role_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="tidak dikenal"):
        appoint(by=None, on=DAY, duty=DutyGiven("baru", "x", "raja", "53"))


@pytest.mark.parametrize(
    ("area", "allowed"), [("53.71.04.1009", True), ("53.71.04.1010", False), ("53.71", False), ("5", False)]
)
def test_a_kelurahan_officer_works_in_the_own_kelurahan_only(cast: Cast, area: str, allowed: bool) -> None:
    if allowed:
        queries.require(cast.lurah, "lists.receive", on=DAY, area_code=area)
    else:
        with pytest.raises(Refused):
            queries.require(cast.lurah, "lists.receive", on=DAY, area_code=area)


def test_scope_goes_by_whole_parts_of_the_code() -> None:
    assert queries.within("53.71.04.1009", ["53.71"])
    assert not queries.within("53.71.04.1009", ["53.7"])
    assert not queries.within("53.71.04.1009", [])


def test_before_the_first_day_of_a_duty_nothing_is_allowed(cast: Cast) -> None:
    with pytest.raises(Refused):
        queries.require(cast.dinas, "lists.screen", on=date(2025, 1, 1))


def test_requiring_costs_one_query(cast: Cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        queries.require(cast.dinas, "lists.screen", on=DAY, area_code="53.71.01.1001")


@pytest.mark.django_db(transaction=True)
def test_a_diary_row_outside_a_transaction_is_impossible() -> None:
    with pytest.raises(Impossible):
        actions.record(by=None, on=DAY, deed=actions.Deed("x", "y", 1))


def test_the_diary_is_append_only(cast: Cast) -> None:
    row = Diary.objects.latest("id")
    for change in (lambda: Diary.objects.filter(pk=row.pk).update(action="lain"), row.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_an_unsent_message_gains_its_moment_of_sending_once(cast: Cast) -> None:
    with transaction.atomic():
        row = actions.record(by=cast.dinas, on=DAY, deed=actions.Deed("x", "y", 1, send={"to": "keluarga"}))
    assert Diary.objects.filter(pk=row).update(sent_at="2025-06-01T00:00:00Z") == 1
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Diary.objects.filter(pk=row).update(sent_at="2025-06-02T00:00:00Z")


def test_a_paper_is_kept_as_it_was(cast: Cast) -> None:
    paper = actions.Paper("sk", "targeting.decree", 7, "sk.pdf", "application/pdf", b"%PDF-1.7")
    kept = actions.keep_paper(by=cast.dinas, on=DAY, paper=paper)
    assert queries.paper_content(kept) == ("sk.pdf", "application/pdf", b"%PDF-1.7")
    assert [row.name for row in queries.papers_of("targeting.decree", "7")] == ["sk.pdf"]


def test_work_goes_from_waiting_to_done(cast: Cast) -> None:
    work = actions.begin_work(by=cast.dinas, kind="screen", title="Periksa", arguments={})
    actions.start_work(work)
    actions.move_work(work, done=3, total=10, step="mencocokkan")
    row = queries.work(work)
    assert row is not None
    assert (row.done, row.total, row.state) == (3, 10, "berjalan")
    actions.finish_work(work, result={"rows": 10})
    actions.start_work(work)
    row = queries.work(work)
    assert row is not None
    assert row.state == "selesai"

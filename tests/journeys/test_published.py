"""P23, doubt whether anybody is ever paid: what was paid is published by kelurahan, and no family is pointed at."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from lopo.insight.queries.council import FEWEST
from lopo.insight.queries.published import published
from lopo.payments import actions, bank
from lopo.payments.models import BankFile, Order
from tests.cast import Cast
from tests.journeys.doors import on_day, words
from tests.rooms.claims_stage import Stage, build
from tests.rooms.test_payments import PAY, decided_death, heirs_account

pytestmark = pytest.mark.django_db
NEXT_MONTH = date(2026, 2, 3)


def paid(stage: Stage, cases: int) -> None:
    """So many families are paid by the bank on one day."""
    for number in range(cases):
        account = heirs_account(decided_death(stage, name=f"Orang {number}"), f"01390000000{number:02d}")
        actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[account])
    actions.make_orders(by=stage.cast.bpjs, on=PAY)
    file, fake = actions.make_file(by=stage.cast.bpjs, on=PAY), bank.FakeBank()
    actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    fake.deliver(file.name, bytes(BankFile.objects.get().content))
    answer = fake.answer(file.name)
    assert answer is not None
    actions.confirm_file(by=stage.cast.bpjs, on=PAY, file_id=file.file_id, content=answer)


def test_p23_anybody_reads_what_was_paid_in_a_kelurahan_after_the_month_is_over(
    cast: Cast, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    paid(build(cast), FEWEST)
    way = reverse("manfaat_dibayar")
    on_day(settings, PAY)
    assert "Belum ada manfaat yang dibayarkan" in words(Client(), way), "a month that still runs is not told"
    on_day(settings, NEXT_MONTH)
    with django_assert_num_queries(1):
        told = published(on=NEXT_MONTH)
    assert (told.until, told.claims, told.amount) == (date(2026, 1, 31), FEWEST, FEWEST * 42_000_000)
    page = words(Client(), way)
    assert f"Oebufu {FEWEST} Rp 210.000.000" in page
    assert "Orang 0" not in page
    assert f'href="{way}"' in Client().get(reverse("masuk")).content.decode(), "the door shows the way"


def test_p23_fewer_than_five_are_told_to_nobody(cast: Cast, settings: Settings) -> None:
    paid(build(cast), 2)
    on_day(settings, NEXT_MONTH)
    page = words(Client(), reverse("manfaat_dibayar"))
    assert f"Kurang dari {FEWEST} kasus dibayar" in page
    assert "Rp" not in page
    assert Order.objects.filter(state="terbayar").exists(), "they were paid all the same"

"""Two workers at the bank's folder at once: each file goes once, and each answer is read once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from lopo.jobs.bank_folder import exchange
from lopo.payments import actions, bank
from lopo.payments.models import BankAnswer, BankArrival, BankDelivery
from lopo.staff.models import Diary
from tests.cast import appoint_all
from tests.rooms.claims_stage import Stage, build
from tests.rooms.test_payments_races import PAY, at_once, ready_file

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 1, 12, 3, tzinfo=UTC)


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    return build(appoint_all())


def test_two_workers_at_once_carry_and_read_each_file_once(stage: Stage, settings: Settings, tmp_path: Path) -> None:
    for name in ("out", "in"):
        (tmp_path / name).mkdir()
    settings.LOPO_BANK_FOLDER = str(tmp_path)

    def both(minute: int) -> None:
        at, folder = AT + timedelta(minutes=minute), bank.BankFolder(tmp_path)
        assert all(at_once(*[lambda: exchange(on=PAY, at=at, folder=folder)] * 2))

    file = ready_file(stage)
    actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    both(0)
    assert (BankDelivery.objects.get().state, BankDelivery.objects.get().attempts) == ("terkirim", 1)
    assert Diary.objects.filter(action="deliver_file").count() == 1
    fake = bank.FakeBank()
    fake.deliver(file.name, (tmp_path / "out" / file.name).read_bytes())
    answer = fake.answer(file.name)
    assert answer is not None
    for name in ("jawaban.csv", "salinan.csv"):
        (tmp_path / "in" / name).write_bytes(answer)
    for minute in range(1, 5):
        both(minute)
    assert BankAnswer.objects.count() == 1
    assert BankArrival.objects.filter(state="dibaca").count() == BankArrival.objects.count() == 1
    assert list((tmp_path / "in").iterdir()) == []

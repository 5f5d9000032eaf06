"""The bank's folder: a file goes there once whatever is killed, and what the bank lays there is read once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused, Unavailable
from lopo.insight.queries.retention import due
from lopo.jobs import retention
from lopo.jobs.bank_folder import Exchanged, deliver_due, exchange, read_bank_file
from lopo.payments import actions, bank
from lopo.payments.actions import arrivals, deliveries
from lopo.payments.actions.openings import Wanted, ask_accounts, check_opening
from lopo.payments.models import (
    AccountBatch,
    AccountOpening,
    BankAnswer,
    BankArrival,
    BankDelivery,
    BankFile,
    Order,
    Passbook,
)
from lopo.payments.queries import deliveries as queries
from lopo.payments.queries.deliveries import ByState
from lopo.payments.queries.statements import statements
from lopo.staff import forgetting
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.claims_stage import Stage, build
from tests.rooms.test_payments import PAY, prepared

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 12, 3, tzinfo=UTC)
ON = date(2026, 1, 12)


class Killed(BaseException):
    """The worker dies here: nothing after it runs, as with kill -9."""


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


@pytest.fixture
def root(tmp_path: Path, settings: Settings) -> Path:
    for name in ("out", "in"):
        (tmp_path / name).mkdir()
    settings.LOPO_BANK_FOLDER = str(tmp_path)
    return tmp_path


def sent(stage: Stage) -> actions.Prepared:
    file = prepared(stage)
    actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    return file


def run(root: Path, minutes: int = 0) -> Exchanged:
    return exchange(on=ON, at=AT + timedelta(minutes=minutes), folder=bank.BankFolder(root))


def laid(root: Path) -> list[str]:
    return sorted(one.name for one in (root / "out").iterdir())


def test_a_sent_file_lies_in_the_folder_once_with_its_own_bytes(stage: Stage, root: Path) -> None:
    file = sent(stage)
    assert run(root) == Exchanged(1, 0, 0, 0)
    assert run(root, 1) == Exchanged(0, 0, 0, 0)
    assert laid(root) == [file.name]
    assert (root / "out" / file.name).read_bytes() == bytes(BankFile.objects.get().content)
    row = queries.delivery_of(file.file_id)
    assert row is not None
    assert (row.state, row.attempts, queries.stuck_deliveries()) == ("terkirim", 1, ())
    assert Diary.objects.filter(action="deliver_file", subject_id=str(file.file_id), by=None).count() == 1


def test_without_a_folder_an_officer_carries_the_file_and_it_is_never_carried_later(
    stage: Stage, root: Path, settings: Settings
) -> None:
    settings.LOPO_BANK_FOLDER = ""
    file = sent(stage)
    settings.LOPO_BANK_FOLDER = str(root)
    assert run(root) == Exchanged(0, 0, 0, 0)
    assert (laid(root), queries.delivery_of(file.file_id)) == ([], None)


class Breaking(bank.BankFolder):
    """A folder that dies at one point: before or after the file is put in its place."""

    def __init__(self, root: Path, *, after: bool) -> None:
        super().__init__(root)
        self.after = after

    def put(self, name: str) -> None:
        """Die."""
        if self.after:
            super().put(name)
        raise Killed


@pytest.mark.parametrize("fetched", [False, True])
def test_killed_after_the_file_came_to_its_place_it_is_not_laid_again(stage: Stage, root: Path, fetched: bool) -> None:
    file = sent(stage)
    with pytest.raises(Killed):
        deliver_due(on=ON, at=AT, folder=Breaking(root, after=True))
    assert BankDelivery.objects.get().state == "dikirim"
    if fetched:
        (root / "out" / file.name).unlink()
    assert run(root, 5) == Exchanged(0, 0, 0, 0)
    run(root, 11)
    assert BankDelivery.objects.get().state == "terkirim"
    assert laid(root) == ([] if fetched else [file.name])


def test_killed_before_the_file_came_to_its_place_it_goes_then(stage: Stage, root: Path) -> None:
    file = sent(stage)
    with pytest.raises(Killed):
        deliver_due(on=ON, at=AT, folder=Breaking(root, after=False))
    assert laid(root) == [f".{file.name}.tmp"]
    assert run(root, 11).delivered == 1
    assert laid(root) == [file.name]


def test_other_bytes_under_the_same_name_stop_the_file_until_somebody_has_cleared_it_up(
    stage: Stage, root: Path
) -> None:
    file = sent(stage)
    strange = root / "out" / file.name
    strange.write_bytes(b"something else")
    assert run(root) == Exchanged(0, 1, 0, 0)
    row = BankDelivery.objects.get()
    assert row.state == "menyerah"
    assert "dengan isi lain" in row.last_error
    assert strange.read_bytes() == b"something else"
    strange.unlink()
    with pytest.raises(Refused):
        deliveries.retry_delivery(by=stage.cast.lurah, on=ON, delivery_id=row.id)
    deliveries.retry_delivery(by=stage.cast.penyetuju, on=ON, delivery_id=row.id)
    assert run(root, 1).delivered == 1
    with pytest.raises(Refused) as refused:
        deliveries.retry_delivery(by=stage.cast.penyetuju, on=ON, delivery_id=row.id)
    assert refused.value.code == "kiriman_tidak_menunggu"


def test_a_mount_that_is_off_is_no_open_folder_and_the_wait_doubles(stage: Stage, root: Path) -> None:
    sent(stage)
    (root / "out").rmdir()
    assert run(root).failed == 1
    row = BankDelivery.objects.get()
    assert (row.state, row.attempts, row.next_at) == ("menunggu", 1, AT + timedelta(minutes=1))
    assert run(root) == Exchanged(0, 0, 0, 0)
    assert run(root, 1).failed == 1
    row.refresh_from_db()
    assert row.next_at == AT + timedelta(minutes=3)
    assert not (root / "out").exists()
    for minutes in (3, 7, 15, 31, 63, 127):
        run(root, minutes)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("menyerah", deliveries.MOST_ATTEMPTS)


def answered(stage: Stage, root: Path) -> Path:
    """The bank's answer to a delivered file, as it lies in the incoming directory."""
    file = sent(stage)
    run(root)
    fake = bank.FakeBank()
    fake.deliver(file.name, (root / "out" / file.name).read_bytes())
    content = fake.answer(file.name)
    assert content is not None
    place = root / "in" / "jawaban.csv"
    place.write_bytes(content)
    return place


def test_an_answer_is_read_by_nobody_once_and_moved_away(stage: Stage, root: Path) -> None:
    place = answered(stage, root)
    content = place.read_bytes()
    assert run(root, 1).read == 0
    assert run(root, 2).read == 1
    assert set(Order.objects.values_list("state", flat=True)) == {"terbayar"}
    assert (BankAnswer.objects.get().read_by, BankFile.objects.get().state) == (None, "dikonfirmasi")
    assert (root / "done" / "jawaban.csv").read_bytes() == content
    assert not place.exists()
    row = queries.arrivals_page(ByState("dibaca"), Asked(1, 20, "-seen_at")).rows[0]
    assert (row.kind, row.told) == ("jawaban", {"paid": 3, "failed": 0, "parked": 0, "pending": 0})
    place.with_name("sekali-lagi.csv").write_bytes(content)
    run(root, 3)
    run(root, 4)
    assert (BankAnswer.objects.count(), BankArrival.objects.count()) == (1, 1)
    assert list((root / "in").iterdir()) == []


def test_killed_between_reading_and_moving_the_file_is_only_moved(
    stage: Stage, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(stage, root)
    run(root, 1)

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as killed, pytest.raises(Killed):
        killed.setattr(bank.BankFolder, "put_away", die)
        run(root, 2)
    assert BankAnswer.objects.count() == 1
    run(root, 3)
    run(root, 4)
    assert (BankAnswer.objects.count(), BankArrival.objects.count()) == (1, 1)
    assert [one.name for one in (root / "done").iterdir()] == ["jawaban.csv"]


def test_killed_in_the_middle_of_reading_nothing_is_booked_and_it_is_read_then(stage: Stage, root: Path) -> None:
    place = answered(stage, root)
    run(root, 1)

    def half(content: bytes) -> arrivals.Told:
        read_bank_file(content, on=ON)
        raise Killed

    seen, at = BankArrival.objects.get(), AT + timedelta(minutes=2)
    with pytest.raises(Killed):
        arrivals.take_arrival(on=ON, at=at, arrival_id=seen.id, content=place.read_bytes(), read=half)
    assert not BankAnswer.objects.exists()
    assert run(root, 3).read == 1


def test_a_file_that_still_grows_or_is_unfinished_by_name_is_left(root: Path) -> None:
    place = root / "in" / "koran.xml"
    for minute in range(3):
        place.write_bytes(b"<" * (minute + 1))
        (root / "in" / "lain.xml.part").write_bytes(b"<")
        assert run(root, minute) == Exchanged(0, 0, 0, 0)
    assert BankArrival.objects.get().size == 3
    place.unlink()
    run(root, 4)
    assert not BankArrival.objects.exists()


def test_a_bad_file_is_put_aside_with_the_reason_and_read_again_when_somebody_asks(stage: Stage, root: Path) -> None:
    file, fake = prepared(stage), bank.FakeBank()
    actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    fake.deliver(file.name, bytes(BankFile.objects.get().content))
    (root / "in" / "jawaban.csv").write_bytes(fake.answer(file.name) or b"")
    run(root, 1)
    assert run(root, 2).parked == 1
    row = BankArrival.objects.get()
    assert (row.state, "belum dikirim" in row.why) == ("disisihkan", True)
    assert (root / "parked" / "jawaban.csv").exists()
    with pytest.raises(Refused):
        arrivals.read_arrival_again(by=stage.cast.lurah, on=ON, arrival_id=row.id)
    arrivals.read_arrival_again(by=stage.cast.bpjs, on=ON, arrival_id=row.id)
    assert run(root, 3).parked == 1
    actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    arrivals.read_arrival_again(by=stage.cast.bpjs, on=ON, arrival_id=row.id)
    assert run(root, 4).read == 1
    row.refresh_from_db()
    assert (row.state, row.content, row.why) == ("dibaca", None, "")
    with pytest.raises(Refused) as refused:
        arrivals.read_arrival_again(by=stage.cast.bpjs, on=ON, arrival_id=row.id)
    assert refused.value.code == "berkas_tidak_disisihkan"


def test_one_file_that_breaks_its_reader_holds_up_no_other(
    stage: Stage, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(stage, root)
    (root / "in" / "aaa.xml").write_bytes(b"<x/>")
    run(root, 1)

    def broken(_content: bytes) -> tuple[bank.Statement, ...]:
        raise Unavailable("the reader is out of order")

    monkeypatch.setattr(bank, "kind_of", lambda content: "koran" if content.startswith(b"<") else "jawaban")
    monkeypatch.setattr(bank, "read_statements", broken)
    assert run(root, 2).read == 1
    assert (root / "in" / "aaa.xml").exists()


def test_what_the_bank_lays_down_while_a_file_is_read_stays_for_the_next_run(root: Path) -> None:
    folder, place = bank.BankFolder(root), root / "in" / "koran.xml"
    place.write_bytes(b"new")
    folder.put_away("koran.xml", bank.sha256(b"old"), good=True)
    assert place.read_bytes() == b"new"
    for content in (b"new", b"newer"):
        place.write_bytes(content)
        folder.put_away("koran.xml", bank.sha256(content), good=True)
    assert sorted(one.read_bytes() for one in (root / "done").iterdir()) == [b"new", b"newer"]


def test_a_statement_is_read_by_nobody_and_what_it_was_is_told(root: Path) -> None:
    fee = bank.Booked(1, ON, True, Decimal(6_500), "", "R1", "Biaya layanan")
    made = bank.Statement("RK-1", "0130000000999", ON, Decimal(10**9), Decimal(10**9 - 6_500), (fee,))
    (root / "in" / "koran.xml").write_bytes(bank.write_camt053(made))
    run(root)
    assert run(root, 1).read == 1
    row = BankArrival.objects.get()
    assert (row.kind, row.told) == ("koran", {"lines": 1, "paid": 0, "returned": 0, "unknown": 1})
    assert [one.read_by for one in statements()] == [None]


def test_accounts_are_opened_by_nobody_and_another_name_waits_for_an_officer(stage: Stage, root: Path) -> None:
    for name in ("Yohanes Tote", "Maria Lay"):
        stage.member(name)
    ask_accounts(by=stage.cast.bpjs, on=ON, wanted=Wanted(int(stage.proposals.programme_id)))
    content = bytes(AccountBatch.objects.get().content)
    other = bank.read_openings(content)[2][0].nik
    (root / "in" / "rekening.csv").write_bytes(bank.FakeBank().open_accounts(content, {other: "ORANG LAIN"}))
    run(root)
    assert run(root, 1).read == 1
    row = BankArrival.objects.get()
    assert (row.kind, row.told) == ("rekening", {"opened": 1, "to_check": 1, "refused": 0, "parked": 0})
    waits = AccountOpening.objects.get(state="perlu_cek")
    check_opening(by=stage.cast.penyetuju, on=ON, opening_id=waits.id, same=True, why="dilihat di buku tabungan")
    assert Passbook.objects.filter(kind="pekerja").count() == 2


def test_a_fault_of_the_reader_puts_the_file_aside_with_a_reason_and_it_goes_after_a_year(
    stage: Stage, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "in" / "aneh.csv").write_bytes(b"x")
    run(root, 1)
    with monkeypatch.context() as patch:
        patch.setattr(bank, "kind_of", lambda _content: 1 // 0)
        assert run(root, 2) == Exchanged(0, 0, 0, 1)
    row = BankArrival.objects.get()
    assert (row.state, "ZeroDivisionError" in row.why, bytes(row.content or b"")) == ("disisihkan", True, b"x")
    assert (root / "parked" / "aneh.csv").exists()

    def forget(days: int, seen: int) -> int:
        order = forgetting.Order("berkas_sisihan", "kerja", seen)
        return retention.forget(by=stage.cast.penyetuju, on=ON + timedelta(days=days), order=order)

    assert {one.rule.code: one.count for one in due(ON + timedelta(days=366))}["berkas_sisihan"] == 1
    assert forget(365, 0) == 0
    assert forget(366, 1) == 1
    assert not BankArrival.objects.exists()

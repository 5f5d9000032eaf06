"""The outbox: each message is planned once, sent once where that can be known; what fails waits, then is given up."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction

from lopo.basics.refusal import Refused
from lopo.claims.actions.stages import Handover, hand_over, remind, take_case
from lopo.claims.models import FirstReport
from lopo.jobs import messages
from lopo.people import actions as people
from lopo.staff import outbox
from lopo.staff.actions import Deed, record
from lopo.staff.gateway import Email, FakeGateway
from lopo.staff.models import Diary, Message, Officer
from tests.cast import Cast
from tests.rooms import claims_stage
from tests.rooms.claims_stage import OEBUFU

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 20, 3, tzinfo=UTC)
ON = date(2026, 1, 20)


def alarm(*usernames: str) -> int:
    send = {"alarm": {"step": "late", "to": list(usernames), "words": "Iuran September belum dibayar."}}
    with transaction.atomic():
        return record(by=None, on=ON, deed=Deed("raise_alarm", "financing.bill", "1", send=send))


def with_email(officer: Officer) -> str:
    Officer.objects.filter(pk=officer.pk).update(email=f"{officer.username}@contoh.test")
    return officer.username


def test_an_alarm_goes_once_to_who_has_an_address_and_the_other_is_shown(cast: Cast) -> None:
    row = alarm(with_email(cast.dinas), cast.lurah.username)
    ways = {"surel": FakeGateway()}
    assert messages.send_messages(on=ON, at=AT, ways=ways) == messages.Told(2, 1, 0)
    assert messages.send_messages(on=ON, at=AT, ways=ways) == messages.Told(0, 0, 0)
    assert [one.address for one in ways["surel"].arrived] == ["dinas@contoh.test"]
    assert "Iuran September belum dibayar." in ways["surel"].arrived[0].words
    assert Diary.objects.get(pk=row).sent_at is not None
    assert dict(Message.objects.values_list("receiver", "state")) == {
        "dinas": "terkirim",
        "lurah.oebufu": "tanpa_alamat",
    }


def test_what_fails_waits_ever_longer_and_is_given_up_then_an_officer_tries_again(cast: Cast) -> None:
    alarm(with_email(cast.dinas))
    way = FakeGateway(down=True)
    tries, at = [], AT
    for _ in range(outbox.MOST_ATTEMPTS):
        assert messages.send_messages(on=ON, at=at, ways={"surel": way}).failed == 1
        assert messages.send_due(at=at, ways={"surel": way}) == (0, 0)
        waits = Message.objects.get().next_at
        tries.append((waits - at) if waits else None)
        at = waits or at
    assert tries == [timedelta(minutes=5 * 2**n) for n in range(outbox.MOST_ATTEMPTS - 1)] + [None]
    kept = Message.objects.get()
    assert (kept.state, kept.last_error, kept.attempts) == ("menyerah", "gerbang tidak menjawab", 6)
    with pytest.raises(Refused, match="tidak berwenang"):
        outbox.retry_message(by=cast.lurah, on=ON, message_id=kept.id)
    outbox.retry_message(by=cast.dinas, on=ON, message_id=kept.id)
    way.down = False
    again = datetime.now(UTC) + timedelta(minutes=1)
    assert messages.send_due(at=again, ways={"surel": way}) == (1, 0)
    with pytest.raises(Refused, match="tidak perlu dikirim lagi"):
        outbox.retry_message(by=cast.dinas, on=ON, message_id=kept.id)


@pytest.mark.parametrize(
    ("channel", "can_say", "state", "copies"),
    [("wa", True, "terkirim", 1), ("wa", False, "ragu", 1), ("surel", False, "terkirim", 2)],
)
def test_a_sender_killed_after_sending_sends_twice_only_where_nobody_can_say_and_it_does_no_harm(
    cast: Cast, channel: str, can_say: bool, state: str, copies: int
) -> None:
    alarm(with_email(cast.dinas))
    messages.plan_all(on=ON, at=AT, ways={})
    Message.objects.update(channel=channel)
    way = FakeGateway(dies_after=True, can_say=can_say)
    with pytest.raises(SystemExit):
        messages.send_due(at=AT, ways={channel: way})
    way.dies_after = False
    soon, later = AT + timedelta(minutes=1), AT + timedelta(minutes=11)
    messages.send_messages(on=ON, at=soon, ways={channel: way})
    assert (Message.objects.get().state, len(way.arrived)) == ("dikirim", 1)
    messages.send_messages(on=ON, at=later, ways={channel: way})
    assert (Message.objects.get().state, len(way.arrived)) == (state, copies)
    assert len({one.id for one in way.arrived}) == 1


def test_a_sender_killed_before_sending_sends_it_later(cast: Cast) -> None:
    alarm(with_email(cast.dinas))
    messages.plan_all(on=ON, at=AT, ways={})
    Message.objects.update(channel="wa")
    assert outbox.take_message(at=AT, channels=("wa",)) is not None
    way = FakeGateway()
    messages.send_messages(on=ON, at=AT + timedelta(minutes=11), ways={"wa": way})
    assert (Message.objects.get().state, len(way.arrived)) == ("terkirim", 1)


def test_a_row_that_cannot_be_planned_holds_up_no_other(cast: Cast) -> None:
    with transaction.atomic():
        broken = record(by=None, on=ON, deed=Deed("raise_alarm", "financing.bill", "0", send={"alarm": {"bad": 1}}))
    alarm(with_email(cast.dinas))
    way = FakeGateway()
    assert messages.send_messages(on=ON, at=AT, ways={"surel": way}) == messages.Told(1, 1, 0)
    assert Diary.objects.get(pk=broken).sent_at is None


def test_what_waited_a_week_is_not_sent_any_more(cast: Cast) -> None:
    alarm(with_email(cast.dinas))
    messages.plan_all(on=ON, at=AT, ways={})
    way = FakeGateway()
    assert messages.send_due(at=AT + timedelta(days=8), ways={"surel": way}) == (0, 0)
    assert (Message.objects.get().state, way.arrived) == ("menyerah", [])


def test_a_case_gets_its_letter_and_only_who_agreed_gets_a_message(cast: Cast) -> None:
    people.seed_areas(by=cast.dinas, on=ON)
    stage = claims_stage.build(cast)
    case = stage.case(stage.accident(stage.member("Yulius Uji"), date(2025, 9, 3)))
    agreed = {"phone": "081200000001", "may_message": True}
    silent = {"phone": "081200000002", "may_message": False}
    for place, one in enumerate((agreed, silent)):
        FirstReport.objects.create(
            id=f"00000000-0000-0000-0000-00000000000{place}", code=f"L-{place}", kind="JKK", teller="keluarga",
            source="Maria", name="Yulius Uji", area_code=OEBUFU, event_on=case.event_on, place="Oeba", story="jatuh",
            received_on=ON, received_at=AT, state="terhubung", case=case, settled_by=cast.dinas, settled_on=ON, **one,
        )  # fmt: skip
    way = FakeGateway()
    with_email(cast.lurah)
    messages.send_messages(on=ON, at=AT, ways={"wa": way})
    letter = Message.objects.get(channel="surat")
    assert letter.last_error == ""
    assert (letter.state, letter.template, letter.subject_id) == ("diantar", "keluarga", str(case.id))
    assert bytes(letter.paper.content).startswith(b"%PDF")
    assert [one.address for one in way.arrived] == ["081200000001"]
    assert case.code in way.arrived[0].words
    assert "Yulius" not in way.arrived[0].words
    visit = Message.objects.get(template="kunjungan")
    assert (visit.receiver, visit.state, case.code in visit.words) == ("lurah.oebufu", "menunggu", True)
    outbox.hand_over_letter(by=cast.lurah, on=ON, message_id=letter.id)
    with pytest.raises(Refused, match="tidak menunggu diantar"):
        outbox.hand_over_letter(by=cast.lurah, on=ON, message_id=letter.id)


class Box:
    """A mailbox that keeps what arrives and refuses one address."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_RCPT(self, server, session, envelope, address: str, options) -> str:  # type: ignore[no-untyped-def]  # noqa: N802
        if address.startswith("tidak.ada"):
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # type: ignore[no-untyped-def]  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def box(settings: pytest.FixtureRequest) -> Iterator[Box]:
    kept = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield kept
    controller.stop()


def test_a_clock_of_a_case_is_told_to_its_holder_and_once_it_is_long_over_to_who_decides(cast: Cast) -> None:
    stage = claims_stage.build(cast)
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    with_email(cast.dinas)
    take_case(by=cast.dinas, on=ON, case_id=case_id)
    due = stage.case(case_id).visit_due_on
    reached = []
    for on in (due, due + timedelta(days=10)):
        remind(by=None, on=on)
        messages.send_messages(on=on, at=AT, ways={"surel": FakeGateway()})
        told = Message.objects.filter(words__contains="keluarga dikunjungi paling lambat")
        reached.append(sorted(told.values_list("receiver", flat=True)))
    assert reached == [["dinas"], ["dinas", "dinas", "penyetuju"]]


def test_who_gets_cases_and_who_held_them_is_told_in_one_message_each(cast: Cast) -> None:
    stage = claims_stage.build(cast)
    cases = [stage.death_case(stage.member(name), date(2025, 11, 1)) for name in ("Yohanes Tote", "Oka Bani")]
    for case_id in cases:
        take_case(by=cast.dinas, on=ON, case_id=case_id)
    hand_over(by=cast.provinsi, on=ON, given=Handover(tuple(cases), "bpjs", "Yuliana sedang cuti"))
    messages.send_messages(on=ON, at=AT, ways={"surel": FakeGateway()})
    told = Message.objects.filter(template="serah_kasus").order_by("receiver").values_list("receiver", "title", "words")
    assert [row[:2] for row in told] == [
        ("bpjs", "Kasus diserahkan kepada Anda"),
        ("dinas", "Kasus Anda kini dipegang petugas lain"),
    ]
    for *_, words in told:
        assert all(stage.case(case_id).code in words for case_id in cases)
        assert "Yuliana sedang cuti" in words


def test_e_mail_goes_through_a_real_server_under_our_own_id(cast: Cast, box: Box) -> None:
    alarm(with_email(cast.dinas), cast.bpjs.username)
    Officer.objects.filter(pk=cast.bpjs.pk).update(email="tidak.ada@contoh.test")
    assert messages.send_messages(on=ON, at=AT, ways={"surel": Email()}) == messages.Told(2, 1, 1)
    sent = Message.objects.get(receiver="dinas")
    (mail,) = box.mails
    assert (mail["To"], mail["Message-ID"]) == ("dinas@contoh.test", f"<{sent.id}@lopo>")
    assert "Iuran September belum dibayar." in mail.get_content()
    refused = Message.objects.get(receiver="bpjs")
    assert (refused.state, refused.last_error) == ("menyerah", "alamat surel ditolak server")

"""What is done in a round: from a new death to money with the family, a month of cover paid, letters and messages."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from lopo import settings
from lopo.basics.calendar import Month
from lopo.claims.models import Decision
from lopo.financing.models import Bill, Reversal
from lopo.payments import actions as payments
from lopo.payments import bank as banking
from lopo.payments.models import AccountBatch, BankFile, BankStatement, Order
from lopo.people.actions import seed_areas
from lopo.staff import actions as staff
from lopo.staff.models import Officer
from tests.cast import appoint_all
from tests.crash.officers import PASSWORD, Browser, Press
from tests.crash.outside import Bank
from tests.rooms.claims_stage import Stage, build
from tests.rooms.enrolment import PAYER, Enrolment, enrol, pay

TODAY = date(2026, 1, 12)
PEOPLE = 12
DECEMBER = Month(2025, 12)
STEP_OF_THE_CLOCK = timedelta(minutes=15)
BROWSERS = ("bpjs", "penyetuju", "dinas", "bendahara")


@dataclass
class City:
    """Officers, members and the world outside, with what the harness itself must remember between rounds."""

    stage: Stage
    cover: Enrolment
    bank: Bank
    at: datetime
    browsers: dict[str, Browser] = field(default_factory=dict)
    cases: list[int] = field(default_factory=list)
    delivered: set[str] = field(default_factory=set)
    uploaded: Counter[str] = field(default_factory=Counter)
    statements: list[bytes] = field(default_factory=list)

    def sign_in(self, url: str) -> None:
        """Let all officers of the story sign in."""
        self.browsers = {name: Browser(url, name) for name in BROWSERS}

    def new_case(self) -> None:
        """One more member has died; heirs and papers are there, the heir's account is asked of the bank later."""
        number = len(self.cases) + 1
        self.cases.append(self.stage.death_case(self.stage.member(f"Orang {number}"), date(2025, 11, 1)))

    def call_the_clock(self) -> None:
        """A quarter of an hour later: the clock asks for messages to be sent."""
        self.at += STEP_OF_THE_CLOCK
        with contextlib.suppress(AlreadyEnqueued):
            app.configure_task("lopo.send_messages").defer(timestamp=int(self.at.timestamp()))


def found(bank: Bank) -> City:
    """Make officers, twelve members with five paid months, and the stage of claims."""
    cast = appoint_all()
    seed_areas(by=None, on=TODAY)
    for officer in Officer.objects.all():
        staff.set_password(by=None, on=TODAY, officer=officer, password=PASSWORD)
        Officer.objects.filter(pk=officer.pk).update(email=f"{officer.username}@contoh.test")
    cover = enrol(cast, PEOPLE)
    for number in range(8, 12):
        pay(cast, cover, Month(2025, number), paid_on=date(2025, number, 12))
    return City(build(cast), cover, bank, datetime.now(ZoneInfo(settings.TIME_ZONE)))


Pressed = Callable[[City], Press | None]


def propose(city: City) -> Press | None:
    """Propose the decision of the newest case."""
    case_id = city.cases[-1]
    if Decision.objects.filter(case_id=case_id).exists():
        return None
    return Press("bpjs", f"/klaim/{case_id}/usulkan")


def approve(city: City) -> Press | None:
    """Approve a decision that waits."""
    one = Decision.objects.filter(state="usul").order_by("id").first()
    return one and Press("penyetuju", f"/klaim/{one.case_id}/{one.id}/setujui")


def ask_accounts(_: City) -> Press:
    """Ask the bank for the accounts of heirs who have none."""
    return Press("bpjs", "/pembayaran/rekening/minta", {"siapa": "ahli_waris"})


def fetch_request(city: City) -> Press | None:
    """Fetch a request for accounts that the bank was not handed yet."""
    one = AccountBatch.objects.exclude(name__in=city.bank.openings).order_by("made_on", "name").first()
    return one and Press("bpjs", f"/pembayaran/rekening/berkas/{one.id}")


def request_handed(city: City, pressed: Press, content: bytes) -> None:
    """The officer hands the request to the bank, once, and knows it."""
    name = AccountBatch.objects.get(pk=pressed.path.split("/")[4]).name
    if name not in city.bank.openings:
        city.bank.open(name, content)


def accounts_answer(city: City) -> Press | None:
    """Upload the bank's answer to a request that still waits, first those that were not uploaded yet."""
    waiting = AccountBatch.objects.filter(name__in=city.bank.openings, openings__state="diminta").distinct()
    names = sorted(waiting.values_list("name", flat=True), key=lambda name: (city.uploaded[name], name))
    if not names:
        return None
    city.uploaded[names[0]] += 1
    return Press("bpjs", "/pembayaran/rekening/", file=("jawaban", names[0], city.bank.openings[names[0]]))


def order(_: City) -> Press:
    """Make all orders that are due."""
    return Press("bpjs", "/pembayaran/perintah")


def fill(city: City) -> Press | None:
    """Put what is ready into a file of one form or the other."""
    if not Order.objects.filter(state="siap", file__isnull=True).exists():
        return None
    return Press("bpjs", "/pembayaran/berkas", {"bentuk": city.bank.chance.choice(payments.FORMS)})


def approve_file(_: City) -> Press | None:
    """Approve a file that waits."""
    return _of_a_file("disiapkan", "setujui")


def send(_: City) -> Press | None:
    """Send an approved file."""
    return _of_a_file("disetujui", "kirim")


def _of_a_file(state: str, verb: str) -> Press | None:
    one = BankFile.objects.filter(state=state).order_by("made_on", "name").values_list("id", flat=True).first()
    return one and Press("penyetuju", f"/pembayaran/berkas/{one}/{verb}")


def fetch(city: City) -> Press | None:
    """Fetch a sent file that the bank was not handed yet."""
    sent = BankFile.objects.filter(state__in=["terkirim", "dikonfirmasi"]).exclude(name__in=city.delivered)
    one = sent.values_list("id", flat=True).first()
    return one and Press("penyetuju", f"/pembayaran/berkas/{one}/unduh")


def handed(city: City, pressed: Press, content: bytes) -> None:
    """The officer hands the fetched file to the bank, once, and knows it."""
    name = BankFile.objects.get(pk=pressed.path.split("/")[3]).name
    if name not in city.delivered:
        city.delivered.add(name)
        city.bank.deliver(name, content)


def answer(city: City) -> Press | None:
    """Upload an answer of the bank that was not read."""
    for one in BankFile.objects.filter(state="terkirim", name__in=list(city.bank.answers)).only("id", "name"):
        return Press("bpjs", f"/pembayaran/berkas/{one.id}", file=("jawaban", one.name, city.bank.answers[one.name]))
    return None


def told(city: City) -> Press | None:
    """Upload the bank's next statement; now and then an old one is sent again."""
    city.bank.send_some_back()
    fresh = city.bank.statement(TODAY)
    if fresh is not None:
        city.statements.append(fresh)
    return _statement(city)


def _statement(city: City) -> Press | None:
    if not city.statements:
        return None
    read = set(BankStatement.objects.values_list("sha256", flat=True))
    unread = [one for one in city.statements if banking.sha256(one) not in read]
    again = city.bank.chance.random() < 0.2
    content = city.bank.chance.choice(city.statements) if again else (unread or city.statements)[0]
    return Press("bpjs", "/pembayaran/koran/", file=("koran", "koran.xml", content))


def retry(_: City) -> Press | None:
    """Make ready again what failed or came back."""
    one = Order.objects.filter(state__in=["gagal", "kembali"]).order_by("id").first()
    return one and Press("bpjs", f"/pembayaran/perintah/{one.id}/ulang")


def letter(city: City) -> Press | None:
    """Order the letter to a family, which the worker writes."""
    one = Decision.objects.filter(state="disetujui", case_id__in=city.cases[-2:]).order_by("-approved_on", "id").last()
    return one and Press("bpjs", f"/klaim/{one.case_id}/surat")


def cover(city: City) -> Press | None:
    """The next step of December: billed, ordered, paid, and taken back when it is paid."""
    programme = {"program": "kupang-2025"}
    bill = Bill.objects.filter(
        programme_id=city.cover.programme, month=DECEMBER.first_day, state__in=["terbit", "diajukan", "dibayar"]
    ).first()
    if bill is None:
        return Press("dinas", "/iuran/", programme | {"apa": "tagihan", "pembayar": PAYER, "bulan": str(DECEMBER),
                                                      "jumlah_bulan": "1"})  # fmt: skip
    number = Bill.objects.count()
    turn = "penyetuju" if Reversal.objects.filter(bill=bill).exists() else "bendahara"
    return {
        "terbit": Press("bendahara", f"/iuran/{bill.id}", {"nomor": f"SP2D/{number}", "tanggal": "2026-01-12"}),
        "diajukan": Press("penyetuju", f"/iuran/{bill.id}/setujui"),
        "dibayar": Press(turn, f"/iuran/{bill.id}/balik", {"alasan": "keliru"}),
    }[bill.state]

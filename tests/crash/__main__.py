"""Plays so many rounds, each with one kill -9 at a random point, and says what it found as one line of JSON.

    python -m tests.crash --rounds 200 --seed 7

The same seed chooses the same victims, moments, refusals and returns; the machine's own pace stays its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_ASKED = argparse.ArgumentParser(prog="python -m tests.crash")
_ASKED.add_argument("--rounds", type=int, default=200)
_ASKED.add_argument("--seed", type=int, default=None)
_ASKED.add_argument("--like", default="", help="address of a database whose tables are copied in place of migrating")
_ASKED.add_argument("--keep", action="store_true", help="leave the folder with the log where it is")
asked = _ASKED.parse_args()

FOLDER = Path(tempfile.mkdtemp(prefix="lopo-crash-"))
FOLDER.chmod(0o755)
(FOLDER / "static").mkdir()
os.environ |= {"LOPO_HOME": str(FOLDER), "LOPO_TODAY": "2026-01-12", "DJANGO_SETTINGS_MODULE": "tests.crash.settings"}
os.environ.pop("LOPO_DATABASE_URL", None)

import django  # noqa: E402 - the house has its own folder before anything looks for one

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import InterfaceError, OperationalError, connection  # noqa: E402
from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: E402

from lopo import postgres, settings  # noqa: E402
from lopo.payments import actions as payments  # noqa: E402
from lopo.payments.models import AccountBatch, Order  # noqa: E402
from lopo.staff.models import Message  # noqa: E402
from tests.crash import checks, story  # noqa: E402
from tests.crash.house import VICTIMS, WORKER, House  # noqa: E402
from tests.crash.officers import BROKEN, DONE, Press  # noqa: E402
from tests.crash.outside import Bank, PostOffice  # noqa: E402

CLOCK = "clock"
STEPS: dict[str, tuple[story.Pressed, str]] = {
    "propose": (story.propose, "propose_decision"),
    "approve": (story.approve, "approve_decision"),
    "ask accounts": (story.ask_accounts, ""),
    "fetch request": (story.fetch_request, ""),
    "accounts answer": (story.accounts_answer, ""),
    "order": (story.order, ""),
    "fill": (story.fill, "make_file"),
    "approve file": (story.approve_file, "approve_file"),
    "send": (story.send, "send_file"),
    "fetch": (story.fetch, ""),
    "answer": (story.answer, "confirm_file"),
    "statement": (story.told, ""),
    "retry": (story.retry, "retry_order"),
    "letter": (story.letter, ""),
    "cover": (story.cover, ""),
}
"""Each step: the press of a button, and the row of the diary that a yes promises ('' = a yes may change nothing)."""
HANDED = {"fetch": story.handed, "fetch request": story.request_handed}
"""What the officer carries to the bank after fetching it."""
TOLD_EVERY = 20
TWICE = 0.15
MOST_TRIES = 8
JOB_SECONDS = 0.25
DRAINED_SECONDS = 150.0


@dataclass(frozen=True)
class Strike:
    """One kill: whom, in which step, and how late in it (as a part of how long the step usually takes)."""

    victim: str
    step: str
    late: float


def planned(seed: int, rounds: int) -> list[Strike]:
    """The kills of a run, one a round; they follow from the seed alone."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    strikes = []
    for _ in range(rounds):
        victim, step, late = chance.choice(VICTIMS), chance.choice([*STEPS, CLOCK]), chance.random() * 1.2
        strikes.append(Strike(victim, CLOCK if victim == WORKER else step, late))
    return strikes


@dataclass
class Play:
    """One run with its kills."""

    house: House
    city: story.City
    promised: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    pressed: int = 0
    usual: dict[str, float] = field(default_factory=dict)
    striking: threading.Thread | None = None
    _done: list[Press] = field(default_factory=list)

    @property
    def post(self) -> PostOffice:
        """The post office beside the house."""
        return PostOffice(self.house.post)

    def round(self, strike: Strike) -> None:
        """One new death, all steps, one kill; then the house is mended and looked at."""
        self.city.new_case()
        for name in [*STEPS, CLOCK]:
            self.step(name, strike if name == strike.step else None)
        self.mend()
        checks.always(self.city, self.post, self.promised)

    def step(self, name: str, strike: Strike | None = None) -> None:
        """Do one step; where nobody answers the house is mended and the officer looks and tries again."""
        if name == CLOCK:
            self._tried(self.city.call_the_clock)
            if strike:
                self._begin(self._when_a_job_runs, strike.victim, strike.late * JOB_SECONDS)
            return
        if strike:
            self._begin(self._after, strike.victim, strike.late * self.usual.get(name, 0.1))
        for _ in range(MOST_TRIES):
            given = self._tried(lambda: STEPS[name][0](self.city))
            if given is None or self._press(name, given) != BROKEN:
                break
            self.mend()
        else:
            raise AssertionError(f"{name}: nobody answers after {MOST_TRIES} tries")
        if given is not None and self.city.bank.chance.random() < TWICE:
            self._press(name, given)  # pressed twice: the second changes nothing, which the end shows
        if strike:
            self.mend()

    def mend(self) -> None:
        """Let the kill happen if it is still to come, then start what is dead."""
        if self.striking is not None:
            self.striking.join()
            self.striking = None
        self.house.mend()

    def finish(self) -> None:
        """Let everything come to rest: the bank refuses nothing more, and nobody is killed."""
        self.city.bank.refusing = False
        for _ in range(60):
            for name in STEPS:
                if name not in ("letter", "cover", "retry"):
                    self.step(name)
            for _ in range(AccountBatch.objects.filter(openings__state="diminta").distinct().count()):
                self.step("accounts answer")
            for _ in range(Order.objects.filter(state__in=["gagal", "kembali"]).count()):
                self.step("retry")
            self.step(CLOCK)
            self._drain()
            waiting = Message.objects.filter(state__in=["menunggu", "dikirim"]).exists()
            if not waiting and checks.all_paid(self.city):
                break
        checks.always(self.city, self.post, self.promised)
        checks.at_rest(self.city, self.post)

    def _press(self, name: str, given: Press) -> str:
        begun = time.monotonic()
        outcome, content = self.city.browsers[given.who].press(given)
        self.pressed += 1
        if outcome == BROKEN:
            self.broken[name] += 1
            return outcome
        self.usual[name] = 0.7 * self.usual.get(name, 0.1) + 0.3 * (time.monotonic() - begun)
        if outcome == DONE and name in HANDED:
            self._tried(lambda: HANDED[name](self.city, given, content))
        first = given not in self._done
        if outcome == DONE and STEPS[name][1] and first:
            self.promised[STEPS[name][1]] += 1
            self._done.append(given)
        return outcome

    def _tried(self, deed: Callable[[], object]) -> object:
        """Do something of the test's own that needs the database, mended first where it is down."""
        for _ in range(MOST_TRIES):
            try:
                return deed()
            except (OperationalError, InterfaceError):
                self.mend()
        raise AssertionError("the database does not come back")

    def _begin(self, deed: Callable[[str, float], None], victim: str, seconds: float) -> None:
        self.striking = threading.Thread(target=deed, args=(victim, seconds))
        self.striking.start()

    def _after(self, victim: str, seconds: float) -> None:
        time.sleep(seconds)
        self.house.kill(victim)

    def _when_a_job_runs(self, victim: str, seconds: float) -> None:
        """Kill while the worker is at work, or after a moment where it finds none."""
        deadline = time.monotonic() + 5
        try:
            while time.monotonic() < deadline and not ProcrastinateJob.objects.filter(status="doing").exists():
                time.sleep(0.005)
        finally:
            connection.close()
        self._after(victim, seconds)

    def _drain(self) -> None:
        deadline = time.monotonic() + DRAINED_SECONDS
        while time.monotonic() < deadline:
            if not ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exists():
                return
            self.house.mend()
            time.sleep(0.1)


def _tables(server: postgres.Server) -> None:
    """Make the tables: as those of another database of this server's kind, or by migrating."""
    if not asked.like:
        call_command("migrate", verbosity=0)
        return
    tools = postgres.binaries()
    dump = subprocess.run([tools / "pg_dump", "--no-owner", "-d", asked.like], check=True, capture_output=True)
    subprocess.run([tools / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", server.url], input=dump.stdout, check=True,
                   capture_output=True)  # fmt: skip


def play(seed: int, rounds: int) -> dict[str, object]:
    """Play so many rounds and give what was seen."""
    server = settings.SERVER
    postgres.ensure(server)
    _tables(server)
    house = House(FOLDER, server)
    try:
        house.mend()
        outside = random.Random(seed + 1)  # noqa: S311 - no secret
        city = story.found(Bank(payments.paying_account().account, outside))
        city.sign_in(house.url)
        this = Play(house, city)
        for number, strike in enumerate(planned(seed, rounds), start=1):
            this.round(strike)
            if number % TOLD_EVERY == 0:
                print(f"round {number}: {house.killed}", file=sys.stderr, flush=True)
        this.finish()
        return _figures(this, rounds, seed)
    finally:
        house.stop()


def _figures(this: Play, rounds: int, seed: int) -> dict[str, object]:
    bank = this.city.bank
    return {
        "crash": "payments", "seed": seed, "rounds": rounds, "kills": this.house.killed,
        "unanswered": dict(this.broken), "pressed": this.pressed, "orders": Order.objects.count(),
        "transfers": sum(bank.paid.values()), "returned": sum(bank.returned.values()),
        "tries_again": this.promised["retry_order"], "messages": sum(this.post.arrived().values()),
        "worker_fell_with_database": this.house.fell - this.house.killed.get(WORKER, 0), "ok": True,
    }  # fmt: skip


def main() -> int:
    """Play; a failure names the seed with which it can be played again."""
    seed = random.SystemRandom().randrange(10**6) if asked.seed is None else asked.seed
    print(f"seed {seed}", file=sys.stderr, flush=True)
    try:
        print(json.dumps(play(seed, asked.rounds)), flush=True)
    except BaseException:
        print(f"failed: python -m tests.crash --rounds {asked.rounds} --seed {seed}  (log: {FOLDER})", file=sys.stderr)
        raise
    if not asked.keep:
        shutil.rmtree(FOLDER, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

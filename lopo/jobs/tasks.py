"""The tasks of the queue: each runs one long piece of work that a page has ordered."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from procrastinate.contrib.django import app

from lopo import settings
from lopo.claims.actions import note_replay, remind
from lopo.claims.queries import replay
from lopo.jobs.account_tasks import accounts_task  # noqa: F401 - the queue finds its tasks here
from lopo.jobs.alarms import raise_bpjs, raise_daily, raise_turn
from lopo.jobs.bank_tasks import exchange_with_bank_task  # noqa: F401
from lopo.jobs.corrections import screen_corrections
from lopo.jobs.deaths import watch_deaths
from lopo.jobs.deciding_tasks import propose_decisions_task  # noqa: F401
from lopo.jobs.exports import make_error_sheets
from lopo.jobs.intake import receive_again, receive_kept, told
from lopo.jobs.linkage_training import train_linkage
from lopo.jobs.papers.make_amendment import make_amendment
from lopo.jobs.papers.make_cards import make_card_again, make_cards
from lopo.jobs.papers.make_case_papers import make_form, make_guarantee
from lopo.jobs.papers.make_decree import make_decree
from lopo.jobs.papers.make_letters import make_letter
from lopo.jobs.papers.make_own_cover import make_own_cover
from lopo.jobs.papers.make_renewal import make_payer_letter, make_worker_letters
from lopo.jobs.papers.make_replies import make_appeal_letter, make_call_letter
from lopo.jobs.papers.make_reports import make_council, make_sender_letter
from lopo.jobs.papers.own_data import make_own_data
from lopo.jobs.post_tasks import send_messages_task  # noqa: F401
from lopo.jobs.poverty_task import poverty_task  # noqa: F401 - the queue finds its tasks here
from lopo.jobs.receipt_tasks import receipts_task  # noqa: F401 - the queue finds its tasks here
from lopo.jobs.register_files import load_kept
from lopo.jobs.rescue import rescue  # noqa: F401
from lopo.jobs.retention import forget, forget_by_itself
from lopo.jobs.screening import name_person, screen_programme
from lopo.jobs.sheet_task import signature_sheet_task  # noqa: F401 - the queue finds its tasks here
from lopo.jobs.work import AGAIN, Progress, run
from lopo.people.registers import Provenance
from lopo.staff.forgetting import Order as Forgetting
from lopo.staff.queries import WorkOrder
from lopo.targeting.actions.calls import remind_senders
from lopo.targeting.actions.departures import propose_departures
from lopo.targeting.senders import Sender


@app.task(name="lopo.receive_list", retry=AGAIN)
def receive_list_task(work_id: str) -> None:
    """Read one list that was uploaded; arguments `programme_id`, `sha256`, and `sender` where the uploader named it."""
    run(work_id, _receive)


def _receive(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    given = order.arguments
    done = receive_kept(
        by=order.by,
        on=on,
        programme_id=given["programme_id"],
        sha256=given["sha256"],
        sender=Sender(**given["sender"]) if "sender" in given else None,
        progress=progress,
    )
    screened = screen_corrections(by=order.by, on=on, done=done, progress=progress)
    return {**told(done), **screened}


@app.task(name="lopo.read_again", retry=AGAIN)
def read_again_task(work_id: str) -> None:
    """Read a kept list again by the columns that an officer has shown; argument `list_id`."""
    run(work_id, _read_again)


def _read_again(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    done = receive_again(by=order.by, on=on, list_id=order.arguments["list_id"], progress=progress)
    return {"list_id": done.list_id, "candidates": done.candidates, "unreadable": done.unreadable}


@app.task(name="lopo.screen_programme", retry=AGAIN)
def screen_task(work_id: str) -> None:
    """Screen all lists of a programme; argument `programme_id`."""
    run(work_id, _screen)


def _screen(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    done = screen_programme(by=order.by, on=on, programme_id=order.arguments["programme_id"], progress=progress)
    return {"screening_id": done.screening_id, "rows": done.rows, **done.verdicts}


@app.task(name="lopo.train_linkage", retry=AGAIN)
def train_linkage_task(work_id: str) -> None:
    """Train a model of linkage on what is in force; argument `programme_id`."""
    run(work_id, _train_linkage)


def _train_linkage(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    made = train_linkage(by=order.by, on=on, programme_id=order.arguments["programme_id"], progress=progress)
    return {"model_id": made}


@app.task(name="lopo.name_person", retry=AGAIN)
def name_person_task(work_id: str) -> None:
    """Put a person whom an officer named beside a doubtful row; arguments `row_id`, `nik`."""
    run(work_id, _name_person)


def _name_person(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    given = order.arguments
    name_person(by=order.by, on=on, row_id=given["row_id"], nik=given["nik"], progress=progress)
    progress(1, 1, "selesai")
    return {"row_id": given["row_id"]}


@app.task(name="lopo.load_register", retry=AGAIN)
def register_task(work_id: str) -> None:
    """Put an uploaded register in force; arguments as `_register` takes them."""
    run(work_id, _register)


def _register(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    given = order.arguments
    provenance = Provenance(
        given["kind"], given["origin"], date.fromisoformat(given["as_of"]), "", given["part"], given["agreement"],
        given.get("territory", ""),
    )  # fmt: skip
    file_id = uuid.UUID(given["file_id"])
    done = load_kept(by=order.by, on=on, file_id=file_id, provenance=provenance, progress=progress)
    return {"snapshot_id": done.snapshot_id, "rows": done.rows, "oddities": sum(done.oddities.values())}


@app.task(name="lopo.make_decree", retry=AGAIN)
def decree_task(work_id: str) -> None:
    """Set a decree with its annexes as PDF and xlsx; argument `decree_id`."""
    run(work_id, _decree)


def _decree(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    done = make_decree(by=order.by, on=on, decree_id=order.arguments["decree_id"], progress=progress)
    return {"papers": [str(done.pdf), str(done.xlsx)], "chosen": done.chosen, "waiting": done.waiting}


@app.task(name="lopo.make_amendment", retry=AGAIN)
def amendment_task(work_id: str) -> None:
    """Set an amendment of a decree with its annexes as PDF and xlsx; argument `amendment_id`."""
    run(work_id, _amendment)


def _amendment(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    done = make_amendment(by=order.by, on=on, amendment_id=order.arguments["amendment_id"], progress=progress)
    return {"papers": [str(done.pdf), str(done.xlsx)], "leaving": done.leaving, "entering": done.entering}


@app.task(name="lopo.make_council", retry=AGAIN)
def council_task(work_id: str) -> None:
    """Make the report to the council as PDF and xlsx; argument `programme_id`."""
    run(work_id, _council)


def _council(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    papers = make_council(by=order.by, on=on, programme_id=order.arguments["programme_id"], progress=progress)
    return {"papers": [str(one) for one in papers]}


@app.task(name="lopo.make_sender_letter", retry=AGAIN)
def sender_letter_task(work_id: str) -> None:
    """Write to the sender of a list what became of every name; argument `list_id`."""
    run(work_id, _sender_letter)


def _sender_letter(order: WorkOrder, on: date, _progress: Progress) -> Mapping[str, Any]:
    return {"papers": [str(make_sender_letter(by=order.by, on=on, list_id=order.arguments["list_id"]))]}


@app.task(name="lopo.make_cards", retry=AGAIN)
def cards_task(work_id: str) -> None:
    """Print the cards that are not printed yet; arguments `programme_id`, perhaps `area_code`."""
    run(work_id, _cards)


def _cards(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    programme, area = order.arguments["programme_id"], order.arguments.get("area_code", "")
    done = make_cards(by=order.by, on=on, programme_id=programme, progress=progress, area_code=area)
    return {"papers": [str(one) for one in done.papers], "cards": done.cards, "new": done.new}


@app.task(name="lopo.make_card_again", retry=AGAIN)
def card_again_task(work_id: str) -> None:
    """Set the latest edition of one member's card; arguments `programme_id`, `membership_id`."""
    run(work_id, _card_again)


def _card_again(order: WorkOrder, on: date, _progress: Progress) -> Mapping[str, Any]:
    given = order.arguments
    member = given["membership_id"]
    made = make_card_again(by=order.by, on=on, programme_id=given["programme_id"], membership_id=member)
    return {"papers": [str(made)], "cards": 1}


@app.task(name="lopo.make_own_cover", retry=AGAIN)
def own_cover_task(work_id: str) -> None:
    """Set one member's cover for him to keep; arguments `person_id`, `membership_id`."""
    run(work_id, _own_cover)


def _own_cover(order: WorkOrder, on: date, _progress: Progress) -> Mapping[str, Any]:
    given = order.arguments
    made = make_own_cover(by=order.by, on=on, person_id=given["person_id"], membership_id=given["membership_id"])
    return {"papers": [str(made)]}


@app.task(name="lopo.make_letter", retry=AGAIN)
def letter_task(work_id: str) -> None:
    """Write the letter to the family (and the decision) of a case; argument `case_id`."""
    run(work_id, _letter)


def _letter(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    done = make_letter(by=order.by, on=on, case_id=order.arguments["case_id"])
    progress(1, 1, "selesai")
    made = [one for one in (*done.letters, done.decision, *done.corrections) if one is not None]
    return {"papers": [str(one) for one in made], "outcome": done.outcome}


@app.task(name="lopo.make_case_paper", retry=AGAIN)
def case_paper_task(work_id: str) -> None:
    """Fill a form of a case, or guarantee care to a hospital; arguments `case_id` and `form` or `hospital`."""
    run(work_id, _case_paper)


def _case_paper(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    given, case_id = order.arguments, order.arguments["case_id"]
    if "hospital" in given:
        made = make_guarantee(by=order.by, on=on, case_id=case_id, hospital=given["hospital"])
    else:
        made = make_form(by=order.by, on=on, case_id=case_id, form=given["form"])
    progress(1, 1, "selesai")
    return {"papers": [str(made)]}


@app.task(name="lopo.make_renewal_letters", retry=AGAIN)
def renewal_letters_task(work_id: str) -> None:
    """Write to a payer, or to the workers nobody pays for; arguments `programme_id` and `payer_code` or `area_code`."""
    run(work_id, _renewal_letters)


def _renewal_letters(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    given, programme = order.arguments, order.arguments["programme_id"]
    if "payer_code" in given:
        made = make_payer_letter(by=order.by, on=on, programme_id=programme, payer_code=given["payer_code"])
        return {"papers": [str(made)]}
    area = given["area_code"]
    done = make_worker_letters(by=order.by, on=on, programme_id=programme, area_code=area, progress=progress)
    return {"papers": [str(one) for one in done.papers], "letters": done.letters}


@app.task(name="lopo.make_call_letter", retry=AGAIN)
def call_letter_task(work_id: str) -> None:
    """Write the letter that calls one sender for names; argument `sender_id`."""
    run(work_id, _call_letter)


def _call_letter(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    made = make_call_letter(by=order.by, on=on, sender_id=order.arguments["sender_id"])
    progress(1, 1, "selesai")
    return {"papers": [str(made)]}


@app.task(name="lopo.make_appeal_letter", retry=AGAIN)
def appeal_letter_task(work_id: str) -> None:
    """Write the letter that answers one appeal; argument `appeal_id`."""
    run(work_id, _appeal_letter)


def _appeal_letter(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    made = make_appeal_letter(by=order.by, on=on, appeal_id=order.arguments["appeal_id"])
    progress(1, 1, "selesai")
    return {"papers": [str(made)]}


@app.task(name="lopo.make_error_sheets", retry=AGAIN)
def error_sheets_task(work_id: str) -> None:
    """Make the sheet that goes back to each sender; argument `programme_id`."""
    run(work_id, _error_sheets)


def _error_sheets(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    given = order.arguments
    done = make_error_sheets(by=order.by, on=on, programme_id=given["programme_id"], progress=progress)
    return {"sheets": len(done.papers), "not_screened": list(done.not_screened)}


@app.task(name="lopo.watch_deaths", retry=AGAIN)
def deaths_task(work_id: str) -> None:
    """Match the death registers in force with the members and open a case for each hit."""
    run(work_id, _deaths)


def _deaths(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    done = watch_deaths(by=order.by, on=on, progress=progress)
    return {"hits": done.hits, "opened": done.opened, "doubtful": done.doubtful, "not_covered": done.not_covered}


@app.task(name="lopo.make_own_data", retry=AGAIN)
def own_data_task(work_id: str) -> None:
    """Write everything that is known of one person for that person; arguments `person_id`, `request_id`."""
    run(work_id, _own_data)


def _own_data(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    given = order.arguments
    papers = make_own_data(by=order.by, on=on, person_id=given["person_id"], request_id=given["request_id"])
    progress(1, 1, "selesai")
    return {"papers": [str(one) for one in papers]}


@app.task(name="lopo.forget", retry=AGAIN)
def forget_task(work_id: str) -> None:
    """Remove what one rule of retention says is over its time; arguments `code`, `expected`."""
    run(work_id, _forget)


def _forget(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    given = order.arguments
    wanted = Forgetting(given["code"], str(order.id), given["expected"])
    gone = forget(by=order.by, on=on, order=wanted, progress=progress)
    progress(1, 1, "selesai")
    return {"removed": gone}


def _day_of(timestamp: int) -> date:
    """The day in Kupang at the moment for which the clock called."""
    return datetime.fromtimestamp(timestamp, ZoneInfo(settings.TIME_ZONE)).date()


@app.periodic(cron="30 18 1 * *")
@app.task(name="lopo.forget_by_itself", queueing_lock="lopo.forget_by_itself", retry=AGAIN)
def forget_by_itself_task(timestamp: int) -> dict[str, int]:
    """Follow the rules of retention that need nobody's word, on the 2nd of each month at 02:30 in Kupang."""
    return forget_by_itself(on=_day_of(timestamp))


@app.periodic(cron="15 18 * * *")
@app.task(name="lopo.replay_decisions", queueing_lock="lopo.replay_decisions", retry=AGAIN)
def replay_decisions_task(timestamp: int) -> bool:
    """Decide all stored decisions again, each night at 02:15 in Kupang (the cron is UTC); note what differs."""
    on = _day_of(timestamp)
    return note_replay(by=None, on=on, found=replay(on))


@app.periodic(cron="30 22 * * *")
@app.task(name="lopo.raise_alarms", queueing_lock="lopo.raise_alarms", retry=AGAIN)
def raise_alarms_task(timestamp: int) -> int:
    """Raise the alarms about contributions, their codes and the turn of the year, at 06:30 in Kupang; give how many."""
    on = _day_of(timestamp)
    return raise_daily(on=on).raised + raise_bpjs(on=on).raised + raise_turn(on=on).raised


@app.periodic(cron="45 18 * * *")
@app.task(name="lopo.propose_departures", queueing_lock="lopo.propose_departures", retry=AGAIN)
def propose_departures_task(timestamp: int) -> int:
    """Look for people on set decrees who died, moved or found a job, each night at 02:45 in Kupang; give how many."""
    return propose_departures(by=None, on=_day_of(timestamp))


@app.periodic(cron="0 23 * * *")
@app.task(name="lopo.remind_senders", queueing_lock="lopo.remind_senders", retry=AGAIN)
def remind_senders_task(timestamp: int) -> int:
    """Remind the senders of running calls for names, each morning at 07:00 in Kupang; give how many."""
    return remind_senders(by=None, on=_day_of(timestamp))


@app.periodic(cron="15 22 * * *")
@app.task(name="lopo.remind_cases", queueing_lock="lopo.remind_cases", retry=AGAIN)
def remind_cases_task(timestamp: int) -> int:
    """Remind of the clocks of cases, each morning at 06:15 in Kupang; give how many reminders went out."""
    done = remind(by=None, on=_day_of(timestamp))
    return done.reminded + done.escalated

"""Makes the letter to the family of a case, and the decision that it rests on, from what is stored."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from lopo.basics.money import Rupiah, add
from lopo.basics.refusal import Refused
from lopo.claims import queries as claims
from lopo.claims.judging import HOSPITAL
from lopo.claims.queries.corrections import corrections_of
from lopo.jobs.papers.correction_letters import make_correction_letters
from lopo.jobs.papers.decision_words import benefits_of, decision_of
from lopo.jobs.papers.decisions import decision_pdf
from lopo.jobs.papers.keeping import PDF, file_name, keep_once
from lopo.jobs.papers.letter_words import CaseTold, ShareTold, grounds_of, letter_of, reckoned_of, unmet_of
from lopo.jobs.papers.letters import Ground, LetterPaper, NeededPaper, Outcome, letter_pdf
from lopo.jobs.papers.offices import office_of, public_address
from lopo.jobs.papers.receivers import WrittenTo, address_of, receivers_of
from lopo.people import queries as people
from lopo.staff import queries as staff
from lopo.staff.actions import Paper

Progress = Callable[[int, int, str], None]
_APPROVED = "disetujui"


@dataclass(frozen=True, slots=True)
class LetterMade:
    """The kept letters of a case, one for each who receives, and the kept decision (None while none is approved).

    `corrections` are the letters about what approved corrections took back.
    """

    case_id: int
    outcome: Outcome
    letters: tuple[uuid.UUID, ...]
    decision: uuid.UUID | None
    corrections: tuple[uuid.UUID, ...] = ()


def make_letters(*, by: staff.Officer, on: date, case_ids: Sequence[int], progress: Progress) -> tuple[LetterMade, ...]:
    """Keep the letter of each case as it stands today, and its approved decision; the same paper only once.

    Needs `case.read` in the area of each person. Refused: a case that there is not, or one elsewhere; those made before
    it are kept.
    """
    made: list[LetterMade] = []
    for place, case_id in enumerate(case_ids):
        progress(place, len(case_ids), "Menulis surat")
        made.append(make_letter(by=by, on=on, case_id=case_id))
    progress(len(case_ids), len(case_ids), "Selesai")
    return tuple(made)


def make_letter(*, by: staff.Officer, on: date, case_id: int) -> LetterMade:
    """Keep the letter of one case as it stands today, and its approved decision where there is one.

    A decision shared among several heirs gives a letter to each, about the own share alone.
    """
    area = claims.case_area(case_id)
    if area is None:
        raise Refused("kasus_tidak_ada", "Kasus ini tidak ada.")
    staff.require(by, "case.read", on=on, area_code=area.area_code)
    case = claims.case(case_id, on=on)
    decided = standing(case)
    papers = letter_papers(case, decided, on=on)
    letters = tuple(
        keep_once(by=by, on=on, paper=_paper(case_id, "surat", file_name("surat", one.number), letter_pdf(one)))
        for one in papers
    )
    first = papers[0]
    if decided is None:
        return LetterMade(case_id, first.outcome, letters, None)
    paper = decision_of(case, decided, office=first.office, dated=first.dated)
    name = file_name("keputusan", case.code, str(decided.number))
    decision = keep_once(by=by, on=on, paper=_paper(case_id, "keputusan_klaim", name, decision_pdf(paper)))
    corrections = tuple(
        made
        for one in corrections_of(case_id)
        if one.state == _APPROVED
        for made in make_correction_letters(by=by, on=on, correction_id=one.id)
    )
    return LetterMade(case_id, first.outcome, letters, decision, corrections)


def _paper(case_id: int, kind: str, name: str, content: bytes) -> Paper:
    return Paper(kind, "claims.case", case_id, f"{name}.pdf", PDF, content)


def standing(case: claims.CasePage) -> claims.DecisionRow | None:
    """The latest approved decision of the case, None while none is approved."""
    approved = [one for one in case.decisions if one.state == _APPROVED]
    return max(approved, key=lambda one: one.number, default=None)


def letter_papers(case: claims.CasePage, decided: claims.DecisionRow | None, *, on: date) -> tuple[LetterPaper, ...]:
    """The letters on the case, dated on the day of its decision, or today while nothing is decided. Three queries."""
    person = people.person(case.person_id)
    if person is None:
        raise Refused("orang_tidak_ada", "Peserta kasus ini tidak ada.")
    office = office_of(case.area_code)
    dated = decided.approved_on if decided and decided.approved_on else on
    everybody = receivers_of(case, decided)
    of_all = add(part.amount for one in everybody for part in benefits_of(one.parts))
    return tuple(letter_of(_told(case, decided, person, one, of_all), office=office, dated=dated) for one in everybody)


def _told(
    case: claims.CasePage, decided: claims.DecisionRow | None, person: people.PersonRow, to: WrittenTo, of_all: Rupiah
) -> CaseTold:
    outcome: Outcome = "diperiksa" if decided is None else "dikabulkan" if decided.granted else "ditolak"
    parts = decided.components if decided else ()
    return CaseTold(
        code=case.code,
        kind=case.kind,
        member=case.name,
        kpj=case.kpj or "",
        kelurahan=person.area_name,
        address=address_of(person),
        to_name=to.name,
        event_on=case.event_on,
        died_on=case.died_on,
        outcome=outcome,
        number=decided.number if decided else 0,
        own=benefits_of(to.parts),
        hospital=benefits_of(part for part in parts if part.payee == HOSPITAL),
        grounds=_grounds(decided, to),
        papers=tuple(NeededPaper(paper.label, paper.received_on is not None) for paper in case.papers),
        site=public_address(),
        account=to.account,
        earlier=add(part.whole - part.amount for part in to.parts),
        share=ShareTold(to.place, of_all, to.guardian, to.through) if to.place or to.guardian else None,
    )


def _grounds(decided: claims.DecisionRow | None, to: WrittenTo) -> tuple[Ground, ...]:
    if decided is None:
        return ()
    if not decided.granted:
        return unmet_of(decided.reasons)
    return (*grounds_of(decided.steps, decided.reasons), *reckoned_of(to.parts, decided.steps))

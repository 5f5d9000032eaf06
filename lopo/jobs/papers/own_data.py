"""Writes everything that is known of one person for that person: a PDF to read and a JSON file to take elsewhere."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lopo.basics.calendar import date_long
from lopo.basics.refusal import Refused
from lopo.claims import queries as claims
from lopo.coverage import queries as coverage
from lopo.financing import queries as financing
from lopo.jobs.papers.keeping import PDF, file_name, keep_once
from lopo.jobs.papers.offices import office_of
from lopo.jobs.papers.setting import set_pdf
from lopo.payments import queries as payments
from lopo.people import families
from lopo.people import queries as people
from lopo.people.queries import PersonRow
from lopo.staff import looks
from lopo.staff import queries as staff
from lopo.staff.actions import Paper
from lopo.staff.roles import ROLES
from lopo.targeting import queries as targeting

Rows = list[tuple[str, str]]
_MOST_LOOKS = 500
_SEX = {"L": "laki-laki", "P": "perempuan"}


@dataclass(frozen=True, slots=True)
class Part:
    """One heading with what is known under it, as pairs of a label and a text."""

    title: str
    rows: Rows


def make_own_data(*, by: staff.Officer, on: date, person_id: int, request_id: int) -> tuple[uuid.UUID, uuid.UUID]:
    """Keep the PDF and the JSON of everything on one person, for that person; give their ids.

    Needs `people.own_data` where the person lives. Refused: no such person, or no request of his that this answers.
    What tells of others (the family, heirs, their accounts, officers by name) is left out.
    """
    person = people.person(person_id)
    if person is None:
        raise Refused("orang_tidak_ada", "Orang ini tidak ada.")
    staff.require(by, "people.own_data", on=on, area_code=person.area_code)
    asked = looks.request_row(request_id)
    if asked is None or asked.person != person_id:
        raise Refused("permintaan_tidak_ada", "Tidak ada permintaan orang ini atas datanya.")
    parts = own_data(person, on=on, areas=staff.areas_where(by.id, "lists.read", on=on))
    kept = [(PDF, "pdf", own_data_pdf(person, parts, on=on)), ("application/json", "json", own_data_json(parts, on=on))]
    name = file_name("data-saya", str(person_id), on.isoformat())
    papers = [
        Paper("data_saya", "people.person", person_id, f"{name}.{ending}", media, content)
        for media, ending, content in kept
    ]
    first, second = (keep_once(by=by, on=on, paper=paper) for paper in papers)
    return first, second


def own_data_pdf(person: PersonRow, parts: tuple[Part, ...], *, on: date) -> bytes:
    """Give the parts as PDF, with its structure for screen readers."""
    sections = [{"title": part.title, "rows": [list(row) for row in part.rows]} for part in parts]
    data = {"office": office_of(person.area_code).data(), "name": person.name, "dated": date_long(on)}
    return set_pdf("own_data", {**data, "sections": sections}, on=on, tagged=True)


def own_data_json(parts: tuple[Part, ...], *, on: date) -> bytes:
    """Give the parts as JSON: by heading a list of label and text."""
    told = {part.title: [{"hal": label, "isi": text} for label, text in part.rows] for part in parts}
    return json.dumps({"per": on.isoformat(), **told}, ensure_ascii=False, indent=1).encode()


def own_data(person: PersonRow, *, on: date, areas: tuple[str, ...]) -> tuple[Part, ...]:
    """Give everything that is known of a person by all his numbers, part by part; `areas` is where lists are read."""
    numbers = families.numbers_of(person.id)
    known = people.persons(numbers)
    return (
        Part("Jati diri", [row for number in numbers for row in _identity(known[number])]),
        Part("Diusulkan dan diperiksa", [row for number in numbers for row in _proposed(number, areas)]),
        Part("Keputusan yang menyebut saya", [row for number in numbers for row in _decreed(number)]),
        Part("Kepesertaan dan bulan yang dibayar", [row for number in numbers for row in _covered(number, on)]),
        Part("Kartu dan buku tabungan", [row for number in numbers for row in _received(number)]),
        Part("Rekening", [row for number in numbers for row in _accounts(number, known[number].nik)]),
        Part("Klaim", [row for number in numbers for row in _claimed(number)]),
        Part("Siapa melihat data saya", list(_seen(numbers))),
        Part("Permintaan saya", list(_asked(numbers))),
    )


def _identity(one: PersonRow) -> Iterator[tuple[str, str]]:
    home = " ".join(f"{word} {value}" for word, value in (("RT", one.rt), ("RW", one.rw)) if value)
    said = (
        ("NIK", one.nik),
        ("Nama", one.name),
        ("Lahir", date_long(one.born)),
        ("Jenis kelamin", _SEX.get(one.sex, one.sex)),
        ("Nomor KK", one.no_kk),
        ("Alamat", ", ".join(part for part in (home, one.area_name) if part)),
        ("Telepon", one.phone),
        ("Pekerjaan", one.occupation),
    )
    return ((label, text) for label, text in said if text)


def _proposed(number: int, areas: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one in targeting.verdicts_of_person(number):
        why = " ".join(text.sentence for text in one.texts)
        yield f"{one.programme}, {date_long(one.on)}", f"Diusulkan {one.sender}: {one.verdict}. {why}".strip()
        row = targeting.row_detail(one.row.id, areas) if one.current else None
        for head, cell in row.cells if row else ():
            if cell:
                yield f"tertulis: {head or '-'}", cell


def _decreed(number: int) -> Iterator[tuple[str, str]]:
    for decree, name in targeting.names_of_person(number):
        yield decree.number, f"{date_long(decree.dated)}: {name.status}, urutan {name.rank} di {name.kecamatan}"


def _covered(number: int, on: date) -> Iterator[tuple[str, str]]:
    for one in coverage.memberships_of(number, on=on):
        kpj = f", KPJ {one.kpj}" if one.kpj else ""
        yield one.programme_name, f"{one.state}{kpj}; perlindungan {one.cover.state.replace('_', ' ')}"
    for month in financing.strip(number, on=on):
        if month.paid_on is not None:
            yield month.month.text(), f"dibayar {month.payer_code} pada {date_long(month.paid_on)}"


def _received(number: int) -> Iterator[tuple[str, str]]:
    for one in coverage.receipts_of_person(number):
        yield one.item.replace("_", " "), f"diterima {date_long(one.received_on)} oleh {one.received_by}"


def _accounts(number: int, nik: str) -> Iterator[tuple[str, str]]:
    for one in payments.passbooks_of(number):
        if one.holder_nik == nik:
            yield one.number, f"{one.bank_bic}, atas nama {one.holder_name}, dibuka {date_long(one.opened_on)}"


def _claimed(number: int) -> Iterator[tuple[str, str]]:
    for one in claims.cases_of(number):
        yield (
            one.code,
            f"{one.kind}, kejadian {date_long(one.event_on)}, dibuka {date_long(one.opened_on)}: {one.state}",
        )


def _seen(numbers: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    for one in looks.looks_of(numbers, limit=_MOST_LOOKS):
        role = ROLES[one.role].title if one.role in ROLES else "petugas"
        why = f" ({one.reason})" if one.reason else ""
        yield date_long(one.at.date()), f"{role}: {one.page.replace('_', ' ')}{why}"
    for file in looks.exports_of(numbers, limit=_MOST_LOOKS):
        if file.surely:
            yield (
                date_long(file.at.date()),
                f"ikut dalam berkas {file.table} berisi {file.people} orang ({file.reason})",
            )


def _asked(numbers: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    for one in looks.requests_of(numbers):
        words = f": {one.text}" if one.text else ""
        yield date_long(one.made_on), f"{one.kind}{words} - {one.state}"

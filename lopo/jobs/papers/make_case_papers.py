"""Makes the forms of a case and the letter that guarantees care to a hospital, and keeps each once."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import Final

from lopo.basics.calendar import date_long
from lopo.basics.refusal import Refused
from lopo.claims import queries as claims
from lopo.jobs.papers.case_forms import FORMS, Known, form_pdf, forms_for
from lopo.jobs.papers.keeping import PDF, file_name, keep_once
from lopo.jobs.papers.office_letter import OfficeLetter, office_letter_pdf
from lopo.jobs.papers.offices import office_of
from lopo.law.deadlines import suspected_accident_due
from lopo.people import queries as people
from lopo.staff import queries as staff
from lopo.staff.actions import Paper

LETTER: Final = "jaminan_rs"


def make_form(*, by: staff.Officer, on: date, case_id: int, form: str) -> uuid.UUID:
    """Keep one form of a case as far as it is known today; needs `case.work` in the area.

    Refused: a case that there is not, or a form that its kind does not have.
    """
    known = _known(by, on, case_id, "case.work")
    if form not in forms_for(known.case.kind):
        raise Refused("formulir_tidak_dikenal", f"Formulir {form} tidak dipakai pada kasus ini.")
    content = form_pdf(FORMS[form](known), known, on=on)
    name = f"{file_name(form, known.case.code)}.pdf"
    return keep_once(by=by, on=on, paper=Paper(form, "claims.case", case_id, name, PDF, content))


def make_guarantee(*, by: staff.Officer, on: date, case_id: int, hospital: str) -> uuid.UUID:
    """Keep the letter that guarantees care to a hospital; needs `decision.make`, since BPJS guarantees.

    Refused: no hospital named, no accident, or the law guarantees nothing (its first reason is told).
    """
    if not hospital.strip():
        raise Refused("rumah_sakit_kosong", "Tulis nama rumah sakit atau klinik yang menerima surat jaminan.")
    known = _known(by, on, case_id, "decision.make")
    found = claims.guarantee_of(case_id, on=on)
    if not found.given:
        reason = found.reasons[0]
        raise Refused("tidak_dijamin", reason.sentence, reason.article)
    content = office_letter_pdf(_letter(known, hospital.strip(), on))
    name = f"{file_name('jaminan', known.case.code)}.pdf"
    return keep_once(by=by, on=on, paper=Paper(LETTER, "claims.case", case_id, name, PDF, content))


def _known(by: staff.Officer, on: date, case_id: int, permission: str) -> Known:
    area = claims.case_area(case_id)
    if area is None:
        raise Refused("kasus_tidak_ada", "Kasus ini tidak ada.")
    staff.require(by, permission, on=on, area_code=area.area_code)
    case = claims.case(case_id, on=on)
    person = people.person(case.person_id)
    if person is None:
        raise Refused("orang_tidak_ada", "Peserta kasus ini tidak ada.")
    return Known(case, person, office_of(case.area_code))


def _letter(known: Known, hospital: str, on: date) -> OfficeLetter:
    case, person = known.case, known.person
    office = replace(known.office, unit=f"BPJS Ketenagakerjaan {known.office.place}", government="BPJS Ketenagakerjaan")
    due = suspected_accident_due(case.opened_on)
    concluded = case.work_accident is not None
    until = (
        "Kejadian ini sudah disimpulkan sebagai kecelakaan kerja."
        if concluded
        else f"Kejadian ini dijamin dahulu sebagai dugaan; kesimpulannya paling lambat {date_long(due.due)}."
    )
    return OfficeLetter(
        office=office,
        number=f"{case.code}/JAMINAN",
        dated=on,
        to_name=hospital,
        to_address="",
        about=f"Jaminan perawatan atas nama {case.name}",
        opening=(
            "Kami menjamin perawatan dan pengobatan peserta di bawah ini karena kecelakaan kerja atau dugaan"
            " kecelakaan kerja, sesuai kebutuhan medis, di ruang rawat kelas I, sampai sembuh.",
        ),
        facts=(
            ("Nama", case.name),
            ("Nomor peserta", case.kpj or ""),
            ("Tanggal lahir", date_long(person.born)),
            ("Tanggal kejadian", date_long(case.event_on)),
            ("Kasus", case.code),
        ),
        reasons_heading="Dasarnya",
        reasons=(
            (
                "Perawatan dijamin tanpa batas biaya; tagihan dinilai dari termasuk tidaknya dalam kasus ini.",
                "PP 44/2015 Pasal 25 dan Lampiran III",
            ),
            (until, due.source),
        ),
        steps=(
            "Kirim tagihan per tindakan dengan tanggal dan diagnosis ICD-10, beserta surat dokter (Formulir 3b).",
            "Tulis kode kasus di atas pada setiap tagihan; tagihan dibayar paling lambat 7 hari kerja"
            " (PP 44/2015 Pasal 46).",
            "Pada kecelakaan lalu lintas, ajukan lebih dahulu kepada Jasa Raharja.",
        ),
        closing=("Jaminan ini tidak dapat dipindahkan kepada orang lain.",),
    )

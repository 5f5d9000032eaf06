"""Scholarships: the children whom the family names, their school years with certificates, and the proposal for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from lopo.basics.nik import parts as nik_parts
from lopo.basics.refusal import Refused
from lopo.claims.actions.deciding import Proposed, case_to_decide, store_proposal
from lopo.claims.actions.working import add_row
from lopo.claims.models import Case, Child, SchoolYear
from lopo.claims.queries.case_files import case_file
from lopo.claims.schooling import Asked, code_of, judge_schooling
from lopo.law.facts import LEVELS
from lopo.staff import queries as staff
from lopo.staff.models import Officer

AT_SCHOOL = LEVELS[1:]


@dataclass(frozen=True, slots=True)
class ChildGiven:
    """One child in the place that the family gives it (1 = first)."""

    place: int
    nik: str
    name: str
    born: date


@dataclass(frozen=True, slots=True)
class YearGiven:
    """One school year: 2026 is 2026/2027; the certificate is the school's letter with its number."""

    year: int
    level: str
    certificate: str
    married: bool
    works: bool


def name_child(*, by: Officer, on: date, case_id: int, child: ChildGiven) -> int:
    """Write down a child whom the family names for a scholarship; needs `case.work`.

    Refused: neither a death nor total disability, a NIK that cannot be one, a day of birth in the future, the same
    child or place again.
    """
    if nik_parts(child.nik) is None:
        raise Refused("nik_tidak_sah", "NIK anak harus 16 angka yang sah.")
    if child.born > on:
        raise Refused("hari_di_depan", "Hari lahir anak tidak boleh setelah hari ini.")
    if child.place < 1:
        raise Refused("urutan_anak", "Urutan anak mulai dari 1.")
    with transaction.atomic():
        case = _case(by, on, case_id)
        if child.nik == case.person.nik:
            raise Refused("penerima_almarhum", "Almarhum tidak dapat menerima santunannya sendiri.")
        row = Child(case=case, place=child.place, nik=child.nik, name=child.name, born=child.born, named_on=on)
        return add_row(by, on, row, "name_child")


def add_school_year(*, by: Officer, on: date, child_id: int, year: YearGiven) -> int:
    """Ask a scholarship for one school year of a child, with the school's certificate; needs `case.work`.

    Refused: a level that there is not, a year before the death or in the future, no certificate, the same year again.
    """
    if year.level not in AT_SCHOOL:
        raise Refused("jenjang_tidak_dikenal", "Pilih jenjang sekolah anak ini.")
    if not year.certificate.strip():
        raise Refused("surat_sekolah_kosong", "Tulis nomor surat keterangan sekolah untuk tahun ajaran ini.")
    with transaction.atomic():
        child = Child.objects.filter(pk=child_id).first()
        if child is None:
            raise Refused("anak_tidak_ada", "Anak ini tidak ada pada kasus ini.")
        case = _case(by, on, child.case_id)
        died = case.died_on or case.event_on
        if not died.year - 1 <= year.year <= on.year:
            raise Refused("tahun_sekolah", "Tahun ajaran harus sesudah kejadian dan tidak di depan.")
        row = SchoolYear(
            child=child, year=year.year, level=year.level, certificate=year.certificate.strip()[:120],
            married=year.married, works=year.works, asked_on=on,
        )  # fmt: skip
        return add_row(by, on, row, "add_school_year")


def propose_schooling(*, by: Officer, on: date, case_id: int) -> Proposed:
    """Propose what the law gives for the school years that were not granted yet; needs `decision.make`.

    Each is decided once; the base case was granted before. Refused: no school year is open, no receiver, or the law
    gives nothing (its first reason is told, so that the family can bring what is missing next year).
    """
    with transaction.atomic():
        case = case_to_decide(by, on, case_id)
        stored = case_file(case_id)
        asked = asked_years(case_id)
        if case.state != Case.State.DIKABULKAN:
            raise Refused("belum_diputus", "Beasiswa diputus setelah santunannya dikabulkan.")
        if all(code_of(one) in stored.granted for one in asked):
            raise Refused(
                "tidak_ada_tahun_sekolah", "Tidak ada tahun ajaran yang menunggu; catat surat sekolahnya dahulu."
            )
        if case.died_on is not None and not stored.receiver_nik:
            raise Refused("penerima_belum_ada", "Belum ada penerima di antara ahli waris; tentukan penerimanya dulu.")
        judged = judge_schooling(stored, asked, on)
        if not judged.amount:
            reasons = (*judged.decision.reasons, *(reason for one in judged.members for reason in one.reasons))
            told = reasons[0]
            raise Refused("beasiswa_tidak_ada", told.sentence, told.article)
        return store_proposal(by, on, case, (stored, judged))


def asked_years(case_id: int) -> tuple[Asked, ...]:
    """Give the school years that were asked for in a case, the earliest first. One query."""
    rows = SchoolYear.objects.filter(child__case_id=case_id).order_by("year", "child__place")
    columns = ("id", "child_id", "child__place", "child__born", "year", "level", "married", "works", "child__nik")
    return tuple(Asked(*row) for row in rows.values_list(*columns))


def _case(by: Officer, on: date, case_id: int) -> Case:
    """Lock a case of a death or of total disability. Refused: unknown, elsewhere, neither of them, or ended."""
    case = Case.objects.select_for_update(of=("self",)).select_related("person").filter(pk=case_id).first()
    if case is None:
        raise Refused("kasus_tidak_ada", "Kasus ini tidak ada.")
    staff.require(by, "case.work", on=on, area_code=case.person.area_code)
    if case.died_on is None and not case.total_disability:
        raise Refused(
            "bukan_kasus_beasiswa",
            "Beasiswa hanya bila peserta meninggal atau dinyatakan cacat total tetap; catat itu dahulu.",
            "PP 82/2019 Pasal 25",
        )
    if case.state in (Case.State.DITOLAK, Case.State.DITUTUP, Case.State.DIUSULKAN):
        raise Refused("kasus_selesai", f"Kasus ini sudah {case.get_state_display()}; tidak dapat diubah lagi.")
    return case

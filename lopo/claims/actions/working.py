"""The work on an open case: costs, letters of the doctor, papers, the visit, and the conclusion about the accident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.db import DatabaseError, IntegrityError, models, transaction

from lopo.basics.money import rupiah
from lopo.basics.refusal import Refused
from lopo.claims.actions.start import ask_paper, ask_papers
from lopo.claims.checklist import KUITANSI_ANGKUTAN
from lopo.claims.clash import constraint_of
from lopo.claims.models import CareLine, Case, Incapacity, Injury, Invoice, Paper, SchoolYear, Trip
from lopo.claims.queries.late_death import check_death
from lopo.law import decide
from lopo.law.cases import Injury as LawInjury
from lopo.law.deadlines import jkk_payment_due, jkm_payment_due
from lopo.law.errors import OutOfRange
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

OPEN: Final = (Case.State.DIBUKA, Case.State.LENGKAP, Case.State.DIKABULKAN)
_TAKEN: Final[dict[str, tuple[str, str]]] = {
    "invoice_once": ("faktur_sudah_ada", "Faktur dengan nomor ini dari rumah sakit ini sudah dicatat."),
    "invoice_positive": ("jumlah_tidak_sah", "Jumlah faktur harus lebih dari nol."),
    "invoice_why_not": ("alasan_kosong", "Tulis alasan mengapa faktur ini tidak termasuk kasus."),
    "trip_once": ("perjalanan_sudah_ada", "Perjalanan ini sudah dicatat."),
    "trip_positive": ("jumlah_tidak_sah", "Biaya perjalanan harus lebih dari nol."),
    "incapacity_no_overlap": ("hari_bertumpuk", "Hari-hari ini sudah tercakup surat dokter yang lain."),
    "incapacity_days_in_order": ("urutan_hari", "Hari terakhir tidak boleh sebelum hari pertama."),
    "injury_once": ("cedera_sudah_ada", "Cedera pada bagian tubuh ini sudah dicatat."),
    "care_line_once": ("rincian_sudah_ada", "Baris tagihan ini sudah dicatat."),
    "care_line_positive": ("jumlah_tidak_sah", "Jumlah faktur harus lebih dari nol."),
    "child_once": ("anak_sudah_ada", "Anak ini sudah dicatat."),
    "child_place": ("urutan_anak_terpakai", "Urutan anak ini sudah dipakai anak lain."),
    "school_year_once": ("tahun_sekolah_sudah_ada", "Beasiswa anak ini untuk tahun ajaran itu sudah diminta."),
    "dispute_one_open": ("sengketa_sudah_ada", "Keberatan tentang hal ini masih menunggu jawaban."),
}


@dataclass(frozen=True, slots=True)
class InvoiceGiven:
    """One invoice of a hospital in rupiah. `why_not` is needed where it does not belong to the case."""

    provider: str
    number: str
    issued_on: date
    amount: int
    belongs: bool = True
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class TripGiven:
    """One paid trip: mode `darat`, `laut` or `udara`, its day, cost in rupiah and route."""

    mode: str
    on: date
    amount: int
    route: str


@dataclass(frozen=True, slots=True)
class IncapacityGiven:
    """One letter of the doctor: unable to work from the first to the last day, both included."""

    first_day: date
    last_day: date
    doctor: str


@dataclass(frozen=True, slots=True)
class InjuryGiven:
    """One lasting loss: a code of the table of body parts, how many times, and whether the person is left-handed.

    `lost_function` is the percent of the function where the part itself is still there, 0 where it is lost.
    """

    part: str
    times: int
    left_handed: bool
    doctor: str
    found_on: date
    lost_function: int = 0


def add_invoice(*, by: Officer, on: date, case_id: int, invoice: InvoiceGiven) -> int:
    """Add an invoice of a hospital to an accident; needs `case.work`. It is judged for belonging, never cut.

    Refused: the same number of the same hospital again, an amount that is not positive, a case that is closed.
    """
    rupiah(invoice.amount)
    with transaction.atomic():
        case = accident_for(by, on, case_id)
        return add_row(by, on, Invoice(case=case, **asdict(invoice)), "add_invoice")


def add_trip(*, by: Officer, on: date, case_id: int, trip: TripGiven) -> int:
    """Add a trip to or between hospitals with its receipt; needs `case.work`. Refused: the same trip again."""
    rupiah(trip.amount)
    if trip.mode not in {"darat", "laut", "udara"}:
        raise Refused("moda_tidak_dikenal", f"Moda angkutan {trip.mode} tidak dikenal; pilih darat, laut atau udara.")
    with transaction.atomic():
        case = accident_for(by, on, case_id)
        ask_paper(case, KUITANSI_ANGKUTAN, received_on=on)
        return add_row(by, on, Trip(case=case, **asdict(trip)), "add_trip")


def add_incapacity(*, by: Officer, on: date, case_id: int, incapacity: IncapacityGiven) -> int:
    """Add a letter that the worker cannot work (STMB); needs `case.work`.

    Refused: days before the accident or covered by another letter.
    """
    with transaction.atomic():
        case = accident_for(by, on, case_id)
        if incapacity.first_day < case.event_on:
            raise Refused("hari_sebelum_kejadian", "Surat dokter tidak boleh mulai sebelum hari kecelakaan.")
        if case.died_on is not None and incapacity.first_day > case.died_on:
            raise Refused("surat_setelah_meninggal", "Surat dokter tidak boleh mulai sesudah hari meninggal.")
        return add_row(by, on, Incapacity(case=case, **asdict(incapacity)), "add_incapacity")


def add_injury(*, by: Officer, on: date, case_id: int, injury: InjuryGiven) -> int:
    """Add a lasting loss with the percentage that the law's table gives on the day of the accident.

    Needs `case.work`. Refused: a body part that is not in the table, or that is noted already; a loss of function
    beyond 100 percent.
    """
    if not 0 <= injury.lost_function <= 100:
        raise Refused("persen_fungsi", "Kehilangan fungsi 1 sampai 100 persen; kosongkan bila bagian tubuhnya hilang.")
    with transaction.atomic():
        case = accident_for(by, on, case_id)
        try:
            facts = LawInjury(injury.part, injury.times, injury.left_handed).facts()
            permil = decide("cacat_cedera", facts, case.event_on).amount("cacat_cedera")
        except OutOfRange as problem:
            raise Refused(
                "bagian_tubuh_tidak_dikenal",
                f"{injury.part.replace('_', ' ')} tidak ada dalam tabel cacat, atau banyaknya di luar batas.",
                "PP 44/2015 Lampiran III",
            ) from problem
        return add_row(by, on, Injury(case=case, permil=permil, **asdict(injury)), "add_injury")


def receive_papers(*, by: Officer, on: date, case_id: int, codes: Sequence[str]) -> tuple[str, ...]:
    """Note papers as received; needs `case.work`. Gives the codes that are still missing.

    With the last paper the file is complete, and the law's days for payment begin. Refused: a paper that this case
    does not ask for.
    """
    with transaction.atomic():
        case = open_case(by, on, case_id)
        asked = dict(Paper.objects.filter(case=case).values_list("code", "received_on"))
        if strange := sorted(set(codes) - set(asked)):
            raise Refused("berkas_tidak_diminta", f"Kasus ini tidak meminta berkas: {', '.join(strange)}.")
        Paper.objects.filter(case=case, code__in=codes, received_on__isnull=True).update(
            received_on=on, trouble="", why=""
        )
        missing = tuple(sorted(code for code, day in asked.items() if day is None and code not in codes))
        if not missing and case.state == Case.State.DIBUKA:
            _complete(case, on)
        after = {"received": sorted(codes), "missing": list(missing)}
        record(by=by, on=on, deed=Deed("receive_papers", "claims.case", case_id, after=after))
    return missing


def _complete(case: Case, on: date) -> None:
    due = jkm_payment_due(on) if case.kind == Case.Kind.JKM else jkk_payment_due(on)
    changed = Case.objects.filter(pk=case.pk, state=Case.State.DIBUKA).update(
        state=Case.State.LENGKAP, complete_on=on, pay_due_on=due.due
    )
    if not changed:
        raise Refused("kasus_berubah", "Kasus ini baru saja diubah orang lain; muat ulang halaman.")


def record_visit(*, by: Officer, on: date, case_id: int, note: str) -> None:
    """Note that the family was visited; needs `case.report` in the area. Refused: visited already."""
    with transaction.atomic():
        case = open_case(by, on, case_id, permission="case.report")
        if case.visited_on is not None:
            raise Refused("sudah_dikunjungi", "Kunjungan ke keluarga ini sudah dicatat.")
        change(by, on, case, "record_visit", {"visited_on": on}, why=note)


def set_recovered(*, by: Officer, on: date, case_id: int, recovered_on: date) -> None:
    """Note the day on which the doctor closed the case (recovered or a lasting loss); needs `case.work`."""
    with transaction.atomic():
        case = accident_for(by, on, case_id)
        if not case.event_on <= recovered_on <= on:
            raise Refused("hari_sembuh", "Hari sembuh harus antara hari kecelakaan dan hari ini.")
        change(by, on, case, "set_recovered", {"recovered_on": recovered_on})


def record_death(*, by: Officer, on: date, case_id: int, died_on: date) -> None:
    """Note that the worker died of the accident; needs `case.work`. The papers for a death are asked for.

    Also after a decision: the next one then grants what the death adds. Refused: a day that cannot be, a death that is
    noted already here or on another case, an accident that did not come from work.
    """
    with transaction.atomic():
        case = accident_for(by, on, case_id)
        check_death(case, died_on, on)
        reopened = {"state": Case.State.DIBUKA, "complete_on": None, "pay_due_on": None}
        change(by, on, case, "record_death", {"died_on": died_on, **reopened})
        ask_papers([case.id], case.kind, died=True)


def conclude_work_accident(*, by: Officer, on: date, case_id: int, at_work: bool, why: str) -> None:
    """Conclude whether the event was a work accident; needs `case.work`.

    A death that turns out otherwise changes the programme that pays: JKK becomes JKM and the other way round, with the
    papers of that programme. Refused: concluded already, no reason given, or decided already.
    """
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis dasar kesimpulannya: kronologi, saksi, atau surat dokter.")
    with transaction.atomic():
        case = open_case(by, on, case_id)
        if case.concluded_on is not None or case.state == Case.State.DIKABULKAN:
            raise Refused("sudah_disimpulkan", "Kasus ini sudah disimpulkan.")
        kind = _kind_after(case, at_work)
        changes: dict[str, Any] = {"work_accident": at_work, "concluded_on": on, "kind": kind}
        if kind != case.kind:
            changes |= {"state": Case.State.DIBUKA, "complete_on": None, "pay_due_on": None}
            changes |= {"event_on": case.died_on} if kind == Case.Kind.JKM else {}
        change(by, on, case, "conclude_work_accident", changes, why=why)
        if kind != case.kind:
            ask_papers([case.id], kind, died=True)


def _kind_after(case: Case, at_work: bool) -> str:
    if case.died_on is None:
        return case.kind
    return Case.Kind.JKK if at_work else Case.Kind.JKM


def close_case(*, by: Officer, on: date, case_id: int, why: str) -> None:
    """End a case without a decision (opened by mistake, the same event twice); needs `case.work` and a reason."""
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis alasan mengapa kasus ini ditutup tanpa keputusan.")
    with transaction.atomic():
        case = open_case(by, on, case_id)
        if case.state == Case.State.DIKABULKAN:
            raise Refused("sudah_diputus", "Kasus yang sudah dikabulkan tidak dapat ditutup.")
        change(by, on, case, "close_case", {"state": Case.State.DITUTUP}, why=why)


def open_case(by: Officer, on: date, case_id: int, *, permission: str = "case.work") -> Case:
    """Lock a case that may still be worked on. Refused: unknown, not allowed here, waiting for approval, or ended."""
    case = Case.objects.select_for_update(of=("self",)).select_related("person").filter(pk=case_id).first()
    if case is None:
        raise Refused("kasus_tidak_ada", "Kasus ini tidak ada.")
    staff.require(by, permission, on=on, area_code=case.person.area_code)
    if case.state == Case.State.DIUSULKAN:
        raise Refused("menunggu_persetujuan", "Usul keputusan sedang menunggu persetujuan; kasus tidak dapat diubah.")
    if case.state not in OPEN:
        raise Refused("kasus_selesai", f"Kasus ini sudah {case.get_state_display()}; tidak dapat diubah lagi.")
    return case


def accident_for(by: Officer, on: date, case_id: int) -> Case:
    """Lock an accident that may still be worked on. Refused as `open_case`, and where the case is no accident."""
    case = open_case(by, on, case_id)
    if case.kind != Case.Kind.JKK:
        raise Refused("bukan_kecelakaan", "Ini hanya dapat dicatat pada kasus kecelakaan kerja (JKK).")
    return case


def add_row(by: Officer, on: date, row: models.Model, action: str) -> int:
    """Add a row to a case with its diary row; what a constraint refuses is said in words."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except DatabaseError as problem:
        said = _TAKEN.get(constraint_of(problem))
        if said is None:
            raise
        raise Refused(*said) from problem
    record(by=by, on=on, deed=Deed(action, "claims.case", _case_of(row), after={"id": row.pk}))
    return int(row.pk)


def _case_of(row: models.Model) -> int:
    """The case to which a row belongs, by whatever it hangs on."""
    if isinstance(row, CareLine):
        return row.invoice.case_id
    if isinstance(row, SchoolYear):
        return row.child.case_id
    return int(row.case_id)  # type: ignore[attr-defined]


def change(by: Officer, on: date, case: Case, action: str, changes: dict[str, Any], *, why: str = "") -> None:
    """Change a case from the state it was read in. Refused: somebody else changed it meanwhile."""
    try:
        with transaction.atomic():
            changed = Case.objects.filter(pk=case.pk, state=case.state).update(**changes)
    except IntegrityError as problem:
        raise Refused("kasus_bertabrakan", "Sudah ada kasus lain untuk kejadian yang sama.") from problem
    if not changed:
        raise Refused("kasus_berubah", "Kasus ini baru saja diubah orang lain; muat ulang halaman.")
    before = {name: _plain(getattr(case, name)) for name in changes}
    after = {name: _plain(value) for name, value in changes.items()} | ({"why": why} if why else {})
    record(by=by, on=on, deed=Deed(action, "claims.case", case.pk, before=before, after=after))


def _plain(value: Any) -> Any:  # noqa: ANN401 - a column's value as JSON knows it
    return value.isoformat() if isinstance(value, date) else value

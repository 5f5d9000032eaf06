"""Act four, August 2025 to January 2026: an accident, a death at work, the death register, decisions and payment."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from lopo.basics.money import rupiah_text
from lopo.basics.page import Asked
from lopo.basics.refusal import Impossible, Refused
from lopo.claims import actions as claims
from lopo.claims import queries as cases
from lopo.coverage import actions as coverage
from lopo.coverage import queries as cover
from lopo.demo import stage as at
from lopo.demo.choosing import found
from lopo.demo.stage import Stage
from lopo.jobs.deaths import watch_deaths
from lopo.jobs.register_files import load_file
from lopo.payments import actions as payments
from lopo.payments import queries as paid
from lopo.payments.bank import BANK_NTT, Booked, FakeBank
from lopo.people.queries import snapshots
from lopo.targeting import queries as targets

DEATHS = "dukcapil_kematian_2025_semester_2.csv"
ACCIDENT_ON = date(2025, 8, 20)
HOSPITAL = "RS Tentara Wirasakti Kupang"
INVOICES = (("INV-2025-0817", 8_450_000, 2), ("INV-2025-0862", 3_275_000, 12), ("INV-2025-0991", 1_120_000, 40))
BOAT, ROAD = 750_000, 350_000
SICK_DAYS = 45
WELL_ON = ACCIDENT_ON + timedelta(days=SICK_DAYS)
DOCTOR = "dr. Fransiska Ndolu"
FINGER = "ruas_pertama_telunjuk_kanan"
FISHERMAN = "Nelayan"
_OPENING, _FEE = Decimal(1_000_000_000), Decimal(6_500)


@transaction.atomic
def accident(stage: Stage) -> str:
    """Report a fisherman's accident, gather its costs and the doctor's letters until he is well: all or nothing."""
    office, day = stage.player("dinas"), ACCIDENT_ON
    nik = _fisherman(stage)
    if known := _case_of(nik):
        return f"kasus {known.code}, sudah ada"
    report = claims.Report(
        nik=nik,
        kind="JKK",
        event_on=day,
        died_on=None,
        reported_at=_moment(day, 16),
        happened_at=_moment(day, 6),
        source="keluarga, lewat telepon",
        story="Jari telunjuk kanan terjepit katrol jaring di perahu di perairan Semau; dibawa dengan perahu ke Kupang.",
    )
    opened = claims.report_case(by=office, on=day, report=report)
    _care(stage, opened.case_id)
    _decide(stage, _row(opened.case_id), WELL_ON + timedelta(days=3))
    _pay_out(stage, WELL_ON + timedelta(days=5))
    return f"kasus {opened.code}: tiga faktur, perahu dan mobil, {SICK_DAYS} hari tidak bekerja, satu ruas jari"


def _care(stage: Stage, case: int) -> None:
    office, well = stage.player("dinas"), WELL_ON
    visit = ACCIDENT_ON + timedelta(days=2)
    claims.record_visit(by=office, on=visit, case_id=case, note="Ditemui di rumah sakit; keluarga tahu haknya.")
    for number, amount, after in INVOICES:
        day = ACCIDENT_ON + timedelta(days=after)
        claims.add_invoice(by=office, on=day, case_id=case, invoice=claims.InvoiceGiven(HOSPITAL, number, day, amount))
    for mode, amount, route in (("laut", BOAT, "Semau - Kupang"), ("darat", ROAD, "pelabuhan - rumah sakit")):
        trip = claims.TripGiven(mode, ACCIDENT_ON, amount, route)
        claims.add_trip(by=office, on=ACCIDENT_ON, case_id=case, trip=trip)
    letter = claims.IncapacityGiven(ACCIDENT_ON, well - timedelta(days=1), DOCTOR)
    claims.add_incapacity(by=office, on=well, case_id=case, incapacity=letter)
    injury = claims.InjuryGiven(FINGER, 1, left_handed=False, doctor=DOCTOR, found_on=well)
    claims.add_injury(by=office, on=well, case_id=case, injury=injury)
    claims.conclude_work_accident(
        by=stage.player("bpjs"),
        on=ACCIDENT_ON + timedelta(days=14),
        case_id=case,
        at_work=True,
        why="Terjadi saat menarik jaring di laut.",
    )
    claims.set_recovered(by=office, on=well, case_id=case, recovered_on=well)


@transaction.atomic
def death_at_work(stage: Stage) -> str:
    """Report a death at work on the day it happened, long before the register tells of it: all or nothing."""
    nik, day = _died_at_work(stage)
    if known := _case_of(nik):
        return f"kasus {known.code}, sudah ada"
    report = claims.Report(
        nik=nik,
        kind="JKK",
        event_on=day,
        died_on=day,
        reported_at=_moment(day, 15),
        happened_at=_moment(day, 10),
        source="kelurahan",
        story="Jatuh dari rangka bangunan saat bekerja; meninggal di tempat.",
    )
    office = stage.player("dinas")
    opened = claims.report_case(by=office, on=day, report=report)
    visit = day + timedelta(days=2)
    claims.record_visit(by=office, on=visit, case_id=opened.case_id, note="Keluarga ditemui dan diberi tahu haknya.")
    concluded = day + timedelta(days=9)
    claims.conclude_work_accident(
        by=stage.player("bpjs"), on=concluded, case_id=opened.case_id, at_work=True, why="Saksi: sedang bekerja."
    )
    _decide(stage, _row(opened.case_id), concluded + timedelta(days=1))
    _pay_out(stage, concluded + timedelta(days=3))
    return f"kasus {opened.code}, dilaporkan pada hari kejadian"


def deaths(stage: Stage) -> str:
    """Read the death register of the half year and open a case for each member in it, before the family asks."""
    if not any(one.part == "2025-2" for one in snapshots(only_current=True)):
        load_file(
            by=stage.player("dinas"),
            on=at.DEATHS_READ,
            path=stage.lists / "acuan" / DEATHS,
            as_of=date(2025, 12, 31),
        )
    hits = cases.hits_page(cases.HitFilter(areas=(at.PROVINCE,)), Asked(size=0)).rows
    if not hits:
        watch_deaths(by=stage.player("dinas"), on=at.DEATHS_READ, progress=stage.tell)
        hits = cases.hits_page(cases.HitFilter(areas=(at.PROVINCE,)), Asked(size=0)).rows
    counted = Counter(hit.outcome for hit in hits)
    return f"{len(hits)} peserta dalam akta kematian: " + ", ".join(f"{n} {what}" for what, n in counted.most_common())


def decisions(stage: Stage) -> str:
    """Visit the families, gather papers, find the heirs; one officer proposes each decision, another approves it."""
    rows = _cases()
    left = 0
    day = at.DEATHS_READ + timedelta(days=2)
    for number, row in enumerate(rows):
        stage.tell(number, len(rows), f"{row.code} {row.name}")
        if row.state in ("dibuka", "lengkap", "diusulkan") and not _decide(stage, row, day):
            left += 1
    decided = [row for row in _cases() if row.state in ("dikabulkan", "ditolak")]
    return f"{len(decided)} diputus, {left} menunggu penerima yang sah"


def _decide(stage: Stage, row: cases.CaseRow, day: date) -> bool:
    """Bring one case to its decision; False where it has to wait for a lawful receiver."""
    office = stage.player("dinas")
    if row.visited_on is None:
        claims.record_visit(by=office, on=day, case_id=row.id, note="Keluarga ditemui dan diberi tahu haknya.")
    page = cases.case(row.id, on=day)
    if row.died_on is not None and row.state == "dibuka" and not any(heir.receives for heir in page.heirs):
        if page.heirs:
            return False
        try:
            heirs = claims.propose_heirs(by=office, on=day, case_id=row.id)
        except Refused:
            return False
        if not heirs.receiver_nik:
            return False
        page = cases.case(row.id, on=day)
    if missing := [paper.code for paper in page.papers if paper.received_on is None]:
        claims.receive_papers(by=office, on=day, case_id=row.id, codes=missing)
    if row.state != "diusulkan":
        claims.propose_decision(by=stage.player("bpjs"), on=day, case_id=row.id)
    standing = next(one for one in cases.decisions_of(row.id) if one.state == "usul")
    looked = "Berkas dan kronologi cocok dengan keterangan keluarga."
    after = day + timedelta(days=1)
    claims.approve_decision(by=stage.player("penyetuju"), on=after, decision_id=standing.id, found=looked)
    _end(stage, row, after)
    return True


def _end(stage: Stage, row: cases.CaseRow, day: date) -> None:
    """End the membership of somebody who died, so that nobody bills for the dead."""
    for member in cover.memberships_of(row.person_id, on=day):
        if row.died_on is not None and member.state == "terdaftar":
            coverage.end_membership(
                by=stage.player("dinas"), on=day, membership_id=member.id, ended_on=row.died_on, reason="meninggal"
            )


def payment(stage: Stage) -> str:
    """Order and pay what was decided after the death register was read."""
    if paid.paid_total() < sum(int(one["amount"]) for one in decided()):
        _pay_out(stage, at.DEATHS_READ + timedelta(days=4))
    return f"{rupiah_text(paid.paid_total())} sampai di rekening"


def _pay_out(stage: Stage, day: date) -> None:
    """Open the accounts of heirs and hospital, order, send one bank file; read answer and statement the next day."""
    clerk, checker = stage.player("bpjs"), stage.player("penyetuju")
    payments.open_accounts(by=clerk, on=day, accounts=_accounts())
    if payments.make_orders(by=clerk, on=day).orders:
        payments.make_file(by=clerk, on=day, form=payments.PAIN_001)
    bank = FakeBank()
    for row in paid.files_page(paid.FileFilter(), Asked(size=0)).rows:
        if row.state == "disiapkan":
            payments.approve_file(by=checker, on=day, file_id=row.id)
        if row.state in ("disiapkan", "disetujui"):
            payments.send_file(by=checker, on=day, file_id=row.id)
    with transaction.atomic():
        for row in paid.files_page(paid.FileFilter("terkirim"), Asked(size=0)).rows:
            _confirm(stage, bank, row, day + timedelta(days=1))
        if bank.paid:
            _read_statement(stage, bank, day + timedelta(days=1))


def _read_statement(stage: Stage, bank: FakeBank, day: date) -> None:
    """The bank's statement of the day after: what it paid, and a fee that nobody has explained yet."""
    before = paid.statements(1)
    opening = before[0].closing if before else _OPENING
    place = len(bank.paid) + 1
    fee = Booked(place, day, debit=True, amount=_FEE, end_to_end="", reference=f"NTT{place:09d}", text="Biaya layanan")
    content = bank.statement(f"RK-{day.isoformat()}", day, payments.paying_account().account, fee, opening=opening)
    payments.read_statement(by=stage.player("bpjs"), on=day, content=content)


def _confirm(stage: Stage, bank: FakeBank, row: paid.FileRow, day: date) -> None:
    kept = paid.file_content(row.id)
    if kept is None:
        raise Impossible("a bank file lost its content")
    bank.deliver(*kept)
    answer = bank.answer(row.name)
    if answer is None:
        raise Impossible("the bank gave no answer")
    payments.confirm_file(by=stage.player("bpjs"), on=day, file_id=row.id, content=answer)


def decided() -> list[dict[str, str | int]]:
    """Give kind and amount of each approved decision."""
    chosen = cases.DecisionFilter(areas=(at.PROVINCE,), state="disetujui")
    rows = cases.decisions_page(chosen, Asked(size=0)).rows
    return [{"kind": row.kind, "amount": row.amount} for row in rows]


def opened() -> int:
    """Give how many cases there are."""
    return len(_cases())


def _cases() -> tuple[cases.CaseRow, ...]:
    return cases.cases_page(cases.CaseFilter(areas=(at.PROVINCE,)), Asked(size=0, sort="code")).rows


def _row(case_id: int) -> cases.CaseRow:
    return next(row for row in _cases() if row.id == case_id)


def _case_of(nik: str) -> cases.CaseRow | None:
    """Give the accident case of a person that was decided already, None where there is none."""
    return next((row for row in _cases() if row.nik == nik and row.kind == "JKK" and row.state == "dikabulkan"), None)


def _accounts() -> list[payments.Account]:
    """Give the accounts that the bank opened for the receivers of approved decisions, and the hospital's."""
    heirs = {
        heir.nik: heir.name
        for row in _cases()
        if row.state == "dikabulkan"
        for heir in cases.case(row.id, on=at.LAST_DAY).heirs
        if heir.receives
    }
    numbers = FakeBank.open_numbers([*(f"ahli waris {nik}" for nik in heirs), HOSPITAL])
    return [
        *(
            payments.Account("ahli_waris", name, nik, BANK_NTT, numbers[f"ahli waris {nik}"])
            for nik, name in heirs.items()
        ),
        payments.Account("rumah_sakit", HOSPITAL, "", BANK_NTT, numbers[HOSPITAL]),
    ]


def _chosen_niks() -> dict[str, str]:
    """Give the occupation of each enrolled person by NIK, in the order of the annex."""
    return {row.nik: row.occupation for row in targets.annex_rows(found().decree_id)}


def _dead(stage: Stage) -> dict[str, date]:
    """Give what the story knows before its officers do: who dies in the second half of the year, by NIK."""
    with (stage.lists / "acuan" / DEATHS).open(newline="", encoding="utf-8") as file:
        return {row["nik"]: date.fromisoformat(row["tgl_meninggal"]) for row in csv.DictReader(file)}


def _fisherman(stage: Stage) -> str:
    dead = _dead(stage)
    return next(nik for nik, job in _chosen_niks().items() if job.title() == FISHERMAN and nik not in dead)


def _died_at_work(stage: Stage) -> tuple[str, date]:
    """Choose the first member who died after cover began and in a month that was paid by then."""
    chosen = _chosen_niks()
    days = sorted((day, nik) for nik, day in _dead(stage).items() if nik in chosen and day.month == ACCIDENT_ON.month)
    if not days:
        raise Impossible("no member of the story died in August")
    day, nik = days[0]
    return nik, day


def _moment(day: date, hour: int) -> datetime:
    """Give a moment of a day in Kupang (UTC+8)."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=8)

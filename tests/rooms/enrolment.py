"""Makes a programme with a set decree of so many people by SQL, and enrols them by the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from lopo.basics.calendar import Month
from lopo.coverage import actions as coverage
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.coverage.models import Exchange
from lopo.financing import actions as financing
from tests.cast import Cast

JULY = Month(2025, 7)
SENT, ISSUED, PAID, NUMBERED = date(2025, 6, 23), date(2025, 7, 1), date(2025, 7, 14), date(2025, 7, 15)
PAYER = "pemprov-ntt"
KELURAHAN = (
    "ARRAY['53.71.01.1001', '53.71.02.1001', '53.71.03.1010', '53.71.04.1009', '53.71.05.1001', '53.71.06.1001']"
)

_PEOPLE = f"""
INSERT INTO people_person (nik, name, sex, born, no_kk, area_code, rt, rw, phone, occupation)
SELECT '5371' || lpad((((n - 1) %% 6) + 1)::text, 2, '0') || lpad((1 + (n - 1) / 6 / 9999 / 20)::text, 2, '0')
           || '01' || (80 + (n - 1) / 6 / 9999 %% 20)::text || lpad(((n - 1) / 6 %% 9999 + 1)::text, 4, '0'),
       'ORANG NOMOR ' || n, 'L', make_date(1980 + (n - 1) / 6 / 9999 %% 20, 1, 1 + (n - 1) / 6 / 9999 / 20),
       '5371010101' || lpad(n::text, 6, '0'),
       ({KELURAHAN})[((n - 1) %% 6) + 1], '001', '002', '0812' || lpad(n::text, 8, '0'), 'Nelayan'
  FROM generate_series(1, %(people)s) n
ON CONFLICT DO NOTHING
"""
_DECREE = """
WITH source AS (
    INSERT INTO targeting_sourcefile (sha256, name, content, size, received_by_id)
    VALUES (repeat('a', 63) || %(programme)s %% 10, 'uji.csv', '', 0, %(by)s) RETURNING sha256
), list AS (
    INSERT INTO targeting_proposallist (programme_id, source_id, file, sender_kind, sender, area_code, received_on,
                                        understood, problems, rows_read, candidates, unreadable, other_rows)
    SELECT %(programme)s, sha256, 'uji.csv', 'kelurahan', 'Uji', '53.71', '2025-05-31', '[]', '[]', 0, 0, 0, 0
      FROM source RETURNING id
), people AS (
    SELECT id, nik, name, area_code, row_number() OVER (ORDER BY id) AS n FROM people_person
), rows AS (
    INSERT INTO targeting_proposalrow (list_id, sheet, line, kind, raw, nik_given, name, fields)
    SELECT list.id, '', p.n, 'calon', '[]', p.nik, p.name, '{"email": "", "pekerjaan": "Nelayan"}'
      FROM people p CROSS JOIN list RETURNING id, line
), screening AS (
    INSERT INTO targeting_screening (programme_id, "on", snapshots, counts, law_hash, made_by_id, current)
    VALUES (%(programme)s, '2025-06-01', '{}', '{}', 'x', %(by)s, true) RETURNING id
), verdicts AS (
    INSERT INTO targeting_verdict (screening_id, row_id, verdict, reasons, nik_matched, person_id, area_code, decile,
                                   evidence)
    SELECT s.id, r.id, 'diterima', '{}', p.nik, p.id, p.area_code, 1, '{}'
      FROM rows r JOIN people p ON p.n = r.line CROSS JOIN screening s RETURNING id, person_id, screening_id
), decree AS (
    INSERT INTO targeting_decree (programme_id, screening_id, number, title, dated, state, quota, annex_hash,
                                  made_by_id, approved_by_id, approved_on)
    SELECT %(programme)s, s.id, '400.9/KEP/' || %(programme)s, 'Penerima', '2025-06-20', 'ditetapkan', '{}', 'x',
           %(by)s, %(approver)s, '2025-06-20' FROM screening s RETURNING id
)
INSERT INTO targeting_decreename (decree_id, person_id, verdict_id, kecamatan_code, area_code, decile, rank, status)
SELECT d.id, v.person_id, v.id, left(p.area_code, 8), p.area_code, 1, p.n, 'ditetapkan'
  FROM verdicts v JOIN people p ON p.id = v.person_id CROSS JOIN decree d
RETURNING decree_id
"""
_PROGRAMME = """
INSERT INTO targeting_programme (code, name, area_code, first_month, last_month, registration_day, legal_basis, places,
                                 max_decile, monthly_income, state, approved_on)
VALUES (%(code)s, 'Pekerja rentan Kota Kupang 2025', '53.71', '2025-07-01', %(last)s, '2025-06-01', %(basis)s,
        %(people)s, 4, 1000000, 'berjalan', '2025-05-02') RETURNING id
"""


@dataclass(frozen=True)
class Enrolment:
    """A programme with its decree and how many people it names."""

    programme: int
    decree: int
    people: int


def make_decree(
    cast: Cast, people: int, *, code: str = "kupang-2025", last: str = "2025-12-01", basis: str = "Pergub NTT"
) -> Enrolment:
    """Make so many people and a programme whose set decree names all of them."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, {"people": people})
        cursor.execute(_PROGRAMME, {"code": code, "last": last, "people": people, "basis": basis})
        programme = cursor.fetchone()[0]
        by = {"programme": programme, "by": cast.dinas.id, "approver": cast.penyetuju.id}
        cursor.execute(_DECREE, by)
        decree = cursor.fetchone()[0]
    return Enrolment(programme, decree, people)


def send(cast: Cast, made: Enrolment) -> bytes:
    """Send the decree to BPJS and give the file."""
    sent = coverage.submit_members(by=cast.dinas, on=SENT, programme_id=made.programme, decree_id=made.decree)
    return bytes(Exchange.objects.get(pk=sent.exchange_id).content)


def take(cast: Cast, made: Enrolment, office: FakeBpjs) -> bytes:
    """Send, and let the office take or refuse the people; give the file that was sent."""
    file = send(cast, made)
    answer = office.verify(file)
    coverage.read_answer(by=cast.bpjs, on=SENT, programme_id=made.programme, file="jawaban-1.xlsx", content=answer)
    return file


def fund(
    cast: Cast, made: Enrolment, *, amount: int = 10**12, payer: str = PAYER, kind: str = "apbd_provinsi",
    year: int = 2025,
) -> int:  # fmt: skip
    """Write down a payer with a budget line of the year."""
    given = financing.PayerGiven(payer, payer.replace("-", " ").upper(), payer[:1].upper(), kind)
    financing.add_payer(by=cast.bendahara, on=SENT, payer=given)
    line = financing.BudgetLine(payer, made.programme, year, "5.1.02.02", "Pergub NTT 12/2025", amount, "Pergeseran")
    return financing.set_budget(by=cast.bendahara, on=SENT, line=line)


def pay(cast: Cast, made: Enrolment, month: Month, *, paid_on: date, payer: str = PAYER) -> financing.Paid:
    """Bill a month on its first day, order it and approve it on the day."""
    bill = financing.make_bill(
        by=cast.dinas, on=month.first_day, programme_id=made.programme, payer_code=payer, month=month
    )
    order = financing.OrderGiven(f"SP2D/{payer}/{month}", paid_on)
    financing.request_payment(by=cast.bendahara, on=paid_on, bill_id=bill.id, order=order)
    return financing.approve_payment(by=cast.penyetuju, on=paid_on, bill_id=bill.id)


def enrol(cast: Cast, people: int, *, refusals: dict[str, str] | None = None) -> Enrolment:
    """Take people all the way to their numbers: July paid on 14 July, numbers on 15 July."""
    made = make_decree(cast, people)
    office = FakeBpjs(refusals or {})
    file = take(cast, made, office)
    fund(cast, made)
    pay(cast, made, JULY, paid_on=PAID)
    issue(cast, made, office, file)
    return made


def issue(cast: Cast, made: Enrolment, office: FakeBpjs, file: bytes, *, on: date = NUMBERED) -> coverage.AnswerRead:
    """Let the office issue the numbers, and read them."""
    answer = office.issue(file, on=on)
    return coverage.read_answer(by=cast.bpjs, on=on, programme_id=made.programme, file="nomor.xlsx", content=answer)

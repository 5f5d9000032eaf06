"""Sends the names of a decree to BPJS: their memberships begin, and the bulk template is kept as it went out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.coverage.bpjs import SAMPLE_PACKAGE, Proposed, write_template
from lopo.coverage.models import Exchange
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.models import Decree, Programme


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was sent: the exchange that keeps the file, its name, and how many people are in it."""

    exchange_id: int
    file: str
    people: int


# One statement, so that the planner knows how many memberships there are when it joins what the file says of them.
# Those who are members already are listed first: a join with a table that grows meanwhile would cost its square.
_BEGIN = """
WITH already AS MATERIALIZED (
    SELECT person_id FROM coverage_membership WHERE programme_id = %(programme)s
), begun AS (
    INSERT INTO coverage_membership (person_id, programme_id, decree_name_id, state, submitted_on, reject_reason,
                                     end_reason, area_code, has_card, has_passbook)
    SELECT n.person_id, d.programme_id, n.id, 'diusulkan', %(on)s, '', '', w.area_code, false, false
      FROM targeting_decreename n JOIN targeting_decree d ON d.id = n.decree_id
      JOIN people_person w ON w.id = n.person_id
     WHERE d.id = %(decree)s AND n.status IN ('ditetapkan', 'pengganti')
       AND NOT EXISTS (SELECT 1 FROM already a WHERE a.person_id = n.person_id)
     ORDER BY n.kecamatan_code, n.rank
        ON CONFLICT DO NOTHING RETURNING person_id, decree_name_id
)
"""
_SHORTEST = 5
# Who was refused and is still named waits for an answer again.
_AGAIN = """
WITH begun AS (
    UPDATE coverage_membership m SET state = 'diusulkan', reject_reason = '', submitted_on = %(on)s, accepted_on = NULL
      FROM targeting_decreename n JOIN targeting_decree d ON d.id = n.decree_id AND d.state = 'ditetapkan'
     WHERE n.id = m.decree_name_id AND n.status IN ('ditetapkan', 'pengganti') AND m.programme_id = %(programme)s
       AND m.state = 'ditolak' AND m.reject_reason = %(reason)s AND m.submitted_on <= %(on)s
    RETURNING m.person_id, m.decree_name_id
)
"""
# Those who begin, as the template wants them: after a WITH that names them `begun`.
PROPOSED = """
SELECT p.nik, p.name, p.born, coalesce(nullif(p.phone, ''), r.fields ->> 'hp', ''), coalesce(r.fields ->> 'email', ''),
       coalesce(nullif(p.occupation, ''), r.fields ->> 'pekerjaan', ''), coalesce(r.fields ->> 'pekerjaan_2', ''),
       coalesce(nullif(r.fields ->> 'lokasi_pekerjaan', ''), a.name, '')
  FROM begun b JOIN people_person p ON p.id = b.person_id
  JOIN targeting_decreename n ON n.id = b.decree_name_id
  JOIN targeting_verdict v ON v.id = n.verdict_id JOIN targeting_proposalrow r ON r.id = v.row_id
  LEFT JOIN people_area a ON a.code = p.area_code
 ORDER BY n.kecamatan_code, n.rank
"""


def submit_members(
    *, by: Officer, on: date, programme_id: int, decree_id: int, package: str = SAMPLE_PACKAGE
) -> Submitted:
    """Send the chosen and the replacements of a decree that were not sent yet. Needs `coverage.send` there.

    Each gets a membership `diusulkan`; the bulk template with them is kept as an exchange. Refused: a decree that is
    not set or of another programme, a day before it was set, or nobody left to send.
    """
    programme = Programme.objects.filter(pk=programme_id).first()
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    require(by, "coverage.send", on=on, area_code=programme.area_code)
    with transaction.atomic():
        decree = set_decree(decree_id, programme, on)
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN + PROPOSED, {"on": on, "decree": decree.id, "programme": programme.id})
            rows = cursor.fetchall()
            cursor.execute("ANALYZE coverage_membership")  # so that what follows at once is planned for the new size
            people = [proposed(row, programme, on, package) for row in rows]
        if not people:
            raise Refused("tidak_ada_yang_baru", f"Semua nama dalam {decree.number} sudah dikirim ke BPJS.")
        return keep_file(by, on, decree, people, "submit_members")


def submit_again(
    *, by: Officer, on: date, programme_id: int, reason: str, corrected: str, package: str = SAMPLE_PACKAGE
) -> Submitted:
    """Send those again whom BPJS refused with this reason and who are still named, once what was wrong is corrected.

    Needs `coverage.send` in the area of the programme. They wait for an answer again; `corrected` says in words what
    was done, for the diary. Refused: no such programme, nothing said, nobody refused so, or rows that went out as they
    are.
    """
    programme = Programme.objects.filter(pk=programme_id).first()
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    require(by, "coverage.send", on=on, area_code=programme.area_code)
    done = " ".join(corrected.split())[:200]
    if len(done) < _SHORTEST:
        raise Refused("pembetulan_kosong", "Tulis apa yang sudah dibetulkan; ini dicatat di buku catatan.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_AGAIN + PROPOSED, {"on": on, "programme": programme.id, "reason": reason})
            people = [proposed(row, programme, on, package) for row in cursor.fetchall()]
        decree = Decree.objects.filter(programme=programme, state=Decree.State.DITETAPKAN).order_by("-id").first()
        if not people or decree is None:
            raise Refused("tidak_ada_yang_ditolak", "Tidak ada lagi yang ditolak BPJS dengan alasan ini.")
        return keep_file(by, on, decree, people, "submit_again", corrected=done)


def set_decree(decree_id: int, programme: Programme, on: date) -> Decree:
    """Give a decree of the programme that is set by the day. Refused: none, of another programme, or not set yet."""
    decree = Decree.objects.filter(pk=decree_id, programme=programme).first()
    if decree is None:
        raise Refused("keputusan_tidak_ada", "Keputusan ini tidak ada dalam program tersebut.")
    if decree.state != Decree.State.DITETAPKAN or decree.approved_on is None or decree.approved_on > on:
        raise Refused("keputusan_belum_ditetapkan", f"Keputusan {decree.number} belum ditetapkan.")
    return decree


def proposed(
    row: tuple[str, str, date, str, str, str, str, str], programme: Programme, on: date, package: str
) -> Proposed:
    """Give a row of PROPOSED as it stands in the template, for the months that are left of the programme."""
    months = Month.of(programme.last_month).minus(max(Month.of(programme.first_month), Month.of(on))) + 1
    return Proposed(*row, income=programme.monthly_income, package=package, months=months)


def keep_file(
    by: Officer, on: date, decree: Decree, people: list[Proposed], verb: str, *, corrected: str = ""
) -> Submitted:
    """Keep the file, and let the diary row of the action `verb` carry it to BPJS.

    Refused: the very same rows went out before, so nothing was corrected.
    """
    content = write_template(people)
    digest = hashlib.sha256(content).hexdigest()
    if Exchange.objects.filter(programme_id=decree.programme_id, direction="kirim", sha256=digest).exists():
        raise Refused("berkas_sama", "Isi yang sama persis sudah pernah dikirim; betulkan datanya lebih dahulu.")
    name = f"{decree.programme.code}-{on:%Y%m%d}-{digest[:8]}.xlsx"
    without = {
        "hp": sum(1 for one in people if not one.phone),
        "email": sum(1 for one in people if not one.email),
        "pekerjaan": sum(1 for one in people if not one.job),
    }
    exchange = Exchange.objects.create(
        programme_id=decree.programme_id, direction="kirim", file=name, on=on, rows=len(people), sha256=digest,
        content=content, outcome={"decree": decree.id, "without": without}, by=by,
    )  # fmt: skip
    after = {"people": len(people), "exchange": exchange.id, "sha256": digest}
    after |= {"alasan": corrected} if corrected else {}
    send = {"to": "bpjs", "kind": "templat", "exchange": exchange.id, "file": name}
    record(by=by, on=on, deed=Deed(verb, "targeting.decree", decree.id, after=after, send=send))
    return Submitted(exchange.id, name, len(people))

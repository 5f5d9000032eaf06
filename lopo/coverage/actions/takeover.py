"""Takes members over from a programme that ends into one that goes on paying, so that no month is lost between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.coverage.actions.sending import PROPOSED, keep_file, proposed, set_decree
from lopo.coverage.bpjs import SAMPLE_PACKAGE, Proposed
from lopo.coverage.queries.cover import all_patterns
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.models import Programme


@dataclass(frozen=True, slots=True)
class Takeover:
    """Which programme ends, which one goes on, and the decree of the latter that names the people.

    `gap_known` says that the officer has seen the months between that nobody pays, and takes them over all the same.
    """

    from_id: int
    to_id: int
    decree_id: int
    package: str = SAMPLE_PACKAGE
    gap_known: bool = False


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Who was taken over with number and months, and how many have lapsed and must be registered anew instead."""

    exchange_id: int
    file: str
    people: int
    lapsed: int


_ON_BOTH = """
    SELECT o.person_id, o.kpj, o.number_issued_on, o.history_id, n.id AS name_id, n.kecamatan_code, n.rank, w.area_code,
           EXISTS (SELECT 1 FROM unnest(%(histories)s::bigint[], %(numbers)s::date[]) AS x(history, issued)
                    WHERE x.history = o.history_id AND x.issued = o.number_issued_on) AS lapsed
      FROM coverage_membership o
      JOIN targeting_decreename n ON n.person_id = o.person_id AND n.decree_id = %(decree)s
      JOIN people_person w ON w.id = o.person_id
     WHERE o.programme_id = %(from)s AND o.state = 'terdaftar' AND n.status IN ('ditetapkan', 'pengganti')
       AND NOT EXISTS (SELECT 1 FROM coverage_membership b
                        WHERE b.programme_id = %(to)s AND b.person_id = o.person_id)
"""
_TAKE = f"""
WITH both_lists AS MATERIALIZED ({_ON_BOTH}), begun AS (
    INSERT INTO coverage_membership (person_id, programme_id, decree_name_id, state, submitted_on, accepted_on, kpj,
                                     number_issued_on, history_id, reject_reason, end_reason, area_code, has_card,
                                     has_passbook)
    SELECT person_id, %(to)s, name_id, 'terdaftar', %(on)s, %(on)s, kpj, number_issued_on, history_id, '', '',
           area_code, false, false
      FROM both_lists WHERE NOT lapsed ORDER BY kecamatan_code, rank
        ON CONFLICT DO NOTHING RETURNING person_id, decree_name_id
)
{PROPOSED}
"""  # noqa: S608 - our own statements, put together
_LAPSED = f"SELECT count(*) FROM ({_ON_BOTH}) AS both_lists WHERE lapsed"  # noqa: S608


def take_over(*, by: Officer, on: date, takeover: Takeover) -> TakenOver:
    """Let a programme go on with the members of one that ends whom its decree names. Needs `coverage.send` in both.

    Each keeps number and months and is a registered member of both until the old programme's last month is paid: cover
    goes on, no waiting begins again, and each month still has one payer. The template with them goes to BPJS. Who has
    lapsed is left out: such a person is registered anew (`submit_members`). Refused: a month between the programmes
    that neither pays (unless that is known), a successor that ends first, a decree that is not set, or nobody who
    stands on both.
    """
    programmes = Programme.objects.in_bulk([takeover.from_id, takeover.to_id])
    if len(programmes) != 2:
        raise Refused("program_tidak_ada", "Pilih dua program yang berbeda: yang berakhir dan yang meneruskan.")
    old, new = programmes[takeover.from_id], programmes[takeover.to_id]
    for programme in (old, new):
        require(by, "coverage.send", on=on, area_code=programme.area_code)
    _refuse_gap(old, new, known=takeover.gap_known)
    with transaction.atomic():
        decree = set_decree(takeover.decree_id, new, on)
        people, lapsed = _take(takeover, new, on)
        if not people:
            raise Refused(
                "tidak_ada_yang_diambil_alih",
                f"Tidak ada lagi peserta {old.name} dengan nama dalam {decree.number} yang dapat diambil alih; "
                f"{lapsed} orang sudah gugur dan harus didaftarkan kembali.",
            )
        kept = keep_file(by, on, decree, people, "take_over")
    return TakenOver(kept.exchange_id, kept.file, kept.people, lapsed)


def _refuse_gap(old: Programme, new: Programme, *, known: bool) -> None:
    last, first = Month.of(old.last_month), Month.of(new.first_month)
    if first > last.next() and not known:
        raise Refused(
            "ambil_alih_bersela",
            f"{last.next().text()} sampai {first.plus(-1).text()} tidak dibayar program mana pun: {old.name} berakhir "
            f"{last.text()}, {new.name} mulai {first.text()}. Setiap bulan di antaranya menunggak.",
            "PP 44/2015 Pasal 39, 42",
        )
    if new.last_month <= old.last_month:
        raise Refused("penerus_berakhir_dahulu", f"{new.name} tidak berjalan lebih lama daripada {old.name}.")


def _take(takeover: Takeover, new: Programme, on: date) -> tuple[list[Proposed], int]:
    """Begin the memberships; give the people as BPJS wants them, and how many had lapsed."""
    gone = [one for one in all_patterns(takeover.from_id, on=on) if one.cover.state == "gugur"]
    given: dict[str, Any] = {
        "from": takeover.from_id, "to": takeover.to_id, "decree": takeover.decree_id, "on": on,
        "histories": [one.history_id for one in gone], "numbers": [one.number_issued_on for one in gone],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LAPSED, given)
        lapsed = int(cursor.fetchone()[0])
        cursor.execute(_TAKE, given)
        rows = cursor.fetchall()
        cursor.execute("ANALYZE coverage_membership")
    return [proposed(row, new, on, takeover.package) for row in rows], lapsed

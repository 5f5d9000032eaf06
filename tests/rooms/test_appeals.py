"""An appeal: who may enter and decide it, by when, that the row is judged again and stays so, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from lopo.basics.refusal import Refused
from lopo.law.local import REASONS
from lopo.people import actions as people
from lopo.staff.models import Diary, Officer
from lopo.targeting import actions, queries
from lopo.targeting.actions.appeals import NewAppeal, Ruling, appealable, decide_appeal, enter_appeal, withdraw_appeal
from lopo.targeting.actions.striking import verdict_by
from lopo.targeting.models import Appeal, ProposalRow, Screening, Verdict
from tests.cast import Cast
from tests.rooms import pile

LATER = date(2025, 6, 10)
UPHOLD = Ruling(upheld=True, answer="Surat domisili 9 Juni 2025 menunjukkan ia sudah kembali.")
REFUSE = Ruling(upheld=False, answer="Dukcapil membenarkan kepindahannya.", next_step="Usulkan lagi setelah kembali.")


def screened(cast: Cast, *codes: tuple[str, ...], accepted: int = 2) -> list[int]:
    """A programme whose first rows are refused for these reasons; the others are accepted. Gives the rows in order."""
    people.seed_areas(by=cast.dinas, on=pile.DAY)
    there = pile.neighbours(len(codes) + accepted)
    ids = pile.registers(cast, there)
    made = pile.programme(cast)
    actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=pile.arrival(made, pile.csv_of(there)))
    again(cast, made, ids, *codes)
    return list(ProposalRow.objects.filter(kind="calon").order_by("id").values_list("id", flat=True))


def again(cast: Cast, programme: int, snapshots: tuple[int, ...], *codes: tuple[str, ...]) -> None:
    rows = pile.verdict_rows(programme)
    refused = [
        actions.ScreenedRow(
            row_id=row.row_id, verdict=verdict_by(why), reasons=why, nik_matched=row.nik_matched,
            area_code=row.area_code, decile=None if "desil_tidak_diketahui" in why else row.decile,
        )
        for row, why in zip(rows, codes, strict=False)
    ]  # fmt: skip
    told = (*refused, *rows[len(codes) :])
    with patch.object(pile, "verdict_rows", lambda _programme: told):
        pile.screened(cast, programme, snapshots)


def enter(cast: Cast, row: int, *, by: Officer | None = None, side: str = "orang", on: date = LATER) -> int:
    given = NewAppeal(row, side, "Yohanis Taek", "Sudah pulang dari Malaysia sejak Mei.")
    return enter_appeal(by=by or cast.provinsi, on=on, appeal=given)


def code_of(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as said:
        deed()
    return said.value.code


def test_the_verdict_by_reasons_is_that_of_the_law() -> None:
    assert verdict_by(()) == "diterima"
    assert verdict_by(("nik_terpotong",)) == "diterima", "a slip of the pen refuses nobody"
    assert verdict_by(("pindah", "nik_terpotong")) == "ditolak"
    assert verdict_by(("desil_tidak_diketahui",)) == "perlu_cek"
    assert {verdict_by((code,)) for code in REASONS} == {"diterima", "perlu_cek", "ditolak"}
    assert appealable(("pindah", "nik_kosong", "ganda_antar_daftar", "di_luar_desil")) == ("pindah", "di_luar_desil")


@pytest.mark.django_db
def test_upheld_the_row_is_judged_again_and_a_new_screening_holds_to_it(cast: Cast) -> None:
    row, other, *_ = screened(cast, ("nik_terpotong", "pindah"), ("pindah", "di_luar_desil"))
    appeal = enter(cast, row)
    kept = Appeal.objects.get(pk=appeal)
    assert (kept.reasons, kept.in_time, kept.due_on) == (["pindah"], True, date(2025, 6, 24))
    assert decide_appeal(by=cast.penyetuju, on=LATER, appeal_id=appeal, ruling=UPHOLD) == "diterima"
    now = Verdict.objects.get(row_id=row, screening__current=True)
    assert (now.verdict, now.reasons) == ("diterima", ["nik_terpotong"])
    assert (now.evidence["keberatan"], now.evidence["alasan_dicoret"]) == (appeal, ["pindah"])
    screening = Screening.objects.get(current=True)
    assert screening.counts["verdicts"] == {"diterima": 3, "ditolak": 1}
    assert screening.counts["reasons"]["pindah"] == 1
    half = enter(cast, other)
    ruling = Ruling(upheld=True, answer="Kembali, tetapi desilnya tetap.", reasons=("pindah",))
    assert decide_appeal(by=cast.penyetuju, on=LATER, appeal_id=half, ruling=ruling) == "ditolak"
    programme = screening.programme_id
    again(cast, programme, pile.in_force(), ("nik_terpotong", "pindah"), ("pindah", "di_luar_desil"))
    held = {one.row_id: (one.verdict, one.reasons) for one in Verdict.objects.filter(screening__current=True)}
    assert held[row] == ("diterima", ["nik_terpotong"]), "the registers still say it, two officers said otherwise"
    assert held[other] == ("ditolak", ["di_luar_desil"])
    assert Screening.objects.get(current=True).counts["verdicts"] == {"diterima": 3, "ditolak": 1}
    found = queries.screening_in_force(programme)
    assert found is not None


@pytest.mark.django_db
def test_refused_the_verdict_stays_and_says_what_next(cast: Cast) -> None:
    row, *_ = screened(cast, ("pindah",))
    appeal = enter(cast, row, side="pengirim")
    assert decide_appeal(by=cast.penyetuju, on=LATER, appeal_id=appeal, ruling=REFUSE) == "ditolak"
    kept = Appeal.objects.get(pk=appeal)
    assert (kept.state, kept.next_step) == ("ditolak", "Usulkan lagi setelah kembali.")
    assert Verdict.objects.get(row_id=row).reasons == ["pindah"]
    told = Diary.objects.get(action="decide_appeal")
    assert told.send == {"letter": {"to": "pengirim", "appeal": appeal}}
    assert enter(cast, row) != appeal, "with new facts one may appeal again"


@pytest.mark.django_db
def test_who_may_not_decide_and_what_stands_in_the_way(cast: Cast) -> None:
    row, doubled, unknown, *rest = screened(cast, ("pindah",), ("ganda_antar_daftar",), ("desil_tidak_diketahui",))
    assert code_of(lambda: enter(cast, rest[0])) == "tidak_ditolak"
    assert code_of(lambda: enter(cast, unknown)) == "tidak_ditolak", "who is to be checked goes to the desk"
    assert code_of(lambda: enter(cast, doubled)) == "alasan_bukan_keberatan"
    assert code_of(lambda: enter(cast, row, side="tetangga")) == "pihak_tidak_dikenal"
    assert code_of(lambda: enter(cast, row, by=cast.bendahara)) == "tidak_berwenang"
    appeal = enter(cast, row)
    assert code_of(lambda: enter(cast, row)) == "keberatan_sudah_ada"

    def decide(by: Officer, ruling: Ruling) -> Callable[[], object]:
        return lambda: decide_appeal(by=by, on=LATER, appeal_id=appeal, ruling=ruling)

    assert code_of(decide(cast.provinsi, UPHOLD)) == "keberatan_orang_lain", "who entered it"
    assert code_of(decide(cast.dinas, UPHOLD)) == "keberatan_orang_lain", "who ran the screening that refused"
    assert code_of(decide(cast.lurah, UPHOLD)) == "tidak_berwenang"
    assert code_of(decide(cast.penyetuju, Ruling(True, " "))) == "jawaban_kosong"
    assert code_of(decide(cast.penyetuju, Ruling(False, "Tidak."))) == "langkah_kosong"
    assert code_of(decide(cast.penyetuju, Ruling(True, "Ya.", reasons=("di_luar_desil",)))) == (
        "alasan_di_luar_keberatan"
    )
    assert code_of(decide(cast.penyetuju, Ruling(True, "Ya.", decile=11))) == "desil_salah"
    for officer in (cast.dinas, cast.provinsi):
        with pytest.raises(IntegrityError, match="appeal_decided_by_another"), transaction.atomic():
            Appeal.objects.filter(pk=appeal).update(
                state="dikabulkan", decided_by=officer, decided_on=LATER, answer="Ya."
            )
    withdraw_appeal(by=cast.provinsi, on=LATER, appeal_id=appeal)
    assert code_of(decide(cast.penyetuju, UPHOLD)) == "keberatan_sudah_diputus"
    late = enter(cast, row, on=date(2025, 8, 1))
    assert not Appeal.objects.get(pk=late).in_time, "kept and marked, not turned away"


@pytest.mark.django_db
def test_what_was_decided_does_not_change(cast: Cast) -> None:
    row, *_ = screened(cast, ("pindah",))
    appeal = enter(cast, row)
    decide_appeal(by=cast.penyetuju, on=LATER, appeal_id=appeal, ruling=REFUSE)
    for sql in ("UPDATE targeting_appeal SET answer = 'lain'", "DELETE FROM targeting_appeal"):
        with pytest.raises(IntegrityError, match="kept as it was"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.mark.django_db
def test_whoever_is_accepted_on_another_row_is_not_accepted_twice(cast: Cast) -> None:
    row, twin, *_ = screened(cast, ("pindah",), accepted=1)
    person = Verdict.objects.get(row_id=twin, screening__current=True).person_id
    Verdict.objects.filter(row_id=row).update(person_id=person)
    appeal = enter(cast, row)
    assert decide_appeal(by=cast.penyetuju, on=LATER, appeal_id=appeal, ruling=UPHOLD) == "ditolak"
    assert Verdict.objects.get(row_id=row).reasons == ["ganda_antar_daftar"]

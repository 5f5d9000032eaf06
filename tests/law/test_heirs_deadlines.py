"""The order of heirs, and the clocks of the law."""

from datetime import date, datetime, timedelta, timezone

import pytest

from lopo.law import deadlines
from lopo.law.errors import SharesNotAgreed
from lopo.law.heirs import Kinship, Relative, distribute, heirs

K = Kinship


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=timezone(timedelta(hours=8)))


def family(*kinships: Kinship, dead: tuple[Kinship, ...] = ()) -> list[Relative]:
    living = [Relative(f"{kinship}-{place}", kinship, alive=True) for place, kinship in enumerate(kinships)]
    return [*living, *(Relative(f"{kinship}-x", kinship, alive=False) for kinship in dead)]


@pytest.mark.parametrize(
    ("relatives", "code", "count"),
    [
        (family(K.MERTUA, K.ANAK, K.AYAH, K.ANAK), "pasangan_anak", 2),
        (family(K.IBU, K.SUAMI_ISTRI), "pasangan_anak", 1),
        (family(K.IBU, K.CUCU, K.SAUDARA_KANDUNG, dead=(K.SUAMI_ISTRI, K.ANAK)), "garis_lurus", 2),
        (family(K.NENEK, K.MERTUA), "garis_lurus", 1),
        (family(K.SAUDARA_KANDUNG, K.MERTUA, K.SAUDARA_KANDUNG, dead=(K.IBU,)), "saudara_kandung", 2),
        (family(K.WASIAT, K.MERTUA), "mertua", 1),
        (family(K.WASIAT, K.LAIN), "wasiat", 1),
    ],
)
def test_the_first_class_with_somebody_living_inherits(relatives: list[Relative], code: str, count: int) -> None:
    found = heirs(relatives)
    assert (found.code, len(found.members), found.funeral_only) == (code, count, False)
    assert all(member.alive for member in found.members)
    assert "PP 44/2015 Pasal 40 ayat (2)" in found.source


def test_with_nobody_the_funeral_cost_goes_to_whoever_arranged_it() -> None:
    found = heirs(family(K.LAIN, K.PENGURUS_PEMAKAMAN, dead=(K.SUAMI_ISTRI,)))
    assert (found.code, found.funeral_only) == ("tidak_ada", True)
    assert [member.kinship for member in found.members] == [K.PENGURUS_PEMAKAMAN]
    assert heirs([]).members == ()
    assert found.sentence == (
        "Tidak ada ahli waris: biaya pemakaman kepada yang mengurus pemakaman, sisanya ke Dana Jaminan Sosial"
    )


def test_shares_that_are_all_nothing_are_no_agreement() -> None:
    two = heirs(family(K.ANAK, K.ANAK))
    keys = [member.key for member in two.members]
    with pytest.raises(SharesNotAgreed):
        distribute(two, {"santunan": 20_000_000}, (), dict.fromkeys(keys, 0))


def test_hours_count_from_the_moment() -> None:
    clock = deadlines.stage_one_due(at(2025, 9, 10, 22, 30))
    assert clock.moment == at(2025, 9, 12, 22, 30)
    assert not clock.missed(at(2025, 9, 12, 22, 30))
    assert clock.missed(at(2025, 9, 12, 22, 31))
    assert deadlines.stage_two_due(at(2025, 12, 31, 1, 0)).due == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("clock", "start", "due"),
    [
        (deadlines.jkm_payment_due, date(2025, 9, 3), date(2025, 9, 9)),  # the Prophet's birthday on the 5th
        (deadlines.jkk_payment_due, date(2025, 10, 3), date(2025, 10, 14)),
        (deadlines.incomplete_notice_due, date(2025, 10, 3), date(2025, 10, 14)),
        (deadlines.number_due, date(2025, 7, 11), date(2025, 7, 14)),
        (deadlines.card_due, date(2025, 7, 14), date(2025, 7, 28)),
        (deadlines.data_change_due, date(2025, 10, 3), date(2025, 10, 14)),
        (deadlines.suspected_accident_due, date(2025, 9, 12), date(2025, 10, 12)),
    ],
)
def test_days_count_from_the_day_after(clock: object, start: date, due: date) -> None:
    deadline = clock(start)  # type: ignore[operator]
    assert deadline.due == due
    assert not deadline.missed(at(due.year, due.month, due.day, 23, 59))
    assert deadline.missed(at(due.year, due.month, due.day + 1))
    assert deadline.source.startswith("PP ")

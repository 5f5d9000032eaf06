"""Every clock of the law from its dated number: the day, the article, the mark, and what lies before the law."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest

from lopo.basics.calendar import Month, is_working_day
from lopo.law import LAW, deadlines
from lopo.law.deadlines import Deadline

WITA = timezone(timedelta(hours=8))
FRIDAY = date(2025, 10, 3)


@pytest.mark.parametrize(
    ("clock", "start", "due", "source"),
    [
        (deadlines.number_due, FRIDAY, date(2025, 10, 6), "PP 44/2015 Pasal 11 ayat (4)"),
        (deadlines.card_issued_due, FRIDAY, date(2025, 10, 14), "PP 44/2015 Pasal 12"),
        (deadlines.card_handed_due, date(2025, 10, 14), date(2025, 10, 17), "PP 44/2015 Pasal 12"),
        (deadlines.card_due, FRIDAY, date(2025, 10, 17), "PP 44/2015 Pasal 12"),
        (deadlines.data_change_due, FRIDAY, date(2025, 10, 14), "PP 44/2015 Pasal 13 ayat (1)"),
        (deadlines.appeal_due, FRIDAY, date(2025, 11, 3), "UU 30/2014 Pasal 77 ayat (1)"),
        (deadlines.appeal_answer_due, FRIDAY, date(2025, 10, 17), "UU 30/2014 Pasal 77 ayat (4)"),
        (deadlines.incomplete_notice_due, FRIDAY, date(2025, 10, 14), "PP 44/2015 Pasal 44 ayat (7)"),
        (deadlines.jkk_payment_due, FRIDAY, date(2025, 10, 14), "PP 44/2015 Pasal 37 ayat (2)"),
        (deadlines.jkm_payment_due, FRIDAY, date(2025, 10, 8), "PP 44/2015 Pasal 40 ayat (3)"),
        (deadlines.hospital_payment_due, FRIDAY, date(2025, 10, 14), "PP 44/2015 Pasal 46"),
        (deadlines.suspected_accident_due, FRIDAY, date(2025, 11, 2), "PP 49/2023 Pasal 25A"),
        (deadlines.suspected_disease_due, FRIDAY, date(2025, 11, 2), "PP 49/2023 Pasal 25B"),
        # holidays between: Independence Day 2026 is a Monday, Labour Day and the Prophet's birthday 2025 near weekends
        (deadlines.jkm_payment_due, date(2026, 8, 14), date(2026, 8, 20), "PP 44/2015 Pasal 40 ayat (3)"),
        (deadlines.jkm_payment_due, date(2025, 4, 30), date(2025, 5, 6), "PP 44/2015 Pasal 40 ayat (3)"),
        (deadlines.number_due, date(2025, 9, 4), date(2025, 9, 8), "PP 44/2015 Pasal 11 ayat (4)"),
    ],
)
def test_a_clock_by_days(clock: Callable[[date], Deadline], start: date, due: date, source: str) -> None:
    found = clock(start)
    assert (found.due, found.moment, found.source) == (due, None, source)
    assert not found.missed(datetime(due.year, due.month, due.day, 23, 59, tzinfo=WITA))
    assert found.missed(datetime.combine(due + timedelta(days=1), datetime.min.time(), WITA))


@pytest.mark.parametrize(
    ("clock", "hours", "source", "status"),
    [
        (deadlines.stage_one_due, 48, "PP 44/2015 Pasal 44 ayat (1)", "reported"),
        (deadlines.stage_two_due, 48, "PP 44/2015 Pasal 44 ayat (3)", "reported"),
        (deadlines.breach_notice_due, 72, "UU 27/2022 Pasal 46 ayat (1)", "reported"),
        (deadlines.data_request_due, 72, "UU 27/2022 Pasal 30; UU 27/2022 Pasal 32", "assumed"),
    ],
)
def test_a_clock_by_hours_runs_through_weekends(
    clock: Callable[[datetime], Deadline], hours: int, source: str, status: str
) -> None:
    start = datetime(2025, 10, 3, 22, 30, tzinfo=WITA)
    found = clock(start)
    assert found.moment == start + timedelta(hours=hours)
    assert found.due == found.moment.date()
    assert (found.source, found.status) == (source, status)
    assert not found.missed(found.moment)
    assert found.missed(found.moment + timedelta(minutes=1))


def test_reports_are_as_read_until_the_law_of_2023_and_reported_since() -> None:
    old, new = datetime(2023, 10, 31, tzinfo=WITA), datetime(2023, 11, 1, tzinfo=WITA)
    for clock in (deadlines.stage_one_due, deadlines.stage_two_due):
        assert (clock(old).status, clock(new).status) == ("read", "reported")
        assert clock(old).moment == old + timedelta(hours=48)
    assert deadlines.incomplete_notice_due(old.date()).status == "read"
    assert deadlines.incomplete_notice_due(old.date()).due == date(2023, 11, 9)
    assert deadlines.incomplete_notice_due(new.date()).status == "reported"


def test_a_suspicion_has_no_clock_before_the_law_of_2023() -> None:
    for clock in (deadlines.suspected_accident_due, deadlines.suspected_disease_due):
        assert clock(date(2023, 11, 1)).due == date(2023, 12, 1)
        with pytest.raises(LookupError, match="on 2023-10-31"):
            clock(date(2023, 10, 31))


def test_there_is_no_clock_before_the_first_law() -> None:
    assert deadlines.jkm_payment_due(date(2015, 7, 1)).due == date(2015, 7, 6)
    with pytest.raises(LookupError, match="no tenggat_bayar_jkm on 2015-06-30"):
        deadlines.jkm_payment_due(date(2015, 6, 30))


def test_a_table_is_no_number_of_a_clock() -> None:
    with pytest.raises(LookupError, match="no lapisan_dasar_jkk"):
        deadlines.dated("lapisan_dasar_jkk", FRIDAY)


@pytest.mark.parametrize(
    ("month", "due"),
    [
        (Month(2025, 7), date(2025, 7, 15)),
        (Month(2025, 6), date(2025, 6, 16)),  # a Sunday
        (Month(2025, 11), date(2025, 11, 17)),  # a Saturday
        (Month(2026, 8), date(2026, 8, 18)),  # a Saturday, then Independence Day on Monday
        (Month(2015, 7), date(2015, 7, 15)),
    ],
)
def test_contributions_are_due_on_the_15th_or_the_next_working_day(month: Month, due: date) -> None:
    assert deadlines.contribution_due(month) == due
    assert is_working_day(due)


@pytest.mark.parametrize(
    ("code", "clock"),
    [
        ("nomor_peserta", deadlines.number_due),
        ("kartu_diterbitkan", deadlines.card_issued_due),
        ("kartu_diserahkan", deadlines.card_handed_due),
        ("kartu", deadlines.card_due),
        ("perubahan_data", deadlines.data_change_due),
        ("pemberitahuan_kurang", deadlines.incomplete_notice_due),
        ("pembayaran_jkk", deadlines.jkk_payment_due),
        ("pembayaran_jkm", deadlines.jkm_payment_due),
        ("pembayaran_rumah_sakit", deadlines.hospital_payment_due),
        ("dugaan_kecelakaan", deadlines.suspected_accident_due),
        ("dugaan_penyakit", deadlines.suspected_disease_due),
        ("keberatan", deadlines.appeal_due),
        ("jawaban_keberatan", deadlines.appeal_answer_due),
    ],
)
def test_every_clock_has_a_code_of_its_own(code: str, clock: Callable[[date], Deadline]) -> None:
    assert clock(FRIDAY).code == code


def test_the_codes_and_labels_of_the_clocks_by_hours() -> None:
    start = datetime(2025, 10, 3, tzinfo=WITA)
    assert [clock(start).code for clock in (deadlines.stage_one_due, deadlines.stage_two_due)] == [
        "laporan_tahap_1", "laporan_tahap_2",
    ]  # fmt: skip
    breach, request = deadlines.breach_notice_due(start), deadlines.data_request_due(start)
    assert (breach.code, breach.label) == ("kebocoran_data", "Pemberitahuan kebocoran data pribadi")
    assert (request.code, request.label) == ("permintaan_data", "Jawaban atas permintaan data pribadi")
    assert deadlines.suspected_accident_due(FRIDAY).label == "Kesimpulan dugaan kecelakaan kerja"


def test_every_clock_of_the_law_is_read_by_a_clock() -> None:
    """Each number named `tenggat_` gives a deadline that says its label."""
    labels = {LAW.parameters[name].label for name in LAW.parameters if name.startswith("tenggat_")}
    by_day = (
        deadlines.number_due, deadlines.card_issued_due, deadlines.card_handed_due, deadlines.data_change_due,
        deadlines.incomplete_notice_due, deadlines.jkk_payment_due, deadlines.jkm_payment_due,
        deadlines.hospital_payment_due,
    )  # fmt: skip
    by_hour = (deadlines.stage_one_due, deadlines.stage_two_due)
    said = {clock(FRIDAY).label for clock in by_day}
    said |= {clock(datetime(2025, 10, 3, tzinfo=WITA)).label for clock in by_hour}
    assert said == labels

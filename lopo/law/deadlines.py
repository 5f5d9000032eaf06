"""The clocks of the law: each a day or a moment computed from the facts, with its article and its status."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lopo.basics.calendar import Month, add_working_days, next_working_day

REPORT_HOURS = 48
"""2 x 24 hours, PP 44/2015 Pasal 44 ayat (1)-(4)."""
BREACH_HOURS = 72
"""3 x 24 hours, UU 27/2022 Pasal 46."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something must have happened: a day, or a moment when the law counts hours."""

    code: str
    label: str
    due: date
    moment: datetime | None
    source: str
    status: str

    def missed(self, now: datetime) -> bool:
        """Whether the deadline is over at that moment (given in the time zone of the deadline)."""
        return now > self.moment if self.moment is not None else now.date() > self.due


def contribution_due(month: Month) -> date:
    """The 15th of the contribution month itself, or the next working day (PP 44/2015 Pasal 24 ayat (3)-(4))."""
    return next_working_day(date(month.year, month.number, 15))


def number_due(paid_on: date) -> Deadline:
    """The member number within one working day of the complete form and the first payment."""
    due = add_working_days(paid_on, 1)
    return _by_day("nomor_peserta", "Nomor peserta diterbitkan", due, "PP 44/2015 Pasal 11 ayat (4)")


def card_due(number_issued_on: date) -> Deadline:
    """The card is issued within seven working days of the number and handed over within three more."""
    due = add_working_days(add_working_days(number_issued_on, 7), 3)
    return _by_day("kartu", "Kartu peserta diserahkan", due, "PP 44/2015 Pasal 12")


def data_change_due(changed_on: date) -> Deadline:
    """A member reports a change of data within seven working days."""
    due = add_working_days(changed_on, 7)
    return _by_day("perubahan_data", "Perubahan data dilaporkan", due, "PP 44/2015 Pasal 13 ayat (1)")


def stage_one_due(happened_at: datetime) -> Deadline:
    """The first report within 2 x 24 hours of the accident or the diagnosis of the occupational disease."""
    return _by_hours("laporan_tahap_1", "Laporan tahap I", happened_at, "PP 44/2015 Pasal 44 ayat (1)")


def stage_two_due(declared_at: datetime) -> Deadline:
    """The second report, which is the claim, within 2 x 24 hours of the doctor's declaration."""
    return _by_hours("laporan_tahap_2", "Laporan tahap II", declared_at, "PP 44/2015 Pasal 44 ayat (3)")


def incomplete_notice_due(stage_two_on: date) -> Deadline:
    """BPJS says within seven working days of stage II that papers are missing."""
    due = add_working_days(stage_two_on, 7)
    return _by_day("pemberitahuan_kurang", "Pemberitahuan berkas kurang", due, "PP 44/2015 Pasal 44 ayat (7)")


def jkk_payment_due(complete_on: date) -> Deadline:
    """JKK is paid within seven working days of the day on which all conditions are met."""
    due = add_working_days(complete_on, 7)
    return _by_day("pembayaran_jkk", "Pembayaran JKK", due, "PP 44/2015 Pasal 37 ayat (2)")


def jkm_payment_due(complete_on: date) -> Deadline:
    """JKM is paid within three working days of the application with its papers."""
    due = add_working_days(complete_on, 3)
    return _by_day("pembayaran_jkm", "Pembayaran JKM", due, "PP 44/2015 Pasal 40 ayat (3)")


def suspected_accident_due(stage_one_on: date) -> Deadline:
    """Whether a suspected accident is one is concluded within 30 days of the first report (from PP 49/2023 on)."""
    due = stage_one_on + timedelta(days=30)
    label = "Kesimpulan dugaan kecelakaan kerja"
    return Deadline("dugaan_kecelakaan", label, due, None, "PP 49/2023 Pasal 25A", "reported")


def suspected_disease_due(stage_one_on: date) -> Deadline:
    """As for a suspected accident, of a suspected occupational disease (from PP 49/2023 on)."""
    due = stage_one_on + timedelta(days=30)
    label = "Kesimpulan dugaan penyakit akibat kerja"
    return Deadline("dugaan_penyakit", label, due, None, "PP 49/2023 Pasal 25B", "reported")


def breach_notice_due(known_at: datetime) -> Deadline:
    """Persons and the agency are told of a breach of their data within 3 x 24 hours (UU 27/2022 Pasal 46)."""
    moment = known_at + timedelta(hours=BREACH_HOURS)
    label = "Pemberitahuan kebocoran data pribadi"
    return Deadline("kebocoran_data", label, moment.date(), moment, "UU 27/2022 Pasal 46 ayat (1)", "reported")


def days_late(deadline: Deadline, done_on: date) -> int:
    """How many calendar days after the deadline it was done; 0 when in time. For late payment see lateness.py."""
    return max((done_on - deadline.due).days, 0)


def _by_day(code: str, label: str, due: date, source: str) -> Deadline:
    return Deadline(code, label, due, None, source, "read")


def _by_hours(code: str, label: str, start: datetime, source: str) -> Deadline:
    moment = start + timedelta(hours=REPORT_HOURS)
    return Deadline(code, label, moment.date(), moment, source, "read")

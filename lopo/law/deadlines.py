"""The clocks of the law: each a day or a moment computed from the facts, with its article and its status."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from lopo.basics.calendar import Month, add_working_days, next_working_day
from lopo.law import LAW
from lopo.law.parameters import Parameter, Version

BREACH_HOURS = REQUEST_HOURS = 72
"""3 x 24 hours, UU 27/2022: no law of JKK and JKM, so it stands here and not among the dated numbers."""

APPEAL_DAYS, APPEAL_ANSWER_DAYS = 21, 10
"""Working days of UU 30/2014 Pasal 77 for an appeal and its answer; a law of all administration, so here too."""


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


def dated(name: str, day: date) -> tuple[Parameter, Version, int]:
    """A number of the law as it stands on the day; LookupError where none is in force."""
    parameter = LAW.parameters[name]
    version = parameter.on(day)
    if version is None or type(version.value) is not int:
        raise LookupError(f"no {name} on {day}")
    return parameter, version, version.value


@lru_cache(maxsize=2000)
def contribution_due(month: Month) -> date:
    """The 15th of the contribution month itself, or the next working day (PP 44/2015 Pasal 24 ayat (3)-(4))."""
    _, _, day = dated("tanggal_jatuh_tempo_iuran", month.first_day)
    return next_working_day(date(month.year, month.number, day))


def number_due(paid_on: date) -> Deadline:
    """The member number within one working day of the complete form and the first payment."""
    return _working_days("nomor_peserta", "tenggat_nomor_peserta", paid_on)


def card_issued_due(number_issued_on: date) -> Deadline:
    """The card is issued within seven working days of the number."""
    return _working_days("kartu_diterbitkan", "tenggat_kartu_diterbitkan", number_issued_on)


def card_handed_due(card_issued_on: date) -> Deadline:
    """The card is handed over, directly or through the wadah, within three working days of its issue."""
    return _working_days("kartu_diserahkan", "tenggat_kartu_diserahkan", card_issued_on)


def card_due(number_issued_on: date) -> Deadline:
    """The card is in the member's hands: both of its steps one after the other."""
    issued = card_issued_due(number_issued_on).due
    return replace(card_handed_due(issued), code="kartu")


def data_change_due(changed_on: date) -> Deadline:
    """A member reports a change of data within seven working days."""
    return _working_days("perubahan_data", "tenggat_perubahan_data", changed_on)


def stage_one_due(happened_at: datetime) -> Deadline:
    """The first report within 2 x 24 hours of the accident or the diagnosis of the occupational disease."""
    return _hours("laporan_tahap_1", "tenggat_laporan_tahap_1", happened_at)


def stage_two_due(declared_at: datetime) -> Deadline:
    """The second report, which is the claim, within 2 x 24 hours of the doctor's declaration."""
    return _hours("laporan_tahap_2", "tenggat_laporan_tahap_2", declared_at)


def incomplete_notice_due(stage_two_on: date) -> Deadline:
    """BPJS says within seven working days of stage II that papers are missing."""
    return _working_days("pemberitahuan_kurang", "tenggat_pemberitahuan_kurang", stage_two_on)


def jkk_payment_due(complete_on: date) -> Deadline:
    """JKK is paid within seven working days of the day on which all conditions are met."""
    return _working_days("pembayaran_jkk", "tenggat_bayar_jkk", complete_on)


def jkm_payment_due(complete_on: date) -> Deadline:
    """JKM is paid within three working days of the application with its papers."""
    return _working_days("pembayaran_jkm", "tenggat_bayar_jkm", complete_on)


def hospital_payment_due(billed_on: date) -> Deadline:
    """The bill of a contracted hospital (PLKK) is paid within seven working days."""
    return _working_days("pembayaran_rumah_sakit", "tenggat_bayar_rumah_sakit", billed_on)


def suspected_accident_due(stage_one_on: date) -> Deadline:
    """Whether a suspected accident is one is concluded within 30 days of the first report (from PP 49/2023 on)."""
    due = _calendar_days("dugaan_kecelakaan", "dugaan_batas_hari", stage_one_on)
    return replace(due, label="Kesimpulan dugaan kecelakaan kerja")


def suspected_disease_due(stage_one_on: date) -> Deadline:
    """As for a suspected accident, of a suspected occupational disease (from PP 49/2023 on)."""
    return _calendar_days("dugaan_penyakit", "dugaan_penyakit_batas_hari", stage_one_on)


def breach_notice_due(known_at: datetime) -> Deadline:
    """Persons and the agency are told of a breach of their data within 3 x 24 hours (UU 27/2022 Pasal 46)."""
    moment = known_at + timedelta(hours=BREACH_HOURS)
    label = "Pemberitahuan kebocoran data pribadi"
    return Deadline("kebocoran_data", label, moment.date(), moment, "UU 27/2022 Pasal 46 ayat (1)", "reported")


def data_request_due(asked_at: datetime) -> Deadline:
    """A person who asks to see, correct or hold data about himself is answered within 3 x 24 hours (UU 27/2022)."""
    moment = asked_at + timedelta(hours=REQUEST_HOURS)
    label = "Jawaban atas permintaan data pribadi"
    return Deadline(
        "permintaan_data", label, moment.date(), moment, "UU 27/2022 Pasal 30; UU 27/2022 Pasal 32", "assumed"
    )


def appeal_due(told_on: date) -> Deadline:
    """An appeal against a decision within 21 working days of its announcement (UU 30/2014 Pasal 77; not read)."""
    due = add_working_days(told_on, APPEAL_DAYS)
    return Deadline("keberatan", "Keberatan diajukan", due, None, "UU 30/2014 Pasal 77 ayat (1)", "reported")


def appeal_answer_due(made_on: date) -> Deadline:
    """An appeal is decided within 10 working days (UU 30/2014 Pasal 77; not read, and silence then upholds it)."""
    due = add_working_days(made_on, APPEAL_ANSWER_DAYS)
    return Deadline("jawaban_keberatan", "Keberatan diputus", due, None, "UU 30/2014 Pasal 77 ayat (4)", "reported")


def days_late(deadline: Deadline, done_on: date) -> int:
    """How many calendar days after the deadline it was done; 0 when in time. For late payment see lateness.py."""
    return max((done_on - deadline.due).days, 0)


def _working_days(code: str, name: str, start: date) -> Deadline:
    parameter, version, count = dated(name, start)
    return _deadline(code, parameter, version, add_working_days(start, count), None)


def _calendar_days(code: str, name: str, start: date) -> Deadline:
    parameter, version, count = dated(name, start)
    return _deadline(code, parameter, version, start + timedelta(days=count), None)


def _hours(code: str, name: str, start: datetime) -> Deadline:
    parameter, version, count = dated(name, start.date())
    moment = start + timedelta(hours=count)
    return _deadline(code, parameter, version, moment.date(), moment)


def _deadline(code: str, parameter: Parameter, version: Version, due: date, moment: datetime | None) -> Deadline:
    source = "; ".join(str(citation) for citation in version.citations)
    return Deadline(code, parameter.label, due, moment, source, version.status)

"""Typed cases that callers fill in, each giving the facts that the statute asks for; nothing has a default."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from lopo.basics.calendar import Month
from lopo.law.decision import Answer, Decision
from lopo.law.errors import OutOfRange
from lopo.law.groups import INJURIES, INVOICES, TRIPS, gather


@dataclass(frozen=True, slots=True)
class ContributionFacts:
    """One member in one contribution month; decide `iuran_per_bulan` on the month's first day.

    sektor is `transportasi` or `lainnya`; it matters to the relief of PP 50/2025 only.
    """

    penghasilan: int
    dibayar_apbd: bool
    sektor: str
    bulan: Month

    def facts(self) -> Mapping[str, Answer]:
        """The facts by name."""
        return {
            "penghasilan": self.penghasilan,
            "dibayar_apbd": self.dibayar_apbd,
            "sektor": self.sektor,
            "bulan_iuran": self.bulan.first_day,
        }


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """How the person stood with BPJS on the day of the event; see lopo.law.cover.cover_on.

    bulan_kepesertaan is 1 in the first covered month and 0 before cover; tunggakan_lunas is true without arrears.
    """

    nomor_terbit: bool
    bulan_kepesertaan: int
    bulan_menunggak: int
    tunggakan_lunas: bool

    def facts(self) -> Mapping[str, Answer]:
        """The facts by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class JkmFacts:
    """A death that is to be judged for JKM; decide `jkm_total` on the day of death."""

    cover: CoverFacts
    kecelakaan_kerja: bool

    def facts(self) -> Mapping[str, Answer]:
        """The facts by name."""
        return {**self.cover.facts(), "kecelakaan_kerja": self.kecelakaan_kerja}


@dataclass(frozen=True, slots=True)
class JkkFacts:
    """An event that is to be judged for JKK; enough to decide `jkk_meninggal_total` on the day of the accident."""

    cover: CoverFacts
    kecelakaan_kerja: bool
    penghasilan: int
    tanggal_kejadian: date
    tanggal_klaim: date

    def facts(self) -> Mapping[str, Answer]:
        """The facts by name."""
        return {
            **self.cover.facts(),
            "kecelakaan_kerja": self.kecelakaan_kerja,
            "penghasilan": self.penghasilan,
            "tanggal_kejadian": self.tanggal_kejadian,
            "tanggal_klaim": self.tanggal_klaim,
        }


@dataclass(frozen=True, slots=True)
class Injury:
    """One permanent loss: a code of the table of body parts, how many times, and whether the person is left-handed.

    `times` counts fingers, toes, steps of 10 decibels or 10 percent, or (for the scalp) the percent that the doctor
    gave. For a left-handed person right and left of arms, hands and fingers are reversed.
    """

    part: str
    times: int
    left_handed: bool

    def facts(self) -> Mapping[str, Answer]:
        """The facts by name; OutOfRange when the scalp is not between 10 and 30 percent."""
        if self.part == SCALP and not SCALP_LOWEST <= self.times <= SCALP_HIGHEST:
            raise OutOfRange(f"{self.part} = {self.times} is not {SCALP_LOWEST} to {SCALP_HIGHEST}", "jumlah_cedera")
        return {
            "bagian_tubuh": reversed_side(self.part) if self.left_handed else self.part,
            "jumlah_cedera": self.times,
        }


SCALP, SCALP_LOWEST, SCALP_HIGHEST = "kulit_kepala_terkelupas_tiap_persen", 10, 30


def reversed_side(part: str) -> str:
    """The body part on the other side; the part itself when it has no side."""
    if part.endswith("_kanan"):
        return part.removesuffix("_kanan") + "_kiri"
    if part.endswith("_kiri"):
        return part.removesuffix("_kiri") + "_kanan"
    return part


@dataclass(frozen=True, slots=True)
class Trip:
    """One paid trip: mode `darat` (also river and lake), `laut` or `udara`, and its cost."""

    mode: str
    cost: int

    def facts(self) -> Mapping[str, Answer]:
        """The facts by name."""
        return {"moda_angkutan": self.mode, "biaya_perjalanan": self.cost}


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice for care, and whether it belongs to this accident."""

    amount: int
    belongs: bool

    def facts(self) -> Mapping[str, Answer]:
        """The facts by name."""
        return {"faktur_terkait": self.belongs, "biaya_faktur": self.amount}


@dataclass(frozen=True, slots=True)
class JkkAccidentFacts:
    """An accident that the worker survived; decide `jkk_kecelakaan_total` on the day of the accident.

    incapacity_days counts every calendar day without work, the first and the last included.
    """

    event: JkkFacts
    closed_by_doctor: bool
    incapacity_days: int
    injuries: tuple[Injury, ...]
    trips: tuple[Trip, ...]
    invoices: tuple[Invoice, ...]

    def gathered(self, on: date) -> "AccidentFacts":
        """All facts by name with the injuries, trips and invoices added up by the law of the day."""
        injuries = gather(INJURIES, [injury.facts() for injury in self.injuries], on)
        trips = gather(TRIPS, [trip.facts() for trip in self.trips], on)
        invoices = gather(INVOICES, [invoice.facts() for invoice in self.invoices], on)
        facts: dict[str, Answer] = {
            **self.event.facts(),
            "dinyatakan_selesai": self.closed_by_doctor,
            "hari_stmb": self.incapacity_days,
            **injuries.facts,
            **trips.facts,
            **invoices.facts,
        }
        return AccidentFacts(facts, injuries.members + trips.members + invoices.members)


@dataclass(frozen=True, slots=True)
class AccidentFacts:
    """The facts of an accident, and the decision about each injury, trip and invoice that they were added up from."""

    facts: Mapping[str, Answer]
    members: tuple[Decision, ...]

"""Typed cases of the whole statute: lost function, care at home, aids, children, relatives, and contributions ahead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lopo.basics.calendar import Month
from lopo.law import LAW
from lopo.law.cases import AccidentFacts, ContributionFacts, Injury, JkkAccidentFacts
from lopo.law.decision import Answer, Decision
from lopo.law.groups import CHILDREN, FUNCTIONS, HOME_CARE, RELATIVES, Gathered, gather
from lopo.law.heirs import Relative


@dataclass(frozen=True, slots=True)
class LostFunction:
    """A body part that is still there but of whose function so many percent (1 to 100) are lost."""

    injury: Injury
    percent: int

    def facts(self) -> Mapping[str, Answer]:
        """The facts by name."""
        return {**self.injury.facts(), "persen_fungsi_hilang": self.percent}


@dataclass(frozen=True, slots=True)
class HomeCare:
    """An invoice for care at home: its amount, the day of the care, the first day of all, and whether it belongs."""

    amount: int
    cared_on: date
    began_on: date
    belongs: bool

    def facts(self) -> Mapping[str, Answer]:
        """The facts by name."""
        return {
            "faktur_terkait": self.belongs,
            "biaya_faktur": self.amount,
            "tanggal_perawatan_rumah": self.cared_on,
            "perawatan_rumah_mulai": self.began_on,
        }


@dataclass(frozen=True, slots=True)
class Aids:
    """What was paid for aids, 0 for none; reference_price is the prosthesis at the state rehabilitation hospital."""

    dentures: int
    hearing_aid: int
    glasses: int
    prosthesis: int
    reference_price: int

    def facts(self) -> Mapping[str, Answer]:
        """The facts by name."""
        return {
            "biaya_gigi_tiruan": self.dentures,
            "biaya_alat_bantu_dengar": self.hearing_aid,
            "biaya_kacamata": self.glasses,
            "biaya_protese": self.prosthesis,
            "harga_protese_rujukan": self.reference_price,
        }


@dataclass(frozen=True, slots=True)
class WholeAccidentFacts:
    """Everything of an accident that the worker survived.

    Decide `jkk_kecelakaan_lengkap`, or `jkk_cacat_total_lengkap` when the doctor has declared total disability, on the
    day of the accident. Care at home is of the law since 2 December 2019; UnknownTarget before.
    """

    accident: JkkAccidentFacts
    total_disability: bool
    functions: tuple[LostFunction, ...]
    home_care: tuple[HomeCare, ...]
    aids: Aids

    def gathered(self, on: date) -> AccidentFacts:
        """All facts by name with everything that is several added up by the law of the day."""
        first = self.accident.gathered(on)
        functions = gather(FUNCTIONS, [lost.facts() for lost in self.functions], on)
        home = gather(HOME_CARE, [invoice.facts() for invoice in self.home_care], on)
        facts: dict[str, Answer] = {
            **first.facts,
            "cacat_total_tetap": self.total_disability,
            **functions.facts,
            **home.facts,
            **self.aids.facts(),
        }
        return AccidentFacts(facts, first.members + functions.members + home.members)


@dataclass(frozen=True, slots=True)
class Child:
    """A child for whom a scholarship is asked: level is tk, sd, smp, sma, perguruan_tinggi or belum_sekolah.

    place is 1 for the first child that the family names; years_used counts years already paid at this level.
    """

    born: date
    married: bool
    works: bool
    level: str
    years_used: int
    place: int

    def facts(self, asked_on: date) -> Mapping[str, Answer]:
        """The facts by name, for a scholarship that is asked on the day."""
        return {
            "lahir_anak": self.born,
            "hari_beasiswa": asked_on,
            "anak_menikah": self.married,
            "anak_bekerja": self.works,
            "jenjang_sekolah": self.level,
            "tahun_beasiswa_dipakai": self.years_used,
            "urutan_anak": self.place,
        }


def children(named: Sequence[Child], asked_on: date, on: date) -> Gathered:
    """The facts of all children together for a scholarship asked on one day, by the law of another (the death's)."""
    return gather(CHILDREN, [child.facts(asked_on) for child in named], on)


def relatives(family: Sequence[Relative], on: date) -> Gathered:
    """The fact `tingkat_tertinggi` of a family; the same order as lopo.law.heirs, written as rules."""
    members: list[Mapping[str, Answer]] = [
        {"kekerabatan": str(one.kinship), "kerabat_hidup": one.alive} for one in family
    ]
    return gather(RELATIVES, members, on)


@dataclass(frozen=True, slots=True)
class Prepaid:
    """What one member pays for several months at once: the sum, whether so many may be paid, and each month."""

    total: int
    accepted: Decision
    months: tuple[Decision, ...]


def prepaid(first: ContributionFacts, count: int, on: date) -> Prepaid:
    """Contributions for so many months from the first one on, paid on the day.

    Each month is at the rate of its own edition, so that a relief that begins or ends on the way is met.
    """
    accepted = LAW.decide("pembayaran_dimuka_diterima", {"bulan_dimuka": count}, on)
    months = tuple(_month(first, first.bulan.plus(step)) for step in range(count))
    return Prepaid(sum(month.amount("iuran_per_bulan") for month in months), accepted, months)


def _month(first: ContributionFacts, month: Month) -> Decision:
    facts = ContributionFacts(first.penghasilan, first.dibayar_apbd, first.sektor, month).facts()
    return LAW.decide("iuran_per_bulan", facts, month.first_day)

"""Typed cases that callers fill in, each giving the facts that the statute asks for; nothing has a default."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from lopo.basics.calendar import Month
from lopo.law.decision import Answer


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
class JkkDeathFacts:
    """A death that is to be judged for JKK; decide `jkk_meninggal_total` on the day of the accident."""

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

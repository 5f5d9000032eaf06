"""What an injury leaves behind: STMB by days, and partial disability by the table of body parts."""

from datetime import date

from lopo.law.book import rule
from lopo.law.parameters import Entries
from lopo.law.vocabulary import entry, portion


@rule(label="Hari STMB tahap pertama", source="PP 44/2015 Lampiran III", unit="hari", status="assumed")
def stmb_hari_tahap_1(hari_stmb: int, stmb_tahap_1_bulan: int, stmb_hari_sebulan: int) -> int:
    """Days within the first step; a month of incapacity counts 30 days, so that 12 months are days 1 to 360."""
    return min(hari_stmb, stmb_tahap_1_bulan * stmb_hari_sebulan)


@rule(
    label="Hari STMB tahap kedua",
    source="PP 44/2015 Lampiran III",
    unit="hari",
    status="assumed",
    ends=date(2019, 12, 1),
)
def stmb_hari_tahap_2(hari_stmb: int, stmb_hari_tahap_1: int, stmb_tahap_2_bulan: int, stmb_hari_sebulan: int) -> int:
    """Days within the second step, which there was until 2019."""
    return min(hari_stmb - stmb_hari_tahap_1, stmb_tahap_2_bulan * stmb_hari_sebulan)


@rule(
    name="stmb_hari_tahap_akhir",
    label="Hari STMB sesudahnya",
    source="PP 44/2015 Lampiran III",
    unit="hari",
    status="assumed",
    ends=date(2019, 12, 1),
)
def stmb_hari_tahap_akhir_2015(hari_stmb: int, stmb_hari_tahap_1: int, stmb_hari_tahap_2: int) -> int:
    """Days after the second step."""
    return hari_stmb - stmb_hari_tahap_1 - stmb_hari_tahap_2


@rule(
    name="stmb_hari_tahap_akhir",
    label="Hari STMB sesudahnya",
    source="PP 82/2019 Lampiran III",
    unit="hari",
    status="assumed",
)
def stmb_hari_tahap_akhir_2019(hari_stmb: int, stmb_hari_tahap_1: int) -> int:
    """Days after the first step."""
    return hari_stmb - stmb_hari_tahap_1


@rule(label="Hari STMB tahap pertama dikalikan persennya", source="PP 44/2015 Lampiran III", unit="persen")
def stmb_persen_tahap_1(stmb_hari_tahap_1: int, stmb_tahap_1_persen: int) -> int:
    """The days of the first step at 100 percent."""
    return stmb_hari_tahap_1 * stmb_tahap_1_persen


@rule(
    label="Hari STMB tahap kedua dikalikan persennya",
    source="PP 44/2015 Lampiran III",
    unit="persen",
    ends=date(2019, 12, 1),
)
def stmb_persen_tahap_2(stmb_hari_tahap_2: int, stmb_tahap_2_persen: int) -> int:
    """The days of the second step at 75 percent."""
    return stmb_hari_tahap_2 * stmb_tahap_2_persen


@rule(
    name="stmb_persen_hari",
    label="Hari STMB dikalikan persen tahapnya",
    source="PP 44/2015 Lampiran III",
    unit="persen",
    ends=date(2019, 12, 1),
)
def stmb_persen_hari_2015(
    stmb_persen_tahap_1: int, stmb_persen_tahap_2: int, stmb_hari_tahap_akhir: int, stmb_tahap_akhir_persen: int
) -> int:
    """Months 1-6 at 100 percent, 7-12 at 75, from 13 on at 50: the days of each step times its percent."""
    return stmb_persen_tahap_1 + stmb_persen_tahap_2 + stmb_hari_tahap_akhir * stmb_tahap_akhir_persen


@rule(
    name="stmb_persen_hari",
    label="Hari STMB dikalikan persen tahapnya",
    source="PP 82/2019 Lampiran III",
    unit="persen",
    status="reported",
)
def stmb_persen_hari_2019(stmb_persen_tahap_1: int, stmb_hari_tahap_akhir: int, stmb_tahap_akhir_persen: int) -> int:
    """Months 1-12 at 100 percent, from 13 on at 50: the days of each step times its percent."""
    return stmb_persen_tahap_1 + stmb_hari_tahap_akhir * stmb_tahap_akhir_persen


@rule(
    label="Santunan sementara tidak mampu bekerja menurut rumus",
    source="PP 44/2015 Lampiran III",
    unit="Rp",
    status="assumed",
)
def stmb_penuh(dasar_manfaat_jkk: int, stmb_persen_hari: int, stmb_hari_sebulan: int) -> int:
    """The base over 30 for each day, weighted by the percent of its step, and rounded once at the end (our reading)."""
    return portion(dasar_manfaat_jkk, stmb_persen_hari, 100 * stmb_hari_sebulan, "half_up")


@rule(label="Santunan sementara tidak mampu bekerja (STMB)", source="PP 44/2015 Lampiran III", unit="Rp")
def stmb(jkk_hak_tunai: bool, stmb_penuh: int) -> int:
    """The benefit for temporary incapacity."""
    return stmb_penuh if jkk_hak_tunai else 0


@rule(label="Persentase cacat yang dihitung", source="PP 44/2015 Lampiran III", unit="permil", status="assumed")
def cacat_permil(persen_cacat_permil: int, batas_cacat_permil: int) -> int:
    """The percentages of several injuries are added, at most that of total disability (our reading)."""
    return min(persen_cacat_permil, batas_cacat_permil)


@rule(label="Santunan cacat sebagian", source="PP 44/2015 Lampiran III", unit="Rp")
def cacat_sebagian(jkk_hak_tunai: bool, dasar_manfaat_jkk: int, bulan_upah_cacat: int, cacat_permil: int) -> int:
    """The percentage of the table times 80 months of the base."""
    return portion(dasar_manfaat_jkk * bulan_upah_cacat, cacat_permil, 1000, "half_up") if jkk_hak_tunai else 0


@rule(label="Persentase cacat satu cedera", source="PP 44/2015 Lampiran III", unit="permil")
def cacat_cedera(bagian_tubuh: str, jumlah_cedera: int, cacat_anatomis: Entries) -> int:
    """The table's tenths of a percent for one body part, as many times as it was lost."""
    return entry(cacat_anatomis, bagian_tubuh) * jumlah_cedera

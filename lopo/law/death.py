"""Death: the components of JKM, and the death benefit of JKK when the death came from work."""

from datetime import date

from lopo.law.book import Reason, rule
from lopo.law.vocabulary import portion

WAITING_STARTS = date(2025, 1, 1)
_DEATH = "PP 44/2015 Pasal 34"


@rule(
    label="Kematian bukan akibat kecelakaan kerja",
    source=_DEATH,
    reason=Reason(
        "Kematian akibat kecelakaan kerja adalah urusan program JKK, bukan JKM.",
        "A death by work accident is a matter of JKK, not of JKM.",
        after=("kepesertaan_berlaku", "jkm_tidak_gugur"),
    ),
)
def jkm_bukan_kecelakaan(kecelakaan_kerja: bool) -> bool:
    """JKM is for a death in the active period that is no work accident."""
    return not kecelakaan_kerja


@rule(label="Hak atas JKM ada", source="PP 44/2015 Pasal 34; PP 44/2015 Pasal 42")
def jkm_berhak(kepesertaan_berlaku: bool, jkm_bukan_kecelakaan: bool, jkm_tidak_gugur: bool) -> bool:
    """The heirs have a right to JKM, at least to the funeral cost."""
    return kepesertaan_berlaku and jkm_bukan_kecelakaan and jkm_tidak_gugur


@rule(name="jkm_penuh", label="JKM dibayar penuh", source="PP 44/2015 Pasal 42", ends=date(2024, 12, 31))
def jkm_penuh_2015(jkm_berhak: bool, jkm_tunggakan_dibayar: bool) -> bool:
    """All components are paid: a right, and no open arrears."""
    return jkm_berhak and jkm_tunggakan_dibayar


@rule(
    name="jkm_penuh",
    label="JKM dibayar penuh",
    source="Permenaker 1/2025; PP 44/2015 Pasal 42",
    status="reported",
    starts=WAITING_STARTS,
)
def jkm_penuh_2025(jkm_berhak: bool, jkm_tunggakan_dibayar: bool, masa_tunggu_jkm_selesai: bool) -> bool:
    """All components are paid: a right, no open arrears, and the waiting period is over."""
    return jkm_berhak and jkm_tunggakan_dibayar and masa_tunggu_jkm_selesai


@rule(label="Santunan kematian JKM", source=_DEATH, unit="Rp")
def jkm_santunan_kematian(jkm_penuh: bool, jkm_santunan: int) -> int:
    """The lump sum of JKM."""
    return jkm_santunan if jkm_penuh else 0


@rule(label="Santunan berkala JKM, dibayar sekaligus", source=_DEATH, unit="Rp")
def jkm_santunan_berkala(jkm_penuh: bool, berkala_bulan: int, berkala_per_bulan: int) -> int:
    """The periodic benefit of JKM, paid at once."""
    return berkala_bulan * berkala_per_bulan if jkm_penuh else 0


@rule(label="Biaya pemakaman JKM", source=_DEATH, unit="Rp")
def jkm_biaya_pemakaman(jkm_berhak: bool, pemakaman: int) -> int:
    """The funeral cost of JKM: paid in the waiting period and with one to three months of arrears as well."""
    return pemakaman if jkm_berhak else 0


@rule(label="Jumlah manfaat JKM", source=_DEATH, unit="Rp")
def jkm_total(jkm_santunan_kematian: int, jkm_santunan_berkala: int, jkm_biaya_pemakaman: int) -> int:
    """All that JKM pays for a death, without scholarships."""
    return jkm_santunan_kematian + jkm_santunan_berkala + jkm_biaya_pemakaman


@rule(label="Santunan kematian JKK menurut rumus", source="PP 44/2015 Lampiran III", unit="Rp")
def jkk_kematian_rumus(dasar_manfaat_jkk: int, bulan_upah_cacat: int, jkk_kematian_persen: int) -> int:
    """60 percent of 80 months of the base."""
    return portion(dasar_manfaat_jkk * bulan_upah_cacat, jkk_kematian_persen, 100, "half_up")


@rule(
    label="Santunan kematian JKK, paling sedikit sebesar JKM",
    source="PP 44/2015 Lampiran III",
    unit="Rp",
    status="assumed",
)
def jkk_kematian_penuh(jkk_kematian_rumus: int, jkm_santunan: int) -> int:
    """At least the JKM amount; that the lump sum is the floor (not the total) is our reading."""
    return max(jkk_kematian_rumus, jkm_santunan)


@rule(label="Santunan kematian JKK", source="PP 44/2015 Lampiran III", unit="Rp")
def jkk_santunan_kematian(jkk_hak_kematian: bool, jkk_kematian_penuh: int) -> int:
    """The death benefit of JKK."""
    return jkk_kematian_penuh if jkk_hak_kematian else 0


@rule(label="Santunan berkala JKK, dibayar sekaligus", source="PP 44/2015 Lampiran III", unit="Rp")
def jkk_santunan_berkala(jkk_hak_kematian: bool, berkala_bulan: int, berkala_per_bulan: int) -> int:
    """The periodic benefit of JKK, paid at once."""
    return berkala_bulan * berkala_per_bulan if jkk_hak_kematian else 0


@rule(label="Biaya pemakaman JKK", source="PP 44/2015 Lampiran III", unit="Rp")
def jkk_biaya_pemakaman(jkk_hak_kematian: bool, pemakaman: int) -> int:
    """The funeral cost of JKK."""
    return pemakaman if jkk_hak_kematian else 0


@rule(label="Jumlah manfaat JKK karena meninggal", source="PP 44/2015 Lampiran III", unit="Rp")
def jkk_meninggal_total(jkk_santunan_kematian: int, jkk_santunan_berkala: int, jkk_biaya_pemakaman: int) -> int:
    """All that JKK pays for a death by work, without care, transport and scholarships."""
    return jkk_santunan_kematian + jkk_santunan_berkala + jkk_biaya_pemakaman

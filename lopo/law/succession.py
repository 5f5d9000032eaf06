"""The order of heirs as rules: a rank for each relative, the highest one for the family, and what follows from it."""

from lopo.law.book import rule

_ORDER = "PP 44/2015 Pasal 37 ayat (5); PP 44/2015 Pasal 40 ayat (2)"


@rule(label="Tingkat satu anggota keluarga dalam urutan ahli waris", source=_ORDER, unit="tingkat")
def tingkat_ahli_waris(kekerabatan: str, kerabat_hidup: bool) -> int:
    """5 spouse or child, 4 straight line to the second degree, 3 siblings, 2 parents-in-law, 1 by will, 0 nobody."""
    if not kerabat_hidup:
        return 0
    if kekerabatan == "suami_istri" or kekerabatan == "anak":  # noqa: PLR1714 - rules know no `in`
        return 5
    if kekerabatan == "ayah" or kekerabatan == "ibu" or kekerabatan == "kakek" or kekerabatan == "nenek":  # noqa: PLR1714
        return 4
    if kekerabatan == "cucu":
        return 4
    if kekerabatan == "saudara_kandung":
        return 3
    if kekerabatan == "mertua":
        return 2
    return 1 if kekerabatan == "wasiat" else 0


@rule(label="Kelas ahli waris yang berhak", source=_ORDER)
def kelas_ahli_waris(tingkat_tertinggi: int) -> str:
    """The name of the first class of the order that has a living member."""
    if tingkat_tertinggi == 5:
        return "pasangan_anak"
    if tingkat_tertinggi == 4:
        return "garis_lurus"
    if tingkat_tertinggi == 3:
        return "saudara_kandung"
    if tingkat_tertinggi == 2:
        return "mertua"
    return "wasiat" if tingkat_tertinggi == 1 else "tidak_ada"


@rule(label="Ada ahli waris atau wasiat", source=_ORDER)
def ada_ahli_waris(tingkat_tertinggi: int) -> bool:
    """Somebody inherits."""
    return tingkat_tertinggi > 0


@rule(label="Bagian ahli waris", source=_ORDER, unit="Rp")
def bagian_ahli_waris(ada_ahli_waris: bool, manfaat_kematian: int) -> int:
    """Everything, the funeral cost included, when somebody inherits."""
    return manfaat_kematian if ada_ahli_waris else 0


@rule(label="Bagian yang mengurus pemakaman", source=_ORDER, unit="Rp")
def bagian_pengurus_pemakaman(ada_ahli_waris: bool, manfaat_kematian: int, manfaat_pemakaman: int) -> int:
    """Without heir and will the funeral cost goes to whoever arranged the funeral."""
    return 0 if ada_ahli_waris else min(manfaat_pemakaman, manfaat_kematian)


@rule(label="Bagian Dana Jaminan Sosial", source=_ORDER, unit="Rp")
def bagian_dana_jaminan_sosial(manfaat_kematian: int, bagian_ahli_waris: int, bagian_pengurus_pemakaman: int) -> int:
    """Without heir and will the rest goes to the fund."""
    return manfaat_kematian - bagian_ahli_waris - bagian_pengurus_pemakaman

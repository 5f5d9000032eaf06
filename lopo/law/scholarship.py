"""Scholarships for the children: each child by school level, then what JKM or JKK pays for all of them."""

from datetime import date

from lopo.law.book import Reason, rule
from lopo.law.parameters import Entries
from lopo.law.vocabulary import age, entry

_OLD, _NEW = "PP 44/2015 Pasal 25", "PP 82/2019 Pasal 25"
_OLD_ENDS = date(2019, 12, 1)


@rule(
    label="Anak di bawah umur batas beasiswa",
    source=_OLD,
    status="assumed",
    reason=Reason(
        "Anak sudah mencapai umur batas beasiswa ({beasiswa_umur_batas} tahun).",
        "The child has reached the age limit of scholarships ({beasiswa_umur_batas} years).",
    ),
)
def beasiswa_umur(lahir_anak: date, hari_beasiswa: date, beasiswa_umur_batas: int) -> bool:
    """A scholarship ends when the child turns 23."""
    return age(lahir_anak, hari_beasiswa) < beasiswa_umur_batas


@rule(
    label="Anak belum menikah",
    source=_OLD,
    status="assumed",
    reason=Reason("Anak sudah menikah.", "The child is married."),
)
def beasiswa_belum_menikah(anak_menikah: bool) -> bool:
    """A scholarship ends when the child marries."""
    return not anak_menikah


@rule(
    label="Anak belum bekerja",
    source=_OLD,
    status="assumed",
    reason=Reason("Anak sudah bekerja.", "The child has begun to work."),
)
def beasiswa_belum_bekerja(anak_bekerja: bool) -> bool:
    """A scholarship ends when the child begins to work."""
    return not anak_bekerja


@rule(label="Anak layak menerima beasiswa", source=_OLD, status="assumed")
def beasiswa_anak_layak(beasiswa_umur: bool, beasiswa_belum_menikah: bool, beasiswa_belum_bekerja: bool) -> bool:
    """Under 23, not married, not working."""
    return beasiswa_umur and beasiswa_belum_menikah and beasiswa_belum_bekerja


@rule(
    label="Anak sudah bersekolah",
    source=_NEW,
    status="assumed",
    reason=Reason(
        "Anak belum usia sekolah: beasiswa mulai dibayar ketika ia masuk sekolah.",
        "The child is not yet at school: the scholarship begins when it enters school.",
        after=("beasiswa_belum_menikah", "beasiswa_belum_bekerja", "beasiswa_umur", "beasiswa_urutan"),
    ),
)
def beasiswa_sudah_sekolah(jenjang_sekolah: str) -> bool:
    """For a child below school age the scholarship begins at school age."""
    return jenjang_sekolah != "belum_sekolah"


@rule(
    label="Tahun beasiswa pada jenjang ini masih ada",
    source=_NEW,
    status="reported",
    reason=Reason(
        "Tahun beasiswa pada jenjang sekolah ini sudah habis dipakai.",
        "All scholarship years of this school level have been used.",
    ),
)
def beasiswa_tahun_tersisa(tahun_beasiswa_dipakai: int, beasiswa_tahun: Entries, jenjang_sekolah: str) -> bool:
    """Kindergarten 2 years, primary 6, lower secondary 3, upper secondary 3, higher education 5."""
    return jenjang_sekolah == "belum_sekolah" or tahun_beasiswa_dipakai < entry(beasiswa_tahun, jenjang_sekolah)


@rule(
    label="Anak termasuk anak yang ditanggung beasiswa",
    source=_NEW,
    status="reported",
    reason=Reason(
        "Beasiswa hanya untuk {beasiswa_anak_terbanyak} anak; anak ini bukan salah satu dari mereka yang ditunjuk.",
        "Scholarships are for {beasiswa_anak_terbanyak} children only, and this is not one of those that were named.",
    ),
)
def beasiswa_urutan(urutan_anak: int, beasiswa_anak_terbanyak: int) -> bool:
    """At most two children, in the order in which the family names them."""
    return urutan_anak <= beasiswa_anak_terbanyak


@rule(name="beasiswa_anak", label="Beasiswa satu anak", source=_OLD, unit="Rp", ends=_OLD_ENDS)
def beasiswa_anak_2015(beasiswa_anak_layak: bool, beasiswa_sekaligus: int) -> int:
    """The one payment of the law of 2015, which a member's family gets once, whatever the number of children."""
    return beasiswa_sekaligus if beasiswa_anak_layak else 0


@rule(label="Anak berhak atas beasiswa tahun ini", source=_NEW, status="reported")
def beasiswa_anak_berhak(
    beasiswa_anak_layak: bool, beasiswa_sudah_sekolah: bool, beasiswa_tahun_tersisa: bool, beasiswa_urutan: bool
) -> bool:
    """The child qualifies, is at school, has years left at its level, and is one of the two that were named."""
    return beasiswa_anak_layak and beasiswa_sudah_sekolah and beasiswa_tahun_tersisa and beasiswa_urutan


@rule(name="beasiswa_anak", label="Beasiswa satu anak setahun", source=_NEW, unit="Rp", status="reported")
def beasiswa_anak_2019(beasiswa_anak_berhak: bool, beasiswa_per_tahun: Entries, jenjang_sekolah: str) -> int:
    """What one child gets for one school year of its level."""
    return entry(beasiswa_per_tahun, jenjang_sekolah) if beasiswa_anak_berhak else 0


@rule(label="Beasiswa satu jenjang sekolah seluruhnya", source=_NEW, unit="Rp", status="reported")
def beasiswa_jenjang(jenjang_sekolah: str, beasiswa_per_tahun: Entries, beasiswa_tahun: Entries) -> int:
    """The yearly amount of the level times its years."""
    return entry(beasiswa_per_tahun, jenjang_sekolah) * entry(beasiswa_tahun, jenjang_sekolah)


@rule(label="Sisa beasiswa pada jenjang sekolah ini", source=_NEW, unit="Rp", status="reported")
def beasiswa_sisa_jenjang(
    jenjang_sekolah: str, tahun_beasiswa_dipakai: int, beasiswa_per_tahun: Entries, beasiswa_tahun: Entries
) -> int:
    """What is left of the level when so many years have been used, the asked year included."""
    return entry(beasiswa_per_tahun, jenjang_sekolah) * max(
        entry(beasiswa_tahun, jenjang_sekolah) - tahun_beasiswa_dipakai, 0
    )


@rule(
    label="Ada anak yang layak menerima beasiswa",
    source=_OLD,
    reason=Reason(
        "Tidak ada anak yang layak menerima beasiswa.",
        "There is no child that qualifies for a scholarship.",
        after=("kepesertaan_berlaku", "jkm_tidak_gugur", "jkk_tidak_gugur"),
    ),
)
def beasiswa_ada_anak(anak_layak_beasiswa: int) -> bool:
    """At least one child qualifies."""
    return anak_layak_beasiswa > 0


@rule(name="beasiswa_keluarga", label="Beasiswa yang dihitung untuk keluarga", source=_OLD, unit="Rp", ends=_OLD_ENDS)
def beasiswa_keluarga_2015(beasiswa_anak_tertinggi: int) -> int:
    """Once for the member, so the greatest over the children and not their sum."""
    return beasiswa_anak_tertinggi


@rule(
    name="beasiswa_keluarga", label="Beasiswa yang dihitung untuk keluarga", source=_NEW, unit="Rp", status="reported"
)
def beasiswa_keluarga_2019(beasiswa_anak_jumlah: int) -> int:
    """The sum over the children of what each gets for the school year."""
    return beasiswa_anak_jumlah


@rule(
    label="Masa iuran cukup untuk beasiswa JKM",
    source="PP 44/2015 Pasal 34",
    reason=Reason(
        "Masa iuran belum cukup untuk beasiswa dari JKM.",
        "Contributions were not paid long enough for a scholarship from JKM.",
        after=("kepesertaan_berlaku", "jkm_tidak_gugur", "jkm_bukan_kecelakaan"),
    ),
)
def jkm_masa_iuran_cukup(bulan_iuran_dibayar: int, beasiswa_masa_iuran_bulan: int) -> bool:
    """Five years of contributions under the law of 2015, three since 2019."""
    return bulan_iuran_dibayar >= beasiswa_masa_iuran_bulan


@rule(label="Beasiswa dari JKM", source="PP 44/2015 Pasal 34", unit="Rp")
def jkm_beasiswa(jkm_penuh: bool, jkm_masa_iuran_cukup: bool, beasiswa_ada_anak: bool, beasiswa_keluarga: int) -> int:
    """Scholarships after a death that was no accident: full JKM, enough contributions, a child that qualifies."""
    return beasiswa_keluarga if jkm_penuh and jkm_masa_iuran_cukup and beasiswa_ada_anak else 0


@rule(label="Jumlah manfaat JKM dengan beasiswa", source="PP 44/2015 Pasal 34", unit="Rp")
def jkm_total_dengan_beasiswa(jkm_total: int, jkm_beasiswa: int) -> int:
    """All of JKM with the scholarships of the first school year."""
    return jkm_total + jkm_beasiswa


@rule(label="Beasiswa dari JKK karena meninggal", source=_OLD, unit="Rp", status="assumed")
def jkk_beasiswa_kematian(jkk_hak_kematian: bool, beasiswa_ada_anak: bool, beasiswa_keluarga: int) -> int:
    """Scholarships after a death by work; that no qualifying time is asked is our reading."""
    return beasiswa_keluarga if jkk_hak_kematian and beasiswa_ada_anak else 0


@rule(label="Beasiswa dari JKK karena cacat total tetap", source=_OLD, unit="Rp", status="assumed")
def jkk_beasiswa_cacat_total(jkk_hak_cacat_total: bool, beasiswa_ada_anak: bool, beasiswa_keluarga: int) -> int:
    """Scholarships after total permanent disability; that no qualifying time is asked is our reading."""
    return beasiswa_keluarga if jkk_hak_cacat_total and beasiswa_ada_anak else 0

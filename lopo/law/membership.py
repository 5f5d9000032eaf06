"""When cover has begun, what arrears leave of the rights, and when full JKM starts."""

from datetime import date

from lopo.law.book import Reason, rule

WAITING_STARTS = date(2025, 1, 1)
_JKM_RIGHT = ("kepesertaan_berlaku", "jkm_tidak_gugur", "jkm_bukan_kecelakaan")
_JKK_RIGHT = ("kepesertaan_berlaku", "jkk_tidak_gugur", "jkk_akibat_kerja", "jkk_belum_kedaluwarsa")


@rule(
    label="Kepesertaan sudah berlaku",
    source="PP 44/2015 Pasal 11 ayat (5)",
    reason=Reason(
        "Kepesertaan belum berlaku: nomor peserta belum terbit pada hari kejadian, jadi belum ada perlindungan.",
        "Membership had not begun: no member number had been issued on the day, so there was no cover.",
    ),
)
def kepesertaan_berlaku(nomor_terbit: bool) -> bool:
    """Membership takes effect when the number is issued, which follows the first paid contribution."""
    return nomor_terbit


@rule(
    label="Tunggakan tidak lebih dari batas (JKM)",
    source="PP 44/2015 Pasal 42",
    reason=Reason(
        "Hak atas manfaat JKM gugur karena iuran menunggak lebih dari {batas_menunggak_bulan} bulan berturut-turut.",
        "The right to JKM is lost: contributions were unpaid for more than {batas_menunggak_bulan} months in a row.",
        after=("kepesertaan_berlaku",),
    ),
)
def jkm_tidak_gugur(bulan_menunggak: int, batas_menunggak_bulan: int) -> bool:
    """Heirs of a member with more than three unpaid months in a row have no right."""
    return bulan_menunggak <= batas_menunggak_bulan


@rule(
    label="Tidak ada tunggakan atau tunggakan sudah dilunasi (JKM)",
    source="PP 44/2015 Pasal 42",
    reason=Reason(
        "Masih ada iuran yang menunggak: biaya pemakaman dibayar sekarang, santunan lainnya dibayar setelah ahli waris "
        "melunasi tunggakan.",
        "Contributions are in arrears: the funeral cost is paid now, the rest after the heirs pay the arrears.",
        after=(*_JKM_RIGHT, "masa_tunggu_jkm_selesai"),
    ),
)
def jkm_tunggakan_dibayar(bulan_menunggak: int, tunggakan_lunas: bool) -> bool:
    """With one to three unpaid months the lump sum and the periodic benefit wait for the arrears."""
    return bulan_menunggak == 0 or tunggakan_lunas


@rule(
    label="Tunggakan tidak lebih dari batas (JKK)",
    source="PP 44/2015 Pasal 39",
    reason=Reason(
        "Hak atas manfaat JKK gugur karena iuran menunggak lebih dari {batas_menunggak_bulan} bulan berturut-turut.",
        "The right to JKK is lost: contributions were unpaid for more than {batas_menunggak_bulan} months in a row.",
        after=("kepesertaan_berlaku",),
    ),
)
def jkk_tidak_gugur(bulan_menunggak: int, batas_menunggak_bulan: int) -> bool:
    """A member with more than three unpaid months in a row, and his heirs, have no right."""
    return bulan_menunggak <= batas_menunggak_bulan


@rule(
    label="Tidak ada tunggakan atau tunggakan sudah dilunasi (JKK)",
    source="PP 44/2015 Pasal 39",
    reason=Reason(
        "Masih ada iuran yang menunggak: manfaat uang tunai JKK dibayar setelah tunggakan dilunasi.",
        "Contributions are in arrears: the cash benefits of JKK are paid after the arrears are paid.",
        after=_JKK_RIGHT,
    ),
)
def jkk_tunggakan_dibayar(bulan_menunggak: int, tunggakan_lunas: bool) -> bool:
    """With one to three unpaid months cash benefits wait for the arrears; care is given at once."""
    return bulan_menunggak == 0 or tunggakan_lunas


@rule(
    label="Masa tunggu JKM sudah lewat",
    source="Permenaker 1/2025",
    status="assumed",
    starts=WAITING_STARTS,
    reason=Reason(
        "Kematian terjadi dalam {masa_tunggu_jkm_bulan} bulan pertama kepesertaan: hanya biaya pemakaman yang dibayar.",
        "The death fell into the first {masa_tunggu_jkm_bulan} months of membership: only the funeral cost is paid.",
        after=_JKM_RIGHT,
    ),
)
def masa_tunggu_jkm_selesai(bulan_kepesertaan: int, masa_tunggu_jkm_bulan: int) -> bool:
    """Full JKM from the fourth covered month on; that months are counted by calendar month is our reading."""
    return bulan_kepesertaan > masa_tunggu_jkm_bulan


@rule(
    name="status_kepesertaan",
    label="Keadaan kepesertaan",
    source="PP 44/2015 Pasal 11 ayat (5); PP 44/2015 Pasal 42",
    ends=date(2024, 12, 31),
)
def status_kepesertaan_2015(kepesertaan_berlaku: bool, bulan_menunggak: int, jkm_tidak_gugur: bool) -> str:
    """The state on the day: before 2025 there is no waiting period."""
    if not kepesertaan_berlaku:
        return "belum"
    if not jkm_tidak_gugur:
        return "gugur"
    if bulan_menunggak == 0:
        return "penuh"
    if bulan_menunggak == 1:
        return "menunggak_1"
    return "menunggak_2" if bulan_menunggak == 2 else "menunggak_3"


@rule(
    name="status_kepesertaan",
    label="Keadaan kepesertaan",
    source="Permenaker 1/2025; PP 44/2015 Pasal 11 ayat (5); PP 44/2015 Pasal 42",
    status="assumed",
    starts=WAITING_STARTS,
)
def status_kepesertaan_2025(
    kepesertaan_berlaku: bool, bulan_menunggak: int, jkm_tidak_gugur: bool, masa_tunggu_jkm_selesai: bool
) -> str:
    """The state on the day; arrears show before the waiting period, because they cost more."""
    if not kepesertaan_berlaku:
        return "belum"
    if not jkm_tidak_gugur:
        return "gugur"
    if bulan_menunggak == 1:
        return "menunggak_1"
    if bulan_menunggak == 2:
        return "menunggak_2"
    if bulan_menunggak >= 3:
        return "menunggak_3"
    return "penuh" if masa_tunggu_jkm_selesai else "masa_tunggu"


@rule(
    label="Banyaknya jenis pekerjaan yang dicatat dalam batas",
    source="PP 44/2015 Pasal 11 ayat (2)",
    reason=Reason(
        "Paling banyak {batas_pekerjaan} jenis pekerjaan yang dapat dicatat untuk seorang peserta.",
        "At most {batas_pekerjaan} kinds of work can be written down for a member.",
    ),
)
def pekerjaan_dalam_batas(jumlah_pekerjaan: int, batas_pekerjaan: int) -> bool:
    """A member may have at most two kinds of work written in."""
    return jumlah_pekerjaan <= batas_pekerjaan

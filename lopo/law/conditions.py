"""What a programme may ask beyond the rules for all: its own ages, sex, kinds of work, and whom it takes after all.

Each is one boolean rule that asks only where the programme chose it; the choice is data (`lopo.targeting.criteria`).
What another programme has promised the same person is no choice: a month has one payer, whoever it is.
"""

from datetime import date

from lopo.law.book import Fact, Reason, declare, rule
from lopo.law.vocabulary import age, known

FIRST_DAY = date(2025, 1, 1)
_CHOSEN = "Kriteria program"

declare(
    Fact("program_terima_luar_wilayah", bool, "Program menerima orang dari luar wilayahnya", optional=True),
    Fact("program_terima_pu", bool, "Program menerima peserta aktif penerima upah", optional=True),
    Fact("program_terima_asn", bool, "Program menerima ASN, anggota TNI dan Polri", optional=True),
    Fact("umur_program_terendah", int, "Umur terendah menurut program", unit="tahun", maximum=100, optional=True),
    Fact(
        "umur_program_batas", int, "Umur yang menurut program belum boleh tercapai", unit="tahun", maximum=100,
        optional=True,
    ),
    Fact("jenis_kelamin_program", str, "Jenis kelamin yang diterima program", choices=("L", "P"), optional=True),
    Fact("jenis_kelamin_orang", str, "Jenis kelamin menurut register", choices=("L", "P"), optional=True),
    Fact("pekerjaan_program", bool, "Program hanya menerima pekerjaan tertentu", optional=True),
    Fact(
        "bulan_program_bebas", int, "Banyaknya bulan program yang belum dicakup keputusan program lain", unit="bulan",
        maximum=1200, optional=True,
    ),
    Fact("pekerjaan_termasuk", bool, "Pekerjaan yang tertulis termasuk yang diterima program", optional=True),
)  # fmt: skip


@rule(
    label="Di luar umur program",
    source=f"{_CHOSEN} umur",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Umur pada hari pendaftaran di luar batas umur program.",
        "The age on the day of registration is outside the programme's limits.",
        when=True,
    ),
)
def di_luar_umur_program(
    tgl_lahir_orang: date | None,
    hari_pendaftaran: date,
    umur_program_terendah: int | None,
    umur_program_batas: int | None,
) -> bool:
    """Younger than the programme's lowest age, or has reached its upper one; refuses."""
    if not known(tgl_lahir_orang):
        return False
    if known(umur_program_terendah) and age(tgl_lahir_orang, hari_pendaftaran) < umur_program_terendah:
        return True
    return known(umur_program_batas) and age(tgl_lahir_orang, hari_pendaftaran) >= umur_program_batas


@rule(
    label="Di luar jenis kelamin program",
    source=f"{_CHOSEN} jenis kelamin",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Program ini untuk jenis kelamin lain.", "The programme is for the other sex.", when=True
    ),
)  # fmt: skip
def di_luar_jenis_kelamin(jenis_kelamin_orang: str | None, jenis_kelamin_program: str | None) -> bool:
    """The programme is for women or for men, and the register says the other; refuses."""
    if not known(jenis_kelamin_program) or not known(jenis_kelamin_orang):
        return False
    return jenis_kelamin_orang != jenis_kelamin_program


@rule(
    label="Di luar pekerjaan program",
    source=f"{_CHOSEN} pekerjaan",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Pekerjaan yang tertulis tidak termasuk yang diterima program.",
        "The written kind of work is not among those that the programme takes.",
        when=True,
    ),
)
def di_luar_pekerjaan(pekerjaan_program: bool | None, pekerjaan_termasuk: bool | None) -> bool:
    """The programme names kinds of work and the row's is another; refuses."""
    if not known(pekerjaan_program) or not known(pekerjaan_termasuk):
        return False
    return pekerjaan_program and not pekerjaan_termasuk


@rule(
    label="Sudah di keputusan program lain",
    source=f"{_CHOSEN} satu bulan satu pembayar",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Sudah ditetapkan dalam keputusan program lain untuk semua bulan program ini.",
        "Stands on the decree of another programme for all months of this one.",
        when=True,
    ),
)
def sudah_di_keputusan_lain(bulan_program_bebas: int | None) -> bool:
    """Another programme's set decrees promise every month of this one: one line of cover, never double. Refuses."""
    return known(bulan_program_bebas) and bulan_program_bebas == 0


@rule(
    label="Sebagian bulan di keputusan program lain",
    source=f"{_CHOSEN} satu bulan satu pembayar",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Sebagian bulan program ini sudah dijanjikan keputusan program lain; yang ditanggung di sini bulan sisanya.",
        "The decree of another programme promises some of these months; here the others are carried.",
        when=True,
    ),
)
def sebagian_di_keputusan_lain(bulan_program_bebas: int | None) -> bool:
    """A note that leaves the row accepted: a month that another pays is billed by that one only, the rest is free."""
    return known(bulan_program_bebas) and bulan_program_bebas > 0


@rule(label="Umur yang disyaratkan tidak diketahui", source=f"{_CHOSEN} umur", status="assumed", starts=FIRST_DAY)
def umur_program_kurang(
    tgl_lahir_orang: date | None, umur_program_terendah: int | None, umur_program_batas: int | None
) -> bool:
    """The programme asks an age and the register says no birth date."""
    return (known(umur_program_terendah) or known(umur_program_batas)) and not known(tgl_lahir_orang)


@rule(
    label="Jenis kelamin yang disyaratkan tidak diketahui", source=f"{_CHOSEN} jenis kelamin", status="assumed",
    starts=FIRST_DAY,
)  # fmt: skip
def jenis_kelamin_program_kurang(jenis_kelamin_orang: str | None, jenis_kelamin_program: str | None) -> bool:
    """The programme asks a sex and the register says none."""
    return known(jenis_kelamin_program) and not known(jenis_kelamin_orang)


@rule(
    label="Pekerjaan yang disyaratkan tidak diketahui",
    source=f"{_CHOSEN} pekerjaan",
    status="assumed",
    starts=FIRST_DAY,
)
def pekerjaan_program_kurang(pekerjaan_program: bool | None, pekerjaan_termasuk: bool | None) -> bool:
    """The programme asks a kind of work and nobody can read which one is written."""
    return known(pekerjaan_program) and pekerjaan_program and not known(pekerjaan_termasuk)


@rule(
    label="Syarat program tidak diketahui",
    source=f"{_CHOSEN} kelengkapan data",
    status="assumed",
    starts=FIRST_DAY,
    reason=Reason(
        "Umur, jenis kelamin, atau pekerjaan yang disyaratkan program tidak diketahui.",
        "The age, the sex, or the kind of work that the programme asks for is not known.",
        when=True,
    ),
)
def syarat_tidak_diketahui(
    orang_dikenal: bool, umur_program_kurang: bool, jenis_kelamin_program_kurang: bool, pekerjaan_program_kurang: bool
) -> bool:
    """A settled person of whom nobody knows what the programme asks for: to be checked, never taken for granted."""
    return orang_dikenal and (umur_program_kurang or jenis_kelamin_program_kurang or pekerjaan_program_kurang)


@rule(label="Kriteria program menolak", source=_CHOSEN, status="assumed", starts=FIRST_DAY)
def ditolak_kriteria(
    di_luar_umur_program: bool, di_luar_jenis_kelamin: bool, di_luar_pekerjaan: bool, sudah_di_keputusan_lain: bool
) -> bool:
    """One of the programme's own conditions refuses the row, or another programme has promised all its months."""
    return di_luar_umur_program or di_luar_jenis_kelamin or di_luar_pekerjaan or sudah_di_keputusan_lain


@rule(label="Perlu dicek orang", source=_CHOSEN, status="assumed", starts=FIRST_DAY)
def perlu_dicek(
    tidak_ditemukan: bool, entri_register_ragu: bool, desil_tidak_diketahui: bool, syarat_tidak_diketahui: bool
) -> bool:
    """Something that decides is unknown: a person looks, nothing is guessed."""
    return tidak_ditemukan or entri_register_ragu or desil_tidak_diketahui or syarat_tidak_diketahui

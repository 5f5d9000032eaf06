"""Kemendagri area codes: province, city, district, village, and the names that people write for them."""

import re
from dataclasses import dataclass

_PROVINCE_DIGITS = (
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53"
    " 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96 97"
)
PROVINCES = frozenset(re.findall(r"\d{2}", _PROVINCE_DIGITS))
"""Codes of the provinces that a NIK may begin with (Kepmendagri 300.2.2-2138/2025; 93-97 since 2022)."""

KOTA_KUPANG = "53.71"


@dataclass(frozen=True, slots=True)
class Area:
    """An area by its dotted Kemendagri code, for example 53.71.04.1010, and its official name."""

    code: str
    name: str

    @property
    def digits(self) -> str:
        """The code without dots, as the first digits of a NIK write it."""
        return self.code.replace(".", "")


# Permendagri 72/2019 and Kepmendagri 300.2.2-2138/2025: the codes have holes, never count them out.
KECAMATAN: tuple[Area, ...] = (
    Area("53.71.01", "Alak"),
    Area("53.71.02", "Maulafa"),
    Area("53.71.03", "Kelapa Lima"),
    Area("53.71.04", "Oebobo"),
    Area("53.71.05", "Kota Raja"),
    Area("53.71.06", "Kota Lama"),
)

KELURAHAN: tuple[Area, ...] = (
    Area("53.71.01.1001", "Namosain"),
    Area("53.71.01.1002", "Nunbaun Sabu"),
    Area("53.71.01.1003", "Nunbaun Delha"),
    Area("53.71.01.1004", "Nunhila"),
    Area("53.71.01.1005", "Fatufeto"),
    Area("53.71.01.1006", "Manutapen"),
    Area("53.71.01.1007", "Mantasi"),
    Area("53.71.01.1008", "Alak"),
    Area("53.71.01.1009", "Batu Plat"),
    Area("53.71.01.1010", "Manulai II"),
    Area("53.71.01.1011", "Naioni"),
    Area("53.71.01.1012", "Penkase Oeleta"),
    Area("53.71.02.1001", "Oepura"),
    Area("53.71.02.1002", "Maulafa"),
    Area("53.71.02.1003", "Penfui"),
    Area("53.71.02.1004", "Naimata"),
    Area("53.71.02.1005", "Bello"),
    Area("53.71.02.1006", "Fatukoa"),
    Area("53.71.02.1007", "Kolhua"),
    Area("53.71.02.1008", "Sikumana"),
    Area("53.71.02.1009", "Naikolan"),
    Area("53.71.03.1001", "Kelapa Lima"),
    Area("53.71.03.1010", "Oesapa"),
    Area("53.71.03.1011", "Lasiana"),
    Area("53.71.03.1014", "Oesapa Barat"),
    Area("53.71.03.1015", "Oesapa Selatan"),
    Area("53.71.04.1001", "Oebobo"),
    Area("53.71.04.1008", "Oetete"),
    Area("53.71.04.1009", "Oebufu"),
    Area("53.71.04.1010", "Liliba"),
    Area("53.71.04.1011", "Fatululi"),
    Area("53.71.04.1013", "Kayu Putih"),
    Area("53.71.04.1014", "Tuak Daun Merah"),
    Area("53.71.05.1001", "Bakunase"),
    Area("53.71.05.1002", "Bakunase Dua"),
    Area("53.71.05.1003", "Airnona"),
    Area("53.71.05.1004", "Naikoten Satu"),
    Area("53.71.05.1005", "Naikoten Dua"),
    Area("53.71.05.1006", "Kuanino"),
    Area("53.71.05.1007", "Nunleu"),
    Area("53.71.05.1008", "Fontein"),
    Area("53.71.06.1001", "Airmata"),
    Area("53.71.06.1002", "Lai Lai Bisi Kopan"),
    Area("53.71.06.1003", "Bonipoi"),
    Area("53.71.06.1004", "Solor"),
    Area("53.71.06.1005", "Tode Kisar"),
    Area("53.71.06.1006", "Merdeka"),
    Area("53.71.06.1007", "Oeba"),
    Area("53.71.06.1008", "Fatubesi"),
    Area("53.71.06.1009", "Pasir Panjang"),
    Area("53.71.06.1010", "Nefonaek"),
)

_ALIASES = {
    "53.71.01.1002": ("NBS",),
    "53.71.01.1003": ("NBD",),
    "53.71.01.1009": ("Batuplat",),
    "53.71.01.1012": ("Penkase",),
    "53.71.02.1005": ("Belo",),
    "53.71.05.1004": ("Naikoten I", "Naikoten 1"),
    "53.71.05.1005": ("Naikoten II", "Naikoten 2"),
    "53.71.05.1002": ("Bakunase II", "Bakunase 2"),
    "53.71.05.1001": ("Bakunase I", "Bakunase 1", "Bakunase Satu"),
    "53.71.01.1010": ("Manulai 2", "Manulai Dua"),
    "53.71.06.1002": ("LLBK", "Lahi Lai Bissi Kopan", "Lahi Lai Bisi Kopan", "Lai Lai Bissi Kopan"),
    "53.71.04.1014": ("TDM",),
}


BEFORE_PLACE = r"^\s*((KELURAHAN|KEL|DESA|KLH)[\s.:/]+)+"
"""What is written before the name of a village: Kel. Oebufu, KELURAHAN/DESA: Oebufu; never the start of Kelapa Lima."""
AFTER_PLACE = r"\s*([,(;].*|[\s/-]KEC(AMATAN)?[\s.:].*|[\s/-]KOTA KUPANG.*)$"
"""What is written after it: brackets, the kecamatan, the city."""


def area_key(text: str) -> str:
    """The letters and digits of a place name in capitals, without spaces: Air Mata and AIRMATA are one key."""
    bare = re.sub(AFTER_PLACE, "", re.sub(BEFORE_PLACE, "", text.upper()))
    return re.sub(r"[^A-Z0-9]", "", bare)


def known_keys() -> tuple[tuple[str, str], ...]:
    """Pairs (key, dotted code) of every spelling that is known of a kelurahan, without repeats."""
    pairs = {area_key(area.name): area.code for area in KELURAHAN}
    for code, names in _ALIASES.items():
        for name in names:
            pairs.setdefault(area_key(name), code)
    return tuple(sorted(pairs.items()))


_BY_KEY = dict(known_keys())
_CODE = re.compile(r"(?<!\d)53\.?71\.?\d{2}\.?\d{4}(?!\d)")
_CODES = {area.digits: area.code for area in KELURAHAN}


def find_kelurahan(text: str) -> str | None:
    """The dotted code of the kelurahan that a text names or codes, None when it names none that is known."""
    coded = _CODE.search(text)
    if coded:
        return _CODES.get(coded.group().replace(".", ""))
    return _BY_KEY.get(area_key(text))


def kecamatan_of(code: str) -> str:
    """The dotted code of the kecamatan of a dotted kelurahan code: 53.71.04.1010 gives 53.71.04."""
    return ".".join(code.split(".")[:3])


def kecamatan_name(code: str) -> str:
    """The name of a kecamatan by its dotted code.

    Raises KeyError for a code outside Kota Kupang.
    """
    return _KECAMATAN_NAMES[code]


def kelurahan_name(code: str) -> str:
    """The name of a kelurahan by its dotted code.

    Raises KeyError for a code outside Kota Kupang.
    """
    return _KELURAHAN_NAMES[code]


_KECAMATAN_NAMES = {area.code: area.name for area in KECAMATAN}
_KELURAHAN_NAMES = {area.code: area.name for area in KELURAHAN}

"""The criteria of a programme as data: which rules of the law room it chose, with which numbers. Never code.

Kept as `{"version": 1, "rules": {"di_luar_desil": {"desil_program": 4}, "asn_tni_polri": {}}}`. A rule that is chosen
refuses whom it is about; one that is not chosen asks nothing. What always holds (deaths, moves, one place a person, no
second payer, the ages of the law) is not chosen and stands nowhere here. Data that cannot be understood is refused
when written and when read: a screening stops, and nobody is accepted by criteria that nobody understands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lopo.basics.refusal import Refused
from lopo.people.batch.occupations import TITLES

VERSION: Final = 1
_HIGHEST_DECILE: Final = 10
_AGES: Final = (15, 100)
_SEXES: Final = {"L": ("laki-laki", "men"), "P": ("perempuan", "women")}


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a programme chose. `max_decile`, ages and sex are None or '' where it asks none; `works` are KBJI codes."""

    residents_only: bool = True
    no_wage_earners: bool = True
    no_officials: bool = True
    max_decile: int | None = None
    from_age: int | None = None
    under_age: int | None = None
    sex: str = ""
    works: tuple[str, ...] = ()

    def facts(self) -> dict[str, int | bool | str | None]:
        """Give what the law is told of the programme, the same for every row."""
        return {
            "program_terima_luar_wilayah": not self.residents_only,
            "program_terima_pu": not self.no_wage_earners,
            "program_terima_asn": not self.no_officials,
            "desil_program": self.max_decile,
            "umur_program_terendah": self.from_age,
            "umur_program_batas": self.under_age,
            "jenis_kelamin_program": self.sex or None,
            "pekerjaan_program": bool(self.works),
        }

    @property
    def ranks_to(self) -> int:
        """Give the highest decile that can be accepted: 10 where none is asked."""
        return self.max_decile or _HIGHEST_DECILE


@dataclass(frozen=True, slots=True)
class Said:
    """One criterion in words, with the rule of the law that it switches on."""

    rule: str
    indonesian: str
    english: str


def read_criteria(data: object) -> Criteria:
    """Give the criteria that the data says. Refused: anything that is not understood whole."""
    match data:
        case {"version": 1, "rules": dict(rules), **rest} if not rest:
            pass
        case _:
            raise _unclear("bentuknya tidak dikenal")
    left = dict(rules)
    found = Criteria(
        residents_only=_plain(left, "bukan_penduduk"),
        no_wage_earners=_plain(left, "sudah_aktif_pu"),
        no_officials=_plain(left, "asn_tni_polri"),
        max_decile=_decile(left),
        sex=_sex(left),
        works=_works(left),
        **_ages(left),
    )
    if left:
        raise _unclear(f"aturan {', '.join(sorted(map(str, left)))} tidak dikenal")
    return found


def written(criteria: Criteria) -> dict[str, Any]:
    """Give the data that says these criteria; `read_criteria` gives the same back. Refused: numbers out of bounds."""
    ages = {"umur_program_terendah": criteria.from_age, "umur_program_batas": criteria.under_age}
    asked: dict[str, tuple[bool, dict[str, Any]]] = {
        "bukan_penduduk": (criteria.residents_only, {}),
        "sudah_aktif_pu": (criteria.no_wage_earners, {}),
        "asn_tni_polri": (criteria.no_officials, {}),
        "di_luar_desil": (criteria.max_decile is not None, {"desil_program": criteria.max_decile}),
        "di_luar_umur_program": (
            any(value is not None for value in ages.values()),
            {name: value for name, value in ages.items() if value is not None},
        ),
        "di_luar_jenis_kelamin": (bool(criteria.sex), {"jenis_kelamin_program": criteria.sex}),
        "di_luar_pekerjaan": (bool(criteria.works), {"pekerjaan_program": sorted(criteria.works)}),
    }
    data = {"version": VERSION, "rules": {name: given for name, (chosen, given) in asked.items() if chosen}}
    read_criteria(data)
    return data


def fingerprint(data: Mapping[str, Any]) -> str:
    """Give the sha256 of criteria as data, the same however they were put in order."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def in_words(criteria: Criteria) -> tuple[Said, ...]:
    """Give each criterion that was chosen in words, in the order of the reasons."""
    said = [
        Said("bukan_penduduk", "Alamat di wilayah program", "Address within the programme's area")
        if criteria.residents_only else None,
        Said("sudah_aktif_pu", "Bukan peserta aktif penerima upah (PU)", "Not an active member as a wage earner (PU)")
        if criteria.no_wage_earners else None,
        Said("asn_tni_polri", "Bukan ASN, anggota TNI atau Polri", "No civil servant, soldier or police officer")
        if criteria.no_officials else None,
        _said_ages(criteria),
        Said("di_luar_jenis_kelamin", f"Hanya {_SEXES[criteria.sex][0]}", f"Only {_SEXES[criteria.sex][1]}")
        if criteria.sex else None,
        _said_works(criteria),
        Said("di_luar_desil", f"Desil 1 sampai {criteria.max_decile}", f"Decile 1 to {criteria.max_decile}")
        if criteria.max_decile else None,
    ]  # fmt: skip
    return tuple(one for one in said if one is not None)


def _said_ages(criteria: Criteria) -> Said | None:
    low, high = criteria.from_age, criteria.under_age
    if low is None and high is None:
        return None
    words = [f"sejak {low} tahun" if low else "", f"belum {high} tahun" if high else ""]
    english = [f"from {low} years" if low else "", f"not yet {high} years" if high else ""]
    return Said(
        "di_luar_umur_program", f"Umur {', '.join(filter(None, words))}", f"Aged {', '.join(filter(None, english))}"
    )


def _said_works(criteria: Criteria) -> Said | None:
    if not criteria.works:
        return None
    names = "; ".join(TITLES[code] for code in criteria.works)
    return Said("di_luar_pekerjaan", f"Pekerjaan: {names}", f"Work (KBJI): {names}")


def _unclear(what: str) -> Refused:
    return Refused("kriteria_tidak_dipahami", f"Kriteria program tidak dapat dipahami: {what}. Perbaiki kriterianya.")


def _take(rules: dict[str, Any], rule: str, *names: str) -> dict[str, Any] | None:
    """Take a rule out of those that are left and give its parameters; None where it was not chosen."""
    if rule not in rules:
        return None
    given = rules.pop(rule)
    if not isinstance(given, dict):
        raise _unclear(f"isi {rule} bukan pasangan nama dan nilai")
    if unknown := set(given) - set(names):
        raise _unclear(f"{rule} tidak mengenal {', '.join(sorted(map(str, unknown)))}")
    return given


def _plain(rules: dict[str, Any], rule: str) -> bool:
    return _take(rules, rule) is not None


def _number(rule: str, value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise _unclear(f"{rule} memerlukan angka {least} sampai {most}")
    return value


def _decile(rules: dict[str, Any]) -> int | None:
    given = _take(rules, "di_luar_desil", "desil_program")
    return None if given is None else _number("di_luar_desil", given.get("desil_program"), 1, _HIGHEST_DECILE)


def _ages(rules: dict[str, Any]) -> dict[str, int | None]:
    rule = "di_luar_umur_program"
    given = _take(rules, rule, "umur_program_terendah", "umur_program_batas")
    if given is None:
        return {"from_age": None, "under_age": None}
    low, high = (
        _number(rule, given[name], *_AGES) if name in given else None
        for name in ("umur_program_terendah", "umur_program_batas")
    )
    if (low is None and high is None) or (low is not None and high is not None and low >= high):
        raise _unclear(f"{rule} memerlukan umur terendah yang di bawah batasnya")
    return {"from_age": low, "under_age": high}


def _sex(rules: dict[str, Any]) -> str:
    given = _take(rules, "di_luar_jenis_kelamin", "jenis_kelamin_program")
    if given is None:
        return ""
    sex = given.get("jenis_kelamin_program")
    if not isinstance(sex, str) or sex not in _SEXES:
        raise _unclear("di_luar_jenis_kelamin memerlukan L atau P")
    return sex


def _works(rules: dict[str, Any]) -> tuple[str, ...]:
    given = _take(rules, "di_luar_pekerjaan", "pekerjaan_program")
    if given is None:
        return ()
    codes = given.get("pekerjaan_program")
    if not isinstance(codes, list) or not codes or not all(isinstance(one, str) and one in TITLES for one in codes):
        raise _unclear("di_luar_pekerjaan memerlukan kode pekerjaan KBJI yang dikenal")
    return tuple(sorted(set(codes)))

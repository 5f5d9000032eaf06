"""An invented city: families with their people, NIKs and family numbers by rule, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lopo.basics.area import KELURAHAN
from lopo.people.batch.synth_names import FAMILIES, MEN, WOMEN

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

ROLES = ("KEPALA KELUARGA", "ISTRI", "ANAK", "ORANG TUA")
_HEAD, _WIFE, _CHILD, _PARENT = range(4)
_FAMILY_SIZES = (0.033, 0.184, 0.220, 0.244, 0.181, 0.091, 0.047)  # of 1 to 7 people, as in the demo registers
MEAN_FAMILY = sum(share * (size + 1) for size, share in enumerate(_FAMILY_SIZES))
_ELSEWHERE = (5301, 5302, 5303, 5304, 5305, 5306, 5307, 5308, 5309, 5310, 5314, 5319, 5320)  # regencies of NTT
_ISSUED_ELSEWHERE = 0.16  # people whose NIK was first issued in another regency
_DEFAULT_DATES = 0.127  # births put on 1 January, 1 July or 31 December
_TWINS = 0.012  # children born on one day with the child before
_NAMESAKES = 0.0005  # adults who share the whole name and the birth date with another
_UNREGISTERED = 0.012  # people on lists whom the population register lacks
_OLD_SERIALS = 0.27  # groups of NIKs whose serial begins above 1
_SERIALS_OF_A_PART = 100


@dataclass(frozen=True, slots=True)
class City:
    """People as columns of one length, by family; `nik` and `kk` are the 16 digits as numbers.

    `name` and `mother` are arrow strings; `kelurahan` is a place in `basics.area.KELURAHAN`, `role` one in ROLES;
    `registered` is false for people whom the population register lacks.
    """

    nik: Ints
    kk: Ints
    name: pa.Array
    mother: pa.Array
    female: Flags
    born: Days
    role: Ints
    family: Ints
    kelurahan: Ints
    rt: Ints
    rw: Ints
    registered: Flags


@dataclass(frozen=True, slots=True)
class _Home:
    """Families: how many people, of what age the head is, where they live."""

    size: Ints
    head_age: Ints
    wed: Flags
    male_head: Flags
    kelurahan: Ints


def invent_city(people: int, seed: int, part: int, on: date) -> City:
    """A city of about `people` people (the families make it a few more or less); part 0 is a whole city.

    Further parts add people whose NIKs do not meet those of other parts: serials of part k lie in a range of their own.
    """
    rng = np.random.default_rng([seed, part, 1])
    home = _homes(rng, max(1, round(people / MEAN_FAMILY)))
    family = np.repeat(np.arange(len(home.size)), home.size)
    place = np.arange(len(family)) - np.repeat(np.cumsum(home.size) - home.size, home.size)
    role = _roles(rng, home, family, place)
    female = np.where(role == _HEAD, ~home.male_head[family], (role != _CHILD) | (rng.random(len(family)) < 0.5))
    born = _births(rng, home.head_age[family], role, on)
    twin = (role == _CHILD) & (np.roll(role, 1) == _CHILD) & (place > 0) & (rng.random(len(family)) < _TWINS)
    born[twin] = born[np.flatnonzero(twin) - 1]
    given, surname = _names(rng, female, role, family)
    _make_namesakes(rng, (given, surname, born), female, role)
    area = _areas(rng, home.kelurahan[family], twin)
    kecamatan = _kecamatan()[home.kelurahan]
    return City(
        nik=_niks(rng, area, born, female, part),
        kk=_family_numbers(rng, kecamatan, part)[family],
        name=_joined(given, surname, female),
        mother=_joined(*_mothers(rng, len(home.size), family), np.ones(len(family), bool)),
        female=female,
        born=born,
        role=role,
        family=family,
        kelurahan=home.kelurahan[family],
        rt=rng.integers(1, 31, len(home.size))[family],
        rw=rng.integers(1, 13, len(home.size))[family],
        registered=rng.random(len(family)) >= _UNREGISTERED,
    )


def _homes(rng: np.random.Generator, families: int) -> _Home:
    weights = rng.random(len(KELURAHAN)) + 0.3
    male = rng.random(families) < 0.85
    return _Home(
        size=1 + rng.choice(len(_FAMILY_SIZES), families, p=_share(_FAMILY_SIZES)),
        head_age=rng.integers(22, 73, families),
        wed=male & (rng.random(families) < 0.83),
        male_head=male,
        kelurahan=rng.choice(len(KELURAHAN), families, p=_share(weights)),
    )


def _share(weights: Sequence[float] | npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    array = np.asarray(weights, np.float64)
    shares: npt.NDArray[np.float64] = array / array.sum()
    return shares


def _roles(rng: np.random.Generator, home: _Home, family: Ints, place: Ints) -> Ints:
    role = np.where(place == 0, _HEAD, _CHILD)
    role = np.where((place == 1) & home.wed[family], _WIFE, role)
    last = place == home.size[family] - 1
    return np.where(last & (role == _CHILD) & (rng.random(len(family)) < 0.13), _PARENT, role)


def _births(rng: np.random.Generator, head_age: Ints, role: Ints, on: date) -> Days:
    """Birth dates that fit the ages of a family; one in eight on a date that is put for the unknown."""
    number = len(role)
    age = np.select(
        [role == _HEAD, role == _WIFE, role == _PARENT],
        [head_age, np.maximum(18, head_age - rng.integers(-3, 9, number)), head_age + rng.integers(18, 30, number)],
        np.maximum(0, head_age - rng.integers(19, 42, number)),
    )
    january = (on.year - np.minimum(age, 95) - 1970).astype("datetime64[Y]")
    length = ((january + 1).astype("datetime64[D]") - january.astype("datetime64[D]")).astype(np.int64)
    ordinary = january.astype("datetime64[D]") + (rng.random(number) * length).astype(np.int64)
    kind = rng.integers(0, 3, number)
    months = january.astype("datetime64[M]") + np.where(kind == 1, 6, 0)
    put = np.where(kind == 2, (january + 1).astype("datetime64[D]") - 1, months.astype("datetime64[D]"))
    born: Days = np.where((rng.random(number) < _DEFAULT_DATES) & (age > 3), put, ordinary)
    return np.where(born < np.datetime64(on), born, born - 366)


@cache
def _frequencies(count: int) -> npt.NDArray[np.float64]:
    """Shares that fall with the place: the first name is about five times as frequent as the last."""
    return np.cumsum(_share([1 / (25 + place) for place in range(count)]))


def _pick(rng: np.random.Generator, count: int, number: int) -> Ints:
    return np.minimum(np.searchsorted(_frequencies(count), rng.random(number)), count - 1)


@cache
def _family_names() -> tuple[pa.Array, npt.NDArray[np.float64]]:
    """All family names, and the sums of their shares."""
    names = [name for _group, _share_of, names in FAMILIES for name in names]
    shares = [percent / len(names) for _group, percent, names in FAMILIES for _name in names]
    return pa.array(names), np.cumsum(_share(shares))


def _surnames(rng: np.random.Generator, number: int) -> Ints:
    names, sums = _family_names()
    return np.minimum(np.searchsorted(sums, rng.random(number)), len(names) - 1)


def _given_names(rng: np.random.Generator, female: Flags) -> Ints:
    """One to three given names a person (places in MEN or WOMEN), -1 for none; shape (3, people)."""
    number = len(female)
    count = rng.choice(3, number, p=[0.44, 0.45, 0.11])
    picked = np.stack([np.where(female, _pick(rng, len(WOMEN), number), _pick(rng, len(MEN), number)) for _ in "123"])
    picked[1] = np.where((count < 1) | (picked[1] == picked[0]), -1, picked[1])
    taken = (picked[2] == picked[0]) | (picked[2] == picked[1]) | (picked[1] < 0)
    picked[2] = np.where((count < 2) | taken, -1, picked[2])
    return picked


def _names(rng: np.random.Generator, female: Flags, role: Ints, family: Ints) -> tuple[Ints, Ints]:
    """Given names of everybody and family names: the family's own for head and children."""
    own = _surnames(rng, len(family))
    shared = _surnames(rng, int(family[-1]) + 1)[family]
    return _given_names(rng, female), np.where(np.isin(role, [_HEAD, _CHILD]), shared, own)


def _make_namesakes(rng: np.random.Generator, names: tuple[Ints, Ints, Days], female: Flags, role: Ints) -> None:
    """Give some heads of families the whole name and the birth date of another (in place)."""
    given, surname, born = names
    for sex in (False, True):
        heads = np.flatnonzero((role == _HEAD) & (female == sex))
        pairs = min(len(heads) // 2, round(len(role) * _NAMESAKES / 2))
        chosen = rng.permutation(heads)[: pairs * 2].reshape(2, -1)
        given[:, chosen[1]] = given[:, chosen[0]]
        surname[chosen[1]], born[chosen[1]] = surname[chosen[0]], born[chosen[0]]


def _mothers(rng: np.random.Generator, families: int, family: Ints) -> tuple[Ints, Ints]:
    """Names of mothers, one a family for its children and the same for the others: nobody is matched on them."""
    return _given_names(rng, np.ones(families, bool))[:, family], _surnames(rng, families)[family]


def _joined(given: Ints, surname: Ints, female: Flags) -> pa.Array:
    """Whole names: given names and the family name, with spaces between."""
    both = pa.array([*MEN, *WOMEN])
    shift = np.where(female, len(MEN), 0)
    parts = [both.take(pa.array(np.where(place < 0, 0, place + shift), mask=place < 0)) for place in given]
    family = _family_names()[0].take(pa.array(surname))
    return pc.binary_join_element_wise(*parts, family, " ", null_handling="skip")


@cache
def _kecamatan() -> Ints:
    """The six digits of the kecamatan of each kelurahan, as numbers."""
    return np.array([int(area.digits[:6]) for area in KELURAHAN])


def _areas(rng: np.random.Generator, kelurahan: Ints, twin: Flags) -> Ints:
    """The area digits of the NIK: where it was first issued, not where the person lives; twins have the same."""
    number = len(kelurahan)
    elsewhere = np.array(_ELSEWHERE)[rng.integers(0, len(_ELSEWHERE), number)] * 100 + rng.integers(1, 21, number)
    area = np.where(rng.random(number) < _ISSUED_ELSEWHERE, elsewhere, _kecamatan()[kelurahan])
    area[twin] = area[np.flatnonzero(twin) - 1]
    return area


def _serials(rng: np.random.Generator, stem: Ints, part: int) -> Ints:
    """A serial for each number, unique among those with the same stem, from 1 or (older ones) somewhat above."""
    order = np.argsort(stem, kind="stable")
    ordered = stem[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    sizes = np.diff(np.r_[first, len(ordered)])
    begins = np.where(rng.random(len(first)) < _OLD_SERIALS, rng.integers(1, 36, len(first)), 0)
    serial = np.empty(len(stem), np.int64)
    serial[order] = np.arange(len(ordered)) - np.repeat(first - begins, sizes) + 1
    serial += part * _SERIALS_OF_A_PART
    return serial


def _niks(rng: np.random.Generator, area: Ints, born: Days, female: Flags, part: int) -> Ints:
    """NIKs: area, day (a woman's plus 40), month, year of two digits, serial."""
    month = born.astype("datetime64[M]")
    day = (born - month).astype(np.int64) + 1 + np.where(female, 40, 0)
    year = (born.astype("datetime64[Y]").astype(np.int64) + 1970) % 100
    stem = ((area * 100 + day) * 100 + month.astype(np.int64) % 12 + 1) * 100 + year
    niks: Ints = stem * 10_000 + _serials(rng, stem, part)
    return niks


def _family_numbers(rng: np.random.Generator, kecamatan: Ints, part: int) -> Ints:
    """Family numbers: kecamatan, the day it was made, a serial."""
    made = np.datetime64("2008-01-01") + rng.integers(0, 365 * 17, len(kecamatan))
    return _niks(rng, kecamatan, made, np.zeros(len(kecamatan), bool), part)

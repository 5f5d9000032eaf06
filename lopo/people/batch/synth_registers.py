"""What befalls the people of an invented city, and the registers that tell of it with the slips registers have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lopo.basics.area import KELURAHAN
from lopo.people.batch.synth_city import ROLES, City, Days, Flags, Ints
from lopo.people.batch.synth_dirt import NAME_SLIPS, Slip, letter_off, one_digit, other_spelling

OLDEST = 65
YOUNGEST = 17
_NEVER = np.datetime64("NaT", "D")
_OFFICES = ("Pemprov NTT", "Polda NTT", "TNI AD", "Pemkot Kupang", "Dinas Pendidikan", "Dinas Kesehatan")
_GOALS = ("Malaysia", "Kalimantan Timur", "Bali", "Surabaya", "Makassar", "Kab. Kupang", "Kab. TTS")
_DECILES = (0.155, 0.141, 0.111, 0.112, 0.106, 0.084, 0.086, 0.083, 0.061, 0.061)


@dataclass(frozen=True, slots=True)
class Fates:
    """What is true of each person of a city; days are NaT where nothing happened, `decile` 0 where none is known."""

    age: Ints
    died: Days
    moved: Days
    servant: Flags
    paid_since: Days
    own_since: Days
    decile: Ints


def invent_fates(city: City, seed: int, part: int, on: date) -> Fates:
    """Deaths, moves, employment and deciles; one event in ten lies after `on`."""
    rng = np.random.default_rng([seed, part, 2])
    number = len(city.nik)
    age = _age(city.born, on)
    working = (age >= 18) & (age <= 60)
    servant = working & (rng.random(number) < 0.055)
    paid = working & ~servant & (rng.random(number) < 0.075)
    own = working & ~servant & ~paid & (rng.random(number) < 0.04)
    by_family = 1 + rng.choice(len(_DECILES), int(city.family[-1]) + 1, p=np.array(_DECILES) / sum(_DECILES))
    return Fates(
        age=age,
        died=_days(rng, rng.random(number) < np.where(age >= 50, 0.022, 0.006), on),
        moved=_days(rng, rng.random(number) < 0.016, on),
        servant=servant,
        paid_since=_days(rng, paid, on),
        own_since=_days(rng, own, on),
        decile=np.where(rng.random(number) < 0.01, 0, by_family[city.family]),
    )


def _age(born: Days, on: date) -> Ints:
    """Whole years on the day `on`."""
    month, year = born.astype("datetime64[M]"), born.astype("datetime64[Y]")
    marks = (month.astype(np.int64) % 12 + 1) * 100 + (born - month).astype(np.int64) + 1
    years: Ints = on.year - (year.astype(np.int64) + 1970) - (marks > on.month * 100 + on.day)
    return years


def _days(rng: np.random.Generator, happened: Flags, on: date) -> Days:
    """Days of events in the three years before `on` and the four months after it."""
    days = np.datetime64(on) + rng.integers(-1000, 112, len(happened))
    return np.where(happened, days, _NEVER)


def registers(city: City, fates: Fates, seed: int, part: int, on: date) -> dict[str, pa.Table]:
    """The six registers as tables of text, by the file names that `lopo screen` reads (without suffix).

    A small part of the entries has an empty or wrong NIK or a name with a slip.
    """
    rng = np.random.default_rng([seed, part, 3])
    return {
        "dukcapil_keluarga": _population(city),
        "dukcapil_kematian": _deaths(city, fates, rng),
        "dukcapil_pindah": _moves(city, fates, rng),
        "asn_tni_polri": _servants(city, fates, rng, on),
        "bpjs_aktif": _members(city, fates, rng),
        "dtsen_desil": _ranks(city, fates, rng, on),
    }


def _population(city: City) -> pa.Table:
    who = np.flatnonzero(city.registered)
    return pa.table(
        {
            "no_kk": digits(city.kk[who]),
            "nik": digits(city.nik[who]),
            "nama": city.name.take(who),
            "jenis_kelamin": sexes(city.female[who]),
            "tgl_lahir": iso(city.born[who]),
            "hubungan": pa.array(ROLES).take(pa.array(city.role[who])),
            "nama_ibu": city.mother.take(who),
            "kode_kelurahan": pa.array([area.code for area in KELURAHAN]).take(pa.array(city.kelurahan[who])),
            "rt": digits(city.rt[who]),
            "rw": digits(city.rw[who]),
        }
    )


def digits(numbers: Ints) -> pa.Array:
    """Numbers as text."""
    return pc.cast(pa.array(numbers), pa.string())


def sexes(female: Flags) -> pa.Array:
    """L or P."""
    return pc.if_else(pa.array(female), "P", "L")


def iso(days: Days) -> pa.Array:
    """Days as yyyy-mm-dd, NULL for none."""
    return pc.cast(pa.array(days.astype("datetime64[D]"), pa.date32()), pa.string())


def _who(rng: np.random.Generator, flags: Flags) -> Ints:
    """The people of an event in an order that says nothing."""
    return rng.permutation(np.flatnonzero(flags))


def slipped(
    values: pa.Array, rng: np.random.Generator, kinds: Sequence[tuple[str, float, Slip]]
) -> tuple[pa.Array, list[str]]:
    """Values with the slips that chance picks, and the word of the kind for each ('' for most)."""
    ends = np.cumsum([share for _word, share, _slip in kinds])
    picked = np.searchsorted(ends, rng.random(len(values)))
    texts, words = values.to_pylist(), [""] * len(values)
    for at in np.flatnonzero(picked < len(kinds)).tolist():
        word, _share, slip = kinds[picked[at]]
        written = slip(texts[at], rng)
        if written != texts[at]:
            texts[at], words[at] = written, word
    return pa.array(texts, pa.string()), words


def _numbers(city: City, who: Ints, rng: np.random.Generator, empty: float, wrong: float) -> pa.Array:
    kinds: tuple[tuple[str, float, Slip], ...] = (("", empty, lambda _n, _: ""), ("", wrong, one_digit))
    return slipped(digits(city.nik[who]), rng, kinds)[0]


def _called(city: City, who: Ints, rng: np.random.Generator, share: float) -> pa.Array:
    """Names of which `share` have a slip, an initial or a word left out."""
    kinds = (("", share * 0.4, letter_off), ("", share * 0.3, other_spelling), ("", share * 0.3, NAME_SLIPS[1][2]))
    return slipped(city.name.take(who), rng, kinds)[0]


def _deaths(city: City, fates: Fates, rng: np.random.Generator) -> pa.Table:
    who = _who(rng, ~np.isnat(fates.died))
    acts = zip(fates.died[who].tolist(), rng.integers(1, 10_000, len(who)), strict=True)
    return pa.table(
        {
            "no_akta": [f"5371-KM-{day:%d%m%Y}-{act:04}" for day, act in acts],
            "nik": _numbers(city, who, rng, 0.03, 0.01),
            "nama": _called(city, who, rng, 0.2),
            "tgl_lahir": iso(city.born[who]),
            "tgl_meninggal": iso(fates.died[who]),
            "kelurahan": pa.array([area.name for area in KELURAHAN]).take(pa.array(city.kelurahan[who])),
        }
    )


def _moves(city: City, fates: Fates, rng: np.random.Generator) -> pa.Table:
    who = _who(rng, ~np.isnat(fates.moved))
    goals = pa.array(_GOALS).take(pa.array(rng.integers(0, len(_GOALS), len(who))))
    return pa.table(
        {
            "nik": _numbers(city, who, rng, 0.0, 0.005),
            "nama": _called(city, who, rng, 0.05),
            "tgl_pindah": iso(fates.moved[who]),
            "tujuan": goals,
        }
    )


def _servants(city: City, fates: Fates, rng: np.random.Generator, on: date) -> pa.Table:
    """Servants with the number of their office: birth date, month of employment, sex, serial."""
    who = _who(rng, fates.servant)
    hired = np.minimum(on.year - 1, on.year - fates.age[who] + rng.integers(20, 30, len(who)))
    month, last = rng.integers(1, 13, len(who)), rng.integers(1, 400, len(who))
    ends = zip(hired, month, city.female[who], last, strict=True)
    tails = [f"{year}{in_month:02}{2 if woman else 1}{serial:03}" for year, in_month, woman, serial in ends]
    return pa.table(
        {
            "nip": pc.binary_join_element_wise(pc.replace_substring(iso(city.born[who]), "-", ""), pa.array(tails), ""),
            "nik": _numbers(city, who, rng, 0.0, 0.008),
            "nama": _called(city, who, rng, 0.05),
            "instansi": pa.array(_OFFICES).take(pa.array(rng.integers(0, len(_OFFICES), len(who)))),
        }
    )


def _members(city: City, fates: Fates, rng: np.random.Generator) -> pa.Table:
    paid = ~np.isnat(fates.paid_since)
    who = _who(rng, paid | ~np.isnat(fates.own_since))
    return pa.table(
        {
            "kpj": digits(rng.integers(10**10, 10**11, len(who))),
            "nik": _numbers(city, who, rng, 0.0, 0.028),
            "nama": _called(city, who, rng, 0.1),
            "tgl_lahir": iso(city.born[who]),
            "segmen": pc.if_else(pa.array(paid[who]), "PU", "BPU"),
            "aktif_sejak": iso(np.where(paid, fates.paid_since, fates.own_since)[who]),
        }
    )


def _ranks(city: City, fates: Fates, rng: np.random.Generator, on: date) -> pa.Table:
    who = _who(rng, (fates.decile > 0) & (city.registered | (rng.random(len(city.nik)) < 0.7)))
    return pa.table(
        {
            "no_kk": digits(city.kk[who]),
            "nik": digits(city.nik[who]),
            "nama": city.name.take(who),
            "desil": digits(fates.decile[who]),
            "per_tanggal": pa.repeat(pa.scalar(f"{on.year}-{max(1, on.month - 1):02}-15"), len(who)),
        }
    )

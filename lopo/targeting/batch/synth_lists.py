"""Proposal lists of an invented city, as dirty as real ones, and beside them the truth that no list tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lopo.basics.area import KELURAHAN
from lopo.people.batch.synth_city import City, Flags, Ints
from lopo.people.batch.synth_dirt import BIRTH_SLIPS, NAME_SLIPS, NIK_SLIPS, one_digit
from lopo.people.batch.synth_registers import OLDEST, YOUNGEST, Fates, digits, slipped
from lopo.targeting.batch.synth_layouts import LAYOUTS, Rows, laid_out

TRUTH_COLUMNS = ("file", "sheet", "line", "nik_true", "should_be", "why", "dirt")
"""Columns of the truth: `nik_true` the person meant, `should_be` the verdict of that person (who counts once)."""

_WITHIN, _OVER = 0.05, 0.04  # rows that repeat a person of the same list, and of another
_OTHER_LISTS = ("gereja/jemaat_satu", "gereja/jemaat_dua", "masjid/jemaah", "dprd/aspirasi")
_ON_OTHER_LISTS = 0.08
_RELATIVE, _STRANGER = 0.001, 0.0003  # rows with the NIK of somebody of the family, of somebody else
_WRONG_SEX, _WRONG_KK = 0.006, 0.005
_HIGHEST_DECILE = 4
_MINORS = 0.02  # how often a minor is proposed beside 6 for a person with a right


@dataclass(frozen=True, slots=True)
class Proposed:
    """The lists by path (without suffix) as tables whose columns are headers, and the truth (TRUTH_COLUMNS)."""

    lists: dict[str, pa.Table]
    truth: pa.Table


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many rows, how dirty (1 is as the demo lists are), by which seed."""

    rows: int
    dirt: float
    seed: int
    part: int


def propose(city: City, fates: Fates, wanted: Wanted, on: date) -> Proposed:
    """Lists of `wanted.rows` rows with people of the city, mostly such as have a right."""
    rng = np.random.default_rng([wanted.seed, wanted.part, 4])
    should, why = judged(city, fates, on)
    who, file = _chosen(rng, (should, why), city, wanted.rows)
    order = np.lexsort((rng.random(len(who)), file))
    who, file = who[order], file[order]
    rows, dirt = _written(rng, city, who, wanted.dirt)
    paths = _paths(wanted.part)
    starts = np.searchsorted(file, np.arange(len(paths) + 1))
    lists, names, lines = {}, [""] * len(who), np.empty(len(who), np.int64)
    for at, (path, layout) in enumerate(paths):
        first, last = int(starts[at]), int(starts[at + 1])
        if first == last:
            continue
        lists[path] = laid_out(rows.slice(first, last), layout)
        names[first:last] = [f"{path}.csv"] * (last - first)
        lines[first:last] = np.arange(last - first) + 2
    truth = [names, [""] * len(who), lines, digits(city.nik[who]), should.take(who), why.take(who), dirt]
    return Proposed(lists, pa.table(dict(zip(TRUTH_COLUMNS, truth, strict=True))))


def judged(city: City, fates: Fates, on: date) -> tuple[pa.Array, pa.Array]:
    """The verdict that each person of the city deserves, and the first reason for it ('' for none)."""
    day = np.datetime64(on)
    reasons = (
        ("tidak_ditemukan", ~city.registered),
        ("meninggal", fates.died <= day),
        ("pindah", fates.moved <= day),
        ("asn_tni_polri", fates.servant),
        ("sudah_aktif_pu", fates.paid_since <= day),
        ("sudah_aktif_bpu", fates.own_since <= day),
        ("di_bawah_umur", fates.age < YOUNGEST),
        ("di_atas_umur", fates.age >= OLDEST),
        ("di_luar_desil", fates.decile > _HIGHEST_DECILE),
        ("desil_tidak_diketahui", fates.decile == 0),
    )
    why = np.select([flag for _word, flag in reasons], [word for word, _flag in reasons], "")
    looked_at = np.isin(why, ["tidak_ditemukan", "desil_tidak_diketahui"])
    should = np.select([why == "", looked_at], ["diterima", "perlu_cek"], "ditolak")
    return pa.array(should), pa.array(why)


def _paths(part: int) -> list[tuple[str, int]]:
    """Path and layout of each list: one of every kelurahan, and a few of churches and the council."""
    folder = f"bagian_{part:03}/" if part else ""
    own = [
        (f"{folder}kelurahan/{area.code}_{re.sub('[^a-z]+', '_', area.name.lower())}", at % 2)
        for at, area in enumerate(KELURAHAN)
    ]
    return own + [(f"{folder}{name}", 0 if "dprd" in name else 2) for name in _OTHER_LISTS]


def _chosen(rng: np.random.Generator, deserved: tuple[pa.Array, pa.Array], city: City, rows: int) -> tuple[Ints, Ints]:
    """Who stands on each row, and on which list; a part of them a second time."""
    should, why = deserved
    repeats = round(rows * (_WITHIN + _OVER))
    weight = np.where(np.asarray(should) == "diterima", 6.0, np.where(city.registered, 1.0, 2.0))
    weight = np.where(np.asarray(why) == "di_bawah_umur", _MINORS, weight)
    first = np.argsort(rng.random(len(weight)) ** (1 / weight))[::-1][: rows - repeats]
    elsewhere = rng.random(len(first)) < _ON_OTHER_LISTS
    others = len(KELURAHAN) + rng.integers(0, len(_OTHER_LISTS), len(first))
    file = np.where(elsewhere, others, city.kelurahan[first])
    again = rng.integers(0, len(first), repeats)
    moved = rng.integers(0, len(KELURAHAN) + len(_OTHER_LISTS), repeats)
    within = rng.random(repeats) < _WITHIN / (_WITHIN + _OVER)
    return np.r_[first, first[again]], np.r_[file, np.where(within, file[again], moved)]


def _written(rng: np.random.Generator, city: City, who: Ints, dirt: float) -> tuple[Rows, list[str]]:
    """The rows as somebody wrote them, and the kinds of dirt in each."""
    nik, nik_words = slipped(digits(city.nik[who]), rng, [(w, s * dirt, f) for w, s, f in NIK_SLIPS])
    name, name_words = slipped(city.name.take(who), rng, [(w, s * dirt, f) for w, s, f in NAME_SLIPS])
    kk, _words = slipped(digits(city.kk[who]), rng, [("", _WRONG_KK * dirt, one_digit)])
    born, born_words = _births(rng, city, who, dirt)
    lent, lent_words = _lent(rng, city, who, dirt)
    nik = pc.if_else(pa.array(lent >= 0), digits(lent), nik)
    nik_words = [borrowed or own for borrowed, own in zip(lent_words, nik_words, strict=True)]
    wrong_sex: Flags = rng.random(len(who)) < _WRONG_SEX * dirt
    rows = Rows(
        nik=nik, name=name, kk=kk, female=city.female[who] ^ wrong_sex, born=born,
        kelurahan=city.kelurahan[who], rt=city.rt[who], rw=city.rw[who], chance=rng.integers(0, 2**40, len(who)),
    )  # fmt: skip
    words = zip(nik_words, name_words, born_words, strict=True)
    return rows, [" ".join(word for word in three if word) for three in words]


def _births(rng: np.random.Generator, city: City, who: Ints, dirt: float) -> tuple[pa.Array, list[str]]:
    days = city.born[who].astype("datetime64[D]").tolist()
    words = [""] * len(days)
    ends = np.cumsum([share * dirt for _word, share, _slip in BIRTH_SLIPS])
    picked = np.searchsorted(ends, rng.random(len(days)))
    for at in np.flatnonzero(picked < len(BIRTH_SLIPS)).tolist():
        word, _share, slip = BIRTH_SLIPS[picked[at]]
        written = slip(days[at], rng)
        if written != days[at]:
            days[at], words[at] = written, word
    return pa.array(days, pa.date32()), words


def _lent(rng: np.random.Generator, city: City, who: Ints, dirt: float) -> tuple[Ints, list[str]]:
    """NIKs of another person that a few rows carry, -1 for the others."""
    chance = rng.random(len(who))
    before = np.maximum(who - 1, 0)
    relative = (chance < _RELATIVE * dirt) & (city.family[before] == city.family[who]) & (before != who)
    stranger = (chance > 1 - _STRANGER * dirt) & (len(city.nik) > 1)
    other = rng.integers(0, len(city.nik), len(who))
    lent: Ints = np.select([relative, stranger], [city.nik[before], city.nik[other]], -1)
    words = np.select([relative, stranger], ["nik_keluarga", "nik_orang_lain"], "")
    return lent, [str(word) for word in words]


__all__ = ["LAYOUTS", "TRUTH_COLUMNS", "Proposed", "Wanted", "judged", "propose"]

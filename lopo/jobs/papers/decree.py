"""The decree (SK) with its annex of names, as PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from lopo.basics.calendar import Month, date_long
from lopo.basics.money import Rupiah, terbilang
from lopo.jobs.papers.considerations import Terms, considering, deciding, heeding, recalling
from lopo.jobs.papers.setting import Office, masked_nik, set_pdf
from lopo.targeting.ranking import words_of


@dataclass(frozen=True, slots=True)
class AnnexName:
    """One name of the annex, by name and by address. `waiting_place` is None for the chosen.

    area_code is the kelurahan (`53.71.04.1009`); address is what stands below it (`RT 003/RW 001`); sex is L or P.
    """

    name: str
    nik: str
    sex: str
    area_code: str
    kecamatan: str
    kelurahan: str
    address: str
    occupation: str
    waiting_place: int | None = None

    @property
    def kecamatan_code(self) -> str:
        """The code of the kecamatan in which the kelurahan lies."""
        return self.area_code[:8]


@dataclass(frozen=True, slots=True)
class DecreePaper:
    """All that the decree says. `local_basis` are the rules of the region itself, added to those of the State.

    monthly is the contribution of one person; signer is the name under the signature ('' leaves a line); draft prints
    KONSEP across each page.
    """

    office: Office
    number: str
    title: str
    dated: date
    programme: str
    first_month: Month
    last_month: Month
    monthly: Rupiah
    budget: str
    local_basis: tuple[str, ...]
    signer: str
    draft: bool
    chosen: tuple[AnnexName, ...]
    waiting: tuple[AnnexName, ...]
    ranking: tuple[str, ...] = ()

    def terms(self) -> Terms:
        """What the operative part needs to know."""
        return Terms(
            self.office.authority, self.title, self.dated, self.first_month, self.last_month, self.monthly, self.budget,
            self.local_basis, len(self.chosen),
        )  # fmt: skip


def annex_order(names: Iterable[AnnexName]) -> tuple[AnnexName, ...]:
    """The chosen by kecamatan, kelurahan and name."""
    return tuple(sorted(names, key=lambda n: (n.area_code, n.name, n.nik)))


def waiting_order(names: Iterable[AnnexName]) -> tuple[AnnexName, ...]:
    """The waiting by kecamatan and place; a name without a place stands last."""
    return tuple(sorted(names, key=lambda n: (n.kecamatan_code, n.waiting_place or 10**9, n.name, n.nik)))


def decree_pdf(paper: DecreePaper) -> bytes:
    """The decree as PDF on A4: considerations, decision, place for the signature, annex I (names) and II (waiting).

    NIKs are masked and deciles are not in it. 2,525 names and 4,000 waiting take about two seconds.
    """
    return set_pdf("decree", decree_data(paper), on=paper.dated)


def decree_data(paper: DecreePaper) -> dict[str, Any]:
    """The decree as its template reads it: texts and rows, sorted, numbered and masked."""
    terms = paper.terms()
    return {
        "office": paper.office.data(),
        "number": paper.number,
        "title": paper.title,
        "full_title": f"Keputusan {paper.office.authority} Nomor {paper.number}",
        "dated_long": date_long(paper.dated),
        "signer": paper.signer,
        "draft": paper.draft,
        "considering": considering(terms),
        "recalling": recalling(terms),
        "heeding": heeding(terms),
        "deciding": deciding(terms),
        "chosen_text": people_text(len(paper.chosen)),
        "waiting_text": people_text(len(paper.waiting)),
        "ranking": words_of(paper.ranking),
        **_summary(paper),
        "chosen": _chosen_rows(annex_order(paper.chosen)),
        "waiting": _waiting_rows(waiting_order(paper.waiting)),
    }


def people_text(count: int) -> str:
    """`2.525 (dua ribu lima ratus dua puluh lima) orang`."""
    return f"{_figures(count)} ({terbilang(count)}) orang"


def _figures(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def summary(paper: DecreePaper) -> tuple[tuple[str, int, int], ...]:
    """For each kecamatan in the order of its code: name, how many are chosen, how many wait."""
    names = {name.kecamatan_code: name.kecamatan for name in (*paper.chosen, *paper.waiting)}
    chosen = Counter(name.kecamatan_code for name in paper.chosen)
    waiting = Counter(name.kecamatan_code for name in paper.waiting)
    return tuple((names[code], chosen[code], waiting[code]) for code in sorted(names))


def _summary(paper: DecreePaper) -> dict[str, Any]:
    return {
        "summary": [[name, _figures(chosen), _figures(waiting)] for name, chosen, waiting in summary(paper)],
        "summary_total": ["Jumlah", _figures(len(paper.chosen)), _figures(len(paper.waiting))],
    }


Row = list[Any]
"""A heading `[level, text]`, or a name `[number, name, nik, sex, address, occupation]`."""


def _chosen_rows(names: Sequence[AnnexName]) -> list[Row]:
    rows: list[Row] = []
    number = 0
    for _, kecamatan in groupby(names, key=lambda n: n.kecamatan_code):
        within = tuple(kecamatan)
        rows.append([1, f"Kecamatan {within[0].kecamatan} · {_figures(len(within))} orang"])
        for _, kelurahan in groupby(within, key=lambda n: n.area_code):
            here = tuple(kelurahan)
            rows.append([2, f"Kelurahan {here[0].kelurahan} · {_figures(len(here))} orang"])
            for name in here:
                number += 1
                rows.append(_name_row(_figures(number), name, name.address))
    return rows


def _waiting_rows(names: Sequence[AnnexName]) -> list[Row]:
    rows: list[Row] = []
    for _, kecamatan in groupby(names, key=lambda n: n.kecamatan_code):
        within = tuple(kecamatan)
        rows.append([1, f"Kecamatan {within[0].kecamatan} · {_figures(len(within))} orang"])
        rows.extend(
            _name_row(str(name.waiting_place or ""), name, f"{name.kelurahan}, {name.address}") for name in within
        )
    return rows


def _name_row(number: str, name: AnnexName, address: str) -> Row:
    return [number, name.name, masked_nik(name.nik), name.sex, address.strip(", "), name.occupation]

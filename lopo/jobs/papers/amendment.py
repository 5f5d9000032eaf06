"""The amendment of a decree as PDF and xlsx: only what changes, then the whole list as it is after it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import xlsxwriter

from lopo.basics.calendar import Month, date_long, date_text
from lopo.basics.money import rupiah
from lopo.basics.tables import AS_TEXT, Cell, Column, Kind, Styles
from lopo.jobs.papers.considerations import Terms, recalling
from lopo.jobs.papers.decree import AnnexName, annex_order, people_text
from lopo.jobs.papers.decree_sheet import SheetHead, annex_sheet, filter_rows
from lopo.jobs.papers.setting import Office, masked_nik, set_pdf

REASONS = {
    "meninggal": "meninggal dunia",
    "pindah": "pindah dari wilayah program",
    "pekerja_pu": "bekerja sebagai penerima upah",
    "ditolak_bpjs": "tidak dapat didaftarkan BPJS",
    "diminta": "mengundurkan diri",
}
_CHANGES = (
    Column("No.", Kind.NUMBER, 7), Column("Yang keluar", width=32), Column("NIK", width=20),
    Column("Kelurahan", width=20), Column("Sebab", width=30), Column("Sejak", width=14),
    Column("Pengganti", width=32), Column("NIK pengganti", width=20), Column("Kelurahan pengganti", width=20),
)  # fmt: skip
_WHOLE = (
    Column("No.", Kind.NUMBER, 7), Column("Nama", width=34), Column("NIK", width=20), Column("L/P", width=5),
    Column("Kelurahan", width=20), Column("Kecamatan", width=16), Column("Alamat", width=20),
    Column("Pekerjaan", width=26),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One who leaves with the reason, and who takes the place ('' where it stays empty)."""

    name: str
    nik: str
    kelurahan: str
    reason: str
    gone_on: date
    entrant: str
    entrant_nik: str
    entrant_kelurahan: str


@dataclass(frozen=True, slots=True)
class AmendmentPaper:
    """All that the amendment says. `of_number`, `of_dated`, `of_title` are those of the decree that it changes."""

    office: Office
    number: str
    title: str
    dated: date
    of_number: str
    of_dated: date
    of_title: str
    from_month: Month
    annex_hash: str
    local_basis: tuple[str, ...]
    draft: bool
    changes: tuple[Change, ...]
    whole: tuple[AnnexName, ...]

    @property
    def entering(self) -> int:
        """How many take a place."""
        return sum(1 for one in self.changes if one.entrant)


def amendment_pdf(paper: AmendmentPaper) -> bytes:
    """The amendment as PDF on A4, with the place for a certified electronic signature. NIKs are masked."""
    return set_pdf("amendment", amendment_data(paper), on=paper.dated)


def amendment_data(paper: AmendmentPaper) -> dict[str, Any]:
    """The amendment as its template reads it."""
    whole = annex_order(paper.whole)
    return {
        "office": paper.office.data(),
        "number": paper.number,
        "title": paper.title,
        "full_title": f"Keputusan {paper.office.authority} Nomor {paper.number}",
        "dated_long": date_long(paper.dated),
        "signer": "",
        "draft": paper.draft,
        "considering": _considering(paper),
        "recalling": _recalling(paper),
        "deciding": _deciding(paper),
        "annex_hash": paper.annex_hash,
        "changes_text": f"{people_text(len(paper.changes))} keluar, {people_text(paper.entering)} masuk",
        "whole_text": f"{people_text(len(whole))}, menurut kecamatan, kelurahan, dan nama",
        "changes": [_change_row(at, one) for at, one in enumerate(paper.changes, start=1)],
        "whole": [
            [f"{at:,}".replace(",", "."), one.name, masked_nik(one.nik), one.kelurahan, one.kecamatan]
            for at, one in enumerate(whole, start=1)
        ],
    }


def _change_row(at: int, one: Change) -> list[str]:
    why = f"{REASONS.get(one.reason, one.reason)}, {date_text(one.gone_on)}"
    entrant = [one.entrant, masked_nik(one.entrant_nik)] if one.entrant else ["tempat tetap kosong", "–"]
    return [str(at), one.name, masked_nik(one.nik), why, *entrant]


def _considering(paper: AmendmentPaper) -> list[str]:
    return [
        f"bahwa {people_text(len(paper.changes))} yang ditetapkan dengan Keputusan {paper.office.authority} Nomor "
        f"{paper.of_number} meninggal dunia, pindah, bekerja sebagai penerima upah, tidak dapat didaftarkan, atau "
        "mengundurkan diri, sehingga perlu diganti dari daftar tunggu menurut urutan yang sudah ditetapkan;",
        f"bahwa berdasarkan pertimbangan pada huruf a, perlu menetapkan Keputusan {paper.office.authority} tentang "
        f"{paper.title};",
    ]


def _recalling(paper: AmendmentPaper) -> list[str]:
    terms = Terms(
        paper.office.authority, paper.title, paper.dated, paper.from_month, paper.from_month, rupiah(0), "",
        paper.local_basis, len(paper.whole),
    )  # fmt: skip
    changed = f"Keputusan {paper.office.authority} Nomor {paper.of_number}, {date_long(paper.of_dated)}, tentang"
    return [*recalling(terms), f"{changed} {paper.of_title};"]


def _deciding(paper: AmendmentPaper) -> list[list[str]]:
    first = paper.from_month.text()
    return [
        ["Kesatu", f"Mengubah lampiran Keputusan {paper.office.authority} Nomor {paper.of_number} dengan mengeluarkan "
         f"{people_text(len(paper.changes))} dan memasukkan {people_text(paper.entering)} sebagaimana Lampiran I."],
        ["Kedua", f"Iuran yang keluar tidak dibayar lagi mulai bulan {first}; bulan yang sudah dibayar tetap berlaku."],
        ["Ketiga", "Pengganti didaftarkan kepada BPJS Ketenagakerjaan; perlindungannya mulai saat nomor peserta terbit "
         "setelah iuran pertama dibayar (PP 44/2015 Pasal 11)."],
        ["Keempat", "Daftar nama sesudah perubahan adalah sebagaimana Lampiran II, yang tidak terpisahkan dari "
         "Keputusan ini."],
        ["Kelima", "Keputusan ini mulai berlaku pada tanggal ditetapkan."],
    ]  # fmt: skip


def amendment_xlsx(paper: AmendmentPaper) -> bytes:
    """The two annexes as xlsx; NIKs are masked."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, AS_TEXT) as book:
        book.set_properties({"title": paper.title, "created": datetime.combine(paper.dated, time(), UTC)})
        changes = [
            (at, one.name, masked_nik(one.nik), one.kelurahan, REASONS.get(one.reason, one.reason),
             date_text(one.gone_on), one.entrant, masked_nik(one.entrant_nik), one.entrant_kelurahan)
            for at, one in enumerate(paper.changes, start=1)
        ]  # fmt: skip
        whole = [
            (at, one.name, masked_nik(one.nik), one.sex, one.kelurahan, one.kecamatan, one.address, one.occupation)
            for at, one in enumerate(annex_order(paper.whole), start=1)
        ]
        _sheet(book, paper, "Perubahan", _CHANGES, changes)
        _sheet(book, paper, "Daftar sesudahnya", _WHOLE, whole)
    return file.getvalue()


def _sheet(
    book: xlsxwriter.Workbook,
    paper: AmendmentPaper,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
) -> None:
    title = f"{'KONSEP - ' if paper.draft else ''}{paper.title} · sidik {paper.annex_hash}"
    head = SheetHead(name, name, f"Keputusan {paper.office.authority} Nomor {paper.number}", paper.dated, title)
    filter_rows(annex_sheet(book, Styles(book), head, columns, rows), columns, len(rows))

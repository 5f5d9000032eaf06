"""The letter to a family: what happened, what is theirs and why, what is still needed, and where to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from lopo.basics.calendar import date_long
from lopo.basics.money import Rupiah, add, rupiah_text, terbilang
from lopo.jobs.papers.card_code import qr_path
from lopo.jobs.papers.setting import Office, set_pdf

Outcome = Literal["diperiksa", "dikabulkan", "ditolak", "dikoreksi"]
"""Being looked into, granted, refused, granted too much before."""


@dataclass(frozen=True, slots=True)
class Benefit:
    """One component: what it is, the amount in rupiah, and the article that gives it."""

    label: str
    amount: Rupiah
    article: str


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason in words, with its article ('' where it is a fact)."""

    sentence: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class NeededPaper:
    """One paper that the case needs, and whether it is there."""

    label: str
    have: bool


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """All that the letter says.

    to_name: with its form of address (`Keluarga Yohanis Taek`); whose: whose right it is, `keluarga` or `Anda`;
    happened: plain sentences, one paragraph each; go_to: where to go and what to bring, one line each; by: until when
    (None where the law names no day); disagree: what to do when the family does not agree; signer_title signs;
    see: how the family looks at the case itself; see_at: the address that its QR opens ('' = no QR).
    """

    office: Office
    number: str
    dated: date
    to_name: str
    to_address: str
    whose: str
    about: str
    case_code: str
    outcome: Outcome
    happened: tuple[str, ...]
    benefits: tuple[Benefit, ...]
    grounds: tuple[Ground, ...]
    papers: tuple[NeededPaper, ...]
    go_to: tuple[str, ...]
    by: date | None
    disagree: str
    signer_title: str
    signer: str
    see: str = ""
    see_at: str = ""


_HEADINGS: dict[Outcome, tuple[str, str]] = {
    "diperiksa": ("Yang dapat menjadi hak {whose}", "Jumlah ini perkiraan dan menunggu berkas serta keputusan."),
    "dikabulkan": ("Yang menjadi hak {whose}", "Jumlah ini sudah diputuskan."),
    "ditolak": ("Keputusan", "Menurut aturan yang berlaku, manfaat tidak dapat dibayarkan."),
    "dikoreksi": ("Yang dikoreksi", "Sebanyak ini keputusan terdahulu memberi lebih dari hak menurut hukum."),
}


def letter_pdf(paper: LetterPaper) -> bytes:
    """The letter as PDF on one or two A4 pages, with its structure for screen readers."""
    heading, remark = _HEADINGS[paper.outcome]
    if paper.outcome == "diperiksa" and not paper.benefits:
        remark = "Jumlahnya dihitung setelah berkas lengkap, dan diberitahukan dengan surat."
    data = {
        "office": paper.office.data(),
        "number": paper.number,
        "dated": f"{paper.office.place}, {date_long(paper.dated)}",
        "to_name": paper.to_name,
        "to_address": paper.to_address,
        "about": paper.about,
        "case_code": paper.case_code,
        "happened": list(paper.happened),
        "heading": heading.format(whose=paper.whose),
        "remark": remark,
        "refused": paper.outcome == "ditolak",
        **benefits_data(paper.benefits),
        "grounds": grounds_data(paper.grounds),
        "papers": [[needed.label, needed.have] for needed in paper.papers],
        "missing": sum(not needed.have for needed in paper.papers),
        "go_to": list(paper.go_to),
        "by": date_long(paper.by) if paper.by else "",
        "disagree": paper.disagree,
        "signer_title": paper.signer_title,
        "signer": paper.signer,
        "see": paper.see,
        "qr": dict(zip(("size", "path"), qr_path(paper.see_at), strict=True)) if paper.see_at else None,
    }
    return set_pdf("letter", data, on=paper.dated, tagged=True)


def benefits_data(benefits: Sequence[Benefit]) -> dict[str, Any]:
    """The components and their sum in figures and words, as the templates read them."""
    total = add(benefit.amount for benefit in benefits)
    return {
        "benefits": [[benefit.label, benefit.article, rupiah_text(benefit.amount)] for benefit in benefits],
        "total": rupiah_text(total),
        "total_words": f"{terbilang(total)} rupiah",
    }


def grounds_data(grounds: Sequence[Ground]) -> list[list[str]]:
    """The reasons as the templates read them."""
    return [[ground.sentence, ground.article] for ground in grounds]

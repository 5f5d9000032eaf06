"""What a letter to a family says in each situation: a case is open, it is granted, or it is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lopo.basics.calendar import date_long
from lopo.basics.money import Rupiah, add, rupiah_text
from lopo.claims.queries import ComponentRow, ReasonRow, StepRow
from lopo.jobs.papers.letters import Benefit, Ground, LetterPaper, NeededPaper, Outcome
from lopo.jobs.papers.setting import Office
from lopo.law.decision import FACT, RULE

FAMILY_PAGE: Final = "/kasus-keluarga"
YES: Final = "ya"
"""A yes as the law room writes it in a step."""


@dataclass(frozen=True, slots=True)
class ShareTold:
    """The part of one heir: its place (0 = the only one), the sum of all, and to whom it goes for this heir.

    That is the guardian of a minor, or who receives by a written power (`through`); '' = the heir alone.
    """

    place: int
    of_all: Rupiah
    guardian: str
    through: str


@dataclass(frozen=True, slots=True)
class CaseTold:
    """One case as a letter needs it. Money in whole rupiah.

    to_name is who receives ('' = not known yet, the letter goes to the family); own are the amounts for the family or
    the worker, hospital those that go to hospitals; number tells several decisions of a case apart (0 = none yet);
    site is the public address of Lopo ('' = it has none); account the last digits of where it is paid ('' = not known);
    earlier what decisions gave before this one; share what the letter says of one heir among several.
    """

    code: str
    kind: str
    member: str
    kpj: str
    kelurahan: str
    address: str
    to_name: str
    event_on: date
    died_on: date | None
    outcome: Outcome
    number: int
    own: tuple[Benefit, ...]
    hospital: tuple[Benefit, ...]
    grounds: tuple[Ground, ...]
    papers: tuple[NeededPaper, ...]
    site: str = ""
    account: str = ""
    earlier: Rupiah | None = None
    share: ShareTold | None = None


def letter_of(told: CaseTold, *, office: Office, dated: date) -> LetterPaper:
    """The letter on the case as it stands: whom it is for, what happened, the right, the reasons, what is needed."""
    return LetterPaper(
        office=office,
        number=_number(told),
        dated=dated,
        to_name=_to_name(told),
        to_address=told.address,
        whose=told.to_name if told.share else "keluarga" if told.died_on else "Anda",
        about=_about(told),
        case_code=told.code,
        outcome=told.outcome,
        happened=(*_happened(told), *_next(told)),
        benefits=told.own,
        grounds=(*told.grounds, *_to_hospitals(told.hospital)),
        papers=told.papers if told.outcome == "diperiksa" else (),
        go_to=_go_to(told),
        by=None,
        disagree=_disagree(told),
        signer_title=f"Kepala {office.unit}",
        signer="",
        see=see_of(told.site, told.code, told.member),
        see_at=see_at(told.site),
    )


def _number(told: CaseTold) -> str:
    place = f".{told.share.place}" if told.share and told.share.place else ""
    return f"{told.code}/{told.number}{place}" if told.number else told.code


def _to_name(told: CaseTold) -> str:
    if told.share and told.share.guardian:
        return f"Bapak/Ibu {told.share.guardian}, wali {told.to_name}"
    if told.to_name or not told.died_on:
        return f"Bapak/Ibu {told.to_name or told.member}"
    return f"Keluarga {told.member}"


def _about(told: CaseTold) -> str:
    what = "Santunan kematian" if told.died_on else "Jaminan kecelakaan kerja"
    return f"{what} atas nama {told.member}"


def _happened(told: CaseTold) -> tuple[str, ...]:
    member = f"{told.member} adalah peserta jaminan sosial ketenagakerjaan dengan nomor peserta {told.kpj}."
    if told.died_on:
        cause = f", akibat kecelakaan kerja pada {date_long(told.event_on)}" if told.kind == "JKK" else ""
        return (
            f"Kami turut berduka cita atas meninggalnya {told.member} pada {date_long(told.died_on)}{cause}.",
            member,
        )
    return (f"Kami mencatat kecelakaan yang dialami {told.member} pada {date_long(told.event_on)}.", member)


def _next(told: CaseTold) -> tuple[str, ...]:
    if told.outcome == "dikabulkan":
        ending = f" yang berakhir dengan {told.account}" if told.account else ""
        return (f"Permohonan sudah diperiksa dan dikabulkan. Uangnya dikirim ke rekening penerima{ending}.",
                *_shared(told), *_before(told))  # fmt: skip
    if told.outcome == "ditolak":
        return ("Permohonan sudah diperiksa. Menurut aturan, permohonan ini tidak dapat dikabulkan.",)
    if told.died_on:
        return (
            "Iuran peserta dibayar oleh pemerintah daerah. Karena itu keluarga dapat menerima santunan. Keluarga tidak"
            " perlu menunggu dipanggil.",
        )
    return (
        "Berobatlah sampai sembuh di rumah sakit atau puskesmas. Biayanya ditanggung bila ini kecelakaan kerja, tanpa"
        " batas jumlah, di ruang rawat kelas I.",
    )


def _shared(told: CaseTold) -> tuple[str, ...]:
    """What one heir among several is told of the others and of the guardian."""
    if told.share is None:
        return ()
    divided = (
        f"Para ahli waris berbagi {rupiah_text(told.share.of_all)} menurut surat pembagian. Surat ini hanya tentang"
        f" bagian {told.to_name}; setiap ahli waris lain menerima suratnya sendiri."
    )
    guarded = f"Uangnya dikirim kepada {told.share.guardian} sebagai wali, untuk keperluan {told.to_name}."
    through = f"Menurut surat kuasa, uangnya dikirim kepada {told.share.through}."
    said = ((divided, told.share.place), (guarded, told.share.guardian), (through, told.share.through))
    return tuple(sentence for sentence, applies in said if applies)


def _before(told: CaseTold) -> tuple[str, ...]:
    if not told.earlier:
        return ()
    return (f"Sebelumnya sudah diputuskan {rupiah_text(told.earlier)}. Jumlah di bawah ini adalah tambahannya.",)


def _to_hospitals(benefits: Sequence[Benefit]) -> tuple[Ground, ...]:
    """What goes past the family, one sentence for all invoices of one kind."""
    articles = {benefit.label: benefit.article for benefit in benefits}
    sums = {label: add(one.amount for one in benefits if one.label == label) for label in articles}
    return tuple(
        Ground(f"{label} {rupiah_text(sums[label])} dibayar langsung ke rumah sakit.", article)
        for label, article in articles.items()
    )


def _go_to(told: CaseTold) -> tuple[str, ...]:
    if told.outcome == "ditolak":
        return ()
    office = f"Kantor Kelurahan {told.kelurahan}" if told.kelurahan else "kantor kelurahan"
    if told.outcome == "dikabulkan":
        asked = f"Pertanyaan tentang pembayaran: datanglah ke {office} dan bawa surat ini."
        missing = "Nomor rekening penerima belum kami catat. Bawalah buku rekeningnya supaya uang dapat dikirim."
        return (asked,) if told.account or not told.own else (asked, missing)
    return (
        f"Datanglah ke {office} pada hari kerja. Bawa surat ini dan surat yang belum ada di atas.",
        "Bila tidak dapat datang, mintalah petugas kelurahan berkunjung ke rumah.",
    )


def see_at(site: str) -> str:
    """The address that the QR of a letter opens, '' where Lopo has no public address."""
    return f"{site}{FAMILY_PAGE}" if site else ""


def see_of(site: str, code: str, member: str) -> str:
    """How the family looks at the case by itself: where, and the two things to know. Nothing else is needed."""
    where = f"Buka {site}{FAMILY_PAGE} dengan HP" if site else f"Buka halaman {FAMILY_PAGE} pada situs Lopo"
    return (
        f"{where}, lalu isi kode {code} dan tanggal lahir {member}. Di sana tampak sampai di mana perkara ini"
        " dan surat apa yang masih kurang. Tidak perlu akun, dan tidak dipungut biaya. Jangan berikan kode ini kepada"
        " orang lain."
    )


def _disagree(told: CaseTold) -> str:
    return "" if told.outcome == "diperiksa" else disagree_of(told.kind)


def disagree_of(kind: str) -> str:
    """What can be done about a decision that is not agreed to."""
    if kind == "JKK":
        return (
            "Tanyakan alasannya kepada kami. Perbedaan pendapat tentang jumlah, persen cacat, atau apakah ini"
            " kecelakaan kerja dapat diajukan kepada pengawas ketenagakerjaan (PP 44/2015 Pasal 45)."
        )
    return "Tanyakan alasannya kepada kami, dan minta agar perkara ini diperiksa lagi bila ada keterangan baru."


def reckoned_of(parts: Sequence[ComponentRow], steps: Sequence[StepRow]) -> tuple[Ground, ...]:
    """Of each amount for the family, what it was reckoned from: the numbers and days that its rule took.

    An amount that the law names as it stands (the funeral cost) is reckoned from nothing and is left out. The share of
    an heir is told by the step of the whole.
    """
    by_name = {step.name: step for step in steps}
    found: list[Ground] = []
    for part in parts:
        step = by_name.get(part.code.partition(":")[0])
        if step is None:
            continue  # a school year is told by its label, no step of its own reckons it
        taken = [one for one in dict.fromkeys(_taken(step, by_name)) if one.text != step.text]
        if taken and part.amount:
            listed = ", ".join(f"{one.label[:1].lower()}{one.label[1:]} {one.text}" for one in taken)
            found.append(Ground(f"{plain(step.label)} {step.text} dihitung dari: {plain(listed)}.", step.source))
    return tuple(found)


def _taken(step: StepRow, by_name: Mapping[str, StepRow]) -> Iterator[StepRow]:
    """The numbers that a step took: those beneath one that it only passes on, the facts beneath a share in percent."""
    for one in (by_name[name] for name in step.inputs):
        if one.kind == RULE and one.text == step.text:
            yield from _taken(one, by_name)
        elif one.kind == RULE and one.text.endswith("%"):
            yield from _facts_below(one, by_name)
        elif _counts(one):
            yield one


def _facts_below(step: StepRow, by_name: Mapping[str, StepRow]) -> Iterator[StepRow]:
    for one in (by_name[name] for name in step.inputs):
        if one.kind == FACT and _counts(one):
            yield one
        yield from _facts_below(one, by_name)


def _counts(step: StepRow) -> bool:
    """Whether the step is a number: no yes or no, and no table."""
    return any(sign.isdecimal() for sign in step.text) and not step.text.startswith(("tabel ", "daftar "))


def grounds_of(steps: Sequence[StepRow], reasons: Sequence[ReasonRow]) -> tuple[Ground, ...]:
    """The conditions of a kept decision in words: those that are met (taken from its steps), then those that are not.

    A condition is a rule with a yes that rests directly on a fact of the case.
    """
    facts = {step.name for step in steps if step.kind == FACT}
    met = [
        Ground(plain(f"{step.label}."), step.source)
        for step in steps
        if step.kind == RULE and step.text == YES and facts.intersection(step.inputs)
    ]
    return (*met, *unmet_of(reasons))


def unmet_of(reasons: Sequence[ReasonRow]) -> tuple[Ground, ...]:
    """The conditions that stood in the way: the whole of a letter that refuses."""
    return tuple(Ground(plain(reason.sentence), reason.article) for reason in reasons)


def plain(sentence: str) -> str:
    """The sentence without abbreviations that a family need not know."""
    for short, long in (("JKM", "jaminan kematian"), ("JKK", "jaminan kecelakaan kerja")):
        sentence = sentence.replace(f" ({short})", "").replace(short, long)
    return sentence

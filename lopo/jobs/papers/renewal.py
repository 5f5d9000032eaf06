"""What the letters of the turn of the year say: to a payer about his people, and to each worker nobody pays for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lopo.basics.area import KECAMATAN, find_kelurahan, kelurahan_name
from lopo.basics.calendar import Month, date_long
from lopo.basics.money import rupiah_text
from lopo.financing.queries.endings import Ending, EndingRow, ending_of
from lopo.financing.queries.price import OwnPrice
from lopo.financing.queries.renewal import FallingRow
from lopo.jobs.papers.office_letter import OfficeLetter
from lopo.jobs.papers.offices import REPORT_TO
from lopo.jobs.papers.setting import Office, set_pdf
from lopo.law.deadlines import contribution_due
from lopo.targeting.queries import ProgrammeRow

_SECTORS = {"transportasi": "bila Anda bekerja di bidang angkutan", "lainnya": "bila Anda bekerja di bidang lain"}
_KECAMATAN = {area.code: area.name for area in KECAMATAN}


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn of a programme: the programme, who has paid until now, the first month that nobody pays, the day."""

    office: Office
    programme: ProgrammeRow
    payers: tuple[str, ...]
    month: Month
    on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """The payer who is asked: his name, whether he has paid until now, what one person costs him in the year.

    `at_most`: the law asks for other prices in other sectors of work, and `each` is the dearer of them.
    """

    name: str
    pays_now: bool
    each: int
    months: int
    left: int
    at_most: bool = False


def payer_letter(turn: Turn, asked: Asked, rows: Sequence[EndingRow]) -> OfficeLetter:
    """What a payer is told: how many people, where, what they cost, and what lapses on which day."""
    people, programme = sum(row.members for row in rows), turn.programme
    told = (
        "Iuran mereka sampai sekarang Bapak/Ibu bayar; mulai bulan itu tidak ada lagi keputusan yang menyebut mereka."
        if asked.pays_now
        else f"Iuran mereka sampai sekarang dibayar {' dan '.join(turn.payers) or 'pembayar lain'}."
    )
    counted = {code: sum(row.members for row in rows if row.kecamatan_code == code) for code in _codes(rows)}
    where = tuple((f"Kecamatan {_KECAMATAN.get(code, code)}", f"{count} orang") for code, count in counted.items())
    return OfficeLetter(
        office=turn.office, number=f"Pergantian {programme.id}/{turn.month}", dated=turn.on, to_name=asked.name,
        to_address="di tempat", about=f"Iuran {people} pekerja mulai {turn.month.text()}",
        opening=(
            f"Mulai {turn.month.text()} tidak ada yang membayar iuran jaminan kecelakaan kerja dan jaminan kematian "
            f"{people} peserta {programme.name}. {told}",
            "Hak yang berhenti tidak kembali dengan sendirinya: setelah gugur, masa tunggu dimulai dari awal.",
        ),
        facts=(*where, *_lapses(rows), *_cost(turn, asked, people)), steps=_ways(turn, asked),
        closing=("Daftar nama dengan NIK dapat diunduh oleh petugas yang berwenang pada halaman Pergantian tahun.",),
    )  # fmt: skip


def _codes(rows: Sequence[EndingRow]) -> list[str]:
    return sorted({row.kecamatan_code for row in rows})


def _lapses(rows: Sequence[EndingRow]) -> tuple[tuple[str, str], ...]:
    """On which day what is held back, and on which everything is lost, each with its people."""
    held: dict[date, int] = {}
    lost: dict[date, int] = {}
    for row in rows:
        if row.ending.held_from:
            held[row.ending.held_from] = held.get(row.ending.held_from, 0) + row.members
        if row.ending.lost_from:
            lost[row.ending.lost_from] = lost.get(row.ending.lost_from, 0) + row.members
    first = [(date_long(day), f"santunan {held[day]} orang ditahan sampai tunggakan dibayar") for day in sorted(held)]
    return (*first, *((date_long(day), f"hak {lost[day]} orang gugur") for day in sorted(lost)))


def _cost(turn: Turn, asked: Asked, people: int) -> tuple[tuple[str, str], ...]:
    if not asked.each:
        return ()
    until = turn.month.plus(asked.months - 1)
    most = "paling banyak " if asked.at_most else ""
    whole = f"{most}{rupiah_text(asked.each * people)} untuk {people} orang, {rupiah_text(asked.each)} seorang"
    left = (("Sisa pagu", rupiah_text(asked.left)),) if asked.left else ()
    return ((f"{turn.month.text()} sampai {until.text()}", whole), *left)


def _ways(turn: Turn, asked: Asked) -> tuple[str, ...]:
    due = date_long(contribution_due(turn.month))
    go_on = "meneruskan" if asked.pays_now else "mengambil alih"
    return (
        f"Bila Bapak/Ibu {go_on} sebelum {turn.month.text()} dan iurannya dibayar paling lambat {due}, perlindungan "
        "tidak terputus dan masa tunggu tidak dimulai lagi.",
        "Sampaikan jumlah orang yang dapat dibayar dan dasar hukumnya; nama dipilih menurut urutan keputusan.",
        "Bila tidak dapat, beri tahu kami agar pembayar berikutnya ditanya dan pekerja diberi tahu sebelum waktunya.",
    )


def worker_letters_pdf(
    turn: Turn, rows: Sequence[FallingRow], prices: Sequence[OwnPrice]
) -> bytes:  # fmt: skip
    """The letters to these workers as one PDF, a page each, in the order given."""
    about = f"Iuran BPJS Ketenagakerjaan Anda mulai {turn.month.text()}"
    data = {
        "office": turn.office.data(),
        "about": about,
        "dated": f"{turn.office.place}, {date_long(turn.on)}",
        "opening": list(_opening(turn)),
        "steps": list(worker_steps(turn, prices)),
        "closing": ["Bila sudah ada yang membayar iuran Anda, surat ini tidak perlu ditanggapi."],
        "signer_title": f"Kepala {turn.office.unit}",
        "letters": [_letter(turn, row) for row in rows],
    }
    return set_pdf("renewal_letters", data, on=turn.on)


def _opening(turn: Turn) -> tuple[str, ...]:
    payers = " dan ".join(turn.payers) or "pembayar program"
    return (
        f"Sampai {turn.month.plus(-1).text()} iuran jaminan kecelakaan kerja dan jaminan kematian Anda dibayar oleh "
        f"{payers} melalui {turn.programme.name}.",
        f"Untuk {turn.month.text()} dan bulan-bulan berikutnya belum ada yang membayar iuran Anda.",
    )


def worker_steps(turn: Turn, prices: Sequence[OwnPrice]) -> tuple[str, ...]:
    """What a worker can do: pay himself, at the price of the law for his sector, until which day, and whom to ask."""
    due = date_long(contribution_due(turn.month))
    amounts = [_price(one) for one in prices]
    return (
        f"Mulai {turn.month.text()} Anda dapat membayar sendiri; bayar bulan pertama paling lambat {due}, lalu setiap "
        "bulan paling lambat tanggal 15.",
        *amounts,
        "Pakailah nomor peserta di atas atau NIK Anda pada tempat pembayaran BPJS Ketenagakerjaan.",
        f"Bertanya atau melapor kecelakaan: {REPORT_TO}.",
    )


def _price(one: OwnPrice) -> str:
    words = _SECTORS.get(one.sector, "")
    until = f"{one.first.text()} sampai {one.last.text()}" if one.first != one.last else one.first.text()
    law = " (PP 50/2025)" if one.sector else ""
    return f"{rupiah_text(one.amount)} sebulan {words + ', ' if words else ''}untuk {until}{law}."


def _letter(turn: Turn, row: FallingRow) -> dict[str, object]:
    ending = ending_of(row.months, row.number_issued_on, turn.month.plus(-1), turn.on)
    place = f"Kelurahan {kelurahan_name(row.area_code)}" if find_kelurahan(row.area_code) else "di tempat"
    return {"name": row.name, "address": place, "facts": [list(one) for one in _facts(row, ending)]}


def _facts(row: FallingRow, ending: Ending) -> tuple[tuple[str, str], ...]:
    facts = [("Nomor peserta (KPJ)", row.kpj or "belum terbit")]
    if ending.paid_until:
        facts.append(("Iuran dibayar sampai", ending.paid_until.text()))
    if ending.held_from:
        held = "perawatan kecelakaan kerja tetap dijamin; santunan uang menunggu sampai tunggakan dibayar"
        facts.append((f"Mulai {date_long(ending.held_from)}", held))
    if ending.lost_from:
        lost = "semua hak berhenti; bila mendaftar lagi, masa tunggu dimulai dari awal"
        facts.append((f"Mulai {date_long(ending.lost_from)}", lost))
    return tuple(facts)

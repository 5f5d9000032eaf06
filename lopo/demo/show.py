"""Plays the whole story with progress bars, and tells in one table, or one JSON object, what is there afterwards."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from lopo.basics.money import rupiah_text
from lopo.basics.refusal import Impossible, Refused
from lopo.demo import choosing, claiming, covering, enrolling, saving, taking_over
from lopo.demo import stage as at
from lopo.demo.stage import Chapter, Stage
from lopo.ledger.queries import balanced
from lopo.payments.queries import paid_total
from lopo.targeting.queries import programme

LAST_DAY: Final = at.LAST_DAY
CHAPTERS: Final = (
    Chapter("Petugas dan wilayah", choosing.officers),
    Chapter("Register acuan", choosing.registers),
    Chapter("Program", choosing.programme),
    Chapter("Daftar usulan", choosing.lists),
    Chapter("Pemeriksaan", choosing.screening),
    Chapter("Keputusan", choosing.decree),
    Chapter("Anggaran", covering.budget),
    Chapter("Pendaftaran ke BPJS", enrolling.enrolment),
    Chapter("Iuran pertama", covering.first_bill),
    Chapter("Nomor peserta", enrolling.numbers),
    Chapter("Rekening pekerja", saving.accounts),
    Chapter("Kartu peserta", covering.cards),
    Chapter("Iuran Agustus", covering.second_bill),
    Chapter("Meninggal saat bekerja", claiming.death_at_work),
    Chapter("Kecelakaan kerja", claiming.accident),
    Chapter("Penyerahan", covering.handover),
    Chapter("Iuran berikutnya", covering.later_bills),
    Chapter("Akta kematian", claiming.deaths),
    Chapter("Keputusan klaim", claiming.decisions),
    Chapter("Pembayaran", claiming.payment),
    Chapter("Diambil alih kota", taking_over.taking_over),
)


def play(*, lists: str, as_json: bool) -> int:
    """Play every chapter (one that is there already changes nothing); give the exit code.

    Refused: a folder without `usulan` and `acuan`, or a chapter whose action a rule refuses.
    """
    folder = Path(lists)
    for part in ("usulan", "acuan"):
        if not (folder / part).is_dir():
            raise Refused("daftar_tidak_ada", f"Folder {folder / part} tidak ada; sebut foldernya dengan --lists.")
    before = time.monotonic()
    told = _play_all(folder)
    summary = summarise(seconds=round(time.monotonic() - before, 1))
    if as_json:
        sys.stdout.write(json.dumps(summary) + "\n")
    else:
        _table(told, summary)
    return 0


def _play_all(folder: Path) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    columns = (
        TextColumn("{task.description:<26}"),
        BarColumn(),
        TextColumn("{task.fields[step]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        whole = progress.add_task("Lopo", total=len(CHAPTERS), step="")
        bar = progress.add_task("", total=1, step="")

        def tell(done: int, total: int, step: str) -> None:
            progress.update(bar, completed=done, total=max(total, 1), step=step[:50])

        stage = Stage(folder, tell)
        for number, chapter in enumerate(CHAPTERS):
            progress.update(whole, completed=number, step=f"{number + 1}/{len(CHAPTERS)}")
            progress.update(bar, description=chapter.title, completed=0, step="")
            told.append((chapter.title, chapter.play(stage)))
    return told


def summarise(*, seconds: float) -> dict[str, Any]:
    """Give the figures of the story as they stand in the database."""
    state = programme(at.PROGRAMME)
    if state is None:
        raise Impossible("the story left no programme behind")
    bills = sorted((row for row in covering.bills() if row.state != "batal"), key=lambda row: row.month)
    verdicts = {kind: state.verdict(kind) for kind in ("diterima", "perlu_cek", "ditolak")}
    return {
        "lists": state.lists,
        "rows": state.candidates,
        **verdicts,
        "places": state.programme.places,
        "enrolled": enrolling.enrolled(),
        "monthly_bill": bills[0].amount if bills else 0,
        "months_billed": len(bills),
        "cases": claiming.opened(),
        "decisions": claiming.decided(),
        "paid": paid_total(),
        "ledger_balanced": balanced(),
        "seconds": seconds,
    }


def _table(told: list[tuple[str, str]], summary: dict[str, Any]) -> None:
    table = Table(title="Program Pekerja Rentan Kota Kupang 2025", title_justify="left", show_lines=False)
    table.add_column("Langkah")
    table.add_column("Yang ada sekarang")
    for title, sentence in told:
        table.add_row(title, sentence)
    table.add_section()
    table.add_row("Iuran sebulan", rupiah_text(summary["monthly_bill"]))
    table.add_row("Sudah dibayar", rupiah_text(summary["paid"]))
    table.add_row("Buku besar", "seimbang" if summary["ledger_balanced"] else "TIDAK SEIMBANG")
    table.add_row("Waktu", f"{summary['seconds']} detik")
    Console().print(table)


def welcome(*, host: str, port: int) -> None:
    """Print the address and the demo users."""
    table = Table(title=f"http://{host}:{port}  ·  kata sandi semua: {at.PASSWORD}", title_justify="left")
    table.add_column("Nama pengguna")
    table.add_column("Sebagai")
    for player in at.PLAYERS:
        table.add_row(player.username, f"{player.full_name}, {player.what}")
    Console().print(table)
    Console().print("Ctrl+C menghentikan server dan basis data.")

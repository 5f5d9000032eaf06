"""How fast lists come in: a huge csv and a large workbook with every raw row kept, and a file to its verdicts."""

import argparse
import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

import xlsxwriter
from own.database import begin, own_database

ROOT = Path(__file__).resolve().parents[1]
begin(pages_on="2025-06-01")

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from lopo.jobs import intake  # noqa: E402
from lopo.jobs.register_files import load_folder  # noqa: E402
from lopo.jobs.screening import screen_programme  # noqa: E402
from lopo.jobs.work import silent  # noqa: E402
from lopo.people.actions import seed_areas  # noqa: E402
from lopo.staff import queries as staff  # noqa: E402
from lopo.targeting import actions  # noqa: E402
from lopo.targeting.senders import Sender  # noqa: E402
from tests.cast import appoint_all  # noqa: E402
from tests.rooms import pile  # noqa: E402

REGISTERS = ROOT / "demo" / "lists" / "acuan"
HEAD = ("No", "Nama Lengkap", "NIK", "No KK", "L/P", "Tempat, Tgl Lahir", "RT/RW", "Pekerjaan", "No HP")
DAY = date(2025, 6, 1)


def say(figure: str, value: float, goal: float) -> None:
    line = {"bench": "intake", "figure": figure, "value": round(value, 2), "unit": "s", "goal": goal}
    print(json.dumps({**line, "of_limit": round(value / goal, 2), "ok": value <= goal}), flush=True)


def people(rows: int) -> Iterator[tuple[str, ...]]:
    """Invented people with the little dirt that lists have."""
    works = ("Nelayan", "Tukang ojek", "Buruh pelabuhan", "Penjual sayur", "Petani", "Tukang batu")
    for n in range(rows):
        day, year = n % 28 + 1, 1960 + n % 40
        nik = f"5371{n % 6 + 1:02}{day:02}01{year % 100:02}{n % 9_999 + 1:04}"
        yield (
            str(n + 1), f"Obed Koi {n}", nik if n % 50 else "", f"5371040101{n % 1_000_000:06}", "LP"[n % 2],
            f"Kupang, {day}/1/{year}", "001/002", works[n % len(works)], f"0812{n % 10_000_000:07}",
        )  # fmt: skip


def csv_of(rows: int) -> bytes:
    return "\n".join([";".join(HEAD), *(";".join(person) for person in people(rows)), ""]).encode()


def xlsx_of(rows: int) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, HEAD)
        for line, person in enumerate(people(rows), start=1):
            for place, cell in enumerate(person):
                sheet.write_string(line, place, cell)
    return held.getvalue()


def receive(programme_id: int, name: str, content: bytes) -> intake.FolderReceived:
    """Keep a file as the page does and take it in as the night shift does."""
    office = staff.officer("dinas")
    digest = actions.keep_source(by=office, on=DAY, name=name, content=content)
    sender = Sender("gereja", "GMIT Uji", "53.71")
    return intake.receive_kept(
        by=office, on=DAY, programme_id=programme_id, sha256=digest, sender=sender, progress=silent
    )


def timed(programme_id: int, name: str, content: bytes, rows: int) -> float:
    start = perf_counter()
    [made] = receive(programme_id, name, content).received
    taken = perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(raw ->> 8) FROM targeting_proposalrow WHERE list_id = %s", [made.list_id]
        )
        assert cursor.fetchone() == (rows + 1, rows + 1), "every raw row is there with its last cell"
    assert made.candidates == rows
    return taken


def neighbours(rows: int) -> bytes:
    """A list of people of the invented city, as a parish writes them."""
    with (REGISTERS / "dukcapil_keluarga.csv").open(newline="") as stream:
        found = [one for _, one in zip(range(rows), csv.DictReader(stream), strict=False)]
    lines = [f"{one['nama']};{one['nik']};{one['no_kk']};{one['tgl_lahir']};Nelayan" for one in found]
    return "\n".join(["Nama;NIK;No KK;Tanggal Lahir;Pekerjaan", *lines, ""]).encode()


def to_verdicts(programme_id: int, rows: int) -> float:
    """Seconds from the bytes of a file to the page that shows the verdicts of its rows.

    The worker that `lopo serve` keeps has its modules loaded and the web has shown a page before; so it is here.
    """
    client = Client()
    client.force_login(staff.officer("dinas"), "django.contrib.auth.backends.ModelBackend")
    content = neighbours(rows)
    assert client.get("/").status_code == 200
    start = perf_counter()
    [made] = receive(programme_id, "umat.csv", content).received
    screen_programme(by=staff.officer("dinas"), on=DAY, programme_id=programme_id, progress=silent)
    page = client.get(f"/daftar/{made.list_id}").content.decode()
    taken = perf_counter() - start
    assert made.candidates == rows
    assert "Belum diperiksa" not in page
    return taken


def main() -> None:
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--quick", action="store_true", help="a twentieth of the large files and of their limits")
    part = 20 if chosen.parse_args().quick else 1
    with own_database():
        cast = appoint_all()
        seed_areas(by=cast.dinas, on=DAY)
        load_folder(by=cast.dinas, on=DAY, folder=REGISTERS, as_of=DAY, progress=silent)
        what = "a file of 5,000 rows to verdicts on the page"
        say(f"{what}, the first since the registers came", to_verdicts(pile.programme(cast), 5_000), 5)
        say(f"{what}, a later one", to_verdicts(pile.programme(cast, code="lain"), 5_000), 5)
        large = pile.programme(cast, code="besar")
        many = 1_000_000 // part
        say(
            f"csv of {many:,} rows into PostgreSQL, raw rows kept", timed(large, "a.csv", csv_of(many), many), 30 / part
        )
        many = 100_000 // part
        taken = timed(large, "a.xlsx", xlsx_of(many), many)
        say(f"xlsx of {many:,} rows into PostgreSQL, raw rows kept", taken, 15 / part)


if __name__ == "__main__":
    main()

"""The page of poor people: a file is looked at before it counts, its wrong cells are named, and there is a way back."""

from __future__ import annotations

import html
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lopo.jobs.poverty_task import poverty_task
from tests.rooms.test_poverty import HEAD, file
from tests.web.conftest import SignedIn


def send(client: Client, content: SimpleUploadedFile) -> str:
    """Send a table in, let the queue read it, and give the page of the work."""
    answer = client.post("/register/miskin", {"berkas": content})
    assert answer.status_code == 302
    poverty_task(answer.url.rsplit("/", 1)[-1])
    return client.get(answer.url).content.decode()


def test_from_the_file_to_the_simulator_and_back(signed_in: SignedIn) -> None:
    dinas = signed_in("dinas")
    assert "Belum ada angka penduduk miskin" in dinas.get("/register/miskin").content.decode()
    wrong = SimpleUploadedFile("miskin.csv", (HEAD + "Alak;2024;x;Dinsos").encode())
    page = send(dinas, wrong)
    assert "Tidak ada yang dimuat dari miskin.csv. Baris 2, sel C2: Jumlah" in html.unescape(page)
    found = re.search(r"/register/miskin/\d+", send(dinas, SimpleUploadedFile("miskin.csv", file())))
    assert found is not None
    way = found[0]
    preview = dinas.get(way).content.decode()
    assert "dimuat, belum berlaku" in preview
    assert "Berlakukan angka ini" in preview
    assert "Berlakukan angka ini" not in signed_in("tamu").get(way).content.decode()
    asked = "/keputusan/pilihan?a-orang=50&a-bulan=6&a-cara=miskin&b-bulan=6&b-cara=calon&c-bulan=6&c-cara=calon"
    asked += "&pembayar=apbd_kota"
    assert "Penduduk miskin menurut DTSEN" in dinas.get(asked).content.decode()
    dinas.post(f"{way}/berlakukan")
    assert "Penduduk miskin menurut Dinas Sosial, tahun 2024 (edisi" in dinas.get(asked).content.decode()
    assert "Kembali ke jumlah dalam DTSEN" in dinas.get(way).content.decode()
    dinas.post(f"{way}/kembali")
    assert "Penduduk miskin menurut DTSEN" in dinas.get(asked).content.decode()
    assert signed_in("bendahara").post(f"{way}/berlakukan").status_code == 403

"""Every page draws for every officer who may enter it, and says no to the others."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lopo.web.frame import DESKS
from tests.web.conftest import SignedIn
from tests.web.story import Story

EVERYBODY = ("lurah.oebufu", "dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu")
PAGES = {
    "beranda": EVERYBODY,
    "perlindungan": EVERYBODY,
    "program": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu"),
    "program_baru": ("dinas", "provinsi"),
    "pembayar": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu"),
    "daftar": ("lurah.oebufu", "dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu"),
    "daftar_unggah": ("lurah.oebufu", "dinas", "provinsi"),
    "baris_semua": EVERYBODY,
    "panggilan": EVERYBODY,
    "pengusul": EVERYBODY,
    "manfaat_dibayar": EVERYBODY,
    "keberatan": EVERYBODY,
    "perubahan": EVERYBODY,
    "register": EVERYBODY,
    "miskin": EVERYBODY,
    "register_unggah": ("dinas", "provinsi"),
    "register_sk": ("lurah.oebufu", "dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur"),
    "ragu": ("lurah.oebufu", "dinas", "provinsi", "penyetuju"),
    "ragu_keluarga": ("lurah.oebufu", "dinas", "provinsi", "penyetuju"),
    "orang": ("lurah.oebufu", "dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur"),
    "keputusan": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu"),
    "pengganti": ("dinas", "provinsi", "penyetuju"),
    "simulasi": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu"),
    "peserta": EVERYBODY,
    "peserta_menunggu": EVERYBODY,
    "belum_menerima": EVERYBODY,
    "penyerahan_semua": EVERYBODY,
    "peserta_bpjs": EVERYBODY,
    "pergantian": EVERYBODY,
    "ambil_alih": ("dinas", "provinsi"),
    "iuran": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu"),
    "tugas": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu"),
    "bukti_bayar": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu"),
    "pembayar_iuran": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu"),
    "tunggakan": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu"),
    "kalender": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu"),
    "laporan": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur", "tamu"),
    "laporan_bpjs": EVERYBODY,
    "corong_kematian": ("lurah.oebufu", "dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur"),
    "meninggal_dibayar": ("lurah.oebufu", "dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur"),
    "klaim": ("lurah.oebufu", "dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur"),
    "kasus_serahkan": ("dinas", "provinsi", "bpjs"),
    "kasus_usulkan_banyak": ("bpjs",),
    "kasus_setujui_banyak": ("penyetuju",),
    "temuan": ("lurah.oebufu", "dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur"),
    "laporan_masuk": ("lurah.oebufu", "dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur"),
    "pesan": ("lurah.oebufu", "dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur"),
    "pembayaran": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur"),
    "ditahan": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur"),
    "kiriman_bank": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur"),
    "kiriman_dari_bank": ("dinas", "provinsi", "bpjs", "bendahara", "penyetuju", "gubernur"),
    "hukum": EVERYBODY,
    "hukum_aturan": EVERYBODY,
    "hukum_hitung": EVERYBODY,
    "pekerjaan": EVERYBODY,
    "catatan": ("penyetuju", "gubernur"),
    "siapa_melihat": ("penyetuju", "gubernur"),
    "masa_simpan": ("penyetuju", "gubernur"),
    "petugas": ("penyetuju", "gubernur"),
    "petugas_baru": (),
    "kata_sandi": EVERYBODY,
    "sisi_pembayar": (),
}


PUBLIC = ("manfaat_dibayar", "hukum", "hukum_aturan", "hukum_hitung", "perlindungan")
"""Pages that are open without signing in: they know of no person, or ask for card and birth day first."""


@pytest.mark.parametrize("page", PAGES)
def test_the_page_draws_for_its_officers_and_for_no_other(page: str, signed_in: SignedIn) -> None:
    for username in EVERYBODY:
        status = signed_in(username).get(reverse(page)).status_code
        assert status == (200 if username in PAGES[page] else 403), (page, username)


def test_the_rail_shows_only_desks_that_may_be_entered(signed_in: SignedIn) -> None:
    for username in EVERYBODY:
        client = signed_in(username)
        page = client.get("/").content.decode()
        for desk in DESKS:
            shown = f'href="{reverse(desk.page)}"' in page
            assert not shown or client.get(reverse(desk.page)).status_code == 200, (username, desk.page)


@pytest.mark.parametrize("page", PAGES)
def test_the_number_of_queries_stays_small(page: str, signed_in: SignedIn, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = signed_in("penyetuju") if "penyetuju" in PAGES[page] else signed_in("provinsi")
    with django_assert_max_num_queries(26):
        client.get(reverse(page))


def test_who_is_not_signed_in_is_sent_to_the_door(story: Story, client) -> None:  # type: ignore[no-untyped-def]
    for page in PAGES:
        answer = client.get(reverse(page))
        if page in PUBLIC:
            assert answer.status_code == 200
            continue
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("masuk"))

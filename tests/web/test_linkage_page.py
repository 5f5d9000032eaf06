"""The page of the matching model: what is in force, a draft with its difference, activation, going back."""

from __future__ import annotations

from dataclasses import asdict, replace

from lopo.people.batch.likelihood import REGISTER_MODEL
from lopo.people.batch.linkage_change import shifts
from lopo.people.batch.linkage_labels import measured
from lopo.people.batch.linkage_model import Desk
from lopo.staff import queries as staff
from lopo.targeting.actions.linkage import draft_linkage
from tests.web.conftest import SignedIn
from tests.web.story import TODAY, Story

OWN = replace(REGISTER_MODEL, desk=Desk(-1.0, 0.9, 40))
PAGE = "/register/model"


def test_a_draft_is_put_in_force_by_another_and_taken_back(story: Story, signed_in: SignedIn) -> None:
    dinas, approver = signed_in("dinas"), signed_in("penyetuju")
    empty = dinas.get(PAGE).content.decode()
    assert "Belum ada model sendiri" in empty
    assert "Model bawaan program" in empty
    assert "Latih model dari data sendiri" in empty
    assert "Latih model dari data sendiri" not in signed_in("tamu").get(PAGE).content.decode()
    told = {
        "rows": [900, 12_000], "agreement": {"ragu_pasti": 3}, "quality": {"baru": measured([], []).plain()},
        "shifts": [asdict(one) for one in shifts(REGISTER_MODEL, OWN)],
    }  # fmt: skip
    made = draft_linkage(by=staff.officer("dinas"), on=TODAY, model=OWN, measured=told)
    page = dinas.get(PAGE).content.decode()
    assert "Petugas lain yang memberlakukannya" in page
    assert "ragu → pasti: 3" in page
    assert f"{PAGE}/{made}/berlakukan" not in page
    assert f"{PAGE}/{made}/berlakukan" in approver.get(PAGE).content.decode()
    assert approver.post(f"{PAGE}/{made}/berlakukan").status_code == 302
    now = approver.get(PAGE).content.decode()
    assert "Kembali ke model bawaan" in now
    assert "Pengalaman meja" not in now
    assert "40 baris yang dijawab" in now
    assert "Pemeriksaan terakhir memakai model lain" in now or "Periksa ulang" not in now
    assert approver.post(f"{PAGE}/{made}/kembali").status_code == 302
    assert "Model bawaan program" in approver.get(PAGE).content.decode()
    assert signed_in("tamu").post(f"{PAGE}/{made}/berlakukan").status_code == 403


def test_the_page_is_reached_from_the_registers(story: Story, signed_in: SignedIn) -> None:
    assert PAGE in signed_in("dinas").get("/register/").content.decode()

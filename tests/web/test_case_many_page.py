"""Many decisions proposed, and approved, at once from a page: the work runs behind it and names what was left."""

from __future__ import annotations

import re
from datetime import date

from lopo.claims import actions
from lopo.claims.models import Case, Decision
from lopo.jobs.deciding_tasks import approve_decisions_task, propose_decisions_task
from lopo.people.models import Snapshot
from lopo.staff import queries as staff
from tests.cast import Cast
from tests.rooms.claims_stage import READ, build
from tests.rooms.test_claims_decisions import accident_with_costs
from tests.web.conftest import SignedIn


def test_all_complete_cases_are_proposed_and_the_rest_is_named(cast: Cast, signed_in: SignedIn) -> None:
    Snapshot.objects.update(current=False)  # the stage brings its own registers
    stage = build(cast)
    accident = accident_with_costs(stage)
    death = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    orphan = stage.death_case(stage.member("Marta Bessie"), date(2025, 11, 2))
    stage.case(orphan).heirs.update(receives=False)
    clerk = signed_in("bpjs")
    assert "Usulkan banyak keputusan" in clerk.get("/klaim/").content.decode()
    assert "berkas lengkap" in clerk.get("/klaim/usulkan").content.decode()
    begun = clerk.post("/klaim/usulkan")
    assert begun.status_code == 302
    work_id = begun.headers["Location"].rpartition("/")[2]
    propose_decisions_task(work_id)
    proposed = set(Decision.objects.filter(state="usul").values_list("case_id", flat=True))
    assert {accident, death} <= proposed
    assert orphan not in proposed
    page = clerk.get(begun.headers["Location"]).content.decode()
    assert "Belum ada penerima" in page
    assert "keputusan diusulkan" in page
    assert Case.objects.get(pk=orphan).state == "lengkap"
    assert signed_in("gubernur").post("/klaim/usulkan").status_code == 403
    assert staff.diary_of("claims.case", str(death))[0].action == "propose_decision"


def test_other_officers_approve_them_together_after_reading_the_sample(cast: Cast, signed_in: SignedIn) -> None:
    Snapshot.objects.update(current=False)
    stage = build(cast)
    cases = [stage.death_case(stage.member(f"Anggota {day}"), date(2025, 11, day)) for day in (1, 2)]
    actions.propose_decisions(by=cast.bpjs, on=READ, case_ids=cases)
    checker = signed_in("penyetuju")
    assert "Setujui banyak keputusan" in checker.get("/klaim/").content.decode()
    page = checker.get("/klaim/setujui?jenis=jkm").content.decode()
    ids = re.findall(r'name="dibaca" value="([0-9a-f-]+)"', page)
    mark = re.findall(r'name="daftar" value="([0-9a-f]+)"', page)[0]
    assert set(ids) >= {str(one.id) for one in Decision.objects.filter(case_id__in=cases)}
    assert "Anggota 1" in page
    unread = checker.post("/klaim/setujui?jenis=jkm", {"daftar": mark, "dibaca": ids[1:]}, follow=True)
    assert "Contoh yang belum dinyatakan dibaca: 1" in unread.content.decode()
    other = checker.post("/klaim/setujui?jenis=jkm", {"daftar": "0", "dibaca": ids}, follow=True)
    assert "Daftar usul berubah" in other.content.decode()
    assert not Decision.objects.filter(case_id__in=cases, state="disetujui").exists()
    begun = checker.post("/klaim/setujui?jenis=jkm", {"daftar": mark, "dibaca": ids})
    approve_decisions_task(begun.headers["Location"].rpartition("/")[2])
    assert {case.state for case in Case.objects.filter(pk__in=cases)} == {"dikabulkan"}
    assert "keputusan disetujui" in checker.get(begun.headers["Location"]).content.decode()
    assert signed_in("bpjs").get("/klaim/setujui").status_code == 403

"""Many decisions proposed at once from a page: the work runs behind it and names what cannot be decided yet."""

from __future__ import annotations

from datetime import date

from lopo.claims.models import Case, Decision
from lopo.jobs.deciding_tasks import propose_decisions_task
from lopo.people.models import Snapshot
from lopo.staff import queries as staff
from tests.cast import Cast
from tests.rooms.claims_stage import build
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

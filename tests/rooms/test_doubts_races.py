"""Two officers at once: one row in doubt gets one answer, and one answer gets one check."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from lopo.basics.refusal import Refused
from lopo.targeting.actions.settling import Answer, answer_doubt, check_answer
from lopo.targeting.models import Settling
from tests.cast import appoint_all
from tests.rooms import doubt_stage as stage
from tests.rooms import pile

ON = pile.DAY


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_are_one_answer_and_one_check() -> None:
    cast = appoint_all()
    stage.ready(cast)
    row = stage.row("N Timo")
    said: list[str] = []

    def at_once(*deeds: Callable[[], object]) -> None:
        gate = threading.Barrier(len(deeds))

        def run(deed: Callable[[], object]) -> None:
            gate.wait()
            try:
                deed()
                said.append("ok")
            except Refused as refusal:
                said.append(refusal.code)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    at_once(
        lambda: answer_doubt(by=cast.dinas, on=ON, answer=Answer(row, "sama", stage.NELSON, "ktp")),
        lambda: answer_doubt(by=cast.provinsi, on=ON, answer=Answer(row, "sama", stage.NAHOR, "ktp")),
    )
    assert sorted(said) == ["ok", "sudah_dijawab"]
    open_one = Settling.objects.get(state="diusulkan")
    said.clear()
    at_once(
        lambda: check_answer(by=cast.penyetuju, on=ON, settling_id=open_one.id, agree=True),
        lambda: check_answer(by=cast.penyetuju, on=ON, settling_id=open_one.id, agree=False),
    )
    assert sorted(said) == ["ok", "sudah_diputuskan"]
    assert Settling.objects.filter(checked_by__isnull=False).count() == 1

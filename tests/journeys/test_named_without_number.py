"""P20 and P10: who is named but has no number is seen with its age and moved on; who has one knows what it gives."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.coverage import actions, queries
from lopo.coverage.bpjs import read_template
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.coverage.models import Exchange, Membership
from lopo.financing.queries.own_cover import OwnCover, own_cover
from lopo.people.models import Person
from lopo.web.named import next_step
from tests.cast import Cast, appoint_all
from tests.rooms.enrolment import JULY, PAID, Enrolment, fund, issue, make_decree, pay, take

ALL = ("53",)
REASON = "NIK tidak padan dengan Dukcapil"
SEEN, RESENT, ANSWERED = date(2025, 7, 30), date(2025, 8, 1), date(2025, 8, 4)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return appoint_all()


def enrolled_but(cast: Cast, refused: str) -> tuple[Enrolment, FakeBpjs]:
    """Six people, one of whom BPJS refuses; July is paid and the others have their numbers."""
    made = make_decree(cast, 6)
    office = FakeBpjs({refused: REASON})
    file = take(cast, made, office)
    fund(cast, made)
    pay(cast, made, JULY, paid_on=PAID)
    issue(cast, made, office, file)
    return made, office


def waiting(made: Enrolment, on: date) -> tuple[queries.NamedRow, ...]:
    return queries.named_page(queries.NamedFilter(ALL, made.programme), Asked(size=0), on=on).rows


def test_a_refused_name_is_corrected_and_sent_again_until_it_has_its_number(cast: Cast) -> None:
    made, office = enrolled_but(cast, refused := "5371010101800001")
    (row,) = waiting(made, SEEN)
    assert (row.nik, row.stage, row.reject_reason) == (refused, "ditolak", REASON)
    assert row.days == (SEEN - date(2025, 6, 20)).days
    (why,) = queries.reject_reasons(made.programme, on=SEEN, areas=ALL)
    assert (why.reason, why.people) == (REASON, 1)
    assert "Dukcapil" in next_step(row.stage, row.reject_reason)
    assert queries.reject_reasons(made.programme, on=SEEN, areas=()) == ()
    given = {"on": RESENT, "programme_id": made.programme, "reason": REASON}
    for by, said, code in (
        (cast.lurah, "NIK dibetulkan", "tidak_berwenang"),
        (cast.dinas, "x", "pembetulan_kosong"),
    ):
        with pytest.raises(Refused) as no:
            actions.submit_again(by=by, corrected=said, **given)  # type: ignore[arg-type]
        assert no.value.code == code
    Person.objects.filter(nik=refused).update(nik="5371010101809999")
    sent = actions.submit_again(by=cast.dinas, corrected="NIK dibetulkan di Dukcapil", **given)  # type: ignore[arg-type]
    file = bytes(Exchange.objects.get(pk=sent.exchange_id).content)
    assert [one.nik for one in read_template(file)] == ["5371010101809999"]
    assert [one.stage for one in waiting(made, RESENT)] == ["diusulkan"]
    with pytest.raises(Refused) as again:
        actions.submit_again(by=cast.dinas, corrected="NIK dibetulkan", **given)  # type: ignore[arg-type]
    assert again.value.code == "tidak_ada_yang_ditolak"
    office.refusals.clear()
    given = {"by": cast.bpjs, "programme_id": made.programme}
    actions.read_answer(on=RESENT, file="ulang.xlsx", content=office.verify(file), **given)  # type: ignore[arg-type]
    assert [one.stage for one in waiting(made, RESENT)] == ["diterima"]
    pay(cast, made, Month(2025, 8), paid_on=ANSWERED)
    actions.read_answer(
        on=ANSWERED,
        file="nomor-2.xlsx",
        content=office.issue(file, on=ANSWERED),
        **given,  # type: ignore[arg-type]
    )
    assert waiting(made, ANSWERED) == ()


def test_what_was_not_corrected_is_not_sent_as_it_was(cast: Cast) -> None:
    made = make_decree(cast, 1)
    office = FakeBpjs({"5371010101800001": REASON})
    take(cast, made, office)
    with pytest.raises(Refused) as same:
        actions.submit_again(
            by=cast.dinas, on=date(2025, 6, 25), programme_id=made.programme, reason=REASON, corrected="sudah, katanya"
        )
    assert same.value.code == "berkas_sama"
    assert Membership.objects.get().state == "ditolak"


@pytest.mark.parametrize(
    ("stage", "reason", "word"),
    [
        ("belum_dikirim", "", "halaman keputusan"),
        ("diusulkan", "", "jawaban"),
        ("diterima", "", "iuran pertama"),
        ("ditolak", "Masih AKTIF di segmen PU", "pemberi kerja"),
        ("ditolak", "Usia di atas 65", "lahir"),
        ("ditolak", "NIK tidak valid", "Dukcapil"),
        ("ditolak", "lain-lain", "cadangan"),
    ],
)
def test_every_stage_has_a_next_step(stage: str, reason: str, word: str) -> None:
    assert word in next_step(stage, reason)


def test_a_member_knows_what_a_death_pays_today_and_when_it_becomes_full(cast: Cast) -> None:
    made, _office = enrolled_but(cast, "5371010101800002")
    member = Membership.objects.filter(state="terdaftar").select_related("person").order_by("id")[0]

    def told(on: date) -> OwnCover:
        found = own_cover(member.person_id, on=on)
        assert found is not None
        return found

    early = told(date(2025, 8, 20))
    assert (early.state, early.death.amount("jkm_total"), early.care) == ("menunggak_1", 10_000_000, True)
    assert (early.at_work.amount("jkk_meninggal_total"), early.settled.jkk_settled) == (0, 70_000_000)
    for month in (8, 9, 10):
        pay(cast, made, Month(2025, month), paid_on=date(2025, month, 25 if month == 8 else 12))
    waits = told(date(2025, 9, 20))
    assert (waits.state, waits.death.amount("jkm_total"), waits.care) == ("masa_tunggu", 10_000_000, True)
    assert waits.cover.full_from == date(2025, 10, 1)
    assert [reason.article for reason in waits.death.reasons] == ["Permenaker 1/2025"]
    full = told(date(2025, 10, 20))
    assert (full.state, full.death.amount("jkm_total")) == ("penuh", 42_000_000)
    assert full.at_work.amount("jkk_meninggal_total") == 70_000_000
    assert full.paid_until == Month(2025, 10)
    gone = told(date(2026, 3, 20))
    assert (gone.state, gone.care, gone.death.amount("jkm_total"), gone.lapses_on) == ("gugur", False, 0, None)
    assert full.lapses_on is not None
    assert told(full.lapses_on).state != "gugur"
    assert told(date.fromordinal(full.lapses_on.toordinal() + 1)).state == "gugur"

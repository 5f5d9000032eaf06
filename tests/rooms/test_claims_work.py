"""Reports with their clock, costs and letters, papers, visits, conclusions: what is taken and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lopo.basics.refusal import Refused
from lopo.claims import actions
from lopo.claims.judging import judge
from lopo.claims.models import Case, Injury, Paper
from lopo.claims.queries.case_files import case_file
from lopo.claims.queries.late_death import death_preview
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build

DAY = date(2025, 10, 7)
MOMENT = datetime(2025, 10, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


@pytest.fixture
def report(stage: Stage) -> actions.Report:
    member = stage.member("Marten Adoe")
    return actions.Report(member.person.nik, "JKK", DAY, None, MOMENT, MOMENT, "istri, telepon", "jatuh dari perahu")


def test_a_report_runs_the_clock_of_two_days_from_the_accident(stage: Stage, report: actions.Report) -> None:
    opened = actions.report_case(by=stage.cast.lurah, on=DAY, report=report)
    case = stage.case(opened.case_id)
    assert opened.new
    assert case.report_due_at == datetime(2025, 10, 9, 9, 0, tzinfo=UTC)
    assert case.conclude_due_on == date(2025, 11, 6)
    assert case.visit_due_on == date(2025, 10, 10)
    assert case.state == "dibuka"
    assert Diary.objects.get(action="report_case").send["visits"][0]["due_on"] == "2025-10-10"  # type: ignore[index]


def test_without_the_hour_the_clock_runs_from_the_end_of_the_day(stage: Stage, report: actions.Report) -> None:
    opened = actions.report_case(by=stage.cast.lurah, on=DAY, report=replace(report, happened_at=None))
    assert stage.case(opened.case_id).report_due_at == datetime(2025, 10, 10, 0, 0, tzinfo=UTC)


def test_the_same_event_again_is_the_same_case(stage: Stage, report: actions.Report) -> None:
    first = actions.report_case(by=stage.cast.lurah, on=DAY, report=report)
    again = actions.report_case(by=stage.cast.dinas, on=READ, report=replace(report, source="rumah sakit"))
    assert (again.case_id, again.new, Case.objects.count()) == (first.case_id, False, 1)
    other = replace(report, event_on=date(2025, 12, 1))
    assert actions.report_case(by=stage.cast.lurah, on=READ, report=other).new


def test_a_death_reported_by_hand_after_the_register_found_it_is_the_same_case(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    hits = [stage.hit(member, date(2025, 11, 1))]
    (case_id,) = actions.open_cases_from_deaths(by=stage.cast.bpjs, on=READ, hits=hits).cases
    day = date(2025, 11, 2)
    death = actions.Report(member.person.nik, "JKM", day, day, MOMENT, None, "keluarga", "")
    assert actions.report_case(by=stage.cast.lurah, on=READ, report=death).case_id == case_id


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "JHT"}, "tidak dikenal"),
        ({"event_on": date(2025, 10, 8)}, "setelah hari ini"),
        ({"died_on": date(2025, 10, 6)}, "sebelum hari kejadian"),
        ({"kind": "JKM"}, "isi hari meninggal"),
        ({"nik": "5371049999999999"}, "tidak ada di antara peserta"),
    ],
)
def test_reports_that_cannot_be_right_are_refused(
    stage: Stage, report: actions.Report, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.report_case(by=stage.cast.lurah, on=DAY, report=replace(report, **change))  # type: ignore[arg-type]
    assert Case.objects.count() == 0


def test_a_kelurahan_reports_for_its_own_people_only(stage: Stage, report: actions.Report) -> None:
    other = stage.member("Orang Alak", area="53.71.01.1008")
    with pytest.raises(Refused, match="tidak berwenang"):
        actions.report_case(by=stage.cast.lurah, on=DAY, report=replace(report, nik=other.person.nik))


@pytest.fixture
def case_id(stage: Stage, report: actions.Report) -> int:
    return actions.report_case(by=stage.cast.lurah, on=DAY, report=report).case_id


def test_an_invoice_is_taken_once_and_left_out_only_with_a_reason(stage: Stage, case_id: int) -> None:
    by, on = stage.cast.dinas, READ
    invoice = actions.InvoiceGiven("RSUD", "A-1", DAY, 7_500_000)
    actions.add_invoice(by=by, on=on, case_id=case_id, invoice=invoice)
    for wrong, sentence in (
        (invoice, "sudah dicatat"),
        (replace(invoice, number="A-2", belongs=False), "Tulis alasan"),
        (replace(invoice, number="A-3", amount=0), "lebih dari nol"),
    ):
        with pytest.raises(Refused, match=sentence):
            actions.add_invoice(by=by, on=on, case_id=case_id, invoice=wrong)
    assert Diary.objects.filter(action="add_invoice").count() == 1


def test_trips_and_letters_and_injuries_that_cannot_be_right(stage: Stage, case_id: int) -> None:
    by, on = stage.cast.dinas, READ
    letter = actions.IncapacityGiven(DAY, date(2025, 10, 20), "dr. A")
    actions.add_incapacity(by=by, on=on, case_id=case_id, incapacity=letter)
    for first, last, sentence in (
        (date(2025, 10, 20), date(2025, 10, 25), "sudah tercakup"),
        (date(2025, 10, 6), date(2025, 10, 6), "sebelum hari kecelakaan"),
        (date(2025, 11, 2), date(2025, 11, 1), "sebelum hari pertama"),
    ):
        wrong = replace(letter, first_day=first, last_day=last)
        with pytest.raises(Refused, match=sentence):
            actions.add_incapacity(by=by, on=on, case_id=case_id, incapacity=wrong)
    trip = actions.TripGiven("darat", DAY, 50_000, "rumah - RSUD")
    actions.add_trip(by=by, on=on, case_id=case_id, trip=trip)
    assert Paper.objects.get(case_id=case_id, code="kuitansi_angkutan").received_on == READ
    for wrong_trip in (trip, replace(trip, mode="kuda"), replace(trip, amount=-1)):
        with pytest.raises(Refused):
            actions.add_trip(by=by, on=on, case_id=case_id, trip=wrong_trip)
    injury = actions.InjuryGiven("ruas_pertama_telunjuk_kanan", 1, True, "dr. A", on)
    actions.add_injury(by=by, on=on, case_id=case_id, injury=injury)
    assert Injury.objects.get().permil == 35  # a left-handed person: right and left are reversed
    for part in ("ruas_pertama_telunjuk_kanan", "hati"):
        with pytest.raises(Refused):
            actions.add_injury(by=by, on=on, case_id=case_id, injury=replace(injury, part=part))


def test_costs_belong_to_accidents(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    with pytest.raises(Refused, match="kecelakaan kerja"):
        actions.add_trip(by=stage.cast.bpjs, on=READ, case_id=case_id, trip=actions.TripGiven("darat", READ, 1, ""))


def test_with_the_last_paper_the_days_of_payment_begin(stage: Stage, case_id: int) -> None:
    by, codes = stage.cast.dinas, list(Paper.objects.filter(case_id=case_id).values_list("code", flat=True))
    missing = actions.receive_papers(by=by, on=READ, case_id=case_id, codes=codes[1:])
    assert (missing, stage.case(case_id).state) == ((codes[0],), "dibuka")
    assert actions.receive_papers(by=by, on=READ, case_id=case_id, codes=codes[:1]) == ()
    case = stage.case(case_id)
    assert (case.state, case.complete_on, case.pay_due_on) == ("lengkap", READ, date(2026, 1, 14))
    with pytest.raises(Refused, match="tidak meminta berkas: ijazah"):
        actions.receive_papers(by=by, on=READ, case_id=case_id, codes=["ijazah"])


def test_a_visit_and_a_conclusion_are_noted_once(stage: Stage, case_id: int) -> None:
    actions.record_visit(by=stage.cast.lurah, on=READ, case_id=case_id, note="keluarga sudah tahu haknya")
    with pytest.raises(Refused, match="sudah dicatat"):
        actions.record_visit(by=stage.cast.lurah, on=READ, case_id=case_id, note="")
    conclude = {"by": stage.cast.bpjs, "on": READ, "case_id": case_id, "at_work": True}
    with pytest.raises(Refused, match="dasar kesimpulannya"):
        actions.conclude_work_accident(**conclude, why=" ")
    actions.conclude_work_accident(**conclude, why="saksi")
    with pytest.raises(Refused, match="sudah disimpulkan"):
        actions.conclude_work_accident(**conclude, why="saksi")


def test_recovery_and_death_lie_between_the_accident_and_today(stage: Stage, case_id: int) -> None:
    for deed, word in ((actions.set_recovered, "recovered_on"), (actions.record_death, "died_on")):
        for day in (date(2025, 10, 6), date(2026, 1, 6)):
            with pytest.raises(Refused, match="antara hari kecelakaan"):
                deed(by=stage.cast.bpjs, on=READ, case_id=case_id, **{word: day})
    death = {"by": stage.cast.bpjs, "on": READ, "case_id": case_id}
    with pytest.raises(Refused, match="sebelum hari lahir"):
        actions.record_death(**death, died_on=date(1989, 12, 31))
    stage.papers(case_id)
    actions.record_death(**death, died_on=date(2025, 10, 30))
    case = stage.case(case_id)
    assert (case.state, case.complete_on, case.died_on) == ("dibuka", None, date(2025, 10, 30))
    assert Paper.objects.filter(case_id=case_id, received_on=None, code="surat_ahli_waris").exists()
    with pytest.raises(Refused, match="sudah mencatat kematian pada 30 Okt"):
        actions.record_death(**death, died_on=date(2025, 11, 1))
    with pytest.raises(Refused, match="sesudah hari meninggal"):
        late = actions.IncapacityGiven(date(2025, 10, 31), date(2025, 11, 2), "dr. Uji")
        actions.add_incapacity(**death, incapacity=late)


def test_what_a_death_changes_is_shown_before_it_is_noted(stage: Stage, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    member, died = stage.member("Marten Adoe"), date(2025, 10, 30)
    case_id = stage.accident(member, DAY)
    letter = actions.IncapacityGiven(date(2025, 10, 8), date(2025, 11, 6), "dr. Uji")
    actions.add_incapacity(by=stage.cast.bpjs, on=READ, case_id=case_id, incapacity=letter)
    actions.set_recovered(by=stage.cast.bpjs, on=READ, case_id=case_id, recovered_on=died)
    stage.dead(member, date(2025, 10, 29))
    stage.deaths.current = True
    stage.deaths.save()
    with django_assert_max_num_queries(15):
        shown = death_preview(case_id, died, on=READ)
    assert (shown.days_before, shown.days_after) == (30, 23)
    assert "Surat keterangan ahli waris" in shown.papers
    assert (shown.registered_on, shown.unclear) == (date(2025, 10, 29), "")
    amounts = {part.code: (part.before, part.after) for part in shown.parts}
    assert amounts["jkk_biaya_pemakaman"] == (0, 10_000_000)
    assert amounts["stmb"] == (1_000_000, 766_667)
    assert stage.case(case_id).died_on is None
    with pytest.raises(Refused, match="sebelum hari sembuh"):
        death_preview(case_id, date(2025, 10, 29), on=READ)
    actions.record_death(by=stage.cast.bpjs, on=READ, case_id=case_id, died_on=died)
    judged = judge(case_file(case_id), READ)
    assert {part.code: part.whole for part in judged.components} == {
        part.code: part.after for part in shown.parts if part.after
    }


def test_a_death_is_noted_once_and_only_of_a_work_accident(stage: Stage, case_id: int, report: actions.Report) -> None:
    other = replace(report, kind="JKM", event_on=date(2025, 11, 2), died_on=date(2025, 11, 2))
    code = actions.report_case(by=stage.cast.lurah, on=READ, report=other).code
    with pytest.raises(Refused, match=code):
        actions.record_death(by=stage.cast.bpjs, on=READ, case_id=case_id, died_on=date(2025, 11, 2))
    actions.conclude_work_accident(by=stage.cast.bpjs, on=READ, case_id=case_id, at_work=False, why="sakit lama")
    with pytest.raises(Refused, match="bukan kecelakaan kerja"):
        actions.record_death(by=stage.cast.bpjs, on=READ, case_id=case_id, died_on=date(2025, 11, 2))


def test_nothing_happens_before_the_birth(stage: Stage, report: actions.Report) -> None:
    early = date(1989, 12, 31)  # the members of the stage are born on the next day
    with pytest.raises(Refused, match="Hari kejadian tidak boleh sebelum hari lahir"):
        actions.report_case(by=stage.cast.lurah, on=DAY, report=replace(report, event_on=early))
    with pytest.raises(Refused, match="Hari meninggal tidak boleh sebelum hari lahir"):
        dead = replace(report, kind="JKM", event_on=early, died_on=early)
        actions.report_case(by=stage.cast.lurah, on=DAY, report=dead)
    assert not Case.objects.exists()


def test_a_case_closed_with_its_reason_makes_room_for_the_right_one(
    stage: Stage, case_id: int, report: actions.Report
) -> None:
    actions.close_case(by=stage.cast.bpjs, on=READ, case_id=case_id, why="salah orang")
    with pytest.raises(Refused, match="tidak dapat diubah lagi"):
        actions.set_recovered(by=stage.cast.bpjs, on=READ, case_id=case_id, recovered_on=READ)
    assert actions.report_case(by=stage.cast.lurah, on=READ, report=report).new

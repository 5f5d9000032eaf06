"""Decided again: which stored decisions would come out otherwise, and which number or rule makes the difference."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lopo.claims import queries
from lopo.claims.actions import note_replay
from lopo.claims.models import Decision
from lopo.insight.queries import attention, standing
from lopo.jobs.law_replay import main as replay_verb
from lopo.jobs.tasks import replay_decisions_task
from lopo.law import LAW
from lopo.law.book import Book
from lopo.law.engine import Law
from lopo.law.parameters import Entries
from lopo.law.reforms import read_reform
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.claims_stage import ISSUED, READ, Stage, build
from tests.rooms.test_claims_decisions import accident_with_costs


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


@pytest.fixture
def decided(stage: Stage) -> Stage:
    """A death within the waiting period, one after it, and an accident with an injury, trips and invoices."""
    stage.decide(stage.death_case(stage.member("Yohanes Tote"), date(2025, 8, 1)))
    stage.decide(stage.death_case(stage.member("Marten Adoe"), date(2025, 11, 1)))
    stage.decide(accident_with_costs(stage))
    return stage


def reformed(folder: Path, changes: str) -> Law:
    file = folder / "usulan.yaml"
    file.write_text(f"name: Usulan\ntitle: What if\nchanges:\n  {changes}\n")
    return read_reform(file, LAW).applied_to(LAW)


def test_nothing_changes_while_the_law_stands(decided: Stage, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        again = queries.replay(READ)
    assert (again.decided, again.other_law, again.changed) == (3, 0, ())
    assert again.before == again.after == sum(Decision.objects.values_list("amount", flat=True))
    assert queries.replay(date(2025, 1, 1)).decided == 0


def test_another_waiting_period_is_named_with_what_it_changes(decided: Stage, tmp_path: Path) -> None:
    again = queries.replay(READ, reformed(tmp_path, "masa_tunggu_jkm_bulan: {from: 2025-01-01, value: 1}"))
    assert again.other_law == 3
    (changed,) = again.changed  # the death in month 4 and the accident come out as they did
    first = Decision.objects.order_by("made_at").first()
    assert first is not None
    assert (changed.decision_id, changed.legal_day, changed.state) == (first.id, date(2025, 8, 1), "disetujui")
    assert {(one.what, one.before, one.after) for one in changed.answers} == {
        ("jkm_total", "10000000", "42000000"),
        ("jkm_santunan_kematian", "0", "20000000"),
        ("jkm_santunan_berkala", "0", "12000000"),
        ("alasan", "masa_tunggu_jkm_selesai", ""),
    }
    (origin,) = changed.origins
    assert (origin.kind, origin.name, origin.before, origin.after, origin.source, origin.status) == (
        "parameter", "masa_tunggu_jkm_bulan", "3 bulan", "1 bulan", "Usulan", "assumed",
    )  # fmt: skip
    assert (changed.edition, changed.new_edition) == (date(2025, 1, 1), date(2025, 1, 1))
    assert changed.law_hash == first.law_hash != changed.new_hash
    assert again.after - again.before == 32_000_000


def test_a_number_that_changes_no_answer_is_not_named(decided: Stage, tmp_path: Path) -> None:
    again = queries.replay(READ, reformed(tmp_path, "batas_angkutan_udara: {from: 2025-01-01, value: 1_000_000}"))
    assert (again.other_law, again.changed) == (3, ())


def test_another_table_of_body_parts_reaches_the_decision_through_the_injury(decided: Stage) -> None:
    table = LAW.parameters["cacat_anatomis"]
    versions = tuple(
        replace(version, value=Entries({**version.value.values, "ruas_pertama_telunjuk_kanan": 60}))
        for version in table.versions
        if isinstance(version.value, Entries)
    )
    other = Law(LAW.book, {**LAW.parameters, "cacat_anatomis": replace(table, versions=versions)}, LAW.instruments)
    (changed,) = queries.replay(READ, other).changed
    assert ("cacat_sebagian", "3600000", "4800000") in {(one.what, one.before, one.after) for one in changed.answers}
    assert [(one.kind, one.name) for one in changed.origins] == [("parameter", "cacat_anatomis")]
    assert changed.origins[0].source == "PP 82/2019 Lampiran III"


def test_a_rule_that_was_written_anew_is_named(decided: Stage) -> None:
    book = Book(dict(LAW.book.facts), [rule for rule in LAW.book.rules if rule.name != "jkm_biaya_pemakaman"])

    def jkm_biaya_pemakaman(jkm_berhak: bool, pemakaman: int) -> int:
        return pemakaman * 2 if jkm_berhak else 0

    book.rule(label="Biaya pemakaman JKM", source="PP 44/2015 Pasal 34", unit="Rp")(jkm_biaya_pemakaman)
    again = queries.replay(READ, Law(book, LAW.parameters, LAW.instruments))
    assert len(again.changed) == 2  # both deaths, not the accident
    for changed in again.changed:
        assert [(one.kind, one.name, one.before, one.after) for one in changed.origins] == [
            ("aturan", "jkm_biaya_pemakaman", "Rp 10.000.000", "Rp 20.000.000")
        ]


def test_a_fact_that_the_law_no_longer_takes_is_named(stage: Stage) -> None:
    stage.decide(stage.death_case(stage.member("Yohanes Tote"), date(2025, 8, 1)))
    facts = dict(LAW.book.facts)
    facts["bulan_menunggak"] = replace(facts["bulan_menunggak"], minimum=1, maximum=3)
    again = queries.replay(READ, Law(Book(facts, LAW.book.rules), LAW.parameters, LAW.instruments))
    (changed,) = again.changed
    (answer,) = changed.answers
    assert (answer.what, answer.after.split(":")[0]) == ("hukum", "fakta_di_luar_batas")
    assert (changed.new_edition, changed.origins, again.after) == (None, (), 0)


def test_a_decision_kept_before_members_were_kept_is_still_decided_again(decided: Stage) -> None:
    stored = Decision.objects.get(kind="jkk_kecelakaan")
    old = replace_trace(stored)
    assert "members" not in old
    assert queries.replay(READ).changed == ()


def replace_trace(stored: Decision) -> dict[str, object]:
    """A new proposal like the stored one, without what older versions did not keep."""
    trace = {name: value for name, value in stored.trace.items() if name != "members"}
    trace["steps"] = [{name: value for name, value in step.items() if name != "digest"} for step in trace["steps"]]
    same = {
        field.attname: getattr(stored, field.attname)
        for field in Decision._meta.concrete_fields
        if field.attname not in {"id", "number", "trace", "made_at"}
    }
    return dict(Decision.objects.create(**same, number=2, trace=trace).trace)


def test_a_decision_lists_the_open_questions_of_its_injuries_too(decided: Stage) -> None:
    (row,) = queries.decisions_of(Decision.objects.get(kind="jkk_kecelakaan").case_id)
    named = {question["name"] for question in row.open_questions}
    assert "cacat_anatomis" in named
    unread = {step.name for step in row.steps if step.status in {"assumed", "reported"}}
    assert unread <= named
    assert len(named) == len(row.open_questions)
    assert row.legal_day > ISSUED


def test_the_verb_says_what_each_differs_by(decided: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay_verb([]) == 0
    assert capsys.readouterr().out == "3 keputusan diputus ulang; 0 akan lain hasilnya.\n"
    reformed(tmp_path, "masa_tunggu_jkm_bulan: {from: 2025-01-01, value: 1}")
    assert replay_verb(["--reform", str(tmp_path / "usulan.yaml")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "(disetujui), menurut hukum 2025-08-01: edisi 2025-01-01 (" in lines[0]
    assert "  jkm_total: Rp 10.000.000 -> Rp 42.000.000" in lines
    assert "  alasan: masa_tunggu_jkm_selesai -> (tidak ada)" in lines
    assert any(
        line.startswith("  karena parameter masa_tunggu_jkm_bulan - ")
        and line.endswith(": 3 bulan -> 1 bulan (Usulan; assumed)")
        for line in lines
    )
    assert lines[-2].endswith("1 akan lain hasilnya.")
    assert lines[-1] == "Jumlah manfaat semua keputusan: Rp 88.600.000 -> Rp 120.600.000."
    assert replay_verb(["--form", "json", "--on", "2024-12-31", "--reform", str(tmp_path / "usulan.yaml")]) == 0
    assert json.loads(capsys.readouterr().out)["decided"] == 0
    assert replay_verb(["--reform", str(tmp_path / "absent.yaml")]) == 2
    assert "absent.yaml" in capsys.readouterr().err


def noted() -> list[dict[str, object]]:
    return list(Diary.objects.filter(action="replay_decisions").order_by("id").values_list("after", flat=True))


def test_the_night_notes_what_differs_once_and_what_no_longer_does(decided: Stage, tmp_path: Path) -> None:
    assert replay_decisions_task(1_767_600_000) is False  # nothing ever differed: no row
    other = queries.replay(READ, reformed(tmp_path, "masa_tunggu_jkm_bulan: {from: 2025-01-01, value: 1}"))
    assert note_replay(by=None, on=READ, found=other)
    assert not note_replay(by=None, on=READ, found=other)
    (row,) = noted()
    assert (row["decided"], row["differing"]) == (3, 1)
    assert "masa_tunggu_jkm_bulan" in json.dumps(row)
    assert "Yohanes" not in json.dumps(row)

    def told(areas: tuple[str, ...]) -> int:
        stands = standing("kota-kupang-2025", areas=areas, on=READ)
        assert stands is not None
        return {one.code: one.count for one in attention(stands, areas=areas)}.get("keputusan_lain", 0)

    assert (told(("53.71",)), told(("53.71.04",))) == (1, 0)
    assert replay_decisions_task(1_767_600_000) is True
    assert [one["differing"] for one in noted()] == [1, 0]
    assert told(("53.71",)) == 0

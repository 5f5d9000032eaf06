"""Where a difference from a kept answer begins: at a number, a table, a rule that rests on others, or a fact."""

import ast
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lopo.law import LAW
from lopo.law.book import Book
from lopo.law.decision import FACT, PARAMETER, RULE, Decision
from lopo.law.engine import Law
from lopo.law.groups import CHILDREN, INJURIES, gather, gather_kept
from lopo.law.origins import Origin, origins
from lopo.law.parameters import Tiers
from lopo.law.reading import Branch, read_aloud

DAY = date(2025, 10, 20)
JKM: Mapping[str, Any] = {
    "nomor_terbit": True, "bulan_kepesertaan": 4, "bulan_menunggak": 0, "tunggakan_lunas": True,
    "kecelakaan_kerja": False,
}  # fmt: skip


def kept(decision: Decision) -> list[Mapping[str, Any]]:
    steps: list[Mapping[str, Any]] = json.loads(decision.to_json())["steps"]
    return steps


def with_number(name: str, value: int | Tiers) -> Law:
    parameter = LAW.parameters[name]
    other = replace(parameter, versions=tuple(replace(one, value=value) for one in parameter.versions))
    return Law(LAW.book, {**LAW.parameters, name: other}, LAW.instruments, LAW.english)


def parted(target: str, facts: Mapping[str, Any], other: Law, new_facts: Mapping[str, Any]) -> tuple[Origin, ...]:
    return origins(kept(LAW.decide(target, facts, DAY)), other.decide(target, new_facts, DAY), [target])


def test_nothing_differs() -> None:
    assert parted("jkm_total", JKM, LAW, JKM) == ()


def test_a_name_that_neither_trace_has_gives_nothing() -> None:
    decision = LAW.decide("jkm_total", JKM, DAY)
    assert origins(kept(decision), decision, ["tidak_ada"]) == ()


def test_a_number_is_where_it_begins_and_not_what_passes_it_on() -> None:
    (origin,) = parted("jkm_total", JKM, with_number("jkm_santunan", 25_000_000), JKM)
    assert (origin.kind, origin.name) == (PARAMETER, "jkm_santunan")
    assert (origin.before, origin.after) == ("Rp 20.000.000", "Rp 25.000.000")
    assert (origin.source, origin.status) == ("PP 82/2019", "reported")


def test_a_fact_that_is_other() -> None:
    (origin,) = parted("jkm_total", JKM, LAW, {**JKM, "bulan_kepesertaan": 2})
    assert (origin.kind, origin.name, origin.before, origin.after) == (FACT, "bulan_kepesertaan", "4 bulan", "2 bulan")


def test_a_row_of_a_table_is_seen_by_its_digest_and_without_one_by_its_text() -> None:
    ladder = LAW.parameters["lapisan_dasar_jkk"].versions[0].value
    assert isinstance(ladder, Tiers)
    higher = with_number("lapisan_dasar_jkk", Tiers(ladder.bounds, (1_100_000, *ladder.values[1:])))
    facts = {"penghasilan": 500_000}
    (origin,) = parted("dasar_manfaat_jkk", facts, higher, facts)
    assert (origin.kind, origin.name) == (PARAMETER, "lapisan_dasar_jkk")
    old = LAW.decide("dasar_manfaat_jkk", facts, DAY)
    without = [{name: what for name, what in step.items() if name != "digest"} for step in kept(old)]
    assert origins(without, old, ["dasar_manfaat_jkk"]) == ()
    other = [step if step["name"] != "lapisan_dasar_jkk" else {**step, "text": "lain"} for step in without]
    found = origins(other, higher.decide("dasar_manfaat_jkk", facts, DAY), ["dasar_manfaat_jkk"])
    assert [one.name for one in found] == ["lapisan_dasar_jkk"]


def test_a_rule_that_rests_on_other_things_is_named_with_its_numbers() -> None:
    old = next(rule for rule in LAW.book.rules if rule.function.__name__ == "jkm_penuh_2025")
    shorter = replace(
        old,
        function=lambda jkm_berhak: jkm_berhak,
        arguments=(("jkm_berhak", "bool"),),
        expression=ast.parse("jkm_berhak", mode="eval").body,
    )
    rules = [shorter if rule is old else rule for rule in LAW.book.rules]
    reform = Law(Book(LAW.book.facts, rules), LAW.parameters, LAW.instruments, LAW.english)
    early = {**JKM, "bulan_kepesertaan": 2}
    (origin,) = parted("jkm_total", early, reform, early)
    assert (origin.kind, origin.name, origin.before, origin.after) == (RULE, "jkm_penuh", "tidak", "ya")


def test_what_is_new_and_what_is_gone_is_named_on_its_own() -> None:
    decision = LAW.decide("jkm_total", JKM, DAY)
    (new,) = origins([], decision, ["jkm_total"])
    assert (new.name, new.before, new.after) == ("jkm_total", "", "Rp 42.000.000")
    (gone,) = origins(kept(decision), LAW.decide("jkk_belum_kedaluwarsa", DATES, DAY), ["jkm_penuh"])
    assert (gone.kind, gone.name, gone.before, gone.after) == (RULE, "jkm_penuh", "ya", "")


DATES = {"tanggal_kejadian": DAY, "tanggal_klaim": DAY}


def test_members_as_they_were_kept_are_gathered_again() -> None:
    injuries = [{"bagian_tubuh": part, "jumlah_cedera": 1} for part in ("telunjuk_kanan", "ibu_jari_kaki")]
    child = {
        "lahir_anak": date(2015, 3, 10), "hari_beasiswa": DAY, "anak_menikah": False, "anak_bekerja": False,
        "jenjang_sekolah": "sd", "tahun_beasiswa_dipakai": 0, "urutan_anak": 1,
    }  # fmt: skip
    first, second = gather(INJURIES, injuries, DAY).members
    (third,) = gather(CHILDREN, [child], DAY).members
    stored = [json.loads(one.to_json()) for one in (first, third, second)]
    again = gather_kept(stored, DAY, LAW)
    assert again.facts == {
        "persen_cacat_permil": 140, "anak_layak_beasiswa": 1, "beasiswa_anak_tertinggi": 1_500_000,
        "beasiswa_anak_jumlah": 1_500_000,
    }  # fmt: skip
    assert [one.facts for one in again.members] == [first.facts, third.facts, second.facts]
    assert gather_kept([], DAY, LAW).facts == {}


@pytest.mark.parametrize(
    ("formula", "text"),
    [("-upah", "−upah"), ("2 * (1 if aktif else upah)", "2 × (1 bila aktif, selain itu upah)")],
)
def test_a_minus_and_a_choice_within_a_formula_are_read_aloud(formula: str, text: str) -> None:
    rule = replace(LAW.book.rules[0], expression=ast.parse(formula, mode="eval").body)
    assert read_aloud(rule, {}) == (Branch("", text),)


def test_what_no_rule_can_say_is_not_read_aloud() -> None:
    rule = replace(LAW.book.rules[0], expression=ast.parse("[1]", mode="eval").body)
    with pytest.raises(TypeError, match="a rule knows no List"):
        read_aloud(rule, {})

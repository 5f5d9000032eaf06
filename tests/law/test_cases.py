"""What the law must say, case by case and day by day, from the YAML files that a lawyer can read."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from lopo.law import decide

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['title']}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    decision = decide(list(case["expect"]), case["facts"], case["day"])
    assert dict(decision.values) == case["expect"]
    if "reasons" in case:
        assert sorted(reason.code for reason in decision.reasons) == sorted(case["reasons"])


def test_every_case_says_where_its_answer_comes_from() -> None:
    for param in CASES:
        case = param.values[0]
        assert isinstance(case, dict)
        assert case["from"].strip()
        assert case["expect"]

"""Numbers that candidates state, in the ways they state them: right ones raise no alarm, wrong ones do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from interviewer.models.numbers import NumberFinding
from interviewer.models.transcript import Turn
from interviewer.reading.numbers import check

CASES: dict[str, list[dict[str, str]]] = yaml.safe_load(Path(__file__).with_name("stated.yaml").read_text("utf-8"))


def found(case: Mapping[str, str]) -> tuple[NumberFinding, ...]:
    told = case.get("told", "How would you size it?")
    return check([Turn(index=0, role="interviewer", text=told), Turn(index=1, role="candidate", text=case["says"])])


def words(case: Mapping[str, str]) -> str:
    return case["says"][:60]


@pytest.mark.parametrize("case", CASES["right"], ids=words)
def test_what_is_right_is_right_and_raises_no_alarm(case: Mapping[str, str]) -> None:
    findings = found(case)
    assert case["kind"] in {f.kind for f in findings if f.verdict == "right"}
    assert not [f for f in findings if f.verdict == "wrong"]


@pytest.mark.parametrize("case", CASES["wrong"], ids=words)
def test_what_is_wrong_is_said_with_what_it_should_be(case: Mapping[str, str]) -> None:
    wrong = [f for f in found(case) if f.verdict == "wrong"]
    assert [f.kind for f in wrong] == [case["kind"]]
    assert wrong[0].should_be == case.get("should_be", wrong[0].should_be) != ""
    assert wrong[0].off_by == case.get("off_by", wrong[0].off_by) != ""
    assert wrong[0].inputs


@pytest.mark.parametrize("case", CASES["not_checkable"], ids=words)
def test_what_cant_be_checked_says_why(case: Mapping[str, str]) -> None:
    findings = found(case)
    assert not [f for f in findings if f.verdict == "wrong"]
    finding = next(f for f in findings if f.verdict == "not_checkable" and f.kind == case["kind"])
    assert (
        case["missing"] in finding.missing if "missing" in case else case["note"].casefold() in finding.note.casefold()
    )


@pytest.mark.parametrize("case", CASES["quiet"], ids=words)
def test_other_numbers_raise_no_alarm(case: Mapping[str, str]) -> None:
    assert not [f for f in found(case) if f.verdict == "wrong"]

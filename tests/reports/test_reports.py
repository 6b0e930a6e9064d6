"""Reports: every format says level, band and words, and shows untrusted text as text."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest

from interviewer.errors import NotFound
from interviewer.models.scorecard import (
    CheckVerdict,
    CriterionScore,
    Debrief,
    Evidence,
    Grade,
    Scorecard,
    UsedRubric,
)
from interviewer.reports import FORMATS, render

HOSTILE = "<script>alert(1)</script> [/] \x1b]0;owned\x07 \u202egnp =1+1 $title {x}"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def check(verdict: str, says: str = "Names a comparison.", quote: str | None = None, **more: object) -> CheckVerdict:
    evidence = () if quote is None else (Evidence(turn=1, quote=quote),)
    return CheckVerdict.model_validate(
        {"id": f"c-{verdict}", "criterion": "rigor", "says": says, "verdict": verdict, "evidence": evidence, **more}
    )


def sample(quote: str = "against other bakeries", says: str = "Names a comparison.") -> Grade:
    checks = (
        check("met", says, quote, essential=True, rung=2),
        check("partly", quote=quote),
        check("not_met"),
        check("not_asked"),
        check("failed"),
        check("met", "Before and after is proof.", quote, kind="misconception", question="oven"),
        check("not_met", "Nobody believes this.", kind="misconception", question="oven"),
    )
    scored = CriterionScore(
        id="rigor", title="Rigor", level=3.4, band=(2.6, 4.2), status="scored", reason="Counted.", checks=checks
    )
    unread = CriterionScore(
        id="talk",
        title="Talk",
        level=None,
        band=None,
        status="not_assessed",
        reason="Too little was asked.",
        checks=(check("not_met", "Uses plain words."),),
    )
    card = Scorecard(
        round="baking",
        title="Baking",
        overall=3.4,
        recommendation="lean_yes",
        criteria=(scored, unread),
        self_rating={"rigor": 4.5},
        flags=("Turn 3: words addressed to the grader.",),
    )
    debrief = Debrief(
        persona="chair",
        decision="lean_yes",
        summary="Decision: lean yes.",
        reasons=("A reason.",),
        dissent=("One disagrees.",),
        would_change=("A number.",),
        practise=("Rigor: practise on “The oven”.",),
        locked={"baking": "ab"},
    )
    return Grade(
        transcript="sample",
        engine="offline",
        rubrics=(UsedRubric(id="baking", sha256="f" * 64),),
        rounds=(card,),
        debrief=debrief,
        flags=card.flags,
        problems=("Something was assumed.",),
        sha256="e" * 64,
        graded="rule levels-1",
    )


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_people_read_level_band_words_verdicts_quotes_and_their_own_rating(format: str) -> None:
    report = " ".join(re.sub(r"<[^>]+>|[*\\]", "", render(format, [sample()])).split())
    for expected in (
        "3.4 of 5 (2.6 to 4.2), mixed, a gap that matters",
        "Your own rating: 4.5.",
        "✓ met: Names a comparison.",
        "~ partly met",
        "✗ missed",
        "! not judged",
        "not asked",
        "✗ misconception held",
        "essential, after hint 2 of 3",
        "against other bakeries",
        "Talk: not assessed",
        "✗ not seen: Uses plain words.",
        "Too little was asked.",
        "leaning yes",
        "One disagrees.",
        "Something was assumed.",
        "Turn 3: words addressed to the grader.",
        "The oven",
    ):
        assert expected in report, expected
    assert "Nobody believes this." not in report


@pytest.mark.parametrize("width", [30, 44, 80, 200])
def test_text_keeps_to_the_width_of_the_terminal(width: int) -> None:
    lines = render("text", [sample(quote="word " * 80)], width=width).splitlines()
    assert max(map(len, lines)) <= max(30, min(width, 100))


def test_json_keeps_its_contract() -> None:
    data = json.loads(render("json", [sample()]))
    assert {"transcript", "engine", "model", "rubrics", "rounds", "debrief", "flags", "problems"} <= set(data)
    assert data["rubrics"] == [{"id": "baking", "sha256": "f" * 64}]
    (card,) = data["rounds"]
    assert (card["round"], card["overall"], card["recommendation"]) == ("baking", 3.4, "lean_yes")
    rigor, talk = card["criteria"]
    assert (rigor["level"], rigor["band"], rigor["status"]) == (3.4, [2.6, 4.2], "scored")
    assert (talk["level"], talk["band"], talk["status"]) == (None, None, "not_assessed")
    assert rigor["checks"][0]["evidence"] == [{"turn": 1, "quote": "against other bakeries"}]


def test_several_files_make_a_list_even_when_one_is_left() -> None:
    assert isinstance(json.loads(render("json", [sample()], several=True)), list)
    assert len(json.loads(render("json", [sample(), sample()]))) == 2


def test_a_program_reads_back_the_very_characters_of_a_quote() -> None:
    odd = "a\u202eb\x9bc\x1bd\U000e0041e — “f”"
    data = json.loads(render("json", [sample(quote=odd)]))
    assert data["rounds"][0]["criteria"][0]["checks"][0]["evidence"][0]["quote"] == odd


@pytest.mark.parametrize("format", list(FORMATS))
def test_no_report_carries_what_drives_a_terminal(format: str) -> None:
    assert not FORBIDDEN.search(render(format, [sample(quote=HOSTILE, says=HOSTILE)]))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_well_formed_self_contained_and_never_runs_what_was_said() -> None:
    tags = _Tags()
    page = render("html", [sample(quote=HOSTILE, says=HOSTILE), sample()])
    tags.feed(page)
    assert tags.open == [] and not tags.seen & {"script", "img", "link", "iframe"}
    assert "<script>alert(1)</script>" in tags.text and "$title {x}" in tags.text
    assert 'lang="en"' in page and "<caption>" in page and 'scope="row"' in page


def test_markdown_shows_what_was_said_as_it_was_said() -> None:
    report = render("markdown", [sample(quote="# no *heading* <b> [x](y)")])
    assert r"\# no \*heading\* \<b\> \[x\](y)" in report


def test_csv_has_one_line_a_check_and_no_formulas() -> None:
    rows = list(csv.DictReader(io.StringIO(render("csv", [sample(quote="=HYPERLINK(1)")]))))
    assert len(rows) == 8 and {r["criterion"] for r in rows} == {"rigor", "talk"}
    assert rows[0]["quote"] == "'=HYPERLINK(1)" and rows[0]["self_rating"] == "4.5"


def test_an_unknown_format_is_named_with_the_known_ones() -> None:
    with pytest.raises(NotFound, match=r"'pdf'.*csv, html, json"):
        render("pdf", [sample()])


@pytest.mark.parametrize("format", list(FORMATS))
def test_the_same_grade_gives_the_same_bytes(format: str) -> None:
    assert render(format, [sample()]) == render(format, [sample()])

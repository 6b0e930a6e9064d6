"""The page: everything is on it, every quote leads to its words and back, nothing is loaded or run."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from interviewer.models.base import Move
from interviewer.models.conduct import ConductReport, Conviction, Passage
from interviewer.models.scorecard import CriterionScore, Evidence, Grade, Scorecard
from interviewer.models.transcript import Transcript, Turn
from interviewer.reports import FORMATS, render
from interviewer.text import fold

from .pages import Page, graded, page_of
from .test_reports import HOSTILE, check, sample

EXAMPLES = ("example-onsite", "hand-played-hostile")
SAID = "I would compare it against other bakeries, for three weeks."


def spoken(*turns: Turn, **more: object) -> Transcript:
    return Transcript.model_validate({"id": "sample", "turns": turns, **more})


def turn(index: int, text: str = SAID, move: Move | None = None, **more: object) -> Turn:
    role = "candidate" if move is None and index % 2 else "interviewer"
    return Turn.model_validate({"index": index, "role": role, "text": text, "round": "baking", "move": move, **more})


def page(talk: Transcript, grade: Grade | None = None) -> Page:
    return Page(render("html", [grade or sample()], talks=[talk]))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_link_leads_somewhere_on_the_page_and_nothing_is_loaded_or_run(name: str) -> None:
    source = page_of(name)
    read = Page(source)
    ids = [e.id for e in read.elements if e.id]
    assert len(ids) == len(set(ids))
    links = [e.attrs["href"] for e in read.elements if "href" in e.attrs]
    assert len(links) > 100 and {link[1:] for link in links} <= set(ids) and all(link[0] == "#" for link in links)
    named = [n for e in read.elements for n in e.attrs.get("aria-labelledby", "").split()]
    assert named and set(named) <= set(ids)
    loading = {"script", "link", "img", "image", "iframe", "object", "embed", "use", "video", "audio", "base", "form"}
    assert not loading & {e.tag for e in read.elements}
    for element in read.elements:
        assert not {"src", "srcset", "xlink:href", "data", "action"} & element.attrs.keys()
        assert not [a for a in element.attrs if a.startswith("on")] and "style" not in element.attrs
    (style,) = read.of("style")
    assert not re.search(r"url\(|@import|https?:", style.text)
    assert "default-src 'none'" in source


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_quote_leads_to_a_turn_that_holds_it(name: str) -> None:
    read = Page(page_of(name))
    quotes = read.of("blockquote")
    assert len(quotes) > 10
    for quote in quotes:
        (link,) = read.below(quote, "a")
        there = read.by_id(link.attrs["href"][1:])
        said = fold(quote.text.removesuffix(link.text)).removesuffix("...").strip()
        (words,) = [e for e in read.below(there, "div") if e.attrs.get("class") == "said"]
        assert said and _plain(said) in _plain(fold(words.words))
    assert all(re.fullmatch(r"r\d-t\d+", e.id) for e in read.of("div", "turn"))


def _plain(text: str) -> str:
    """Without blanks: a paragraph's end is none in the text that is read."""
    return text.replace(" ", "")


@pytest.mark.parametrize("name", EXAMPLES)
def test_words_that_were_quoted_are_marked_and_lead_back_to_where_they_count(name: str) -> None:
    made, _ = graded(name)
    read = Page(page_of(name))
    for n, card in enumerate(made.rounds, 1):
        for c, score in enumerate(card.criteria, 1):
            for evidence in (e for i in score.checks if i.verdict == "met" and i.kind == "check" for e in i.evidence):
                said = read.by_id(f"r{n}-t{evidence.turn}")
                marked = fold("".join(e.text for e in read.below(said, "mark")))
                assert _plain(fold(evidence.quote)) in _plain(marked)
                back = [e for e in read.below(said, "a") if e.attrs["href"] == f"#r{n}-c{c}"]
                assert any(score.title in e.text for e in back)
                assert read.by_id(f"r{n}-c{c}").tag == "h4"


def test_what_the_interviewer_said_leads_back_to_the_debrief() -> None:
    made, _ = graded("example-onsite")
    assert made.conduct
    read = Page(page_of("example-onsite"))
    posed = [c.posed.turn for c in made.conduct.convictions if c.posed]
    assert posed
    for number in posed:
        (said,) = [e for e in read.of("div", "turn") if e.id.endswith(f"-t{number}")]
        assert read.below(said, "mark") and "#debrief" in {e.attrs["href"] for e in read.below(said, "a")}


@pytest.mark.parametrize("count", [1, 2])
def test_headings_go_down_one_level_at_a_time_under_one_title(count: int) -> None:
    made, talk = graded("example-onsite")
    read = Page(render("html", [made] * count, talks=[talk] * count))
    levels = [int(e.tag[1]) for e in read.elements if re.fullmatch(r"h\d", e.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    ids = [e.id for e in read.elements if e.id]
    assert len(ids) == len(set(ids))


def test_a_reader_finds_landmarks_a_way_past_them_and_captions() -> None:
    read = Page(page_of("example-onsite"))
    (html,) = read.of("html")
    skip = read.of("a")[0]
    assert html.attrs["lang"] == "en" and skip.attrs == {"class": "skip", "href": "#main"}
    assert read.by_id("main").tag == "main" and len(read.of("nav")) == 1 and read.of("nav")[0].attrs["aria-label"]
    assert all(read.below(table, "caption") for table in read.of("table"))
    for picture in (e for e in read.of("svg") if e.attrs.get("role") == "img"):
        assert read.below(picture, "title")[0].text and read.below(picture, "desc")[0].text
    assert all(e.attrs.get("open") is not None for e in read.of("details") if e.id.endswith("-talk"))


def test_the_chart_says_in_words_what_it_shows() -> None:
    read = page(spoken(turn(0, "Was it the oven?", Move.ASK), turn(1)))
    (figure,) = read.of("figure", "levels")
    (told,) = read.below(figure, "desc")
    assert "Rigor: 3.4 of 5 (2.6 to 4.2), mixed, a gap that matters. Your own rating: 4.5." in told.text
    assert "Talk: not assessed." in told.text
    shapes = [e.attrs.get("class") for e in read.below(figure, "circle") + read.below(figure, "path")]
    assert shapes.count("level") == 2 and shapes.count("own") == 2  # one in the chart, one in its key


def test_the_timeline_runs_along_the_clock_and_shows_pushes_hints_and_evidence() -> None:
    grade = sample().model_copy(update={"conduct": ConductReport(transcript="sample", convictions=CHALLENGES)})
    talk = spoken(
        turn(0, "Was it the oven?", Move.ASK, question="oven", clock=0), turn(1, seconds=30.0),
        turn(2, "Think of spring.", Move.HINT, rung=2, clock=30), turn(3, "Spring, then.", seconds=20.0),
        turn(4, "It was hot.", Move.PUSH_BACK, clock=50), turn(5, "It was.", seconds=10.0),
        turn(6, "Bread is cheap.", Move.PUSH_BACK, clock=60), turn(7, "No.", seconds=10.0),
        turn(8, "Back to the oven.", Move.REDIRECT, clock=70), turn(9, "Yes.", seconds=10.0),
        turn(10, "So?", Move.DECIDE, clock=80), turn(11, "The oven.", seconds=10.0),
        turn(12, "Thank you.", Move.CLOSE, clock=90),
        minutes={"baking": 10},
    )  # fmt: skip
    read = page(talk, grade)
    (figure,) = read.of("figure", "timeline")
    lines = [e.text for o in read.of("ol") for e in read.below(o, "li")]
    for expected in (
        "0:00, turn 0: question opened",
        "0:15, turn 1: evidence for Rigor (2 quotes)",
        "0:30, turn 2: hint 2 of 3",
        "0:50, turn 4: push-back that is right: updated on it",
        "1:00, turn 6: push-back that is wrong: held with a reason",
        "1:10, turn 8: redirect",
        "1:20, turn 10: decision asked for",
        "1:30, turn 12: close",
    ):
        assert expected in lines, lines
    assert "1:30 of 10:00 used" in figure.text
    marks = [e for e in read.below(figure, "a")]
    assert len(marks) == len(lines) and {e.attrs["tabindex"] for e in marks} == {"-1"}


CHALLENGES = tuple(
    Conviction.model_validate(
        {"round": "baking", "question": "oven", "push_back": f"p{n}", "valid": valid, "because": "So it is.",
         "posed": Passage(turn=n, quote=quote), "reply": reply, "read_by": "cues"}
    )
    for n, quote, valid, reply in ((4, "It was hot.", True, "updated"), (6, "Bread is cheap.", False, "held"))
)  # fmt: skip


def test_without_a_clock_the_timeline_goes_by_turns_and_without_moves_it_says_so() -> None:
    talk = spoken(turn(0, "Was it the oven?"), turn(1))
    (figure,) = page(talk).of("figure", "timeline")
    assert "2 turns; no clock was kept" in figure.text and "isn't known" in figure.text


def test_a_file_without_rounds_is_shown_whole_and_one_round_alone_when_only_that_was_graded() -> None:
    bare = spoken(*(t.model_copy(update={"round": None}) for t in (turn(0, "The oven?"), turn(1))))
    assert [e.id for e in page(bare).of("div", "turn")] == ["r1-t0", "r1-t1"]
    _, talk = graded("example-onsite")
    shown = {e.id for e in Page(page_of("example-onsite", "product_case")).of("div", "turn")}
    assert shown == {f"r1-t{t.index}" for t in talk.of_round("product_case").turns}


def test_without_a_transcript_the_page_still_stands_and_names_turns_in_words() -> None:
    made, _ = graded("example-onsite")
    read = Page(render("html", [made]))
    assert not read.of("div", "turn") and "turn 9" in read.of("cite")[0].text
    ids = {e.id for e in read.elements}
    assert all(e.attrs["href"][1:] in ids for e in read.elements if "href" in e.attrs)


def test_what_was_said_stays_text_wherever_it_stands() -> None:
    said = f"{HOSTILE} </p></div></details> turn 0: “x” against other bakeries <mark>no</mark>\n\nAnd & then."
    read = page(spoken(turn(0, HOSTILE, Move.ASK, question="<b>"), turn(1, said)), sample(quote=HOSTILE, says=HOSTILE))
    assert not {"script", "b"} & {e.tag for e in read.elements}
    said_there = read.by_id("r1-t1").text
    assert "</p></div></details>" in said_there and "<script>alert(1)</script>" in said_there
    assert "\x1b" not in read.source and "\u202e" not in read.source


def test_overlapping_quotes_are_each_marked_and_numbered() -> None:
    first, second = "compare it against other bakeries", "other bakeries, for three weeks"
    checks = (check("met", quote=first), check("met", "Says how long.", second))
    scores = tuple(
        CriterionScore(id=f"c{n}", title=f"Criterion {n}", level=3.0, band=(2.0, 4.0), status="scored", reason="",
                       checks=(c,))
        for n, c in enumerate(checks)
    )  # fmt: skip
    card = Scorecard(round="baking", title="Baking", overall=3.0, recommendation=None, criteria=scores)
    read = page(spoken(turn(0, "The oven?"), turn(1)), sample().model_copy(update={"rounds": (card,)}))
    said = read.by_id("r1-t1")
    assert "".join(e.text for e in read.below(said, "mark")) == "compare it against other bakeries, for three weeks"
    assert [e.attrs["href"] for e in read.below(said, "sup") for e in read.below(e, "a")] == ["#r1-c1", "#r1-c2"]


def test_words_aimed_at_the_grader_are_marked_as_left_out() -> None:
    made, _ = graded("hand-played-hostile")
    read = Page(page_of("hand-played-hostile"))
    assert made.flags and read.of("mark", "flagged")
    assert read.by_id("r1-notes").tag == "ul"
    assert all(flag.split(":")[0] in read.by_id("r1-notes").text for flag in made.flags)


def test_a_long_interview_is_shown_to_its_last_turn() -> None:
    turns = [turn(n, f"{SAID} ({n})", None if n % 2 else Move.PROBE) for n in range(2000)]
    checks = tuple(
        check("met", f"Point {n}.").model_copy(update={"evidence": (Evidence(turn=n, quote=f"weeks. ({n})"),)})
        for n in range(1, 2000, 40)
    )
    base = sample().rounds[0]
    scored = base.criteria[0].model_copy(update={"checks": checks})
    card = base.model_copy(update={"criteria": (scored,)})
    read = page(spoken(*turns), sample().model_copy(update={"rounds": (card,)}))
    assert len(read.of("div", "turn")) == 2000 and len(read.of("mark")) == len(checks)


@pytest.mark.parametrize("format", list(FORMATS))
def test_every_format_names_engine_model_hashes_and_what_was_degraded(format: str) -> None:
    made = sample().model_copy(update={"engine": "llm", "model": "a-judge"})
    wide = made.rounds[0].criteria[0].model_copy(update={"band": (2.0, 4.5)})
    aimed = ("Turn 1: words addressed to the grader, not used as evidence: “x”",)
    card = made.rounds[0].model_copy(update={"criteria": (wide, *made.rounds[0].criteria[1:]), "basis": "wording"})
    report = render(format, [made.model_copy(update={"rounds": (card,), "flags": aimed})])
    for expected in ("llm", "a-judge", "e" * 12, "f" * 12, "estimate by wording", "1 not judged", "low confidence",
                     "1 not assessed", "1 left out", "calibration: none"):  # fmt: skip
        assert expected in report.replace("\\", ""), expected


def test_offline_says_that_it_is_and_what_levels_rest_on() -> None:
    made, _ = graded("example-onsite")
    data = json.loads(render("json", [made]))
    assert made.prompts == () and "offline" in {d["id"] for d in data["degraded"]}
    assert [r["basis"] for r in data["rounds"]] == ["statements", "statements", "structure"]


def test_a_whole_grade_by_a_model_is_only_uncalibrated() -> None:
    rigor = sample().rounds[0].criteria[0]
    card = sample().rounds[0].model_copy(update={"criteria": (rigor.model_copy(update={"checks": ()}),), "flags": ()})
    made = sample().model_copy(update={"engine": "llm", "rounds": (card,), "flags": ()})
    assert [d["id"] for d in json.loads(render("json", [made]))["degraded"]] == ["calibration"]


@pytest.mark.parametrize("format", list(FORMATS))
def test_a_calibration_that_was_used_is_named_and_no_lack(format: str) -> None:
    report = render(format, [sample().model_copy(update={"calibration": "v1 (n=140)"})]).replace("\\", "")
    assert "v1 (n=140)" in report and "calibration: none" not in report

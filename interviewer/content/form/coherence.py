"""Do the parts of a sheet fit each other? All of it advice: the interview's reader is finer than this one."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.content.form.cues import matching
from interviewer.content.form.problem import Finding
from interviewer.content.yamlfile import Location
from interviewer.models.question import Cue, QuestionSheet


def crosstalk(sheet: QuestionSheet) -> Iterator[Finding]:
    """What leads to one expectation tells no other."""
    for number, expectation in enumerate(sheet.expectations):
        base: Location = ("expectations", number)
        said = {(*base, "probe"): expectation.probe}
        said |= {(*base, "hints", rung): expectation.hints[rung] for rung in (0, 1)}
        others = [other for other in sheet.expectations if other is not expectation]
        for where, text in said.items():
            for other in others:
                yield from _set_off(other.cues, text, where, f"a cue of '{other.id}'")


def push_backs(sheet: QuestionSheet) -> Iterator[Finding]:
    """A push-back is not answered by its own words."""
    for number, push_back in enumerate(sheet.push_backs):
        yield from _set_off(push_back.met_by, push_back.say, ("push_backs", number, "say"), "its own 'met_by'")


def model_answer(sheet: QuestionSheet) -> Iterator[Finding]:
    """The model answer reaches what is essential and holds none of the misconceptions."""
    for expectation in sheet.expectations:
        if expectation.essential and matching(expectation.cues, sheet.model_answer) is None:
            yield Finding(("model_answer",), f"sets off no cue of '{expectation.id}', which is essential", "warning")
    for misconception in sheet.misconceptions:
        what = f"the misconception '{misconception.id}'"
        yield from _set_off(misconception.cues, sheet.model_answer, ("model_answer",), what)


def _set_off(cues: tuple[Cue, ...], text: str, where: Location, what: str) -> Iterator[Finding]:
    if terms := matching(cues, text):
        said = ", ".join(f"'{term}'" for term in terms)
        yield Finding(where, f"sets off {what} ({said})", "warning")

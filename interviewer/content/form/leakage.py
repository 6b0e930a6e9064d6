"""Does a sheet give its own answers away? What the interviewer says must lead to an expectation without telling it.

Two tests. An *echo*: saying the text back would already be read as meeting the expectation, because one of its cues
matches. A *giveaway*: the text holds words of the point that occur neither in the question nor in the facts.
"""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.content.form.cues import matching
from interviewer.content.form.problem import Finding
from interviewer.content.stems import stemmed, telling
from interviewer.content.yamlfile import Location
from interviewer.models.question import Expectation, QuestionSheet
from interviewer.text import words

TELLING = 2  # giveaway words that tell the point


def leaks(sheet: QuestionSheet) -> Iterator[Finding]:
    """Every text of the sheet that tells an expectation it should lead to."""
    asked = telling(sheet.ask)
    public = asked.union(*(telling(fact.say) for fact in sheet.facts))
    for number, expectation in enumerate(sheet.expectations):
        base: Location = ("expectations", number)
        point = telling(expectation.point)
        yield from _leak(expectation, expectation.probe, (*base, "probe"), point - public, own=True)
        for rung in (0, 1):
            yield from _leak(expectation, expectation.hints[rung], (*base, "hints", rung), point - public, own=True)
        yield from _leak(expectation, sheet.ask, ("ask",), frozenset())
        for at, fact in enumerate(sheet.facts):
            yield from _leak(expectation, fact.say, ("facts", at, "say"), point - asked)


def _leak(
    expectation: Expectation, text: str, where: Location, giveaways: frozenset[str], *, own: bool = False
) -> Iterator[Finding]:
    if terms := matching(expectation.cues, text):
        said = ", ".join(f"'{term}'" for term in terms)
        says = f"sets off a cue of '{expectation.id}' by itself ({said}); reword it or the cue"
        yield Finding(where, says, "standard")
        return
    told = giveaways & frozenset(stemmed(text))
    shown = ", ".join(f"'{word}'" for word in _as_written(text, told))
    enough = TELLING if own else max(TELLING + 1, (len(giveaways) + 1) // 2)
    if len(told) >= enough:
        yield Finding(where, f"tells the point of '{expectation.id}' ({shown}); lead to it in other words", "standard")
    elif told and own and told & _cue_words(expectation):
        yield Finding(where, f"holds a key word of '{expectation.id}' ({shown})", "warning")


def _cue_words(expectation: Expectation) -> frozenset[str]:
    terms = (term for cue in expectation.cues for group in (*cue.all, (cue.phrase or "",)) for term in group)
    return frozenset().union(*(telling(term) for term in terms))


def _as_written(text: str, stems: frozenset[str]) -> list[str]:
    return sorted({word for word in words(text) if stemmed(word) and stemmed(word)[0] in stems})

"""Which rounds a transcript is graded as: named by itself, chosen by the person, or told from its vocabulary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import log, sqrt

from interviewer.content.library import Library
from interviewer.errors import InterviewerError, TranscriptError
from interviewer.models.rubric import Rubric
from interviewer.models.transcript import Transcript
from interviewer.text import words

_STEM = 6  # letters of a word that count; endings differ in speech
_SAYING = re.compile(r"^[a-z]{4,}$")


def assign(transcript: Transcript, library: Library, chosen: str | None) -> tuple[Transcript, tuple[str, ...]]:
    """The transcript with every turn in a round, and what had to be assumed.

    Raises NotFound when ``chosen`` is no round, TranscriptError when the round can't be told.
    """
    if chosen is not None:
        library.entry("rubric", chosen)
        if chosen in transcript.rounds:
            return transcript.of_round(chosen), ()
        said = f"The file says {', '.join(transcript.rounds)}; " if transcript.rounds else ""
        return _all_in(transcript, chosen), (f"{said}graded as {chosen} because that was asked for.",) if said else ()
    if transcript.rounds:
        return transcript, ()
    if headed := _headed(transcript, library):
        return _all_in(transcript, headed), (
            f"The file's heading speaks of {headed}, so it is graded as that. Use --round to choose another.",
        )
    guess = infer(transcript, library)
    if guess is None:
        raise TranscriptError(
            f"{transcript.id} doesn't name its round, and its words don't tell.",
            next_step=f"Say it with --round: {', '.join(library.round_ids())}.",
        )
    return _all_in(transcript, guess), (
        f"The file doesn't name its round; by its vocabulary it is graded as {guess}. Use --round to choose another.",
    )


def _all_in(transcript: Transcript, round: str) -> Transcript:
    return transcript.model_copy(
        update={"turns": tuple(t.model_copy(update={"round": round}) for t in transcript.turns)}
    )


def _headed(transcript: Transcript, library: Library) -> str | None:
    """The one round whose name or title stands in the file's heading; where none does, the one a word of whose name
    does: "product round"."""
    head = _stems(transcript.heading)
    rubrics = [rubric for r in library.round_ids() if (rubric := _readable(library, r))]
    names = {r.id: _stems(r.id.replace("_", " ")) for r in rubrics}
    whole = [r.id for r in rubrics if any(said and said <= head for said in (names[r.id], _stems(r.title)))]
    named = whole or [id for id, name in names.items() if name & head]
    return named[0] if len(named) == 1 else None


def infer(transcript: Transcript, library: Library) -> str | None:
    """The round whose rubric shares the most telling words with the talk; None when nothing tells them apart."""
    vocabularies = {r: _vocabulary(rubric) for r in library.round_ids() if (rubric := _readable(library, r))}
    talk = _stems(" ".join(t.text for t in transcript.turns))
    spread = Counter(stem for vocabulary in vocabularies.values() for stem in vocabulary)

    def telling(vocabulary: set[str]) -> float:
        weight = {stem: log((1 + len(vocabularies)) / spread[stem]) for stem in vocabulary}
        return sum(weight[s] for s in vocabulary & talk) / sqrt(sum(weight.values()) or 1)

    ranked = sorted(((round(telling(v), 6), name) for name, v in vocabularies.items()), key=lambda p: (-p[0], p[1]))
    if not ranked or ranked[0][0] == 0 or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _readable(library: Library, round_id: str) -> Rubric | None:
    try:
        return library.rubric(round_id)
    except InterviewerError:
        return None


def _vocabulary(rubric: Rubric) -> set[str]:
    return _stems(" ".join(_says(rubric)))


def _says(rubric: Rubric) -> Iterable[str]:
    yield rubric.looks_for
    for criterion in rubric.criteria:
        yield f"{criterion.title} {criterion.about}"
        for check in criterion.checks:
            yield check.says
            for cue in check.cues:
                yield " ".join([cue.phrase or "", *(term for group in cue.all for term in group)])


def _stems(text: str) -> set[str]:
    return {w[:_STEM] for w in words(text) if _SAYING.match(w)}

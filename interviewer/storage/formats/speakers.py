"""From what speakers said to a transcript: whose words are the candidate's, and one turn for all they said in a row."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from interviewer.errors import TranscriptError
from interviewer.models.transcript import Role, Transcript, Turn
from interviewer.text import one_line, words

ROLES: dict[str, Role] = {
    "interviewer": "interviewer", "assistant": "interviewer", "host": "interviewer", "moderator": "interviewer",
    "recruiter": "interviewer", "hiring manager": "interviewer", "panel": "interviewer", "chatgpt": "interviewer",
    "candidate": "candidate", "user": "candidate", "interviewee": "candidate", "applicant": "candidate",
    "me": "candidate", "you": "candidate",
}  # fmt: skip
SURE = 0.5  # of the difference between two speakers, from which on the guess is called likely
_FIRST_PERSON = frozenset({"i", "i'd", "i'm", "i've", "my", "we", "we'd"})


@dataclass(frozen=True)
class Said:
    """Words with whoever spoke them, as the file names them; "" where it doesn't."""

    speaker: str
    text: str


def label(line: str) -> Said | None:
    """A line that begins with a speaker's name and a colon; None where it is no such line."""
    found = _LABEL.match(line)
    if found is None or found["name"].strip().casefold() in _NO_NAMES:
        return None
    return Said(" ".join(found["name"].split()), found["text"].strip())


def names(labels: Iterable[Said | None]) -> frozenset[str]:
    """The names, folded, that begin a line at least twice or are roles: "The point is: ..." there is no speaker."""
    counts = Counter(s.speaker.casefold() for s in labels if s)
    return frozenset(n for n, count in counts.items() if count > 1 or _role(n))


# A name: few words, each a capitalised one, a number or initial ("Speaker 1", "Panel Room 3", "Dr. O'Neil (she/her)").
_LABEL = re.compile(
    r"^\s*(?:[-–>•*]\s*)?\[?"
    r"(?P<name>(?:[^\W\d_][\w.'’&-]*|\d{1,3})(?:[ ,]+(?:[^\W_][\w.'’&-]*|\([^)]{1,30}\)|\|)){0,4})"
    r"\]?\s*:(?:\s+|$)(?P<text>.*)$",
    re.S,
)
_NO_NAMES = frozenset(
    {"note", "notes", "http", "https", "so", "well", "question", "answer", "date", "time", "title", "topic", "duration"}
)


def transcript(
    said: Iterable[Said], *, name: str, source: str, round: str | None, candidate: str | None, problems: Sequence[str]
) -> Transcript:
    """Turns in order, one for all a speaker said in a row. Raises TranscriptError when nobody can be told apart."""
    spoken = [s for s in said if s.text.strip()]
    if not spoken:
        raise TranscriptError(f"{one_line(name)} holds nothing that was said.", next_step="Name another file.")
    notes = list(problems)
    roles = _roles(spoken, name, candidate, notes)
    turns = [
        Turn(index=n, role=role, text=text, round=round, speaker=speaker)
        for n, (role, speaker, text) in enumerate(_joined(spoken, roles))
    ]
    return Transcript(id=name, turns=tuple(turns), source=source, problems=tuple(notes))


def _joined(spoken: Sequence[Said], roles: dict[str, Role]) -> Iterator[tuple[Role, str | None, str]]:
    for role, group in groupby(spoken, key=lambda s: roles[s.speaker]):
        parts = list(group)
        speaker = parts[0].speaker
        yield role, None if speaker.casefold() in ROLES else speaker or None, " ".join(p.text.strip() for p in parts)


def _roles(spoken: Sequence[Said], name: str, candidate: str | None, notes: list[str]) -> dict[str, Role]:
    """Who is the candidate: the one named, else by the role a name is, else by how they speak, which is then said."""
    speakers = list(dict.fromkeys(s.speaker for s in spoken))
    if candidate is not None:
        return _chosen(speakers, name, candidate)
    known = {s: role for s in speakers if (role := _role(s))}
    if "candidate" in known.values():
        return {s: known.get(s, "interviewer") for s in speakers}
    rest = [s for s in speakers if s not in known]
    if not rest or (len(rest) == 1 and not known):
        raise TranscriptError(
            f"{one_line(name)}: only one side is heard in it.",
            next_step="A transcript needs an interviewer and a candidate, each line named.",
        )
    guess, confidence, why = (rest[0], 1.0, "the other is the interviewer") if len(rest) == 1 else _guess(spoken, rest)
    notes.append(
        f"Took '{one_line(guess, 40)}' for the candidate ({_in_words(confidence)}: {why}); --candidate names another."
    )
    return {s: "candidate" if s == guess else "interviewer" for s in speakers}


def _chosen(speakers: Sequence[str], name: str, candidate: str) -> dict[str, Role]:
    wanted = candidate.strip().casefold()
    chosen = [s for s in speakers if s.casefold() == wanted] or [
        s for s in speakers if wanted and wanted in s.casefold()
    ]
    if len(chosen) != 1:
        named = ", ".join(f"'{one_line(s, 40)}'" for s in speakers[:12] if s) or "none is named"
        raise TranscriptError(f"{one_line(name)}: no single speaker is called '{one_line(candidate, 40)}'.",
                              next_step=f"Speakers in it: {named}.")  # fmt: skip
    return {s: "candidate" if s == chosen[0] else "interviewer" for s in speakers}


def _role(speaker: str) -> Role | None:
    plain = re.sub(r"\s*\d+$", "", re.sub(r"\(.*?\)", "", speaker).strip().casefold())
    return ROLES.get(plain) or next((role for word, role in ROLES.items() if f"({word})" in speaker.casefold()), None)


def _in_words(confidence: float) -> str:
    return "certain" if confidence >= 1 else "likely" if confidence >= SURE else "a guess"


def _guess(spoken: Sequence[Said], rest: Sequence[str]) -> tuple[str, float, str]:
    """The speaker who most sounds like the candidate: who asks least, speaks longest and of themselves."""
    scores = {s: _sounds(spoken, s) for s in rest}
    ranked = sorted(rest, key=lambda s: -scores[s])
    gap = scores[ranked[0]] - scores[ranked[1]]
    return ranked[0], min(0.95, gap), "asks less and speaks longer"


def _sounds(spoken: Sequence[Said], speaker: str) -> float:
    """How much a speaker sounds like a candidate, 0 to 1."""
    runs = defaultdict(list)
    for n, (who, group) in enumerate(groupby(spoken, key=lambda s: s.speaker)):
        runs[who].append((n, " ".join(s.text for s in group)))
    turns = [text for _, text in runs[speaker]]
    said = words(" ".join(turns))
    longest = max(len(words(" ".join(t for _, t in other))) for other in runs.values())
    asks = sum("?" in t for t in turns) / len(turns)
    own = sum(w in _FIRST_PERSON for w in said) / max(1, len(said))
    opens = runs[speaker][0][0] == 0
    return 0.45 * (1 - asks) + 0.25 * len(said) / max(1, longest) + min(0.2, 3 * own) + (0 if opens else 0.1)

"""The form of personas: what its lines may hold, and the firewall round what counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from string import Template

from interviewer.content.form.problem import Finding, Rule
from interviewer.content.schema import suggestion
from interviewer.content.yamlfile import Location
from interviewer.models.persona import Persona, Phrases
from interviewer.text import fold, sanitise, words

# What a slot's lines may hold; the engine knows nothing else when it says them.
ALLOWED: dict[str, frozenset[str]] = {
    "openings": frozenset({"name", "title", "minutes", "looks_for"}),
    "lead_ins": frozenset({"quote", "topic"}),
    "turns": frozenset({"topic"}),
    "commits": frozenset({"quote"}),
    "redirects": frozenset({"question"}),
}
LONGEST_VOICE = 600

_PRAISE = re.compile(
    r"\b(good|great|nice|nicely|excellent|exactly|perfect|perfectly|brilliant|awesome|fantastic|wonderful|superb|terrific|"
    r"amazing|impressive|impressed|well done|well put|well said|love (?:it|that)|spot on|correct|bravo|kudos|"
    r"strong (?:answer|point)|smart|clever|that's right|you're right|you are right)\b"
)
# Courtesies that judge nothing.
_COURTESY = re.compile(
    r"\bgood (?:morning|afternoon|evening|day|luck|bye)\b|\b(?:good|great|nice) to (?:meet|see|have|be)\b|\bfor good\b"
)
# What decides, by any of its names. Nothing a persona says or is may touch it.
_COUNTS = re.compile(
    r"\b(rubrics?|scor(?:e|es|ed|ing|ecards?)|grad(?:e|es|ed|ers?|ing)|criteri(?:on|a)|gates?|gated|checklists?|"
    r"hints? (?:cost|costs|price|prices|penalt\w+)|(?:price|cost|penalty) of (?:a |the |each )?hints?|"
    r"hints? (?:are|is) free|free hints?|(?:full|top|high|low|extra) marks|model answers?|question sheets?|"
    r"(?:level|score|rating) [1-5]|[1-5] out of 5|[1-5]/5|strong (?:yes|no)|lean (?:yes|no)|recommendation (?:is|of))\b"
)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|override|forget|bypass)\b.{0,40}\b(?:instruction|instructions|prompt|rules?|above|previous|system)\b"
    r"|\b(?:system prompt|developer message|you are (?:now )?an? (?:ai|assistant|language model)|json)\b"
    r"|\b(?:rate|assess|evaluate|judge|mark|award|pass|fail)(?:s|ed|ing)? (?:the|this|every|each|any|all) "
    r"(?:candidate|answer|answers|interview)\b"
    r"|\b(?:the|any|every) (?:judge|evaluator|assessor|debrief)\b"
)
_MARKUP = re.compile(
    r"<\|?/?[A-Za-z_][^<>\n]{0,40}>|\[/?INST\]|^\s*(?:system|assistant|user|developer)\s*:", re.I | re.M
)
_SPACED = re.compile(r"\b(?:\w[ ._*-]){3,}\w\b")  # s c o r e


def placeholders(persona: Persona) -> Iterator[Finding]:
    """A line holds only the $words its slot knows; a lead-in names exactly one thing."""
    for where, slot, line in _lines(persona):
        template = Template(line)
        allowed = ALLOWED.get(slot, frozenset())
        choices = ", ".join(f"${name}" for name in sorted(allowed)) or "none"
        if not template.is_valid():
            says = f"has a '$' that starts no placeholder; write '$$' for the sign; allowed in {slot}: {choices}"
            yield Finding(where, says)
            continue
        used = template.get_identifiers()
        for name in used:
            if name not in allowed:
                near = suggestion(name, sorted(allowed))
                yield Finding(where, f"'${name}' can't be used in {slot}{near}; allowed here: {choices}")
        if slot == "lead_ins" and len(used) != 1:
            yield Finding(where, "a lead-in uses exactly one of $quote, $topic")


def praise(persona: Persona) -> Iterator[Finding]:
    """A line never judges an answer: praise is a signal that other candidates didn't get."""
    for where, slot, line in _lines(persona):
        text = _COURTESY.sub("", fold(line)) if slot in ("openings", "closings", "time_up", "farewells") else fold(line)
        if found := _PRAISE.search(text):
            yield Finding(where, f"praises or judges ('{found[0]}'); acknowledge without a verdict", "standard")


def firewall(persona: Persona) -> Iterator[Finding]:
    """A persona sets the tone. It can't speak of what counts, nor to whoever decides."""
    for where, text in _texts(persona):
        plain = _SPACED.sub(lambda spaced: re.sub(r"[\W_]", "", spaced[0]), fold(sanitise(text)))
        if sanitise(text) != text:
            yield Finding(where, "holds hidden or control characters; remove them")
        if mixed := next((word for word in words(text) if _mixed(word)), None):
            yield Finding(where, f"'{mixed}' mixes alphabets; write it in one")
        if found := _COUNTS.search(plain):
            yield Finding(where, f"speaks of '{found[0]}'; a persona can't reach what counts, only how things are said")
        if found := _ORDERS.search(plain):
            yield Finding(where, f"gives orders to who decides ('{found[0]}'); a persona sets only tone")
        if found := _MARKUP.search(text):
            yield Finding(where, f"holds markup of roles ('{found[0].strip()}'); write plain sentences")


def variety(persona: Persona) -> Iterator[Finding]:
    """Enough lines that nobody hears one twice, and a voice that fits in a prompt."""
    for slot in Phrases.model_fields:
        lines = getattr(persona.phrases, slot)
        if 0 < len(lines) < 3:
            says = f"has {len(lines)} lines; give 3-6, or none for the house's own"
            yield Finding(("phrases", slot), says, "warning")
        if len({fold(line) for line in lines}) < len(lines):
            yield Finding(("phrases", slot), "has the same line twice", "warning")
    count = len(words(persona.voice))
    if count == 0:
        yield Finding(("voice",), "is empty; describe below the second '---' how the persona speaks", "warning")
    elif count > LONGEST_VOICE:
        yield Finding(("voice",), f"has {count} words; 150-250 are enough, {LONGEST_VOICE} the most")


RULES: tuple[Rule[Persona], ...] = (placeholders, praise, firewall, variety)


def speaks_in(rounds: Collection[str]) -> Rule[Persona]:
    """The rule that a persona's rounds exist."""

    def speaks(persona: Persona) -> Iterator[Finding]:
        known = sorted(rounds)
        for number, round in enumerate(persona.rounds):
            if round not in rounds:
                says = f"'{round}' is no round{suggestion(round, known)}; choose from: {', '.join(known)}"
                yield Finding(("rounds", number), says)

    return speaks


def _lines(persona: Persona) -> Iterator[tuple[Location, str, str]]:
    for slot in Phrases.model_fields:
        for number, line in enumerate(getattr(persona.phrases, slot)):
            yield ("phrases", slot, number), slot, line


def _texts(persona: Persona) -> Iterator[tuple[Location, str]]:
    yield ("name",), persona.name
    yield ("title",), persona.title
    for where, _, line in _lines(persona):
        yield where, line
    yield ("voice",), persona.voice


def _mixed(word: str) -> bool:
    """Letters of two alphabets in one word: how a forbidden word is disguised."""
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in word if letter.isalpha()}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})

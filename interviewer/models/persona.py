"""A persona: who speaks. It changes tone, never what counts."""

from __future__ import annotations

from pydantic import Field

from interviewer.models.base import Frozen, Id, Text

Dial = int


class Phrases(Frozen):
    """Lines for the offline interviewer, by what they do. An empty list means the house's own lines.

    Lines may hold ``$name $title $minutes $looks_for $quote $topic $question``; which ones a slot may use is
    checked by ``personas check``.
    """

    openings: tuple[Text, ...] = ()  # introduces the persona, the length, what is looked for
    lead_ins: tuple[Text, ...] = ()  # before a probe, naming what was said ($quote or $topic)
    turns: tuple[Text, ...] = ()  # before a probe that leaves what was just said ($topic of that, or nothing)
    acknowledgements: tuple[Text, ...] = ()  # a word of having heard; never a judgement
    challenges: tuple[Text, ...] = ()  # before a push-back
    pumps: tuple[Text, ...] = ()  # asks a thin answer for more
    assumptions: tuple[Text, ...] = ()  # a fact that isn't on the sheet
    hint_leads: tuple[Text, ...] = ()  # before a hint
    redirects: tuple[Text, ...] = ()  # stops a ramble, naming what was asked ($question)
    waits: tuple[Text, ...] = ()  # the candidate wants to think
    refusals: tuple[Text, ...] = ()  # an order, or "just tell me"
    repairs: tuple[Text, ...] = ()  # empty, off-topic, gibberish, "next"
    decides: tuple[Text, ...] = ()  # asks for the decision
    commits: tuple[Text, ...] = ()  # asks whether a decision already voiced stands ($quote or nothing)
    bridges: tuple[Text, ...] = ()  # to the next question
    closings: tuple[Text, ...] = ()  # all is asked: invites the candidate's own questions; says nothing of the clock
    time_up: tuple[Text, ...] = ()  # the same when the clock has run out
    replies: tuple[Text, ...] = ()  # answers the candidate's question about the work
    farewells: tuple[Text, ...] = ()  # the last words; who comes next, if anyone, is named after them


class Persona(Frozen):
    """Who speaks in a round. The dials run 1-5 and work only within the gate's budgets."""

    id: Id
    name: Text
    title: Text
    rounds: tuple[Id, ...] = ()
    warmth: Dial = Field(default=3, ge=1, le=5)
    scepticism: Dial = Field(default=3, ge=1, le=5)
    patience: Dial = Field(default=3, ge=1, le=5)
    directness: Dial = Field(default=3, ge=1, le=5)
    hints: Dial = Field(default=3, ge=1, le=5)
    phrases: Phrases = Phrases()
    voice: str = ""  # the Markdown below the head; read by a model only

"""Content folders made for a test, with a small valid file of each kind."""

from __future__ import annotations

from pathlib import Path

from interviewer.paths import Origin, OriginName

PERSONA = """---
id: {id}
name: Robin Vance
title: Staff Data Scientist
rounds: [{round}]
warmth: 4
---
Speaks slowly and asks for the reason behind every figure. Keeps sentences short.
"""

RUBRIC = """id: {id}
title: Forecasting
looks_for: how you look ahead
persona: robin
areas: [ml_statistics]
criteria:
  - id: foresight
    title: Foresight
    about: Looks ahead.
    checks:
      - {{id: horizon, says: The candidate names a horizon in weeks., source: B4, weight: 2, essential: true, cues: [{{phrase: weeks out}}]}}
      - {{id: baseline, says: The candidate compares with a naive forecast., source: B2, cues: [{{phrase: naive forecast}}]}}
      - {{id: interval, says: The candidate gives a range for the forecast., source: B2, cues: [{{phrase: interval}}]}}
      - {{id: owner, says: The candidate names who uses the forecast., source: A5, cues: [{{phrase: planners}}]}}
    anchors: {{"1": Guesses a number., "3": Fits a curve., "5": Ties a range to a decision.}}
"""  # noqa: E501

SHEET = """id: {id}
title: Seats for Sunday
area: ml_statistics
rounds: [{round}]
source: [B4]
ask: >-
  A theatre asks you on Thursday how many seats it should hold back for people who turn up on Sunday without a ticket.
  They have sold for eleven years and kept every stub. How would you go about it?
facts:
  - {{id: history, about: [history, stubs], say: Between ten and ninety people come to the door.}}
expectations:
  - id: asymmetry
    criterion: foresight
    weight: 2
    essential: true
    point: An empty chair costs less than a visitor sent home, so the quantile should sit above the median.
    cues: [{{all: [[quantile, percentile, above], [cost, asymmetric, expensive]]}}]
    probe: Which mistake would hurt them more?
    hints: [Think of two ways to be wrong., Compare them in money., Hold more than the median since sending people home is dear.]
  - id: weather
    criterion: foresight
    point: Rain moves walk-ins more than the play does.
    cues: [{{all: [[rain, weather], [walk, door]]}}]
    probe: What else differs between two Sundays?
    hints: [Look outside the building., Think of the sky., Rain moves walk-ins.]
  - id: backtest
    criterion: foresight
    point: The rule is replayed on earlier seasons before anyone relies on it.
    cues: [{{all: [[backtest, replay, hold out], [season, year]]}}]
    probe: How would you know the rule is any use?
    hints: [Is there a cheap way to try it?, You have many Sundays., Replay it on earlier seasons.]
misconceptions:
  - {{id: mean, criterion: foresight, belief: The mean is enough., cues: [{{phrase: just take the average}}], challenge: How often are you short then?}}
  - {{id: last, criterion: foresight, belief: Last week tells all., cues: [{{phrase: same as last week}}], challenge: And if it rains?}}
  - {{id: more, criterion: foresight, belief: A deeper model fixes it., cues: [{{phrase: deep learning will}}], challenge: What would it learn from?}}
push_backs:
  - {{id: boss, valid: false, say: The manager always holds forty., because: Habit is no reason., met_by: [{{phrase: still}}]}}
  - {{id: small, valid: true, say: It is only ten chairs. Is this worth a model?, because: It may not be., met_by: [{{phrase: fair}}]}}
model_answer: Hold back the quantile at which one more empty chair costs what one more person sent home does.
"""  # noqa: E501


def origin(root: Path, name: OriginName = "workspace") -> Origin:
    """An origin with its folders, empty."""
    for folder in ("personas", "rubrics/questions", "transcripts"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    return Origin(name, root)


def put(origin: Origin, path: str, text: str | bytes) -> Path:
    """A file in the origin."""
    file = origin.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def filled(root: Path, name: OriginName = "workspace") -> Origin:
    """An origin with one persona, one round and one question."""
    made = origin(root, name)
    put(made, "personas/robin.md", PERSONA.format(id="robin", round="forecasting"))
    put(made, "rubrics/forecasting/rubric.yaml", RUBRIC.format(id="forecasting"))
    put(made, "rubrics/questions/ml_statistics/seats.yaml", SHEET.format(id="seats", round="forecasting"))
    return made

"""A number that doesn't come out is asked about, once a round, and only where the round reckons."""

from __future__ import annotations

from pathlib import Path

from interviewer.models.base import Length, Move
from interviewer.models.events import InterviewerSaid
from interviewer.session import Session
from tests.holding import PROSE, hold, listen, start

WRONG = (
    "I'd test it properly. On a 10% baseline we need about 1,600 users per group to detect a 1 point change, with 80 "
    "percent power, so the sample size is no obstacle and I would simply run it for two weeks before deciding."
)
RIGHT = WRONG.replace("1,600", "15,000")
AGAIN = "And 14 million finishers times 2.0 points is 2.8 million accounts, which is what I would put against the cost."


async def answered(folder: Path, *answers: str, round: str = "experimentation") -> list[InterviewerSaid]:
    """What the interviewer says after each answer."""
    session: Session = start(folder, [round], length=Length.STANDARD)
    await listen(session)
    said = []
    for text in answers:
        session.answer(text)
        said += await listen(session)
    session.close()
    return said


async def test_a_number_that_is_clearly_wrong_is_asked_about_with_both_numbers(tmp_path: Path) -> None:
    (said,) = await answered(tmp_path, WRONG)
    assert (said.move, said.target) == (Move.PUSH_BACK, "number")
    assert "1,600" in said.text
    assert "about 14,700 per group" in said.text
    assert said.text.count("?") == 1


async def test_a_right_number_is_not_asked_about(tmp_path: Path) -> None:
    (said,) = await answered(tmp_path, RIGHT)
    assert said.target != "number"


async def test_it_is_asked_about_once_a_round(tmp_path: Path) -> None:
    session = start(tmp_path, ["experimentation"], length=Length.STANDARD)
    wrong = [WRONG, *(f"{AGAIN} {p}" for p in PROSE)]

    def answer(said: InterviewerSaid) -> str:
        return "No more questions." if said.move is Move.CLOSE else f"{wrong[said.turn // 2 % len(wrong)]} {said.turn}."

    targets = [s.target for s in await hold(session, answer)]
    session.close()
    assert targets.count("number") == 1


async def test_a_sum_within_a_story_is_let_be(tmp_path: Path) -> None:
    story = f"In March I stopped a launch, and told my director so myself, because the sums were off. {AGAIN}"
    assert "number" not in [s.target for s in await answered(tmp_path, story, story + " So.", round="culture")]


async def test_being_asked_about_a_number_takes_no_challenge_of_the_sheets_away(tmp_path: Path) -> None:
    session = start(tmp_path, ["experimentation"], length=Length.STANDARD)

    def answer(said: InterviewerSaid) -> str:
        if said.move is Move.CLOSE:
            return "No more questions."
        return WRONG if said.turn == 0 else f"{PROSE[said.turn // 2 % len(PROSE)]} Point {said.turn}."

    said = await hold(session, answer)
    session.close()
    first = [s for s in said if s.question == said[0].question and s.move is Move.PUSH_BACK]
    assert [s.target for s in first].count("number") == 1
    assert len({s.target for s in first}) >= 3

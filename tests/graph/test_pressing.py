"""Asked for a story, a candidate who tells none, or says only "we", is pressed for it; a bare reply for its reason."""

from __future__ import annotations

from pathlib import Path

from interviewer.content.library import library
from interviewer.engines.offline.words import house
from interviewer.models.base import Length, Move
from interviewer.models.events import InterviewerSaid
from interviewer.session import Session
from tests.holding import PROSE, listen, start

GENERAL = (
    "I always believe in open communication. With leadership it's important to bring data and to listen first, and "
    "then people usually come around to what the numbers say, because in the end everybody wants the same thing."
)
PLURAL = (
    "In March our director wanted to drop the trial. We looked at 400 shops, we showed him that half of the revenue "
    "came through it, the team built a small dashboard, and in the end we kept it for another year."
)
OWN = (
    "In March our director wanted to drop the trial. I looked at 400 shops, I showed him that half of the revenue came "
    "through it, and in the end we kept it for another year."
)


async def after(folder: Path, *answers: str, round: str = "culture") -> list[InterviewerSaid]:
    """What the interviewer says after each answer, the opening left out."""
    session: Session = start(folder, [round], length=Length.STANDARD)
    await listen(session)
    said = []
    for text in answers:
        session.answer(text)
        said += await listen(session)
    session.close()
    return said


async def test_a_candidate_who_speaks_in_general_is_asked_for_one_case_twice_and_not_again(tmp_path: Path) -> None:
    targets = [s.target for s in await after(tmp_path, GENERAL, GENERAL + " Always.", GENERAL + " That is my way.")]
    assert targets[:2] == ["occasion", "occasion"]
    assert targets[2] != "occasion"


async def test_who_says_only_we_is_asked_for_their_own_part(tmp_path: Path) -> None:
    (said,) = await after(tmp_path, PLURAL)
    assert (said.move, said.target) == (Move.PROBE, "own-part")
    (said,) = await after(tmp_path / "own", OWN)
    assert said.target not in ("own-part", "occasion")


async def test_giving_way_to_a_challenge_without_a_reason_is_asked_about_once(tmp_path: Path) -> None:
    session = start(tmp_path, ["experimentation"], length=Length.STANDARD)
    await listen(session)
    turn, targets = 0, []
    while Move.PUSH_BACK not in [q.moves[-1][0] for q in session.interview.rounds[0].questions]:
        session.answer(PROSE[turn % len(PROSE)] + f" That's point {turn}.")
        await listen(session)
        turn += 1
    for text in ("Fair point, you're right.", "Yes, I agree."):
        session.answer(text)
        targets += [said.target for said in await listen(session)]
    session.close()
    assert targets[0] == "grounds" and targets.count("grounds") == 1


async def test_a_fact_asked_for_within_an_answer_is_told_before_the_next_question(tmp_path: Path) -> None:
    session = start(tmp_path, ["experimentation"], length=Length.STANDARD)
    await listen(session)
    sheet = session.materials.sheet("experimentation", session.interview.rounds[0].questions[0].id)
    assert sheet is not None
    fact = next(f for f in sheet.facts if len(f.say.split()) < 20)
    point = next(e for e in sheet.examples if e.level == 5)
    session.answer(f"{point.answer} What about the {fact.about[0]}?")
    (said,) = await listen(session)
    told = session.interview.rounds[0].questions[0].told
    session.close()
    assert fact.id in said.told and fact.id in told
    assert fact.say in said.text and said.move is not Move.CLARIFY


async def test_who_weighs_everything_and_chooses_nothing_is_asked_which_way_they_lean_once(tmp_path: Path) -> None:
    hedging = (
        "It depends. One could look at the countries, which might capture it, although power may be poor. Perhaps the "
        "other way round, but then it could mislead, and one might argue for both; it's hard to say."
    )
    said = await after(tmp_path, hedging, hedging + " Maybe more so.", round="experimentation")
    assert [s.target == "lean" for s in said] == [True, False]


SCENE = (
    "In the spring of that year I told Karin, who ran the depots, that my forecast had been wrong for six weeks. Karin "
    "hung up on me, and I drove there the same evening."
)


async def test_once_a_story_somebody_mentioned_in_it_is_asked_for_by_name(tmp_path: Path) -> None:
    told = [OWN, OWN.replace("400", "40"), SCENE, SCENE.replace("six", "five"), SCENE.replace("six", "nine")]
    said = await after(tmp_path, *told)
    (asked,) = [s for s in said if s.target == "side"]
    assert "Karin" in asked.text


async def test_what_is_owned_up_to_is_stayed_with_in_the_candidates_words_twice_a_question_at_most(
    tmp_path: Path,
) -> None:
    owned = [f"{OWN.replace('400', str(n))} I knew in week {n} and didn't tell Karin." for n in (3, 4, 5, 6)]
    said = await after(tmp_path, *owned)
    assert [s.target == "owned" for s in said] == [True, True, False, False]
    assert "I knew in week 3 and didn't tell Karin" in said[0].text
    (said_on,) = await after(tmp_path / "onward", f"{OWN} I should have asked the shops. Next question, please.")
    assert said_on.target != "owned"


async def test_a_question_whose_words_were_used_up_in_the_answer_is_not_asked(tmp_path: Path) -> None:
    session = start(tmp_path, ["experimentation"], length=Length.STANDARD)
    await listen(session)
    sheet = session.materials.sheet("experimentation", session.interview.rounds[0].questions[0].id)
    assert sheet is not None
    for e in sheet.expectations:
        session.answer(f"{e.probe.replace('?', '.')} That's something I'd look into, with what I know of it so far.")
        (said,) = await listen(session)
        assert said.target != e.id
    session.close()


async def test_somebody_who_came_to_harm_gets_a_word_before_the_next_question_and_a_joke_none(tmp_path: Path) -> None:
    hurt = f"{OWN} Karin cried in the stairwell, and I felt awful."
    (said,) = await after(tmp_path, hurt)
    assert any(said.text.startswith(line) for line in house()["moved"])
    (said,) = await after(tmp_path / "joke", f"{OWN} Nobody cried, that was a joke.")
    assert not any(line in said.text for line in house()["moved"])


async def test_of_several_who_are_mentioned_it_asks_for_one_and_never_for_the_interviewer(tmp_path: Path) -> None:
    crowd = (
        "In May I told Fenna and I asked Sanne, who called Corrie. Ines laughed, Joost had a cold, and Wilma wrote the "
        "list. In the end I moved the date by two weeks and paid for it."
    )
    said = await after(tmp_path, OWN, OWN.replace("400", "40"), crowd, crowd.replace("May", "June"))
    (asked,) = [s for s in said if s.target == "side"]
    assert any(name in asked.text for name in ("Fenna", "Sanne", "Corrie", "Joost", "Wilma"))


async def test_whoever_asks_for_help_at_the_end_of_an_answer_gets_a_hint(tmp_path: Path) -> None:
    session = start(tmp_path, ["experimentation"], length=Length.STANDARD)
    await listen(session)
    session.answer(f"{PROSE[0]} That's as far as I get. Could you give me a hint?")
    (said,) = await listen(session)
    assert said.move is Move.HINT
    session.close()


async def test_what_was_asked_at_the_very_end_is_told_before_the_close_and_can_be_taken_up(tmp_path: Path) -> None:
    session = start(tmp_path, ["experimentation"], length=Length.QUICK)
    await listen(session)
    sheet = library().question(session.interview.rounds[0].questions[0].id)
    fact = next(f for f in sheet.facts if f.asked)
    for turn in range(40):
        session.answer(f"{PROSE[turn % len(PROSE)]} That's point {turn}. {fact.asked[0]}")
        (*_, said) = await listen(session)
        if said.move is Move.CLOSE:
            break
        assert said.move is not Move.NEXT
    told = [t for t in session.interview.turns if t.role == "interviewer" and fact.say in t.text]
    assert told and all(t.move is not Move.CLOSE for t in told)
    session.close()


async def test_noise_is_given_one_hint_and_climbs_no_further(tmp_path: Path) -> None:
    session = start(tmp_path, ["experimentation"], length=Length.STANDARD)
    await listen(session)
    hints = []
    for turn in range(8):
        if not session.interview.awaiting_candidate:
            break
        session.answer(f"asdf jkl qwerty zxcv {'uiop ' * turn}")
        hints += [s for s in await listen(session) if s.move is Move.HINT]
    session.close()
    assert len(hints) == 1

"""What somebody owns up to in a story, in their own words."""

import pytest

from interviewer.reading.admissions import admission


@pytest.mark.parametrize(
    ("text", "owned"),
    [
        ("He was furious. I knew and didn't tell him, because it was easier.", "I knew and didn't tell him"),
        (
            "The plan was mine. I should have asked the drivers first. It went live in May.",
            "I should have asked the drivers first",
        ),
        ("I was too proud to ring her, and so it took a week.", "I was too proud to ring her"),
        ("I knew about it and did not tell anyone.", "I knew about it and did not tell anyone"),
        ("We lost a month. That one's on me.", "That one's on me"),
        ("I hadn't asked anybody. Later I sat on it for two weeks, and it leaked.", "I sat on it for two weeks"),
    ],
)
def test_the_last_thing_that_is_owned_up_to_is_said_back_from_its_i(text: str, owned: str) -> None:
    assert admission(text) == owned


@pytest.mark.parametrize(
    "text",
    [
        "I built the model and told the team on Monday.",
        "He should have asked the drivers first.",
        "If I was wrong, I'd say so.",
        "I didn't ask you anything.",
        "The headcount was his call, and I never said otherwise.",
        '"I was wrong," he said, and nobody had expected that.',
        "What should I have done?",
        "I saw the error and let her know at once.",
        "Ana told me I was wrong about the cause.",
        "He said I should have asked him first.",
        "I avoided the outage by rolling back early.",
        "I was proud of what the team made of it.",
        "I never told them what to do, they decided themselves.",
        "I should have been clearer just now, sorry.",
    ],
)
def test_other_peoples_faults_suppositions_and_what_is_said_to_the_interviewer_are_none(text: str) -> None:
    assert admission(text) is None

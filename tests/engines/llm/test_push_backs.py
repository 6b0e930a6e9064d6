"""A model is given, and is helped out with, one wording of a push-back: the one that fits what was heard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviewer.engines.base import LegalMove, TurnContext
from interviewer.engines.llm import mending
from interviewer.engines.llm.choices import choices
from interviewer.engines.llm.prompting import turn_messages
from interviewer.models.base import Move
from tests.engines.offline.rooms import BIKES, context

COLD = "Somebody says that a check costs rides. What do you answer?"
PLANNED = BIKES.push_backs[0].model_copy(update={"needs": ("self-selection",), "cold": COLD})
LEGAL = [LegalMove(Move.PUSH_BACK, (PLANNED.id,))]
HEARD = "I'd say riders who opt in are keener anyway, and that explains most of the gap between the groups here."
UNHEARD = "I'd run it for two more weeks and then look at the rides per rider again, with the same people in it."


def turn(answer: str) -> TurnContext:
    sheet = BIKES.model_copy(update={"push_backs": (PLANNED, *BIKES.push_backs[1:])})
    return replace(context(answer, LEGAL), sheet=sheet)


@pytest.mark.parametrize(("answer", "put", "other"), [(HEARD, PLANNED.say, COLD), (UNHEARD, COLD, PLANNED.say)])
def test_one_wording_is_offered_and_said_in_place_of_the_models(answer: str, put: str, other: str) -> None:
    asked = turn(answer)
    now = turn_messages(asked)[-1]["content"]
    assert put in now and other not in now
    (choice,) = choices(asked).values()
    assert mending.instead(asked, choice, "Let me press that.") == put
    assert mending.place(asked, choice).questions == max(1, put.count("?"))

"""The screens around an interview."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.color import Color
from rich.style import Style
from textual.pilot import Pilot
from textual.widgets import Static

from interviewer import config, paths
from interviewer.content.library import forget
from interviewer.grading import cards
from interviewer.models.base import Length
from interviewer.plan import Plan
from interviewer.session import Session
from interviewer.storage.formats.registry import load
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.choice import ChoiceScreen
from interviewer.tui.screens.home import HomeScreen
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.screens.past import PastScreen
from interviewer.tui.screens.personas import PersonasScreen
from interviewer.tui.screens.rating import RatingScreen
from interviewer.tui.screens.replay import ReplayScreen
from interviewer.tui.screens.scorecard import ScorecardScreen
from interviewer.tui.screens.settings import SettingsScreen
from interviewer.tui.screens.setup import SetupScreen
from interviewer.tui.widgets.interview_view import InterviewView
from interviewer.tui.widgets.menu import Menu
from interviewer.tui.widgets.scorecard import ConductView, DebriefView

from .conftest import wait_until

SIZE = (80, 24)
ANSWER = "Before launch I would fix one primary metric, randomise by user, and write down what each outcome means."


def on(app: InterviewerApp, screen: type) -> bool:
    return isinstance(app.screen, screen) and app.screen.is_mounted


def text_of(app: InterviewerApp) -> str:
    """Everything written on the screen."""
    return "\n".join(str(w.content) for w in app.screen.query(Static))


def ready(app: InterviewerApp) -> bool:
    return on(app, InterviewScreen) and app.screen.ready  # type: ignore[attr-defined]


async def answered(pilot: Pilot[None], app: InterviewerApp, times: int = 1) -> None:
    for _ in range(times):
        await wait_until(pilot, lambda: ready(app), "my turn")
        screen = app.screen
        assert isinstance(screen, InterviewScreen)
        screen.box.text = ANSWER
        await pilot.press("enter")
    await wait_until(pilot, lambda: ready(app), "a reply")


def held(app_folder: Path | None = None) -> Session:
    plan = Plan(rounds=("experimentation",), length=Length.QUICK, seed=7, id="held", folder=app_folder)
    return Session.start(plan)


async def finished(pilot: Pilot[None], app: InterviewerApp) -> None:
    """One answer, then the interview is ended by the candidate."""
    await answered(pilot, app)
    await pilot.press("escape")
    await wait_until(pilot, lambda: on(app, ChoiceScreen), "the question")
    await pilot.press("end", "enter")


async def test_home_says_what_this_is_and_what_it_is_not() -> None:
    app = InterviewerApp()
    async with app.run_test(size=SIZE):
        text = text_of(app)
    assert "matches patterns" in text
    assert "no language model" in text
    assert "OPENAI_API_KEY" in text
    assert "--engine llm" in text
    assert "Not affiliated with any company" in text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_line_of_the_home_screen_fits(size: tuple[int, int]) -> None:
    app = InterviewerApp()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        last = app.screen.query_one("#disclaimer").region
        assert last.height > 0
        assert last.bottom <= size[1]
        assert app.screen.query_one(Menu).max_scroll_y == 0


async def test_the_sample_question_lasts_three_minutes() -> None:
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("s")
        await wait_until(pilot, lambda: ready(app), "the question")
        assert app.session is not None
        assert set(app.session.interview.header.minutes.values()) == {3}


async def test_resume_is_named_on_the_home_screen_and_opens_the_interview() -> None:
    session = held()
    session.close()
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.screen.query_one(Menu).choices[2].detail.endswith("0 turns · experimentation")
        await pilot.press("r")
        await wait_until(pilot, lambda: ready(app), "the interview")
        assert app.session is not None
        assert app.session.id == "held"


async def test_an_interview_open_in_another_window_is_refused_in_words() -> None:
    session = held()
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        app.resume(session.path)
        await wait_until(pilot, lambda: on(app, ChoiceScreen), "the refusal")
        assert "couldn't be resumed" in text_of(app)
    session.close()


async def test_setup_begins_what_was_chosen() -> None:
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("o")
        await wait_until(pilot, lambda: on(app, SetupScreen), "the setup")
        assert isinstance(app.screen, SetupScreen)
        rounds = app.screen.rounds
        await pilot.press("down", "left", "down", "down", "space", "b")
        await wait_until(pilot, lambda: ready(app), "the interview")
        assert app.session is not None
        header = app.session.interview.header
        assert header.length is Length.QUICK
        assert header.rounds == rounds[1:]
        assert header.engine == "offline"


async def test_choosing_a_model_without_a_key_says_how_to_set_one_up() -> None:
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("o")
        await wait_until(pilot, lambda: on(app, SetupScreen), "the setup")
        await pilot.press("down", "down", "right")
        await wait_until(pilot, lambda: on(app, ChoiceScreen), "the explanation")
        assert "OPENAI_API_KEY" in text_of(app)


async def test_a_model_is_used_only_after_a_yes_that_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://models.example/v1")
    monkeypatch.setenv("INTERVIEWER_MODEL", "some-model")
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("o")
        await wait_until(pilot, lambda: on(app, SetupScreen), "the setup")
        setup = app.screen
        assert isinstance(setup, SetupScreen)
        await pilot.press("down", "down", "right")
        await wait_until(pilot, lambda: on(app, ChoiceScreen), "the question")
        asked = text_of(app)
        assert setup.engine == "offline"
        await pilot.press("enter")
        await wait_until(pilot, lambda: setup.engine == "llm", "the model")
        await pilot.press("right", "right")
        assert on(app, SetupScreen)
        assert setup.engine == "llm"
    assert "models.example" in asked
    assert "some-model" in asked
    assert "requests" in asked
    assert "sk-canary" not in asked
    assert config.has_consent(config.endpoint())


async def test_a_session_with_a_model_not_agreed_to_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    plan = Plan(rounds=("experimentation",), engine="llm", model="some-model", length=Length.QUICK, id="held")
    app = InterviewerApp(Session.start(plan))
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: on(app, ChoiceScreen), "the question")
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: ready(app), "the offline interviewer")
        assert app.session is not None
        assert app.session.interview.engine == "offline"


async def test_the_scorecard_stays_closed_until_the_candidate_rated_themselves() -> None:
    session = held()
    app = InterviewerApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await finished(pilot, app)
        await wait_until(pilot, lambda: on(app, RatingScreen), "the rating")
        assert cards.read(session.path) == ((), ())
        await pilot.press("enter")
        assert on(app, RatingScreen)  # an Enter typed ahead skips nothing
        await pilot.press("4", "right", "down", "2", "enter")
        await wait_until(
            pilot, lambda: isinstance(app.screen, ScorecardScreen) and app.screen.grade is not None, "the scorecard"
        )
        ids = [c.id for c in session.rubric("experimentation").criteria]
        assert session.interview.self_ratings == {"experimentation": {ids[0]: 4.5, ids[1]: 2.0}}
    grades, problems = cards.read(session.path)
    assert problems == ()
    assert grades[-1].rounds[0].self_rating == {ids[0]: 4.5, ids[1]: 2.0}


async def test_skipping_the_rating_shows_the_scorecard_with_evidence_on_demand() -> None:
    app = InterviewerApp(held())
    async with app.run_test(size=SIZE) as pilot:
        await finished(pilot, app)
        await wait_until(pilot, lambda: on(app, RatingScreen), "the rating")
        await pilot.press("escape")
        await wait_until(
            pilot, lambda: isinstance(app.screen, ScorecardScreen) and app.screen.grade is not None, "the scorecard"
        )
        await wait_until(pilot, lambda: "finds wordings, not meaning" in text_of(app), "the card")
        own = app.screen.query_one(ConductView)
        assert app.screen.query_one(DebriefView).region.y < own.region.y and own.report.rules
        assert own.border_title == "The interviewer's own report"
        assert "[1] “" not in text_of(app)
        await pilot.press("d")
        await wait_until(pilot, lambda: "[1] “" in text_of(app), "the evidence")
        await pilot.press("escape")
        await wait_until(pilot, lambda: on(app, HomeScreen), "home")
        assert app.session is None


async def test_replay_steps_through_the_turns_with_the_reason_of_each_move() -> None:
    session = held()
    app = InterviewerApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await finished(pilot, app)
        await wait_until(pilot, lambda: on(app, RatingScreen), "the rating")
        await pilot.press("ctrl+c")
    turns = load(session.path).turns
    app = InterviewerApp(replay=session.path)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: on(app, ReplayScreen), "the replay")
        await wait_until(pilot, lambda: turns[0].reason in text_of(app), "the first reason")
        await pilot.press("end")
        await wait_until(
            pilot, lambda: f"Turn [{len(turns) - 1}] of [0]–[{len(turns) - 1}]" in text_of(app), "the last turn"
        )
        assert turns[-1].reason in text_of(app)
        await pilot.press("left")
        await wait_until(pilot, lambda: "Turn [1] of [0]–[2]" in text_of(app), "one back")
        assert ANSWER in text_of(app)
        await pilot.press("home", "left")
        await wait_until(pilot, lambda: "Turn [0] of [0]–[2]" in text_of(app), "the first")


async def test_an_imported_transcript_with_hostile_text_can_be_replayed(tmp_path: Path) -> None:
    file = tmp_path / "shared.json"
    turns = [
        {"role": "interviewer", "text": "[/x] \x1b[2JHow?"},
        {"role": "candidate", "text": "\u202e[@click=quit]a[/]"},
    ]
    file.write_text(json.dumps({"id": "shared", "round": "culture", "turns": turns}))
    app = InterviewerApp(replay=file)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: "[/x] How?" in text_of(app), "the first turn")
        await pilot.press("end")
        await wait_until(pilot, lambda: "[@click=quit]a[/]" in text_of(app), "the last turn")
        assert not set("\x1b\u202e") & set(text_of(app))


async def test_a_file_that_is_no_transcript_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("nothing of the kind")
    app = InterviewerApp(replay=file)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: on(app, ChoiceScreen), "the refusal")
        assert "can't be replayed" in text_of(app)


async def test_deleting_a_past_interview_asks_first() -> None:
    session = held()
    session.close()
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("t")
        await wait_until(pilot, lambda: on(app, PastScreen), "the list")
        await pilot.press("x")
        await wait_until(pilot, lambda: on(app, ChoiceScreen), "the question")
        await pilot.press("enter")
        await wait_until(pilot, lambda: on(app, PastScreen), "the list")
        assert session.path.exists()
        await pilot.press("x")
        await wait_until(pilot, lambda: on(app, ChoiceScreen), "the question")
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: not session.path.exists(), "the deletion")
        await wait_until(pilot, lambda: on(app, PastScreen) and not app.screen.query_one(Menu).choices, "an empty list")


async def test_settings_are_saved_and_used() -> None:
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("c")
        await wait_until(pilot, lambda: on(app, SettingsScreen), "the settings")
        await pilot.press("right", "down", "right")
        assert config.settings().enter_sends is False
        assert config.settings().theme == app.theme == "textual-light"
    session = held()
    app = InterviewerApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: ready(app), "the question")
        assert app.theme == "textual-light"
        await pilot.press("a", "enter", "b")
        assert app.screen.query_one("#answer").text == "a\nb"  # type: ignore[attr-defined]
        await pilot.press("ctrl+j")
        assert session.interview.turns[1].text == "a\nb"


async def test_a_broken_settings_file_is_said_and_the_app_still_works() -> None:
    config.path().parent.mkdir(parents=True)
    config.path().write_text("enter_sends = maybe\n")
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "config.toml" in text_of(app)
        assert app.enter_sends


async def test_personas_show_tone_and_no_more() -> None:
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("p")
        await wait_until(pilot, lambda: "scepticism" in text_of(app), "a persona")
        assert "Never the grading" in text_of(app)


def test_without_a_terminal_the_app_says_what_to_use_instead(tmp_path: Path) -> None:
    code = "import sys; from interviewer.tui.app import run_app; sys.exit(run_app())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=paths.built_in(), timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "interviewer start --plain" in done.stderr
    assert done.stdout == ""


async def test_left_from_the_shortest_length_stays_there() -> None:
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("o")
        await wait_until(pilot, lambda: on(app, SetupScreen), "the setup")
        setup = app.screen
        assert isinstance(setup, SetupScreen)
        await pilot.press("down", "left", "left", "left")
        lengths = [setup.length]
        await pilot.press("right", "right", "right")
        assert [*lengths, setup.length] == [Length.QUICK, Length.REAL]
        await pilot.press("down", "left", "down", "left")
        assert setup.engine == "offline"
        assert setup.who[setup.lines[0].rubric.id] == 0


async def test_beginning_with_a_model_that_is_not_set_up_leaves_no_file() -> None:
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        app.begin(Plan(rounds=("experimentation",), engine="llm", model="some-model"))
        await wait_until(pilot, lambda: on(app, ChoiceScreen), "the explanation")
        assert "OPENAI_API_KEY" in text_of(app)
    assert not paths.transcripts().exists()


async def test_resuming_with_a_model_that_is_gone_offers_to_stay_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    session = Session.start(Plan(rounds=("experimentation",), engine="llm", model="some-model", id="held"))
    monkeypatch.delenv("OPENAI_API_KEY")
    app = InterviewerApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: on(app, ChoiceScreen), "the question")
        assert "OPENAI_API_KEY" in text_of(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: ready(app), "the offline interviewer")
        assert session.interview.engine == "offline"


async def test_a_broken_content_file_is_named_on_the_home_and_the_personas_screen(home: Path) -> None:
    (home / "personas").mkdir(parents=True)
    (home / "personas" / "grumpy.md").write_text("---\nname: [\n---\n")
    forget()
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        broken = app.screen.query_one("#broken", Static)
        await wait_until(pilot, lambda: broken.region.height == 1, "the broken file named")
        assert "grumpy.md" in str(broken.content)
        assert app.screen.query_one("#disclaimer").region.bottom <= SIZE[1]
        await pilot.press("p")
        await wait_until(pilot, lambda: on(app, PersonasScreen) and "grumpy.md" in text_of(app), "the same there")


def contrast(style: Style) -> float:
    """Of the text on its background, as WCAG 2 has it: 1 to 21; 4.5 is asked of text."""

    def light(color: Color | None) -> float:
        assert color is not None
        parts = [c / 255 for c in color.get_truecolor()]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05

    low, high = sorted((light(style.color), light(style.bgcolor)))
    return high / low


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "catppuccin-latte", "solarized-light", "nord"])
async def test_what_must_be_read_stands_out_in_every_theme(theme: str) -> None:
    session = held()
    app = InterviewerApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: ready(app), "the question")
        app.theme = theme
        view = app.screen.query_one(InterviewView)
        view.thinking("The server is busy")
        view.trouble("The disk is full.")
        await pilot.pause()
        for id in ("#under", "#trouble"):
            style = view.query_one(id, Static).visual_style
            assert contrast(style.rich_style) >= 4.5
            assert "! " in str(view.query_one(id, Static).content)

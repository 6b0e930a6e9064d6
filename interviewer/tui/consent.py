"""Words go to a model's host only after the person agreed to it once, and only when a model is set up."""

from __future__ import annotations

from interviewer import config
from interviewer.errors import InterviewerError
from interviewer.tui.screens.choice import ChoiceScreen
from interviewer.tui.widgets.menu import Choice

OFFLINE = Choice("offline", "Stay offline", "use the built-in interviewer; nothing leaves this machine")
BACK = Choice("back", "Go back")


def consent_screen(where: config.Endpoint) -> ChoiceScreen:
    """Names the host, the model and the rough cost. Answers: 'yes', 'offline', or None."""
    text = f"{config.what_it_means(where)} You are asked once for each host and model."
    choices = [Choice("yes", "Use the model", "and remember this"), OFFLINE, BACK]
    return ChoiceScreen("Send your answers to a model?", text, choices, escape="back")


def consent_needed(model: str | None) -> ChoiceScreen | None:
    """The question to ask before this model may be used; None when it was agreed to. Raises ConfigError."""
    where = config.endpoint(model)
    return None if config.has_consent(where) else consent_screen(where)


def before_use(engine: str, model: str | None) -> ChoiceScreen | None:
    """What to ask before an interview held by this engine goes on: nothing, for consent, or what to do without a
    model. Answers: 'yes', 'offline', 'back'. Raises ConfigError."""
    if engine != "llm":
        return None
    if missing := missing_for_model(model):
        return not_set_up(missing, offline=True)
    return consent_needed(model)


def not_set_up(missing: str, *, offline: bool = False) -> ChoiceScreen:
    """Says what a model still needs."""
    return ChoiceScreen("No model is set up", missing, [OFFLINE, BACK] if offline else [BACK], escape="back")


def remember(model: str | None) -> None:
    """Note a 'yes'; where it can't be written the person is simply asked again next time."""
    try:
        config.remember_consent(config.endpoint(model))
    except InterviewerError:
        return


def missing_for_model(model: str | None = None) -> str | None:
    """What is not set up yet for using a model, in words; None when everything is. Raises ConfigError."""
    where = config.endpoint(model)
    if where.api_key is None and not where.local:
        return f"{where.key_advice} Then open the app again. For a local server choose it under Settings."
    if where.model is None:
        return "Name the model under Settings, or set INTERVIEWER_MODEL in the environment."
    return None

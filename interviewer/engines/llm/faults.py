"""What can go wrong with a model's answer, each with a stable code, one plain sentence and one next step."""

from __future__ import annotations

import json

import openai

from interviewer.errors import EngineError

ASK_AGAIN = "Try again, choose another model, or go on offline."


class Fault(EngineError):
    """An EngineError that may name how long the server asked us to wait, in seconds."""

    def __init__(self, code: str, message: str, *, next_step: str = ASK_AGAIN, retryable: bool = False,
                 wait: float | None = None) -> None:  # fmt: skip
        super().__init__(code, message, next_step=next_step, retryable=retryable)
        self.wait = wait


def malformed(what: str) -> Fault:
    return Fault("malformed", f"The model's answer could not be used: {what}.", retryable=True)


def cut() -> Fault:
    return Fault("cut", "The model's answer broke off before its end.", retryable=True)


def finished(reason: str | None, refusal: str) -> Fault | None:
    """What an ending says about an answer; None when it ended as it should."""
    if refusal:
        return Fault("refused", "The model refused to answer.")
    match reason:
        case "stop":
            return None
        case None:
            return cut()
        case "length":
            return Fault("too_long", "The model's answer grew longer than it is allowed to.", retryable=True)
        case "content_filter":
            return Fault("filtered", "The provider's filter stopped the model's answer.")
        case _:
            return malformed(f"it ended with '{reason[:40]}'")


def from_exception(error: Exception, host: str) -> Fault:
    """The fault an exception stands for. ``host`` is named so that the reader knows who failed."""
    match error:
        case Fault():
            return error
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return Fault(
                "key_refused", f"{host} refused the key.",
                next_step="Check OPENAI_API_KEY and that it belongs to this host; or go on offline.",
            )  # fmt: skip
        case openai.NotFoundError():
            return Fault(
                "not_found", f"{host} knows no such model or address.",
                next_step="Check --model and OPENAI_BASE_URL; or go on offline.",
            )  # fmt: skip
        case openai.RateLimitError() if error.code == "insufficient_quota":
            return Fault(
                "quota", f"The account at {host} has no credit left.", next_step="Add credit, or go on offline."
            )
        case openai.RateLimitError():
            return Fault("busy", f"{host} asks for fewer requests.", retryable=True, wait=_retry_after(error))
        case openai.APIStatusError() if error.status_code in (408, 409) or error.status_code >= 500:
            return Fault(
                "server", f"{host} failed with status {error.status_code}.", retryable=True, wait=_retry_after(error)
            )
        case openai.APIStatusError():
            return Fault(
                "bad_request", f"{host} did not take the request (status {error.status_code}).",
                next_step="The model may not suit; try another, or go on offline.",
            )  # fmt: skip
        case openai.APITimeoutError() | TimeoutError():
            return Fault("timeout", f"{host} took too long to answer.", retryable=True)
        case openai.APIConnectionError():
            return Fault("connection", f"{host} can't be reached, or the line broke.", retryable=True)
        case json.JSONDecodeError() | UnicodeDecodeError():
            return malformed("it was no valid data")
        case openai.APIError():
            return Fault("server", f"{host} reported an error within its answer.", retryable=True)
        case _:
            return malformed(f"it led to {type(error).__name__}")


def _retry_after(error: openai.APIStatusError) -> float | None:
    """Seconds asked for by the server, as a number or a date; None when it says nothing readable."""
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    value = error.response.headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None

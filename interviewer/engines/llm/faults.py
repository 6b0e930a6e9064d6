"""What can go wrong with a model's answer, each with a stable code, one plain sentence and one next step."""

from __future__ import annotations

import re

import httpx2
import openai

from interviewer.engines.llm.capabilities import Parameter, named
from interviewer.errors import EngineError
from interviewer.storage import strict_json

# How OpenAI, llama.cpp, vLLM and others say that a prompt is longer than the model takes.
_TOO_LONG = re.compile(r"context[_ ](?:length|size|window)|maximum context|prompt is too long|too many tokens", re.I)

ASK_AGAIN = "Try again, choose another model, or go on offline."
UNSUITED = "The model may not suit; try another, or go on offline."


class Fault(EngineError):
    """An EngineError that may name the seconds a server asked us to wait, and what of a request it refuses."""

    def __init__(self, code: str, message: str, *, next_step: str = ASK_AGAIN, retryable: bool = False,
                 wait: float | None = None, refuses: Parameter | None = None) -> None:  # fmt: skip
        super().__init__(code, message, next_step=next_step, retryable=retryable)
        self.wait = wait
        self.refuses = refuses


def malformed(what: str) -> Fault:
    return Fault("malformed", f"The model's answer could not be used: {what}.", retryable=True)


def too_long() -> Fault:
    return Fault("too_long", "The model's answer grew longer than it is allowed to.", retryable=True)


def finished(reason: str | None, refusal: str) -> Fault | None:
    """What an ending says about an answer; None when it may be whole.

    Some servers never say how they ended: then it is whole if its JSON is, for JSON that was cut never parses.
    """
    if refusal:
        return Fault("refused", "The model refused to answer.")
    match reason:
        case "stop" | None:
            return None
        case "length":
            return too_long()
        case "content_filter":
            return Fault("filtered", "The provider's filter stopped the model's answer.")
        case _:
            return malformed("it ended in an unknown way")


def unusable(text: str, reason: str | None) -> Fault:
    """What is wrong with an answer that can't be used, by its text and how it ended."""
    if not text.strip():
        return malformed("it was empty")
    if reason is None:
        return Fault("cut", "The model's answer broke off before its end.", retryable=True)
    return malformed("it did not fit what was asked for")


def from_exception(error: Exception, host: str) -> Fault:  # noqa: PLR0911 - a table
    """The fault an exception stands for. ``host`` is named so that the reader knows who failed; the server's own words
    are not, because they may repeat the key."""
    match error:
        case Fault():
            return error
        case openai.APIStatusError():
            return _from_status(error, host)
        case openai.APITimeoutError() | httpx2.TimeoutException() | TimeoutError():
            return Fault("timeout", f"{host} took too long to answer.", retryable=True)
        case httpx2.ConnectError():
            return Fault("connection", f"Nothing answers at {host}.", retryable=True)
        case openai.APIConnectionError() | httpx2.TransportError():
            return Fault("connection", f"{host} can't be reached, or the line broke.", retryable=True)
        case openai.APIError():
            return Fault("server", f"{host} reported an error within its answer.", retryable=True)
        case UnicodeEncodeError():
            return Fault(
                "key_refused", "The key holds characters that no key has.", next_step="Check it: interviewer key show."
            )
        case ValueError():  # JSON and UTF-8 that could not be decoded, too
            return malformed("it was no valid data")
        case _:
            return malformed("it was in no known shape")


async def refusal(response: httpx2.Response) -> openai.APIStatusError:
    """A response that is no success, with the code, type, parameter and words it gives."""
    try:
        body = strict_json.parse(await response.aread())[0]
    except ValueError:
        body = None
    finally:
        await response.aclose()
    error = body.get("error", body) if isinstance(body, dict) else None
    said = error.get("message") if isinstance(error, dict) else None
    return openai.APIStatusError(str(said or response.status_code), response=response, body=error)


def _from_status(error: openai.APIStatusError, host: str) -> Fault:  # noqa: PLR0911 - a table
    status, quota = error.status_code, "insufficient_quota" in (error.code, error.type)
    if status in (401, 403):
        step = "Check the key and that it belongs to this host (interviewer key show); or go on offline."
        return Fault("key_refused", f"{host} refused the key.", next_step=step)
    if status == 404:
        step = "Check the model's name and the address (interviewer doctor); or go on offline."
        return Fault("not_found", f"{host} knows no such model or address.", next_step=step)
    if status == 402 or (status == 429 and quota):
        return Fault("quota", f"The account at {host} has no credit left.", next_step="Add credit, or go on offline.")
    if status in (408, 409, 429) or status >= 500:
        wait = _retry_after(error)
        after = f" and asks to wait {wait:.0f} s" if wait is not None and wait < 1e6 else ""
        if status == 429:
            return Fault("busy", f"{host} takes no more requests just now{after}.", retryable=True, wait=wait)
        return Fault("server", f"{host} failed with status {status}{after}.", retryable=True, wait=wait)
    if 300 <= status < 400:
        step = "Check the address; nothing was sent on."
        return Fault("redirected", f"{host} points to another address.", next_step=step)
    if status == 413 or (status in (400, 422) and _TOO_LONG.search(f"{error.code} {error.type} {error}")):
        step = "A model with a longer context may do; or go on offline."
        return Fault("context", f"The interview has grown longer than {host} takes.", next_step=step)
    if error.code == "content_filter":
        return Fault("filtered", f"The filter of {host} did not let the interview through.")
    refuses = named(f"{error.param or ''} {error}") if status in (400, 422) else None
    if refuses == "format":
        return Fault("no_schemas", f"{host} does not take the format that was asked for.", next_step=UNSUITED,
                     refuses=refuses)  # fmt: skip
    return Fault("bad_request", f"{host} did not take the request (status {status}).", next_step=UNSUITED,
                 refuses=refuses)  # fmt: skip


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
    except (ValueError, TypeError, OverflowError):
        return None

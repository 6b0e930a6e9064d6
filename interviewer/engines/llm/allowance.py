"""What may be spent, and what was: tokens and, where prices are known, money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from interviewer import config
from interviewer.engines.llm import tokens
from interviewer.engines.llm.faults import Fault
from interviewer.models.usage import Usage

AN_ANSWER = 500  # tokens that an answer is taken to need, when it is asked whether there is room for one
MILLION = 1_000_000
RAISE = "Raise most_tokens or most_cost in the settings, go on offline, or save and leave."


@dataclass(frozen=True)
class Allowance:
    """The most that one interview or one grading may use; None: no bound."""

    tokens: int | None = None
    cost: float | None = None
    price: config.Price | None = None

    @classmethod
    def of(cls, settings: config.Settings, model: str | None) -> Allowance:
        """As the settings say."""
        return cls(settings.most_tokens, settings.most_cost, settings.prices.get(model or ""))

    def shared(self, parts: int) -> Allowance:
        """One part of it, of as many."""
        tokens = None if self.tokens is None else self.tokens // parts
        return replace(self, tokens=tokens, cost=None if self.cost is None else self.cost / parts)

    def priced(self, usage: Usage) -> Usage:
        """The same with its cost, where the endpoint named none and the price is known."""
        if usage.cost is not None or self.price is None:
            return usage
        cost = (usage.prompt * self.price.input + usage.completion * self.price.output) / MILLION
        return usage.model_copy(update={"cost": cost})

    def check(self, used: Usage, prompt: int) -> None:
        """Raises Fault when a request with so many tokens would go beyond."""
        ahead = used + self.priced(Usage(prompt=prompt, completion=AN_ANSWER))
        if self.tokens is not None and ahead.tokens > self.tokens:
            raise Fault("spent", f"{used.tokens} of the {self.tokens} tokens you allow are used.", next_step=RAISE)
        if self.cost is not None and ahead.cost is not None and ahead.cost > self.cost:
            raise Fault("spent", f"{used.cost or 0:.2f} of the {self.cost:.2f} you allow are spent.", next_step=RAISE)


def measured(counted: Any) -> Usage | None:
    """What the endpoint counted, if that makes sense; some count nonsense. OpenRouter names the cost, too."""
    prompt, completion = _whole(counted, "prompt_tokens"), _whole(counted, "completion_tokens")
    if prompt is None or completion is None:
        return None
    cached = _whole(counted.get("prompt_tokens_details"), "cached_tokens") or 0
    cost = counted.get("cost")
    known = (
        float(cost) if isinstance(cost, int | float) and not isinstance(cost, bool) and 0 <= cost < MILLION else None
    )
    return Usage(prompt=prompt, completion=completion, cached=cached, cost=known)


def guessed(prompt: int, text: str) -> Usage:
    """What an answer took, where the endpoint doesn't say."""
    return Usage(prompt=prompt, completion=tokens.count(text), estimated=True)


def _whole(counted: Any, name: str) -> int | None:
    value = counted.get(name) if isinstance(counted, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None

"""What a model has cost so far."""

from __future__ import annotations

from interviewer.models.base import Frozen


class Usage(Frozen):
    """Requests made and tokens, as the endpoint counted them or, where it doesn't, as we estimate them.

    ``cached`` of the ``prompt`` tokens were read before; ``cost`` is money, None where no price is known.
    """

    requests: int = 0
    prompt: int = 0
    completion: int = 0
    cached: int = 0
    cost: float | None = None
    estimated: bool = False

    @property
    def tokens(self) -> int:
        return self.prompt + self.completion

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            requests=self.requests + other.requests, prompt=self.prompt + other.prompt,
            completion=self.completion + other.completion, cached=self.cached + other.cached,
            cost=None if self.cost is None and other.cost is None else (self.cost or 0) + (other.cost or 0),
            estimated=self.estimated or other.estimated,
        )  # fmt: skip

    def since(self, before: Usage) -> Usage:
        """What was used after ``before``, an earlier state of the same count."""
        cost = None if self.cost is None else round(self.cost - (before.cost or 0), 9)
        return Usage(
            requests=self.requests - before.requests, prompt=self.prompt - before.prompt,
            completion=self.completion - before.completion, cached=self.cached - before.cached,
            cost=cost, estimated=self.estimated,
        )  # fmt: skip


def usage_words(usage: Usage) -> str:
    """E.g. "12.4k tokens, 0.03"; "" before the first request."""
    if not usage.requests:
        return ""
    about = "about " if usage.estimated else ""
    count = f"{usage.tokens / 1000:.1f}k" if usage.tokens >= 1000 else str(usage.tokens)
    cost = "" if usage.cost is None else f", {usage.cost:.2f}" if usage.cost >= 0.01 else ", under 0.01"
    return f"{about}{count} tokens{cost}"

"""Which line to say: the persona's, else the house's, never one that was said before, the same for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from string import Template

from interviewer.engines.base import TurnContext
from interviewer.text import fold, one_line

ROOM = 45  # words a turn has that doesn't open a question
HOUSE = Path(__file__).with_name("house.yaml")
_FIELD = re.compile(r"\$\{?([a-z_]+)\}?")


@lru_cache(maxsize=1)
def house() -> dict[str, tuple[str, ...]]:
    """The house's own lines by slot."""
    from ruamel.yaml import YAML

    return {slot: tuple(lines) for slot, lines in YAML(typ="safe").load(HOUSE.read_text("utf-8")).items()}


class Words:
    """The lines one turn can draw on."""

    def __init__(self, turn: TurnContext, seed: int) -> None:
        self._phrases = turn.persona.phrases
        self._seed = f"{seed}:{turn.seed}:{turn.progress.id}:{turn.loop_turns}"
        spoken = [t.text for t in turn.turns if t.role == "interviewer"]
        self.room = ROOM
        self.told = False  # facts come before, in the same turn
        self._said = fold("\n".join([*spoken, *sorted(turn.used)]))

    def line(self, slot: str, /, *, spare: bool = True, **fields: str) -> str:
        """A line of ``slot`` that hasn't been said, its fields filled in.

        A line that needs a field which isn't given is passed over. When all were said: one of them again if
        ``spare``, else "".
        """
        own: tuple[str, ...] = getattr(self._phrases, slot, ())
        return self.pick((own, house().get(slot, ())), slot, spare=spare, **fields)

    def pick(self, groups: Sequence[Sequence[str]], seed: str, /, *, spare: bool = True, **fields: str) -> str:
        """The same from ``groups`` of lines, earlier groups first; ``seed`` varies the choice."""
        rng = random.Random(f"{self._seed}:{seed}")
        usable: list[str] = []
        for lines in groups:
            fitting = [x for x in lines if set(_FIELD.findall(x)) <= set(fields)]
            rng.shuffle(fitting)
            usable += fitting
        fresh = next((x for x in usable if not self.said(x)), None)
        chosen = fresh or (rng.choice(usable) if usable and spare else "")
        return Template(chosen).safe_substitute({k: one_line(v, 600) for k, v in fields.items()})

    def said(self, line: str) -> bool:
        """Whether a line was said in this interview, whatever filled its fields."""
        parts = [re.escape(fold(p)) for p in re.split(_FIELD.pattern.replace("(", "(?:"), line)]
        pattern = ".{1,400}?".join(p if i else rf"(?<!\w){p}" for i, p in enumerate(parts))
        fixed = sum(len(fold(p)) for p in re.split(_FIELD, line)[::2])
        return fixed >= 3 and re.search(_spaced(pattern), self._said) is not None

    def times(self, slot: str) -> int:
        """How many of the house's lines of ``slot`` have been said."""
        return sum(map(self.said, house().get(slot, ())))

    def count(self, text: str) -> int:
        """How often a fixed text has been said."""
        return self._said.count(fold(text))

    def fresh(self, text: str) -> bool:
        """Whether a fixed text, such as a sheet's probe, hasn't been said yet."""
        return fold(text) not in self._said


def _spaced(pattern: str) -> str:
    """Fields keep the blanks around them, which folding a line's parts had taken away."""
    return pattern.replace(".{1,400}?", r"\s?.{1,400}?\s?")


def size(text: str) -> int:
    """The number of words."""
    return len(text.split())


def joined(parts: Sequence[str], limit: int, keep: Callable[[int], bool]) -> str:
    """``parts`` in a row; over ``limit`` words, those that needn't be kept are left out, the first ones first."""
    chosen = list(enumerate(p for p in parts))
    for i, part in list(chosen):
        if sum(size(p) for _, p in chosen) <= limit:
            break
        if not keep(i):
            chosen.remove((i, part))
    return " ".join(p.strip() for _, p in chosen if p.strip())

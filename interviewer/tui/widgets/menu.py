"""A list to choose from, where each line has a key, a name and a detail."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from interviewer.text import one_line


@dataclass(frozen=True)
class Choice:
    """One line of a menu. ``key`` is a letter that chooses it, if any."""

    id: str
    label: str
    detail: str = ""
    key: str = ""
    disabled: bool = False


class Menu(OptionList):
    """An option list that parses no markup."""

    def __init__(self, choices: list[Choice], *, id: str | None = None, wide: int = 18) -> None:
        self.wide = wide
        super().__init__(*(self._option(c) for c in choices), id=id, markup=False)
        self.choices = choices

    def replace(self, choices: list[Choice]) -> None:
        """Show other choices, keeping the place."""
        place = self.highlighted
        self.choices = choices
        self.set_options([self._option(c) for c in choices])
        if choices:
            self.highlighted = min(place or 0, len(choices) - 1)

    @property
    def chosen(self) -> str | None:
        """The id of the line the cursor is on."""
        if self.highlighted is None:
            return None
        return self.get_option_at_index(self.highlighted).id

    def _option(self, c: Choice) -> Option:
        key = f"{c.key}  " if c.key else ""
        label, detail = one_line(c.label, 200), one_line(c.detail, 200)
        parts = (key, (label.ljust(self.wide), "bold"), "  ", detail) if detail else (key, (label, "bold"))
        return Option(Content.assemble(*parts), id=c.id, disabled=c.disabled)

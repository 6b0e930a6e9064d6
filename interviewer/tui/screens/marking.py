"""A coach marks a transcript: what was said on one side, the criteria with their anchors on the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from interviewer.errors import InterviewerError
from interviewer.models.mark import NOT_SHOWN
from interviewer.models.rubric import Criterion
from interviewer.text import one_line, sanitise
from interviewer.tui.screens.choice import ChoiceScreen
from interviewer.tui.widgets.level_row import MIDDLE, STEPS
from interviewer.tui.widgets.mark_row import MarkRow
from interviewer.tui.widgets.menu import Choice
from interviewer.tui.widgets.message import Message

if TYPE_CHECKING:
    from interviewer.grading.marking import Marking, ToMark

HOW = f"1–5 a level, ← → halves, 0 {NOT_SHOWN}, Del unmarks. ↑ ↓ choose. PgUp PgDn move the talk."


class MarkingScreen(Screen[bool]):
    """Returns True once everything is marked and confirmed, False when it is left before.

    Every key is handled here, in the order typed, as when candidates rate themselves."""

    CSS_PATH = "marking.tcss"
    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("enter", "on", "Next"),
        Binding("ctrl+s", "save", "Save"),
        Binding("p", "back", "Round before"),
        Binding("space", "more", "More anchors"),
        Binding("escape", "leave", "Leave"),
    ]

    def __init__(self, marking: Marking) -> None:
        super().__init__()
        self.marking = marking
        self.place = next((n for n, r in enumerate(marking.rounds) if marking.left(r.id)), 0)  # of the round
        self.cursor = 0
        self.rows: list[MarkRow] = []
        self.keys: dict[str, Callable[[], object]] = {
            "up": lambda: self.move(self.cursor - 1), "down": lambda: self.move(self.cursor + 1),
            "shift+tab": lambda: self.move(self.cursor - 1), "tab": lambda: self.move(self.cursor + 1),
            "left": lambda: self.step(-1), "right": lambda: self.step(1),
            "0": lambda: self.set_level(None), "delete": self.unmark, "backspace": self.unmark,
            "pageup": lambda: self._talk.scroll_page_up(animate=False),
            "pagedown": lambda: self._talk.scroll_page_down(animate=False),
            "home": lambda: self._talk.scroll_home(animate=False), "end": lambda: self._talk.scroll_end(animate=False),
            "space": self.action_more, "enter": self.action_on, "ctrl+s": self.action_save, "p": self.action_back,
            "escape": self.action_leave,
        }  # fmt: skip

    def compose(self) -> ComposeResult:
        yield Static(id="heading", classes="title", markup=False)
        yield Static(HOW, id="how", classes="quiet", markup=False)
        yield Static(id="note", markup=False)
        with Horizontal(id="sides"):
            yield VerticalScroll(id="talk", can_focus=False)
            with Vertical(id="marks"):
                yield VerticalScroll(id="rows", can_focus=False)
                with VerticalScroll(id="anchors", can_focus=False):
                    yield Static(id="anchor-text", markup=False)
        yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        self.watch(self.query_one("#anchors"), "virtual_size", self._laid_out)
        await self._open()
        self.note(" ".join(self.marking.transcript.problems))

    # --- the round ---

    @property
    def round(self) -> ToMark:
        return self.marking.rounds[self.place]

    @property
    def _talk(self) -> VerticalScroll:
        return self.query_one("#talk", VerticalScroll)

    async def _open(self) -> None:
        """Show a round from its beginning, the cursor at what isn't marked yet."""
        talk, rows = self._talk, self.query_one("#rows", VerticalScroll)
        await talk.remove_children()
        await rows.remove_children()
        self.rows = [MarkRow(n, c.title, self._level(c)) for n, c in enumerate(self.round.criteria)]
        self.cursor = next((n for n, row in enumerate(self.rows) if row.level == MarkRow.UNMARKED), 0)
        await rows.mount(*self.rows)
        await talk.mount(
            *(Message(t.role, f"[{t.index}] {_name(t.speaker or t.role)}", t.text) for t in self.round.talk.turns)
        )
        talk.scroll_home(animate=False)
        self._show()
        self._explain()

    def _level(self, criterion: Criterion) -> float | None:
        return self.marking.levels.get((self.round.id, criterion.id), MarkRow.UNMARKED)

    def _show(self) -> None:
        """Every row, and the anchors of the current one."""
        for n, (row, criterion) in enumerate(zip(self.rows, self.round.criteria, strict=True)):
            row.show(level=self._level(criterion), current=n == self.cursor)
        count, many = len(self.marking.left(self.round.id)), len(self.marking.rounds)
        of = f" · round {self.place + 1} of {many}" if many > 1 else ""
        left = f"{count} left" if count else "all marked"
        title = f"Marking by {one_line(self.marking.rater, 20)} · {one_line(self.round.title, 34)}{of} · {left}"
        self.query_one("#heading", Static).update(Content(title))

    def move(self, to: int) -> None:
        """Put the cursor on a criterion and show what its levels look like."""
        self.cursor = max(0, min(to, len(self.rows) - 1))
        self._show()
        self.rows[self.cursor].scroll_visible(animate=False)
        self._explain()

    def _explain(self) -> None:
        self.query_one("#anchor-text", Static).update(_anchors(self.round.criteria[self.cursor]))
        self.query_one("#anchors").scroll_home(animate=False)

    def on_mark_row_chosen(self, event: MarkRow.Chosen) -> None:
        self.move(event.place)

    def _laid_out(self) -> None:
        self.call_after_refresh(self._say_more)

    def _say_more(self) -> None:
        box = self.query_one("#anchors")
        box.border_subtitle = "Space for more" if box.max_scroll_y else ""

    # --- keys ---

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in "12345":
            self.set_level(float(event.character))
        elif (action := self.keys.get(event.key)) is not None:
            action()
        else:
            return
        event.stop()
        event.prevent_default()

    @property
    def _here(self) -> tuple[str, str]:
        return self.round.id, self.round.criteria[self.cursor].id

    def set_level(self, level: float | None) -> None:
        """Mark the current criterion; None for no evidence, or not asked."""
        self.marking.mark(*self._here, level)
        self.note("")
        self._show()

    def unmark(self) -> None:
        self.marking.unmark(*self._here)
        self._show()

    def step(self, way: int) -> None:
        """A half up or down; from no level, to the middle."""
        level = self.marking.levels.get(self._here)
        at = STEPS.index(level) + way if level is not None else STEPS.index(MIDDLE)
        self.set_level(STEPS[max(0, min(at, len(STEPS) - 1))])

    def action_more(self) -> None:
        """On in the anchors; from their end, to the beginning."""
        box = self.query_one("#anchors")
        if box.scroll_y >= box.max_scroll_y:
            box.scroll_home(animate=False)
        else:
            box.scroll_relative(y=max(1, box.size.height - 1), animate=False)

    def note(self, text: str) -> None:
        line = self.query_one("#note", Static)
        line.update(Content(sanitise(text)))
        line.set_class(bool(text), "shown")

    def action_save(self) -> bool:
        """Keep what is marked so far; False if that failed, which is said."""
        try:
            path = self.marking.save()
        except (InterviewerError, OSError) as error:
            self.note(f"! {error}")
            return False
        self.note(f"Saved: {len(self.marking.levels)} marked, {len(self.marking.left())} left, in {path.parent}.")
        return True

    def action_back(self) -> None:
        if self.place:
            self._go(self.place - 1)

    def _go(self, place: int) -> None:
        self.place = place
        self.run_worker(self._open(), exclusive=True, group="round", exit_on_error=False)

    def action_on(self) -> None:
        """The next round, once this one is marked; after the last, ask whether that is it."""
        left = [n for n, c in enumerate(self.round.criteria) if self._level(c) == MarkRow.UNMARKED]
        if left:
            self.move(left[0])
            self.note(
                f"Not marked yet: {', '.join(self.round.criteria[n].title for n in left)}. 0 is for what wasn't asked."
            )
        elif self.place + 1 < len(self.marking.rounds):
            self.note("")
            self._go(self.place + 1)
        elif rest := self.marking.left():
            self._go(next(n for n, r in enumerate(self.marking.rounds) if r.id == rest[0][0]))
        else:
            self.app.push_screen(_confirming(len(self.marking.levels)), self._confirmed)

    def _confirmed(self, choice: str | None) -> None:
        if choice == "yes" and self.action_save():
            self.dismiss(True)

    def action_leave(self) -> None:
        """Leave; what isn't saved is asked about."""
        if self.marking.unsaved:
            self.app.push_screen(_leaving(), self._left)
        else:
            self.dismiss(False)

    def _left(self, choice: str | None) -> None:
        if choice == "drop" or (choice == "save" and self.action_save()):
            self.dismiss(False)


def _name(speaker: str) -> str:
    return one_line(speaker[:1].upper() + speaker[1:], 30)


def _anchors(criterion: Criterion) -> Content:
    """What a criterion is about, what 1, 3 and 5 look like, and what 0 is for."""
    a = criterion.anchors
    parts: list[str | tuple[str, str]] = [(sanitise(criterion.about), "italic")]
    for level, text in (("1", a.one), ("3", a.three), ("5", a.five), ("0", NOT_SHOWN)):
        parts += ["\n", (f"{level}  ", "bold"), sanitise(text)]
    return Content.assemble(*parts)


def _confirming(count: int) -> ChoiceScreen:
    choices = [Choice("yes", "Keep them", "then the machine's are shown"), Choice("back", "Go on marking")]
    text = "Once you have seen the machine's levels, changes of yours are no longer blind and are not measured with."
    return ChoiceScreen(f"All {count} are marked. Is that it?", text, choices, escape="back")


def _leaving() -> ChoiceScreen:
    choices = [
        Choice("save", "Save and leave", "the same command goes on"),
        Choice("back", "Go on marking"),
        Choice("drop", "Leave without saving", "what was saved before stays"),
    ]
    return ChoiceScreen("Your marks aren't saved", "", choices, escape="back")

"""Long tasks: each runs in a thread under a window that tells how far it is and can stop it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from inventory.language import _
from tui.screen import Dialog, Read, ReadFailed
from tui.text import GOOD, HEAD, QUIET, STRONG, T

Result = TypeVar("Result")

SHOWN_AFTER = 0.3
"""Seconds before the window shows itself: what is done sooner needs no telling."""
LOOKS_A_SECOND = 10


class Cancelled(Exception):
    """The person stopped the task; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a task is busy with, and how far; `total` 0 means that nobody knows."""

    words: str
    done: int = 0
    total: int = 0


class Watch:
    """What a task in its thread tells, and how it learns that nobody wants it any more."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._steps: dict[str, Step] = {}

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps so far, the one under way last."""
        return tuple(self._steps.copy().values())

    def tell(self, words: str, done: int = 0, total: int = 0) -> None:
        """Say how far the task is; raises Cancelled when it was stopped."""
        if self.stopped():
            raise Cancelled
        self._steps[words] = Step(words, done, total)

    def stop(self) -> None:
        """Ask the task to end without keeping anything."""
        self._stop.set()

    def stopped(self) -> bool:
        """Say whether the task was asked to end."""
        return self._stop.is_set()


Work = Callable[[Watch], Result]


@dataclass(frozen=True, slots=True)
class Ended(Generic[Result]):
    """How a task ended: with its result, or with what it raised."""

    result: Result | None = None
    error: Exception | None = None

    def get(self) -> Result:
        """Return the result; raises what the task raised."""
        if self.error is not None:
            raise self.error
        assert self.result is not None
        return self.result


class JobDialog(Dialog[Ended[Result]], Generic[Result]):
    """Runs `work` in a thread; ends with how it ended, or with None when it was stopped.

    A task that only reads is `left_at_once`: Escape ends the window and the thread runs out unseen.
    Any other is waited for, since what it writes may have been kept before it heard of it.
    """

    DEFAULT_CSS = """
    JobDialog {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 92%;
            max-width: 64;
            height: auto;
            background: $surface;
            border: round $border;
            border-title-color: $primary;
            padding: 1 2;
        }
        &.-soon { background: transparent; }
        &.-soon > Vertical { display: none; }
        & Steps { height: auto; }
        & #note { margin-top: 1; color: $text-muted; }
    }
    """
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init__(
        self, title: Content, work: Work[Result], *, note: str = "", left_at_once: bool = False
    ) -> None:
        super().__init__(classes="-soon")
        self._title = title
        self._work = work
        self._note = note
        self._left_at_once = left_at_once
        self._watch = Watch()

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = T(self._title.plain)
            yield Steps(self._watch)
            yield Static(T(self._note or _("Esc stops it; nothing is kept then.")), id="note")

    def on_mount(self) -> None:
        watch, work = self._watch, self._work
        self.in_background("job", lambda: work(watch))
        self.set_timer(SHOWN_AFTER, self._show)

    def on_unmount(self) -> None:
        self._watch.stop()

    def give_up(self) -> None:
        """Stop the task."""
        self._watch.stop()
        if self._left_at_once:
            self.dismiss(None)
        else:
            self._show()
            self.query_one("#note", Static).update(_("Stopping …"))

    def on_read(self, message: Read) -> None:
        """End with the result."""
        self.dismiss(Ended(result=message.answer))

    def on_read_failed(self, message: ReadFailed) -> None:
        """End with what was raised."""
        message.prevent_default()
        stopped = isinstance(message.error, Cancelled)
        self.dismiss(None if stopped else Ended(error=message.error))

    def _show(self) -> None:
        self.remove_class("-soon")


class Steps(Widget):
    """The steps of a task one under the other, with a bar for the one under way."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch
        self._since = time.monotonic()

    def on_mount(self) -> None:
        self.set_interval(1 / LOOKS_A_SECOND, self._look)

    def _look(self) -> None:
        self.refresh(layout=True)

    def render(self) -> Content:
        seconds = time.monotonic() - self._since
        return Content("\n").join(step_lines(self._watch.steps, self.size.width, seconds))


def step_lines(steps: tuple[Step, ...], width: int, seconds: float) -> list[Content]:
    """Return the lines that tell of `steps` in `width` cells, `seconds` after the first began."""
    if not steps:
        return [T(_("Beginning …"), QUIET), bar(0, 0, width, seconds)]
    *past, now = steps
    lines = [
        Content.assemble(T("✓ ", GOOD), T(step.words), T(_amount(step.total or step.done), QUIET))
        for step in past
    ]
    lines.append(Content.assemble(T("▸ ", HEAD), T(now.words, STRONG), T(_so_far(now), QUIET)))
    lines.append(bar(now.done, now.total, width, seconds))
    return lines


def bar(done: int, total: int, width: int, seconds: float) -> Content:
    """Draw how much is done; without a total a piece wanders, so that one sees it is alive."""
    elapsed = f" {int(seconds)} s"
    cells = max(1, width - len(elapsed))
    if total:
        full = min(cells, cells * done // total)
        return Content.assemble(T("━" * full, HEAD), T("─" * (cells - full), QUIET), T(elapsed))
    piece = max(1, cells // 6)
    at = int(seconds * cells / 3) % max(1, cells - piece + 1)
    rest = cells - piece - at
    return Content.assemble(
        T("─" * at, QUIET), T("━" * piece, HEAD), T("─" * rest, QUIET), T(elapsed)
    )


def _amount(count: int) -> str:
    return f"  {count:,}" if count else ""


def _so_far(step: Step) -> str:
    if not step.total:
        return _amount(step.done)
    so_far = _("{done} of {total}").format(done=f"{step.done:,}", total=f"{step.total:,}")
    return f"  {so_far}"

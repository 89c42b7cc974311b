"""What every screen of the app stands on: the frame, its keys, and reading in the background."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.keys import key_to_character
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from inventory.safe_text import visible
from tui.actions import Action, Scope, action_named, in_scope
from tui.keys import bindings_of
from tui.session import Session
from tui.widgets.key_line import KeyLine
from tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from sqlite3 import Connection

    from tui.app import RasmiApp

Answer = TypeVar("Answer")


class Read(Message, bubble=False):
    """What a background read found; `topic` says which read it was."""

    def __init__(self, topic: str, answer: Any) -> None:
        super().__init__()
        self.topic = topic
        self.answer = answer


class ReadFailed(Message, bubble=False):
    """A background read or write failed, with what was raised."""

    def __init__(self, topic: str, error: Exception) -> None:
        super().__init__()
        self.topic = topic
        self.error = error


class Reading(Screen[Answer]):
    """Reading from the inventory without holding up the screen."""

    @property
    def rasmi(self) -> "RasmiApp":
        """The app, as ours."""
        return cast("RasmiApp", self.app)

    @property
    def session(self) -> Session:
        """The open inventory, who sits at it, and today."""
        return self.rasmi.session

    def read_in_background(self, topic: str, read: "Callable[[Connection], object]") -> None:
        """Run `read` in a thread with a connection of its own; a `Read` message brings its answer.

        A newer read of the same topic takes the place of an older one, whose answer never comes.
        """
        session = self.session

        def work() -> object:
            with session.reading() as connection:
                return read(connection)

        self.in_background(topic, work)

    def in_background(self, topic: str, work: "Callable[[], object]") -> None:
        """Run `work` in a thread; a `Read` or `ReadFailed` message tells how it ended."""
        numbers: dict[str, int] = self.__dict__.setdefault("_numbers", {})
        number = numbers[topic] = numbers.get(topic, 0) + 1

        def run() -> None:
            try:
                answer: Message = Read(topic, work())
            except Exception as error:  # told to the person, whatever it was
                answer = ReadFailed(topic, error)
            if numbers[topic] == number and self.is_attached:
                with suppress(RuntimeError):  # the event loop has ended: nobody is left to be told
                    self.post_message(answer)

        self.run_worker(run, group=topic, thread=True, exclusive=True, exit_on_error=False)

    def tell(self, sentence: str, severity: str = "information") -> None:
        """Show a sentence for a few seconds; it may hold text from data."""
        level: Any = severity
        self.notify(visible(sentence), severity=level, markup=False)

    def on_read_failed(self, message: ReadFailed) -> None:
        """Say why something could not be read."""
        self.tell(str(message.error), "error")


class RasmiScreen(Reading[None]):
    """A screen with the frame around it: screens on top, keys at the bottom, `body()` between.

    A subclass names its scope: `class AccountsScreen(RasmiScreen, scope=Scope.ACCOUNTS)`.
    """

    SCOPE: ClassVar[Scope] = Scope.APP
    AUTO_FOCUS: ClassVar[str | None] = "*"

    def __init_subclass__(cls, scope: Scope | None = None, **more: Any) -> None:
        if scope is not None:
            cls.SCOPE = scope
            cls.BINDINGS = bindings_of(in_scope(scope))
        super().__init_subclass__(**more)

    @property
    def place(self) -> str:
        """The name of the screen that stands out on top."""
        return self.SCOPE.value

    def compose(self) -> ComposeResult:
        app = self.rasmi
        yield TopBar(app.places, self.place, self.session.store.path.name)
        with Vertical(id="body"):
            yield from self.body()
        yield KeyLine(self.key_line_actions, self.usable_key, app.why_not)

    def body(self) -> Iterable[Widget]:
        """Give the widgets between the two lines of the frame."""
        raise NotImplementedError

    def key_line_actions(self) -> list[Action]:
        """Return what the key line shows: this screen's actions, then those of the whole app."""
        own = [one for one in in_scope(self.SCOPE) if one.in_footer]
        shared = [
            one for one in in_scope(Scope.APP) if one.in_footer and one not in self.rasmi.places
        ]
        return [one for one in (*own, *shared) if self.rasmi.has(one)]

    def usable_key(self, action: Action) -> str | None:
        """Return the first key of an action that is not a letter to type where the focus is."""
        focused = self.focused
        for key in action.keys:
            if focused is None or not focused.check_consume_key(key, key_to_character(key)):
                return key
        return None

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys that work where the focus is now."""
        self.keys_changed()

    def why_not(self, name: str) -> str | None:
        """Return why the action `name` makes no sense now, None if it does."""
        return None

    def keys_changed(self) -> None:
        """Draw the key line again: what can be done is different now."""
        self.query_one(KeyLine).refresh()

    def go_back(self) -> bool:
        """Leave something inside the screen (a search, a selection); False if there is nothing."""
        return False

    @property
    def unsaved(self) -> bool:
        """Whether leaving the screen would lose something that was typed."""
        return False

    def keep_aside(self) -> None:
        """Keep what is unsaved for the next start; the program is about to end."""

    def record_changed(self) -> None:
        """Read again what is shown: the record was changed from here."""

    def on_screen_resume(self) -> None:
        """Read again on coming back: the record may be another by now."""
        self.record_changed()

    def speak(self) -> None:
        """Draw everything again in the language spoken now."""
        self.refresh(recompose=True)
        self.call_after_refresh(self._focus_first)

    def _focus_first(self) -> None:
        if self.focused is None and self.is_current:
            self.focus_next()


class Dialog(Reading[Answer], ModalScreen[Answer]):
    """A window over a screen that ends with an answer; Escape ends it with none."""

    BINDINGS = bindings_of([action_named("back")])

    def give_up(self) -> None:
        """End without an answer."""
        self.dismiss(None)

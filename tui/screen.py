"""What every screen of the app stands on: the frame, its keys, and reading in the background."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.containers import Vertical
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
    """A background read failed; `reason` is untrusted."""

    def __init__(self, topic: str, reason: str) -> None:
        super().__init__()
        self.topic = topic
        self.reason = reason


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
        numbers = self.__dict__.setdefault("_read_numbers", {})
        number = numbers[topic] = numbers.get(topic, 0) + 1

        def work() -> None:
            try:
                with session.reading() as connection:
                    answer: Message = Read(topic, read(connection))
            except Exception as error:  # told to the person, whatever it was
                answer = ReadFailed(topic, str(error))
            if numbers[topic] == number and self.is_attached:
                self.app.call_from_thread(self.post_message, answer)

        self.run_worker(
            work, group=f"read-{topic}", thread=True, exclusive=True, exit_on_error=False
        )

    def tell(self, sentence: str, severity: str = "information") -> None:
        """Show a sentence for a few seconds; it may hold text from data."""
        level: Any = severity
        self.notify(visible(sentence), severity=level, markup=False)

    def on_read_failed(self, message: ReadFailed) -> None:
        """Say why something could not be read."""
        self.tell(message.reason, "error")


class RasmiScreen(Reading[None]):
    """A screen with the frame around it: screens on top, keys at the bottom, `body()` between.

    A subclass names its scope: `class AccountsScreen(RasmiScreen, scope=Scope.ACCOUNTS)`.
    """

    SCOPE: ClassVar[Scope] = Scope.APP
    AUTO_FOCUS = "*"

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
        yield KeyLine(self.key_line_actions, app.why_not)

    def body(self) -> Iterable[Widget]:
        """Give the widgets between the two lines of the frame."""
        raise NotImplementedError

    def key_line_actions(self) -> list[Action]:
        """Return what the key line shows: this screen's actions, then those of the whole app."""
        own = [one for one in in_scope(self.SCOPE) if one.in_footer]
        shared = [
            one for one in in_scope(Scope.APP) if one.in_footer and one not in self.rasmi.places
        ]
        return [one for one in (*own, *shared) if one.keys and self.rasmi.has(one)]

    def why_not(self, name: str) -> str | None:
        """Return why the action `name` makes no sense now, None if it does."""
        return None

    def keys_changed(self) -> None:
        """Draw the key line again: what can be done is different now."""
        self.query_one(KeyLine).refresh()

    def go_back(self) -> bool:
        """Leave something inside the screen (a search, a selection); False if there is nothing."""
        return False

    def may_leave(self) -> bool:
        """Say whether the screen can be left without asking; False after it began to ask."""
        return True

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

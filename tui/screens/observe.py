"""Looking by hand: one account after another in the browser, two keys for what was seen."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from sqlite3 import Connection
from typing import ClassVar

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from audits import by_hand
from audits.by_hand import PLATFORMS, Look
from audits.probes.sightings import Outcome, Reason
from inventory.dates import read_date
from inventory.errors import InventoryError
from inventory.language import _
from inventory.undo import undo
from inventory.vocabulary import Badge
from tui.actions import Action, Scope, in_scope
from tui.browser import open_in_browser
from tui.field_words import day_text
from tui.observe_page import (
    Entered,
    Pace,
    Turn,
    ended_lines,
    foot_lines,
    look_words,
    read_turn,
    turn_lines,
)
from tui.screen import RasmiScreen, Read, ReadFailed
from tui.text import QUIET, T
from tui.widgets.ask import AskText

WALL = Reason.LOGIN_WALL.value
NOTHING_TO_SEE = ("saw_gone", "saw_suspended", "saw_wall")
"""What can be told without a badge, and so at once."""


class Sheet(Widget):
    """Lines one under the other, drawn anew for every width."""

    DEFAULT_CSS = "Sheet { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, lines: Callable[[int], list[Content]]) -> None:
        super().__init__()
        self._lines = lines

    def redraw(self) -> None:
        """Draw again: there is something else to show."""
        self.refresh(layout=True)

    def render(self) -> Content:
        return Content("\n").join(self._lines(max(20, self.size.width or self.app.size.width)))


class ObserveScreen(RasmiScreen, scope=Scope.OBSERVE):
    """The queue of accounts that only a person can look at; each look is one change."""

    AUTO_FOCUS: ClassVar[str | None] = "VerticalScroll"
    DEFAULT_CSS = """
    ObserveScreen VerticalScroll { padding: 1 1 0 1; scrollbar-size-vertical: 1; }
    .-short ObserveScreen VerticalScroll { padding: 0 1; }
    """

    def __init__(
        self,
        *,
        opener: Callable[[str], bool] = open_in_browser,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._opener = opener
        self._now = now
        self._ticks = ticks
        self._query: str | None = None
        self._platforms: tuple[str, ...] = PLATFORMS
        self._queue: list[int] | None = None
        self._at = 0
        self._turn: Turn | None = None
        self._entered = Entered()
        self._changes: dict[int, int] = {}
        """The change that recorded an account, by its place in the queue."""
        self._skipped: set[int] = set()
        self._began: float | None = None
        self._last = ""

    def body(self) -> Iterable[Widget]:
        with VerticalScroll():
            yield Sheet(self._lines)

    # -- what is shown ---------------------------------------------------------------------------

    def narrow(self, search: str, platforms: tuple[str, ...] = ()) -> None:
        """Begin anew with the accounts of a search, of these platforms if any are named."""
        self._query, self._platforms = search, platforms or PLATFORMS
        self._begin()

    def record_changed(self) -> None:
        if self._query is None:
            self.call_after_refresh(self._begin_with_the_list)
        else:
            self._show()

    def _begin_with_the_list(self) -> None:
        """Take the search of the list of accounts, unless another was asked for meanwhile."""
        if self._query is None:
            self.narrow(self.rasmi.accounts_search)

    def _begin(self) -> None:
        query, platforms = self._query or "", self._platforms

        def read(connection: Connection) -> list[int]:
            return by_hand.queue(connection, query, platforms)

        self.read_in_background("queue", read)

    def on_read(self, message: Read) -> None:
        """Begin the round; or copy an address that no browser took."""
        if message.topic == "queue":
            self._queue, self._at = message.answer, 0
            self._changes, self._skipped, self._began = {}, set(), None
            self._entered, self._last = replace(self._entered, badge=None, last_post=None), ""
            self._show()
        elif not message.answer and self._turn is not None and self._turn.address is not None:
            self.rasmi.copy_text(self._turn.address)

    def on_read_failed(self, message: ReadFailed) -> None:
        if message.topic == "queue":
            self._queue = self._queue or []
        super().on_read_failed(message)
        self._show()

    def _show(self) -> None:
        """Show the account whose turn it is; accounts that are gone from the record are passed."""
        queue = self._queue if self._queue is not None else []
        self._turn = None
        while self._turn is None and self._at < len(queue):
            self._turn = read_turn(self.session.connection, queue[self._at])
            if self._turn is None:
                del queue[self._at]
        for sheet in self.query(Sheet):
            sheet.redraw()
        for page in self.query(VerticalScroll):
            page.scroll_home(animate=False)
        self.keys_changed()

    def on_resize(self, event: events.Resize) -> None:
        for sheet in self.query(Sheet):
            sheet.redraw()

    @property
    def pace(self) -> Pace:
        """How far the round is."""
        queue = self._queue or []
        passed = self._ticks() - self._began if self._began is not None else 0.0
        return Pace(len(queue) - self._at, len(self._changes), len(self._skipped), passed)

    def _lines(self, width: int) -> list[Content]:
        if self._queue is None:
            return [T(_("reading …"), QUIET)]
        found = T(_("Search: {query}").format(query=self._query or _("all accounts")), QUIET)
        if self._turn is None:
            return [found, T(""), *ended_lines(self.pace, any_found=bool(self._queue))]
        keys = [(one, one.keys[0]) for one in self._offered()]
        turn = turn_lines(self._turn, self._entered, keys, width)
        foot = foot_lines(self.pace, self._entered, self._last, width)
        return [*turn, T(""), *foot, found]

    def _offered(self) -> list[Action]:
        """Return what can be told now by one key."""
        own = [one for one in in_scope(Scope.OBSERVE) if one.does.startswith(("saw_", "could_"))]
        return [one for one in own if self.why_not(one.name) is None]

    def why_not(self, name: str) -> str | None:
        action = next((one for one in in_scope(Scope.OBSERVE) if one.name == name), None)
        if action is None or name in ("search", "who_looks", "open_each"):
            return None
        if name == "look_back":
            nothing = self._entered.badge is None and not self._at
            return _("There is nothing to go back to.") if nothing else None
        if self._turn is None:
            return _("There is no account to look at.")
        if name == "open_page" and self._turn.address is None:
            return _("The recorded address is not one the program can open safely.")
        first = self._entered.badge is None
        if action.does.startswith("saw_badge") and not first:
            return _("The badge is told already; b chooses it again.")
        if action.does.startswith("saw_outcome") and first and name not in NOTHING_TO_SEE:
            return _("Tell the badge first; n when there is none.")
        return None

    # -- what is seen ----------------------------------------------------------------------------

    def action_saw_badge(self, badge: str) -> None:
        self._entered = replace(self._entered, badge=Badge(badge))
        self._show()

    def action_saw_outcome(self, outcome: str) -> None:
        if outcome == WALL:
            self._tell(Outcome.UNKNOWN, Reason.LOGIN_WALL)
        else:
            self._tell(Outcome(outcome))

    def action_could_not_tell(self) -> None:
        if self._entered.badge is None:
            self.action_saw_badge(Badge.UNKNOWN.value)
        else:
            self._tell(Outcome.UNKNOWN, Reason.NO_MARKER)

    def _tell(self, exists: Outcome, reason: Reason | None = None) -> None:
        """Record what was seen once it is known who looks."""
        if self._turn is None:
            return
        nothing = exists in (Outcome.UNKNOWN, Outcome.NOT_FOUND, Outcome.SUSPENDED)
        badge = Badge.UNKNOWN if nothing else self._entered.badge or Badge.UNKNOWN
        post = None if nothing else self._entered.last_post
        look = Look(self._turn.account.id, exists, badge, post, reason, self._turn.address)
        if self._entered.post:
            self._record(look)
        else:
            self._ask_post(lambda: self._record(look))

    def _record(self, look: Look) -> None:
        turn, session = self._turn, self.session
        if turn is None or turn.account.id != look.account_id:
            return
        try:
            number = by_hand.record(
                session.store,
                session.actor,
                look,
                turn.account,
                self._entered.post,
                self._now(),
                session.today,
            )
        except InventoryError as error:
            self.tell(str(error), "error")
            return
        self._changes[self._at] = number
        self._skipped.discard(self._at)
        if self._began is None:
            self._began = self._ticks()
        self._last = _("Recorded: {handle}: {what}").format(
            handle=turn.account.handle or turn.account.url, what=look_words(look)
        )
        self._next()

    def _next(self) -> None:
        self._at += 1
        self._entered = replace(self._entered, badge=None, last_post=None)
        self._show()
        if self._entered.opens_each and self._turn is not None:
            self._open()

    # -- going to and fro ------------------------------------------------------------------------

    def action_skip_account(self) -> None:
        self._skipped.add(self._at)
        self._last = ""
        self._next()

    def action_look_back(self) -> None:
        """Choose the badge again; from there to the account before, taking its look back."""
        if self._entered.badge is not None:
            self._entered = replace(self._entered, badge=None)
            self._show()
            return
        number = self._changes.get(self._at - 1)
        if number is not None and not self._taken_back(number):
            return
        self._at -= 1
        self._changes.pop(self._at, None)
        self._skipped.discard(self._at)
        self._entered = replace(self._entered, last_post=None)
        self._last = _("Taken back; look again.") if number is not None else ""
        self._show()

    def _taken_back(self, number: int) -> bool:
        from tui.undoing import taken_back

        session = self.session
        try:
            if not taken_back(session.connection, number):
                undo(session.store, session.actor, number, _("Looked at again by hand"))
        except InventoryError as error:
            self.tell(str(error), "error")
            return False
        return True

    def go_back(self) -> bool:
        """Escape leaves the choice of a badge; what was recorded is kept."""
        if self._entered.badge is None:
            return False
        self.action_look_back()
        return True

    # -- the browser -----------------------------------------------------------------------------

    def action_open_page(self) -> None:
        self._open()

    def action_open_each(self) -> None:
        self._entered = replace(self._entered, opens_each=not self._entered.opens_each)
        self._show()

    def _open(self) -> None:
        """Ask the browser in a thread; what it does not take is copied."""
        if self._turn is None or self._turn.address is None:
            return
        address, opener = self._turn.address, self._opener
        self.in_background("browser", lambda: opener(address))

    # -- what is asked for -----------------------------------------------------------------------

    def action_who_looks(self) -> None:
        self._ask_post(self._show)

    def _ask_post(self, then: Callable[[], None]) -> None:
        def named(post: str | None) -> None:
            if post:
                self._entered = replace(self._entered, post=post)
                then()

        ask = AskText(
            T(_("Which post looks?")),
            self._entered.post,
            advice=_("A post, not a name: Assistant Director (Communications)."),
            problem=by_hand.post_problem,
        )
        self.app.push_screen(ask, named)

    def action_last_post_seen(self) -> None:
        def typed(text: str | None) -> None:
            if text is not None:
                self._entered = replace(self._entered, last_post=read_date(text) if text else None)
                self._show()

        today = self.session.today
        last = self._entered.last_post
        ask = AskText(
            T(_("When was the newest post?")),
            day_text(last) if last else "",
            advice=_("A date: 20/11/2026 or 2026-11-20; empty for not seen."),
            problem=lambda text: _post_day_problem(text, today),
        )
        self.app.push_screen(ask, typed)

    def action_search(self) -> None:
        from inventory.search import read_search

        def typed(text: str | None) -> None:
            if text is not None:
                self.narrow(text)

        ask = AskText(
            T(_("Look at which accounts?")),
            self._query or "",
            advice=_("As in the list of accounts: words, or platform:x ministry:… flag:…"),
            problem=lambda text: next(iter(read_search(text).problems), None),
        )
        self.app.push_screen(ask, typed)


def _post_day_problem(text: str, today: date) -> str | None:
    if not text:
        return None
    day = read_date(text)
    if day is None:
        return _("Write a date: 20/11/2026 or 2026-11-20.")
    if day > today:
        return _("The last post cannot be later than today.")
    return None

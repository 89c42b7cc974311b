"""The live check: whom it would ask and at what price, how far it is, and what came of it."""

import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from sqlite3 import Connection
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget

from audits.probes.check_plan import CheckPlan, parse_age
from inventory.language import _
from inventory.search import read_search
from tui.actions import Scope
from tui.check_order import CheckState, Network, Order, carry_out, read_state, rest_of
from tui.check_sections import (
    last_lines,
    left_lines,
    order_lines,
    plan_lines,
    price,
    progress_lines,
    start_lines,
)
from tui.going import Ask, go_to
from tui.platform_names import platform_name
from tui.screen import RasmiScreen, Read, ReadFailed
from tui.screens.confirm import Confirm
from tui.text import QUIET, T
from tui.widgets.ask import AskText
from tui.widgets.board import Board, BoardFrame
from tui.widgets.chooser import Chooser, Entry, matches
from tui.widgets.picture import Picture, Pillar, lay_out

if TYPE_CHECKING:
    from audits.probes.check import CheckResult
    from audits.probes.check_progress import CheckProgress

TWO_PILLARS = 116
"""Cells from which whom it asks stands beside what is to be checked."""
LOOKS_A_SECOND = 4
CHANGES = (
    "start_check", "resume_check", "search",
    "check_age", "check_websites", "check_pages", "check_network",
)  # fmt: skip
"""Actions that wait until a running check has ended."""


class CheckScreen(RasmiScreen, scope=Scope.CHECK):
    """One live check after another; it goes on while other screens are looked at."""

    AUTO_FOCUS: ClassVar[str | None] = "Board"

    def __init__(self, network: Network | None = None) -> None:
        super().__init__()
        self._network = network or Network()
        self._order = Order()
        self._own_query = False
        """Whether the search was typed here; until then it follows the list of accounts."""
        self._state: CheckState | None = None
        self._asking = False
        self._halt = threading.Event()
        self._progress: CheckProgress | None = None
        self._began = 0.0
        self._notes: tuple[str, ...] = ()

    def body(self) -> Iterable[Widget]:
        with BoardFrame():
            yield Board(self._picture, start=Ask("start_check"))

    def on_mount(self) -> None:
        self.set_interval(1 / LOOKS_A_SECOND, self._look)

    def on_unmount(self) -> None:
        self._halt.set()

    # -- what is shown ---------------------------------------------------------------------------

    def record_changed(self) -> None:
        if not self._own_query:
            self._order = replace(self._order, query=self.rasmi.accounts_search)
        if not self._asking:
            self._read()

    def _read(self) -> None:
        order, network = self._order, self._network
        self.read_in_background("state", lambda connection: read_state(connection, order, network))

    def on_read(self, message: Read) -> None:
        """Show the plan; or what a check came to."""
        if message.topic == "state":
            self._state = message.answer
        elif message.topic == "rest":
            plan, sites = message.answer
            self._agreed(plan, sites)
        elif message.topic == "check":
            self._ended(message.answer)
        self._redraw()

    def on_read_failed(self, message: ReadFailed) -> None:
        if message.topic == "check":
            self._asking = False
            self._read()
        super().on_read_failed(message)
        self._redraw()

    def _look(self) -> None:
        if self._asking and self.is_current:
            self.query_one(Board).redraw()

    def _redraw(self) -> None:
        for board in self.query(Board):
            board.redraw()
        if self.is_mounted:
            self.keys_changed()

    def _picture(self, width: int) -> Picture:
        state, order = self._state, self._order
        beside = width >= TWO_PILLARS
        right = width // 2 if beside else width
        left = width - right - 3 if beside else width
        first = [order_lines(order, state, left)]
        second = []
        if self._asking:
            passed = time.monotonic() - self._began
            stopping = self._halt.is_set()
            first.append(progress_lines(self._progress, left, passed, stopping=stopping))
        else:
            first.append(start_lines(state, order, left))
        if state is not None:
            if state.last is not None and not self._asking:
                first.append(last_lines(state.last, state.leads, self._notes, left))
            second = [
                plan_lines(state.plan, len(state.sites), right),
                left_lines(state.plan, right),
            ]
        if beside:
            return lay_out([[Pillar(left, first), Pillar(right, second)]])
        return lay_out([[Pillar(width, [*first[:2], *second, *first[2:]])]])

    @on(Board.Opened)
    async def _opened(self, message: Board.Opened) -> None:
        await go_to(self.rasmi, message.opens)

    def action_open_figure(self) -> None:
        self.query_one(Board).open()

    # -- what is to be checked -------------------------------------------------------------------

    def why_not(self, name: str) -> str | None:
        if self._asking and name in CHANGES:
            return _("A check is running; Esc stops it.")
        if name not in ("start_check", "resume_check"):
            return None
        state = self._state
        if state is None:
            return _("The plan is still being made.")
        if self._order.offline:
            return _("Offline: nobody is asked. n goes online.")
        if name == "resume_check":
            return None if state.unfinished else _("No check is unfinished.")
        if not state.plan.accounts and not state.sites:
            return _("There is nobody to ask.")
        return None

    def _use(self, order: Order) -> None:
        self._order, self._state = order, None
        self._redraw()
        self._read()

    def action_search(self) -> None:
        def typed(text: str | None) -> None:
            if text is not None:
                self._own_query = True
                self._use(replace(self._order, query=text))

        ask = AskText(
            T(_("Check which accounts?")),
            self._order.query,
            advice=_("As in the list of accounts: words, or platform:x ministry:… flag:…"),
            problem=lambda text: next(iter(read_search(text).problems), None),
        )
        self.app.push_screen(ask, typed)

    def action_check_age(self) -> None:
        def typed(text: str | None) -> None:
            if text is not None:
                self._use(replace(self._order, older_than=text))

        ask = AskText(
            T(_("Leave alone what a probe could tell more recently than?")),
            self._order.older_than,
            advice=_("30d, 12h or 2w; empty for every account."),
            problem=age_problem,
        )
        self.app.push_screen(ask, typed)

    def action_check_websites(self) -> None:
        self._use(replace(self._order, websites=not self._order.websites))

    def action_check_network(self) -> None:
        self._use(replace(self._order, offline=not self._order.offline))

    def action_check_pages(self) -> None:
        """Choose a platform; what must be known of it is read before it is switched on."""
        chosen = self._order.opted_in

        def entries(text: str) -> list[Entry]:
            return [
                Entry(key, T(f"{'✓' if key in chosen else ' '} {name}"), note=T(notice, QUIET))
                for key, name, notice in notices()
                if matches(text, name)
            ]

        hint = _("A platform whose pages are read only when you say so")
        self.app.push_screen(Chooser(T(_("Platform pages")), entries, hint=hint), self._switch)

    def _switch(self, platform: str | None) -> None:
        if platform is None:
            return
        order = self._order
        if platform in order.opted_in:
            self._use(replace(order, opted_in=order.opted_in - {platform}))
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._use(replace(order, opted_in=order.opted_in | {platform}))

        notice = next(text for key, _name, text in notices() if key == platform)
        self.app.push_screen(
            Confirm(T(notice), yes=_("Switch it on"), no=_("Leave it off")), answered
        )

    # -- asking ----------------------------------------------------------------------------------

    def action_start_check(self) -> None:
        if self._state is not None:
            self._agreed(self._state.plan, self._state.sites)

    def action_resume_check(self) -> None:
        state, order, network = self._state, self._order, self._network
        if state is None or state.unfinished is None:
            return
        unfinished = state.unfinished

        def rest(connection: Connection) -> object:
            return rest_of(connection, unfinished, order, network)

        self.read_in_background("rest", rest)

    def _agreed(self, plan: CheckPlan, sites: frozenset[int]) -> None:
        """Carry a plan out; one that costs money is asked about first."""
        if not plan.accounts and not sites:
            self.tell(_("What is left can only be looked at by hand, or needs a key."), "warning")
            return
        if not plan.cost:
            self._start(plan, sites)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._start(plan, sites)

        question = _("This costs about {cost}, charged to the agency's own key. Go on?")
        asked = T(question.format(cost=price(plan.cost)))
        self.app.push_screen(Confirm(asked, yes=_("Go on"), no=_("Do not")), answered)

    def _start(self, plan: CheckPlan, sites: frozenset[int]) -> None:
        if self._asking:
            return
        session, network, stop = self.session, self._network, threading.Event()
        self._halt, self._progress, self._notes = stop, None, ()
        self._asking, self._began = True, time.monotonic()

        def tell(progress: "CheckProgress") -> None:
            self._progress = progress

        def work() -> "CheckResult":
            return carry_out(
                session.store.path,
                session.actor,
                plan,
                sites,
                network,
                tell=tell,
                stopped=stop.is_set,
            )

        self.in_background("check", work)
        self._redraw()

    def _ended(self, result: "CheckResult") -> None:
        self._asking, self._notes = False, result.notes
        if result.cancelled:
            said = _("Stopped. {done} are kept, {left} are left; e goes on.")
        elif result.left:
            said = _("{done} are told of, {left} are left; e goes on with them.")
        else:
            said = _("Done: {done} are told of.")
        self.tell(said.format(done=f"{result.done:,}", left=f"{result.left:,}"))
        self._read()

    def go_back(self) -> bool:
        """Escape stops a running check at once; everything learnt so far is kept."""
        if not self._asking:
            return False
        self._halt.set()
        self._redraw()
        return True


def age_problem(text: str) -> str | None:
    """Say what is wrong with a text that should be an age; empty is no limit."""
    try:
        if text:
            parse_age(text)
    except ValueError:
        return _("Write it as 30d, 12h or 2w.")
    return None


def notices() -> list[tuple[str, str, str]]:
    """Return the platforms that are off until switched on: key, name, and what must be known."""
    from audits.probes.registry import on_request

    return [
        (
            one.platforms[0],
            platform_name(one.platforms[0]),
            f"{one.notice.here if one.notice else ''} {one.terms or ''}".strip(),
        )
        for one in on_request()
    ]

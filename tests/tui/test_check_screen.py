"""The live check on the screen: its plan, its progress, stopping, going on, and its figures."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from audits.probes import check_ledger
from audits.probes.check_ledger import Subject
from audits.probes.door_settings import DoorSettings
from inventory.checks import faults
from inventory.store import Store
from tests.audits.probes.invented import BAD, GOOD, HOST, START, Clock, Invented, fill, seen
from tests.audits.probes.local_site import Answer, Asked, LocalSites
from tests.tui.driving import line_with, shown, typed, until
from tests.tui.small_inventory import ACTOR
from tui.app import RasmiApp
from tui.check_order import Network
from tui.screens.check import CheckScreen
from tui.session import Session

SIZE = (110, 45)
CANARIES = {f"/{GOOD}": Answer(body="yes"), f"/{BAD}": Answer(body="no")}
NUMBERED = [f"akaun{number:02}" for number in range(12)]
NAMES = {"ada": "yes", "biasa": "plain", "tiada": "no", "dinding": "sign in"}

Make = Callable[..., tuple[RasmiApp, CheckScreen]]


def platform(words: dict[str, str]) -> LocalSites:
    """Return a platform that answers one word for each name."""
    answers = {f"/{name}": Answer(body=word) for name, word in words.items()}
    return LocalSites({HOST: CANARIES | answers})


class Halting:
    """A platform that finds so many accounts, then takes half a minute for each until let go."""

    def __init__(self, after: int) -> None:
        self._quick = after
        self.sites = LocalSites({HOST: CANARIES | {"*": self._answer}})

    def let_go(self) -> None:
        self._quick = 1_000

    def _answer(self, _asked: Asked) -> Answer:
        self._quick -= 1
        return Answer(body="yes", delay=0.0 if self._quick >= 0 else 30.0)


@pytest.fixture
def checked(session_on: Callable[[Path], Session], tmp_path: Path) -> Make:
    """Make an app and a screen that ask local sites through invented adapters."""

    def make(
        sites: LocalSites | None, names: Sequence[str], *adapters: Invented
    ) -> tuple[RasmiApp, CheckScreen]:
        path = tmp_path / "inventory.db"
        if not path.exists():
            fill(path, names).close()
        settings = sites.settings if sites is not None else lambda: DoorSettings(offline=True)
        network = Network(settings, lambda _settings: adapters, Clock())
        return RasmiApp(session_on(path)), CheckScreen(network)

    return make


async def so_many_done(pilot: Pilot[Any], count: int) -> None:
    """Wait until the progress on the screen says that so many are done."""
    while f"{count} of 12" not in shown(pilot.app):
        await pilot.pause(0.02)


def store_of(app: RasmiApp) -> Store:
    return app.session.store


async def test_the_plan_says_whom_it_asks_and_whom_it_leaves_out(checked: Make) -> None:
    """Accounts, requests and price by probe; what no probe takes is left for people."""
    app, screen = checked(None, ["ada", "tiada"], Invented(cost=0.5))
    async with app.run_test(size=SIZE) as pilot:
        app.push_screen(screen)
        await until(pilot, lambda: "Whom it asks" in shown(app))
        assert line_with(app, "invented").split()[:3] == ["invented", "2", "4"]
        assert "US$ 2.00" in line_with(app, "invented")
        await typed(pilot, "/")
        await typed(pilot, "tiada")
        await pilot.press("enter")
        await until(pilot, lambda: "1 accounts" in shown(app))


async def test_what_needs_a_key_or_a_person_is_said(checked: Make) -> None:
    """A missing key is named; without any probe the queue by hand is offered."""
    app, screen = checked(None, ["ada"], Invented(needs="kunci_contoh"))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.push_screen(screen)
        await until(pilot, lambda: "kunci_contoh" in shown(app))
        assert "no key is set" in line_with(app, "kunci_contoh")
        await pilot.press("r")
        assert "There is nobody to ask" in shown(app)
        await pilot.press("end", "enter")
        await until(pilot, lambda: app.current_mode == "observe")


async def test_a_check_writes_what_it_learns_and_its_figures_open_the_accounts(
    checked: Make,
) -> None:
    """r starts it; found, not found and why it could not be told stand there with their counts."""
    async with platform(NAMES) as sites:
        app, screen = checked(sites, list(NAMES), Invented())
        async with app.run_test(size=SIZE) as pilot:
            app.push_screen(screen)
            await until(pilot, lambda: "Whom it asks" in shown(app))
            await pilot.press("r")
            await until(pilot, lambda: "Check 1 of" in shown(app))
            assert line_with(app, " found  ").split()[-1] == "2"
            assert line_with(app, "not found").split()[-1] == "1"
            assert line_with(app, "asks to sign in").split()[-1] == "1"
            assert seen(store_of(app))["tiada"] == "not_found"
            assert not list(faults(store_of(app).connection))
            lines = shown(app).splitlines()
            y = next(at for at, line in enumerate(lines) if "not found" in line)
            await pilot.click(offset=(lines[y].rindex("1"), y))
            await until(pilot, lambda: "Live check: not found" in shown(app))
            assert "tiada" in shown(app)
            assert "biasa" not in shown(app)


async def test_escape_stops_at_once_keeps_all_and_goes_on_later(checked: Make) -> None:
    """What was learnt stays, the rest is offered, and e asks only the rest."""
    halting = Halting(after=4)
    async with halting.sites as sites:
        app, screen = checked(sites, NUMBERED, Invented())
        async with app.run_test(size=SIZE) as pilot:
            app.push_screen(screen)
            await until(pilot, lambda: "Whom it asks" in shown(app))
            await pilot.press("r")
            await so_many_done(pilot, 4)
            assert "Asking" in shown(app)
            await pilot.press("escape")
            await until(pilot, lambda: "Go on with it" in shown(app))
            assert app.screen is screen
            done = len(seen(store_of(app)))
            assert done == 4
            left = check_ledger.unfinished(app.session.connection)
            assert left is not None
            assert left.left == 12 - done
            asked = len(sites.asked)
            halting.let_go()
            await pilot.press("e")
            await until(pilot, lambda: len(seen(store_of(app))) == 12)
            await until(pilot, lambda: "Go on with it" not in shown(app))
            assert check_ledger.unfinished(app.session.connection) is None
            names = [one.path for one in sites.asked[asked:] if one.path.startswith("/akaun")]
            assert len(names) == len(set(names)) == 12 - done


async def test_leaving_the_program_stops_the_check_and_keeps_what_landed(checked: Make) -> None:
    """Quitting in the middle loses nothing, and leaves a list of what is left."""
    halting = Halting(after=4)
    async with halting.sites as sites:
        app, screen = checked(sites, NUMBERED, Invented())
        async with app.run_test(size=SIZE) as pilot:
            app.push_screen(screen)
            await until(pilot, lambda: "Whom it asks" in shown(app))
            await pilot.press("r")
            await so_many_done(pilot, 4)
        with Store.open(app.session.store.path) as store:
            for _round in range(200):  # its thread writes what landed and ends
                if len(seen(store)) == 4:
                    break
                await asyncio.sleep(0.02)
            left = check_ledger.unfinished(store.connection)
            assert left is not None
            assert left.left == 8


async def test_what_costs_money_is_asked_about_first(checked: Make) -> None:
    """Escape and the safe answer ask nobody."""
    async with platform(NAMES) as sites:
        app, screen = checked(sites, list(NAMES), Invented(cost=0.01))
        async with app.run_test(size=SIZE) as pilot:
            app.push_screen(screen)
            await until(pilot, lambda: "Whom it asks" in shown(app))
            await pilot.press("r")
            assert "This costs about US$ 0.06" in shown(app)
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is screen)
            assert sites.asked == []
            await pilot.press("r", "tab", "enter")
            await until(pilot, lambda: "Check 1 of" in shown(app))
            assert len(seen(store_of(app))) == 4


async def test_offline_asks_nobody(checked: Make) -> None:
    """n works offline: the plan is there, starting says why not."""
    async with platform(NAMES) as sites:
        app, screen = checked(sites, list(NAMES), Invented())
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            app.push_screen(screen)
            await until(pilot, lambda: "Whom it asks" in shown(app))
            await pilot.press("n")
            await until(pilot, lambda: "offline: nobody is asked" in shown(app))
            await pilot.press("r")
            await until(pilot, lambda: "n goes online" in shown(app))
            assert (sites.asked, sites.resolved, sites.connections) == ([], [], 0)


async def test_a_platform_is_switched_on_after_its_notice(checked: Make) -> None:
    """p names the platforms; the notice is shown before it is on, and the plan changes."""
    probe = Invented(platform="facebook", opt_in=True)
    app, screen = checked(None, [], probe)
    async with app.run_test(size=SIZE) as pilot:
        app.push_screen(screen)
        await until(pilot, lambda: "all off" in shown(app))
        await pilot.press("p")
        await typed(pilot, "Facebook")
        await pilot.press("enter")
        await until(pilot, lambda: "Switch it on" in shown(app))
        assert "forbid" in shown(app)
        await pilot.press("escape")
        assert "all off" in shown(app)
        await pilot.press("p")
        await typed(pilot, "Facebook")
        await pilot.press("enter", "tab", "enter")
        await until(pilot, lambda: "Facebook" in line_with(app, "Platform pages"))


async def test_only_what_is_stale_is_asked(checked: Make) -> None:
    """An age is typed; nonsense is explained."""
    app, screen = checked(None, ["ada"], Invented())
    async with app.run_test(size=SIZE) as pilot:
        app.push_screen(screen)
        await until(pilot, lambda: "Whom it asks" in shown(app))
        await pilot.press("o")
        await typed(pilot, "soon")
        await pilot.press("enter")
        assert "Write it as 30d" in shown(app)
        await pilot.press(*["backspace"] * 4)
        await typed(pilot, "30d")
        await pilot.press("enter")
        await until(pilot, lambda: "not told of in 30d" in shown(app))


async def test_hostile_words_stay_words(checked: Make, tmp_path: Path) -> None:
    """The search of an unfinished check and its names are shown, not obeyed."""
    with fill(tmp_path / "inventory.db", ["ada"]) as store, store.change(ACTOR, "begun") as change:
        check_ledger.begin(change, "[/x]\x1b]0;t\x07", [(Subject.ACCOUNT, 1)], START)
    app, screen = checked(None, [], Invented("[bold]\x1b[31mprobe[/nope]"))
    async with app.run_test(size=SIZE) as pilot:
        app.push_screen(screen)
        await until(pilot, lambda: "Check 1 of" in shown(app))
        page = shown(app)
        assert "probe[/nope]" in page
        assert "[/x]" in page
        assert not {"\x1b", "\x07"} & set(page)


@pytest.mark.parametrize("size", [(60, 15), (140, 40), (20, 6)])
async def test_no_size_breaks_the_page(checked: Make, size: tuple[int, int]) -> None:
    """At every size the page can be shown and walked through."""
    app, screen = checked(None, ["ada"], Invented())
    async with app.run_test(size=size) as pilot:
        app.push_screen(screen)
        await until(pilot, lambda: screen._state is not None)
        await pilot.press("down", "down", "tab", "end", "o", "escape")
        assert app.screen is screen


def test_the_plan_and_what_is_left_out(checked: Make, snap_compare: Callable[..., bool]) -> None:
    """The order, the price of it, and the accounts nobody is asked about."""
    adapters = Invented(cost=0.5), Invented("halaman", "facebook", opt_in=True)
    app, screen = checked(None, ["ada", "tiada"], *adapters)

    async def gone_to(pilot: Pilot[Any]) -> None:
        app.push_screen(screen)
        await until(pilot, lambda: "Whom it asks" in shown(app))

    assert snap_compare(app, terminal_size=(120, 40), run_before=gone_to)

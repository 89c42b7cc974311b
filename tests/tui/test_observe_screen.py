"""Looking by hand: the queue, two keys a look, going back, the browser, and who looks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from audits.by_hand import queue
from audits.probes.sightings import Outcome, Reason
from inventory import log
from inventory.checks import faults
from inventory.errors import InventoryError
from inventory.reading import every
from inventory.record import Account, AccountKey, Observation, Organisation
from inventory.store import Store
from inventory.vocabulary import Badge, ObservationKind, ObservationMethod
from tests.tui.driving import shown, typed, until
from tests.tui.small_inventory import ACTOR
from tui.app import RasmiApp
from tui.browser import can_show, safe_address
from tui.going import ByHand, go_to
from tui.screens.observe import ObserveScreen

MakeApp = Callable[[Path], RasmiApp]
POST = "Penolong Pengarah"


class Opener:
    """A browser that keeps what it is asked to open, and takes it or not."""

    def __init__(self, *, takes: bool = True) -> None:
        self.takes = takes
        self.opened: list[str] = []

    def __call__(self, address: str) -> bool:
        self.opened.append(address)
        return self.takes


def looks(store: Store) -> list[Observation]:
    """Return what persons saw under a post, in the order it was written."""
    return [
        one
        for one in every(store.connection, Observation)
        if one.method is ObservationMethod.PERSON and one.by == POST
    ]


async def on_screen(
    pilot: Pilot[Any], opener: Callable[[str], bool] | None = None, search: str = ""
) -> ObserveScreen:
    """Show the queue of a search, with a browser that opens nothing."""
    screen = ObserveScreen(opener=opener or Opener())
    pilot.app.push_screen(screen)
    await until(pilot, lambda: "left" in shown(pilot.app))
    if search:
        screen.narrow(search)
        await until(pilot, lambda: search in shown(pilot.app))
    return screen


async def named(pilot: Pilot[Any]) -> None:
    """Answer the question which post looks."""
    await until(pilot, lambda: "Which post looks?" in shown(pilot.app))
    await typed(pilot, POST)
    await pilot.press("enter")
    await until(pilot, lambda: "recorded" in shown(pilot.app))


def recorded(app: RasmiApp, count: int) -> bool:
    """Say whether the page counts so many looks."""
    return f"{count} recorded" in shown(app)


async def test_two_keys_record_a_look_and_go_on_to_the_next(app: RasmiApp) -> None:
    """The post is asked for once; the date and the moment are today's."""
    async with app.run_test(size=(100, 40)) as pilot:
        await on_screen(pilot)
        assert "KementerianContoh" in shown(app)
        await pilot.press("g", "y")
        await named(pilot)
        await until(pilot, lambda: recorded(app, 1))
        await pilot.press("n", "y")
        await until(pilot, lambda: recorded(app, 2))
        store = app.session.store
        found = [(one.account_id, one.kind.value, one.value) for one in looks(store)]
        assert found == [
            (1, "existence", "found"),
            (1, "badge", "government"),
            (5, "existence", "found"),
            (5, "badge", "none"),
        ]
        first = looks(store)[0]
        assert first.seen_on == app.session.today
        assert first.seen_at is not None
        assert first.seen_at.endswith("+00:00")
        assert first.source == "https://www.facebook.com/kementeriancontoh"
        assert not list(faults(store.connection))


@pytest.mark.parametrize(
    ("keys", "outcome", "reason", "badge"),
    [
        (("d",), Outcome.NOT_FOUND, None, None),
        (("t",), Outcome.SUSPENDED, None, None),
        (("w",), Outcome.UNKNOWN, Reason.LOGIN_WALL, None),
        (("g", "d"), Outcome.NOT_FOUND, None, None),
        (("k", "k"), Outcome.UNKNOWN, Reason.NO_MARKER, None),
        (("k", "y"), Outcome.FOUND, None, None),
        (("p", "r"), Outcome.PRIVATE, None, Badge.PAID_PERSON),
        (("l", "m"), Outcome.MOVED, None, Badge.LEGACY),
        (("c", "y"), Outcome.FOUND, None, Badge.PAID_ORGANISATION),
        (("o", "y"), Outcome.FOUND, None, Badge.ORGANISATION),
        (("v", "y"), Outcome.FOUND, None, Badge.UNSPECIFIED),
    ],
)
async def test_what_each_key_tells(
    app: RasmiApp,
    keys: tuple[str, ...],
    outcome: Outcome,
    reason: Reason | None,
    badge: Badge | None,
) -> None:
    """Nothing is told of a badge where there is nothing to see; unknown keeps its reason."""
    async with app.run_test(size=(100, 40)) as pilot:
        await on_screen(pilot)
        await pilot.press(*keys)
        await named(pilot)
        await until(pilot, lambda: recorded(app, 1))
        seen = {one.kind: one for one in looks(app.session.store)}
        assert seen[ObservationKind.EXISTENCE].value == outcome.value
        assert seen[ObservationKind.EXISTENCE].reason == (reason.value if reason else None)
        assert (badge is not None) == (ObservationKind.BADGE in seen)
        if badge is not None:
            assert seen[ObservationKind.BADGE].value == badge.value


async def test_going_back_takes_the_look_back(app: RasmiApp) -> None:
    """b shows the account again; what it recorded is undone, and the log keeps both."""
    async with app.run_test(size=(100, 40)) as pilot:
        await on_screen(pilot)
        await pilot.press("g", "y")
        await named(pilot)
        await until(pilot, lambda: recorded(app, 1))
        before = log.head(app.session.connection)[0]
        await pilot.press("b")
        await until(pilot, lambda: recorded(app, 0))
        assert "KementerianContoh" in shown(app)
        assert looks(app.session.store) == []
        assert log.head(app.session.connection)[0] == before + 1
        await pilot.press("n", "y")
        await until(pilot, lambda: recorded(app, 1))
        assert [one.value for one in looks(app.session.store)] == ["found", "none"]


async def test_a_badge_chosen_wrongly_is_chosen_again(app: RasmiApp) -> None:
    """Escape leaves the choice and not the screen; a second badge key does nothing."""
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await on_screen(pilot)
        await pilot.press("g", "o")
        assert "badge is told already" in shown(app)
        await pilot.press("escape", "n", "y")
        await named(pilot)
        await until(pilot, lambda: recorded(app, 1))
        assert [one.value for one in looks(app.session.store)] == ["found", "none"]


async def test_the_day_of_the_last_post_is_typed(app: RasmiApp) -> None:
    """A day to come and a text that is none are explained; a good one is recorded."""
    async with app.run_test(size=(100, 40)) as pilot:
        await on_screen(pilot)
        await pilot.press("n", "e")
        await typed(pilot, "2026-12-01")
        await pilot.press("enter")
        assert "cannot be later than today" in shown(app)
        await pilot.press(*["backspace"] * 10)
        await typed(pilot, "2026-11-01")
        await pilot.press("enter")
        await until(pilot, lambda: "01/11/2026" in shown(app))
        await pilot.press("y")
        await named(pilot)
        await until(pilot, lambda: recorded(app, 1))
        last = looks(app.session.store)[-1]
        assert (last.kind, last.value) == (ObservationKind.LAST_POST, "2026-11-01")


async def test_who_looks_is_a_post_and_no_private_data(app: RasmiApp) -> None:
    """A number of somebody's own is refused; leaving the question records nothing."""
    async with app.run_test(size=(100, 40)) as pilot:
        await on_screen(pilot)
        await pilot.press("n", "y")
        await until(pilot, lambda: "Which post looks?" in shown(app))
        await typed(pilot, "ali 012-3456789")
        await pilot.press("enter")
        assert "mobile phone number" in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: "2 of 2" in shown(app))
        assert looks(app.session.store) == []


async def test_the_browser_opens_the_address_or_it_is_copied(app: RasmiApp) -> None:
    """Enter opens it; where there is no browser, the address stands on the clipboard."""
    async with app.run_test(size=(100, 40)) as pilot:
        opener = Opener()
        await on_screen(pilot, opener)
        await pilot.press("enter")
        await until(pilot, lambda: bool(opener.opened))
        assert opener.opened == ["https://www.facebook.com/kementeriancontoh"]
        assert app.clipboard == ""
        opener.takes = False
        await pilot.press("enter")
        await until(pilot, lambda: app.clipboard != "")
        assert app.clipboard == opener.opened[0]


async def test_each_opens_by_itself_once_asked_for(app: RasmiApp) -> None:
    """f: the next account opens as its turn comes."""
    async with app.run_test(size=(100, 40)) as pilot:
        opener = Opener()
        await on_screen(pilot, opener)
        await pilot.press("f", "s")
        await until(pilot, lambda: bool(opener.opened))
        assert opener.opened == ["https://www.facebook.com/apnrasmi"]
        assert "1 skipped" in shown(app)
        assert looks(app.session.store) == []


async def test_a_search_and_its_end(app: RasmiApp) -> None:
    """A platform in the search is shown whatever it is; the last one says so."""
    async with app.run_test(size=(100, 40)) as pilot:
        await on_screen(pilot, search="platform:x")
        assert "ujian_rasmi" in shown(app)
        assert "1 left" in shown(app)
        await pilot.press("s")
        await until(pilot, lambda: "That was the last one" in shown(app))
        await pilot.press("b")
        await until(pilot, lambda: "ujian_rasmi" in shown(app))


async def test_a_target_leads_to_the_queue_of_its_search(app: RasmiApp) -> None:
    """What opens the queue names its search and platforms."""
    async with app.run_test(size=(100, 40)) as pilot:
        await go_to(app, ByHand("", ("tiktok",)))
        while "1 left" not in shown(app):  # its own search gives way to the one it is led to
            await pilot.pause(0.02)
        assert "ketua.ujian" in shown(app)
        assert app.current_mode == "observe"


def test_the_longest_unseen_comes_first(inventory_file: Path) -> None:
    """Never looked at, platform by platform, before looked at; then by the day of the last look."""
    with Store.open(inventory_file) as store:
        with store.change(ACTOR, "looks") as change:
            for account_id, day in ((2, date(2026, 11, 3)), (4, date(2026, 11, 1))):
                change.add(
                    Observation(
                        account_id=account_id,
                        kind=ObservationKind.EXISTENCE,
                        value="found",
                        seen_on=day,
                        method=ObservationMethod.PERSON,
                    )
                )
        assert queue(store.connection) == [1, 5, 3, 4, 2]
        assert queue(store.connection, "", ("tiktok",)) == [4]
        with pytest.raises(InventoryError):
            queue(store.connection, "flag:nonsense")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (
            "https://www.facebook.com/KementerianContoh",
            "https://www.facebook.com/kementeriancontoh",
        ),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://x.com/\x1b[31mred", None),
        ("", None),
    ],
)
def test_only_an_account_on_the_web_is_opened(url: str, address: str | None) -> None:
    """What is handed to a browser is what identity itself writes."""
    assert safe_address(url) == address


@pytest.mark.parametrize(
    ("environ", "shows"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"BROWSER": "lynx"}, False),
        ({"BROWSER": "/usr/bin/w3m %s", "DISPLAY": ":0"}, False),
        ({"BROWSER": "/opt/helper.sh"}, True),
    ],
)
def test_a_browser_never_draws_over_the_terminal(environ: dict[str, str], shows: bool) -> None:
    """Without a display nothing is opened, and a browser for terminals never is."""
    assert can_show(environ, "linux") is shows


async def test_hostile_names_stay_on_the_page(app_on: MakeApp, empty_file: Path) -> None:
    """Escape sequences and markup in names are shown, not obeyed; such an address never opens."""
    with Store.open(empty_file) as store, store.change(ACTOR, "hostile") as change:
        owner = change.add(Organisation(name_ms="\x1b]0;x\x07[bold]Kementerian[/]"))
        account = change.add(
            Account(
                organisation_id=owner,
                platform="facebook",
                handle="[@click=app.quit]x\u202e",
                display_name="\x1b[31mmerah[/nope]",
                url="https://www.facebook.com/a b\x1b[2J",
            )
        )
        change.add(AccountKey(account_id=account, key="facebook:handle:x"))
    app = app_on(empty_file)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        opener = Opener()
        await on_screen(pilot, opener)
        page = shown(app)
        assert "merah[/nope]" in page
        assert not {"\x1b", "\u202e", "\x07"} & set(page)
        await pilot.press("enter")
        assert "not one the program can open" in shown(app)
        await pilot.press("n", "y")
        await named(pilot)
        await until(pilot, lambda: "That was the last one" in shown(app))
        assert opener.opened == []
        assert [one.source for one in looks(app.session.store)] == [None, None]


@pytest.mark.parametrize("size", [(60, 15), (140, 40), (20, 6)])
async def test_no_size_breaks_the_page(app: RasmiApp, size: tuple[int, int]) -> None:
    """At every size the page can be shown and used."""
    async with app.run_test(size=size) as pilot:
        screen = ObserveScreen(opener=Opener())
        app.push_screen(screen)
        await pilot.pause()
        await pilot.press("g", "escape", "s", "b", "e", "escape", "h", "escape")
        assert app.screen is screen


def test_the_account_whose_turn_it_is(app: RasmiApp, snap_compare: Callable[..., bool]) -> None:
    """The account, the keys for its badge, how far the round is."""

    async def gone_to(pilot: Pilot[Any]) -> None:
        await on_screen(pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=gone_to)

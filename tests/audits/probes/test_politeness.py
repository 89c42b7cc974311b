"""Each site is asked slowly, left alone when it asks for that, and nobody else pays for it."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.probes.door_settings import DoorSettings, Pace, Why
from audits.probes.politeness import (
    Deferred,
    Politeness,
    seconds_asked,
    seconds_until_reset,
)
from audits.probes.sightings import Reason
from tests.audits.probes.local_site import QuickClock

NOW = datetime(2026, 11, 20, 8, 0, 0, tzinfo=UTC)


class Watched:
    """Politeness on a quick clock, with what it told about waiting."""

    def __init__(self, **others: Any) -> None:
        self.clock = QuickClock()
        self.told: list[tuple[str, float, Why]] = []
        ready = {"clock": self.clock, "jitter": lambda: 1.0, "waiting": self._hear}
        self.politeness = Politeness(DoorSettings(**(ready | others)))

    def _hear(self, site: str, seconds: float, why: Why) -> None:
        self.told.append((site, seconds, why))

    async def ask(self, site: str = "site", host: str = "host") -> float:
        """Take a turn; return when it was, in seconds."""
        async with self.politeness.turn(site, host):
            return self.clock.ticks()


async def test_one_site_is_asked_once_a_second() -> None:
    watched = Watched()
    assert [await watched.ask() for _ in range(4)] == [0.0, 1.0, 2.0, 3.0]
    assert watched.told == [("site", 1.0, Why.PACE)] * 3


async def test_requests_that_come_together_get_their_turns_one_after_another() -> None:
    watched = Watched()
    hosts = [f"host{number}" for number in range(5)]
    turns = await asyncio.gather(*(watched.ask(host=host) for host in hosts))
    assert turns == [0.0, 1.0, 2.0, 3.0, 4.0]


async def test_each_site_has_its_own_pace() -> None:
    watched = Watched(paces={"quick": Pace(rate=10)}, pace=Pace(rate=0.5))
    assert [await watched.ask("quick", "a") for _ in range(3)] == pytest.approx([0.0, 0.1, 0.2])
    assert await watched.ask("slow", "b") == pytest.approx(0.2)
    assert await watched.ask("slow", "b") == pytest.approx(2.2)


async def test_time_that_passed_by_itself_is_not_waited_for_again() -> None:
    watched = Watched()
    await watched.ask()
    watched.clock.wind(10)
    assert await watched.ask() == 10.0
    assert watched.told == []


@pytest.mark.parametrize(("per_host", "overall", "most"), [(2, 8, 2), (1, 8, 1), (5, 3, 3)])
async def test_only_a_few_at_once(per_host: int, overall: int, most: int) -> None:
    watched = Watched(pace=Pace(rate=1e9), per_host=per_host, overall=overall)
    now = peak = 0

    async def ask() -> None:
        nonlocal now, peak
        async with watched.politeness.turn("site", "host"):
            now += 1
            peak = max(peak, now)
            for _ in range(50):
                await asyncio.sleep(0)
            now -= 1

    await asyncio.gather(*(ask() for _ in range(20)))
    assert peak == most


async def test_overall_there_are_only_so_many_at_once() -> None:
    watched = Watched(pace=Pace(rate=1e9), overall=3)
    now = peak = 0

    async def ask(number: int) -> None:
        nonlocal now, peak
        async with watched.politeness.turn(f"site{number}", f"host{number}"):
            now += 1
            peak = max(peak, now)
            for _ in range(50):
                await asyncio.sleep(0)
            now -= 1

    await asyncio.gather(*(ask(number) for number in range(10)))
    assert peak == 3


async def test_a_turn_given_up_is_free_for_others() -> None:
    watched = Watched(per_host=1, overall=1)

    async def hold() -> None:
        async with watched.politeness.turn("site", "host"):
            await asyncio.Event().wait()

    task = asyncio.create_task(hold())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await watched.ask() >= 0


async def test_a_host_that_asks_for_a_short_pause_gets_it() -> None:
    watched = Watched()
    await watched.ask()
    assert watched.politeness.asked_to_wait("host", 30.0) == 30.0
    assert await watched.ask() == 30.0
    assert ("site", 30.0, Why.ASKED) in watched.told


async def test_a_host_that_asks_for_a_long_pause_is_deferred_and_others_are_not() -> None:
    watched = Watched()
    watched.politeness.asked_to_wait("host", 900.0)
    with pytest.raises(Deferred) as caught:
        await watched.ask()
    assert (caught.value.reason, caught.value.seconds) == (Reason.RATE_LIMIT, 900.0)
    assert await watched.ask(host="another host") == 0.0
    watched.clock.wind(900)
    assert await watched.ask() == 900.0


async def test_no_pause_is_longer_than_a_day() -> None:
    watched = Watched()
    assert watched.politeness.asked_to_wait("host", 1e9) == 24 * 3600.0


async def test_pauses_grow_with_trouble_in_a_row_and_end_with_success() -> None:
    watched = Watched(patience=1e9)
    turns = []
    for _ in range(10):
        watched.politeness.in_trouble("host", Reason.SERVER_ERROR)
        before = watched.clock.ticks()
        turns.append(await watched.ask() - before)
    assert turns == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    watched.politeness.went_well("host")
    watched.politeness.in_trouble("host", Reason.TIME_OUT)
    before = watched.clock.ticks()
    assert await watched.ask() - before == 2


async def test_a_host_that_keeps_failing_is_left_alone_for_the_reason_it_failed() -> None:
    watched = Watched()
    for _ in range(6):
        watched.politeness.in_trouble("host", Reason.CONNECTION)
    with pytest.raises(Deferred) as caught:
        await watched.ask()
    assert caught.value.reason is Reason.CONNECTION
    assert caught.value.why is Why.TROUBLE


@pytest.mark.parametrize(("chance", "pause"), [(0.0, 1.0), (0.5, 1.5), (1.0, 2.0)])
async def test_chance_spreads_pauses_over_their_second_half(chance: float, pause: float) -> None:
    watched = Watched(jitter=lambda: chance)
    assert watched.politeness.asked_to_wait("host", None) == pause


async def test_trouble_while_waiting_for_a_turn_is_heeded() -> None:
    watched = Watched()
    await watched.ask()
    turn = asyncio.create_task(watched.ask())
    await asyncio.sleep(0)  # now it waits for its second
    watched.politeness.asked_to_wait("host", 20.0)
    assert await turn >= 20.0


async def test_a_host_that_wants_more_time_between_requests_gets_it() -> None:
    watched = Watched()
    watched.politeness.slow_down("host", 5.0)
    watched.politeness.slow_down("host", 2.0)  # never faster than was asked for before
    assert [await watched.ask() for _ in range(3)] == [0.0, 5.0, 10.0]
    assert await watched.ask(host="another host") == 11.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Fri, 20 Nov 2026 08:02:00 GMT", 120.0),
        ("Friday, 20-Nov-26 08:02:00 GMT", 120.0),
        ("Fri Nov 20 08:02:00 2026", 120.0),
        ("Fri, 20 Nov 2026 07:00:00 GMT", 0.0),
        ("9" * 400, 999_999_999.0),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("١٢", None),
        ("Fri, 99 Nov 2026 08:02:00 GMT", None),
        ("Fri, 20 Nov 999999999999 08:02:00 GMT", None),
    ],
)
def test_both_forms_of_retry_after(value: str, seconds: float | None) -> None:
    assert seconds_asked(value, NOW) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30.0),
        (str(int(NOW.timestamp()) + 90), 90.0),
        (str(int(NOW.timestamp()) - 90), 0.0),
        ("2026-11-20T08:05:00.000000Z", 300.0),
        ("2026-11-20T16:05:00+08:00", 300.0),
        ("2026-11-20T08:05:00", 300.0),
        ("soon", None),
        ("", None),
    ],
)
def test_the_forms_platforms_write_a_reset_in(value: str, seconds: float | None) -> None:
    assert seconds_until_reset(value, NOW) == seconds

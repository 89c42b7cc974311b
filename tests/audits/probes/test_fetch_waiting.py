"""A site that asks for patience gets it; one that fails is left alone for a while."""

import asyncio
from dataclasses import replace

import pytest

from audits.probes.door_settings import Pace, Why
from audits.probes.exchange import Failure, Request, Response
from audits.probes.fetch import Door
from audits.probes.sightings import Reason
from tests.audits.probes.local_site import Answer, LocalSites

HOST, OTHER = "www.example.org", "other.example.org"
PAGE = Request(f"https://{HOST}/", "example")
DATE = "Fri, 20 Nov 2026 00:00:00 GMT"


def busy(status: int = 429, **headers: str) -> Answer:
    return Answer(
        status, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


@pytest.mark.parametrize(
    ("answer", "pause"),
    [
        (busy(Retry_After="7"), 7.0),
        (busy(503, Retry_After="7"), 7.0),
        (busy(Retry_After="Fri, 20 Nov 2026 00:00:30 GMT"), 30.0),
        (busy(Date=DATE, Retry_After="Fri, 20 Nov 2026 00:00:20 GMT"), 20.0),
        # The site's clock is an hour ahead: its own date is what its answer is measured by.
        (busy(Date="Fri, 20 Nov 2026 01:00:00 GMT",
              Retry_After="Fri, 20 Nov 2026 01:00:05 GMT"), 5.0),
        (busy(X_Rate_Limit_Reset="1795132812"), 12.0),
        (busy(X_RateLimit_Reset="2026-11-20T00:00:12Z"), 12.0),
        (busy(RateLimit_Reset="12"), 12.0),
        (busy(Retry_After="3", RateLimit_Reset="12"), 3.0),
        (busy(), 1.0),  # nothing said: 2 s, of which chance takes half here
    ],
)  # fmt: skip
async def test_a_short_pause_is_waited_for_and_the_question_asked_again(
    answer: Answer, pause: float
) -> None:
    told: list[tuple[str, float, Why]] = []
    sites = LocalSites({HOST: {"/": [answer, Answer(body="page")]}})

    def tell(site: str, seconds: float, why: Why) -> None:
        told.append((site, seconds, why))

    async with sites, Door(sites.settings(waiting=tell, pace=Pace(rate=1e9))) as door:
        reply = await door.fetch(PAGE)
    assert isinstance(reply, Response)
    assert reply.text == "page"
    assert [(site, round(seconds, 3), why) for site, seconds, why in told] == [
        ("example", pause, Why.ASKED)
    ]


@pytest.mark.parametrize("answer", [busy(Retry_After="3600"), busy(503, Retry_After="3600")])
async def test_a_long_pause_is_told_and_the_host_left_alone_until_then(answer: Answer) -> None:
    sites = LocalSites({HOST: {"/": [answer, Answer()]}, OTHER: {"/": Answer()}})
    async with sites, Door(sites.settings()) as door:
        first, second = await door.fetch(PAGE), await door.fetch(PAGE)
        elsewhere = await door.fetch(replace(PAGE, url=f"https://{OTHER}/"))
        asked = len(sites.paths(HOST))
        sites.clock.wind(3600)
        after = await door.fetch(PAGE)
    assert isinstance(first, Failure)
    assert isinstance(second, Failure)
    assert (first.reason, first.retry_after) == (Reason.RATE_LIMIT, 3600.0)
    assert (second.reason, asked) == (Reason.RATE_LIMIT, 1)
    assert second.retry_after == pytest.approx(3600.0, abs=1)
    assert isinstance(elsewhere, Response)
    assert isinstance(after, Response)


async def test_a_site_that_is_always_busy_is_given_up_after_some_attempts() -> None:
    sites = LocalSites({HOST: {"/": busy(Retry_After="1")}})
    async with sites, Door(sites.settings(attempts=3)) as door:
        reply = await door.fetch(PAGE)
    assert isinstance(reply, Failure)
    assert (reply.reason, reply.retry_after) == (Reason.RATE_LIMIT, 1.0)
    assert len(sites.asked) == 3


async def test_a_pause_asked_of_one_request_holds_for_all_of_the_host() -> None:
    sites = LocalSites({HOST: {"/": [busy(Retry_After="40"), Answer()]}})
    async with sites, Door(sites.settings()) as door:
        replies = await asyncio.gather(*(door.fetch(PAGE) for _ in range(4)))
    assert all(isinstance(reply, Response) for reply in replies)
    assert max(sites.clock.slept) == pytest.approx(40.0, abs=1)


async def test_unavailable_without_a_pause_is_an_answer() -> None:
    sites = LocalSites({HOST: {"/": Answer(503)}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(PAGE)
    assert isinstance(reply, Response)
    assert reply.status == 503


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(Answer(reset=True), Reason.CONNECTION), (Answer(500), Reason.SERVER_ERROR)],
)
async def test_a_host_that_keeps_failing_is_not_asked_every_time(
    answer: Answer, reason: Reason
) -> None:
    sites = LocalSites({HOST: {"/": answer}})
    async with sites, Door(sites.settings()) as door:
        replies = [await door.fetch(PAGE) for _ in range(20)]
        asked = len(sites.asked)
    last = replies[-1]
    assert isinstance(last, Failure)
    assert last.reason is reason
    assert last.retry_after is not None
    assert last.retry_after > 60
    assert asked < 20
    pauses = [pause for pause in sites.clock.slept if pause > 1.5]
    assert pauses == sorted(pauses)
    assert len(pauses) >= 4


async def test_one_success_and_the_host_is_asked_as_before() -> None:
    sites = LocalSites({HOST: {"/": [Answer(500), Answer(500), Answer(), Answer()]}})
    async with sites, Door(sites.settings()) as door:
        for _ in range(4):
            await door.fetch(PAGE)
        slept = len(sites.clock.slept)
        await door.fetch(PAGE)
    assert sites.clock.slept[slept:] == [1.0]


async def test_a_not_found_is_no_trouble() -> None:
    sites = LocalSites({HOST: {}})
    async with sites, Door(sites.settings()) as door:
        for _ in range(10):
            assert isinstance(await door.fetch(PAGE), Response)
    assert set(sites.clock.slept) == {1.0}


async def test_asking_while_a_host_is_left_alone_does_not_make_it_longer() -> None:
    sites = LocalSites({HOST: {"/": Answer(reset=True)}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(PAGE)
        while isinstance(reply, Failure) and reply.retry_after is None:
            reply = await door.fetch(PAGE)
        for _ in range(10):
            await door.fetch(PAGE)
        again = await door.fetch(PAGE)
        assert isinstance(reply, Failure)
        assert isinstance(again, Failure)
        assert again.retry_after == pytest.approx(reply.retry_after, abs=1)
        asked = len(sites.asked)
        sites.clock.wind(again.retry_after or 0)
        await door.fetch(PAGE)
        assert len(sites.asked) == asked + 1


@pytest.mark.parametrize(
    "headers",
    [{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795136400"}, {"Retry-After": "3600"}],
)
async def test_a_refusal_for_asking_too_often_is_an_answer_and_holds_up_the_next(
    headers: dict[str, str],
) -> None:
    sites = LocalSites({HOST: {"/": Answer(403, headers=headers)}})
    async with sites, Door(sites.settings()) as door:
        first, second = await door.fetch(PAGE), await door.fetch(PAGE)
    assert isinstance(first, Response)
    assert first.status == 403
    assert isinstance(second, Failure)
    assert second.reason is Reason.RATE_LIMIT
    assert second.retry_after == pytest.approx(3600, abs=1)


async def test_an_ordinary_refusal_holds_up_nothing() -> None:
    sites = LocalSites({HOST: {"/": Answer(403, headers={"X-RateLimit-Remaining": "12"})}})
    async with sites, Door(sites.settings()) as door:
        assert isinstance(await door.fetch(PAGE), Response)
        assert isinstance(await door.fetch(PAGE), Response)

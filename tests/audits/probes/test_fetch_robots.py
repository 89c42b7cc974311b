"""Websites are asked what they want of robots first, once a day; platforms' interfaces are not."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from audits.probes.exchange import Failure, Reply, Request, Response
from audits.probes.fetch import Door
from audits.probes.robots import KeptRobots
from audits.probes.sightings import Reason
from tests.audits.probes.local_site import Answer, LocalSites, redirect

HOST, OTHER = "www.example.org", "other.example.org"
PAGE = Request(f"https://{HOST}/hubungi", HOST, honour_robots=True)
ORIGIN = f"https://{HOST}:443"
NO = Answer(body="User-agent: *\nDisallow: /")
WELL = Answer(body="page")


def site(robots: Answer | list[Answer], **others: object) -> LocalSites:
    return LocalSites({HOST: {"/robots.txt": robots, "*": WELL}, OTHER: {"*": WELL}}, **others)  # type: ignore[arg-type]


def refused(reply: Reply) -> Reason | None:
    return reply.reason if isinstance(reply, Failure) else None


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        (Answer(404), None),
        (Answer(403), None),
        (Answer(body="User-agent: *\nDisallow: /private"), None),
        (Answer(body="User-agent: *\nDisallow: /\nUser-agent: rasmi\nDisallow:"), None),
        (Answer(body=b"\xff\xfe\x00 not text"), None),
        (NO, Reason.ROBOTS),
        (Answer(body="User-agent: Rasmi\nDisallow: /hub"), Reason.ROBOTS),
        (Answer(500), Reason.ROBOTS),
        (Answer(503), Reason.ROBOTS),
        (Answer(429, headers={"Retry-After": "900"}), Reason.RATE_LIMIT),
        (Answer(reset=True), Reason.CONNECTION),
        (Answer(raw=b"SSH-2.0\r\n\r\n"), Reason.UNREADABLE),
        (redirect("http://127.0.0.1/robots.txt"), Reason.REFUSED),
        (redirect(f"https://{OTHER}/robots.txt"), None),
    ],
)
async def test_what_robots_may_see(robots: Answer, reason: Reason | None) -> None:
    sites = site(robots)
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(PAGE)
    assert refused(reply) is reason
    assert ("/hubungi" in sites.paths(HOST)) is (reason is None)


async def test_only_those_who_ask_for_it_are_held_to_it() -> None:
    sites = site(NO)
    async with sites, Door(sites.settings()) as door:
        assert isinstance(await door.fetch(replace(PAGE, honour_robots=False)), Response)
    assert sites.paths(HOST) == ["/hubungi"]


async def test_robots_are_asked_about_once_a_day() -> None:
    sites = site(Answer(404))
    async with sites, Door(sites.settings()) as door:
        await asyncio.gather(*(door.fetch(PAGE) for _ in range(5)))
        assert sites.paths(HOST).count("/robots.txt") == 1
        sites.clock.wind(timedelta(days=1).total_seconds())
        await door.fetch(PAGE)
    assert sites.paths(HOST).count("/robots.txt") == 2


async def test_what_was_answered_can_be_kept_beyond_the_run() -> None:
    sites, kept = site(Answer(404)), {}
    async with sites:
        async with Door(sites.settings(robots=kept)) as door:
            await door.fetch(PAGE)
        async with Door(sites.settings(robots=kept)) as door:
            await door.fetch(PAGE)
    assert sites.paths(HOST).count("/robots.txt") == 1
    assert kept == {ORIGIN: KeptRobots(kept[ORIGIN].asked_at, 404)}


async def test_each_scheme_and_host_has_its_own_rules() -> None:
    sites = LocalSites({HOST: {"/robots.txt": NO, "*": WELL},
                        OTHER: {"/robots.txt": Answer(404), "*": WELL}})  # fmt: skip
    async with sites, Door(sites.settings()) as door:
        assert refused(await door.fetch(PAGE)) is Reason.ROBOTS
        assert refused(await door.fetch(replace(PAGE, url=f"https://{OTHER}/a"))) is None
    assert sites.paths(OTHER) == ["/robots.txt", "/a"]


async def test_rules_hold_where_a_redirect_leads_too() -> None:
    sites = LocalSites({HOST: {"/robots.txt": Answer(404), "/hubungi": redirect(f"http://{OTHER}/x")},
                        OTHER: {"/robots.txt": NO, "*": WELL}})  # fmt: skip
    async with sites, Door(sites.settings()) as door:
        assert refused(await door.fetch(PAGE)) is Reason.ROBOTS
    assert sites.paths(OTHER) == ["/robots.txt"]


@pytest.mark.parametrize(("delay", "pause"), [("4", 4.0), ("0.2", 1.0), ("86400", 10.0)])
async def test_the_pause_a_site_asks_for_is_kept_up_to_a_point(delay: str, pause: float) -> None:
    sites = site(Answer(body=f"User-agent: *\nCrawl-delay: {delay}\n"))
    async with sites, Door(sites.settings()) as door:
        for _ in range(3):
            await door.fetch(PAGE)
    assert sites.clock.slept[-1] == pytest.approx(pause)


async def test_of_a_huge_file_the_beginning_counts() -> None:
    sites = site(Answer(body="User-agent: *\nDisallow: /hubungi\n" + "# filling\n" * 200_000))
    async with sites, Door(sites.settings()) as door:
        assert refused(await door.fetch(PAGE)) is Reason.ROBOTS
        assert refused(await door.fetch(replace(PAGE, url=f"https://{HOST}/"))) is None


async def test_a_server_in_trouble_is_asked_again_later() -> None:
    sites = site([Answer(500), Answer(404)])
    async with sites, Door(sites.settings()) as door:
        assert refused(await door.fetch(PAGE)) is Reason.ROBOTS
        sites.clock.wind(3600)
        assert refused(await door.fetch(PAGE)) is None

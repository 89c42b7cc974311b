"""The plan of a check: who asks whom, how often, for how long, at what price; who is left out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audits.probes.check_plan import Left, make_plan, parse_age
from audits.probes.door_settings import Pace
from audits.probes.sightings import Outcome
from audits.probes.targets import Candidate
from tests.audits.probes.invented import START, Invented, target


def candidate(number: int, platform: str = "bluesky", **others: object) -> Candidate:
    name = f"akaun{number}"
    given = (target(name, number, platform),)
    return Candidate(number, f"A-{number}", platform, name, "", 1, given, **others)  # type: ignore[arg-type]


def plan(candidates, *adapters, keys=(), **others):
    return make_plan(
        "", candidates, adapters, now=START, has_key=lambda name: name in keys, **others
    )


@pytest.mark.parametrize(
    ("accounts", "batch", "rounds", "requests"),
    [(0, 1, 0, 0), (1, 1, 1, 3), (50, 1, 1, 52), (51, 1, 2, 55), (51, 25, 2, 5), (300, 100, 3, 6)],
)
def test_requests_are_batches_and_canaries(accounts, batch, rounds, requests):
    made = plan([candidate(number) for number in range(accounts)], Invented(batch=batch))
    assert made.requests == requests
    assert sum(one.canary_rounds for one in made.assignments) == rounds


def test_an_adapter_that_knows_better_says_how_often_it_asks():
    class Thorough(Invented):
        def requests(self, accounts: int) -> int:
            return accounts * 3

    assert plan([candidate(1)], Thorough(batch=25)).requests == 3 + 6


def test_sites_are_asked_side_by_side_adapters_of_one_site_in_turn():
    one, two = Invented("one"), Invented("two", "mastodon")
    other = Invented("other", "telegram", host="other.example")
    some = [candidate(1), candidate(2, "mastodon"), candidate(3, "telegram")]
    made = plan(some, one, two, other, paces={"other.example": Pace(0.5)})
    assert [item.seconds for item in made.assignments] == [3.0, 3.0, 6.0]
    assert made.seconds == 6.0
    assert plan(some, one, two, other).seconds == 6.0


def test_the_price_counts_the_canaries():
    made = plan([candidate(number) for number in range(10)], Invented(batch=100, cost=0.01))
    assert made.cost == pytest.approx(0.12)


def test_the_first_adapter_that_may_ask_does():
    keyed = Invented("keyed", needs="contoh_key")
    free = Invented("free")
    for keys, name in ((("contoh_key",), "keyed"), ((), "free")):
        (only,) = plan([candidate(1)], keyed, free, keys=keys).assignments
        assert only.adapter.name == name


def test_who_is_left_out_hears_why():
    adapters = (Invented("keyed", needs="contoh_key"), Invented("pages", "x", opt_in=True))
    some = [candidate(1), candidate(2, "x"), candidate(3, "whatsapp")]
    made = plan([*some, Candidate(4, "A-4", "x", "", "")], *adapters)
    assert [(one.candidate.account_id, one.why, one.needs) for one in made.left_out] == [
        (1, Left.NO_KEY, "contoh_key"),
        (2, Left.OPT_IN, ""),
        (3, Left.BY_HAND, ""),
        (4, Left.BY_HAND, ""),
    ]
    assert made.accounts == 0


def test_a_page_is_only_read_for_the_platform_that_was_opted_in():
    pages = Invented("pages", "x", opt_in=True)
    pages.platforms = frozenset({"x", "facebook"})
    made = plan([candidate(1, "x"), candidate(2, "facebook")], pages, opted_in=["x"])
    assert [ask.candidate.account_id for one in made.assignments for ask in one.asks] == [1]


@pytest.mark.parametrize(("days", "asked"), [(29, 0), (31, 1), (None, 1)])
def test_what_was_seen_not_long_ago_is_left_alone(days, asked):
    at = None if days is None else START - timedelta(days=days)
    known = candidate(1, seen_as=Outcome.FOUND, seen_at=at)
    made = plan([known], Invented(), older_than=timedelta(days=30))
    assert made.accounts == asked
    assert len(made.left(Left.FRESH)) == 1 - asked


@pytest.mark.parametrize(
    ("text", "hours"), [("30d", 720), ("12h", 12), ("2W", 336), ("7", 168), ("0d", 0)]
)
def test_ages_are_read(text, hours):
    assert parse_age(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "d", "-3d", "3m", "3.5d", "٣d", "999999d", "soon"])
def test_what_is_no_age_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        parse_age(text)


def test_of_websites_only_those_on_one_host_wait_for_each_other():
    made = plan([candidate(number) for number in range(4)], Invented(canaries=False))
    assert (made.requests, made.seconds) == (4, 4.0)
    apart = [
        Candidate(n, f"A-{n}", "website", "", "", 1, (replace(target(f"a{n}", n, "website"),
                  url=f"https://{n}.example/"),))
        for n in range(4)
    ]  # fmt: skip
    assert plan(apart, Invented(platform="website", canaries=False)).seconds == 1.0

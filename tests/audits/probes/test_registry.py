"""Which adapter asks about which account, and that they keep what they promise as a whole."""

import pytest

from audits.probes.asking import Asker
from audits.probes.exchange import Response, Target
from audits.probes.registry import adapters, choose, left_to_people, on_request
from audits.probes.remarks import Remark, noted, words
from audits.probes.sightings import Outcome, Reason
from inventory.language import Language, speaking
from tests.audits.probes.driving import NOW, always, answer, ask, drive, now, target

CONTOH = "kemcontoh"
ALL = ("facebook", "instagram", "x", "tiktok", "threads", "linkedin")
SITE = "https://www.contoh.gov.my/"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (target("bluesky", "contoh.gov.my"), "bluesky"),
        (target("mastodon", "contoh@sosial.contoh.gov.my"), "mastodon"),
        (target("telegram", CONTOH), "telegram"),
        (target("github", CONTOH), "github"),
        (target("youtube", CONTOH), "youtube"),
        (target("tiktok", CONTOH), "tiktok-oembed"),
        (target("pinterest", CONTOH), "pinterest-oembed"),
        (target("flickr", CONTOH), "flickr-page"),
        (target("blog", "kemcontoh.wordpress.com", "host", url=SITE), "wordpress-com"),
        (target("blog", "kemcontoh.blogspot.com", "host", url=SITE), "blogger"),
        (target("blog", "blog.contoh.gov.my", "host", url=SITE), "website"),
        (target("website", "contoh.gov.my", "host", url=SITE), "website"),
        (target("rss", "contoh.gov.my/rss.xml", "feed", url=SITE), "feed"),
        (target("telegram", "AbCdEf012345", "invite"), None),
        (target("facebook", CONTOH), None),
        (target("instagram", CONTOH), None),
        (target("x", CONTOH), None),
        (target("threads", CONTOH), None),
        (target("linkedin", CONTOH), None),
        (target("whatsapp", "0029VaExampleExample12", "id"), None),
    ],
)
def test_who_asks_about_what(asked: Target, name: str | None) -> None:
    chosen = choose(asked, adapters(now=now))
    assert (chosen.name if chosen else None) == name


@pytest.mark.parametrize("platform", ALL)
def test_what_the_terms_forbid_is_asked_only_when_switched_on(platform: str) -> None:
    asked = target(platform, CONTOH)
    before = choose(asked, adapters(now=now))
    after = choose(asked, adapters(opted_in=[platform], now=now))
    assert before is None or not before.opt_in
    assert after is not None
    assert after.opt_in


def test_a_platform_there_is_no_probe_for_cannot_be_switched_on() -> None:
    with pytest.raises(ValueError, match="myspace"):
        adapters(opted_in=["myspace"])


def test_an_adapter_with_a_key_comes_first() -> None:
    class Keyed(Asker):
        name = "telegram"
        platforms = frozenset({"telegram"})

    keyed = Keyed(now)
    assert choose(target("telegram", CONTOH), adapters(keyed=[keyed], now=now)) is keyed


def test_what_nobody_can_ask_is_for_a_person() -> None:
    seen = left_to_people(target("whatsapp", "0029VaExampleExample12", "id"), NOW)
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, Reason.BY_HAND)


@pytest.mark.parametrize("adapter", adapters(opted_in=ALL, now=now), ids=lambda one: one.name)
def test_both_canaries_are_accounts_the_adapter_takes(adapter: Asker) -> None:
    if adapter.known_good is None or adapter.known_bad is None:
        assert adapter.name in ("website", "feed")
        return
    for canary in (adapter.known_good, adapter.known_bad):
        assert adapter.takes(canary)
        seen, asked = drive(adapter.ask([canary]), always(answer("")))
        assert asked
        assert seen[0].outcome is Outcome.UNKNOWN
        assert seen[0].adapter == adapter.name


def test_names_are_not_shared_and_each_switch_has_its_notice() -> None:
    names = [one.name for one in adapters(opted_in=ALL, now=now)]
    assert len(names) == len(set(names))
    assert {one.platforms[0] for one in on_request()} == set(ALL)


def test_every_account_gets_one_answer_in_order() -> None:
    for adapter in adapters(now=now):
        if adapter.known_good is None or adapter.known_bad is None:
            continue
        asked = [adapter.known_bad, adapter.known_good, adapter.known_bad]
        seen, _requests = drive(adapter.ask(asked), always(answer("")))
        assert [one.key for one in seen] == [one.key for one in asked]


def test_a_stored_copy_that_still_holds_is_read_like_a_fresh_one() -> None:
    asked = target("tiktok", CONTOH)
    adapter = choose(asked, adapters(now=now))
    assert adapter is not None
    body = b'{"author_url": "https://www.tiktok.com/@kemcontoh"}'
    kept = Response("https://www.tiktok.com/oembed", 304, {}, body, not_modified=True)
    assert ask(adapter, asked, always(kept)).outcome is Outcome.FOUND
    lost = Response("https://www.tiktok.com/oembed", 304, {}, b"", not_modified=True)
    assert ask(adapter, asked, always(lost)).outcome is Outcome.UNKNOWN


def test_remarks_are_words_and_what_comes_with_them_is_harmless() -> None:
    assert all(Remark(one).label for one in Remark)
    with speaking(Language.ENGLISH):
        shown = words(noted(Remark.OTHER_NAME, "a\x1b[31m\u202eb"))
        assert shown == "the answer is about another name: a␛[31m\\u202eb"
        assert words("something older: x") == "something older: x"

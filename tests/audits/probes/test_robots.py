"""What a site asks of robots, by the examples and rules of RFC 9309."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.robots import KeptRobots, Rules, matches, parsed, rules_of

# RFC 9309, 5.1
SIMPLE = """\
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
"""
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("product", "path", "allowed"),
    [
        ("otherbot", "/picture.gif", False),
        ("otherbot", "/picture.gif?x", True),
        ("otherbot", "/example/a", False),
        ("otherbot", "/publications/a", True),
        ("otherbot", "/", True),
        ("foobot", "/", False),
        ("foobot", "/example/page.html", True),
        ("foobot", "/example/other.html", False),
        ("barbot", "/example/page.html", False),
        ("bazbot", "/example/page.html", False),
        ("bazbot", "/picture.gif", True),
        ("quxbot", "/example/", True),
    ],
)
def test_the_standards_simple_example(product: str, path: str, *, allowed: bool) -> None:
    assert parsed(SIMPLE, product).allow(path) is allowed


def test_the_standards_longest_match_example() -> None:
    rules = parsed(
        "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n",
        "foobot",
    )
    assert rules.allow("/example/page/index.html")
    assert not rules.allow("/example/page/disallowed.gif")


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/", True),
        ("not a robots file at all", "/", True),
        ("Disallow: /", "/", True),  # rules before any group belong to nobody
        ("User-agent: *\nDisallow:", "/", True),
        ("User-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),  # equal length: allow
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /ab", "/abc", True),
        ("user-AGENT: RASMI\ndisallow: /", "/", False),
        ("User-agent: rasmi/1.0\nDisallow: /", "/", False),
        ("User-agent: rasmibot\nDisallow: /", "/", True),
        ("User-agent: *\nDisallow: /\nUser-agent: rasmi\nAllow: /", "/", True),
        ("User-agent: rasmi\nUser-agent: *\nDisallow: /", "/", False),
        ("User-agent: rasmi\nDisallow: /a\nUser-agent: x\nUser-agent: rasmi\nDisallow: /b",
         "/b", False),
        ("User-agent: *\nSitemap: https://example.org/s.xml\nDisallow: /x", "/x", False),
        ("User-agent: *  # all\nDisallow: /x # not this", "/x", False),
        ("\ufeffUser-agent: *\r\nDisallow: /x\r\n", "/x", False),
        ("User-agent: *\rDisallow: /x", "/x", False),
        ("User-agent: *\nDisallow: /a%3cd.html", "/a%3Cd.html", False),
        ("User-agent: *\nDisallow: /a<d.html", "/a%3Cd.html", False),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe", False),
        ("User-agent: *\nDisallow: /a%2fb", "/a/b", True),
        ("User-agent: *\nDisallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", False),
        ("User-agent: *\nDisallow: /path/file-with-a-%2A.html", "/path/file-with-a-%2A.html",
         False),
        ("User-agent: *\nDisallow: /*.php", "/index.php?x", False),
        ("User-agent: *\nDisallow: /*.php$", "/index.php?x", True),
        ("User-agent: *\nDisallow: /fish*", "/fish", False),
        ("User-agent: *\nDisallow: /*?", "/a", True),
        ("User-agent: *\nDisallow: /$", "/", False),
        ("User-agent: *\nDisallow: /$", "/a", True),
    ],
)  # fmt: skip
def test_groups_and_patterns(text: str, path: str, *, allowed: bool) -> None:
    assert parsed(text).allow(path) is allowed


@pytest.mark.parametrize(
    ("value", "delay"),
    [("5", 5.0), ("0.5", 0.5), ("-1", None), ("soon", None), ("1e9", None), ("9" * 40, None)],
)
def test_the_pause_a_site_asks_for(value: str, delay: float | None) -> None:
    assert parsed(f"User-agent: *\nCrawl-delay: {value}\nAllow: /").crawl_delay == delay


@given(
    st.text(alphabet="ab/*$", max_size=8).map(lambda text: "/" + text),
    st.text(alphabet="ab/$", max_size=10).map(lambda text: "/" + text),
)
def test_patterns_match_as_the_same_regular_expression_would(pattern: str, path: str) -> None:
    ends = pattern.endswith("$")
    body = pattern[:-1] if ends else pattern
    expression = ".*".join(re.escape(part) for part in body.split("*")) + (r"\Z" if ends else "")
    assert matches(pattern, path) is bool(re.match(expression, path))


def test_a_pattern_made_to_be_slow_is_not() -> None:
    assert not matches("/" + "*a" * 1000 + "*b", "/" + "a" * 2000)


@given(st.text(max_size=300))
def test_any_text_gives_rules(text: str) -> None:
    assert parsed(text).allow("/") in (True, False)


@pytest.mark.parametrize(
    ("status", "allowed"), [(200, False), (404, True), (401, True), (410, True), (500, False),
                            (503, False)],
)  # fmt: skip
def test_no_file_allows_everything_a_server_in_trouble_nothing(
    status: int, *, allowed: bool
) -> None:
    kept = KeptRobots(NOW, status, "User-agent: *\nDisallow: /")
    assert rules_of(kept).allow("/page") is allowed


def test_an_answer_holds_for_a_day_trouble_for_an_hour() -> None:
    kept, trouble = KeptRobots(NOW, 200), KeptRobots(NOW, 503)
    assert kept.holds(NOW + timedelta(hours=23))
    assert not kept.holds(NOW + timedelta(hours=24))
    assert trouble.holds(NOW + timedelta(minutes=59))
    assert not trouble.holds(NOW + timedelta(hours=1))
    assert not kept.holds(NOW - timedelta(minutes=1))  # a clock that went back


def test_no_rules_allow_everything() -> None:
    assert Rules().allow("/anything")

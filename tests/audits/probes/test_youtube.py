"""YouTube's pages and feeds: who a channel is, its badge, and what is only noise."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.exchange import Failure, Reply
from audits.probes.sightings import Outcome, Reason
from audits.probes.youtube import YouTube
from inventory.vocabulary import Badge
from tests.audits.probes.driving import (
    ANSWERS,
    NOTHING_SAID,
    WALLS,
    always,
    answer,
    ask,
    drive,
    now,
    target,
)

ID = "UCcontohcontohcontohcon1"
OTHER_ID = "UClainlainlainlainlainla"
PAGE = "https://www.youtube.com/@kemcontoh"
FEED = f"https://www.youtube.com/feeds/videos.xml?channel_id={ID}"
ASKED = target("youtube", "kemcontoh")
CHANNEL = (ANSWERS / "youtube_channel.html").read_text()
XML = answer(ANSWERS / "youtube_feed.xml")
NO_PAGE = answer("<html><head><title>404 Not Found</title></head></html>", 404)
ADAPTER = YouTube(now)


def _drawn(data: object, canonical: str = "") -> Reply:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return answer(
        f"<html><head>{link}</head><script>var ytInitialData={json.dumps(data)};</script>"
    )


def _data(**header: Any) -> dict[str, Any]:
    about = {"title": "Kementerian Contoh", "externalId": ID}
    about["vanityChannelUrl"] = "http://www.youtube.com/@KemContoh"
    return {"metadata": {"channelMetadataRenderer": about}, "header": header}


def _header(text: object) -> dict[str, Any]:
    title = {"dynamicTextViewModel": {"text": text}}
    content = {"pageHeaderViewModel": {"title": title}}
    return {"pageHeaderRenderer": {"content": content}}


def _icon(name: object) -> dict[str, Any]:
    image = {"sources": [{"clientResource": {"imageName": name}}]}
    return {"element": {"type": {"imageType": {"image": image}}}}


def test_a_channel_with_all_it_tells() -> None:
    seen = ask(ADAPTER, ASKED, {PAGE: answer(CHANNEL), FEED: XML})
    assert (seen.outcome, seen.badge) == (Outcome.FOUND, Badge.ORGANISATION)
    assert (seen.platform_id, seen.handle) == (ID, "KemContoh")
    assert seen.display_name == "Kementerian Contoh"
    assert seen.links == ("https://www.contoh.gov.my",)
    assert str(seen.last_post_at) == "2026-11-10 00:00:00+00:00"


@pytest.mark.parametrize(
    "noise",
    [
        answer("", 404),
        answer("", 500),
        Failure(Reason.TIME_OUT),
        answer("<html>", 200),
        answer((ANSWERS / "youtube_feed.xml").read_text().replace("con1", "con2")),
    ],
)
def test_what_the_feed_lacks_says_nothing_about_the_channel(noise: Reply) -> None:
    seen = ask(ADAPTER, ASKED, {PAGE: answer(CHANNEL), FEED: noise})
    assert (seen.outcome, seen.last_post_at) == (Outcome.FOUND, None)


@pytest.mark.parametrize(
    ("header", "badge"),
    [
        (_header({"attachmentRuns": [_icon("CHECK_CIRCLE_FILLED")]}), Badge.ORGANISATION),
        (_header({"attachmentRuns": [_icon("AUDIO_BADGE")]}), Badge.ORGANISATION),
        (_header({"content": "Kementerian Contoh"}), Badge.NONE),
        (_header({"attachmentRuns": []}), Badge.NONE),
        (_header({"attachmentRuns": [_icon("SOMETHING_NEW")]}), Badge.UNKNOWN),
        (_header({"attachmentRuns": "x"}), Badge.UNKNOWN),
        (_header({"attachmentRuns": [_icon(["CHECK"]), 5]}), Badge.UNKNOWN),
        (_header(None), Badge.UNKNOWN),
        ({}, Badge.UNKNOWN),
        ({"c4TabbedHeaderRenderer": {"title": "x"}}, Badge.UNKNOWN),
        (
            {
                "c4TabbedHeaderRenderer": {
                    "badges": [{"metadataBadgeRenderer": {"style": "BADGE_STYLE_TYPE_VERIFIED"}}]
                }
            },
            Badge.ORGANISATION,
        ),
        (
            {"c4TabbedHeaderRenderer": {"badges": [{"metadataBadgeRenderer": {"style": []}}]}},
            Badge.UNKNOWN,
        ),
    ],
)
def test_a_badge_is_none_only_under_a_header_that_would_show_it(
    header: dict[str, Any], badge: Badge
) -> None:
    seen = ask(ADAPTER, ASKED, {PAGE: _drawn(_data(**header)), FEED: XML})
    assert (seen.outcome, seen.badge) == (Outcome.FOUND, badge)


def test_a_missing_channel_is_a_404_that_says_so() -> None:
    assert ask(ADAPTER, ASKED, {PAGE: NO_PAGE}).outcome is Outcome.NOT_FOUND
    soft = answer("<html><title>404 Not Found</title>", 200)
    assert ask(ADAPTER, ASKED, {PAGE: soft}).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ({"simpleText": "This account has been terminated."}, Outcome.SUSPENDED),
        (
            {"runs": [{"text": "This account has been "}, {"text": "terminated for x"}]},
            Outcome.SUSPENDED,
        ),
        ({"simpleText": "This channel does not exist."}, Outcome.NOT_FOUND),
        ({"simpleText": "This channel is not available in your country."}, Outcome.UNKNOWN),
        ("x", Outcome.UNKNOWN),
    ],
)
def test_what_the_page_warns_of(words: object, outcome: Outcome) -> None:
    alert = {"alertRenderer": {"type": "ERROR", "text": words}}
    seen = ask(ADAPTER, ASKED, {PAGE: _drawn({"alerts": [alert]})})
    assert seen.outcome is outcome


def test_a_channel_that_is_there_and_warned_of_is_unknown() -> None:
    alert = {"alertRenderer": {"type": "ERROR", "text": {"simpleText": "does not exist"}}}
    seen = ask(ADAPTER, ASKED, {PAGE: _drawn(_data() | {"alerts": [alert]})})
    assert (seen.outcome, seen.remarks) == (Outcome.UNKNOWN, ("both_markers",))


def test_the_page_of_another_channel_says_nothing_about_this_one() -> None:
    other = target("youtube", "lain")
    seen = ask(ADAPTER, other, always(answer(CHANNEL)))
    assert (seen.outcome, seen.remarks) == (Outcome.UNKNOWN, ("other_name: KemContoh",))
    by_id = target("youtube", OTHER_ID, "id")
    seen = ask(ADAPTER, by_id, always(answer(CHANNEL)))
    assert (seen.outcome, seen.remarks) == (Outcome.UNKNOWN, (f"other_id: {ID}",))


def test_a_page_that_names_two_channels_names_none() -> None:
    page = _drawn(_data(), f"https://www.youtube.com/channel/{OTHER_ID}")
    assert ask(ADAPTER, ASKED, {PAGE: page}).outcome is Outcome.UNKNOWN


def test_a_page_whose_data_is_cut_off_is_found_by_its_own_address() -> None:
    cut = CHANNEL[: CHANNEL.index('"isFamilySafe"')]
    seen = ask(ADAPTER, ASKED, {PAGE: answer(cut), FEED: XML})
    assert (seen.outcome, seen.platform_id, seen.badge) == (Outcome.FOUND, ID, Badge.UNKNOWN)


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        (target("youtube", ID, "id"), f"https://www.youtube.com/channel/{ID}"),
        (target("youtube", "user/KemContoh", "legacy"), "https://www.youtube.com/user/KemContoh"),
        (target("youtube", "c/KemContoh", "legacy"), "https://www.youtube.com/c/KemContoh"),
        (target("youtube", "kemcontoh", "legacy"), "https://www.youtube.com/kemcontoh"),
        (
            target("youtube", "kementerian-çontoh"),
            "https://www.youtube.com/@kementerian-%C3%A7ontoh",
        ),
    ],
)
def test_each_kind_of_name_has_its_address(asked: Any, address: str) -> None:
    _seen, requests = drive(ADAPTER.ask([asked]), always(NO_PAGE))
    assert requests[0].url == address


def test_a_missing_name_whose_id_is_known_was_renamed() -> None:
    known = target("youtube", "namalama", platform_id=ID)
    answers = {
        "https://www.youtube.com/@namalama": NO_PAGE,
        f"https://www.youtube.com/channel/{ID}": answer(CHANNEL),
        FEED: XML,
    }
    seen = ask(ADAPTER, known, answers)
    assert (seen.outcome, seen.moved_to) == (Outcome.MOVED, "https://www.youtube.com/@KemContoh")
    assert seen.last_post_at is not None


def test_consent_is_a_wall_wherever_it_stands() -> None:
    asking = "<html><title>Before you continue to YouTube</title></html>"
    for reply in (answer(asking), answer(asking, url="https://consent.youtube.com/m?continue=x")):
        seen = ask(ADAPTER, ASKED, always(reply))
        assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, Reason.LOGIN_WALL)


@pytest.mark.parametrize("kind", NOTHING_SAID)
def test_an_answer_that_says_nothing_is_unknown(kind: str) -> None:
    seen = ask(ADAPTER, ASKED, always(NOTHING_SAID[kind]))
    assert seen.outcome is Outcome.UNKNOWN
    assert seen.reason in (Reason.NO_MARKER, Reason.UNREADABLE)


@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_is_unknown_with_its_reason(wall: str) -> None:
    reply, reason = WALLS[wall]
    seen = ask(ADAPTER, ASKED, always(reply))
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, reason)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


@given(alerts=JSON, about=JSON, header=JSON)
def test_no_data_makes_it_stumble(alerts: Any, about: Any, header: Any) -> None:
    data = {"alerts": alerts, "metadata": {"channelMetadataRenderer": about}, "header": header}
    seen = ask(ADAPTER, ASKED, always(_drawn(data, f"https://www.youtube.com/channel/{ID}")))
    assert seen.outcome in (Outcome.FOUND, Outcome.UNKNOWN)

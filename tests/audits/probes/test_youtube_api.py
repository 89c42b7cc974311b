"""YouTube with a key: by name, by id, the last video; a badge is never told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from audits.probes.exchange import Reply, Request
from audits.probes.sightings import Outcome, Reason
from audits.probes.youtube_api import YouTubeApi, YouTubeApiIds
from inventory.vocabulary import Badge
from tests.audits.probes.driving import ANSWERS, always, answer, ask, drive, now, target
from tests.audits.probes.keyed_cases import CHANNEL, google_error, kept, said

LIST = "youtube#channelListResponse"
NOBODY: dict[str, Any] = {"kind": LIST, "pageInfo": {"totalResults": 0, "resultsPerPage": 5}}


def channel(**snippet: Any) -> dict[str, Any]:
    given = {"title": "Kementerian Contoh", "customUrl": "@kemcontoh"} | snippet
    return {"id": CHANNEL, "snippet": given}


def listed(*items: Any, total: Any = None) -> dict[str, Any]:
    count = len(items) if total is None else total
    return {"kind": LIST, "pageInfo": {"totalResults": count}, "items": list(items)}


def answers(channels: Any, videos: Any = None, by_id: Any = None) -> Callable[[Request], Reply]:
    def find(request: Request) -> Reply:
        if "/playlistItems?" in request.url:
            return said(videos if videos is not None else {})
        return said(by_id if by_id is not None and "&id=" in request.url else channels)

    return find


def test_what_a_channel_tells() -> None:
    told = answers(kept("youtube_api_channel.json"), kept("youtube_api_uploads.json"))
    seen, asked = drive(YouTubeApi(now).ask([target("youtube", "kemcontoh")]), told)
    (one,) = seen
    assert (one.outcome, one.badge) == (Outcome.FOUND, Badge.UNKNOWN)
    assert (one.platform_id, one.handle) == (CHANNEL, "kemcontoh")
    assert one.display_name == "Kementerian Contoh"
    assert one.opened_on == date(2013, 4, 5)
    assert one.last_post_at == datetime(2026, 11, 4, 5, 6, 7, tzinfo=UTC)
    assert one.links == ("https://www.contoh.example/tv",)
    assert "forHandle=%40kemcontoh" in asked[0].url
    assert "playlistId=UUcontohcontohcontoh0001" in asked[1].url
    assert asked[0].secret_header == ("X-Goog-Api-Key", "{key}")


def test_names_of_users_can_be_asked_for_and_other_old_names_cannot() -> None:
    adapter = YouTubeApi(now)
    user = target("youtube", "user/kemcontoh", "legacy")
    assert adapter.takes(user)
    seen, asked = drive(adapter.ask([user]), answers(kept("youtube_api_channel.json")))
    assert "forUsername=kemcontoh" in asked[0].url
    assert seen[0].outcome is Outcome.FOUND
    for old in ("c/kemcontoh", "kemcontoh"):
        assert not adapter.takes(target("youtube", old, "legacy"))


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (NOBODY, Outcome.NOT_FOUND),
        (listed(), Outcome.NOT_FOUND),
        (NOBODY | {"kind": "youtube#searchListResponse"}, Outcome.UNKNOWN),
        (NOBODY | {"items": None}, Outcome.UNKNOWN),
        (NOBODY | {"items": {}}, Outcome.UNKNOWN),
        (NOBODY | {"pageInfo": {}}, Outcome.UNKNOWN),
        (NOBODY | {"pageInfo": {"totalResults": False}}, Outcome.UNKNOWN),
        (NOBODY | {"pageInfo": {"totalResults": "0"}}, Outcome.UNKNOWN),
        (NOBODY | {"nextPageToken": "x"}, Outcome.UNKNOWN),
        (listed(total=1), Outcome.UNKNOWN),
        (listed({"id": "nobody's"}), Outcome.UNKNOWN),
        (listed(None), Outcome.UNKNOWN),
        (listed(channel(), channel()), Outcome.UNKNOWN),
        (listed({"id": CHANNEL}), Outcome.UNKNOWN),
        (listed(channel(customUrl=None)), Outcome.FOUND),
        (listed(channel(customUrl="oldname")), Outcome.FOUND),
        (listed(channel(customUrl="@KemContoh")), Outcome.FOUND),
        (listed(channel(customUrl="@somebody")), Outcome.UNKNOWN),
    ],
)
def test_only_a_whole_empty_list_says_that_nobody_has_the_name(body: Any, outcome: Outcome) -> None:
    seen = ask(YouTubeApi(now), target("youtube", "kemcontoh"), answers(body))
    assert seen.outcome is outcome
    assert seen.badge is Badge.UNKNOWN


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (google_error(403, "quotaExceeded"), Reason.QUOTA),
        (google_error(403, "dailyLimitExceeded"), Reason.QUOTA),
        (google_error(403, "userRateLimitExceeded"), Reason.RATE_LIMIT),
        (google_error(403, "accessNotConfigured"), Reason.PERMISSION),
        (google_error(403, "anything"), Reason.PERMISSION),
        (google_error(400, "keyInvalid"), Reason.AUTH),
        (
            google_error(400, "badRequest", "API key not valid. Please pass a valid one."),
            Reason.AUTH,
        ),
        (google_error(400, "badRequest"), Reason.NO_MARKER),
        (google_error(401, "authError"), Reason.AUTH),
        (google_error(404, "channelNotFound"), Reason.NO_MARKER),
        (google_error(500, "backendError"), Reason.SERVER_ERROR),
    ],
)
@pytest.mark.parametrize("adapter", [YouTubeApi(now), YouTubeApiIds(now)])
def test_a_refused_question_says_why(adapter: Any, reply: Reply, reason: Reason) -> None:
    asked_for = {"handle": "kemcontoh", "id": CHANNEL}
    kind = "id" if "id" in adapter.kinds else "handle"
    seen = ask(adapter, target("youtube", asked_for[kind], kind), always(reply))
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, reason)


def test_a_missing_name_is_asked_for_by_its_id() -> None:
    account = target("youtube", "kemlama", platform_id=CHANNEL)
    seen = ask(YouTubeApi(now), account, answers(NOBODY, by_id=listed(channel())))
    assert (seen.outcome, seen.handle) == (Outcome.MOVED, "kemcontoh")
    assert seen.moved_to == "https://www.youtube.com/@kemcontoh"
    assert seen.remarks == ("renamed: kemcontoh",)
    assert ask(YouTubeApi(now), account, answers(NOBODY)).outcome is Outcome.NOT_FOUND


def test_an_old_name_that_leads_to_the_same_channel_moved() -> None:
    account = target("youtube", "kemlama", platform_id=CHANNEL)
    seen = ask(YouTubeApi(now), account, answers(listed(channel())))
    assert (seen.outcome, seen.handle) == (Outcome.MOVED, "kemcontoh")


def test_a_private_channel_is_private() -> None:
    hidden = channel() | {"status": {"privacyStatus": "private"}}
    seen = ask(YouTubeApi(now), target("youtube", "kemcontoh"), answers(listed(hidden)))
    assert seen.outcome is Outcome.PRIVATE


def numbered(number: int) -> str:
    return f"UC{number:022d}"


def test_fifty_ids_are_one_question() -> None:
    targets = [target("youtube", numbered(number), "id") for number in range(60)]

    def find(request: Request) -> Reply:
        if "/playlistItems?" in request.url:
            return answer(ANSWERS / "youtube_api_uploads.json")
        there = [one.value for one in targets[:-1] if one.value in request.url]
        return said(listed(*({"id": one, "snippet": {"title": "Contoh"}} for one in there)))

    seen, asked = drive(YouTubeApiIds(now).ask(targets), find)
    assert [one.key for one in seen] == [one.key for one in targets]
    assert {one.outcome for one in seen[:-1]} == {Outcome.FOUND}
    assert seen[-1].outcome is Outcome.NOT_FOUND
    assert sum("/channels?" in request.url for request in asked) == 2
    assert len(asked) == 2 + 59
    assert len(asked) <= YouTubeApiIds(now).requests(60)


@pytest.mark.parametrize("total", [0, 3])
def test_a_list_that_counts_wrong_misses_nobody(total: int) -> None:
    targets = [target("youtube", numbered(number), "id") for number in range(3)]
    cut = listed({"id": numbered(0), "snippet": {"title": "Contoh"}}, total=total)
    seen, _asked = drive(YouTubeApiIds(now).ask(targets), answers(cut))
    assert [one.outcome for one in seen] == [Outcome.FOUND, Outcome.UNKNOWN, Outcome.UNKNOWN]


def test_when_the_quota_ends_among_the_videos_no_more_is_asked() -> None:
    targets = [target("youtube", numbered(number), "id") for number in range(60)]
    there = [{"id": one.value, "snippet": {"title": "Contoh"}} for one in targets[:50]]

    def find(request: Request) -> Reply:
        if "/playlistItems?" in request.url:
            return google_error(403, "quotaExceeded")
        return said(listed(*there))

    seen, asked = drive(YouTubeApiIds(now).ask(targets), find)
    assert len(asked) == 2
    assert {one.outcome for one in seen[:50]} == {Outcome.FOUND}
    assert {one.reason for one in seen[50:]} == {Reason.QUOTA}


def test_a_channel_asked_for_by_id_may_have_another_name() -> None:
    account = replace(target("youtube", CHANNEL, "id"), handle="@kemlama")
    seen = ask(YouTubeApiIds(now), account, answers(listed(channel())))
    assert (seen.outcome, seen.remarks) == (Outcome.FOUND, ("renamed: kemcontoh",))
    for same in ("@KemContoh", CHANNEL, ""):
        seen = ask(YouTubeApiIds(now), replace(account, handle=same), answers(listed(channel())))
        assert seen.remarks == ()


def test_a_video_of_the_future_is_no_last_video() -> None:
    videos = {"items": [{"contentDetails": {"videoPublishedAt": "2027-01-01T00:00:00Z"}}]}
    seen = ask(YouTubeApi(now), target("youtube", "kemcontoh"), answers(listed(channel()), videos))
    assert (seen.outcome, seen.last_post_at) == (Outcome.FOUND, None)

"""Telegram: channels, groups, people and nobody, all behind the same status 200."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.exchange import Reply
from audits.probes.sightings import Outcome, Reason
from audits.probes.telegram import Telegram
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

CHANNEL = (ANSWERS / "telegram_channel.html").read_text()
GROUP = (ANSWERS / "telegram_group.html").read_text()
NOBODY = (ANSWERS / "telegram_nobody.html").read_text()
ASKED = target("telegram", "kemcontoh")
ADAPTER = Telegram(now)


def _led_on(body: str, name: str) -> Reply:
    """The plain page, to which the preview led on."""
    return answer(body, url=f"https://t.me/{name}")


def test_a_channel_with_all_it_tells() -> None:
    seen = ask(ADAPTER, ASKED, {"https://t.me/s/kemcontoh": answer(CHANNEL)})
    assert (seen.outcome, seen.badge) == (Outcome.FOUND, Badge.ORGANISATION)
    assert (seen.handle, seen.display_name) == ("KemContoh", "Kementerian Contoh")
    assert seen.bio == "Saluran rasmi.\nwww.contoh.gov.my"
    assert seen.links == ("https://www.contoh.gov.my/",)
    assert str(seen.last_post_at) == "2026-11-16 01:00:00+00:00"
    assert seen.remarks == ()


def test_a_header_without_the_icon_shows_no_badge() -> None:
    body = CHANNEL.replace('<i class="verified-icon"> ✔</i>', "")
    assert ask(ADAPTER, ASKED, always(answer(body))).badge is Badge.NONE
    body = CHANNEL.replace("verified-icon", "my-verified-icons")
    assert ask(ADAPTER, ASKED, always(answer(body))).badge is Badge.NONE


def test_an_icon_elsewhere_on_the_page_is_not_its_badge() -> None:
    body = CHANNEL.replace('<i class="verified-icon"> ✔</i>', "").replace(
        "Bengkel", 'Dari <i class="verified-icon">✔</i>'
    )
    assert ask(ADAPTER, ASKED, always(answer(body))).badge is Badge.NONE


@pytest.mark.parametrize(
    ("label", "remark"),
    [
        ('<span class="tgme_label scam">SCAM</span>', "scam_label"),
        ('<i class="fake-badge"></i>', "fake_label"),
        ("<b>FAKE</b>", "fake_label"),
    ],
)
def test_warnings_of_the_platform_are_remarked(label: str, remark: str) -> None:
    body = CHANNEL.replace('<i class="verified-icon"> ✔</i>', label)
    assert ask(ADAPTER, ASKED, always(answer(body))).remarks == (remark,)


def test_a_channel_called_scam_is_not_labelled_one() -> None:
    body = CHANNEL.replace('"auto">Kementerian Contoh', '"auto">SCAM')
    seen = ask(ADAPTER, ASKED, always(answer(body)))
    assert (seen.display_name, seen.remarks) == ("SCAM", ())


def test_the_preview_of_another_channel_says_nothing_about_this_one() -> None:
    seen = ask(ADAPTER, target("telegram", "lain_sekali"), always(answer(CHANNEL)))
    assert (seen.outcome, seen.remarks) == (Outcome.UNKNOWN, ("other_name: KemContoh",))


def test_a_name_nobody_has() -> None:
    seen = ask(ADAPTER, target("telegram", "tiadasiapa"), always(_led_on(NOBODY, "tiadasiapa")))
    assert seen.outcome is Outcome.NOT_FOUND


def test_capitals_of_the_markers_do_not_matter() -> None:
    loud = NOBODY.upper().replace("@TIADASIAPA", "@TiadaSiapa")
    seen = ask(ADAPTER, target("telegram", "tiadasiapa"), always(_led_on(loud, "tiadasiapa")))
    assert seen.outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize(
    "body",
    [
        NOBODY.replace('<meta name="robots" content="noindex, nofollow">', ""),
        NOBODY.replace("If you have", "Jika anda ada"),
        NOBODY.replace("@tiadasiapa", "@orang_lain"),
        NOBODY.replace("tgme_page_icon", "tgme_page_title").replace("<i class", "<b>X</b><i class"),
        NOBODY.replace("tgme_page_icon", "tgme_page_extra"),
    ],
    ids=["not hidden", "no offer", "offers another", "has a title", "has an extra"],
)
def test_half_a_marker_is_not_enough_to_be_nobody(body: str) -> None:
    seen = ask(ADAPTER, target("telegram", "tiadasiapa"), always(_led_on(body, "tiadasiapa")))
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, Reason.NO_MARKER)


def test_a_group_without_preview_is_found_by_its_members() -> None:
    asked = target("telegram", "kumpulancontoh")
    seen = ask(ADAPTER, asked, always(_led_on(GROUP, "kumpulancontoh")))
    assert (seen.outcome, seen.badge) == (Outcome.FOUND, Badge.UNKNOWN)
    assert seen.display_name == "Kumpulan Contoh"
    assert seen.links == ("https://www.contoh.gov.my/",)
    assert seen.remarks == ("no_preview",)


@pytest.mark.parametrize("extra", ["@kumpulancontoh", "", "members"])
def test_a_page_that_may_be_a_person_is_unknown(extra: str) -> None:
    body = GROUP.replace("1 204 members, 31 online", extra)
    seen = ask(ADAPTER, target("telegram", "kumpulancontoh"), always(_led_on(body, "x")))
    assert (seen.outcome, seen.remarks) == (Outcome.UNKNOWN, ("not_a_channel",))


@pytest.mark.parametrize("status", [302, 404, 200])
def test_where_there_is_no_preview_the_page_of_the_name_is_asked(status: int) -> None:
    answers = {
        "https://t.me/s/kumpulancontoh": answer("<html></html>", status),
        "https://t.me/kumpulancontoh": answer(GROUP),
    }
    seen, asked = drive(ADAPTER.ask([target("telegram", "kumpulancontoh")]), answers)
    assert seen[0].outcome is Outcome.FOUND
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("2030-01-01T00:00:00+00:00", "2026-11-14 01:20:00+00:00"),
        ("yesterday", "2026-11-14 01:20:00+00:00"),
        ("2026-11-19T23:30:00-05:00", "2026-11-14 01:20:00+00:00"),
        ("2026-11-19T10:00:00+08:00", "2026-11-19 02:00:00+00:00"),
    ],
)
def test_the_last_post_is_the_newest_that_is_past(written: str, last: str) -> None:
    body = CHANNEL.replace("2026-11-16T01:00:00+00:00", written)
    assert str(ask(ADAPTER, ASKED, always(answer(body))).last_post_at) == last


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


@given(st.sampled_from([CHANNEL, GROUP, NOBODY]), st.integers(0, 3000))
def test_a_page_that_is_cut_off_never_becomes_the_opposite(page: str, length: int) -> None:
    seen = ask(ADAPTER, target("telegram", "tiadasiapa"), always(_led_on(page[:length], "x")))
    allowed = {Outcome.UNKNOWN, Outcome.NOT_FOUND if page is NOBODY else Outcome.FOUND}
    assert seen.outcome in allowed

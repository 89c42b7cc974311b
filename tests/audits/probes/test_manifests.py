"""XPOC manifests and trust.txt: what they name, and what only looks like them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.found_links import PageKind, SiteRemark
from audits.probes.manifests import read_trust, read_xpoc
from inventory.vocabulary import LeadOrigin
from tests.audits.probes.site_answers import HOME, page, read

XPOC, TRUST = f"{HOME}xpoc-manifest.json", f"{HOME}trust.txt"
FB = "https://www.facebook.com/kemcontoh"
FRONT = "<a href='/berita'>Berita</a>"


def manifest(*accounts, **more):
    return json.dumps(
        {"name": "Kementerian Contoh", "version": "0.3", "accounts": accounts, **more}
    )


def named(reading):
    return {(link.key, link.origin, link.page) for link in reading.links}


def test_an_xpoc_manifest_names_accounts_by_address_or_by_platform_and_name():
    answer = manifest(
        {"account": "kemcontoh", "platform": "Facebook", "url": FB},
        {"account": "kemcontoh", "platform": "X", "url": "https://twitter.com/kemcontoh"},
        {"account": "@kemcontoh", "platform": "TikTok"},
        {"account": "kemcontoh", "platform": "MySpace"},
        {"account": 7, "url": None},
        "kemcontoh",
        baseurl="contoh.gov.my",
    )
    assert named(read({HOME: FRONT, XPOC: page(answer, XPOC, "application/json")})) == {
        ("facebook:handle:kemcontoh", LeadOrigin.XPOC, XPOC),
        ("x:handle:kemcontoh", LeadOrigin.XPOC, XPOC),
        ("tiktok:handle:kemcontoh", LeadOrigin.XPOC, XPOC),
    }


def test_a_manifest_of_another_host_names_nothing_here():
    answer = manifest({"account": "x", "platform": "X", "url": FB}, baseurl="https://lain.gov.my")
    reading = read({HOME: FRONT, XPOC: page(answer, XPOC)})
    assert not reading.links
    assert (SiteRemark.FOREIGN_MANIFEST, "lain.gov.my") in reading.remarks


@pytest.mark.parametrize(
    "body", ["", "null", "[]", "{}", '{"accounts": {}}', "<html>", "{", "[" * 50_000, "9" * 6_000]
)
def test_what_is_no_manifest(body):
    assert read_xpoc(page(body, XPOC)) is None


def test_trust_txt_names_what_it_calls_social():
    answer = (
        "\ufeff# trust.txt\r\nmember=https://www.lain.gov.my/\r\n"
        f" Social = {FB}#atas\r\nsocial=https://x.com/kemcontoh # rasmi\r\n"
        "contact=https://www.instagram.com/bukan\r\nsocial=\r\nsocial https://t.me/bukan\r\n"
    )
    assert named(read({HOME: FRONT, TRUST: page(answer, TRUST, "text/plain")})) == {
        ("facebook:handle:kemcontoh", LeadOrigin.TRUST_TXT, TRUST),
        ("x:handle:kemcontoh", LeadOrigin.TRUST_TXT, TRUST),
    }


def test_trust_txt_is_looked_for_in_its_second_place_only_when_it_is_not_in_the_first():
    second = f"{HOME}.well-known/trust.txt"
    answers = {HOME: FRONT, second: page(f"social={FB}", second, "text/plain")}
    assert [link.page for link in read(answers).links] == [second]
    answers[TRUST] = page("social=https://x.com/kemcontoh", TRUST, "text/plain")
    assert [link.page for link in read(answers).links] == [TRUST]


@pytest.mark.parametrize(
    "body", ["", "<!doctype html>social=x", "Not found", "a=b\nc=d", "\0\0", "= = =", "# social=x"]
)
def test_what_is_no_trust_txt(body):
    assert read_trust(page(body, TRUST)) is None


def test_a_missing_or_failing_file_leaves_the_reading_whole():
    reading = read({HOME: FRONT})
    assert reading.whole
    assert [one.kind for one in reading.pages] == [PageKind.HOME]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_complaint(body):
    assert read_xpoc(page(body, XPOC)) is None
    trust = read_trust(page(b"member=x\nsocial=" + body, TRUST))
    assert trust is None or len(trust.marks) <= 300

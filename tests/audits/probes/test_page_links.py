"""What a page says of its owner's accounts: which links count, which do not, and why."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.found_links import FoundLink, Ignored, PageKind
from audits.probes.link_sorting import sort_marks
from audits.probes.own_links import own_marks
from audits.probes.page_links import DEEPEST, MOST_ELEMENTS, read_page
from audits.probes.page_text import page_text
from inventory.vocabulary import LeadOrigin
from tests.audits.probes.site_answers import HOME, page

FB = "https://www.facebook.com/kemcontoh"
KEY = "facebook:handle:kemcontoh"
FB_ID = "facebook:id:123456789012"
IG = "instagram:handle:kemcontoh"
X = "x:handle:kemcontoh"
PLUGIN = "https://www.facebook.com/plugins/page.php"
NEWS = "https://schema.org/NewsArticle"


def sorted_links(html, kind=PageKind.HOME):
    return sort_marks(own_marks(read_page(page(html))), HOME, kind, ("contoh.gov.my",))


def found(html, kind=PageKind.HOME):
    return {(link.key, link.origin) for link in sorted_links(html, kind)[0]}


def keys(html, kind=PageKind.HOME):
    return {key for key, _origin in found(html, kind)}


def why(html, kind=PageKind.HOME):
    return {link.why for link in sorted_links(html, kind)[1]}


@pytest.mark.parametrize(
    ("html", "key", "origin"),
    [
        (f"<footer><a href='{FB}'>Facebook</a></footer>", KEY, "site_link"),
        ("<a href='//www.instagram.com/kemcontoh/'><i></i></a>", IG, "site_link"),
        (f"<a href=' \n{FB}/ '>x", KEY, "site_link"),
        ("<a href='www.facebook.com/kemcontoh'>x</a>", KEY, "site_link"),
        ("<a href='https//www.facebook.com/kemcontoh'>x</a>", KEY, "site_link"),
        ("<a href='https:\\\\www.facebook.com\\kemcontoh'>x</a>", KEY, "site_link"),
        (f"<map><area href='{FB}'></map>", KEY, "site_link"),
        ("<base href='https://x.com/'><a href='kemcontoh'>x</a>", X, "site_link"),
        (f"<link rel='me' href='{FB}'>", KEY, "rel_me"),
        (f"<a rel='noopener ME' href='{FB}'>x</a>", KEY, "rel_me"),
        ("<meta name='twitter:site' content='@kemcontoh'>", X, "card"),
        ("<meta name='twitter:site' content='https://twitter.com/kemcontoh'>", X, "card"),
        (f"<meta property='article:publisher' content='{FB}'>", KEY, "card"),
        ("<meta property='fb:page_id' content='123456789012'>", FB_ID, "card"),
        ("<meta name='al:ios:url' content='fb://page/123456789012'>", FB_ID, "card"),
        (
            "<div itemscope itemtype='https://schema.org/GovernmentOrganization'>"
            f"<a itemprop='sameAs' href='{FB}'>x</a></div>",
            KEY,
            "structured_data",
        ),
        ("<a href='//x.com/intent/follow?screen_name=kemcontoh'>", X, "site_link"),
    ],
)  # fmt: skip
def test_what_names_an_account(html, key, origin):
    assert found(html) == ({(key, LeadOrigin(origin))})


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (f"<a href='https://www.facebook.com/sharer/sharer.php?u={HOME}'>x", Ignored.SHARE),
        ("<a href='https://twitter.com/intent/tweet?text=x&via=kemcontoh'>x", Ignored.SHARE),
        ("<a href='https://t.me/share/url?url=x'>x", Ignored.SHARE),
        ("<a href='https://www.linkedin.com/sharing/share-offsite/?url=x'>x", Ignored.SHARE),
        ("<a href='https://www.facebook.com/share/1AbCdEfG/?mibextid=x'>x", Ignored.OPAQUE),
        ("<a href='https://vt.tiktok.com/ZSabcdef/'>x", Ignored.OPAQUE),
        ("<a href='https://bit.ly/abcdef'>Facebook</a>", Ignored.OPAQUE),
        ("<a href='https://www.facebook.com/#'>x", Ignored.DEFAULT),
        ("<a href='https://twitter.com/'>x", Ignored.DEFAULT),
        ("<a href='https://twitter.com/envato'>x", Ignored.DEFAULT),
        ("<a href='https://www.facebook.com/WordPress'>x", Ignored.DEFAULT),
        ("<a href='https://www.instagram.com/your_username'>x", Ignored.DEFAULT),
        (f"<a href='{FB}/posts/123456'>x", Ignored.POST),
        ("<a href='https://www.youtube.com/watch?v=abcdefghijk'>x", Ignored.POST),
        ("<a href='https://www.facebook.com/groups/123'>x", Ignored.GROUP),
        ("<a href='https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv'>x", Ignored.GROUP),
        ("<a href='https://www.linkedin.com/in/seseorang'>x", Ignored.PERSON),
        ("<a href='https://wa.me/60388880000'>x", Ignored.OTHER),
        (f"<blockquote class='twitter-tweet'><a href='{FB}'>x</a></blockquote>", Ignored.EMBED),
        (f"<div class='fb-page' data-href='{FB}'></div>", Ignored.EMBED),
        (f"<iframe src='{PLUGIN}?href={FB}'></iframe>", Ignored.EMBED),
        ("<iframe src='https://www.youtube.com/embed/abcdefghijk'></iframe>", Ignored.EMBED),
        (f"<article class='post'><a href='{FB}'>x</a></article>", Ignored.ARTICLE),
        (f"<div class='entry-content'><p><a href='{FB}'>x</a></p></div>", Ignored.ARTICLE),
        (f"<article><footer class='entry-footer'><a rel=me href='{FB}'>", Ignored.ARTICLE),
        (f"<div itemtype='{NEWS}'><a href='{FB}'>x</a></div>", Ignored.ARTICLE),
        (f"<ol class='comment-list'><li><a href='{FB}'>x</a></ol>", Ignored.COMMENT),
        (f"<article><div id='comments'><a href='{FB}'>x</a></div></article>", Ignored.COMMENT),
    ],
)  # fmt: skip
def test_what_names_none_and_why(html, reason):
    assert not keys(html)
    assert why(html) == {reason}


@pytest.mark.parametrize(
    "html",
    [
        "<a href='/hubungi'>Hubungi</a>",
        "<a href='https://www.lain.gov.my/'>Agensi lain</a>",
        "<a href='/feed'>RSS</a>",
        "<a href='mailto:aduan@contoh.gov.my'>x</a>",
        "<a href='javascript:window.open(\"https://www.facebook.com/kemcontoh\")'>x</a>",
        "<a href='data:text/html,<a href=https://facebook.com/x>'>x</a>",
        "<script>document.write(\"<a href='https://www.facebook.com/kemcontoh'>\")</script>",
        "<!-- <a href='https://www.facebook.com/kemcontoh'>x</a> -->",
        "<template><a href='https://www.facebook.com/kemcontoh'>x</a></template>",
        "<a href='https://[::1/x'>x</a><a href='http://'>x</a><a href>x</a><a href='#'>x</a>",
        "<meta name='twitter:creator' content='@seseorang'>",
        "<meta property='fb:admins' content='123456'>",
        "<link rel='stylesheet' href='https://www.facebook.com/kemcontoh'>",
    ],
)
def test_what_says_nothing_at_all(html):
    assert sorted_links(html) == ([], [])


def test_on_a_page_of_its_own_accounts_the_text_counts_but_news_do_not():
    text = f"<article><div class='entry-content'><a href='{FB}'>x</a></div></article>"
    news = text.replace("<article", "<article class='type-post'")
    assert keys(text, PageKind.SOCIAL) == {KEY}
    assert not keys(news, PageKind.SOCIAL)


def test_a_page_that_is_one_article_by_its_system_alone_is_no_article():
    html = (
        f"<body class='home page'><article class='post-2 page type-page'>"
        f"<div class='entry-content'><a href='{FB}'>x</a></div></article></body>"
    )
    assert keys(html) == {KEY}


def test_an_article_left_open_does_not_swallow_the_footer():
    html = f"<div class='entry-content'><p>Berita<div id='footer'><a href='{FB}'>x</a></div>"
    assert keys(html) == {KEY}


JSON_LD = "<script type='application/ld+json'>{}</script>"
SAME = '"sameAs": ["https://www.facebook.com/kemcontoh"]'


@pytest.mark.parametrize(
    ("data", "counts"),
    [
        (f'{{"@type": "GovernmentOrganization", {SAME}}}', True),
        ('{"@type": "Organization", "sameAs": "https://www.facebook.com/kemcontoh"}', True),
        (f'{{"@type": ["Thing", "https://schema.org/Organization"], {SAME}}}', True),
        (f'[{{"@type": "WebSite"}}, {{"@type": "Organization", {SAME}}}]', True),
        (f'{{"@graph": [{{"@type": "WebPage"}}, {{"@type": "Organization", {SAME}}}]}}', True),
        (f'{{"@type": "WebSite", "publisher": {{"@type": "Organization", {SAME}}}}}', True),
        (f'{{"@type": "Organization", "url": "https://www.contoh.gov.my/ms", {SAME}}}', True),
        (f'<!-- {{"@type": "Organization", {SAME}}} -->', True),
        (f'{{"@type": "Organization", "url": "https://www.pembangun.example", {SAME}}}', False),
        (f'{{"@type": "Person", {SAME}}}', False),
        (f'{{"@type": "NewsArticle", "author": {{"@type": "Organization", {SAME}}}}}', False),
        (f'{{"@type": "Organization", "member": {{"@type": "Organization", {SAME}}}}}', False),
        (f'{{"@type": "Organization", {SAME}', False),
        ('{"@type": "Organization", "sameAs": [7, null, {"x": 1}, [["y"]]]}', False),
        ('{"@type": {"a": 1}, "sameAs": 3}', False),
        ("[" * 100_000, False),
        ('"' + "9" * 10_000, False),
        ("9" * 10_000, False),
    ],
)
def test_structured_data_of_the_organisation_itself(data, counts):
    expected = {(KEY, LeadOrigin.STRUCTURED_DATA)} if counts else set()
    assert found(JSON_LD.format(data)) == expected


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("Perhubungan – é".encode(), "text/html", "Perhubungan – é"),
        (b"caf\xe9 \x96", "text/html", "café –"),
        (b"caf\xe9 \x96", "text/html; charset=iso-8859-1", "café –"),
        (b"<meta charset='latin1'>\xe9", "text/html", "<meta charset='latin1'>é"),
        (b"<meta charset=utf-16>\xc3\xa9", "text/html", "<meta charset=utf-16>é"),
        (codecs.BOM_UTF8 + "é".encode(), "text/html; charset=latin1", "é"),
        ("é".encode("utf-16"), "text/html", "é"),
        ("é".encode() + b"\xc3", "text/html", "é\ufffd"),
        (b"\xe9", "text/html; charset=zip", "é"),
        (b"\xe9", "text/html; charset=unicode_escape", "é"),
        (b"\xe9", "text/html; charset=", "é"),
        ("中文".encode("gb18030"), "text/html; charset=gb2312", "中文"),
        (b"a\0b", "text/html", "ab"),
    ],
)
def test_charsets(body, content_type, text):
    assert page_text(body, content_type) == text


def test_a_link_after_letters_that_are_no_utf_8_is_still_found():
    assert keys(b"<p>caf\xe9 \x96 \0</p><a href='https://www.facebook.com/kemcontoh'>x</a>") == {
        KEY
    }


MEBIBYTE = 1024 * 1024


@pytest.mark.parametrize(
    "body",
    [
        b"<b>" * (MEBIBYTE // 3),
        b"<b>" * (MEBIBYTE // 8) + b"</i>" * (MEBIBYTE // 8),
        b"<table><tr><td>" * (MEBIBYTE // 15),
        b"<p>" * (MEBIBYTE // 3),
        b"<a href=https://x.com/a>x" * (MEBIBYTE // 26),
    ],
    ids=["deep", "deep-and-crossed", "tables", "many", "links"],
)
def test_a_page_wilder_than_people_make_is_left_and_says_so(body):
    assert not read_page(page(body)).whole


@pytest.mark.parametrize(
    "body",
    [
        b"<a " + b"x=1 " * (MEBIBYTE // 4) + b">",
        b"<a href='" + b"x" * MEBIBYTE + b"'>",
        b"<a href='x" * (MEBIBYTE // 10),
        b"<div class='" + b"a b " * (MEBIBYTE // 4) + b"'>",
        b"<!--" * (MEBIBYTE // 4),
        b"<script>" * (MEBIBYTE // 8),
        b"<" * MEBIBYTE,
        b"&" * MEBIBYTE,
        b"</p>" * (MEBIBYTE // 4),
        b"<a href=/x>" + b"x&amp;" * (MEBIBYTE // 6),
        b"",
        b"\0\0\0",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 16,
    ],
)
def test_hostile_bytes_name_nothing(body):
    found, _ignored = sort_marks(own_marks(read_page(page(body))), HOME, PageKind.HOME, ())
    assert not found


def test_real_pages_stay_far_below_the_bounds():
    nested = "<div>" * (DEEPEST // 4) + f"<a href='{FB}'>x</a>" + "</div>" * (DEEPEST // 4)
    html = nested + "<p>x</p>" * (MOST_ELEMENTS // 4)
    read = read_page(page(html))
    assert read.whole
    assert keys(html) == {KEY}


@given(st.text(alphabet="<>/a='\" hrefjld+son\x00é[]{}:\\#?&;-!", max_size=200))
def test_any_text_is_read_without_complaint(text):
    html = f"<a href='{text}'>{text}</a>{text}{JSON_LD.format(text)}"
    for link in (link for links in sorted_links(html) for link in links):
        assert isinstance(link, FoundLink) or link.why in Ignored

"""Reading a whole website: which pages are asked for, when silence counts, where it may lead."""

from dataclasses import replace

import pytest

from audits.probes.check_jobs import driven as driven_through
from audits.probes.exchange import Failure, Response
from audits.probes.fetch import Door
from audits.probes.found_links import Ignored, PageKind, SiteRemark
from audits.probes.sightings import Reason
from audits.probes.site_reading import MOST_PAGES, SiteToRead, read_site
from audits.probes.site_tiers import Tier, registrable, tier_of
from tests.audits.probes.local_site import Answer as Local
from tests.audits.probes.local_site import LocalSites
from tests.audits.probes.site_answers import AT, HOME, SITE, driven, linked, page, read

FB = "https://www.facebook.com/kemcontoh"
KEY = "facebook:handle:kemcontoh"
FOOTER = f"<footer><a href='{FB}'>Facebook</a></footer>"
MANIFESTS = [f"{HOME}{path}" for path in ("xpoc-manifest.json", "trust.txt")]


def asked(answers, site=SITE):
    return [request.url for request in driven(read_site(site, AT), answers)[1]]


def test_home_page_the_pages_worth_reading_and_the_two_files_are_asked_for():
    home = (
        "<a href='/berita'>Berita</a><a href='/hubungi-kami'>Hubungi Kami</a>"
        "<a href='https://www.contoh.gov.my/ms/media-sosial#atas'>Media Sosial</a>"
        "<a href='/direktori'>Direktori Pegawai &amp; Hubungi</a>"
        "<a href='/muat-turun/hubungi.pdf'>Hubungi (PDF)</a>"
        "<a href='https://www.lain.gov.my/hubungi'>Hubungi</a><a href='/tentang'>Tentang Kami</a>"
    )
    requests = driven(read_site(SITE, AT), {HOME: home})[1]
    assert [request.url for request in requests] == [
        HOME,
        "https://www.contoh.gov.my/ms/media-sosial",
        "https://www.contoh.gov.my/hubungi-kami",
        "https://www.contoh.gov.my/tentang",
        *MANIFESTS,
        "https://www.contoh.gov.my/.well-known/trust.txt",
    ]
    assert all(request.honour_robots for request in requests)
    assert {request.site for request in requests} == {"www.contoh.gov.my"}


def test_at_most_five_pages_are_read_and_more_lists_of_accounts_are_told():
    home = "".join(f"<a href='/sosial/{n}'>Media sosial {n}</a>" for n in range(9)) + FOOTER
    pages = {HOME: home} | {f"{HOME}sosial/{n}": f"<p>{n}</p>" for n in range(9)}
    reading = read(pages)
    assert len([one for one in reading.pages if one.kind is PageKind.SOCIAL]) == MOST_PAGES
    assert (SiteRemark.PAGES_LEFT, "") in reading.remarks
    assert not reading.whole


def test_what_each_page_names_is_kept_with_its_place():
    social = "<article><a href='https://x.com/kemcontoh'>X</a></article>"
    reading = read({HOME: "<a href='/sosmed'>Media Sosial</a>" + FOOTER, f"{HOME}sosmed": social})
    assert reading.whole
    assert [(link.key, link.page, link.context) for link in reading.links] == [
        (KEY, HOME, "footer: Facebook"),
        ("x:handle:kemcontoh", f"{HOME}sosmed", "text of the page: X"),
    ]
    assert [one.kind for one in reading.pages] == [PageKind.HOME, PageKind.SOCIAL]
    assert all(len(one.sha256) == 64 for one in reading.pages)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Failure(Reason.TIME_OUT), Reason.TIME_OUT),
        (Failure(Reason.ROBOTS), Reason.ROBOTS),
        (Failure(Reason.TLS), Reason.TLS),
        (page("x", status=403), Reason.PERMISSION),
        (page("x", status=429), Reason.RATE_LIMIT),
        (page("x", status=503), Reason.SERVER_ERROR),
        (page("<h1>404</h1>", status=404), Reason.NO_MARKER),
        (page("<title>Just a moment...</title>"), Reason.CHALLENGE),
        (page("%PDF-1.7", content_type="application/pdf"), Reason.UNREADABLE),
        (page("{}", content_type="application/json"), Reason.UNREADABLE),
        (page("<div id='root'></div><script src='/app.js'></script>"), Reason.NO_MARKER),
        (page(""), Reason.UNREADABLE),
    ],
)
def test_a_home_page_that_cannot_be_read_says_why_and_nothing_else_is_asked(answer, reason):
    reading = read({HOME: answer})
    assert (reading.home, reading.whole, reading.why_not) == (None, False, reason)
    assert asked({HOME: answer}) == [HOME]


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        (Failure(Reason.TIME_OUT), False),
        (Failure(Reason.ROBOTS), False),
        (page("x", status=500), False),
        (page("<h1>404</h1>", status=404), True),
        ("<b>" * 5_000, False),
        ("<p>Alamat</p>", True),
    ],
)
def test_silence_counts_only_when_the_pages_that_could_tell_were_read(answer, whole):
    if isinstance(answer, Response):
        answer = replace(answer, url=f"{HOME}hubungi")
    reading = read({HOME: "<a href='/hubungi'>Hubungi</a>" + FOOTER, f"{HOME}hubungi": answer})
    assert linked(reading) == {KEY}
    assert reading.whole is whole


def test_a_stub_that_sends_its_reader_on_is_followed_once_within_the_site():
    stub = "<meta http-equiv='refresh' content='0; URL=/portal/'>"
    reading = read({HOME: stub, f"{HOME}portal/": FOOTER})
    assert linked(reading) == {KEY}
    assert reading.home.url == f"{HOME}portal/"
    assert read({HOME: stub, f"{HOME}portal/": stub.replace("portal", "lagi")}).links == ()


@pytest.mark.parametrize(
    ("target", "read_there"),
    [
        ("https://www.baharu.gov.my/", True),  # the government's own names are given by it
        ("https://www.judi.example/", False),
    ],
)
def test_a_site_that_moved(target, read_there):
    moved = page(FOOTER, target)
    reading = read({HOME: moved})
    assert linked(reading) == ({KEY} if read_there else set())
    assert (SiteRemark.MOVED, target.split("/")[2].removeprefix("www.")) in reading.remarks
    refreshed = read({HOME: f"<meta http-equiv=refresh content='3;url={target}'>", target: moved})
    assert linked(refreshed) == ({KEY} if read_there else set())


def test_an_inner_page_of_another_site_is_not_the_sites_own_word():
    away = page("<a href='https://x.com/oranglain'>X</a>", "https://www.lain.gov.my/hubungi")
    reading = read({HOME: "<a href='/hubungi'>Hubungi</a>" + FOOTER, f"{HOME}hubungi": away})
    assert linked(reading) == {KEY}


def test_a_site_of_frames_is_read_frame_by_frame():
    frames = "<frameset><frame src='/atas.html'><frame src='/isi.html'></frameset>"
    inner = FOOTER + "<a href='/hubungi.html'>Hubungi</a>"
    contact = "<a href='https://t.me/kemcontoh'>Telegram</a>"
    pages = {HOME: frames, f"{HOME}isi.html": inner, f"{HOME}hubungi.html": contact}
    assert linked(read(pages)) == {KEY, "telegram:handle:kemcontoh"}


def test_the_same_error_page_under_every_address_names_its_links_once():
    home = "<a href='/hubungi'>Hubungi</a>" + FOOTER
    reading = read({HOME: home, f"{HOME}hubungi": home})
    assert len(reading.links) == 1


def test_own_pages_and_other_sites_are_no_accounts():
    html = (
        "<a href='/@kemcontoh'>x</a><a href='https://portal.contoh.gov.my/'>x</a>"
        "<a href='https://www.lain.gov.my/'>x</a><a href='https://kedai.example/'>x</a>" + FOOTER
    )
    reading = read(html)
    assert linked(reading) == {KEY}
    assert not reading.ignored


def test_a_home_page_drawn_by_a_script_is_never_whole():
    reading = read("<meta name='twitter:site' content='@kemcontoh'><div id='app'></div>")
    assert linked(reading) == {"x:handle:kemcontoh"}
    assert not reading.whole
    assert (SiteRemark.NO_LINKS, "") in reading.remarks


def test_an_organisation_without_a_site_asks_for_nothing():
    site = SiteToRead(7, None)
    assert asked({}, site) == []
    assert read({}, site).remarks == ((SiteRemark.NO_SITE, ""),)


def test_without_a_recorded_website_the_first_domain_is_asked():
    assert asked({}, SiteToRead(7, " ", ("misal.gov.my",))) == ["https://misal.gov.my/"]


def test_what_was_passed_over_is_told_with_its_reason():
    reading = read(FOOTER + f"<a href='https://www.facebook.com/sharer.php?u={HOME}'>Kongsi</a>")
    assert [(link.why, link.platform) for link in reading.ignored] == [(Ignored.SHARE, "facebook")]


async def test_through_the_door_robots_are_honoured_and_silence_behind_them_is_no_answer():
    home = page("<a href='/hubungi'>Hubungi</a><a href='/sosial'>Media sosial</a>" + FOOTER)
    robots = "User-agent: *\nDisallow: /sosial"
    sites = LocalSites(
        {
            "www.contoh.gov.my": {
                "/": Local(body=home.body, headers=home.headers),
                "/hubungi": Local(body="<a href='https://t.me/kemcontoh'>x", headers=home.headers),
                "/sosial": Local(body="<a href='https://x.com/kemcontoh'>x", headers=home.headers),
                "/robots.txt": Local(body=robots),
            }
        }
    )
    async with sites, Door(sites.settings()) as door:
        reading = await driven_through(read_site(SITE, AT), door.fetch)
    assert linked(reading) == {KEY, "telegram:handle:kemcontoh"}
    assert [(one.kind, one.reason) for one in reading.failures if not one.optional] == [
        (PageKind.SOCIAL, Reason.ROBOTS)
    ]
    assert not reading.whole
    assert "/sosial" not in [asked.path for asked in sites.asked]


@pytest.mark.parametrize(
    ("host", "tier"),
    [
        ("contoh.gov.my", Tier.EXACT_HOST),
        ("portal.contoh.gov.my", Tier.SAME_DOMAIN),
        ("misal.negeri.gov.my", Tier.EXACT_HOST),
        ("lain.negeri.gov.my", Tier.SAME_DOMAIN),
        ("lain.gov.my", Tier.OTHER_GOVERNMENT),
        ("contoh.com.my", Tier.OTHER),
        ("contoh.blogspot.com", Tier.EXACT_HOST),
        ("lain.blogspot.com", Tier.OTHER),
        ("bukancontoh.gov.my", Tier.OTHER_GOVERNMENT),
        ("contoh.gov.my.example", Tier.OTHER),
        ("", Tier.OTHER),
    ],
)
def test_how_near_a_host_is(host, tier):
    assert tier_of(host, {"contoh.gov.my", "misal.negeri.gov.my", "contoh.blogspot.com"}) is tier


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("jkm.melaka.gov.my", "melaka.gov.my"),
        ("www.um.edu.my", "um.edu.my"),
        ("a.b.example.com", "example.com"),
        ("gov.my", "gov.my"),
        ("x", "x"),
    ],
)
def test_the_domain_a_host_was_given_under(host, domain):
    assert registrable(host) == domain

"""The flow that reads one organisation's official website and collects the accounts it names.

Home page, the few pages of the same host that are called contact, social media, links or about,
then the two files made for machines. Robots' rules are honoured throughout.
"""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

from audits.probes.exchange import Failure, Reply, Request, Response
from audits.probes.found_links import (
    FoundLink,
    IgnoredLink,
    PageFailure,
    PageKind,
    PageRead,
    SiteReading,
    SiteRemark,
)
from audits.probes.link_sorting import sort_marks
from audits.probes.manifests import TRUST_PATHS, XPOC_PATH, Manifest, read_trust, read_xpoc
from audits.probes.own_links import own_marks
from audits.probes.page_links import Mark, Onward, Page, host_of, read_page
from audits.probes.sightings import Reason
from audits.probes.site_tiers import Tier, tier_of
from audits.probes.site_words import site_words
from audits.probes.statuses import is_html, silence, status_of, trouble
from inventory.platforms import default_table

MOST_PAGES = 5
"""How many pages are read beside the home page."""

SiteFlow = Generator[Request, Reply, SiteReading]
ManifestReader = Callable[[Response], Manifest | None]

_ORDER = (PageKind.FRAME, PageKind.SOCIAL, PageKind.CONTACT, PageKind.LINKS, PageKind.ABOUT)
_NEEDED = frozenset({PageKind.HOME, PageKind.FRAME, PageKind.SOCIAL, PageKind.CONTACT})
_GONE = frozenset({404, 410})
_STUB = 3  # a page of fewer links that sends its reader on is no page of its own


@dataclass(frozen=True, slots=True)
class SiteToRead:
    """One organisation's official website, as the inventory has it; `domains` are its own."""

    organisation_id: int
    website: str | None
    domains: tuple[str, ...] = ()

    @property
    def start(self) -> str | None:
        """The address to begin at: the website, else the first domain; None when none is known."""
        known = (self.website or "").strip() or next(iter(self.domains), "")
        if not known:
            return None
        whole = known if "://" in known else f"https://{known}"
        return f"{whole}/" if whole.count("/") == 2 else whole

    @property
    def hosts(self) -> frozenset[str]:
        """Its own hosts and domains, without `www.`."""
        named = {domain.lower().strip(". ").removeprefix("www.") for domain in self.domains}
        return frozenset(named | {host_of(self.start or "")}) - {""}


def read_site(site: SiteToRead, at: datetime) -> SiteFlow:
    """Return the flow that reads a website; `at` is the time of the reading, UTC."""
    reading = _Reading(site, at)
    start = site.start
    if start is None or not host_of(start):
        reading.remark(SiteRemark.NO_SITE)
        return reading.done()
    home = yield from reading.home(start)
    if home is not None:
        yield from reading.onward(home)
        yield from reading.manifests(home.url)
    return reading.done()


class _Reading:
    """What has been read of a site so far."""

    def __init__(self, site: SiteToRead, at: datetime) -> None:
        self._site = site
        self._at = at
        self._host = host_of(site.start or "")
        self._pages: list[PageRead] = []
        self._links: dict[FoundLink, None] = {}
        self._ignored: dict[IgnoredLink, None] = {}
        self._failures: list[PageFailure] = []
        self._remarks: dict[tuple[SiteRemark, str], None] = {}
        self._whole = True

    def remark(self, remark: SiteRemark, detail: str = "") -> None:
        self._remarks[remark, detail] = None

    def done(self) -> SiteReading:
        needed = any(not failure.optional for failure in self._failures)
        home = any(page.kind is PageKind.HOME for page in self._pages)
        return SiteReading(
            organisation_id=self._site.organisation_id,
            at=self._at,
            host=self._host,
            pages=tuple(self._pages),
            links=tuple(self._links),
            ignored=tuple(self._ignored),
            failures=tuple(self._failures),
            remarks=tuple(self._remarks),
            whole=self._whole and home and not needed,
        )

    def home(self, start: str) -> Generator[Request, Reply, Page | None]:
        """Read the home page, following one page that only sends its reader on."""
        page = yield from self._page(start, PageKind.HOME)
        if page is None:
            return None
        target = page.refresh
        if target and target != page.url and len(page.marks) + len(page.onward) < _STUB:
            if not self._may_move_to(target):
                self.remark(SiteRemark.MOVED, host_of(target))
                self._whole = False
                return page
            self._pages.clear()
            return (yield from self._page(target, PageKind.HOME))
        return page

    def onward(self, home: Page) -> Generator[Request, Reply, None]:
        """Read the pages the home page, and its frames, lead to; the best few."""
        read = {home.url}
        waiting = _worth_reading(home)
        for _number in range(MOST_PAGES):
            waiting = {url: kind for url, kind in waiting.items() if url not in read}
            if not waiting:
                return
            url = min(waiting, key=lambda one: _ORDER.index(waiting[one]))
            read.add(url)
            page = yield from self._page(url, waiting[url])
            if page is not None and waiting[url] is PageKind.FRAME:
                waiting = {**waiting, **_worth_reading(page)}
        left = [url for url, kind in waiting.items() if url not in read and kind in _ORDER[:2]]
        if left:
            self.remark(SiteRemark.PAGES_LEFT)
            self._whole = False

    def manifests(self, base: str) -> Generator[Request, Reply, None]:
        """Read the files in which a site names its accounts for machines."""
        reply = yield self._request(urljoin(base, XPOC_PATH))
        self._manifest(reply, urljoin(base, XPOC_PATH), read_xpoc)
        for path in TRUST_PATHS:
            reply = yield self._request(urljoin(base, path))
            if self._manifest(reply, urljoin(base, path), read_trust):
                return

    def _manifest(self, reply: Reply, url: str, read: ManifestReader) -> bool:
        if isinstance(reply, Failure):
            self._fail(url, PageKind.MANIFEST, reply.reason, reply.detail, optional=True)
            return False
        if status_of(reply) != 200 or host_of(reply.url) != self._host:
            return False
        manifest = read(reply)
        if manifest is None:
            return False
        if manifest.foreign:
            self.remark(SiteRemark.FOREIGN_MANIFEST, manifest.foreign)
        self._keep(reply, PageKind.MANIFEST, manifest.marks)
        return True

    def _page(self, url: str, kind: PageKind) -> Generator[Request, Reply, Page | None]:
        reply = yield self._request(url)
        reason = trouble(reply, url)
        if isinstance(reply, Failure):
            self._fail(url, kind, reply.reason, reply.detail)
            return None
        status = status_of(reply)
        if reason is None and status != 200:
            reason = Reason.NO_MARKER
        if reason is None and not _is_page(reply):
            reason = Reason.UNREADABLE
        if reason is not None:
            gone = status in _GONE and kind is not PageKind.HOME
            self._fail(url, kind, reason, status=status, optional=gone)
            return None
        return self._arrived(reply, kind, url)

    def _arrived(self, response: Response, kind: PageKind, asked: str) -> Page | None:
        """Take in a page that came, unless it is another site's, or holds nothing."""
        landed = host_of(response.url)
        if landed != self._host:
            moved = kind is PageKind.HOME and self._may_move_to(response.url)
            self.remark(SiteRemark.MOVED, landed)
            if not moved:
                self._fail(
                    asked, kind, Reason.NO_MARKER, landed, optional=kind is not PageKind.HOME
                )
                return None
            self._host = landed
        page = read_page(response)
        marks = own_marks(page)
        if kind is PageKind.HOME and not (marks or page.onward or page.refresh):
            self._fail(asked, kind, silence(response), status=response.status)
            return None
        if kind is PageKind.HOME and not page.anchors and not _is_frameset(page):
            self.remark(SiteRemark.NO_LINKS)  # drawn by a script: what it lacks says nothing
            self._whole = False
        if not page.whole:
            self.remark(SiteRemark.CUT_SHORT, page.url)
            self._whole = self._whole and kind not in _NEEDED
        self._keep(response, kind, marks, page.title)
        return page

    def _keep(
        self, response: Response, kind: PageKind, marks: Iterable[Mark], title: str = ""
    ) -> None:
        digest = sha256(response.body).hexdigest()
        again = any(page.sha256 == digest for page in self._pages)
        self._pages.append(PageRead(response.url, kind, status_of(response), digest, title))
        if again:
            return
        domains = {*self._site.hosts, self._host}
        found, ignored = sort_marks(marks, response.url, kind, domains)
        self._links.update(dict.fromkeys(found))
        self._ignored.update(dict.fromkeys(ignored))

    def _may_move_to(self, url: str) -> bool:
        """Say whether the site may send its reader there and still be the same organisation's."""
        return tier_of(host_of(url), self._site.hosts) is not Tier.OTHER

    def _fail(
        self,
        url: str,
        kind: PageKind,
        reason: Reason,
        detail: str = "",
        *,
        status: int | None = None,
        optional: bool = False,
    ) -> None:
        optional = optional or kind not in _NEEDED
        self._failures.append(PageFailure(url, kind, reason, detail, status, optional))

    def _request(self, url: str) -> Request:
        return Request(url, site=urlsplit(url).hostname or self._host, honour_robots=True)


def _worth_reading(page: Page) -> dict[str, PageKind]:
    """Return the pages that may list accounts, and what each is; frames only where they are all."""
    found = {one.url: kind for one in page.onward if (kind := _kind(one)) is not None}
    if _is_frameset(page):
        found = dict.fromkeys((one.url for one in page.onward), PageKind.FRAME)
    found.pop(page.url, None)
    return found


def _is_frameset(page: Page) -> bool:
    return bool(page.onward) and all(one.frame for one in page.onward)


def _kind(link: Onward) -> PageKind | None:
    path = urlsplit(link.url).path
    ending = path.rpartition("/")[2].lower().rpartition(".")
    if link.frame or (ending[1] and ending[2] in default_table().websites.get("files", ())):
        return None
    kind = site_words().page_kind(link.label, path)
    return PageKind(kind) if kind else None


def _is_page(response: Response) -> bool:
    declared = response.headers.get("content-type", "").lower()
    return "html" in declared or (not declared.strip() and is_html(response))

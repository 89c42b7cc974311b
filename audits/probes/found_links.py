"""What became of a link on an official website: an account it names, or why it is none.

Also the reading of a whole site. Values only; who reads is `site_reading.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audits.probes.link_places import Place
from audits.probes.sightings import Reason
from inventory.language import N_, _
from inventory.vocabulary import LeadOrigin


class Ignored(StrEnum):
    """Why a link that leads to a platform is not the site's word for an account of its own."""

    SHARE = "share"
    OPAQUE = "opaque"  # it leads somewhere on the platform, but does not say to whom
    EMBED = "embed"
    POST = "post"
    GROUP = "group"
    DEFAULT = "default"
    ARTICLE = "article"
    COMMENT = "comment"
    PERSON = "person"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_IGNORED[self])


class PageKind(StrEnum):
    """Which page of a site a link stood on."""

    HOME = "home"
    FRAME = "frame"
    SOCIAL = "social"
    CONTACT = "contact"
    LINKS = "links"
    ABOUT = "about"
    MANIFEST = "manifest"


@dataclass(frozen=True, slots=True)
class FoundLink:
    """An account that a source names as the organisation's own; `page` is where it stands."""

    key: str
    platform: str
    url: str
    origin: LeadOrigin
    page: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class IgnoredLink:
    """A link that names no account of the site's own, and why; `key` when it names another's."""

    url: str
    why: Ignored
    page: str
    platform: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page that was read: where it came from in the end and the hash of what came."""

    url: str
    kind: PageKind
    http_status: int
    sha256: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class PageFailure:
    """A page that was asked for and could not be read. `optional` pages need not exist."""

    url: str
    kind: PageKind
    reason: Reason
    detail: str = ""
    http_status: int | None = None
    optional: bool = False


class SiteRemark(StrEnum):
    """What else a reading has to say about a site."""

    NO_SITE = "no_site"
    MOVED = "moved"
    CUT_SHORT = "cut_short"
    NO_LINKS = "no_links"
    PAGES_LEFT = "pages_left"
    FOREIGN_MANIFEST = "foreign_manifest"

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_REMARKS[self])


@dataclass(frozen=True, slots=True)
class SiteReading:
    """What one organisation's official website said at a time (`at`, UTC).

    `host` is where it was read in the end. `whole` is True when home page and every page that
    could list accounts were read to their end: only then does silence mean anything.
    """

    organisation_id: int
    at: datetime
    host: str
    pages: tuple[PageRead, ...] = ()
    links: tuple[FoundLink, ...] = ()
    ignored: tuple[IgnoredLink, ...] = ()
    failures: tuple[PageFailure, ...] = ()
    remarks: tuple[tuple[SiteRemark, str], ...] = ()
    whole: bool = False

    @property
    def home(self) -> PageRead | None:
        """The home page, when it was read."""
        return next((page for page in self.pages if page.kind is PageKind.HOME), None)

    @property
    def why_not(self) -> Reason:
        """Why the site does not tell; of several reasons the first."""
        return next(
            (failure.reason for failure in self.failures if not failure.optional), Reason.NO_MARKER
        )

    def naming(self, key: str) -> Iterator[FoundLink]:
        """Yield the links that name the account of a key."""
        return (link for link in self.links if link.key == key)

    def page_named(self, url: str) -> PageRead | None:
        """Return the page of an address, when it was read."""
        return next((page for page in self.pages if page.url == url), None)


PLACES = {
    Place.HEAD: N_("head of the page"),
    Place.HEADER: N_("header"),
    Place.FOOTER: N_("footer"),
    Place.SOCIAL: N_("list of accounts"),
    Place.BODY: N_("text of the page"),
    Place.ARTICLE: N_("text of the page"),
}
"""The words for the parts of a page in which a link counts; looked up with `_()`."""

_IGNORED = {
    Ignored.SHARE: N_("a button for sharing"),
    Ignored.OPAQUE: N_("an address that does not say whose it is"),
    Ignored.EMBED: N_("embedded content"),
    Ignored.POST: N_("a post"),
    Ignored.GROUP: N_("a group or an invitation"),
    Ignored.DEFAULT: N_("left over from the theme, or never filled in"),
    Ignored.ARTICLE: N_("in an article"),
    Ignored.COMMENT: N_("in a comment"),
    Ignored.PERSON: N_("a person's own profile"),
    Ignored.OTHER: N_("no account"),
}
_REMARKS = {
    SiteRemark.NO_SITE: N_("no official website is recorded"),
    SiteRemark.MOVED: N_("the website leads to another site"),
    SiteRemark.CUT_SHORT: N_("a page is larger than what is read"),
    SiteRemark.NO_LINKS: N_("the home page shows its links only in a browser"),
    SiteRemark.PAGES_LEFT: N_("more pages could list accounts than are read"),
    SiteRemark.FOREIGN_MANIFEST: N_("the manifest is of another site"),
}

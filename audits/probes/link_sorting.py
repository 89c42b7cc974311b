"""From a mark on a page to an account the site names as its own, or to why it is none."""

import re
from collections.abc import Collection, Iterable
from urllib.parse import parse_qs, urlsplit

from audits.probes.found_links import PLACES, FoundLink, Ignored, IgnoredLink, PageKind
from audits.probes.link_places import Place
from audits.probes.page_links import Mark
from audits.probes.site_words import site_words
from inventory.identity import Identity, NotAccount, NotAnAccount, identify
from inventory.language import _
from inventory.platforms import default_table

_NO_ACCOUNTS = frozenset({"website", "rss"})  # kept in the inventory, but no word of ownership
_IGNORED = {
    NotAccount.POST: Ignored.POST,
    NotAccount.GROUP: Ignored.GROUP,
    NotAccount.INVITE: Ignored.GROUP,
}
# What a button for sharing carries: the page to be shared, in one of these.
_CARRIED = {"u", "url", "text", "href", "link", "status", "title", "body", "via", "app_id"}
_SHARING = re.compile(
    r"/(?:sharer?(?:\.php)?|share[-_]?(?:article|offsite|ui)|sharing|intent|dialog)\b", re.I
)
_PERSONAL = {"linkedin in"}

Sorted = FoundLink | IgnoredLink


def sort_marks(
    marks: Iterable[Mark], page: str, kind: PageKind, domains: Collection[str]
) -> tuple[list[FoundLink], list[IgnoredLink]]:
    """Return the accounts that the marks of a page name as its own, and what was passed over.

    `domains` are the organisation's own. Links to its own pages and to sites that are no
    platform's are in neither list.
    """
    found: list[FoundLink] = []
    ignored: list[IgnoredLink] = []
    for mark in marks:
        result = sort_mark(mark, page, kind, domains)
        if isinstance(result, FoundLink):
            found.append(result)
        elif result is not None:
            ignored.append(result)
    return found, ignored


def sort_mark(mark: Mark, page: str, kind: PageKind, domains: Collection[str]) -> Sorted | None:
    """Return what one mark is; None when it leads to no platform at all."""
    outcome = identify(mark.text, mark.platform, official_domains=domains)
    if isinstance(outcome, NotAnAccount):
        return _no_account(mark, outcome, page)
    if not isinstance(outcome, Identity) or outcome.platform in _NO_ACCOUNTS:
        return None
    why = _why_not(mark, outcome, kind)
    if why is not None:
        return IgnoredLink(mark.text, why, page, outcome.platform, outcome.key)
    return FoundLink(outcome.key, outcome.platform, outcome.url, mark.origin, page, _context(mark))


def _why_not(mark: Mark, account: Identity, kind: PageKind) -> Ignored | None:
    if mark.place is Place.COMMENT:
        return Ignored.COMMENT
    if mark.place is Place.EMBED:
        return Ignored.EMBED
    if site_words().is_default(account.handle):
        return Ignored.DEFAULT
    if account.personal_form in _PERSONAL:
        return Ignored.PERSON
    if mark.place is Place.NEWS or (mark.place is Place.ARTICLE and kind is PageKind.HOME):
        return Ignored.ARTICLE
    return None


def _no_account(mark: Mark, outcome: NotAnAccount, page: str) -> IgnoredLink | None:
    if outcome.what in (NotAccount.OWN_SITE_PAGE, NotAccount.FILE, NotAccount.MAIL_ADDRESS):
        return None
    if outcome.what is NotAccount.SHARE_LINK:
        why = _share(mark)
    elif outcome.what is NotAccount.PAGE:
        if outcome.platform is None:
            return None
        why = Ignored.DEFAULT if _is_front(outcome.url) else Ignored.OTHER
    else:
        why = _IGNORED.get(outcome.what, Ignored.OTHER)
    if why is not Ignored.SHARE and mark.place in (Place.EMBED, Place.COMMENT):
        why = Ignored.EMBED if mark.place is Place.EMBED else Ignored.COMMENT
    return IgnoredLink(mark.text, why, page, outcome.platform or _named(mark), outcome.key)


def _named(mark: Mark) -> str | None:
    """Return the platform that the words of a link name: a short address has no other sign."""
    platform = default_table().named(mark.label) if mark.label else None
    return platform.key if platform else None


def _share(mark: Mark) -> Ignored:
    """Tell a button that shares this page from a short address of somebody's account."""
    try:
        parts = urlsplit(mark.text)
        carried = parse_qs(parts.query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return Ignored.SHARE
    carries = not _CARRIED.isdisjoint(name.lower() for name in carried)
    if carries or (_SHARING.match(parts.path) and not re.match(r"/share/\w", parts.path)):
        return Ignored.SHARE
    return Ignored.OPAQUE if mark.place not in (Place.NEWS, Place.COMMENT) else Ignored.SHARE


def _is_front(url: str) -> bool:
    return urlsplit(url).path.strip("/") in ("", "home", "login", "index.php")


def _context(mark: Mark) -> str:
    place = PLACES.get(mark.place)
    where = _(place) if place else ""
    return f"{where}: {mark.label}" if where and mark.label else where or mark.label

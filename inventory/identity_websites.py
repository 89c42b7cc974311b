"""Addresses on hosts of no platform: a website, its pages, its feeds and its files."""

from collections.abc import Collection
from urllib.parse import quote

from inventory.addresses import Address, without_trailing
from inventory.identity_forms import NotAccount
from inventory.identity_grammar import KeyKind
from inventory.identity_outcomes import Identity, NotAnAccount, Outcome
from inventory.platforms import Platform, Table

_SITES = {"website", "blog"}


def read(
    address: Address, hint: Platform | None, official: Collection[str], table: Table
) -> Outcome:
    """Return what an address outside all platforms is; the front page stands for its site."""
    own = is_official(address.host, official, table)
    if is_feed(address, table):
        return NotAnAccount(
            NotAccount.FEED,
            "rss",
            clean(address, table),
            f"rss:{KeyKind.FEED}:{_place(address, table)}",
        )
    if is_file(address, table):
        return NotAnAccount(NotAccount.FILE, None, clean(address, table))
    wanted = hint is None or hint.key in _SITES
    if is_front_page(address, table, own=own):
        if wanted or not own:
            return _site(address, address.bare_host(), _root(address))
    elif hint is not None and wanted:
        return _site(address, _place(address, table), clean(address, table))
    what = NotAccount.OWN_SITE_PAGE if own else NotAccount.PAGE
    return NotAnAccount(what, None, clean(address, table))


def is_official(host: str, official: Collection[str], table: Table) -> bool:
    """Say whether a host is, or lies under, one of the organisation's domains or a government's."""
    domains = {domain.lower().strip(". ").removeprefix("www.") for domain in official}
    domains |= table.websites.get("government", frozenset())
    while host:
        if host in domains:
            return True
        host = host.partition(".")[2]
    return False


def is_front_page(address: Address, table: Table, *, own: bool = False) -> bool:
    """Say whether an address means the whole site (`/`, `/index.php/ms`, `/portal/`).

    On the organisation's own host its name in the path is still the front page (`kpx.gov.my/kpx/`).
    """
    if _meaning(address, table):
        return False
    front = table.websites.get("front", frozenset())
    labels = address.host.split(".") if own else ()
    return all(segment in front or segment in labels for segment in address.lowered)


def is_feed(address: Address, table: Table) -> bool:
    """Say whether an address has the form of a news feed."""
    last = address.lowered[-1] if address.lowered else ""
    words = table.websites
    return (
        address.scheme == "feed"
        or last in words.get("feed_ends", ())
        or last.endswith((".rss", ".atom"))
        or address.lowered[:1] == ("feed",)
        or "/".join(address.lowered).endswith("feeds/posts/default")
        or any(name in address.query for name in words.get("feed_parameters", ()))
    )


def is_file(address: Address, table: Table) -> bool:
    """Say whether the last segment names a file to load rather than a page to read."""
    last = address.lowered[-1] if address.lowered else ""
    return "." in last and last.rpartition(".")[2] in table.websites.get("files", ())


def clean(address: Address, table: Table) -> str:
    """Return the address without what only tracks the reader, encoded one way."""
    web = address.scheme in ("http", "https")
    scheme = address.scheme if web or address.scheme != "feed" else "https"
    port = f":{address.port}" if address.port else ""
    place = _path(address, table)
    if web and not place.startswith("/"):
        place = f"/{place}"
    return f"{scheme}://{address.host}{port}{place}"


def _site(address: Address, value: str, url: str) -> Identity:
    return Identity("website", KeyKind.HOST, value, url, value, None)


def _root(address: Address) -> str:
    port = f":{address.port}" if address.port else ""
    return f"{address.scheme}://{address.host}{port}/"


def _place(address: Address, table: Table) -> str:
    """Return host, path and meaningful query: what tells two pages of one host apart."""
    return f"{address.bare_host()}{_path(address, table)}"


def _path(address: Address, table: Table) -> str:
    path = "".join(f"/{_encoded(part)}" for part in address.path)
    return without_trailing(f"{path}{_meaning(address, table)}").rstrip("/")


def _meaning(address: Address, table: Table) -> str:
    """Return the query without tracking, its pairs in order of name; `""` when nothing is left."""
    if not address.query_text:
        return ""
    tracking = table.websites.get("tracking", frozenset())
    pairs = (pair for pair in address.query_text.split("&") if pair)
    kept = sorted(
        quote(pair, safe="%=:/?@!$'()*+,;~-._[]")
        for pair in pairs
        if pair.partition("=")[0].lower() not in tracking
    )
    return "?" + "&".join(kept) if kept else ""


def _encoded(part: str) -> str:
    return part if part.isalnum() and part.isascii() else quote(part, safe="@:!$&'()*+,;=-._~")

"""Addresses as people write them, taken apart; nothing here knows any platform."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

# Characters that are never seen and never part of a name: soft hyphen, zero-width space and
# directional marks. Joiners stay: in some scripts they belong to the letters.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_WRAPPING = " \t\r\n\"'`“”‘’«»<>\u00a0"
_TRAILING = ".,;:!?"

# What comes before an address in a cell ("FB: https://…", '=HYPERLINK("https://…') holds no slash.
_BEFORE = re.compile(r"([^/?#]*?(?:[\s(\"'<>:\[,;=]))(?=(?:https?|feed)://)", re.IGNORECASE)
# Where a caption after an address begins.
_AFTER = re.compile(r"[\"<>]|[,;]\s|\s+[(\[|–—-]|\s+(?:dan|and)\s")
_SCHEME = re.compile(r"(?:(?:h[tx]{2}ps?|ttps?)\s*(?:[:;]\s*[/\\]+|[/\\]{2,}|:(?=www\.)))+", re.I)
_OTHER_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,30}):(?://)?", re.IGNORECASE)
_PARTS = re.compile(r"([^/?#\\]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_HOST = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})"
)
_HASHBANG_PAGES = {"", "/", "/home.php", "/index.php"}
_USUAL_PORTS = {"", "80", "443"}


@dataclass(slots=True)
class Tidied:
    """One address freed of its packing: the text, and the caption that stood before it."""

    text: str
    caption: str = ""


@dataclass(frozen=True)
class Address:
    """An address in parts: host lower-case and ASCII, path decoded, usual ports dropped."""

    scheme: str
    host: str
    port: str
    path: tuple[str, ...]
    """The decoded segments, without empty ones and with `.` and `..` resolved."""
    lowered: tuple[str, ...]
    """The segments in lower case, to compare with the words of a form."""
    query_text: str
    fragment: str
    userinfo: str = ""

    @cached_property
    def query(self) -> dict[str, str]:
        """The first value of each parameter, decoded; names in lower case."""
        found: dict[str, str] = {}
        for pair in self.query_text.split("&"):
            name, _, value = pair.partition("=")
            if name:
                found.setdefault(name.lower(), decoded(value))
        return found

    def bare_host(self) -> str:
        """Return the host without its leading `www.`, with an unusual port."""
        host = without_www(self.host)
        return f"{host}:{self.port}" if self.port else host

    def has_name(self) -> bool:
        """Say whether the host is a name that can exist on the internet."""
        return _HOST.fullmatch(self.host) is not None


def decoded(text: str) -> str:
    """Return one query value with `+` and percent signs read, in normal form."""
    if "%" in text or "+" in text:
        return normal(unquote(text.replace("+", " ")))
    return text


def normal(text: str) -> str:
    """Return the compatibility form (NFKC), in which one text is written one way."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def tidy(text: str) -> Tidied:
    """Return the address or name of a cell without quotes, captions and hidden characters."""
    text = normal(_INVISIBLE.sub("", text)).strip(_WRAPPING)
    if "  " in text or "\n" in text:
        text = " ".join(text.split())
    if "&amp;" in text:
        text = text.replace("&amp;", "&")
    if text[:10].lower().startswith(("http%3a", "https%3a")):
        text = unquote(text)
    caption = ""
    if before := _BEFORE.match(text):
        caption = before[1].strip(_WRAPPING + "([:=-,;")
        text = text[before.end() :]
    if ("/" in text or text.startswith("@")) and (after := _AFTER.search(text)):
        text = text[: after.start()]
    return Tidied(without_trailing(text).strip(_WRAPPING), caption)


def without_trailing(text: str) -> str:
    """Return the text without the punctuation of the sentence it stood in."""
    text = text.rstrip(_WRAPPING + _TRAILING)
    while text and text[-1] in ")]}" and "([{"[")]}".index(text[-1])] not in text:
        text = text[:-1].rstrip(_WRAPPING + _TRAILING)
    return text


def is_cut_off(text: str) -> bool:
    """Say whether the text ends in an ellipsis: the rest of the address was lost on the way."""
    return text.rstrip(_WRAPPING).endswith(("…", "..."))


def scheme_of(text: str) -> str:
    """Return the scheme the text begins with (`https`, `mailto`, `tg`…), mended; `""` when none."""
    if _SCHEME.match(text):
        return "https"
    found = _OTHER_SCHEME.match(text)
    if not found or (":" in text and "." in found[1]):
        return ""
    return found[1].lower()


def parse(text: str) -> Address | None:
    """Take an address apart, a missing scheme read as https; None when there is no host in it."""
    scheme = "http" if text[:7].lower() == "http://" else "https"
    if web := _SCHEME.match(text):
        rest = text[web.end() :]
    elif "://" in text[:32]:
        other, _, rest = text.partition("://")
        scheme = other.lower()
    else:
        rest = text.lstrip("/")
    found = _PARTS.match(rest)
    if found is None:
        return None
    authority, path, query, fragment = found.groups(default="")
    userinfo, _, name = authority.rpartition("@")
    host, _, port = name.partition(":")
    host = ascii_host(host)
    if not host or (port and not port.isdigit()):
        return None
    path, query, fragment = _hashbang(path.replace("\\", "/"), query, fragment)
    usual = "" if port in _USUAL_PORTS else port
    segments = _segments(path)
    lowered = tuple(part.lower() for part in segments)
    return Address(scheme, host, usual, segments, lowered, query, fragment, userinfo)


def without_www(host: str) -> str:
    """Return the host without a leading `www.`, unless nothing but an ending would be left."""
    return host.removeprefix("www.") if host.count(".") > 1 else host


def ascii_host(host: str) -> str:
    """Return a host name in lower-case ASCII (IDNA 2008), or `""` when it cannot be one."""
    host = unquote(host) if "%" in host else host
    if host.isascii():
        return host.strip(". \t").lower()
    if len(host) > 253:
        return ""
    import idna

    try:
        return idna.encode(host.strip(". "), uts46=True).decode("ascii").lower()
    except idna.IDNAError:
        return ""


def _hashbang(path: str, query: str, fragment: str) -> tuple[str, str, str]:
    """Move an old script address (`/#!/name?x=y`) to where the platform reads it today."""
    if not fragment.startswith("!") or path not in _HASHBANG_PAGES:
        return path, query, fragment
    path, _, query = fragment[1:].partition("?")
    return path if path.startswith("/") else f"/{path}", query, ""


def _segments(path: str) -> tuple[str, ...]:
    parts = [part for part in path.split("/") if part]
    if "%" in path:
        parts = [normal(unquote(part)) for part in parts]
    if "." in parts or ".." in parts:
        parts = _without_dots(parts)
    return tuple(parts)


def _without_dots(parts: list[str]) -> list[str]:
    kept: list[str] = []
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    return kept

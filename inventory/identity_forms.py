"""The forms an address takes, written as templates and matched part by part.

A form is one line of `platforms.toml`: a template, and after `->` what such an address is.

    /profile.php?id={id}      -> personal profile.php
    /{handle}/posts/**        -> post
    {blog}.blogspot.com/**
    l.facebook.com/l.php?u={url} -> open

`/…` stands for every host of the platform, `host/…` for that host alone. `{name}` captures a value,
`{name:9}` one of at least nine characters, `{name*}` at the end all segments that follow; `*` is
any text, `**` at the end any number of segments.
Without `->` the address is the account itself; `open` goes on with the address it carries.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from inventory.addresses import Address, decoded


class NotAccount(StrEnum):
    """What an address is when it is not an account."""

    SHARE_LINK = "share_link"
    POST = "post"
    SEARCH_PAGE = "search_page"
    FEED = "feed"
    GROUP = "group"
    INVITE = "invite"
    PHONE_LINK = "phone_link"
    OWN_SITE_PAGE = "own_site_page"
    PAGE = "page"
    APP = "app"
    MAIL_ADDRESS = "mail_address"
    FILE = "file"


OPEN = "open"
_CAPTURE = re.compile(r"\{([a-z_]+)(?::(\d+)|(\*))?\}")
_Segment = str | re.Pattern[str]


class _Parts(NamedTuple):
    segments: tuple[_Segment, ...]
    rest: str
    query: Mapping[str, _Segment]
    fragment: _Segment | None


@dataclass(frozen=True)
class Form:
    """One template. `what` is None for an account; `personal` names a personal-profile form."""

    host: str
    template: str
    what: NotAccount | None = None
    opens: bool = False
    personal: str | None = None

    @cached_property
    def _parts(self) -> _Parts:
        path, _, fragment = self.template.partition("#")
        path, _, query = path.partition("?")
        segments = [part for part in path.split("/") if part]
        wanted = (pair.partition("=") for pair in query.split("&") if pair)
        rest = ""
        if segments and (segments[-1] == "**" or segments[-1].endswith("*}")):
            rest = segments.pop().strip("{*}") or "**"
        return _Parts(
            tuple(_segment(part) for part in segments),
            rest,
            {name: _segment(value, ".+") for name, _, value in wanted},
            _segment(fragment, ".+") if fragment else None,
        )

    @property
    def first_word(self) -> str | None:
        """The literal first segment, by which forms are found quickly; None when it varies."""
        segments = self._parts.segments
        return segments[0] if segments and isinstance(segments[0], str) else None

    @cached_property
    def sub_domain(self) -> re.Pattern[str] | None:
        """The pattern of a sub-domain that carries a value (`{blog}.blogspot.com`), else None."""
        name, brace, _ = self.host.rpartition("}.")
        return _pattern(name + "}", "[^.]+") if brace else None

    @property
    def captures(self) -> tuple[str, ...]:
        """The names of the values this form captures."""
        return tuple(found[0] for found in _CAPTURE.findall(f"{self.host}/{self.template}"))

    def match(self, address: Address, sub_domain: str = "") -> dict[str, str] | None:
        """Return what the template captures from the address, or None when it does not fit."""
        segments, rest, query, fragment = self._parts
        path = address.path
        if len(path) < len(segments) or (len(path) > len(segments) and not rest):
            return None
        found: dict[str, str] = {}
        if self.sub_domain is not None and not _take(self.sub_domain, sub_domain, found):
            return None
        if rest and rest != "**":
            found[rest] = "/".join(path[len(segments) :])
        for index, segment in enumerate(segments):
            if isinstance(segment, str):
                if segment != address.lowered[index]:
                    return None
            elif not _take(segment, path[index], found):
                return None
        if query and not all(
            name in address.query and _fits(part, address.query[name], found)
            for name, part in query.items()
        ):
            return None
        if fragment is not None and not _fits(fragment, decoded(address.fragment), found):
            return None
        return found


def form_from(line: str) -> Form:
    """Read one line of a table; raises ValueError when what follows `->` is not known."""
    template, _, outcome = (part.strip() for part in line.partition("->"))
    host = "" if template.startswith("/") else host_of(template)
    template = template[len(host) :]
    if outcome.startswith("personal "):
        return Form(host, template, personal=outcome.removeprefix("personal ").strip())
    if outcome == OPEN:
        return Form(host, template, opens=True)
    return Form(host, template, NotAccount(outcome) if outcome else None)


def host_of(template: str) -> str:
    """Return the host a template names, `""` when it stands for all hosts of the platform."""
    scheme, slashes, rest = template.rpartition("://")
    return scheme + slashes + re.split(r"[/?#\s]", rest, maxsplit=1)[0]


def _segment(part: str, anything: str = "[^/]+") -> _Segment:
    return _pattern(part, anything) if "{" in part or "*" in part else part.lower()


def _pattern(part: str, anything: str) -> re.Pattern[str]:
    """Compile a segment with captures; each piece is one repeat, so matching stays linear."""
    pieces: list[str] = []
    position = 0
    for found in _CAPTURE.finditer(part):
        pieces.append(_literal(part[position : found.start()]))
        size = f"{{{found[2]},}}" if found[2] else "+"
        pieces.append(f"(?P<{found[1]}>{anything[:-1] if not found[2] else '[^/-]'}{size})")
        position = found.end()
    pieces.append(_literal(part[position:]))
    return re.compile("".join(pieces), re.IGNORECASE | re.DOTALL)


def _literal(text: str) -> str:
    return ".*".join(re.escape(piece) for piece in text.split("*"))


def _fits(part: _Segment, text: str, found: dict[str, str]) -> bool:
    return part == text.lower() if isinstance(part, str) else _take(part, text, found)


def _take(pattern: re.Pattern[str], text: str, found: dict[str, str]) -> bool:
    match = pattern.fullmatch(text)
    if match is None:
        return False
    found.update(match.groupdict())
    return True

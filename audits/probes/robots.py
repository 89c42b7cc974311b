"""What a site asks of robots (RFC 9309), read by its first words only: a group, its rules, a pause.

Patterns are matched piece by piece from the left, never as regular expressions: a hostile file
cannot make matching slow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, unquote_to_bytes

PRODUCT = "rasmi"
LIMIT = 500 * 1024  # RFC 9309, 2.5: a crawler reads at least 500 kibibytes
KEPT = timedelta(hours=24)  # RFC 9309, 2.4
KEPT_IN_TROUBLE = timedelta(hours=1)
_MOST_RULES = 5_000
_SAFE = "!$&'()*+,-./:;=?@_~"  # what stays as it is when paths are compared


@dataclass(frozen=True, slots=True)
class KeptRobots:
    """One site's robots.txt as it was answered: its status, its text when there was one."""

    asked_at: datetime
    status: int
    text: str = ""

    def holds(self, now: datetime) -> bool:
        """Say whether the answer is fresh enough to go by."""
        kept = KEPT_IN_TROUBLE if self.status >= 500 else KEPT
        return timedelta(0) <= now - self.asked_at < kept


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that hold for this program: patterns with whether they allow, and the pause."""

    patterns: tuple[tuple[str, bool], ...] = ()
    crawl_delay: float | None = None

    def allow(self, target: str) -> bool:
        """Say whether a path (with its query) may be asked: the longest matching pattern decides.

        Of two that are as long, the one that allows (RFC 9309, 2.2.2).
        """
        path = _comparable(target or "/")
        longest, allowed = -1, True
        for pattern, allows in self.patterns:
            if len(pattern) < longest or (len(pattern) == longest and not allows):
                continue
            if matches(pattern, path):
                longest, allowed = len(pattern), allows
        return allowed


NOTHING_ALLOWED = Rules((("/", False),))


def rules_of(kept: KeptRobots) -> Rules:
    """Return the rules of an answer: no file allows all, a server in trouble allows nothing.

    RFC 9309, 2.3.1.3 and 2.3.1.4.
    """
    if kept.status >= 500:
        return NOTHING_ALLOWED
    if kept.status >= 400:
        return Rules()
    return parsed(kept.text)


def parsed(text: str, product: str = PRODUCT) -> Rules:
    """Return the rules for the product: those of its own groups together, else those for all."""
    own, for_all = _Group(), _Group()
    current: list[_Group] = []
    naming = False
    for field, value in _lines(text):
        if field == "user-agent":
            if not naming:
                current = []
            naming = True
            named = _group(value, product, own, for_all)
            if named and named not in current:
                current.append(named)
                named.seen = True
        elif field in ("allow", "disallow", "crawl-delay"):
            naming = False
            for group in current:
                group.add(field, value)
    return (own if own.seen else for_all).rules()


def matches(pattern: str, path: str) -> bool:
    """Say whether the pattern, with `*` for anything and `$` for the end, fits the path's start."""
    ends = pattern.endswith("$")
    first, *others = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not ends or path == first
    place = len(first)
    for part in others[:-1] if ends else others:
        place = path.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return not ends or (path.endswith(others[-1]) and len(path) - len(others[-1]) >= place)


class _Group:
    """The rules of one or more groups while they are read."""

    def __init__(self) -> None:
        self.seen = False
        self._patterns: list[tuple[str, bool]] = []
        self._delay: float | None = None

    def add(self, field: str, value: str) -> None:
        if field == "crawl-delay":
            if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
                self._delay = float(value)
        elif value.startswith(("/", "*")) and len(self._patterns) < _MOST_RULES:
            self._patterns.append((_comparable(value), field == "allow"))

    def rules(self) -> Rules:
        return Rules(tuple(self._patterns), self._delay)


def _group(value: str, product: str, own: _Group, for_all: _Group) -> _Group | None:
    if value.startswith("*"):
        return for_all
    found = re.match(r"[A-Za-z_-]+", value)
    return own if found and found[0].lower() == product else None


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield the fields in lower case with their values; comments and nonsense are left out."""
    for line in re.split(r"[\r\n]+", text.removeprefix("\ufeff")):
        field, colon, value = line.split("#", 1)[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()


def _comparable(path: str) -> str:
    """Return the path with its percent signs settled, so that one spelling is compared.

    An encoded `/`, `*` or `$` stays encoded: it is not the character itself.
    """
    kept = re.split(r"(%2[AaFf4])", path[:2_048])
    return "".join(
        part.upper() if number % 2 else quote(unquote_to_bytes(part), safe=_SAFE)
        for number, part in enumerate(kept)
    )

"""Reading `adapters.toml`: what to ask, what the answer must hold, and whom to ask first.

A definition that could conclude too much is refused when it is loaded: without both canaries,
without a way to say yes and a way to say no (or the word that it never does), with a status for
evidence where nobody declared that status honest, or with a pattern that could be made slow.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from string import ascii_lowercase
from typing import Any

from audits.probes.exchange import Target
from audits.probes.platform_names import address_of, is_possible
from audits.probes.remarks import Remark
from audits.probes.sightings import Outcome, Reason
from audits.words import Incomplete, Words, words_from
from inventory.language import _
from inventory.platforms import default_table
from inventory.safe_text import visible

TABLE_FILE = Path(__file__).with_name("adapters.toml")

CAPTURED = frozenset({"platform_id", "handle", "display_name", "bio", "links", "badge"})
_HONEST = frozenset({404, 410})
_PLACE = re.compile(r"(title)|(meta|link|json|script) (\S+)(?: (\S.*))?")
_ADDRESS = re.compile(r"https://(?:[a-z0-9.-]+|\{value\})/[^\s]*")
_LOOSE = re.compile(r"[*+]|\{\d*,\}")  # a repeat without an end
_REPEATS = re.compile(r"\{\d*,\d+\}")
_LONGEST_REPEAT = 300
_REASONS = frozenset(Reason)


class DefinitionRefused(Exception):
    """The table of adapters cannot be used; the message names the entry and its fault."""


class _Fault(Exception):
    """What is wrong, without saying where."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an answer to look: its title, a meta, a link, its JSON or a script's JSON."""

    kind: str
    name: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer holds when it means something: all of it, at one of the statuses."""

    means: Outcome | Reason
    status: frozenset[int]
    has: tuple[tuple[Place, str], ...] = ()
    text: tuple[str, ...] = ()
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """One value taken from an answer that was found; for a badge, what it says there."""

    fills: str
    place: Place
    like: str | None = None
    shown: str | None = None
    not_shown: str | None = None


@dataclass(frozen=True, slots=True)
class Canaries:
    """An account that exists, and the pattern of a name nobody has (`?` is a letter)."""

    platform: str
    kind: str
    known_good: str
    known_bad: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One adapter that is nothing but data."""

    name: str
    site: str
    platforms: tuple[str, ...]
    kinds: tuple[str, ...]
    address: str
    feed: str | None
    headers: Mapping[str, str]
    only: str | None
    marks: tuple[Mark, ...]
    captures: tuple[Capture, ...]
    canaries: Canaries
    never: frozenset[Outcome]
    opt_in: bool
    official: bool
    honour_robots: bool
    limit: int
    terms: str | None
    notice: Words | None


@dataclass(frozen=True, slots=True)
class Walls:
    """What stands between a program and the page it asked for; all lower case."""

    challenge_titles: tuple[str, ...]
    challenge_marks: tuple[str, ...]
    challenge_words: tuple[str, ...]
    challenge_paths: tuple[str, ...]
    login_titles: tuple[str, ...]
    login_words: tuple[str, ...]
    login_paths: tuple[str, ...]
    login_hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parking:
    """What a website shows when nobody lives there; all lower case."""

    parked_titles: tuple[str, ...]
    parked_words: tuple[str, ...]
    parked_hosts: tuple[str, ...]
    placeholder_titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """The whole of `adapters.toml`."""

    adapters: Mapping[str, Definition]
    canaries: Mapping[str, Canaries]
    walls: Walls
    parking: Parking


def load(path: Path | None = None) -> Definitions:
    """Read a table of adapters. Raises DefinitionRefused for the first entry that cannot be used.

    OSError passes when the file cannot be read.
    """
    with (path or TABLE_FILE).open("rb") as file, _naming("TOML"):
        raw = tomllib.load(file)
    coded: dict[str, Canaries] = {}
    for name, table in raw.get("canaries", {}).items():
        with _naming(name):
            coded[name] = _canaries(table, table["platform"], table["kind"])
    adapters: dict[str, Definition] = {}
    for name, table in raw.get("adapters", {}).items():
        with _naming(name):
            adapters[name] = _definition(name, table)
    with _naming("walls"):
        found = Walls(**_lists(raw["walls"], {one.name for one in fields(Walls)}))
    with _naming("parking"):
        parking = Parking(**_lists(raw["parking"], {one.name for one in fields(Parking)}))
    return Definitions(adapters, coded, found, parking)


@cache
def shipped() -> Definitions:
    """Return the table that ships with the program."""
    return load()


def walls() -> Walls:
    """Return the marks of logins and challenges, for all adapters."""
    return shipped().walls


def canaries(adapter: str, day: date) -> tuple[Target | None, Target | None]:
    """Return the account that exists and the name nobody has, of an adapter that is code.

    Both are None for an adapter whose every account is a world of its own, such as websites.
    """
    given = shipped().canaries.get(adapter)
    return canary_targets(given, adapter, day) if given else (None, None)


def canary_targets(given: Canaries, adapter: str, day: date) -> tuple[Target, Target]:
    """Return both canaries as targets; the bad one is the same all day."""
    good = _target(given, given.known_good)
    return good, _target(given, made_up(given.known_bad, adapter, day))


def made_up(pattern: str, adapter: str, day: date) -> str:
    """Return a possible name nobody has: the pattern with a letter for each `?`, new every day."""
    chosen = Random(f"{adapter} {day.isoformat()}")
    return "".join(chosen.choice(ascii_lowercase) if one == "?" else one for one in pattern)


def _target(given: Canaries, value: str) -> Target:
    return Target(
        account_id=0,
        key=f"{given.platform}:{given.kind}:{value}",
        platform=given.platform,
        kind=given.kind,
        value=value,
        handle=value,
        url=address_of(given.platform, given.kind, value),
    )


@contextmanager
def _naming(where: str) -> Iterator[None]:
    try:
        yield
    except (_Fault, ValueError, TypeError) as fault:
        why = str(fault)
    except Incomplete as fault:
        why = f"a text lacks {fault}"
    except KeyError as fault:
        why = f"{fault} is missing or not known"
    except re.error as fault:
        why = f"{fault.pattern!r} is no pattern"
    else:
        return
    raise DefinitionRefused(
        _("The table of probes is refused. {where}: {why}.").format(
            where=visible(where), why=visible(why)
        )
    )


def _definition(name: str, table: Mapping[str, Any]) -> Definition:
    _only_known(table, _DEFINED)
    platforms = tuple(table["platforms"])
    if unknown := set(platforms) - set(default_table().platforms):
        raise _Fault(f"no such platform: {min(unknown)}")
    if not _ADDRESS.fullmatch(table["address"]) or "{value}" not in table["address"]:
        raise _Fault("the address must be https, on a host of its own, and hold {value}")
    if "feed" in table and not _ADDRESS.fullmatch(table["feed"]):
        raise _Fault("the feed must be https, on a host of its own")
    marks = tuple(_mark(one, table.get("honest_404", False)) for one in table["marks"])
    _both_ways(marks, table.get("never", ()))
    opt_in = table.get("opt_in", False)
    return Definition(
        name=name,
        site=table["site"],
        platforms=platforms,
        kinds=tuple(table.get("kinds", ("handle",))),
        address=table["address"],
        feed=table.get("feed"),
        headers=dict(table.get("headers", {})),
        only=_safe(table["only"]) if "only" in table else None,
        marks=marks,
        captures=tuple(_capture(*one) for one in table.get("captures", {}).items()),
        canaries=_canaries(table, platforms[0], table.get("kinds", ["handle"])[0]),
        never=frozenset(Outcome(one) for one in table.get("never", ())),
        opt_in=opt_in,
        official=table.get("official", False),
        honour_robots=table.get("honour_robots", False),
        limit=table.get("limit", 2 * 1024 * 1024),
        terms=table["terms"] if opt_in else table.get("terms"),
        notice=words_from(table["notice"]) if opt_in else None,
    )


_DEFINED = frozenset(
    {"site", "platforms", "kinds", "address", "headers", "only", "marks", "captures", "known_good"}
    | {"known_bad", "opt_in", "official", "honour_robots", "limit", "terms"}
    | {"notice", "never", "honest_404", "feed"}
)


def _canaries(table: Mapping[str, Any], platform: str, kind: str) -> Canaries:
    good, bad = table["known_good"], table["known_bad"]
    for value in (good, made_up(bad, "", date(2026, 1, 1))):
        if not is_possible(platform, kind, value):
            raise _Fault(f"{value!r} is no {kind} of {platform}")
    if bad.count("?") < 8:
        raise _Fault("known_bad must be made up of at least eight letters")
    return Canaries(platform, kind, good, bad)


def _mark(table: Mapping[str, Any], honest: bool) -> Mark:
    _only_known(table, frozenset({"means", "status", "has", "text", "remark"}))
    means = _meaning(table["means"])
    status = frozenset(table.get("status", [200]))
    has = tuple((place_from(where), _safe(like)) for where, like in table.get("has", {}).items())
    text = tuple("".join(one.lower().split()) for one in table.get("text", ()))
    if not (has or text) and not (means is Outcome.NOT_FOUND and honest and status <= _HONEST):
        raise _Fault(f"{means} would rest on a status alone")
    if means is Outcome.NOT_FOUND and status & _HONEST and not honest:
        raise _Fault("a 404 counts only with honest_404 = true")
    remark = Remark(table["remark"]) if "remark" in table else None
    return Mark(means, status, has, text, remark)


def _meaning(word: str) -> Outcome | Reason:
    if word in _REASONS:
        return Reason(word)
    meant = Outcome(word)
    if meant is Outcome.UNKNOWN:
        raise _Fault("a mark that means unknown must give its reason")
    return meant


def _both_ways(marks: tuple[Mark, ...], never: object) -> None:
    """Refuse a definition that has no way to say yes, or none to say no, and does not own up."""
    said = {mark.means for mark in marks}
    for way in (Outcome.FOUND, Outcome.NOT_FOUND):
        owned = isinstance(never, list) and way in never
        if (way in said) == owned:
            raise _Fault(f"there must be a mark for {way}, or it must be listed under never")


def _capture(fills: str, table: Mapping[str, Any]) -> Capture:
    _only_known(table, frozenset({"from", "like", "shown", "not_shown"}))
    if fills not in CAPTURED:
        raise _Fault(f"nothing is called {fills}")
    if (fills == "badge") != ("shown" in table and "not_shown" in table):
        raise _Fault("a badge, and nothing else, says shown and not_shown")
    like = _safe(table["like"]) if "like" in table else None
    if like and re.compile(like).groups != 1:
        raise _Fault(f"{like!r} must hold one group")
    given = table.get("shown"), table.get("not_shown")
    return Capture(fills, place_from(table["from"]), like, *given)


def place_from(written: str) -> Place:
    """Read a place: `title`, `meta NAME`, `link REL`, `json a/b` or `script ID a/b`."""
    found = _PLACE.fullmatch(written)
    if not found:
        raise _Fault(f"no such place: {written!r}")
    kind, name, path = found[1] or found[2], found[3] or "", found[4] or ""
    if kind == "json":
        return Place(kind, path=f"{name} {path}".strip())
    if (kind == "script") != bool(path):
        raise _Fault(f"no such place: {written!r}")
    return Place(kind, name, path)


def _safe(like: str) -> str:
    """Return a pattern whose matching cannot be made slow: repeats end, few, none in another."""
    plain = re.sub(r"\\.|\[(?:\\.|[^\]\\])+\]", "x", like)
    repeats = _REPEATS.findall(plain)
    longest = max((int(one[1:-1].partition(",")[2]) for one in repeats), default=0)
    if _LOOSE.search(plain) or len(repeats) > 2 or longest > _LONGEST_REPEAT:
        raise _Fault(f"{like!r} repeats too much")
    escapes = re.findall(r"\\(.)", like)
    if re.search(r"\)\{|\(\?[^:P]|\(\?P[^<]", plain) or set(escapes) & set("123456789"):
        raise _Fault(f"{like!r} repeats a group, looks around or refers back")
    re.compile(like.replace("{value}", "x"))
    return like


def _lists(table: Mapping[str, Any], wanted: set[str]) -> dict[str, tuple[str, ...]]:
    _only_known(table, frozenset(wanted))
    found = {name: tuple(table[name]) for name in wanted}
    for name, words in found.items():
        if any(not word or word != word.lower() for word in words):
            raise _Fault(f"{name} must be in lower case")
    return found


def _only_known(table: Mapping[str, Any], known: frozenset[str]) -> None:
    if strange := set(table) - known:
        raise _Fault(f"nothing is called {min(strange)}")

"""The platforms the inventory knows, read from `platforms.toml`; nothing here names one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from inventory.addresses import normal
from inventory.identity_forms import Form, form_from, host_of
from inventory.identity_grammar import Value, value_from
from inventory.language import current

TABLE_FILE = Path(__file__).with_name("platforms.toml")

_LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?")
_WORLD_WIDE_WEB = re.compile(r"www\d{0,2}")
_FIELDS = {
    "name", "aliases", "badges", "closed", "object_kinds", "kin", "hosts", "same_hosts",
    "neutral", "bare", "forms", "reserved", "any_host", "phone_names", "named_by_domain",
}  # fmt: skip


class TableError(ValueError):
    """Raised when the platform table contradicts itself; the text names the platform and field."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform: what it is called, which badges it shows, how it names accounts.

    `badges` is empty where the platform offers none; `closed` means it no longer exists;
    `object_kinds` that it tells pages from personal profiles; `kin` lists platforms whose address
    is no contradiction here (a blog on the agency's own host is a website).
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    badges: tuple[str, ...] = ()
    closed: bool = False
    object_kinds: bool = False
    kin: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    same_hosts: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    neutral: tuple[str, ...] | None = None
    bare: tuple[str, ...] = ()
    reserved: frozenset[str] = frozenset()
    any_host: bool = False
    phone_names: bool = False
    named_by_domain: bool = False
    values: Mapping[str, Value] = field(default_factory=dict, compare=False, repr=False)
    lines: tuple[str, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class Site:
    """One host of the table: whose it is, and the forms its addresses take, by first segment."""

    host: str
    platform: Platform | None
    forms: tuple[Form, ...]
    hosted: tuple[Form, ...]

    @cached_property
    def _by_first(self) -> Mapping[str | None, tuple[Form, ...]]:
        firsts = {form.first_word for form in self.forms} | {None}
        return {
            first: tuple(form for form in self.forms if form.first_word in (first, None))
            for first in firsts
        }

    def candidates(self, first: str) -> tuple[Form, ...]:
        """Return the forms, in order, that an address with this first segment may have."""
        return self._by_first.get(first) or self._by_first[None]


@dataclass(frozen=True)
class Table:
    """The whole of `platforms.toml`; immutable, built once."""

    platforms: Mapping[str, Platform]
    badges: Mapping[str, Mapping[str, str]]
    neutral: frozenset[str]
    websites: Mapping[str, frozenset[str]]
    common: tuple[str, ...] = ()
    _sites: dict[str, Site] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _owners(self) -> Mapping[str, Platform | None]:
        owners: dict[str, Platform | None] = {}
        for platform in self.platforms.values():
            for host in (*platform.hosts, *_own_hosts(platform.lines), *platform.same_hosts):
                if owners.setdefault(host, platform) is not platform:
                    raise TableError(f"{platform.key}.hosts: {host} has another owner")
        for host in _own_hosts(self.common):
            owners.setdefault(host, None)
        return owners

    @cached_property
    def _names(self) -> Mapping[str, Platform]:
        names: dict[str, Platform] = {}
        for platform in self.platforms.values():
            for name in (platform.key, platform.name, *platform.aliases):
                if names.setdefault(_squeezed(name), platform) is not platform:
                    raise TableError(f"{platform.key}.aliases: {name!r} names another platform")
        return names

    @cached_property
    def anywhere(self) -> tuple[tuple[Platform, Site], ...]:
        """The platforms that live on hosts of their own choosing, with their forms."""
        return tuple(
            (platform, Site("", platform, _forms(platform.lines, None, True), ()))
            for platform in self.platforms.values()
            if platform.any_host
        )

    def prove(self) -> None:
        """Raise TableError when two platforms claim one host or one name."""
        for claimed in (self._owners, self._names):
            if not claimed:
                raise TableError("the table is empty")

    def named(self, text: str) -> Platform | None:
        """Return the platform `text` names, by its explicit names only."""
        return self._names.get(_squeezed(text))

    def marked(self, text: str) -> tuple[Platform, Value] | None:
        """Return the value whose mark the text begins with (`did:`): it needs no platform."""
        if ":" not in text:
            return None
        for mark, platform, value in self._marks:
            if text.startswith(mark):
                return platform, value
        return None

    @cached_property
    def _marks(self) -> tuple[tuple[str, Platform, Value], ...]:
        return tuple(
            (mark, platform, value)
            for platform in self.platforms.values()
            for value in platform.values.values()
            for mark in value.marks
        )

    def knows(self, host: str) -> bool:
        """Say whether the host or a domain above it is in the table."""
        return self.site(host) is not None

    def site(self, host: str) -> tuple[Site, str] | None:
        """Return the site a host belongs to and the sub-domain left over (neutral ones gone)."""
        domain, left = host, ""
        while domain not in self._owners:
            label, dot, domain = domain.partition(".")
            if not dot:
                return None
            left = f"{left}.{label}" if left else label
        owner = self._owners[domain]
        domain = owner.same_hosts.get(domain, domain) if owner else domain
        site = self._sites.get(domain) or self._build(domain)
        if left and self._is_neutral(left, site.platform):
            left = ""
        return site, left

    def _build(self, host: str) -> Site:
        platform = self._owners[host]
        if platform is None:
            site = Site(host, None, _forms(self.common, host, False), ())
        else:
            forms = _forms(platform.lines, host, host in platform.hosts)
            site = Site(host, platform, *_split_hosted(forms))
        self._sites[host] = site
        return site

    def _is_neutral(self, labels: str, platform: Platform | None) -> bool:
        own = platform.neutral if platform else ("www",)
        if own is not None:
            return labels in own
        return all(
            label in self.neutral or _LOCALE.fullmatch(label) or _WORLD_WIDE_WEB.fullmatch(label)
            for label in labels.split(".")
        )


def load(path: Path | None = None) -> Table:
    """Read a platform table; raises TableError when it contradicts itself, OSError when missing."""
    import tomllib

    with (path or TABLE_FILE).open("rb") as file:
        raw = tomllib.load(file)
    badges = raw.get("badges", {})
    common = raw.get("addresses", {})
    found = {key: _platform(key, fields, badges) for key, fields in raw["platforms"].items()}
    table = Table(
        platforms=MappingProxyType(found),
        badges=MappingProxyType(badges),
        neutral=frozenset(common.get("neutral", ())),
        websites={name: frozenset(words) for name, words in raw.get("websites", {}).items()},
        common=_lines(common.get("forms", "")),
    )
    table.prove()
    return table


@cache
def default_table() -> Table:
    """Return the table that ships with the program."""
    return load()


def platforms() -> Mapping[str, Platform]:
    """Return the platforms by key, in the order of the file."""
    return default_table().platforms


def platform_named(text: str) -> Platform | None:
    """Return the platform a person means by `text` ("Twitter / X", "IG", "laman web"), or None.

    Case, spaces and punctuation do not matter; beyond that only names listed in the table count.
    """
    return default_table().named(text)


def badge_name(kind: str) -> str:
    """Return what a badge kind is called, in the language spoken here; the kind if not listed."""
    return default_table().badges.get(kind, {}).get(current().value, kind)


def check(table: Table) -> None:
    """Read every form of a table; raises TableError for the first one that cannot be used."""
    for platform in table.platforms.values():
        for line in platform.lines:
            try:
                form = form_from(line)
            except ValueError as error:
                raise TableError(f"{platform.key}.forms: {line!r}: {error}") from error
            unknown = set(form.captures) - set(platform.values) - {"url"}
            if unknown:
                raise TableError(f"{platform.key}.forms: {line!r} captures {sorted(unknown)}")


def _platform(key: str, raw: Mapping[str, Any], badges: Mapping[str, object]) -> Platform:
    fields = {name: value for name, value in raw.items() if not isinstance(value, dict)}
    if unknown := set(fields) - _FIELDS:
        raise TableError(f"{key}: unknown fields {sorted(unknown)}")
    if unknown := set(fields.get("badges", ())) - set(badges):
        raise TableError(f"{key}.badges: {sorted(unknown)} are not declared under [badges]")
    values: dict[str, Value] = {}
    for name, given in raw.items():
        if isinstance(given, dict):
            try:
                values[name] = value_from(name, given)
            except (TypeError, ValueError) as error:
                raise TableError(f"{key}.{name}: {error}") from error
    if unknown := set(fields.get("bare", ())) - set(values):
        raise TableError(f"{key}.bare: {sorted(unknown)} are not values of this platform")
    return Platform(
        key=key,
        name=fields["name"],
        aliases=tuple(fields.get("aliases", ())),
        badges=tuple(fields.get("badges", ())),
        closed=fields.get("closed", False),
        object_kinds=fields.get("object_kinds", False),
        kin=tuple(fields.get("kin", ())),
        hosts=tuple(host for given in fields.get("hosts", ()) for host in expanded(given)),
        same_hosts=_pairs(fields.get("same_hosts", ())),
        neutral=tuple(fields["neutral"]) if "neutral" in fields else None,
        bare=tuple(fields.get("bare", ())),
        reserved=_reserved(fields),
        any_host=fields.get("any_host", False),
        phone_names=fields.get("phone_names", False),
        named_by_domain=fields.get("named_by_domain", False),
        values=values,
        lines=_lines(fields.get("forms", "")),
    )


def _reserved(fields: Mapping[str, Any]) -> frozenset[str]:
    """Return the platform's own first segments: those listed, and those its forms begin with."""
    firsts = (
        re.split(r"[/?#\s]", line[1:], maxsplit=1)[0]
        for line in _lines(fields.get("forms", ""))
        if line[0] == "/"
    )
    words = {word.lower() for word in firsts if word and not set(word) & set("{*@+~")}
    return frozenset(words.union(fields.get("reserved", "").split()))


def _pairs(written: Iterable[str]) -> Mapping[str, str]:
    """Read `host -> host it stands for`, with lists written out."""
    pairs = (pair.partition(" -> ") for text in written for pair in expanded(text))
    return {host: meant for host, _, meant in pairs}


def _lines(text: str) -> tuple[str, ...]:
    """Return the forms of one table entry: no comments, no empty lines, host lists written out."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(
        whole for line in lines if line and not line.startswith("#") for whole in expanded(line)
    )


def expanded(text: str) -> Iterator[str]:
    """Write out a list of alternatives: `pinterest.{com,de}` gives two hosts."""
    before, brace, after = text.partition("{")
    inside, closing, rest = after.partition("}")
    if not (brace and closing):
        yield text
    elif "," not in inside:
        yield from (f"{before}{{{inside}}}{tail}" for tail in expanded(rest))
    else:
        for choice in inside.split(","):
            for tail in expanded(rest):
                yield f"{before}{choice}{tail}"


def _own_hosts(lines: tuple[str, ...]) -> Iterator[str]:
    """Name the hosts that forms bring along: `fb.me/**` gives `fb.me`."""
    for line in lines:
        if not line.startswith("/"):
            yield host_of(line).rpartition("}.")[2]


def _forms(lines: tuple[str, ...], host: str | None, everywhere: bool) -> tuple[Form, ...]:
    """Read the forms that hold on one host: its own, and with `everywhere` the general ones."""
    kept = []
    for line in lines:
        general = line.startswith("/")
        if everywhere if general else host_of(line).rpartition("}.")[2] == host:
            kept.append(form_from(line))
    return tuple(kept)


def _split_hosted(forms: tuple[Form, ...]) -> tuple[tuple[Form, ...], tuple[Form, ...]]:
    hosted = tuple(form for form in forms if form.sub_domain is not None)
    return tuple(form for form in forms if form.sub_domain is None), hosted


def _squeezed(name: str) -> str:
    return "".join(c for c in normal(name).casefold() if c.isalnum() or c == "+")

"""Addresses that are exactly what a platform makes of a key: most need no reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from inventory.identity_grammar import KeyKind, Value
from inventory.platforms import Platform, Site, default_table

_KINDS = (KeyKind.HANDLE, KeyKind.ID)
_OTHER_LETTERS = str.maketrans("", "", "._-")


@dataclass(frozen=True, slots=True)
class _Template:
    """How a platform writes the address of one kind of key.

    `rivals` are read from addresses of the same form; `site` is given where the value stands first
    in the path, where a page of the platform itself may stand.
    """

    platform: Platform
    value: Value
    before: str
    after: str
    rivals: tuple[Value, ...]
    site: Site | None

    def makes(self, url: str, value: str) -> bool:
        """Say whether the address is this template's for the value, and can be read only so."""
        if url != f"{self.before}{value}{self.after}" or not _plain(value):
            return False
        lowered = value.lower()
        if self.value.fold(value) != value or not self.value.accepts(value):
            return False
        if lowered in self.platform.reserved or any(
            rival.accepts(rival.fold(value)) for rival in self.rivals
        ):
            return False
        site = self.site
        return site is None or site.candidates(lowered) is site.candidates("")


def is_canonical(platform: str, url: str, key: str) -> bool:
    """Say whether `url` is the canonical address of an account with `key` on `platform`.

    Then `identify(url, platform)` is that key, in no form of a personal profile. False means only
    that it takes `identify()` to know.
    """
    owner, _colon, rest = key.partition(":")
    kind, _colon, value = rest.partition(":")
    if owner != platform:
        return False
    return any(template.makes(url, value) for template in _templates().get((platform, kind), ()))


@cache
def _templates() -> Mapping[tuple[str, str], tuple[_Template, ...]]:
    found: dict[tuple[str, str], tuple[_Template, ...]] = {}
    for platform in default_table().platforms.values():
        for value in platform.values.values():
            if template := _template(platform, value):
                place = (platform.key, str(value.kind))
                found[place] = (*found.get(place, ()), template)
    return found


def _template(platform: Platform, value: Value) -> _Template | None:
    before, braces, after = value.url.partition("{}")
    host, _slash, path = before.removeprefix("https://").partition("/")
    if value.kind not in _KINDS or value.key != "{}" or value.federated:
        return None
    if not braces or after not in ("", "/"):
        return None
    site = default_table().site(host)
    if not host or site is None or _personal(site[0], before, host):
        return None
    first = None if path else site[0]
    rivals = tuple(
        other
        for other in platform.values.values()
        if other is not value and (other.url == value.url or (first and _leads(other, first)))
    )
    return _Template(platform, value, before, after, rivals, first)


def _leads(value: Value, site: Site) -> bool:
    """Say whether a value may stand first in the path of an address on this site."""
    return any(value.name in form.captures and form.first_word is None for form in site.forms)


def _personal(site: Site, before: str, host: str) -> bool:
    """Say whether the platform gives personal profiles addresses that begin like these."""
    path = before.partition(host)[2].strip("/")
    return bool(path) and any(
        form.personal and form.template.strip("/").startswith(path) for form in site.forms
    )


def _plain(value: str) -> bool:
    return value.isascii() and value.translate(_OTHER_LETTERS).isalnum()

"""Facts of one account that take reading its text: whom it names, where it links, how it is called.

Everything here is a pure function of the record; `None` is "not known".
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from audits.person_names import SIGNS, signs_in
from inventory.search_text import folded
from inventory.vocabulary import AccountClass, NamedAfter

_OFFICIAL = re.compile(r"\b(?:rasmi|official)\b")
_DOMAIN = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@\s]*@)?([a-z0-9.-]+)")


@dataclass(frozen=True, slots=True)
class Names:
    """What an organisation is called and where it lives on the web, for comparing."""

    names: tuple[str, ...]
    domains: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """What an account shows of itself."""

    display_name: str | None
    bio: str | None
    links: str | None

    @cached_property
    def headline(self) -> str | None:
        """The display name and the first line of the profile text; None if nobody looked."""
        if self.display_name is None:
            return None
        first = self.bio.strip().partition("\n")[0] if self.bio else ""
        return folded(f"{self.display_name} {first}")


def says_official(profile: Profile) -> bool | None:
    """Say whether the headline holds the word rasmi or official."""
    headline = profile.headline
    return None if headline is None else _OFFICIAL.search(headline) is not None


def names_organisation(profile: Profile, names: Names) -> bool | None:
    """Say whether the headline holds a name of the organisation; None where it has none."""
    headline = profile.headline
    if headline is None or not names.names:
        return None
    return any(_stands_in(name, headline) for name in names.names)


def links_to_site(profile: Profile, names: Names) -> bool | None:
    """Say whether a link of the profile leads to a domain of the organisation, or below one.

    An empty text means that somebody looked and found no link.
    """
    if profile.links is None or not names.domains:
        return None
    hosts = [host_of(line) for line in profile.links.splitlines() if line.strip()]
    return any(
        host == domain or host.endswith(f".{domain}") for host in hosts for domain in names.domains
    )


def host_of(address: str) -> str:
    """Return the host of an address, `www.` left out; "" when there is none."""
    found = _DOMAIN.match(address.strip().lower())
    return found[1].strip(".").removeprefix("www.") if found else ""


def organisation_names(names: Iterable[str | None], addresses: Iterable[str | None]) -> Names:
    """Gather what an organisation is called; names of one letter would be found anywhere."""
    plain = {" ".join(folded(name).split()) for name in names if name}
    hosts = {host_of(address) for address in addresses if address}
    return Names(
        tuple(sorted(name for name in plain if len(name) > 1)),
        tuple(sorted(host for host in hosts if "." in host)),
    )


def person_signs(
    display_name: str | None, handle: str, personal_form: str | None, named_after: NamedAfter
) -> tuple[str, ...]:
    """Return the signs of a person; none where the record says after whom the account is named.

    `personal_form` is the form of a personal profile that the address has, if it has one.
    """
    if named_after is not NamedAfter.UNKNOWN:
        return ()
    signs = signs_in(display_name, handle)
    return (*signs, SIGNS[-1]) if personal_form else signs


def bears_person_name(
    named_after: NamedAfter, account_class: AccountClass, signs: Collection[str]
) -> bool | None:
    """Say whether the account bears a person's name; signs alone leave it unknown."""
    if named_after is not NamedAfter.UNKNOWN:
        return named_after is NamedAfter.PERSON
    corporate = account_class in (AccountClass.CORPORATE, AccountClass.PROGRAMME)
    return False if corporate and not signs else None


def _stands_in(name: str, text: str) -> bool:
    """Say whether a name stands in a text as whole words."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (_is_word(before) or _is_word(after)):
            return True
        start = text.find(name, start + 1)
    return False


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"

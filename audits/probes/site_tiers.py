"""How near a host is to an organisation's own: the host itself, its domain, the government, others.

A whole state may share one registrable domain (`jkm.melaka.gov.my`, `jpn.melaka.gov.my`), so the
host counts for more than the domain, and a host recorded for another organisation is that one's.
"""

from collections.abc import Collection
from enum import StrEnum

from inventory.language import N_, _
from inventory.privacy import is_official_domain

# Second levels under a country, below which names are given out (`contoh.gov.my`, `um.edu.my`).
_SECOND_LEVELS = frozenset(
    {"com", "co", "gov", "go", "gob", "gouv", "edu", "ac", "org", "or", "net", "ne", "mil", "name"}
    | {"info", "sch", "web"}
)


class Tier(StrEnum):
    """How near a host is to an organisation's own."""

    EXACT_HOST = "exact_host"
    SAME_DOMAIN = "same_domain"
    OTHER_GOVERNMENT = "other_government"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_TIERS[self])

    @property
    def is_own(self) -> bool:
        """Say whether such a host speaks for the organisation."""
        return self in (Tier.EXACT_HOST, Tier.SAME_DOMAIN)


def registrable(host: str) -> str:
    """Return the domain a host was given under: `melaka.gov.my` for `jkm.melaka.gov.my`."""
    labels = host.split(".")
    deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    return ".".join(labels[-3:] if deep else labels[-2:])


def tier_of(host: str, own: Collection[str]) -> Tier:
    """Return how near a host is to the `own` hosts and domains; all lower case, without `www.`.

    Outside government one domain may serve many owners (blog hosts), so there only hosts under a
    domain that is recorded as the organisation's are near.
    """
    if host in own:
        return Tier.EXACT_HOST
    if any(host.endswith(f".{domain}") for domain in own):
        return Tier.SAME_DOMAIN
    if not is_official_domain(host):
        return Tier.OTHER
    near = {registrable(domain) for domain in own}
    return Tier.SAME_DOMAIN if registrable(host) in near else Tier.OTHER_GOVERNMENT


_TIERS = {
    Tier.EXACT_HOST: N_("the official website"),
    Tier.SAME_DOMAIN: N_("another site of the same domain"),
    Tier.OTHER_GOVERNMENT: N_("another government site"),
    Tier.OTHER: N_("another site"),
}

"""Which addresses may be asked at all: the open internet, by its plain names, on its plain ports.

Addresses come from spreadsheets and from strangers' pages, so each is treated as an attempt to
reach something behind the office's wall. Names are judged here; what they resolve to is judged
where the connection is made (`network.py`), so that nothing can change in between.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from inventory.language import _

if TYPE_CHECKING:
    from httpx import URL

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PORTS = {"http": 80, "https": 443}
LONGEST = 2_000

# IANA special-purpose registry, IPv4: whatever is not a host on the open internet.
_CLOSED_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
# IPv6: only global unicast, and of that nothing that carries an IPv4 address or is for examples.
# Allowing one range rather than refusing many: the ways to write loopback in IPv6 are legion.
_OPEN_6 = IPv6Network("2000::/3")
_CLOSED_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarking
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
    )
)
_NAME = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+"
    r"(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})\Z"
)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_AUTHORITY = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//([^/?#]*)")


class RefusedAddress(Exception):
    """The address is one the door does not open for; the text is one sentence for people."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes: what a key, a connection and the rules of robots belong to."""

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """The place as text, such as `https://www.example.org:443`."""
        return f"{self.scheme}://{self.host}:{self.port}"


def is_public(address: Address) -> bool:
    """Say whether a connection to the address stays on the open internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    if address.scope_id is not None:
        return False
    return address in _OPEN_6 and not any(address in network for network in _CLOSED_6)


def checked_addresses(found: Iterable[str], allow: Iterable[Network] = ()) -> list[Address]:
    """Return what a name resolved to, each address once, in the order given.

    Raises `RefusedAddress` when there is a single one that is not public: a name that answers
    with both kinds is an attempt. `allow` holds networks that pass all the same (tests).
    """
    allowed = tuple(allow)
    addresses: dict[Address, None] = {}
    for text in found:
        try:
            address = ip_address(text)
        except ValueError as error:
            raise RefusedAddress(_("The name resolves to no internet address.")) from error
        if not is_public(address) and not any(address in network for network in allowed):
            raise RefusedAddress(_("The name leads to an address that is not public."))
        addresses[address] = None
    return list(addresses)


def checked_place(url: "URL", written: str) -> Place:
    """Return where the parsed address leads; `written` is the text it was parsed from.

    Raises `RefusedAddress` for anything but http or https to a full name or a public numeric
    address in its usual spelling, on port 80 or 443, without a user name.
    """
    if len(written) > LONGEST:
        raise RefusedAddress(_("The address is longer than any real one."))
    found = _AUTHORITY.match(written)
    authority = found[1] if found else ""
    if _UNSEEN.search(written) or re.search(r"[\s\\%]", authority):
        raise RefusedAddress(_("The address holds characters that do not belong in one."))
    if url.scheme not in PORTS:
        raise RefusedAddress(_("Only http and https addresses are asked."))
    if url.userinfo or "@" in authority:
        raise RefusedAddress(_("An address with a user name in it is not asked."))
    port = PORTS[url.scheme] if url.port is None else url.port
    if port not in PORTS.values():
        raise RefusedAddress(_("Only the ports 80 and 443 are asked."))
    host = url.raw_host.decode("ascii")
    _check_host(host, authority.lower())
    return Place(url.scheme, host, port)


def _check_host(host: str, authority: str) -> None:
    """Refuse odd spellings: half a name, a number in disguise, a private numeric address."""
    try:
        address = ip_address(host)
    except ValueError:
        if not _NAME.match(host):
            raise RefusedAddress(_("The host is not the full name of a website.")) from None
        return
    if authority and str(address) not in authority:
        raise RefusedAddress(_("The numeric address is spelled in an unusual way."))
    if not is_public(address):
        raise RefusedAddress(_("The address is not public."))


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks the texts name, such as `127.0.0.1/32`."""
    return tuple(ip_network(text) for text in texts)

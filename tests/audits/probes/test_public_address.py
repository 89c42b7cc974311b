"""Which addresses the door opens for: the open internet in its usual spelling, nothing else."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.public_address import (
    RefusedAddress,
    checked_addresses,
    checked_place,
    is_public,
)

PUBLIC = ["8.8.8.8", "1.1.1.1", "192.0.1.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::1"]
NOT_PUBLIC = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",  # IPv4-compatible
    "::ffff:127.0.0.1",  # mapped
    "::ffff:0:7f00:1",  # translated
    "64:ff9b::7f00:1",  # NAT64
    "64:ff9b::8.8.8.8",
    "100::1",
    "2001::1",  # Teredo
    "2001:2::1",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",  # 6to4
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_everything_else_is_not(address: str) -> None:
    assert not is_public(ip_address(address))


def test_an_address_with_a_zone_is_not_public() -> None:
    assert not is_public(IPv6Address("2606:4700::1111%eth0"))


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_the_standard_library_calls_private_is_public(address: IPv4Address) -> None:
    if address.is_private or address.is_multicast or address.is_reserved or address.is_loopback:
        assert not is_public(address)


@given(st.ip_addresses(v=6))
def test_no_ipv6_address_outside_global_unicast_is_public(address: IPv6Address) -> None:
    if is_public(address):
        assert address in ip_network("2000::/3")
        assert address.is_global
        assert address.sixtofour is None
        assert address.teredo is None


def test_a_name_that_answers_with_both_kinds_is_refused() -> None:
    with pytest.raises(RefusedAddress):
        checked_addresses(["8.8.8.8", "127.0.0.1"])
    with pytest.raises(RefusedAddress):
        checked_addresses(["2606:4700::1111", "::1"])
    with pytest.raises(RefusedAddress):
        checked_addresses(["8.8.8.8", "not an address"])


def test_addresses_come_back_once_each_in_order() -> None:
    found = checked_addresses(["8.8.8.8", "2606:4700::1111", "8.8.8.8"])
    assert [str(address) for address in found] == ["8.8.8.8", "2606:4700::1111"]


def test_only_the_networks_allowed_pass_besides() -> None:
    allow = (ip_network("127.0.0.1/32"),)
    assert checked_addresses(["127.0.0.1"], allow) == [ip_address("127.0.0.1")]
    with pytest.raises(RefusedAddress):
        checked_addresses(["127.0.0.2"], allow)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://www.example.org/", "https://www.example.org:443"),
        ("http://www.example.org", "http://www.example.org:80"),
        ("HTTPS://WWW.Example.ORG/A?b#c", "https://www.example.org:443"),
        ("https://www.example.org:443/", "https://www.example.org:443"),
        ("http://example.org:443/", "http://example.org:443"),
        ("https://kementerian-contoh.gov.my", "https://kementerian-contoh.gov.my:443"),
        ("https://_dmarc.a_b.example.org/", "https://_dmarc.a_b.example.org:443"),
        ("https://bücher.example/", "https://xn--bcher-kva.example:443"),
        ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah:443"),
        ("https://example.org/path@with:8080/and\\this", "https://example.org:443"),
        ("https://8.8.8.8/", "https://8.8.8.8:443"),
        ("https://[2606:4700::1111]/", "https://2606:4700::1111:443"),
    ],
)
def test_places_of_the_open_internet(address: str, origin: str) -> None:
    assert checked_place(httpx.URL(address), address).origin == origin


REFUSED = [
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "ws://example.org/",
    "javascript:alert(1)",
    "data:text/html,x",
    "//example.org/",
    "example.org",
    "",
    "http://",
    "http:///path",
    "http://user@example.org/",
    "http://user:password@example.org/",
    "http://@example.org/",
    "http://www.example.org@127.0.0.1/",
    "http://127.0.0.1\\@example.org/",
    "http://example.org:8080/",
    "http://example.org:22/",
    "http://example.org:0/",
    "http://localhost/",
    "http://intranet/",
    "http://example.org./",
    "http://.example.org/",
    "http://a..example.org/",
    "http://-a.example.org/",
    "http://ex ample.org/",
    "http://ex%61mple.org/",
    "http://example.org%2eevil.example/",
    "http://127.0.0.1/",
    "http://127.0.0.1:80/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.0x1/",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
    "http://ⓛocalhost/",
    "http://8。8。8。8/",
    "http://134744072/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[2606:4700:0:0::1111]/",
    "http://[2606:4700::1111%25eth0]/",
    "http://[fe80::1%25lo]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://example.org/\r\nHost: evil",
    "http://example.org\r\nX: y/",
    "http://example.org/\x00",
    "http://example.org/\u2028",
    "http://" + "a" * 300 + ".org/",
    "http://example.org/" + "a" * 3000,
]


@pytest.mark.parametrize("address", REFUSED)
def test_anything_else_is_refused(address: str) -> None:
    with pytest.raises((RefusedAddress, httpx.InvalidURL)):
        checked_place(httpx.URL(address), address)


@given(st.integers(0, 2**32 - 1))
def test_a_number_is_no_host_however_it_is_written(number: int) -> None:
    for host in (str(number), hex(number), oct(number).replace("o", "")):
        address = f"http://{host}/"
        with pytest.raises((RefusedAddress, httpx.InvalidURL)):
            checked_place(httpx.URL(address), address)


@given(st.text(max_size=40))
def test_whatever_is_written_only_places_that_may_be_asked_come_out(text: str) -> None:
    address = f"http://{text}"
    try:
        place = checked_place(httpx.URL(address), address)
    except (RefusedAddress, httpx.InvalidURL):
        return
    assert place.port in (80, 443)
    assert "." in place.host or ":" in place.host
    assert "@" not in place.host

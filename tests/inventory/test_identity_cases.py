"""Each case of `identity_cases.toml`, and that the cases leave no form of the table out."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from inventory.addresses import Address, parse, tidy
from inventory.identity import Identity, Impossible, NotAccount, NotAnAccount, identify
from inventory.identity_forms import form_from
from inventory.platforms import TABLE_FILE, expanded, platforms

CASES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("identity_cases.toml").read_text())
ACCOUNTS = [(text, key) for key, texts in CASES["accounts"].items() for text in texts]
NOT_ACCOUNTS = [
    (text, what, key) for what, found in CASES["not_account"].items() for text, key in found.items()
]
NAMES = [
    (text, group["platform"], key)
    for group in CASES["name"]
    for text, key in group["texts"].items()
]
IMPOSSIBLE = [
    (text, group["platform"], rule)
    for group in CASES["impossible"]
    for text, rule in group["texts"].items()
]


@pytest.mark.parametrize(("text", "key"), ACCOUNTS)
def test_every_form_of_an_account_gives_its_key(text: str, key: str) -> None:
    found = identify(text)
    assert isinstance(found, Identity), found
    assert found.key == key


@pytest.mark.parametrize("key", CASES["accounts"])
def test_all_forms_of_an_account_share_one_canonical_address(key: str) -> None:
    answers = [identify(text) for text in CASES["accounts"][key]]
    addresses = {found.url for found in answers if isinstance(found, Identity)}
    if not key.startswith("website:"):  # a website keeps the scheme and host it was written with
        assert len(addresses) == 1
    for address in addresses:
        again = identify(address)
        assert isinstance(again, Identity)
        assert (again.key, again.url) == (key, address)


@pytest.mark.parametrize(("text", "what", "key"), NOT_ACCOUNTS)
def test_what_is_no_account_says_what_it_is(text: str, what: str, key: str) -> None:
    found = identify(text)
    assert isinstance(found, NotAnAccount), found
    assert (found.what, found.key or "") == (NotAccount(what), key)


@pytest.mark.parametrize(("text", "platform", "key"), NAMES)
def test_a_name_gets_its_meaning_from_its_platform(text: str, platform: str, key: str) -> None:
    found = identify(text, platform)
    assert isinstance(found, Identity), found
    assert found.key == key


@pytest.mark.parametrize(("text", "platform", "rule"), IMPOSSIBLE)
def test_an_impossible_text_says_which_rule_it_breaks(text: str, platform: str, rule: str) -> None:
    found = identify(text, platform or None)
    assert isinstance(found, Impossible), found
    assert rule in found.rule
    assert found.remedy


@pytest.mark.parametrize(("text", "form"), CASES["personal_form"].items())
def test_personal_profile_forms_are_noticed(text: str, form: str) -> None:
    found = identify(text)
    assert isinstance(found, Identity)
    assert (found.personal_form or "") == form


def test_every_platform_with_accounts_has_a_case() -> None:
    shown = {key.partition(":")[0] for key in CASES["accounts"]}
    nameless = {key for key, platform in platforms().items() if not platform.values}
    assert shown == set(platforms()) - nameless | {"website"}


def test_every_form_of_the_table_has_a_case() -> None:
    texts = [text for text, _key in ACCOUNTS] + [text for text, _what, _key in NOT_ACCOUNTS]
    addresses = [address for text in texts if (address := parse(tidy(text).text))]
    raw = tomllib.loads(TABLE_FILE.read_text())
    written = [raw["addresses"]["forms"], *(p.get("forms", "") for p in raw["platforms"].values())]
    unused = [
        line
        for line in "\n".join(written).splitlines()
        if line.strip() and not any(_shows(address, line) for address in addresses)
    ]
    assert unused == []


def _shows(address: Address, line: str) -> bool:
    """Say whether the address has the form a line describes, in any of its alternatives."""
    scheme = "" if address.scheme in ("http", "https", "feed") else f"{address.scheme}://"
    name = scheme + address.host
    for form in map(form_from, expanded(line.strip())):
        host = form.host.rpartition("}.")[2]
        fits = not host or name == host or name.endswith(f".{host}")
        if fits and form.match(address, address.host.split(".")[0]) is not None:
            return True
    return False

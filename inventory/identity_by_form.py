"""Addresses read by the forms of the platform table: whose they are, or what they are instead."""

from collections.abc import Collection
from dataclasses import dataclass

from inventory import identity_websites as websites
from inventory.addresses import Address, parse
from inventory.identity_forms import Form, NotAccount
from inventory.identity_grammar import Value
from inventory.identity_outcomes import Identity, Impossible, NotAnAccount, Outcome
from inventory.language import _
from inventory.platforms import Platform, Site, Table


@dataclass(frozen=True, slots=True)
class Question:
    """What stays the same while one text is read: the table, the hint, the agency's own hosts."""

    table: Table
    hint: Platform | None
    official: Collection[str]


@dataclass(frozen=True, slots=True)
class Wrapped:
    """An address that only carries another one; `itself` is the answer if that one is no use."""

    inside: str
    itself: NotAnAccount


def read_address(text: str, asked: Question) -> Outcome | Wrapped:
    """Read a text that must be an address, on a platform or off all of them."""
    address = parse(text)
    if address is None or not _can_exist(address, asked.table):
        return impossible(
            asked,
            _("This is not an address on the internet."),
            _("Write the address as the browser shows it, or the name with its platform."),
        )
    if address.userinfo and asked.table.knows(address.userinfo.split(":")[0].lower()):
        return impossible(
            asked,
            _("What stands before “@” is not the site: this address leads to {host}.").format(
                host=address.host
            ),
            _("Write the address as the browser shows it once the page is open."),
        )
    if address.scheme in ("http", "https", "feed") and asked.table.site(address.host) is None:
        return _anywhere(address, asked)
    return on_platform(address, asked)


def _can_exist(address: Address, table: Table) -> bool:
    """Say whether the host is a name on the internet, or an app's own scheme that is known."""
    host = _host_key(address)
    return address.has_name() if host == address.host else table.knows(host)


def _host_key(address: Address) -> str:
    web = address.scheme in ("http", "https", "feed")
    return address.host if web else f"{address.scheme}://{address.host}"


def _anywhere(address: Address, asked: Question) -> Outcome:
    """Read an address on a host of no platform: a federated server, a feed, a website."""
    for platform, site in asked.table.anywhere:
        if asked.hint is platform or (address.path and address.path[0].startswith("@")):
            outcome = _by_forms(address, site.candidates(_first(address)), platform, "", asked)
            if isinstance(outcome, Identity | NotAnAccount):
                return outcome
    return websites.read(address, asked.hint, asked.official, asked.table)


def on_platform(address: Address, asked: Question) -> Outcome | Wrapped:
    """Read an address on a host of the table, by the forms of its platform."""
    found = asked.table.site(_host_key(address))
    if found is None:
        return impossible(
            asked,
            _("“{scheme}:” does not lead to a page on the internet.").format(scheme=address.scheme),
            _("Write the address that begins with https://."),
        )
    site, sub_domain = found
    outcome = _by_forms(
        address, _forms(site, sub_domain, address), site.platform, sub_domain, asked
    )
    if outcome is not None:
        return outcome
    return _not_account(NotAccount.PAGE, site.platform, address, None, asked.table)


def _forms(site: Site, sub_domain: str, address: Address) -> tuple[Form, ...]:
    return site.hosted if sub_domain else site.candidates(_first(address))


def _first(address: Address) -> str:
    return address.lowered[0] if address.lowered else ""


def _by_forms(
    address: Address,
    forms: tuple[Form, ...],
    platform: Platform | None,
    sub_domain: str,
    asked: Question,
) -> Outcome | Wrapped | None:
    """Try the forms in order; None when none fits, the last broken rule when a value was wrong."""
    broken: tuple[Value, str] | None = None
    for form in forms:
        captured = form.match(address, sub_domain)
        if captured is None:
            continue
        if form.opens:
            return _wrapped(captured["url"], address, platform, asked.table)
        if not captured or platform is None:
            return _not_account(form.what or NotAccount.PAGE, platform, address, None, asked.table)
        name, text = next(iter(captured.items()))
        value = platform.values[name]
        if value.federated and "@" not in text:
            text = f"{text}@{address.bare_host()}"
        folded = value.fold(text)
        if value.reserved and not platform.reserved.isdisjoint((text.lower(), folded)):
            if broken is None:
                return _not_account(NotAccount.PAGE, platform, address, None, asked.table)
            break
        if not value.accepts(folded):
            broken = value, text
        elif form.what is None:
            return identity_of(platform, value, text, form.personal)
        else:
            key = identity_of(platform, value, text, None).key if value.key else None
            return _not_account(form.what, platform, address, key, asked.table)
    return broken_by(platform, *broken) if broken and platform else None


def _wrapped(inside: str, address: Address, platform: Platform | None, table: Table) -> Wrapped:
    if inside.startswith("/") and not inside.startswith("//"):
        inside = f"https://{address.host}{inside}"
    itself = _not_account(NotAccount.SHARE_LINK, platform, address, None, table)
    return Wrapped(inside, itself)


def identity_of(platform: Platform, value: Value, text: str, personal: str | None) -> Identity:
    """Return the account that a text names by one value of its platform."""
    folded = value.fold(text)
    return Identity(
        platform=platform.key,
        kind=value.kind,
        value=value.key_value(folded),
        url=value.address(folded),
        handle=value.key_value(text),
        personal_form=personal,
    )


def _not_account(
    what: NotAccount, platform: Platform | None, address: Address, key: str | None, table: Table
) -> NotAnAccount:
    return NotAnAccount(
        what, platform.key if platform else None, websites.clean(address, table), key
    )


def broken_by(platform: Platform, value: Value, text: str) -> Impossible:
    """Return the answer for a text that breaks a rule of the value."""
    return Impossible(
        platform.key,
        value.broken_rule(text, platform.name),
        _("Open the account in a browser and copy its address."),
    )


def impossible(asked: Question, rule: str, remedy: str) -> Impossible:
    """Return the answer for a text that is wrong on any platform."""
    return Impossible(asked.hint.key if asked.hint else None, rule, remedy)

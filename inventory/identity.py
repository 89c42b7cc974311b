"""From any address or name people write to one canonical key, or to what it is instead.

Two different accounts never share a key, and the written forms of one account never split. A key
is `platform:kind:value`; a handle and an id of one account are two keys until the platform's own
answer joins them. A post that names its author, and a channel's feed, are not accounts but carry
the account's key.
"""

import re
from collections.abc import Collection

from inventory import identity_websites as websites
from inventory.addresses import is_cut_off, parse, scheme_of, tidy
from inventory.identity_by_form import (
    Question,
    Wrapped,
    broken_by,
    identity_of,
    impossible,
    on_platform,
    read_address,
)
from inventory.identity_cells import split_addresses
from inventory.identity_forms import NotAccount
from inventory.identity_grammar import KeyKind
from inventory.identity_outcomes import (
    Identity,
    Impossible,
    NotAnAccount,
    Outcome,
    describe,
)
from inventory.language import _
from inventory.platforms import Platform, Table, default_table

__all__ = [
    "LONGEST",
    "Identity",
    "Impossible",
    "KeyKind",
    "NotAccount",
    "NotAnAccount",
    "Outcome",
    "agrees",
    "describe",
    "identify",
    "split_addresses",
]

LONGEST = 4096
"""The longest text that is read as one address; real addresses stay far below."""

_MOST_WRAPPERS = 2
# An address that needs no tidying: by far the most common text, so it is recognised first.
_PLAIN = re.compile(
    r"https?://[A-Za-z0-9.-]+\.[A-Za-z]{2,24}(?:/[\w./?=&%@:+~!,#-]*[A-Za-z0-9/_=-])?", re.A
)
_LABEL = re.compile(r"([^:@/]{1,40}?)\s*[:=]\s*(?=[^\s:/])|([^:@/]{1,40}?)\s+(?=@)")
_NAME_AS_HOST = re.compile(r"([\w-]+)|@([^/@?#\s]+)|[^/.?#@:]*@([^/.?#@:\s]+)")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_FEDERATED = re.compile(r"@[^@\s/]{1,64}@[^@\s/]{3,253}")
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{6,20}")
_PHONE_SCHEMES = {"tel", "sms", "smsto", "callto", "viber"}
_DEAD_SCHEMES = {"javascript", "data", "file", "about", "blob", "ftp", "chrome", "vbscript"}


def identify(
    text: str,
    platform: str | None = None,
    *,
    official_domains: Collection[str] = (),
    table: Table | None = None,
) -> Outcome:
    """Return whose account `text` names, what it is instead, or why it cannot be either.

    `platform` is the key of the platform the text is said to belong to: it gives a bare name its
    meaning and never overrules an address. `official_domains` are the organisation's own hosts.
    Raises ValueError for a platform key the table does not hold.
    """
    table = table or default_table()
    hint = None
    if platform and (hint := table.platforms.get(platform)) is None:
        raise ValueError(f"no such platform: {platform!r}")
    if len(text) > LONGEST:
        return Impossible(
            platform or None,
            _("An address has at most {most} characters; this text has {count}.").format(
                most=LONGEST, count=len(text)
            ),
            _("Keep only the address of the account."),
        )
    return _follow(text, Question(table, hint, official_domains))


def agrees(platform: str, found: str) -> bool:
    """Say whether an address on `found` is no contradiction where `platform` was written."""
    known = default_table().platforms.get(platform)
    return platform == found or (known is not None and found in known.kin)


def _follow(text: str, asked: Question) -> Outcome:
    """Read a text and what it wraps, a few layers deep; round nothing, it stays a share link."""
    outcome = _read(text, asked)
    if not isinstance(outcome, Wrapped):
        return outcome
    wrapper = outcome.itself
    inside = Question(asked.table, None, asked.official)
    for _layer in range(_MOST_WRAPPERS):
        outcome = _read(outcome.inside, inside)
        if not isinstance(outcome, Wrapped):
            return wrapper if isinstance(outcome, Impossible) else outcome
    return wrapper


def _read(text: str, asked: Question) -> Outcome | Wrapped:
    if _PLAIN.fullmatch(text):
        return read_address(text, asked)
    if is_cut_off(text):
        return impossible(
            asked,
            _("The text ends in “…”: the rest of it was cut off."),
            _("Copy the whole address from the browser."),
        )
    tidied = tidy(text)
    if tidied.caption:
        asked = _labelled(tidied.caption, asked)
    text = tidied.text
    if not any(character.isalnum() for character in text):
        return impossible(
            asked, _("There is no address or name here."), _("Write the address of the account.")
        )
    if text.lower() in asked.table.websites.get("placeholders", ()):
        return impossible(
            asked,
            _("The text says that there is no account."),
            _("Leave the cell empty, or write the address of the account."),
        )
    label = _LABEL.match(text)
    named = asked.table.named(label[1] or label[2]) if label else None
    if label and named:
        asked = Question(asked.table, named, asked.official)
        text = text[label.end() :].strip()
    if other := _other_kind(text, asked):
        return other
    return _read_bare(text, asked) or read_address(text, asked)


def _labelled(caption: str, asked: Question) -> Question:
    named = asked.table.named(caption)
    return Question(asked.table, named, asked.official) if named else asked


def _other_kind(text: str, asked: Question) -> Outcome | None:
    """Recognise what says by its form that it is no web address: mail, phone, script, a DID."""
    scheme = scheme_of(text)
    if scheme == "mailto":
        return NotAnAccount(NotAccount.MAIL_ADDRESS, None, text.partition("?")[0], None)
    if scheme in _PHONE_SCHEMES:
        return NotAnAccount(NotAccount.PHONE_LINK, None, text, None)
    if scheme in _DEAD_SCHEMES:
        return impossible(
            asked,
            _("“{scheme}:” does not lead to a page on the internet.").format(scheme=scheme),
            _("Write the address that begins with https://."),
        )
    if marked := asked.table.marked(text):
        platform, value = marked
        name = text.removeprefix("at://").split("/")[0]
        if value.accepts(value.fold(name)):
            return identity_of(platform, value, name, None)
        return broken_by(platform, value, name)
    if scheme == "acct":
        text = "@" + text.partition(":")[2].lstrip("/@")
    if _FEDERATED.fullmatch(text):
        return _by_federated_name(text, asked)
    if _PHONE.fullmatch(text) and _means_phone(text, asked.hint):
        return NotAnAccount(NotAccount.PHONE_LINK, None, f"tel:{_digits(text)}", None)
    if _MAIL.fullmatch(text):
        host = text.rpartition("@")[2].lower()
        owner = asked.table.site(host)
        if (asked.hint and asked.hint.any_host) or (
            owner and owner[0].platform and owner[0].platform.any_host
        ):
            return _by_federated_name(f"@{text}", asked)
        return NotAnAccount(NotAccount.MAIL_ADDRESS, None, f"mailto:{text}", None)
    return None


def _means_phone(text: str, hint: Platform | None) -> bool:
    """Say whether a text of digits is a telephone number: where ids are digits, `+` must lead."""
    return hint is None or hint.phone_names or text.startswith("+")


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit() or character == "+")


def _by_federated_name(text: str, asked: Question) -> Outcome | None:
    for platform, _site in asked.table.anywhere:
        return _read_name(text, Question(asked.table, platform, asked.official), platform)
    return None


def _read_bare(text: str, asked: Question) -> Outcome | Wrapped | None:
    """Read a name without an address; None when the text is an address after all."""
    if text.startswith("#"):
        return impossible(
            asked,
            _("“#” marks a topic, not an account."),
            _("Write the address of the account."),
        )
    name = _bare_name(text)
    hint = asked.hint
    if name is None:
        head = re.split(r"[/?#]", text, maxsplit=1)[0].lower()
        if hint and head == "profile.php":
            return _read_on_hint(text, asked)
        if scheme_of(text) or "." in head or ":" in head:
            return None
        return _read_on_hint(text, asked) if hint else _needs_platform(text)
    at = name.startswith("@") or text.lower().startswith(("http://@", "https://@"))
    if not at and (asked.table.knows(name.lower()) or _is_site(name, asked)):
        return None
    if hint is None:
        return None if "." in name and " " not in name and not at else _needs_platform(text)
    if not at and "." in name and not hint.bare:
        return None
    return _read_name(name, asked, hint)


def _bare_name(text: str) -> str | None:
    """Return the name when the text is one (`name`, `@name`, `http://@name/`), else None."""
    web = re.match(r"https?:/*", text, re.IGNORECASE)
    rest = (text[web.end() :] if web else text).rstrip("/")
    if web is None:
        return None if re.search(r"[/?#\\]|:(?=\d)", rest) else rest
    # `http://name`, `http://@name`, `http://Some Name@name`: as seen in hand-kept lists.
    named = _NAME_AS_HOST.fullmatch(rest)
    return (named[1] or named[2] or named[3]) if named else None


def _is_site(name: str, asked: Question) -> bool:
    """Say whether a bare text with dots is a website's name rather than a handle."""
    host = name.lower().rstrip(".")
    if "." not in host or " " in host:
        return False
    if host.startswith("www."):
        return True
    ends = asked.table.websites.get("endings", frozenset())
    label, _dot, rest = host.partition(".")
    if asked.hint and asked.hint.named_by_domain:
        return False
    while rest:
        if rest in ends and label:
            return True
        label, _dot, rest = rest.partition(".")
    return websites.is_official(host, asked.official, asked.table)


def _read_on_hint(text: str, asked: Question) -> Outcome | Wrapped:
    """Read a path without a host (`channel/UC…`, `profile.php?id=…`) on the hinted platform."""
    hint = asked.hint
    if hint is None or not hint.hosts:
        return _needs_platform(text)
    address = parse(f"https://{hint.hosts[0]}/{text.lstrip('/')}")
    return on_platform(address, asked) if address else _needs_platform(text)


def _read_name(name: str, asked: Question, platform: Platform) -> Outcome:
    """Read a bare name by the grammar of its platform."""
    plain = name if platform.any_host else name.removeprefix("@")
    plain = plain.removeprefix("@") if plain.count("@") == 2 else plain
    for value_name in platform.bare:
        value = platform.values[value_name]
        folded = value.fold(plain)
        if value.reserved and not platform.reserved.isdisjoint((plain.lower(), folded)):
            return _reserved(platform, plain)
        if value.accepts(folded):
            return identity_of(platform, value, plain, None)
    if platform.bare and platform.hosts and plain == name and not platform.any_host:
        # `Name-101986952582058` is no name, but it is the path of an address.
        address = parse(f"https://{platform.hosts[0]}/{name}")
        outcome = on_platform(address, asked) if address else None
        if isinstance(outcome, Identity):
            return outcome
    if not platform.bare:
        return Impossible(
            platform.key,
            _("{platform} is known by an address, not by a name.").format(platform=platform.name),
            _("Write the whole address, beginning with https://."),
        )
    if platform.any_host and "@" not in plain.removeprefix("@"):
        return Impossible(
            platform.key,
            _("A {platform} name needs its server.").format(platform=platform.name),
            _("Write it as @name@server, or as the whole address."),
        )
    return broken_by(platform, platform.values[platform.bare[-1]], plain)


def _reserved(platform: Platform, name: str) -> Impossible:
    return Impossible(
        platform.key,
        _("“{name}” is a page of {platform} itself, never an account.").format(
            name=name, platform=platform.name
        ),
        _("Open the account in a browser and copy its address."),
    )


def _needs_platform(text: str) -> Impossible:
    return Impossible(
        None,
        _("A bare name says nothing without its platform."),
        _("Name the platform, or write the whole address, beginning with https://."),
    )

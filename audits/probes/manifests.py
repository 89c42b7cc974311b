"""Two files in which a website names its accounts for machines: XPOC manifest and trust.txt.

XPOC 0.3: `/xpoc-manifest.json`, `{name, baseurl, version, accounts: [{account, platform, url}]}`;
a profile answers with `xpoc://HOST!`. trust.txt: lines of `attribute=value`, accounts under
`social`; a profile answers with `trust://HOST!`.
"""

from dataclasses import dataclass

from audits.probes.exchange import Response
from audits.probes.json_answers import Answer, json_value, objects, text
from audits.probes.link_places import Place
from audits.probes.page_links import Mark, host_of
from audits.probes.page_text import page_text
from inventory.identity import LONGEST
from inventory.platforms import default_table
from inventory.vocabulary import LeadOrigin

XPOC_PATH = "/xpoc-manifest.json"
TRUST_PATHS = ("/trust.txt", "/.well-known/trust.txt")

_MOST_ACCOUNTS = 500
_MOST_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """The accounts a file names; `foreign` is the host it speaks for when that is another one."""

    marks: tuple[Mark, ...] = ()
    foreign: str | None = None


def read_xpoc(response: Response) -> Manifest | None:
    """Return the accounts of an XPOC manifest; None when the answer is no manifest.

    A manifest that says it belongs to another host names nothing here.
    """
    value = json_value(response.body)
    if not isinstance(value, dict) or not isinstance(value.get("accounts"), list):
        return None
    base = text(value.get("baseurl"), 300) or ""
    said = host_of(base if "://" in base else f"https://{base}")
    if said and said != host_of(response.url):
        return Manifest(foreign=said)
    marks = [_xpoc_account(one) for one in objects(value["accounts"][:_MOST_ACCOUNTS])]
    return Manifest(tuple(dict.fromkeys(mark for mark in marks if mark)))


def _xpoc_account(account: Answer) -> Mark | None:
    name, address = text(account.get("account")), text(account.get("url"), LONGEST)
    platform = default_table().named(text(account.get("platform")) or "")
    label = name or ""
    if address:
        return Mark(address, LeadOrigin.XPOC, Place.HEAD, label)
    if name and platform:
        return Mark(name, LeadOrigin.XPOC, Place.HEAD, label, platform.key)
    return None


def read_trust(response: Response) -> Manifest | None:
    """Return the accounts of a trust.txt; None when the answer is a page or has no such line."""
    words = page_text(response.body, response.headers.get("content-type", ""))
    if words.lstrip("\ufeff \r\n").startswith("<"):
        return None  # a page that says "not found" and forgets the status
    named: list[str] = []
    known = False
    for line in words.splitlines()[:_MOST_LINES]:
        attribute, equals, value = line.partition("=")
        if not equals or len(value) > LONGEST or line.lstrip().startswith("#"):
            continue
        attribute = attribute.strip().lower()
        known = known or attribute in _ATTRIBUTES
        if attribute == "social":
            named.append(value.partition(" #")[0].strip())
    if not known:
        return None
    marks = (Mark(one, LeadOrigin.TRUST_TXT, Place.HEAD, "social") for one in named if one)
    return Manifest(tuple(dict.fromkeys(marks))[:_MOST_ACCOUNTS])


_ATTRIBUTES = frozenset(
    {"member", "belongto", "control", "controlledby", "social", "vendor", "customer"}
    | {"disclosure", "contact", "datatrainingallowed"}
)

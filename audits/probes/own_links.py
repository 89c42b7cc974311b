"""What a page says of its owner to machines: structured data, cards, marks of apps.

JSON-LD counts where it describes an organisation (schema.org Organization or
GovernmentOrganization) that is not somebody else's: one whose `url` stands on another host is.
"""

import re
from collections.abc import Iterator
from typing import Any

from audits.probes.json_answers import json_value
from audits.probes.link_places import Place
from audits.probes.page_links import Mark, Page, host_of
from inventory.identity import LONGEST
from inventory.vocabulary import LeadOrigin

_ORGANISATIONS = {"organization", "governmentorganization"}
_SITES = {"website", "webpage", "aboutpage", "contactpage"}
_MOST_NODES = 2_000
_MOST_SAME = 200
_ID = re.compile(r"\d{5,20}")


def own_marks(page: Page) -> tuple[Mark, ...]:
    """Return every mark of a page: its links, then what its data and cards name."""
    named = (*page.marks, *_structured(page), *_cards(page))
    return tuple(dict.fromkeys(named))


def _structured(page: Page) -> Iterator[Mark]:
    own = host_of(page.url)
    for script in page.scripts:
        for node in _organisations(json_value(_bare(script).encode("utf-8", "replace"))):
            if _is_own(node, own):
                name = node.get("name")
                label = name[:120] if isinstance(name, str) else ""
                for address in _texts(node.get("sameAs")):
                    yield Mark(address, LeadOrigin.STRUCTURED_DATA, Place.HEAD, label)


def _bare(script: str) -> str:
    """Return the JSON without what older pages wrap it in."""
    script = script.strip().removeprefix("<!--").removeprefix("//<![CDATA[")
    return script.strip().removesuffix("-->").removesuffix("//]]>").strip()


def _organisations(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the organisations a document describes at its top, in its graph, or as publisher."""
    waiting, looked_at = [value], 0
    while waiting and looked_at < _MOST_NODES:
        node = waiting.pop(0)
        looked_at += 1
        if isinstance(node, list):
            waiting.extend(node[:_MOST_NODES])
        elif isinstance(node, dict):
            kinds = _kinds(node)
            if kinds & _ORGANISATIONS:
                yield node
            waiting.append(node.get("@graph"))
            if kinds & _SITES:
                waiting.extend(node.get(name) for name in ("publisher", "mainEntity", "about"))


def _kinds(node: dict[str, Any]) -> set[str]:
    return {kind.rpartition("/")[2].lower() for kind in _texts(node.get("@type"))}


def _is_own(node: dict[str, Any], own: str) -> bool:
    hosts = {host_of(address) for address in _texts(node.get("url"))} - {""}
    return not hosts or own in hosts


def _texts(value: Any) -> list[str]:
    found = value if isinstance(value, list) else [value]
    texts = [one.get("@id") if isinstance(one, dict) else one for one in found[:_MOST_SAME]]
    return [one.strip() for one in texts if isinstance(one, str) and 0 < len(one) <= LONGEST]


def _cards(page: Page) -> Iterator[Mark]:
    for name, content in page.metas:
        for text, platform in _named_by(name, content):
            yield Mark(text, LeadOrigin.CARD, Place.HEAD, name, platform)


def _named_by(name: str, content: str) -> Iterator[tuple[str, str | None]]:
    """Yield what one card names; authors and administrators are people and are passed over."""
    if name == "twitter:site":
        yield content, None if "/" in content else "x"
    elif name == "twitter:site:id" and _ID.fullmatch(content):
        yield f"https://x.com/i/user/{content}", None
    elif name in ("fb:page_id", "fb:pages"):
        for number in content.split(",")[:20]:
            if _ID.fullmatch(number.strip()):
                yield number.strip(), "facebook"
    elif name == "article:publisher":
        yield content, None if "/" in content else "facebook"
    elif name == "og:see_also" or (name.startswith("al:") and name.endswith(":url")):
        yield content, None

"""What Wikidata says of an organisation: a source of leads, never of proof; anyone may edit it.

An entity is read from `Special:EntityData/Q….json`, asked for or saved as a file. Statements that
are deprecated or have an end time (P582) are passed over.
"""

import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audits.probes.exchange import Failure, Reply, Request
from audits.probes.found_links import FoundLink
from audits.probes.json_answers import Answer, at_path, json_value, objects, text
from audits.probes.sightings import Reason
from audits.probes.statuses import status_of, trouble
from inventory.errors import InventoryError
from inventory.identity import LONGEST, Identity, identify
from inventory.language import _
from inventory.safe_text import visible
from inventory.vocabulary import LeadOrigin

SITE = "www.wikidata.org"
WEBSITE = "P856"


@dataclass(frozen=True, slots=True)
class Property:
    """One property that names an account: its platform, and how its values are written there."""

    platform: str
    form: str = "{}"


PROPERTIES: Mapping[str, Property] = {
    "P2013": Property("facebook"),
    "P2002": Property("x"),
    "P2003": Property("instagram"),
    "P2397": Property("youtube", "https://www.youtube.com/channel/{}"),
    "P11245": Property("youtube", "https://www.youtube.com/@{}"),
    "P2037": Property("github"),
    "P4033": Property("mastodon", "@{}"),
    "P11892": Property("threads", "@{}"),
    "P7085": Property("tiktok", "@{}"),
    "P3789": Property("telegram"),
    "P4264": Property("linkedin", "https://www.linkedin.com/company/{}"),
    "P12361": Property("bluesky"),
    "P3267": Property("flickr", "https://www.flickr.com/people/{}"),
    "P3836": Property("pinterest"),
}
"""The properties read, by their id; a person's LinkedIn profile (P6634) is not among them."""

LARGEST = 8 * 1024 * 1024
"""The most bytes read of one entity; countries have three million."""

_ENTITY = re.compile(r"Q[1-9]\d{0,11}")
_ENDED = "P582"
_MOST_STATEMENTS = 50


@dataclass(frozen=True, slots=True)
class EntityReading:
    """What one entity names: `links` are leads for the organisation, `websites` to compare."""

    organisation_id: int
    entity: str
    links: tuple[FoundLink, ...] = ()
    websites: tuple[str, ...] = ()
    labels: Mapping[str, str] | None = None


EntityFlow = Generator[Request, Reply, EntityReading | Failure]


def is_entity_id(reference: str) -> bool:
    """Say whether a text is the id of an entity, such as Q42."""
    return _ENTITY.fullmatch(reference) is not None


def ask_entity(entity: str, organisation_id: int) -> EntityFlow:
    """Return the flow that asks for one entity; it returns its reading, or why there is none.

    Raises ValueError for what is no id of an entity.
    """
    if not is_entity_id(entity):
        raise ValueError(f"no id of an entity: {entity!r}")
    address = page_of(entity)
    reply = yield Request(address, site=SITE, limit=LARGEST)
    reason = trouble(reply, address)
    if isinstance(reply, Failure):
        return reply
    if reason is not None or status_of(reply) != 200:
        return Failure(reason or Reason.NO_MARKER, f"{SITE}: {reply.status}")
    reading = read_entity(reply.body, organisation_id, entity)
    return reading or Failure(Reason.UNREADABLE, SITE)


def page_of(entity: str) -> str:
    """Return the address of an entity's data."""
    return f"https://{SITE}/wiki/Special:EntityData/{entity}.json"


def read_entity(
    body: bytes, organisation_id: int, entity: str | None = None
) -> EntityReading | None:
    """Return what the data of an entity names, None when it holds no such entity.

    Without `entity` the data must hold exactly one; an entity that was merged answers under the
    id of the one it became.
    """
    entities = at_path(json_value(body), "entities")
    if not isinstance(entities, dict):
        return None
    found = entities.get(entity) if entity in entities else _only(entities)
    if not isinstance(found, dict) or "missing" in found:
        return None
    name = text(found.get("id")) or entity or ""
    if not is_entity_id(name):
        return None
    page = page_of(name)
    links = (
        link
        for number, described in PROPERTIES.items()
        for value in _values(found, number)
        if (link := _link(value, described, number, page)) is not None
    )
    return EntityReading(
        organisation_id,
        name,
        tuple({link.key: link for link in links}.values()),
        tuple(_values(found, WEBSITE)),
        _labels(found),
    )


def read_entity_file(path: Path, organisation_id: int) -> EntityReading:
    """Return what a saved file names; raises InventoryError when it cannot be read as an entity."""
    shown = visible(str(path))
    try:
        if not path.is_file():
            raise InventoryError(_("{path} is not a file.").format(path=shown))
        with path.open("rb") as file:
            body = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise InventoryError(_("{path} cannot be read.").format(path=shown)) from error
    reading = read_entity(body, organisation_id) if len(body) <= LARGEST else None
    if reading is None:
        raise InventoryError(
            _("{path} holds no entity of Wikidata. Save Special:EntityData/Q….json.").format(
                path=shown
            )
        )
    return reading


def _only(entities: Answer) -> Any:
    return next(iter(entities.values())) if len(entities) == 1 else None


def _values(entity: Answer, number: str) -> Iterator[str]:
    """Yield the values of a property that hold today, in their order."""
    statements = objects(at_path(entity, f"claims/{number}"))[:_MOST_STATEMENTS]
    for statement in statements:
        if statement.get("rank") == "deprecated" or at_path(statement, f"qualifiers/{_ENDED}"):
            continue
        if at_path(statement, "mainsnak/snaktype") != "value":
            continue
        if value := text(at_path(statement, "mainsnak/datavalue/value"), LONGEST):
            yield value


def _link(value: str, described: Property, number: str, page: str) -> FoundLink | None:
    written = value.removeprefix("@") if "@" in described.form else value
    outcome = identify(described.form.format(written), described.platform)
    if not isinstance(outcome, Identity) or outcome.platform != described.platform:
        return None
    return FoundLink(outcome.key, outcome.platform, outcome.url, LeadOrigin.WIKIDATA, page, number)


def _labels(entity: Answer) -> dict[str, str]:
    found = {language: text(at_path(entity, f"labels/{language}/value")) for language in _SPOKEN}
    return {language: label for language, label in found.items() if label}


_SPOKEN = ("ms", "en")

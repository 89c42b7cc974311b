"""Asking Wikidata for one entity, from ordinary code."""

import asyncio

from audits.probes.check_jobs import driven
from audits.probes.door_settings import DoorSettings
from audits.probes.exchange import Failure
from audits.probes.wikidata import EntityReading, ask_entity
from inventory.errors import InventoryError
from inventory.language import _


def fetch_entity(entity: str, organisation_id: int, settings: DoorSettings) -> EntityReading:
    """Return what an entity names; raises InventoryError with the reason when it cannot be had.

    Raises ValueError for what is no id of an entity.
    """
    from audits.probes.fetch import Door, DoorError  # httpx only where it is used

    async def asked() -> EntityReading | Failure:
        async with Door(settings) as door:
            return await driven(ask_entity(entity, organisation_id), door.fetch)

    try:
        answer = asyncio.run(asked())
    except DoorError as error:
        raise InventoryError(str(error)) from error
    if isinstance(answer, Failure):
        raise InventoryError(
            _("Wikidata did not answer on {entity}: {why}.").format(
                entity=entity, why=answer.reason.label
            )
        )
    return answer

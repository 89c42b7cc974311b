"""From what a probe saw to observations in the inventory: dated, with source and hash.

Nothing is concluded here. That an account is gone takes two answers at least 24 hours apart, and
is a fact of the audit; what the record says stays as it is.
"""

from collections.abc import Iterator

from audits.probes.sightings import Outcome, Sighting
from inventory.record import Observation
from inventory.vocabulary import Badge, ObservationKind, ObservationMethod

_Seen = tuple[ObservationKind, str]


def observations(account_id: int, sighting: Sighting) -> list[Observation]:
    """Return one observation for each thing the sighting tells; existence always comes first.

    Text is kept as it came, but for halves of characters that no file can hold. `seen_at` is UTC,
    `seen_on` the day it was where the program runs.
    """
    at = sighting.at
    existence = (ObservationKind.EXISTENCE, sighting.outcome.value)
    return [
        Observation(
            account_id=account_id,
            kind=kind,
            value=_storable(value),
            seen_on=at.astimezone().date(),
            seen_at=at.isoformat(timespec="seconds"),
            method=ObservationMethod.PROBE,
            by=sighting.adapter,
            source=_storable(sighting.source) if sighting.source else None,
            reason=sighting.reason.value if sighting.reason else None,
            http_status=sighting.http_status,
            sha256=sighting.sha256,
        )
        for kind, value in (existence, *_told(sighting))
    ]


def _told(sighting: Sighting) -> Iterator[_Seen]:
    """Yield what the sighting tells beside existence; an unknown one tells nothing."""
    if sighting.outcome is Outcome.UNKNOWN:
        return
    if sighting.badge is not Badge.UNKNOWN:
        yield ObservationKind.BADGE, sighting.badge.value
    if sighting.last_post_at is not None:
        yield ObservationKind.LAST_POST, sighting.last_post_at.isoformat(timespec="seconds")
    if sighting.display_name:
        yield ObservationKind.DISPLAY_NAME, sighting.display_name
    if sighting.links:
        yield ObservationKind.PROFILE_LINKS, "\n".join(sighting.links)
    if sighting.platform_id:
        yield ObservationKind.PLATFORM_ID, sighting.platform_id
    if sighting.handle:
        yield ObservationKind.HANDLE, sighting.handle


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")

"""Which adapters there are, and which of them asks about an account.

Before every other come those that hold the agency's own key, then the pages that somebody switched
on (they tell more than a keyless interface), then the platforms' own interfaces, then public pages.
What none takes is for a person.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from audits.probes.asking import Asker, Now, utc_now
from audits.probes.bluesky import Bluesky
from audits.probes.by_marker import ByMarker
from audits.probes.definitions import Definition, shipped
from audits.probes.door_settings import SecretFinder
from audits.probes.exchange import Adapter, Target
from audits.probes.facebook_api import FacebookApi
from audits.probes.feeds import Feeds
from audits.probes.github import GitHub
from audits.probes.instagram_api import InstagramApi
from audits.probes.mastodon import Mastodon
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.telegram import Telegram
from audits.probes.threads_api import ThreadsApi
from audits.probes.websites import Websites
from audits.probes.x_api import XApi
from audits.probes.youtube import YouTube
from audits.probes.youtube_api import YouTubeApi, YouTubeApiIds

_CODED: tuple[type[Asker], ...] = (Bluesky, Mastodon, Telegram, GitHub, YouTube, Feeds)
BY_HAND = "by hand"


def adapters(
    *, opted_in: Collection[str] = (), keyed: Sequence[Adapter] = (), now: Now = utc_now
) -> tuple[Adapter, ...]:
    """Return the adapters in the order in which they are chosen.

    `opted_in` names the platforms whose pages may be read though their terms forbid it; `keyed` are
    the adapters whose key is set. Raises ValueError for a platform there is no such probe for.
    """
    if unknown := set(opted_in) - {one.platforms[0] for one in on_request()}:
        raise ValueError(f"no probe to switch on for {min(unknown)}")
    data = shipped().adapters.values()
    official = [ByMarker(one, now) for one in data if one.official]
    open_pages = [ByMarker(one, now) for one in data if not one.official and not one.opt_in]
    asked_for = [ByMarker(one, now) for one in on_request() if one.platforms[0] in opted_in]
    coded = [one(now) for one in _CODED]
    return (*keyed, *asked_for, *coded, *official, *open_pages, Websites(now))


def with_keys(*, instagram_user: str | None = None, now: Now = utc_now) -> tuple[Adapter, ...]:
    """Return the adapters that need a key of the agency's own; `needs` says which.

    `instagram_user` is the id of the agency's own professional account on Instagram, in whose name
    others are looked up.
    """
    by_id, by_name = YouTubeApiIds(now), YouTubeApi(now)
    instagram = InstagramApi(now, instagram_user)
    return (XApi(now), by_id, by_name, FacebookApi(now), instagram, ThreadsApi(now))


def on_request() -> tuple[Definition, ...]:
    """Return the probes that are off until switched on, each with its notice and its terms."""
    return tuple(one for one in shipped().adapters.values() if one.opt_in)


def choose(target: Target, among: Sequence[Adapter]) -> Adapter | None:
    """Return the first adapter that can ask about the account; None leaves it to a person."""
    return next((one for one in among if one.takes(target)), None)


def left_to_people(target: Target, at: datetime) -> Sighting:
    """Return the sighting of an account no adapter takes: unknown until a person looks."""
    return Sighting(target.key, BY_HAND, at, Outcome.UNKNOWN, Reason.BY_HAND)


def every_adapter(keys: SecretFinder | None) -> tuple[Adapter, ...]:
    """Return every adapter there is; a plan leaves out those that may not or cannot ask."""
    user = keys.find("instagram_user") if keys else None
    keyed = with_keys(instagram_user=user.reveal() if user else None)
    return adapters(opted_in={one.platforms[0] for one in on_request()}, keyed=keyed)

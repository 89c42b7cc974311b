"""`rasmi observe`: look at accounts by hand on the screen, or record one look without it."""

import argparse
from datetime import UTC, date, datetime

from audits.by_hand import Look, post_problem, record
from audits.probes.sightings import Outcome, Reason
from inventory.errors import InventoryError
from inventory.language import _, current
from inventory.safe_text import visible
from inventory.search import read_search
from inventory.vocabulary import Badge
from tui.commands.shared import (
    account_of,
    actor_of,
    add_date,
    add_json,
    day_of,
    inventory_of,
    path_of,
)
from tui.printer import emit, say

_EXISTS = {
    "yes": (Outcome.FOUND, None),
    "no": (Outcome.NOT_FOUND, None),
    "suspended": (Outcome.SUSPENDED, None),
    "moved": (Outcome.MOVED, None),
    "private": (Outcome.PRIVATE, None),
    "login_wall": (Outcome.UNKNOWN, Reason.LOGIN_WALL),
    "unknown": (Outcome.UNKNOWN, Reason.NO_MARKER),
}
_BADGES = [one.value for one in Badge if one not in (Badge.LOST, Badge.REQUESTED)]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument(
        "query",
        nargs="*",
        metavar="QUERY",
        help=_("which accounts to look at, as for `accounts`; one account with --exists"),
    )
    parser.add_argument(
        "--platform",
        action="append",
        metavar="PLATFORM",
        default=[],
        help=_("of this platform; unless said those that only people can look at"),
    )
    parser.add_argument("--badge", choices=_BADGES, help=_("the badge that was seen"))
    parser.add_argument("--exists", choices=list(_EXISTS), help=_("what stands at the address"))
    parser.add_argument("--last-post", metavar="YYYY-MM-DD", help=_("the day of the newest post"))
    parser.add_argument("--by", metavar="POST", default="", help=_("the post of who looked"))
    add_date(parser)
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """Open the screen, or record what was seen of one account as one change."""
    if call.exists is None:
        if call.badge or call.last_post or call.by or call.json or call.date:
            raise InventoryError(_("Say what stands there too: --exists yes"))
        return _on_the_screen(call)
    return _recorded(call)


def _on_the_screen(call: argparse.Namespace) -> int:
    from tui.app import run_app
    from tui.going import ByHand

    query = " ".join(call.query)
    for problem in read_search(query).problems:
        raise InventoryError(problem)
    platforms = tuple(_platform(name) for name in call.platform)
    return run_app(path_of(call), current(), actor_of(call), opens=ByHand(query, platforms))


def _recorded(call: argparse.Namespace) -> int:
    if len(call.query) != 1 or call.platform:
        raise InventoryError(_("Name one account by its id, address or key."))
    exists, reason = _EXISTS[call.exists]
    problem = post_problem(call.by)
    if problem is not None:
        raise InventoryError(f"--by: {problem}")
    seen = exists not in (Outcome.UNKNOWN, Outcome.NOT_FOUND, Outcome.SUSPENDED)
    if not seen and (call.badge not in (None, Badge.UNKNOWN.value) or call.last_post):
        raise InventoryError(_("Neither badge nor post can be seen where no account is shown."))
    with inventory_of(call) as store:
        account = account_of(store, call.query[0])
        look = Look(
            account.id,
            exists,
            Badge(call.badge or Badge.UNKNOWN.value),
            _day(call.last_post),
            reason,
            _address(account.url),
        )
        number = record(
            store, actor_of(call), look, account, call.by, datetime.now(UTC), day_of(call)
        )
    if call.json:
        emit(_as_json(account.uid, look, call.by, number))
    else:
        said = _("Recorded for {handle} ({uid}); `rasmi undo {number}` takes it back.")
        name = visible(account.handle or account.url)
        say(said.format(handle=name, uid=account.uid, number=number))
    return 0


def _address(url: str) -> str | None:
    from tui.browser import safe_address

    return safe_address(url)


def _day(text: str | None) -> date | None:
    from inventory.dates import read_date

    if text is None:
        return None
    found = read_date(text)
    if found is None:
        raise InventoryError(
            _("“{text}” is no date. Write it as 2026-11-20.").format(text=visible(text))
        )
    return found


def _platform(name: str) -> str:
    from inventory.platforms import platform_named

    found = platform_named(name)
    if found is None:
        raise InventoryError(_("No platform is called “{word}”.").format(word=visible(name)))
    return found.key


def _as_json(uid: str, look: Look, by: str, number: int) -> dict[str, object]:
    return {
        "id": uid,
        "exists": look.exists.value,
        "reason": look.reason.value if look.reason else None,
        "badge": look.badge.value,
        "last_post": look.last_post.isoformat() if look.last_post else None,
        "by": by.strip(),
        "change": number,
    }


ANSWER_IS = "an object; only with `--exists`"
ANSWER = {
    "id": "public id of the account",
    "exists": "`found`, `not_found`, `suspended`, `moved`, `private`, `unknown`",
    "reason": "why it could not be told: `login_wall`, `no_marker`; null otherwise",
    "badge": "the badge that was seen, `unknown` when none could be told",
    "last_post": "the day of the newest post, null when not seen",
    "by": "the post of who looked",
    "change": "number of the change, for `rasmi undo`",
}

"""What looking by hand shows: the account whose turn it is, the keys for what is seen, the pace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from textwrap import wrap

from textual.content import Content

from audits.by_hand import Look, last_look
from audits.probes.sightings import Outcome
from inventory.language import _
from inventory.reading import get
from inventory.record import Account, Organisation
from inventory.safe_text import visible
from inventory.vocabulary import Badge
from tui.actions import Action
from tui.browser import safe_address
from tui.field_words import day_text
from tui.keys import key_name
from tui.platform_names import platform_name
from tui.text import BAD, GOOD, HEAD, QUIET, STRONG, WARN, T

LABEL = 18


@dataclass(frozen=True, slots=True)
class Turn:
    """The account whose turn it is. `address` is None when it cannot be opened safely."""

    account: Account
    organisation: str
    address: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Pace:
    """How far the round is: so many recorded and skipped in so many seconds."""

    left: int
    recorded: int = 0
    skipped: int = 0
    seconds: float = 0.0

    @property
    def words(self) -> str:
        """The figures, and when some time has passed how fast it goes."""
        said = _("{left} left · {recorded} recorded · {skipped} skipped").format(
            left=f"{self.left:,}", recorded=f"{self.recorded:,}", skipped=f"{self.skipped:,}"
        )
        if self.recorded < 2 or self.seconds <= 0:
            return said
        each = self.seconds / self.recorded
        rate = _("{seconds} s each, about {minutes} min to go").format(
            seconds=f"{each:.0f}", minutes=f"{each * self.left / 60:,.0f}"
        )
        return f"{said} · {rate}"


@dataclass(frozen=True, slots=True)
class Entered:
    """What was keyed in of the account so far, and what it is recorded under."""

    badge: Badge | None = None
    last_post: date | None = None
    post: str = ""
    opens_each: bool = False


def read_turn(connection: Connection, account_id: int) -> Turn | None:
    """Read what is shown of an account; None when it is not there any more."""
    account = get(connection, Account, account_id)
    if account is None:
        return None
    owner = get(connection, Organisation, account.organisation_id)
    return Turn(
        account,
        owner.name if owner is not None else "",
        safe_address(account.url),
        last_look(connection, account_id),
    )


def turn_lines(
    turn: Turn, entered: Entered, keys: Sequence[tuple[Action, str]], width: int
) -> list[Content]:
    """Show the account, what is to be told of it next, and the keys that tell it."""
    account = turn.account
    name = account.display_name or account.handle or turn.address or account.url
    lines = [
        Content.assemble(T(f"{platform_name(account.platform)}  ", HEAD), T(name, STRONG)),
        *_labelled(_("Organisation"), turn.organisation, width),
        *_labelled(_("Handle"), account.handle, width),
    ]
    if turn.address is None:
        note = _("{url} – not an address the program can open safely").format(url=account.url)
        lines += _labelled(_("Address"), note, width, WARN)
    else:
        lines += _labelled(_("Address"), turn.address, width, "underline")
    recorded = _("{badge}, recorded").format(badge=account.badge.label)
    lines += _labelled(_("Badge"), recorded, width, QUIET)
    seen = day_text(turn.last[:10]) if turn.last else _("never by a person")
    lines += _labelled(_("Last looked at"), seen, width, QUIET)
    if entered.last_post is not None:
        lines += _labelled(_("Last post"), day_text(entered.last_post), width)
    lines.append(T(""))
    if entered.badge is None:
        lines.append(T(_("1 of 2  Which badge does it show?"), HEAD))
    else:
        badge = entered.badge.label if entered.badge is not Badge.UNKNOWN else _("could not tell")
        said = Content.assemble(T(_("Badge: {badge}").format(badge=badge), GOOD), "   ")
        lines.append(said + T(_("2 of 2  Does it exist?"), HEAD))
    return [*lines, *_keys(keys, width)]


def foot_lines(pace: Pace, entered: Entered, last: str, width: int) -> list[Content]:
    """Say how far the round is, under which post, and what was recorded last."""
    post = entered.post or _("not named yet; asked for at the first record")
    opens = _("each opens by itself") if entered.opens_each else _("Enter opens it")
    lines = [T(pace.words, STRONG), *_labelled(_("Seen by"), f"{post} · {opens}", width, QUIET)]
    return [*lines, T(last, GOOD)] if last else lines


def ended_lines(pace: Pace, *, any_found: bool) -> list[Content]:
    """Say that nothing is left to look at, and what came of the round."""
    if not any_found and not pace.recorded:
        return [
            T(_("No account of this search is one that only a person can look at."), STRONG),
            T(_("/ changes the search; a platform named in it is shown whatever it is."), QUIET),
        ]
    return [T(_("That was the last one."), STRONG), T(pace.words), T(_("b goes back."), QUIET)]


def look_words(look: Look) -> str:
    """Say in a few words what was recorded."""
    said = look.exists.label if look.exists is not Outcome.UNKNOWN else _("could not tell")
    if look.reason is not None:
        said = look.reason.label
    return f"{said}, {look.badge.label}" if look.badge is not Badge.UNKNOWN else said


def _keys(keys: Sequence[tuple[Action, str]], width: int) -> list[Content]:
    """Lay the keys out in as many columns as fit."""
    entries = [(key_name(key), action.title) for action, key in keys]
    cell = max((len(title) for _key, title in entries), default=0) + 6
    columns = max(1, min(3, width // cell))
    rows = -(-len(entries) // columns)
    return [
        Content.assemble(
            *(
                part
                for key, title in entries[row::rows]
                for part in (T(f"  {key} ", BAD if key == "d" else HEAD), T(title.ljust(cell - 4)))
            )
        )
        for row in range(rows)
    ]


def _labelled(label: str, words: str, width: int, look: str = "") -> list[Content]:
    parts = wrap(visible(words), max(8, width - LABEL), break_on_hyphens=False) or [""]
    return [
        Content.assemble(T((label if not at else "").ljust(LABEL), QUIET), T(part, look))
        for at, part in enumerate(parts)
    ]

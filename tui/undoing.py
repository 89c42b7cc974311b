"""Taking back one's own last change, from the app."""

from sqlite3 import Connection

from inventory import log
from inventory.actor import Actor
from inventory.language import _
from inventory.log import LoggedChange
from inventory.undo import undo
from tui.session import Session


def last_own_change(connection: Connection, actor: Actor) -> LoggedChange | None:
    """Return the actor's newest change that neither was taken back nor takes one back."""
    undone = set()
    for change in log.changes(connection):
        if change.undoes is not None:
            undone.add(change.undoes)
        elif change.seq not in undone and _made_by(change, actor):
            return change
    return None


def taken_back(connection: Connection, seq: int) -> bool:
    """Say whether the change `seq` was taken back since."""
    for change in log.changes(connection):
        if change.seq <= seq:
            return False
        if change.undoes == seq:
            return True
    return False


def take_back_last(session: Session) -> str:
    """Take back the actor's last change and return a sentence that names it.

    Raises InventoryError when it cannot be taken back.
    """
    last = last_own_change(session.connection, session.actor)
    if last is None:
        return _("There is no change of yours to undo.")
    undo(session.store, session.actor, last.seq, _("Undo: {reason}").format(reason=last.reason))
    return _("Taken back: “{reason}” (change {number}).").format(
        reason=last.reason, number=last.seq
    )


def _made_by(change: LoggedChange, actor: Actor) -> bool:
    who = actor.as_logged()
    return all(change.actor.get(part) == who[part] for part in ("name", "uid", "host"))

"""`rasmi accept`: take what was seen of an account into its record."""

import argparse
from typing import Any

from audits.accepting import CLOSINGS, accept, observation_by
from inventory.language import _
from inventory.reading import get
from inventory.record import Account, Observation, field_named
from inventory.rows import as_stored
from inventory.store import Store
from inventory.vocabulary import Lifecycle
from tui.commands.shared import actor_of, add_date, add_json, day_of, inventory_of
from tui.field_words import value_text
from tui.printer import emit, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument(
        "observations", nargs="+", metavar="ID", help=_("ids of observations, as rasmi account has")
    )
    parser.add_argument(
        "--close",
        choices=[choice.value for choice in CLOSINGS],
        help=_("what became of an account that is gone"),
    )
    add_date(parser)
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """Take each observation over, each as one change; the first that cannot be ends it."""
    close = Lifecycle(call.close) if call.close else None
    with inventory_of(call) as store:
        named = [observation_by(store, uid) for uid in dict.fromkeys(call.observations)]
        taken = [_accepted(call, store, observation, close) for observation in named]
    if call.json:
        emit(taken)
    return 0


def _accepted(
    call: argparse.Namespace, store: Store, observation: Observation, close: Lifecycle | None
) -> dict[str, Any]:
    before = get(store.connection, Account, observation.account_id)
    accepted = accept(store, actor_of(call), observation.id, day_of(call), close=close)
    now = accepted.account
    if not call.json:
        for name in accepted.fields:
            field = field_named(Account, name)
            say(
                f"{now.uid}  {field.label}: {value_text(field, getattr(before, name))}"
                f" → {value_text(field, getattr(now, name))}"
            )
        say(_("Taken over from {uid}; `rasmi undo` takes it back.").format(uid=observation.uid))
    return {
        "observation": observation.uid,
        "account": now.uid,
        "change": accepted.seq,
        "fields": {name: as_stored(getattr(now, name)) for name in accepted.fields},
    }


ANSWER_IS = "a list, one object an observation"
ANSWER = {
    "observation": "its id",
    "account": "public id of the account",
    "change": "number of the change in the log",
    "fields": "what the record says now, by the names of its fields",
}

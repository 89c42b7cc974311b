"""What the last audit found on one account, in lines for its page."""

from sqlite3 import Connection

from inventory.record import Account
from tui.account_page import not_audited
from tui.widgets.page import Pair


def finding_pairs(connection: Connection, account: Account) -> list[Pair]:
    """Give the failing results of the last run with clause, values and remedy."""
    return [(None, not_audited())]

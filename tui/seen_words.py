"""What was seen otherwise than recorded, in words."""

from audits.differences import Difference
from inventory.language import _
from inventory.record import Account, field_named
from tui.field_words import value_text


def seen_text(one: Difference) -> str:
    """Return what was seen in words: the value the record would take over, or that it is gone."""
    if not one.values:
        return _("gone: not there twice, at least a day apart")
    return value_text(field_named(Account, one.field), one.values[one.field])

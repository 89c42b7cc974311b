"""The part of an account's page that holds what was seen against the record, side by side."""

from collections.abc import Iterable, Sequence

from textual.content import Content

from audits.differences import Difference
from inventory.language import _
from inventory.record import Account, field_named
from tui.field_words import day_text, value_text
from tui.seen_words import seen_text
from tui.text import BAD, HEAD, QUIET, STRONG, WARN, T, whole_value
from tui.widgets.page import Pair


def taken_next(found: Sequence[Difference]) -> Difference | None:
    """Return the difference that one key takes over: the gravest that needs no choice."""
    return next((one for one in found if one.values), None)


def seen_pairs(found: Sequence[Difference]) -> list[Pair]:
    """Give each difference: the field, what the record says, what was seen, when and by whom."""
    if not found:
        return []
    first = taken_next(found)
    title = Content.assemble(
        T(_("Seen differently"), HEAD),
        T("   " + _("v takes {field} over").format(field=_label(first)), QUIET) if first else "",
    )
    return [(None, title), *(pair for one in found for pair in _pairs(one, one is first))]


def _label(one: Difference) -> str:
    return field_named(Account, one.field).label


def _pairs(one: Difference, is_first: bool) -> Iterable[Pair]:
    field = field_named(Account, one.field)
    yield (
        T(field.label, STRONG if is_first else QUIET),
        Content.assemble(
            whole_value(value_text(field, one.recorded)),
            T(" → ", QUIET),
            whole_value(seen_text(one), WARN),
        ),
    )
    if one.other_account:
        yield T(""), T(_("another account answers under the handle: look who it is first"), BAD)
    if not one.values:
        command = f"rasmi accept {one.observation.uid} --close retired"
        yield T(""), T(_("e edits the record, or: {command}").format(command=command), QUIET)
    yield T(""), _where(one)


def _where(one: Difference) -> Content:
    seen = one.observation
    by = seen.by or seen.method.label
    day = day_text(seen.seen_on) if seen.seen_on else _("no date")
    parts = [T(_("seen {day} by").format(day=day) + " ", QUIET), whole_value(by, QUIET)]
    if seen.source:
        parts += [T(" · ", QUIET), whole_value(seen.source, QUIET)]
    return Content.assemble(*parts, T(f" · {seen.uid}", QUIET))

"""What all rows of one account say together, and what of it changes the record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from inventory.fields import Value
from inventory.importing.known import KnownAccount
from inventory.importing.links import Link
from inventory.language import _
from inventory.record import Account, field_named
from inventory.rows import as_stored

_UNKNOWN = "unknown"
_NEVER_REPLACED = frozenset({"first_seen_on"})
_NEVER_OLDER = frozenset({"last_post_on", "last_post_seen_on", "badge_seen_on", "reviewed_on"})
_CHECKED_ON = ("reviewed_on", "last_monitored_on")
BADGE, SEEN_ON = "badge", "badge_seen_on"


@dataclass(slots=True)
class Merged:
    """The values that the rows of one account give: said outright, inferred, or disputed."""

    values: dict[str, Any] = field(default_factory=dict)
    fills: dict[str, Any] = field(default_factory=dict)
    disagreed: dict[str, set[Value]] = field(default_factory=dict)


def merged(links: list[Link]) -> Merged:
    """Return what rows about one account say together; where they disagree, nothing is taken."""
    said = _together(links)
    _date_badge(said, links)
    return said


def _together(links: list[Link]) -> Merged:
    if len(links) == 1:
        return Merged(links[0].values, links[0].fills)
    said = Merged()
    for name in sorted({name for link in links for name in link.values}):
        values = _newest_values(name, links)
        if len(values) == 1:
            said.values[name] = next(iter(values.values()))
        else:
            said.disagreed[name] = set(values)
    for name in sorted({name for link in links for name in link.fills}):
        offered = {link.fills[name] for link in links if name in link.fills}
        if len(offered) == 1:
            said.fills[name] = offered.pop()
    return said


def _newest_values(name: str, links: list[Link]) -> dict[Value, Any]:
    """Return the values that the rows give a field; of samples only the newest count."""
    having = [link for link in links if name in link.values]
    newest = max((link.sampled for link in having if link.sampled), default=None)
    if newest is not None:
        having = [link for link in having if link.sampled == newest]
    return {as_stored(link.values[name]): link.values[name] for link in having}


def _date_badge(said: Merged, links: Iterable[Link]) -> None:
    """A badge without a date of its own was seen when the list checked the account, if it says.

    That is the day of its review, else of its monitoring, else of the sample. Without any of them
    the badge stays undated: the day of the import is no sighting.
    """
    badge = said.values.get(BADGE)
    if badge is None or badge == _UNKNOWN or SEEN_ON in said.values or SEEN_ON in said.disagreed:
        return
    days = [said.values[name] for name in _CHECKED_ON if name in said.values]
    days += sorted((day for link in links if (day := link.sampled)), reverse=True)
    if days:
        said.values = said.values | {SEEN_ON: days[0]}


def changes(known: KnownAccount, said: Merged) -> tuple[dict[str, Any], list[str]]:
    """Return what `said` changes of an account of the inventory, and what was kept and why.

    A word for "unknown" never replaces anything, an older sighting never a newer one. A badge that
    changes without a date loses the date of the one before it.
    """
    values: dict[str, Any] = {}
    kept: list[str] = []
    is_older = _is_older(known, said, SEEN_ON)
    for name, value in said.values.items():
        before, after = known.values[name], as_stored(value)
        if after in (before, _UNKNOWN) or (name == BADGE and is_older):
            continue
        if before is not None and name in _NEVER_REPLACED:
            continue
        if _is_older(known, said, name):
            kept.append(_older(name, str(after), str(before)))
            continue
        values[name] = value
    for name, value in said.fills.items():
        is_free = name not in said.values and known.values[name] in (None, _UNKNOWN)
        if is_free and as_stored(value) != _UNKNOWN:
            values[name] = value
    if BADGE in values and SEEN_ON not in said.values and known.values[SEEN_ON] is not None:
        values[SEEN_ON] = None
    return values, kept


def _is_older(known: KnownAccount, said: Merged, name: str) -> bool:
    before = known.values.get(name)
    if name not in _NEVER_OLDER or name not in said.values or not isinstance(before, str):
        return False
    return str(as_stored(said.values[name])) < before


def labels(fields: Iterable[str]) -> str:
    """Return the words for some fields of an account, in a fixed order."""
    return ", ".join(field_named(Account, name).label for name in sorted(fields))


def about_disagreement(said: Merged, links: list[Link]) -> Iterator[str]:
    """Yield the warning that rows disagree, with the first of them."""
    if said.disagreed:
        rows = ", ".join(str(link.row) for link in links[:5])
        yield _("Rows {rows} disagree about: {fields}; left as it was.").format(
            rows=rows, fields=labels(said.disagreed)
        )


def _older(name: str, after: str, before: str) -> str:
    return _("{field}: the file has {after}, the inventory the newer {before}; kept.").format(
        field=field_named(Account, name).label, after=after, before=before
    )


def fields_said(links: Iterable[Link]) -> set[str]:
    """Return the account fields that links say anything of, and those that hang on them."""
    said = {name for link in links for values in (link.values, link.fills) for name in values}
    if BADGE in said:
        said.add(SEEN_ON)
    if any(link.former for link in links):
        said |= {"handle", "url"}
    return said

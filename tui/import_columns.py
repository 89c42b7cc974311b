"""The columns of a list that is imported: what each was taken for, how, and what it may mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from inventory.importing.mapping import ColumnMapping, Layout
from inventory.importing.rows import Table
from inventory.importing.samples import sample_of
from inventory.importing.targets import (
    IGNORED,
    Part,
    Target,
    account_fields,
    organisation_fields,
    target_named,
)
from inventory.language import N_, _
from inventory.platforms import platforms
from inventory.privacy import PRIVATE_VALUE, guard_text
from tui.import_draft import Draft
from tui.list_rows import ListColumn
from tui.text import HEAD, T
from tui.widgets.chooser import Entry, matches

SAMPLES = 3
NONE = "–"

_LAYOUTS = {
    Layout.LONG: N_("one account a row"),
    Layout.WIDE: N_("one organisation a row, its accounts side by side"),
    Layout.ORGANISATIONS_ONLY: N_("organisations only, no column with accounts"),
}
_HOW = {
    "synonym": N_("its header"),
    "content": N_("its cells"),
    "given": N_("you"),
    "none": NONE,
}


@dataclass(frozen=True, slots=True)
class ColumnOfList:
    """One column of the file: its meaning and its first values, private ones left out."""

    meaning: ColumnMapping
    samples: tuple[str, ...]

    @property
    def is_left_out(self) -> bool:
        """Whether nothing is taken from the column."""
        return self.meaning.target.part in (Part.IGNORE, Part.NONE, Part.PRIVATE)


def columns_of(draft: Draft) -> list[ColumnOfList]:
    """Return the columns of the file with what they are taken for now."""
    return [
        ColumnOfList(meaning, samples(draft.table, at, meaning))
        for at, meaning in enumerate(draft.mapping.columns)
    ]


def samples(table: Table, at: int, meaning: ColumnMapping) -> tuple[str, ...]:
    """Return the first different values of a column, none that is nobody's business."""
    first = tuple(dict.fromkeys(sample_of(table, at)))[:SAMPLES]
    if meaning.target.part in (Part.PRIVATE, Part.PERSON):
        return (PRIVATE_VALUE,) if first else ()
    return tuple(
        PRIVATE_VALUE if guard_text(value, meaning.header) is not None else value for value in first
    )


def layout_words(layout: Layout) -> str:
    """Say how a list is laid out."""
    return _(_LAYOUTS[layout])


def how_words(how: str) -> str:
    """Say what told the meaning of a column."""
    return _(_HOW.get(how, how))


def meaning_columns() -> list[ListColumn[ColumnOfList]]:
    """Return the columns of the table of columns, worded in the language spoken here."""
    left_out = {IGNORED.label, Target(Part.NONE).label, Target(Part.PRIVATE).label}
    return [
        ListColumn("header", _("Column"), 18, lambda one: one.meaning.header or NONE, grow=2),
        ListColumn(
            "target",
            _("Taken for"),
            20,
            lambda one: one.meaning.target.label,
            grow=1,
            tone=lambda text: "dim" if text in left_out else "good",
        ),
        ListColumn("how", _("Told by"), 10, lambda one: how_words(one.meaning.how), from_width=76),
        ListColumn("samples", _("First values"), 22, _joined, grow=4),
    ]


def meaning_entries(draft: Draft, text: str) -> list[Entry]:
    """Return what a column may mean and `text` finds, under headings; each answers its name."""
    entries: list[Entry] = []
    for title, targets in _groups():
        found = [one for one in targets if matches(text, one.label, one.name)]
        if found:
            entries.append(Entry(None, T(title, HEAD), off=True))
            entries += [Entry(one.name, _line(one, draft)) for one in found]
    return entries


def _groups() -> Iterator[tuple[str, Sequence[Target]]]:
    yield _("Nothing"), [IGNORED, Target(Part.PRIVATE)]
    yield _("Which account it is"), _plain(Part.ADDRESS, Part.HANDLE, Part.PLATFORM)
    organisation = [Target(Part.ORGANISATION, name) for name in organisation_fields()]
    yield _("Whose it is"), _nameable(organisation)
    yield (
        _("What is known of the account"),
        _nameable([Target(Part.ACCOUNT, name) for name in account_fields()]),
    )
    yield (
        _("Accounts of one platform"),
        _nameable([Target(Part.WIDE, platform=key) for key in platforms()]),
    )
    yield (
        _("Office-holders and samples"),
        _plain(Part.PERSON, Part.OFFICE, Part.PLACE, Part.BODY, Part.SAMPLED),
    )


def _plain(*parts: Part) -> list[Target]:
    return [Target(part) for part in parts]


def _nameable(targets: Sequence[Target]) -> list[Target]:
    """Return the targets whose name means just them."""
    return [one for one in targets if target_named(one.name) == one]


def _line(target: Target, draft: Draft) -> Content:
    taken = [one.header for one in draft.mapping.columns if one.target == target]
    if not taken or not target.is_single:
        return T(target.label)
    now = _("now: {column}").format(column=taken[0])
    return Content.assemble(T(target.label), "  ", T(now, "dim"))


def _joined(one: ColumnOfList) -> str:
    return " · ".join(one.samples) or NONE

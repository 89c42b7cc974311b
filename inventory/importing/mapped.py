"""What every column of a table means: the result of the mapping, and how the list is laid out."""

from dataclasses import dataclass
from enum import StrEnum

from inventory.importing.officeholders import People
from inventory.importing.samples import mostly_addresses
from inventory.importing.targets import Part, Target
from inventory.language import _
from inventory.safe_text import visible


class Layout(StrEnum):
    """How a list is laid out."""

    LONG = "long"  # one account a row
    WIDE = "wide"  # one organisation a row, one column a platform
    ORGANISATIONS_ONLY = "organisations_only"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One column: its header, what it means, and how we know: synonym, content, given or none."""

    header: str
    target: Target
    how: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What every column of a table means."""

    columns: tuple[ColumnMapping, ...]
    people: People

    @property
    def layout(self) -> Layout:
        """How the list is laid out, from what its columns mean."""
        parts = {column.target.part for column in self.columns}
        if Part.WIDE in parts or len(self.places(Part.ADDRESS)) > 1:
            return Layout.WIDE
        if parts & {Part.ADDRESS, Part.HANDLE}:
            return Layout.LONG
        return Layout.ORGANISATIONS_ONLY

    def places(self, part: Part, field: str = "") -> tuple[int, ...]:
        """Return the numbers, from 0, of the columns that feed a part (and field)."""
        return tuple(
            at
            for at, column in enumerate(self.columns)
            if column.target.part is part and (not field or column.target.field == field)
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know about how the columns were understood."""
        said = [
            _("Column {header}: {note}").format(header=visible(column.header), note=column.note)
            for column in self.columns
            if column.note
        ]
        if any(mostly_addresses([column.header]) for column in self.columns):
            said.insert(0, _("The first row holds addresses: it was read as the header. Add one."))
        return tuple(said)

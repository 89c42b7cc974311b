"""Names written once for a group of rows, told of and never filled in."""

from inventory.importing.cell_names import letters
from inventory.importing.header_rows import Header
from inventory.importing.headers import hinted_by, said_by
from inventory.importing.notes import Notes
from inventory.importing.targets import Part
from inventory.language import _

_FEWEST = 3
_NAMES = ("name", "name_ms", "name_en", "parent")
_GROUPS = {Part.PLACE, Part.BODY, Part.OFFICE, Part.PLATFORM}


class BlankNames:
    """Watches the first column, and those that name an organisation, for blanks below a name."""

    def __init__(self, header: Header, notes: Notes) -> None:
        self._notes = notes
        self._filled = {
            column: 0
            for column, name in enumerate(header.names)
            if _names_organisation(name) or (not column and _may_name_groups(name))
        }
        self._blank: dict[int, list[int]] = {column: [] for column in self._filled}

    def see(self, number: int, cells: list[str]) -> None:
        """Take note of one row."""
        for column in self._filled:
            if column < len(cells) and cells[column].strip():
                self._filled[column] += 1
            elif self._filled[column]:
                self._blank[column].append(number)

    def tell(self) -> None:
        """Remark on the columns that look as if a name held for the blanks below it."""
        for column, blank in self._blank.items():
            if len(blank) < max(_FEWEST, self._filled[column]):
                continue
            for number in blank:
                self._notes.add(
                    _(
                        "Column {letters} is blank in {count} rows below a name and stays so; "
                        "where the name above is meant, fill it down in the file: {where}."
                    ).replace("{letters}", letters(column)),
                    _("row {number}").format(number=number),
                )


def _names_organisation(name: str) -> bool:
    target = said_by(name) or hinted_by(name)
    return target is not None and target.part is Part.ORGANISATION and target.field in _NAMES


def _may_name_groups(name: str) -> bool:
    target = said_by(name) or hinted_by(name)
    return target is None or target.part in _GROUPS

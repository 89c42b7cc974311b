"""The lists in a folder: what can be imported, and the folders on the way there."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from inventory.language import _
from inventory.safe_text import hides_something
from tui.list_rows import ListColumn

SHOWN_ENDINGS = (".csv", ".xlsx", ".json")
"""Endings of the files that are listed; the others are read too when they are named."""
ABOVE = ".."


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A list, or a folder; `size` in bytes."""

    path: Path
    name: str
    is_folder: bool
    size: int = 0
    changed: datetime | None = None


def files_in(folder: Path) -> list[ListedFile]:
    """Return the folder above, the folders and the lists in `folder`, in that order, by name.

    Hidden ones are left out. Raises OSError when the folder cannot be read.
    """
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith("."):
                listed = _listed(entry)
                if listed is not None:
                    found.append(listed)
    found.sort(key=lambda one: (not one.is_folder, one.name.casefold(), one.name))
    above = [] if folder.parent == folder else [ListedFile(folder.parent, ABOVE, True)]
    return [*above, *found]


def _listed(entry: "os.DirEntry[str]") -> ListedFile | None:
    try:
        if entry.is_dir():
            return ListedFile(Path(entry.path), entry.name, True)
        if not entry.name.casefold().endswith(SHOWN_ENDINGS) or not entry.is_file():
            return None
        about = entry.stat()
    except OSError:
        return None  # it went away, or nobody may look at it
    changed = datetime.fromtimestamp(about.st_mtime).astimezone()
    return ListedFile(Path(entry.path), entry.name, False, about.st_size, changed)


def file_columns() -> list[ListColumn[ListedFile]]:
    """Return the columns of the list of files, worded in the language spoken here."""
    return [
        ListColumn("name", _("Name"), 30, _name, grow=1, sort=lambda one: one.name.casefold()),
        ListColumn(
            "size",
            _("Size"),
            10,
            lambda one: "" if one.is_folder else size_text(one.size),
            align="right",
            sort=lambda one: one.size,
        ),
        ListColumn(
            "changed",
            _("Changed"),
            16,
            lambda one: f"{one.changed:%d/%m/%Y %H:%M}" if one.changed else "",
            sort=lambda one: one.changed.timestamp() if one.changed else 0.0,
            from_width=50,
        ),
    ]


def size_text(size: int) -> str:
    """Return a size in bytes as people read it: 812 B, 12.4 kB, 3.1 MB."""
    if size < 1000:
        return f"{size} B"
    amount = size / 1000
    for unit in ("kB", "MB"):
        if amount < 1000:
            return f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def resolved(text: str, folder: Path) -> Path:
    """Return the path that `text` names, seen from `folder`."""
    return Path(os.path.normpath(folder / os.path.expanduser(text)))


def split(text: str, folder: Path) -> tuple[Path, str]:
    """Return the folder a half-typed path is in, and how the name it looks for begins."""
    head, tail = os.path.split(text)
    if tail in (".", ".."):
        return resolved(text, folder), ""
    return resolved(head, folder) if head else folder, tail


def completed(text: str, names: Iterable[ListedFile]) -> str:
    """Return `text` carried on as far as all `names` that begin with its last part agree."""
    head, tail = os.path.split(text)
    found = [one for one in _beginning(tail, names) if not hides_something(one.name)]
    if not found:
        return text
    carried = found[0].name[: max(_shared([one.name for one in found]), len(tail))]
    end = "/" if len(found) == 1 and found[0].is_folder else ""
    return os.path.join(head, carried) + end


def _shared(names: Sequence[str]) -> int:
    """Return how many characters all names begin with alike, whatever the case."""
    columns = zip(*(name.casefold() for name in names), strict=False)
    return next(
        (place for place, letters in enumerate(columns) if len(set(letters)) > 1),
        min(map(len, names)),
    )


def _beginning(start: str, names: Iterable[ListedFile]) -> Sequence[ListedFile]:
    return [
        one
        for one in names
        if one.name != ABOVE and one.name.casefold().startswith(start.casefold())
    ]


def pasted_path(text: str) -> str:
    """Return the path in what a file manager pastes: quoted, escaped, or as an address."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if line.startswith("file://"):
        return unquote(line.removeprefix("file://"))
    for quote in ("'", '"'):
        if len(line) > 1 and line.startswith(quote) and line.endswith(quote):
            return line[1:-1]
    return line.replace("\\ ", " ")


def _name(one: ListedFile) -> str:
    return f"{one.name}/" if one.is_folder else one.name

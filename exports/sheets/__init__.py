"""The sheets of the management workbook, one module each, in the order a reader opens them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from inventory.language import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from exports.sheets.material import Material

Build = Callable[["Worksheet", "Material"], None]

_ORDER = (
    "cover",
    "summary",
    "findings",
    "inventory",
    "not_assessed",
    "rules",
    "provenance",
)  # each the name of a module beside this one


@dataclass(frozen=True, slots=True)
class SheetOfBook:
    """One sheet: its code, the words on its tab, what it is for, and what fills it."""

    code: str
    message: str
    purpose: str
    build: Build

    @property
    def label(self) -> str:
        """The words on its tab, in the language spoken here."""
        return _(self.message)

    @property
    def help(self) -> str:
        """What a reader finds on it, in the language spoken here."""
        return _(self.purpose)


_REGISTERED: dict[str, SheetOfBook] = {}


def sheet(code: str, message: str, purpose: str) -> Callable[[Build], Build]:
    """Register the function that fills a sheet; `message` and `purpose` are marked by `N_()`."""

    def register(build: Build) -> Build:
        _REGISTERED[code] = SheetOfBook(code, message, purpose, build)
        return build

    return register


@cache
def sheets() -> tuple[SheetOfBook, ...]:
    """Return every sheet, in order; their modules are imported now."""
    for name in _ORDER:
        import_module(f"exports.sheets.{name}")
    return tuple(_REGISTERED[name] for name in _ORDER)

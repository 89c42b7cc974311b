"""What a cell with an address behind its text is read as: the text, or the address.

A table has one text a cell. Under a header that asks for accounts, "Facebook" or "Klik sini" is
read as the address behind it. A name keeps its text, and the address goes into a column of its own.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from urllib.parse import unquote

from inventory.identity import Identity, identify
from inventory.importing.cell_names import cell_name
from inventory.importing.choices import read_choice, yes_or_no
from inventory.importing.header_rows import Header
from inventory.importing.headers import hinted_by, said_by
from inventory.importing.links_behind import LinksBehind, columns_of
from inventory.importing.notes import Notes
from inventory.importing.sheet_frame import LONGEST_ADDRESS
from inventory.importing.targets import Part, Target
from inventory.importing.values import is_nothing, split_cell
from inventory.language import _
from inventory.platforms import platforms
from inventory.vocabulary import Badge, Lifecycle, OfficialStatus

_HOLDS_ADDRESS = re.compile(r"://|\bwww\.|\w\.\w{2,}/\S", re.IGNORECASE)
_HANDLE = re.compile(r"\S*@\S*|\w\S*\.\w\S*")
_FRONT = re.compile(r"^(?:https?://)?(?:www\.|m\.|web\.|mobile\.)?")
_CUT = ("…", "...")
_SAMPLE = 100
_SITE = "website"
_ACCOUNTS = {Part.ADDRESS, Part.WIDE, Part.HANDLE, Part.NONE}
_NAMES = {Part.PERSON, Part.OFFICE, Part.PLATFORM}
_NAME_FIELDS = {"name", "name_ms", "name_en", "short_name", "display_name"}
_CHOICES = {"official_status": OfficialStatus, "badge": Badge, "lifecycle": Lifecycle}


class Use(StrEnum):
    """What becomes of the addresses behind a column."""

    INSTEAD = "instead"  # of the text
    UNLESS_ANSWERED = "unless_answered"  # of a text that does not answer what the header asks
    BESIDE = "beside"  # in a column of their own
    NONE = "none"


def use_under(name: str) -> Use:
    """Return what becomes of addresses behind the cells of the column called `name`."""
    target = said_by(name) or hinted_by(name)
    if target is None or target.part in _ACCOUNTS or target.field == "website":
        return Use.INSTEAD
    if target.part is Part.ACCOUNT and target.field in _CHOICES:
        return Use.UNLESS_ANSWERED
    is_name = target.part in (Part.ORGANISATION, Part.ACCOUNT) and target.field in _NAME_FIELDS
    return Use.BESIDE if is_name or target.part in _NAMES else Use.NONE


class LinkedText:
    """Reads the cells of one table below its header: their text, or the address behind it."""

    def __init__(self, header: Header, links: LinksBehind, notes: Notes) -> None:
        self._links, self._notes = links, notes
        self._width = len(header.names)
        self._headers = header.names
        self._uses: dict[int, Use] = {}
        self._beside: dict[int, int] = {}
        self.names = list(header.names)
        for column, addresses in sorted(columns_of(links.below(header.number)).items()):
            if self._use(column) is Use.BESIDE:
                self._add_column(column, addresses)

    def read(self, number: int, cells: list[str]) -> list[str]:
        """Return the cells of row `number` as they are read."""
        links = self._links.at(number)
        count = len(self.names) - self._width
        if not links and not (count and len(cells) > self._width):
            return cells
        added = [""] * count
        for column, address in links.items():
            text = cells[column] if column < len(cells) else ""
            if not text.strip():
                continue  # a link left over where the text was deleted; nobody sees it
            use = self._use(column)
            if use is Use.INSTEAD or (
                use is Use.UNLESS_ANSWERED and not _answers(self._headers[column], text)
            ):
                cells[column] = self._one_of(number, column, text, address)
            elif column in self._beside:
                added[self._beside[column]] = address
            elif use is not Use.NONE:
                self._note_unread(number, column)
        if not count:
            return cells
        cells += [""] * (self._width - len(cells))
        return [*cells[: self._width], *added, *cells[self._width :]]

    def _one_of(self, number: int, column: int, text: str, address: str) -> str:
        """Return the text or the address, whichever says more; remark where they disagree."""
        where = cell_name(number, column)
        if is_nothing(text):
            return text
        if len(text) > LONGEST_ADDRESS:
            self._note_unread(number, column)
            return text
        if says_more(address, text):
            self._notes.add(_("The address behind the text was read in its place: {where}."), where)
            return address
        if not agree(text, address):
            self._notes.add(
                _("The text and the address behind it differ; the text was read: {where}."), where
            )
        return text

    def _use(self, column: int) -> Use:
        if column not in self._uses:
            known = column < len(self._headers) and self._headers[column]
            self._uses[column] = use_under(self._headers[column]) if known else Use.INSTEAD
        return self._uses[column]

    def _add_column(self, column: int, addresses: Sequence[str]) -> None:
        """Make a column for the addresses behind a column of names, unless the list has one."""
        target = said_by(self._headers[column])
        name = name_for(addresses, target)
        asked = [said_by(other) for other in self.names]
        own = said_by(name)
        is_asked = own in asked or (own == Target(Part.ADDRESS) and _has_wide(asked))
        if own is None or not is_asked:
            self._beside[column] = len(self.names) - self._width
            self.names.append(name)

    def _note_unread(self, number: int, column: int) -> None:
        self._notes.add(
            _("The text was read, the address behind it was not: {where}."),
            cell_name(number, column),
        )


def name_for(addresses: Sequence[str], target: Target | None) -> str:
    """Return what a column of these addresses is called, so that its name says what they are."""
    if target is not None and target.platform:
        return platforms()[target.platform].name
    sample = addresses[:_SAMPLE]
    sites = sum(identify(address).platform in (None, _SITE) for address in sample)
    return _("Website") if sites * 2 > len(sample) else _("Link")


def says_more(address: str, text: str) -> bool:
    """Say whether `address` says what `text` only names: it is not an address or handle itself.

    A handle that stands in the address, and an address cut short, say less than the whole.
    """
    text = text.strip()
    if text.endswith(_CUT):
        start = _bare(text.rstrip(".…"))
        return not _HOLDS_ADDRESS.search(text) or _bare(address).startswith(start)
    if _HOLDS_ADDRESS.search(text):
        return False
    return not _HANDLE.fullmatch(text) or _stands_in(text, address)


def agree(text: str, address: str) -> bool:
    """Say whether an address or handle shown names the same as the address behind it."""
    if not _HOLDS_ADDRESS.search(text):
        return _stands_in(text, address)
    behind = identify(address)
    for one in split_cell(text):
        if _bare(one) == _bare(address):
            return True
        shown = identify(one)
        if isinstance(shown, Identity) and isinstance(behind, Identity) and shown.key == behind.key:
            return True
    return False


def _stands_in(handle: str, address: str) -> bool:
    name = re.escape(handle.strip().removeprefix("@").casefold())
    return re.search(rf"(?<![\w.-]){name}(?![\w-])", unquote(address).casefold()) is not None


def _bare(text: str) -> str:
    """Return an address without what two spellings of it may differ in."""
    return _FRONT.sub("", unquote(text.strip()).casefold()).rstrip("/")


def _answers(header: str, text: str) -> bool:
    """Say whether `text` is an answer to the question of status that its header asks."""
    target = said_by(header) or hinted_by(header)
    field = target.field if target else ""
    return yes_or_no(text) is not None or read_choice(field, _CHOICES[field], text) is not None


def _has_wide(asked: Sequence[Target | None]) -> bool:
    return any(target is not None and target.part is Part.WIDE for target in asked)

"""One row of a file: its links, and what it says of each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from inventory.identity import Identity, Impossible, Outcome, agrees, identify
from inventory.importing.cell_links import links_in
from inventory.importing.filed import Filed, Filing
from inventory.importing.former import FormerCells
from inventory.importing.handlers import Words, organisations_in
from inventory.importing.links import Link
from inventory.importing.mapped import Layout, Mapping
from inventory.importing.officeholders import Holder, RowKind
from inventory.importing.organisation_cells import OrganisationCells
from inventory.importing.people import bears_the_name
from inventory.importing.posts import post_reader
from inventory.importing.remarks import Remarks
from inventory.importing.rows import Row, Table
from inventory.importing.targets import Part, Target
from inventory.importing.values import (
    Cell,
    day_reader,
    left_out,
    reader_for,
    shown,
)
from inventory.language import _
from inventory.platforms import Platform, platform_named, platforms
from inventory.privacy import PRIVATE_VALUE, contact_class, guard_text
from inventory.record import Account, field_named
from inventory.vocabulary import AccountClass, ContactClass, NamedAfter

_CONTACTS = ("registration_contact", "recovery_contact")


@dataclass(slots=True)
class _Said:
    """What one row says beside its links; what holds for one platform only stands under its key."""

    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    warnings: dict[str, list[str]] = field(default_factory=dict)
    contacts: dict[str, str] = field(default_factory=dict)
    fills: dict[str, Any] = field(default_factory=dict)
    sampled: date | None = None

    def warn(self, warning: str, platform: str = "") -> None:
        """Remember a warning, about the links on one platform or all of them."""
        if warning:
            self.warnings.setdefault(platform, []).append(warning)


class RowReading:
    """How the rows of one table are read; made once, so that each row costs little."""

    def __init__(self, table: Table, mapping: Mapping, organisation: str) -> None:
        self._remarks = Remarks()
        self._organisations = OrganisationCells(table, mapping, organisation, self._remarks)
        self._people = mapping.people
        self._headers = table.headers
        self._wide = [(at, mapping.columns[at].target.platform) for at in mapping.places(Part.WIDE)]
        self._addresses = mapping.places(Part.ADDRESS)
        self._private = mapping.places(Part.PRIVATE)
        self._former = FormerCells(mapping)
        self._platform = _one(mapping.places(Part.PLATFORM))
        self._handle = _one(mapping.places(Part.HANDLE))
        posts = organisations_in(table, list(mapping.columns))
        self._cells = [
            _cell(table, at, mapping.columns[at].target, posts)
            for at in mapping.places(Part.ACCOUNT)
        ]
        self._samples = [
            Cell(at, table.headers[at], "", day_reader(table.headers[at], table, at))
            for at in mapping.places(Part.SAMPLED)
        ]
        # With an account a row, "E-mel" is the account's; beside a column for that, the agency's.
        self._mail_is_the_accounts = mapping.layout is Layout.LONG and not mapping.places(
            Part.ACCOUNT, "registration_contact"
        )
        self._known_platforms: dict[str, Platform | None] = {"": None}

    @property
    def filing(self) -> Filing:
        """The organisations of the rows read so far."""
        return self._organisations.filing

    def remarks(self) -> list[str]:
        """Return the warnings that no link carries, once each with their rows."""
        return self._remarks.sentences()

    def remark(self, remark: str, row: int) -> None:
        """Remember a warning about a row that no link of it carries."""
        self._remarks.add(remark, row)

    def row(self, row: Row) -> list[Link]:
        """Return the links of one row; its organisation is filed."""
        kind = self._people.kind_of(row) if self._people.named else RowKind.ORGANISATION
        holder = self._people.holder_of(row) if kind is RowKind.OFFICE_HOLDER else None
        said = self._said(row)
        group = None
        if holder is not None:
            group = self._organisations.body_of(row, holder)
        elif kind is RowKind.ORGANISATION:
            entry = self._organisations.entry_of(row)
            group = entry.group
            for remark in entry.private:
                said.warn(remark)
            if entry.has_private_mail and self._mail_is_the_accounts:
                said.fills["registration_contact"] = ContactClass.PRIVATE
        links = [
            self._link(row, at, value, hint, group, said) for at, value, hint in self._values(row)
        ]
        self._former.tell(row, links)
        for link in links:
            if holder is not None:
                _of_office(link, holder)
            elif kind is not RowKind.ORGANISATION:
                _unclear(link)
        self._keep_remarks(row, said, links)
        return links

    def _values(self, row: Row) -> Iterator[tuple[int, str, str]]:
        """Yield every link of a row: its column, its text, and the platform it is said to be on."""
        for at, platform in self._wide:
            for value, hint in links_in(row.cells[at], platform):
                yield at, value, hint
        if not (self._addresses or self._handle is not None):
            return
        hint = self._organisations.platform_said(row)
        if self._platform is not None:
            hint = row.cells[self._platform].strip()
        found = False
        for at in self._addresses:
            for value, said in links_in(row.cells[at], hint):
                found = True
                yield at, value, said
        if not found and self._handle is not None:
            for value, said in links_in(row.cells[self._handle], hint):
                yield self._handle, value, said

    def _link(
        self, row: Row, at: int, value: str, hint: str, group: Filed | None, said: _Said
    ) -> Link:
        platform = self._platform_of(hint)
        found: Outcome = identify(value, platform.key if platform else None)
        link = Link(row.number, self._headers[at], value, found, group.key if group else "")
        link.hint = platform.key if platform else ""
        link.sampled = said.sampled
        link.fills.update(said.fills)
        for scope in ("", found.platform or "-"):
            link.values.update(said.values.get(scope, {}))
            link.warnings += said.warnings.get(scope, ())
        if isinstance(found, Identity):
            if platform is not None and not agrees(platform.key, found.platform):
                link.warnings.append(_disagreement(platform, found))
            self._label(link, found, row, at)
            _class_contacts(link, said.contacts, group)
        elif hint and platform is None and isinstance(found, Impossible):
            link.reason = _("No platform is called “{name}”.").format(name=shown(hint))
            link.remedy = _("Write the platform's usual name, or give the whole address.")
        return link

    def _platform_of(self, hint: str) -> Platform | None:
        if hint not in self._known_platforms:
            self._known_platforms[hint] = platform_named(hint)
        return self._known_platforms[hint]

    def _label(self, link: Link, found: Identity, row: Row, at: int) -> None:
        """A name beside an address that is not the handle is the name the account shows."""
        if self._handle is None or at == self._handle:
            return
        text = row.cells[self._handle].strip()
        plain = text.lstrip("@").casefold()
        if " " in text and plain != found.handle.casefold() and guard_text(text) is None:
            link.fills["display_name"] = text

    def _said(self, row: Row) -> _Said:
        said = _Said()
        cells = row.cells
        for cell in self._cells:
            if not cells[cell.at]:
                continue
            value, warning = cell.reading(cells[cell.at])
            if warning:
                said.warn(warning, cell.platform)
            if value is None:
                continue
            if cell.name in _CONTACTS:
                said.contacts[cell.name] = value
                said.warn(_private_remark(value, cell.header))
            else:
                said.values.setdefault(cell.platform, {})[cell.name] = value
        for at in self._private:
            said.warn(_private_remark(row.cells[at], self._headers[at]))
        for cell in self._samples:
            text = row.cells[cell.at].strip()
            said.sampled, warning = cell.reading(text) if text else (None, "")
            said.warn(warning)
        return said

    def _keep_remarks(self, row: Row, said: _Said, links: list[Link]) -> None:
        """Keep the warnings of a row that none of its links carries."""
        carried = {link.found.platform for link in links if link.found is not None}
        for scope, warnings in said.warnings.items():
            if (scope and scope not in carried) or not links:
                for warning in warnings:
                    self._remarks.add(warning, row.number)


def _cell(table: Table, at: int, target: Target, organisations: frozenset[Words]) -> Cell:
    header, field_meant = table.headers[at], field_named(Account, target.field)
    if target.field == "handler_position":
        read = post_reader(header, organisations)
    else:
        read = reader_for(field_meant, header, table, at)
    return Cell(at, header, target.field, read, target.platform, field_meant.choices is not None)


def _of_office(link: Link, holder: Holder) -> None:
    """Class the account of an office-holder; whose it is only shows in what it is named after."""
    link.fills["account_class"] = AccountClass.OFFICE_HOLDER
    link.fills["person_role"] = holder.role
    if holder.post:
        link.fills["post_title"] = holder.post
    if isinstance(link.found, Identity) and bears_the_name(link.found.handle, holder.person):
        link.fills["named_after"] = NamedAfter.PERSON


def _unclear(link: Link) -> None:
    """Refuse the account of a person whose office is not told; what it was is not repeated."""
    link.take(None)
    link.value = PRIVATE_VALUE
    link.reason = _("The row names a person, but no office that the account speaks for.")
    link.remedy = _("Give the office in a column of its own, or leave the row out.")


def _class_contacts(link: Link, contacts: dict[str, str], group: Filed | None) -> None:
    for name, text in contacts.items():
        found = contact_class(text, group.domains if group else ())
        if found is not ContactClass.UNKNOWN:
            link.values[name] = found


def _private_remark(text: str, header: str) -> str:
    finding = guard_text(text, header)
    return left_out(header, finding.kind.label) if finding is not None else ""


def _disagreement(platform: Platform, found: Identity) -> str:
    return _("The list says {said}, the address is {found}; the address was followed.").format(
        said=platform.name, found=platforms()[found.platform].name
    )


def _one(places: tuple[int, ...]) -> int | None:
    return places[0] if places else None

"""The rows of a table read through its mapping: links, what is said of each, and by whom."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from inventory.identity import (
    Identity,
    Impossible,
    Outcome,
    agrees,
    identify,
    split_addresses,
)
from inventory.importing.choices import kind_said
from inventory.importing.filed import Filed, Filing, own_mail_domains, short_names_in
from inventory.importing.mapping import Mapping
from inventory.importing.officeholders import Holder, RowKind
from inventory.importing.people import bears_the_name
from inventory.importing.rows import Row, Table
from inventory.importing.samples import split_platform
from inventory.importing.targets import Part, Target
from inventory.importing.values import Cell, day_reader, is_nothing, left_out, reader_for, shown
from inventory.language import _
from inventory.platforms import Platform, platform_named
from inventory.privacy import contact_class, guard_text
from inventory.record import Account, field_named
from inventory.vocabulary import AccountClass, ContactClass, NamedAfter

Progress = Callable[[int, int], None]
_CONTACTS = ("registration_contact", "recovery_contact")
_STEP = 2000
_WEBSITE = "website"


@dataclass(slots=True)
class Link:
    """One address or handle of the file and everything its row says of it."""

    row: int
    column: str
    value: str
    found: Outcome | None
    organisation: str
    hint: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    fills: dict[str, Any] = field(default_factory=dict)  # inferred: only where nothing is known
    sampled: date | None = None
    warnings: list[str] = field(default_factory=list)
    reason: str = ""
    remedy: str = ""

    @property
    def key(self) -> str:
        """The key of the account it names, "" when it names none."""
        return self.found.key if isinstance(self.found, Identity) else ""


@dataclass(frozen=True, slots=True)
class Drafts:
    """Everything a file says: its links in order, its organisations, its rows without a link."""

    links: list[Link]
    organisations: dict[str, Filed]
    rows_without_links: int
    warnings: list[str]


def draft(
    table: Table, mapping: Mapping, organisation: str = "", progress: Progress | None = None
) -> Drafts:
    """Read every row of `table`. Touches no inventory; private values end here.

    `organisation` is the name of the one that is meant by rows that name none.
    """
    reading = _Reading(table, mapping, organisation)
    links: list[Link] = []
    without, warnings = 0, list(mapping.warnings)
    for number, row in enumerate(table.rows):
        if progress is not None and number % _STEP == 0:
            progress(number, len(table.rows))
        found = reading.row(row)
        links += found
        if not found:
            without += 1
    organisations = reading.filing.settle()
    for link in links:
        link.organisation = reading.filing.key_of(link.organisation)
        group = organisations.get(link.organisation)
        if group is not None and isinstance(link.found, Identity):
            _see_own_site(link, link.found, group)
        if group is not None and link.key:
            group.account_keys.add(link.key)
    return Drafts(links, organisations, without, warnings + reading.remarks())


@dataclass(frozen=True, slots=True)
class _Said:
    """What one row says beside its links."""

    values: dict[str, Any]
    of_platform: dict[str, dict[str, Any]]
    warnings: list[str]
    warnings_of_platform: dict[str, list[str]]
    contacts: dict[str, str]
    sampled: date | None


class _Reading:
    """How the rows of one table are read; made once, so that each row costs little."""

    def __init__(self, table: Table, mapping: Mapping, organisation: str) -> None:
        self.filing = Filing()
        self._meant = organisation
        self._table, self._people = table, mapping.people
        self._headers = table.headers
        self._wide = [(at, mapping.columns[at].target.platform) for at in mapping.places(Part.WIDE)]
        self._addresses = mapping.places(Part.ADDRESS)
        self._private = mapping.places(Part.PRIVATE)
        self._platform = _one(mapping.places(Part.PLATFORM))
        self._handle = _one(mapping.places(Part.HANDLE))
        sampled = _one(mapping.places(Part.SAMPLED))
        self._sampled = sampled
        self._day = (
            day_reader(table.headers[sampled], table, sampled) if sampled is not None else None
        )
        self._cells = [self._cell(at, target) for at, target in _account_columns(mapping)]
        self._of_organisation = {
            mapping.columns[at].target.field: at for at in mapping.places(Part.ORGANISATION)
        }
        name = self._of_organisation.get("name")
        by_content = name is not None and mapping.columns[name].how == "content"
        self._platform_in_name = by_content and self._platform is None
        self._known_platforms: dict[str, Platform | None] = {}
        self._found: dict[tuple[str, str], Outcome] = {}
        self._loose: dict[str, list[int]] = {}

    def row(self, row: Row) -> list[Link]:
        """Return the links of one row; its organisation is filed."""
        kind = self._people.kind_of(row) if self._people.named else RowKind.ORGANISATION
        holder = self._people.holder_of(row) if kind is RowKind.OFFICE_HOLDER else None
        hint = self._hint(row)
        group = self._group(row, holder)
        said = self._said(row)
        if group is not None:
            group.rows.append(row.number)
        links = [
            self._link(row, at, value, platform, group, said)
            for at, value, platform in self._values(row, hint)
        ]
        for link in links:
            if holder is not None:
                _of_office(link, holder)
            elif kind is RowKind.UNCLEAR:
                link.found, link.value = None, shown(link.value)
                link.reason = _(
                    "The row names a person, and no office that the account speaks for."
                )
                link.remedy = _("Give the office in a column of its own, or leave the row out.")
        self._note_loose(row, said, links)
        return links

    def remarks(self) -> list[str]:
        """Return the warnings of rows whose warnings no link carries, once each."""
        return [
            _("Row {rows}: {warning}").format(rows=_listed(rows), warning=warning)
            for warning, rows in self._loose.items()
        ]

    def _cell(self, at: int, target: Target) -> Cell:
        header = self._headers[at]
        read = reader_for(field_named(Account, target.field), header, self._table, at)
        return Cell(at, header, target.field, read, target.platform)

    def _values(self, row: Row, hint: str) -> Iterator[tuple[int, str, str]]:
        """Yield every link of a row: its column, its text, and the platform it is said to be."""
        for at, platform in self._wide:
            for value in _split(row.cells[at]):
                yield at, value, platform
        found = False
        for at in self._addresses:
            for value in _split(row.cells[at]):
                found = True
                yield at, value, hint
        if not found and self._handle is not None:
            for value in _split(row.cells[self._handle]):
                yield self._handle, value, hint

    def _hint(self, row: Row) -> str:
        """Return the text of the row's platform: of its column, or from the organisation's cell."""
        if self._platform is not None:
            return row.cells[self._platform].strip()
        name = self._of_organisation.get("name")
        if self._platform_in_name and name is not None:
            return split_platform(row.cells[name])[1]
        return ""

    def _link(
        self, row: Row, at: int, value: str, hint: str, group: Filed | None, said: _Said
    ) -> Link:
        platform = self._platform_of(hint)
        found = self._identify(value, platform)
        link = Link(row.number, self._headers[at], value, found, group.key if group else "")
        link.hint = platform.key if platform else ""
        link.values.update(said.values)
        link.warnings += said.warnings
        link.sampled = said.sampled
        if isinstance(found, Identity):
            link.values.update(said.of_platform.get(found.platform, {}))
            link.warnings += said.warnings_of_platform.get(found.platform, ())
            self._check_platform(link, found, hint, platform)
            self._label(link, found, row, at)
            self._class_contacts(link, said.contacts, group)
        elif hint and platform is None and isinstance(found, Impossible):
            _explain_platform(link, hint)
        return link

    def _identify(self, value: str, platform: Platform | None) -> Outcome:
        asked = (value, platform.key if platform else "")
        if asked not in self._found:
            self._found[asked] = identify(value, platform.key if platform else None)
        return self._found[asked]

    def _platform_of(self, hint: str) -> Platform | None:
        if hint not in self._known_platforms:
            self._known_platforms[hint] = platform_named(hint) if hint else None
        return self._known_platforms[hint]

    def _check_platform(
        self, link: Link, found: Identity, hint: str, platform: Platform | None
    ) -> None:
        if platform is None or agrees(platform.key, found.platform):
            return
        link.warnings.append(
            _("The list says {said}, the address is {found}; the address was followed.").format(
                said=platform.name, found=_platform_name(found.platform)
            )
        )

    def _label(self, link: Link, found: Identity, row: Row, at: int) -> None:
        """A name beside an address that is not the handle is the name the account shows."""
        if self._handle is None or at == self._handle or "display_name" in link.values:
            return
        text = row.cells[self._handle].strip()
        plain = text.lstrip("@").casefold()
        same = {found.handle.casefold().lstrip("@"), found.value.casefold().lstrip("@")}
        if plain and plain not in same and " " in text and guard_text(text) is None:
            link.fills["display_name"] = text

    def _class_contacts(self, link: Link, contacts: dict[str, str], group: Filed | None) -> None:
        for name, text in contacts.items():
            found = contact_class(text, group.domains if group else ())
            if found is not ContactClass.UNKNOWN:
                link.values[name] = found

    def _said(self, row: Row) -> _Said:
        values: dict[str, Any] = {}
        of_platform: dict[str, dict[str, Any]] = {}
        warnings: list[str] = []
        of_platform_warnings: dict[str, list[str]] = {}
        contacts: dict[str, str] = {}
        for cell in self._cells:
            text = row.cells[cell.at].strip()
            if not text or is_nothing(text):
                continue
            if cell.field in _CONTACTS:
                contacts[cell.field] = text
                self._note_private(text, cell.header, warnings)
                continue
            value, warning = cell.read(text)
            if warning:
                (
                    of_platform_warnings.setdefault(cell.platform, [])
                    if cell.platform
                    else warnings
                ).append(warning)
            if value is not None:
                (of_platform.setdefault(cell.platform, {}) if cell.platform else values)[
                    cell.field
                ] = value
        for at in self._private:
            self._note_private(row.cells[at], self._headers[at], warnings)
        sampled = self._sample(row, warnings)
        return _Said(values, of_platform, warnings, of_platform_warnings, contacts, sampled)

    def _sample(self, row: Row, warnings: list[str]) -> date | None:
        if self._sampled is None or self._day is None:
            return None
        text = row.cells[self._sampled].strip()
        if not text:
            return None
        value, warning = self._day(text)
        if warning:
            warnings.append(warning)
        return value if isinstance(value, date) else None

    def _note_private(self, text: str, header: str, warnings: list[str]) -> None:
        finding = guard_text(text, header)
        if finding is not None:
            warnings.append(left_out(header, finding.kind.label))

    def _note_loose(self, row: Row, said: _Said, links: list[Link]) -> None:
        carried = {link.found.platform for link in links if isinstance(link.found, Identity)}
        loose = [] if links else list(said.warnings)
        for platform, warnings in said.warnings_of_platform.items():
            if platform not in carried:
                loose += warnings
        for warning in loose:
            self._loose.setdefault(warning, []).append(row.number)

    def _group(self, row: Row, holder: Holder | None) -> Filed | None:
        if holder is not None:
            group = self.filing.group([holder.body], "", "")
            if group is not None:
                group.is_body = group.is_body or not group.names
                group.names[holder.body] += 1
            return group
        said = {name: row.cells[at].strip() for name, at in self._of_organisation.items()}
        said = {name: text for name, text in said.items() if not is_nothing(text)}
        return self._organisation(row, said)

    def _organisation(self, row: Row, said: dict[str, str]) -> Filed | None:
        for name, text in list(said.items()):
            if name != "email" and guard_text(text) is not None:
                self._loose.setdefault(left_out(name, _("something private")), []).append(
                    row.number
                )
                del said[name]
        name = said.get("name", "")
        if self._platform_in_name:
            name = split_platform(name)[0]
        in_malay, in_english = said.get("name_ms", ""), said.get("name_en", "")
        if not said:
            name = self._meant
        code, short = said.get("code", ""), said.get("short_name", "")
        group = self.filing.group((name, in_malay, in_english), code, short)
        if group is None:
            return None
        for counter, text in (
            (group.names, name), (group.names_ms, in_malay), (group.names_en, in_english),
        ):  # fmt: skip
            if text:
                counter[text] += 1
                group.short_names |= short_names_in(text)
        self._particulars(group, said, code, short, row)
        return group

    def _particulars(
        self, group: Filed, said: dict[str, str], code: str, short: str, row: Row
    ) -> None:
        for values, text in (
            (group.codes, code), (group.short_names, short),
            (group.parents, said.get("parent", "")),
            (group.units, said.get("communications_unit", "")),
        ):  # fmt: skip
            if text:
                values.add(text)
        group.websites.update(_split(said.get("website", "")))
        for field_name in ("email", "email_domain"):
            text = said.get(field_name, "")
            if not text:
                continue
            group.mails |= own_mail_domains(text if "@" in text else f"x@{text}")
            finding = guard_text(text)
            if finding is not None:
                header = self._headers[self._of_organisation[field_name]]
                warning = left_out(header, finding.kind.label)
                self._loose.setdefault(warning, []).append(row.number)
        if kind := kind_said(said.get("kind", "")):
            group.kinds.add(kind)


def _see_own_site(link: Link, found: Identity, group: Filed) -> None:
    """Look at a website's address again, now that all rows have told the organisation's domains."""
    if found.platform == _WEBSITE and found.platform != link.hint and group.hosts:
        link.found = identify(link.value, link.hint or None, official_domains=group.hosts)


def _of_office(link: Link, holder: Holder) -> None:
    """Class the account of an office-holder; whose it is only shows in what it is named after."""
    link.fills.setdefault("account_class", AccountClass.OFFICE_HOLDER)
    link.fills.setdefault("person_role", holder.role)
    if holder.post:
        link.fills.setdefault("post_title", holder.post)
    found = link.found
    if isinstance(found, Identity) and bears_the_name(found.handle, holder.person):
        link.fills.setdefault("named_after", NamedAfter.PERSON)


def _explain_platform(link: Link, hint: str) -> None:
    link.reason = _("No platform is called {name}.").format(name=f"“{shown(hint)}”")
    link.remedy = _("Write the platform's usual name, or give the whole address.")


def _split(cell: str) -> tuple[str, ...]:
    if not cell or is_nothing(cell):
        return ()
    return split_addresses(cell) or (cell.strip(),)


def _account_columns(mapping: Mapping) -> Iterator[tuple[int, Target]]:
    for at in mapping.places(Part.ACCOUNT):
        yield at, mapping.columns[at].target


def _one(places: tuple[int, ...]) -> int | None:
    return places[0] if places else None


def _platform_name(key: str) -> str:
    from inventory.platforms import platforms

    return platforms()[key].name


def _listed(rows: list[int]) -> str:
    shown_rows = ", ".join(map(str, rows[:5]))
    more = len(rows) - 5
    return (
        shown_rows if more <= 0 else _("{rows} and {more} more").format(rows=shown_rows, more=more)
    )

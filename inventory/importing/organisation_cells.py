"""What a row says of its organisation, put into the group of that organisation."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from inventory.importing.broader import kind_in, names_an_owner, uppers_in
from inventory.importing.choices import kind_said
from inventory.importing.filed import Filed, Filing, own_mail_domains, short_names_in
from inventory.importing.mapped import Mapping
from inventory.importing.officeholders import Holder
from inventory.importing.people import is_surely_a_person
from inventory.importing.remarks import Remarks
from inventory.importing.rows import Row, Table
from inventory.importing.samples import split_platform
from inventory.importing.targets import UNDER, Part
from inventory.importing.values import is_nothing, left_out, split_cell
from inventory.language import _
from inventory.privacy import contact_class, guard_text
from inventory.vocabulary import ContactClass, OrganisationKind

_MAILS = ("email", "email_domain")
_IDENTIFYING = {"name", "name_ms", "name_en", "code", "short_name"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One wording of an organisation's cells: its group, the names it gives, what to remark."""

    group: Filed | None
    name: str
    name_ms: str
    name_en: str
    remarks: tuple[str, ...]
    private: tuple[str, ...] = ()
    """What was left out as private, to be said with each account of the row."""
    has_private_mail: bool = False
    above: tuple[tuple[Filed, str], ...] = ()
    """The groups above it, the nearest first, each with the name it is given."""

    def names(self, group: Filed) -> Iterator[tuple[Counter[str], str]]:
        """Yield each name of this wording with the counter it belongs to."""
        if self.name:
            yield group.names, self.name
        if self.name_ms:
            yield group.names_ms, self.name_ms
        if self.name_en:
            yield group.names_en, self.name_en
        for upper, name in self.above:
            yield upper.names, name


class OrganisationCells:
    """Reads the organisation of each row and files what the row says of it."""

    def __init__(self, table: Table, mapping: Mapping, meant: str, remarks: Remarks) -> None:
        self.filing = Filing()
        self._meant, self._remarks = meant, remarks
        self._seen: dict[tuple[str, ...], Entry] = {}
        self._headers = [column.header for column in mapping.columns]
        self._places = {
            mapping.columns[at].target.field: at
            for at in mapping.places(Part.ORGANISATION)
            if mapping.columns[at].target != UNDER
        }
        self._uppers = uppers_in(table, mapping.columns)
        name = self._places.get("name")
        by_content = name is not None and mapping.columns[name].how == "content"
        self._kind_tells_offices = self._places.get("kind") in mapping.people.offices
        self.holds_platforms = by_content and not mapping.places(Part.PLATFORM)

    def platform_said(self, row: Row) -> str:
        """Return the platform that the organisation's cell ends with ("City Library Facebook")."""
        if not self.holds_platforms:
            return ""
        return split_platform(row.cells[self._places["name"]])[1]

    def entry_of(self, row: Row) -> Entry:
        """File what the row says of its organisation, and return how its cells were read."""
        texts = tuple(row.cells[at] for at in (*self._places.values(), *self._uppers))
        if texts not in self._seen:
            self._seen[texts] = self._entry(texts)
        entry = self._seen[texts]
        if entry.group is not None:
            entry.group.rows.append(row.number)
            for counter, name in entry.names(entry.group):
                counter[name] += 1
        for remark in entry.remarks:
            self._remarks.add(remark, row.number)
        return entry

    def body_of(self, row: Row, holder: Holder) -> Filed | None:
        """Return the group of the body that an office-holder sits in."""
        group = self.filing.group([holder.body], "", "")
        if group is not None:
            group.is_body = group.is_body or not group.names
            group.names[holder.body] += 1
            group.rows.append(row.number)
        return group

    def _entry(self, texts: tuple[str, ...]) -> Entry:
        """Read one wording of an organisation's cells; most rows repeat one already read."""
        remarks: list[str] = []
        private: list[str] = []
        said = self._said(texts, private)
        above = self._above(texts[len(self._places) :], private)
        header = self._headers[self._places["name"]] if "name" in self._places else ""
        if above and not _IDENTIFYING & said.keys() and names_an_owner(self._headers[above[0][0]]):
            at, said["name"] = above.pop(0)  # the ministry's own account
            header = self._headers[at]
        name = said.get("name", "") if _IDENTIFYING & said.keys() else self._meant
        if self.holds_platforms:
            name = split_platform(name)[0]
        in_malay, in_english = said.get("name_ms", ""), said.get("name_en", "")
        code, short = said.get("code", ""), said.get("short_name", "")
        group = self.filing.group((name, in_malay, in_english), code, short)
        uppers: tuple[tuple[Filed, str], ...] = ()
        if group is not None:
            group.is_upper = False
            group.kinds_of_column |= _kinds_in(header)
            self._particulars(group, said, remarks)
            for text in filter(None, (name, in_malay, in_english)):
                group.short_names |= short_names_in(text)
            uppers = self._under(group, above)
        has_private_mail = contact_class(said.get("email", "")) is ContactClass.PRIVATE
        return Entry(
            group, name, in_malay, in_english, tuple(remarks), tuple(private), has_private_mail,
            uppers,
        )  # fmt: skip

    def _above(self, texts: tuple[str, ...], private: list[str]) -> list[tuple[int, str]]:
        """Return the columns and names of what stands above, the nearest first."""
        above = []
        for at, text in zip(self._uppers, texts, strict=True):
            name = " ".join(text.split())
            if is_nothing(name) or not any(map(str.isalpha, name)):
                continue
            finding = guard_text(name, self._headers[at])
            if finding is not None:
                private.append(left_out(self._headers[at], finding.kind.label))
            elif is_surely_a_person(name):  # "Reports to" may name a superior
                private.append(left_out(self._headers[at], _("a person's name")))
            else:
                above.append((at, name))
        return above

    def _under(self, group: Filed, above: list[tuple[int, str]]) -> tuple[tuple[Filed, str], ...]:
        """File the groups above `group`, each under the next."""
        filed, lower = [], group
        for at, name in above:
            is_known = self.filing.holds(name)
            upper = self.filing.group([name], "", "")
            if upper is None or upper is lower:
                continue
            upper.is_upper = upper.is_upper or not is_known
            upper.short_names |= short_names_in(name)
            upper.kinds_of_column |= _kinds_in(self._headers[at])
            lower.parents.add(upper.key)
            filed.append((upper, name))
            lower = upper
        return tuple(filed)

    def _said(self, texts: tuple[str, ...], private: list[str]) -> dict[str, str]:
        """Return the texts by field; private ones only where they are mail, for their domain."""
        said: dict[str, str] = {}
        for (field, at), text in zip(self._places.items(), texts, strict=False):
            if is_nothing(text):
                continue
            finding = guard_text(text, self._headers[at])
            if finding is not None:
                private.append(left_out(self._headers[at], finding.kind.label))
            if finding is None or field in _MAILS:
                said[field] = text.strip() if field == "website" else " ".join(text.split())
        return said

    def _particulars(self, group: Filed, said: dict[str, str], remarks: list[str]) -> None:
        for values, field in (
            (group.codes, "code"), (group.short_names, "short_name"),
            (group.units, "communications_unit"),
        ):  # fmt: skip
            if field in said:
                values.add(said[field])
        group.websites.update(split_cell(said.get("website", "")))
        for field in _MAILS:
            text = said.get(field, "")
            group.mails |= own_mail_domains(text if "@" in text else f"x@{text}")
        kind = kind_said(said["kind"]) if "kind" in said else None
        if kind is not None:
            group.kinds.add(kind)
        elif "kind" in said and not self._kind_tells_offices:
            remarks.append(_unknown_kind(said["kind"]))


def _kinds_in(header: str) -> set[OrganisationKind]:
    return {kind_in(header)} - {OrganisationKind.UNKNOWN}


def _unknown_kind(text: str) -> str:
    return _("“{value}” is no kind of organisation we know; it stays unknown.").format(value=text)

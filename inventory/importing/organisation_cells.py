"""What a row says of its organisation, put into the group of that organisation."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from inventory.importing.choices import kind_said
from inventory.importing.filed import Filed, Filing, own_mail_domains, short_names_in
from inventory.importing.mapping import Mapping
from inventory.importing.officeholders import Holder
from inventory.importing.remarks import Remarks
from inventory.importing.rows import Row
from inventory.importing.samples import split_platform
from inventory.importing.targets import Part
from inventory.importing.values import is_nothing, left_out, split_cell
from inventory.language import _
from inventory.privacy import guard_text

_MAILS = ("email", "email_domain")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One wording of an organisation's cells: its group, the names it gives, what to remark."""

    group: Filed | None
    name: str
    name_ms: str
    name_en: str
    remarks: tuple[str, ...]

    def names(self, group: Filed) -> Iterator[tuple[Counter[str], str]]:
        """Yield each name of this wording with the counter it belongs to."""
        if self.name:
            yield group.names, self.name
        if self.name_ms:
            yield group.names_ms, self.name_ms
        if self.name_en:
            yield group.names_en, self.name_en


class OrganisationCells:
    """Reads the organisation of each row and files what the row says of it."""

    def __init__(self, mapping: Mapping, meant: str, remarks: Remarks) -> None:
        self.filing = Filing()
        self._meant, self._remarks = meant, remarks
        self._seen: dict[tuple[str, ...], _Entry] = {}
        self._headers = [column.header for column in mapping.columns]
        self._places = {
            mapping.columns[at].target.field: at for at in mapping.places(Part.ORGANISATION)
        }
        name = self._places.get("name")
        by_content = name is not None and mapping.columns[name].how == "content"
        self._kind_tells_offices = self._places.get("kind") in mapping.people.offices
        self.holds_platforms = by_content and not mapping.places(Part.PLATFORM)

    def platform_said(self, row: Row) -> str:
        """Return the platform that the organisation's cell ends with ("City Library Facebook")."""
        if not self.holds_platforms:
            return ""
        return split_platform(row.cells[self._places["name"]])[1]

    def group_of(self, row: Row) -> Filed | None:
        """File what the row says; return the group of its organisation, None when it has none."""
        texts = tuple(row.cells[at] for at in self._places.values())
        if texts not in self._seen:
            self._seen[texts] = self._entry(texts)
        entry = self._seen[texts]
        for remark in entry.remarks:
            self._remarks.add(remark, row.number)
        if entry.group is not None:
            entry.group.rows.append(row.number)
            for counter, name in entry.names(entry.group):
                counter[name] += 1
        return entry.group

    def body_of(self, row: Row, holder: Holder) -> Filed | None:
        """Return the group of the body that an office-holder sits in."""
        group = self.filing.group([holder.body], "", "")
        if group is not None:
            group.is_body = group.is_body or not group.names
            group.names[holder.body] += 1
            group.rows.append(row.number)
        return group

    def _entry(self, texts: tuple[str, ...]) -> _Entry:
        """Read one wording of an organisation's cells; most rows repeat one already read."""
        remarks: list[str] = []
        said = self._said(texts, remarks)
        name = said.get("name", "") if said else self._meant
        if self.holds_platforms:
            name = split_platform(name)[0]
        in_malay, in_english = said.get("name_ms", ""), said.get("name_en", "")
        code, short = said.get("code", ""), said.get("short_name", "")
        group = self.filing.group((name, in_malay, in_english), code, short)
        if group is not None:
            self._particulars(group, said, remarks)
            for text in filter(None, (name, in_malay, in_english)):
                group.short_names |= short_names_in(text)
        return _Entry(group, name, in_malay, in_english, tuple(remarks))

    def _said(self, texts: tuple[str, ...], remarks: list[str]) -> dict[str, str]:
        """Return the texts by field; private ones only where they are mail, for their domain."""
        said: dict[str, str] = {}
        for (field, at), text in zip(self._places.items(), texts, strict=True):
            if is_nothing(text):
                continue
            finding = guard_text(text, self._headers[at])
            if finding is not None:
                remarks.append(left_out(self._headers[at], finding.kind.label))
            if finding is None or field in _MAILS:
                said[field] = text.strip()
        return said

    def _particulars(self, group: Filed, said: dict[str, str], remarks: list[str]) -> None:
        for values, field in (
            (group.codes, "code"), (group.short_names, "short_name"),
            (group.parents, "parent"), (group.units, "communications_unit"),
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


def _unknown_kind(text: str) -> str:
    return _("“{value}” is no kind of organisation we know; it stays unknown.").format(value=text)

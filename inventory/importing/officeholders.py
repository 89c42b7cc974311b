"""The rows of a list that name people: holders of an office, or members of staff.

A list of office-holders has a column of people and a column of offices (chamber, post). Their
accounts come in under the body of the office; the people's names are read, never kept. A row whose
post is a staff post makes the whole file a list of staff, which the privacy guard refuses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inventory.importing.people import (
    Post,
    PostKind,
    bears_an_office,
    is_a_person,
    is_grade_header,
    post_of,
)
from inventory.importing.rows import Row, Table
from inventory.importing.samples import mostly_people, sample_of
from inventory.importing.targets import Part, Target
from inventory.importing.words import words_of
from inventory.vocabulary import PersonRole

_OFFICES_IN_COLUMN = 0.1
_NAME_WORDS = {("nama",), ("name",), ("nombre",)}
_OFFICE_WORDS = {
    *("penyandang", "yb", "adun", "parlimen", "exco", "pemegang", "holder", "officeholder"),
    *("legislator", "politician", "member", "representative", "senator", "politico"),
}
_TEXTS_WITH_POSTS = (Part.NONE, Part.IGNORE)


class RowKind(StrEnum):
    """What a row is about."""

    ORGANISATION = "organisation"
    OFFICE_HOLDER = "office_holder"
    STAFF = "staff"
    UNCLEAR = "unclear"  # a person whose post is no office we know


@dataclass(frozen=True, slots=True)
class Holder:
    """An office-holder's row: the post as the file words it, its role, body, and whose it is."""

    post: str
    role: PersonRole
    body: str
    person: str


@dataclass(frozen=True, slots=True)
class People:
    """Which columns tell of people."""

    name: int | None = None
    is_person_column: bool = False
    mostly: bool = False
    """Whether most names in the name column are people's."""
    role: PersonRole | None = None
    """The office that the header of the name column tells ("Nama Menteri")."""
    offices: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    body: int | None = None
    grade: int | None = None

    @property
    def named(self) -> bool:
        """Whether rows of this table may be about people."""
        return self.name is not None and (
            bool(self.offices) or self.is_person_column or self.grade is not None or self.mostly
        )

    def kind_of(self, row: Row) -> RowKind:
        """Return what a row is about."""
        if not self.named or self.name is None:
            return RowKind.ORGANISATION
        person = row.cells[self.name].strip()
        if not person:
            return RowKind.ORGANISATION
        posts = [post.kind for _text, post in self._posts(row)]
        if PostKind.OFFICE in posts or self.role is not None:
            return RowKind.OFFICE_HOLDER
        if not (self.is_person_column or is_a_person(person)):
            return RowKind.ORGANISATION
        if bears_an_office(person):
            return RowKind.OFFICE_HOLDER
        graded = self.grade is not None and row.cells[self.grade].strip()
        if PostKind.STAFF in posts or graded or not self.offices:
            return RowKind.STAFF
        return RowKind.UNCLEAR

    def holder_of(self, row: Row) -> Holder:
        """Return the office that an office-holder's row names."""
        assert self.name is not None
        text, post = next(
            ((text, post) for text, post in self._posts(row) if post.kind is PostKind.OFFICE),
            ("", Post(PostKind.UNKNOWN, self.role or PersonRole.UNKNOWN)),
        )
        where = [row.cells[at].strip() for at in self.places]
        said = ", ".join(part for part in (text, *where) if part)
        body = row.cells[self.body].strip() if self.body is not None else ""
        return Holder(said, post.role, body or post.body, row.cells[self.name].strip())

    def staff_rows(self, table: Table) -> int:
        """Return how many rows list a member of staff."""
        if not self.named:
            return 0
        return sum(self.kind_of(row) is RowKind.STAFF for row in table.rows)

    def columns_shown(self) -> Iterator[int]:
        """Yield the numbers of the columns that name people and posts, as people count them."""
        for at in (self.name, *self.offices, self.grade):
            if at is not None:
                yield at + 1

    def _posts(self, row: Row) -> list[tuple[str, Post]]:
        texts = (row.cells[at].strip() for at in self.offices)
        return [(text, post_of(text)) for text in texts if text]


def find_people(table: Table, targets: Sequence[Target]) -> People:
    """Return which columns of a table tell of people, from what its columns mean."""
    person = _first(targets, Part.PERSON)
    name = person if person is not None else _name_column(targets)
    grade = next((at for at, head in enumerate(table.headers) if is_grade_header(head)), None)
    offices = tuple(
        at
        for at, target in enumerate(targets)
        if at != name and (target.part is Part.OFFICE or _holds_offices(table, at, target))
    )
    return People(
        name=name,
        is_person_column=person is not None,
        mostly=name is not None and mostly_people(sample_of(table, name)),
        role=_role_in(table.headers[person]) if person is not None else None,
        offices=offices,
        places=tuple(at for at, target in enumerate(targets) if target.part is Part.PLACE),
        body=_body_column(targets, is_person=person is not None),
        grade=grade,
    )


def _role_in(header: str) -> PersonRole | None:
    words = words_of(header)
    words = words[1:] if words[:1] in _NAME_WORDS else words
    words = words[:-1] if words[-1:] in _NAME_WORDS else words
    post = post_of(" ".join(words))
    if post.kind is PostKind.OFFICE:
        return post.role
    return PersonRole.OTHER if _OFFICE_WORDS & set(words) else None


def _first(targets: Sequence[Target], part: Part) -> int | None:
    return next((at for at, target in enumerate(targets) if target.part is part), None)


def _name_column(targets: Sequence[Target]) -> int | None:
    wanted = Target(Part.ORGANISATION, "name")
    return next((at for at, target in enumerate(targets) if target == wanted), None)


def _body_column(targets: Sequence[Target], *, is_person: bool) -> int | None:
    """With a column of its own for the person, the organisation's column names the body."""
    body = _first(targets, Part.BODY)
    return _name_column(targets) if body is None and is_person else body


def _holds_offices(table: Table, at: int, target: Target) -> bool:
    if target.part not in _TEXTS_WITH_POSTS and target.field != "kind":
        return False
    cells = [text for row in table.rows if (text := row.cells[at].strip())]
    offices = sum(post_of(cell).kind is PostKind.OFFICE for cell in cells)
    return offices >= max(2, _OFFICES_IN_COLUMN * len(cells))

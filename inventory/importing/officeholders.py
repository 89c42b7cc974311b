"""The rows of a list that name people: holders of an office, or members of staff.

A list of office-holders has a column of people and a column of offices (chamber, post). Their
accounts come in under the body of the office; the people's names are read, never kept. A row whose
post is a staff post makes the whole file a list of staff, which the privacy guard refuses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inventory.importing.names import names_an_organisation
from inventory.importing.people import (
    Post,
    PostKind,
    is_grade_header,
    looks_like_a_person,
    post_of,
)
from inventory.importing.rows import Row, Table
from inventory.importing.targets import Part, Target
from inventory.vocabulary import PersonRole

_OFFICES_IN_COLUMN = 0.1
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
    is_always_a_person: bool = False
    offices: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    body: int | None = None
    grade: int | None = None

    @property
    def named(self) -> bool:
        """Whether rows of this table may be about people."""
        return self.name is not None and (
            bool(self.offices) or self.is_always_a_person or self.grade is not None
        )

    def kind_of(self, row: Row) -> RowKind:
        """Return what a row is about."""
        if not self.named or self.name is None:
            return RowKind.ORGANISATION
        person = row.cells[self.name].strip()
        if not person:
            return RowKind.ORGANISATION
        posts = [post.kind for _text, post in self._posts(row)]
        if PostKind.OFFICE in posts:
            return RowKind.OFFICE_HOLDER
        is_person = self.is_always_a_person or self._is_a_person(person)
        graded = self.grade is not None and row.cells[self.grade].strip()
        if is_person and (PostKind.STAFF in posts or graded):
            return RowKind.STAFF
        if self.is_always_a_person and not posts:
            return RowKind.OFFICE_HOLDER
        return RowKind.UNCLEAR if is_person else RowKind.ORGANISATION

    def holder_of(self, row: Row) -> Holder:
        """Return the office that an office-holder's row names."""
        assert self.name is not None
        text, post = next(
            ((text, post) for text, post in self._posts(row) if post.kind is PostKind.OFFICE),
            ("", Post(PostKind.UNKNOWN, PersonRole.OTHER)),
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

    def _is_a_person(self, name: str) -> bool:
        return looks_like_a_person(name) and not names_an_organisation(name)


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
        is_always_a_person=person is not None,
        offices=offices,
        places=tuple(at for at, target in enumerate(targets) if target.part is Part.PLACE),
        body=_body_column(targets, is_person=person is not None),
        grade=grade,
    )


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
